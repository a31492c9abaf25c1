"""Search: the right clause first, only among the policies asked about, with and without vectors."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.library import Library
from ingest.normalize import fold
from ingest.search import search
from tests.fakes import CORPUS, qingdao
from tests.library_fakes import OLD, HashEmbedder, best, boats, farms, library_at, policy, quiet


@pytest.fixture(scope="module", params=["vectors", "words"])
def library(
    request: pytest.FixtureRequest, data_dir: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp(request.param)
    embedder = HashEmbedder() if request.param == "vectors" else None
    made = library_at(folder, embedder=embedder, cache=data_dir / "words", phrasings=CORPUS / "phrasings")
    made.sync([farms(), boats(), qingdao()], progress=quiet)
    yield made
    made.index.close()


@pytest.mark.parametrize("policy_id", ["farms-2022", "boats-2020"])
def test_an_exact_sentence_finds_its_clause(library: Library, policy_id: str) -> None:
    shelf = library.shelf()
    for place, unit in enumerate(shelf.units):
        if unit.policy == policy_id and unit.kind in ("article", "item"):
            sentence = max((library.source(policy_id)[s:e] for s, e in shelf.spans(place)), key=len)
            # Every measure says when it comes into force; there the policy decides which is meant.
            scope = [policy_id] if "施行" in sentence else []
            found = search(sentence, library, policies=scope).evidence[0]
            assert (found.clause.policy, found.clause.id) == (policy_id, unit.id), sentence


def test_evidence_says_where_and_how_strongly(library: Library) -> None:
    found = search(OLD, library).evidence
    first = found[0]
    source = library.source("boats-2020")
    assert first.clause.text == source[first.clause.start : first.clause.end]
    assert [e.score for e in found] == sorted((e.score for e in found), reverse=True)
    assert len({(e.clause.policy, e.clause.id) for e in found}) == len(found)
    assert first.lexical > 0
    if library.embedder:
        assert first.similarity == pytest.approx(1.0, abs=1e-3)
        start, end, cosine = first.sentences[0]
        assert (source[start:end], round(cosine, 3)) == (OLD, 1.0)
    else:
        assert (first.similarity, first.sentences) == (0.0, ())


@pytest.mark.parametrize("question", [OLD, "温室面积", "申报条件", "", "😀", "什么"])
def test_only_the_policies_asked_about_are_searched(library: Library, question: str) -> None:
    for asked in (["farms-2022"], ["boats-2020"], ["farms-2022", "boats-2020"]):
        found = search(question, library, policies=asked, count=50)
        assert found.evidence
        assert {e.clause.policy for e in found.evidence} <= set(asked)
        assert all(phrasing.policy in asked for phrasing, _ in found.phrasings)
    assert search(question, library, policies=["nothing"]).evidence == ()


def test_the_same_clause_number_in_two_policies_is_told_apart(library: Library) -> None:
    assert best(library, "游船码头由市港口局管理。")[0] == "boats-2020"
    assert best(library, "为规范智慧农场示范点的评选")[0] == "farms-2022"
    assert best(library, "贯彻落实全省“三个坚决”行动方案")[0] == "qingdao-2021"


def test_count_is_kept(library: Library) -> None:
    assert len(search("管理办法", library, count=3).evidence) == 3
    assert len(search("管理办法", library, policies=["boats-2020"], count=500).evidence) <= 10


ODD = [
    "",
    " ",
    "?",
    "\x00",
    "😀" * 50,
    "<script>alert(1)</script>",
    "'; DROP TABLE policies; --",
    "条" * 5000,
    "\ud800",
]


@pytest.mark.parametrize("question", ODD, ids=range(len(ODD)))
def test_odd_questions_are_searched_like_any_other(library: Library, question: str) -> None:
    assert len(search(question, library, count=5).evidence) == 5


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=30))
def test_any_question_can_be_searched(library: Library, question: str) -> None:
    assert search(question, library, count=1).evidence


def test_a_known_way_of_asking_finds_its_clause(library: Library) -> None:
    asked = next(p for p in library.shelf().phrasings["qingdao-2021"] if p.clause == "13")
    found = search(asked.text, library)
    assert found.phrasings[0][0] == asked
    assert "13" in [e.clause.article and str(e.clause.article) for e in found.evidence[:3]]


def test_what_people_say_is_put_into_terms_of_art(tmp_path: Path, data_dir: Path) -> None:
    made = library_at(tmp_path, embedder=None, cache=data_dir / "words")
    named = "某办法\n\n第一条  企业更名的,应当办理手续。\n\n第二条  企业搬迁的,应当办理手续。\n"
    made.sync([policy("names-1", "某办法", named)], progress=quiet)
    assert best(made, "公司换了个名字怎么办")[1].startswith("第一条企业更名")
    made.index.close()


def test_an_empty_library_finds_nothing(tmp_path: Path, data_dir: Path) -> None:
    for embedder in (None, HashEmbedder()):
        made = library_at(tmp_path, embedder=embedder, cache=data_dir / "words")
        assert search("申报条件", made).evidence == ()
        made.sync([farms()], progress=quiet)
        made.remove("farms-2022")
        assert search("温室", made).evidence == ()
        made.add(*boats(), progress=quiet)
        assert best(made, OLD)[0] == "boats-2020"
        made.remove("boats-2020")
        made.index.close()
        shutil.rmtree(tmp_path / "chroma")


def test_a_removed_policy_is_not_found(tmp_path: Path, data_dir: Path) -> None:
    made = library_at(tmp_path, embedder=HashEmbedder(), cache=data_dir / "words")
    made.sync([farms(), boats()], progress=quiet)
    assert best(made, OLD)[0] == "boats-2020"
    made.remove("boats-2020")
    assert {e.clause.policy for e in search(OLD, made, count=50).evidence} == {"farms-2022"}
    assert search(OLD, made, policies=["boats-2020"]).evidence == ()
    made.index.close()


def test_every_clause_of_the_shipped_corpus_is_found_by_its_own_sentence(library_by_vectors: Library) -> None:
    shelf = library_by_vectors.shelf()
    missed = []
    for place, unit in enumerate(shelf.units):
        if unit.kind in ("article", "item"):
            sentence = max((shelf.sources[unit.policy][s:e] for s, e in shelf.spans(place)), key=len)
            first = search(sentence, library_by_vectors, count=1).evidence[0].clause
            if fold(sentence)[0] not in fold(first.text)[0]:
                missed.append((unit.id, first.id))
    assert missed == []
