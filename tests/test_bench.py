"""The comparison with peers: metrics, peers that fail, and the page that is made of the results."""

import json
from pathlib import Path

import pytest

from evals.__main__ import main
from evals.bench.compare import ENTRIES, Entry, compare
from evals.bench.data import Exam, judge, measure, statutes
from evals.bench.table import PAGE, RESULTS, page, table
from ingest.errors import UsageError
from ingest.settings import IngestSettings
from tests.test_statutes import folder  # noqa: F401

_FIXED = """
from evals.bench.task import Peer
LIBRARIES, PACKAGES = (), ()
def build(task, embedder, place):
    (place / "index").write_bytes(b"x" * 100)
    ids = [document["id"] for document in task["documents"]]
    return Peer(lambda text, count: ids[:count])
"""
_ENTRIES = {entry.name: entry for entry in ENTRIES}


def _adapter(place: Path, name: str, source: str) -> Entry:
    path = place / f"peer_{name}.py"
    path.write_text(source, "utf-8")
    return Entry(name, name, path, embeds=False)


@pytest.fixture
def exam(folder: Path) -> Exam:  # noqa: F811
    return statutes(folder, None, None)


def test_two_peers_on_the_same_corpus(exam: Exam, tmp_path: Path) -> None:
    entries = (_ENTRIES["own"], _ENTRIES["bm25"], _adapter(tmp_path, "fixed", _FIXED))
    got = compare(exam, entries, pythons={}, tell=lambda _: None)
    assert (got["documents"], got["queries"]) == (5, 5)
    own, words, fixed = got["rows"]
    assert [row["reason"] for row in got["rows"]] == [None, None, None]
    assert own["quality"]["hit1"] == words["quality"]["hit1"] == 0.8
    # Always d1 to d5 in order: the answers stand at 1, 2, 4, 5 and nowhere.
    assert (fixed["quality"]["hit1"], fixed["quality"]["hit4"], fixed["quality"]["hit10"]) == (0.2, 0.6, 0.8)
    assert fixed["quality"]["mrr10"] == round((1 + 1 / 2 + 1 / 4 + 1 / 5) / 5, 4)
    assert fixed["cost"]["disk_bytes"] == 100
    assert 5 < fixed["cost"]["peak_mb"] < own["cost"]["peak_mb"]
    assert "bm25s" in words["versions"]


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("LIBRARIES = ('no_such_library',)", "No module named 'no_such_library'"),
        (_FIXED.replace("ids[:count]", "1 / 0"), "ZeroDivisionError"),
        ("import os\nos.kill(os.getpid(), 9)", "ended with status -9"),
        ("raise OSError('/some/where/of/mine is gone')", "… is gone"),
    ],
)
def test_a_peer_that_fails_is_a_row_with_the_reason(exam: Exam, tmp_path: Path, source: str, reason: str) -> None:
    entries = (_adapter(tmp_path, "bad", source), _adapter(tmp_path, "fixed", _FIXED))
    told: list[str] = []
    bad, fixed = compare(exam, entries, pythons={}, tell=told.append)["rows"]
    assert reason in bad["reason"]
    assert "/some" not in bad["reason"]
    assert bad["quality"] is bad["cost"] is None
    assert fixed["reason"] is None
    assert any("bad 未能评测" in line for line in told)


def test_a_peer_without_its_python_or_embedder_is_a_row_too(exam: Exam, tmp_path: Path) -> None:
    entries = (_ENTRIES["txtai"], _adapter(tmp_path, "fixed", _FIXED))
    rows = compare(exam, entries, pythons={"fixed": str(tmp_path / "nowhere")}, tell=lambda _: None)["rows"]
    assert rows[0]["reason"] == "no embedding model here"
    assert rows[1]["reason"].startswith("its Python does not start")


def test_a_part_of_the_statutes_is_the_same_every_time(folder: Path) -> None:  # noqa: F811
    part = statutes(folder, None, 4)
    assert part == statutes(folder, None, 4)
    kept = {document["id"] for document in part.task["documents"]}
    assert len(kept) == 4
    assert all(ids & {"d1", "d2", "d3", "d4", "d5"} <= kept for ids in part.gold.values())


def test_the_measure_judges_stretches_of_text() -> None:
    exam = measure(IngestSettings().corpus_dir, None)
    source = exam.task["whole"] or ""
    assert all(source[slice(*map(int, d["id"].split("-")))] == d["text"] for d in exam.task["documents"])
    assert exam.refusals
    spans = {c.id: f"{c.start}-{c.end}" for c in exam.clauses}
    right = {key: spans[min(ids, key=len)] for key, ids in exam.gold.items()}
    good = judge(exam, {key: {"ids": [right.get(key, "0-1")], "refused": key in exam.refusals} for key in _asked(exam)})
    assert (good["hit1"], good["article_first"], good["refused_uncovered"], good["refused_covered"]) == (1, 1, 1, 0)
    none = judge(exam, {key: {"ids": [], "refused": None} for key in _asked(exam)})
    assert (none["hit10"], none["mrr10"], none["article_first"], none["refused_uncovered"]) == (0, 0, 0, 0)


def _asked(exam: Exam) -> list[str]:
    return [query["id"] for query in exam.task["queries"]]


def test_the_page_is_made_of_the_results() -> None:
    assert PAGE.read_text("utf-8") == page(json.loads(RESULTS.read_text("utf-8")))


def test_ratios_stand_in_the_row_of_the_product_alone() -> None:
    rows = [
        {"name": "own", "told": "own", "cost": {"ms_p50": 6.0}},
        {"name": "a", "told": "a", "cost": {"ms_p50": 3.0}},
        {"name": "b", "told": "b", "cost": {"ms_p50": 12.0}},
        {"name": "c", "told": "c", "cost": None},
    ]
    lines = table({"rows": rows}, {"ms_p50": "ms"}, "cost").splitlines()
    assert lines[2:] == ["| **own** | 6.0 (2.00×) |", "| a | 3.0 |", "| b | 12.0 |"]


def test_a_python_for_nobody_is_bad_usage() -> None:
    with pytest.raises(UsageError, match="--python 应写成"):
        main(["bench", "--python", "nobody=python3"])
