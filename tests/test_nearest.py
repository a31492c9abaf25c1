"""Sentences that no cue claims go to the nearest condition, or to none."""

from collections.abc import Sequence

import numpy as np
import pytest

from assistant.checking.nearest import Nearest
from assistant.checking.support import Supporter
from assistant.conditions.schema import Aspect, Condition
from assistant.materials.sources import Names, sources
from assistant.materials.statements import Wording
from ingest.application import chunks_of
from ingest.embeddings import Vectors
from ingest.materials import Material
from ingest.package_search import PackageSearch
from tests.check_fakes import NAME, application, material


class Topics:
    """An embedder that knows two topics by a word of each; a text of both lies between them."""

    name = "topics"
    dimension = 3

    def embed(self, texts: Sequence[str]) -> Vectors:
        return np.array([self.embed_query(text) for text in texts], np.float32).reshape(len(texts), 3)

    def embed_query(self, text: str) -> Vectors:
        vector = np.array([("诊断" in text) or ("木器" in text), ("培训" in text) or ("讲课" in text), 0.1], np.float32)
        unit: Vectors = vector / np.linalg.norm(vector)
        return unit


def _condition(key: str, question: str) -> Condition:
    aspect = Aspect(question, question, (question,), (question,), (r"\d+",))
    return Condition(key, key, question, question, (aspect,))


_BOTH = (_condition("1", "诊断"), _condition("2", "培训"))


def _nearest(*conditions: Condition) -> Nearest:
    return Nearest(conditions, embedder=Topics(), vector=Topics().embed_query)


def test_a_sentence_goes_to_the_nearest_condition() -> None:
    found = _nearest(*_BOTH).aspects(["前后进过37家木器厂", "两年讲课46场", "木器厂里讲课", "别的事"])
    assert found == [("1", "诊断"), ("2", "培训"), None, None]


def test_one_condition_alone_is_nearest_to_nothing() -> None:
    assert _nearest(_BOTH[0]).aspects(["前后进过37家木器厂"]) == [None]
    assert _nearest(*_BOTH).aspects([]) == []


def _shown(*papers: Material) -> tuple[list[str], bool]:
    own = application(*papers)
    chunks, names = chunks_of(own), Names((NAME,))
    supporter = Supporter(
        chunks,
        PackageSearch(chunks, embedder=None),
        sources=sources(own.materials, {}, names=names, owners={}),
        names=names,
        wording=Wording(()),
        conditions=_BOTH,
        nearest=_nearest(*_BOTH),
    )
    support = supporter.support(_BOTH[0], _BOTH[0].aspects[0])
    return [each.quote for each in support.shown], support.near


def test_everyday_words_are_support_that_is_marked_as_near() -> None:
    words = "前后进过37家木器厂,每家先蹲三天再写单子。"
    assert _shown(material("介绍.pdf", f"{NAME}\n{words}")) == ([words], True)


@pytest.mark.parametrize(
    "words",
    [
        "进过很多木器厂,大家都说好得不得了。",  # nothing counted
        "我们将于明年走进37家木器厂,每家先蹲三天。",  # a plan
        "短:37家木器厂。",
    ],
)
def test_what_says_nothing_done_is_none(words: str) -> None:
    assert _shown(material("介绍.pdf", f"{NAME}\n{words}")) == ([], False)


def test_contracts_and_cues_come_first() -> None:
    words = "前后进过37家木器厂,每家先蹲三天再写单子。"
    assert _shown(material("服务合同.pdf", f"服务合同\n{NAME}\n{words}")) == ([], False)
    quotes, near = _shown(material("介绍.pdf", f"{NAME}\n{words}\n完成诊断21家,出报告21份,客户满意。"))
    assert quotes[0].startswith("完成诊断")
    assert not near
