"""The measures of the evaluation against values worked out by hand."""

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.schema import Answer
from evals.answers import Outcome, failures, matches, quotes_hold, run, summary
from evals.cases import Case, load_cases
from evals.metrics import hit, mean, percentile, recall, reciprocal_rank
from ingest.library import Library

RANKED = ["a", "b", "c", "d", "e"]


@pytest.mark.parametrize(
    ("relevant", "k", "found", "rank", "share"),
    [
        ({"a"}, 1, 1.0, 1.0, 1.0),
        ({"b"}, 1, 0.0, 0.0, 0.0),
        ({"b"}, 10, 1.0, 1 / 2, 1.0),
        ({"c", "e"}, 3, 1.0, 1 / 3, 1 / 2),
        ({"c", "e", "x"}, 5, 1.0, 1 / 3, 2 / 3),
        ({"x"}, 5, 0.0, 0.0, 0.0),
        (set(), 5, 0.0, 0.0, 0.0),
        ({"a"}, 0, 0.0, 0.0, 0.0),
    ],
)
def test_ranking_measures(relevant: set[str], k: int, found: float, rank: float, share: float) -> None:
    assert hit(RANKED, relevant, k) == found
    assert reciprocal_rank(RANKED, relevant, k) == pytest.approx(rank)
    assert recall(RANKED, relevant, k) == pytest.approx(share)


def test_a_result_that_is_found_twice_counts_once() -> None:
    assert recall(["a", "a", "b"], ["a", "b", "b"], 2) == 0.5


def test_mean() -> None:
    assert mean([1.0, 0.0, 0.5]) == 0.5
    assert mean([]) == 0.0


# The worked example of the nearest-rank method: 15, 20, 35, 40, 50.
@pytest.mark.parametrize(
    ("share", "value"), [(0.05, 15), (0.3, 20), (0.4, 20), (0.5, 35), (0.95, 50), (1.0, 50), (0, 15)]
)
def test_percentile_by_nearest_rank(share: float, value: float) -> None:
    assert percentile([40, 15, 50, 20, 35], share) == value


def test_percentiles_of_a_hundred_and_of_nothing() -> None:
    hundred = [float(n) for n in range(1, 101)]
    assert (percentile(hundred, 0.5), percentile(hundred, 0.95), percentile(hundred, 0.99)) == (50, 95, 99)
    assert percentile([], 0.5) == 0.0


@given(st.lists(st.floats(0, 1e6), min_size=1), st.integers(1, 1000))
def test_a_percentile_is_the_smallest_value_that_enough_do_not_exceed(values: list[float], thousandths: int) -> None:
    found = percentile(values, thousandths / 1000)
    enough = math.ceil(thousandths * len(values) / 1000)
    assert found in values
    assert sum(v <= found for v in values) >= enough
    assert all(sum(v <= smaller for v in values) < enough for smaller in values if smaller < found)


@given(st.lists(st.floats(0, 1e6), min_size=1), st.floats(0, 1), st.floats(0, 1))
def test_percentiles_grow_with_the_share(values: list[float], one: float, other: float) -> None:
    assert percentile(values, min(one, other)) <= percentile(values, max(one, other))
    assert percentile(values, one) == percentile(sorted(values, reverse=True), one)


@pytest.mark.parametrize(
    ("clause", "gold", "right"),
    [
        ("7.3", ["7.3"], True),
        ("7.3", ["7"], True),
        ("7p1", ["7"], True),
        ("7", ["7.3"], False),
        ("17", ["7"], False),
        ("7.10", ["7.1"], False),
        ("13", ["1"], False),
        ("20", [], False),
    ],
)
def test_a_clause_inside_the_gold_one_is_right(clause: str, gold: Sequence[str], right: bool) -> None:
    assert matches(clause, gold) is right


def outcome(case: Case, status: str, *, rank: int = 1, facts: float = 1.0, broken: tuple[str, ...] = ()) -> Outcome:
    given = Answer(case.q, "answered" if status == "answered" else "refused", "答", date(2022, 1, 1))
    return Outcome(case, given, rank, facts, broken, 10.0)


COVERED = Case("a1", "问", "plain", "answered", ("7",), (("要",),), ())
REFERENCE = replace(COVERED, id="a2", kind="reference", must=())
UNCOVERED = Case("a3", "问", "uncovered", "refused", (), (), ("不该说",))


def test_the_summary_of_a_handful_of_answers(library_by_words: Library) -> None:
    told = summary(
        [
            outcome(COVERED, "answered"),
            outcome(COVERED, "refused", rank=3, facts=0.0),
            outcome(COVERED, "answered", rank=0, facts=0.5),
            outcome(REFERENCE, "answered"),
            outcome(UNCOVERED, "refused", rank=0),
            outcome(UNCOVERED, "answered", rank=0, broken=("不该说",)),
        ],
        library_by_words,
    )
    expected = {
        "questions": 6,
        "gold_first": 2 / 4,
        "gold_in_five": 3 / 4,
        "references_resolved": 1.0,
        "quotes_hold": 1.0,
        "refused_uncovered": 1 / 2,
        "refused_covered": 1 / 4,
        "facts_present": (1 + 0 + 0.5) / 3,
        "forbidden_said": 1 / 6,
        "ms_p50": 10.0,
    }
    assert {key: told[key] for key in expected} == pytest.approx(expected)


def test_what_failed_is_told_with_the_question() -> None:
    lines = failures([outcome(COVERED, "answered"), outcome(UNCOVERED, "answered", broken=("不该说",))])
    assert [line for line in lines if line.startswith("a1")] == []
    assert any("a3" in line and "answered" in line for line in lines)
    assert any("不该说" in line for line in lines)


def test_a_changed_quote_does_not_hold(library_by_words: Library) -> None:
    case = Case("a4", "第十三条", "reference", "answered", ("13",), (("30个工作日",),), ("60个工作日",))
    (done,) = run([case], library_by_words)
    assert (done.rank, done.facts, done.broken) == (1, 1.0, ())
    assert quotes_hold(done.answer, library_by_words)
    (cited,) = done.answer.citations
    for forged in (
        replace(cited, quote=cited.quote.replace("30", "60")),
        replace(cited, start=cited.start + 1),
        replace(cited, clause="21"),
        replace(cited, label="第十四条"),
    ):
        assert not quotes_hold(replace(done.answer, citations=(forged,)), library_by_words)


def test_cases_are_read_with_what_may_be_left_out(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_text(
        '{"id": "x1", "q": "问?", "kind": "plain", "status": "answered", "gold": ["7"], "must": [["甲", "乙"]]}\n\n'
        '{"id": "x2", "q": "问?", "kind": "followup", "status": "refused", "as_of": "2022-03-01",'
        ' "history": [{"role": "user", "content": "前"}]}\n',
        "utf-8",
    )
    first, second = load_cases(path)
    assert (first.must, first.must_not, first.history, first.as_of) == ((("甲", "乙"),), (), (), None)
    assert (second.status, second.as_of, second.history[0].content) == ("refused", date(2022, 3, 1), "前")
