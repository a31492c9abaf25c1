"""Two versions of a measure and another measure in one library: each question is answered from the text it is about."""

import hashlib
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.answering.answer import answer
from assistant.schema import Answer
from ingest.errors import PolicyError
from ingest.library import Library
from ingest.pipeline import open_library
from ingest.settings import IngestSettings
from tests.fakes import CORPUS, qingdao
from tests.library_fakes import FARMS

POLICY, SOURCE = qingdao()

# A successor that is made up: the renamed definition, a shorter period, another article's number.
SUCCESSOR = (
    SOURCE[SOURCE.index("青岛市重点产业数字化转型赋能中心管理办法(试行)\n") :]
    .replace("(试行)", "", 1)
    .replace("30个工作日", "45个工作日")
    .replace(
        "本办法自2021年11月19日起施行,有效期至2023年11月18日", "本办法自2023年11月19日起施行,有效期至2028年11月18日"
    )
)
ENTRY = """
[[policy]]
id = "{id}"
title = "{title}"
issuer = "{issuer}"
path = "policies/{id}.txt"
sha256 = "{sha256}"
effective = {effective}
expires = {expires}
"""


def entry(corpus: Path, id: str, title: str, issuer: str, source: str, effective: str, expires: str) -> str:
    content = source.encode()
    (corpus / "policies" / f"{id}.txt").write_bytes(content)
    digest = hashlib.sha256(content).hexdigest()
    return ENTRY.format(id=id, title=title, issuer=issuer, sha256=digest, effective=effective, expires=expires)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The shipped measure with its ways of asking, its made-up successor, and a made-up measure about farms that nobody
    has noted ways of asking for; by words alone."""
    corpus = tmp_path_factory.mktemp("corpus")
    (corpus / "policies").mkdir()
    for name in ("glossary.yaml", "places.txt", POLICY.path):
        (corpus / name).write_bytes((CORPUS / name).read_bytes())
    shutil.copytree(CORPUS / "phrasings", corpus / "phrasings")
    listed = (CORPUS / "policies.toml").read_text("utf-8")
    listed += entry(
        corpus,
        "qingdao-2023",
        "青岛市重点产业数字化转型赋能中心管理办法",
        POLICY.issuer,
        SUCCESSOR,
        "2023-11-19",
        "2028-11-18",
    )
    listed += entry(
        corpus, "farms-2022", "云帆市智慧农场示范点管理办法", "云帆市农事局", FARMS, "2022-03-01", "2025-02-28"
    )
    (corpus / "policies.toml").write_text(listed, "utf-8")
    made = open_library(
        IngestSettings(corpus_dir=corpus, data_dir=corpus / "data", embedder="none"), progress=lambda _: None
    )
    yield made
    made.index.close()


def stands_on(told: Answer) -> set[str]:
    return {c.policy for c in told.citations}


@pytest.mark.parametrize(
    ("day", "policy", "days"),
    [("2023-11-18", "qingdao-2021", "30个工作日"), ("2023-11-19", "qingdao-2023", "45个工作日")],
)
@pytest.mark.parametrize("question", ["赋能中心更名后要在多少个工作日内备案", "第十三条"])
def test_the_version_in_force_is_cited_and_named(
    question: str, day: str, policy: str, days: str, shelf: Library
) -> None:
    told = answer(question, shelf, as_of=date.fromisoformat(day))
    assert stands_on(told) == {policy}
    assert days in told.text
    assert f"《{shelf.shelf().policies[policy].title}》" in told.text
    assert not {"expired", "not_yet"} & {n.kind for n in told.notices}


def test_a_policy_that_is_named_wins_over_the_date(shelf: Library) -> None:
    told = answer("赋能中心更名后要在多少个工作日内备案", shelf, policy="qingdao-2021", as_of=date(2024, 5, 1))
    assert stands_on(told) == {"qingdao-2021"}
    assert "30个工作日" in told.text
    assert {"expired", "successor"} <= {n.kind for n in told.notices}
    told = answer("赋能中心更名后要在多少个工作日内备案", shelf, policy="qingdao-2023", as_of=date(2022, 5, 1))
    assert "45个工作日" in told.text
    assert "not_yet" in {n.kind for n in told.notices}


def test_after_every_version_the_latest_is_told_to_have_expired(shelf: Library) -> None:
    told = answer("赋能中心更名后要在多少个工作日内备案", shelf, as_of=date(2030, 1, 1))
    assert stands_on(told) == {"qingdao-2023"}
    assert "expired" in {n.kind for n in told.notices}


@pytest.mark.parametrize(
    ("question", "clause", "words"),
    [
        ("农场的温室面积不少于多少亩", "3.2", "五十亩"),
        ("擅自停用灌溉设备会怎样", "5", "取消示范点称号"),
        ("农场几月提交申请表", "4", "四月"),
        ("示范点由谁负责评选和管理", "2", "市农事局"),
    ],
)
def test_another_measure_is_answered_from_its_own_text(question: str, clause: str, words: str, shelf: Library) -> None:
    for policy in (None, "farms-2022"):
        told = answer(question, shelf, policy=policy, as_of=date(2023, 1, 1))
        assert told.status == "answered"
        assert told.citations[0].policy == "farms-2022"
        assert clause in [c.clause for c in told.citations]
        assert words in told.text
        assert stands_on(told) == {"farms-2022"}
        assert "青岛" not in told.text
        assert "《云帆市智慧农场示范点管理办法》" in told.text


@pytest.mark.parametrize(
    "question", ["农场补贴多少钱", "农场多少人", "评上以后奖励多少钱", "牌子什么颜色", "咨询电话是多少"]
)
def test_what_no_measure_says_is_refused_in_the_name_of_one(question: str, shelf: Library) -> None:
    for policy in (None, "farms-2022"):
        told = answer(question, shelf, policy=policy, as_of=date(2023, 1, 1))
        assert told.status == "refused"
        about = {c.policy for c in told.related}
        assert len(about) <= 1
        for named in about:
            assert told.text.startswith(f"《{shelf.shelf().policies[named].title}》")
        if "farms-2022" in about:
            assert "数字化" not in told.text, "what another measure is silent on"


def test_a_clause_of_a_named_policy_is_looked_up_in_it_alone(shelf: Library) -> None:
    told = answer("第七条", shelf, policy="farms-2022", as_of=date(2023, 1, 1))
    assert told.status == "refused"
    assert "《云帆市智慧农场示范点管理办法》共6条" in told.text
    told = answer("第五条", shelf, policy="farms-2022", as_of=date(2025, 3, 1))
    assert "取消示范点称号" in told.text
    assert [n.kind for n in told.notices if n.kind != "words_only"] == ["expired"]


def test_a_text_that_was_changed_is_not_indexed(tmp_path: Path) -> None:
    (tmp_path / "policies").mkdir()
    listed = entry(tmp_path, "farms-2022", "示范点", "农事局", FARMS, "2022-03-01", "2025-02-28")
    (tmp_path / "policies.toml").write_text(listed, "utf-8")
    for name in ("glossary.yaml", "places.txt"):
        (tmp_path / name).write_bytes((CORPUS / name).read_bytes())
    (tmp_path / "policies" / "farms-2022.txt").write_text(FARMS.replace("五十亩", "五亩"), "utf-8")
    settings = IngestSettings(corpus_dir=tmp_path, data_dir=tmp_path / "data", embedder="none")
    with pytest.raises(PolicyError, match="内容与登记不符"):
        open_library(settings, progress=lambda _: None)
