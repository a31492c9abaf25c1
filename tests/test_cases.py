"""The project's own questions are well formed, true to the text they ask about, and cover all of it."""

import hashlib
import json
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CASES = ROOT / "evals" / "cases" / "answers.jsonl"
TEXT = ROOT / "corpus" / "policies" / "qingdao-2021.txt"

LEAVES = frozenset(
    [str(n) for n in range(1, 21) if n not in (7, 9)]
    + [f"7.{n}" for n in range(1, 11)]
    + [f"9.{n}" for n in range(1, 5)]
)
REFUSED_KINDS = frozenset({"uncovered", "chat", "system", "garbage"})
LEAST = {
    "plain": 40,
    "colloquial": 60,
    "short": 20,
    "misspelt": 15,
    "mixed": 12,
    "multi": 15,
    "procedural": 20,
    "reference": 25,
    "uncovered": 45,
    "false_premise": 30,
    "followup": 30,
    "as_of": 20,
    "chat": 8,
    "system": 8,
    "garbage": 8,
}


@dataclass(frozen=True)
class Row:
    """One line as it is written, before the evaluation reads it."""

    id: str
    q: str
    kind: str
    status: str
    gold: list[str]
    must: list[list[str]]
    must_not: list[str]
    history: list[dict[str, str]] = field(default_factory=list)
    as_of: str | None = None


@cache
def rows() -> tuple[Row, ...]:
    return tuple(Row(**json.loads(line)) for line in CASES.read_text("utf-8").splitlines())


@cache
def clauses() -> dict[str, str]:
    """The text of every clause that `gold` may name, read with this measure's own headings only: the cases must
    not be proven by the parser that they evaluate."""
    notice, body = re.split(r"\n第一章", TEXT.read_text("utf-8"), maxsplit=1)
    found = {"notice": notice}
    pieces = re.split(r"^(第[一二三四五六七八九十]+条)", body, flags=re.MULTILINE)
    for number, article in enumerate(pieces[2::2], 1):
        found[str(number)] = article
        items = re.split(r"^\([一二三四五六七八九十]+\)", article, flags=re.MULTILINE)
        found.update({f"{number}.{n}": item for n, item in enumerate(items[1:], 1)})
    return found


def test_the_measure_has_the_clauses_that_the_cases_name() -> None:
    assert set(clauses()) == LEAVES | {"notice", "7", "9"}


def test_ids_and_questions_are_unique() -> None:
    assert len(rows()) >= 280
    assert not [i for i, n in Counter(row.id for row in rows()).items() if n > 1]
    assert not [q for q, n in Counter("".join(row.q.split()) for row in rows()).items() if n > 1]


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.id)
def test_row_is_well_formed(row: Row) -> None:
    assert re.fullmatch(r"a\d{3,}", row.id)
    assert row.q.strip()
    assert len(row.q) <= 200
    assert row.kind in LEAST
    assert all(isinstance(s, str) and s for group in row.must for s in group)
    assert all(row.must), "an empty group can never be met"
    assert all(isinstance(s, str) and s for s in row.must_not)
    assert row.as_of is None or date.fromisoformat(row.as_of)
    roles = [turn["role"] for turn in row.history]
    assert roles == ["user", "assistant"] * (len(roles) // 2)
    assert all(turn["content"].strip() for turn in row.history)
    assert bool(row.history) == (row.kind == "followup")


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.id)
def test_status_agrees_with_kind_and_gold(row: Row) -> None:
    if row.kind != "followup":
        assert row.status == ("refused" if row.kind in REFUSED_KINDS else "answered")
    if row.status == "refused":
        assert not row.gold
        assert not row.must
    else:
        assert row.status == "answered"
        assert row.gold
        assert row.must
        assert set(row.gold) <= set(clauses())


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.id)
def test_required_facts_are_words_of_the_gold_clauses(row: Row) -> None:
    gold = [clauses()[i] for i in row.gold]
    absent = [s for group in row.must for s in group if not any(s in text for text in gold)]
    assert not absent


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.id)
def test_forbidden_facts_condemn_neither_a_right_quote_nor_an_echo_of_the_question(row: Row) -> None:
    gold = [clauses()[i] for i in row.gold]
    assert not [s for s in row.must_not if s in row.q or any(s in text for text in gold)]


@pytest.mark.parametrize("leaf", sorted(LEAVES | {"notice"}))
def test_every_clause_is_asked_in_three_wordings(leaf: str) -> None:
    worded = [row.q for row in rows() if leaf in row.gold and row.kind != "reference"]
    assert len(worded) >= 3


@pytest.mark.parametrize("leaf", sorted(LEAVES))
def test_every_clause_is_asked_by_its_number(leaf: str) -> None:
    assert any(leaf in row.gold for row in rows() if row.kind == "reference")


@pytest.mark.parametrize(("kind", "least"), LEAST.items())
def test_every_kind_is_there_often_enough(kind: str, least: int) -> None:
    assert sum(row.kind == kind for row in rows()) >= least


def test_small_talk_and_garbage_are_there_often_enough() -> None:
    assert sum(row.kind in {"chat", "system", "garbage"} for row in rows()) >= 25


def test_dates_are_set_by_the_caller_and_asked_in_the_question() -> None:
    dated = [row for row in rows() if row.kind == "as_of" and row.gold == ["20"]]
    assert len(dated) >= 20
    assert sum(row.as_of is not None for row in dated) >= 5
    assert sum(row.as_of is None and bool(re.search(r"\d{4}", row.q)) for row in dated) >= 5


@pytest.mark.parametrize("kind", LEAST)
def test_a_split_by_hash_of_id_is_fair(kind: str) -> None:
    """A third of every kind falls into the part that is kept aside while tuning."""
    ids = [row.id for row in rows() if row.kind == kind]
    aside = sum(int(hashlib.sha256(i.encode()).hexdigest(), 16) % 3 == 0 for i in ids)
    assert abs(aside - len(ids) / 3) <= 1
