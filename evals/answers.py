"""The project's own questions through `answer()`: retrieval, refusals, facts, quotes and time."""

import re
import time
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.answering.answer import answer
from assistant.answering.question import read_question
from assistant.answering.retrieve import retrieve
from assistant.schema import Answer
from evals.cases import Case
from evals.metrics import mean, percentile
from ingest.library import Library

_SILENCE = re.compile(r"没有规定这一点\([^)]*\)")
RETRIEVAL = frozenset({"questions", "gold_first", "gold_in_five", "references_resolved", "ms_p50", "ms_p95"})
ANSWERS = frozenset(
    {
        "questions", "quotes_hold", "refused_uncovered", "refused_covered", "facts_present", "forbidden_said",
        "characters", "ms_p50", "ms_p95",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one case came to. `rank` is of the first gold clause, 0 when it is not among the results."""

    case: Case
    answer: Answer
    rank: int
    facts: float
    broken: tuple[str, ...]
    ms: float


def run(cases: Iterable[Case], library: Library) -> tuple[Outcome, ...]:
    """Ask every case."""
    return tuple(_ask(case, library) for case in cases)


def _ask(case: Case, library: Library) -> Outcome:
    started = time.perf_counter()
    given = answer(case.q, library, history=case.history, as_of=case.as_of)
    ms = (time.perf_counter() - started) * 1000
    met = [any(text in given.text for text in group) for group in case.must]
    rank = _rank(case, library) if case.gold else 0
    return Outcome(case, given, rank, mean([float(m) for m in met]), told(case, given), ms)


def told(case: Case, given: Answer) -> tuple[str, ...]:
    """What an answer says and should not. A refusal names what the measure is silent on; that is not saying it."""
    text = _SILENCE.sub("", given.text) if given.status == "refused" else given.text
    return tuple(words for words in case.must_not if words in text)


def _rank(case: Case, library: Library) -> int:
    shelf = library.shelf()
    text = read_question(case.q).text
    got = retrieve(text, library, shelf=shelf, history=case.history, as_of=case.as_of)
    ranked = [c.id for c in got.referred] + [e.clause.id for e in got.found.evidence]
    return next((rank for rank, found in enumerate(ranked, 1) if matches(found, case.gold)), 0)


def matches(clause: str, gold: Iterable[str]) -> bool:
    """Whether a clause id answers: it is a gold one, or lies in one (7.3 and the lead 7p1 in 7)."""
    return any(clause == g or clause.startswith((f"{g}.", f"{g}p")) for g in gold)


def quotes_hold(given: Answer, library: Library) -> bool:
    """Whether every quote stands verbatim at its place, in an existing clause of the policy it names."""
    shelf = library.shelf()
    return all(
        shelf.sources[c.policy][c.start : c.end] == c.quote
        and any(known.id == c.clause and known.label == c.label for known in shelf.clauses[c.policy])
        for c in (*given.citations, *given.related)
    )


def summary(outcomes: Iterable[Outcome], library: Library) -> dict[str, float]:
    """The measures of the issue's table over `outcomes`."""
    done = tuple(outcomes)
    gold = [o for o in done if o.case.gold]
    references = [o for o in gold if o.case.kind == "reference"]
    refusals = [o for o in done if o.case.status == "refused"]
    answers = [o for o in done if o.case.status == "answered"]
    return {
        "questions": len(done),
        "gold_first": mean([float(o.rank == 1) for o in gold]),
        "gold_in_five": mean([float(0 < o.rank <= 5) for o in gold]),
        "references_resolved": mean([float(o.rank == 1) for o in references]),
        "quotes_hold": mean([float(quotes_hold(o.answer, library)) for o in done]),
        "refused_uncovered": mean([float(o.answer.status == "refused") for o in refusals]),
        "refused_covered": mean([float(o.answer.status == "refused") for o in answers]),
        "facts_present": mean([o.facts for o in answers if o.case.must]),
        "forbidden_said": mean([float(bool(o.broken)) for o in done]),
        "characters": mean([float(sum(len(c.quote) for c in o.answer.citations)) for o in answers]),
        "ms_p50": percentile([o.ms for o in done], 0.5),
        "ms_p95": percentile([o.ms for o in done], 0.95),
    }


def failures(outcomes: Iterable[Outcome]) -> list[str]:
    """A line for each case that was not answered as it should be."""
    lines: list[str] = []
    for o in outcomes:
        head = f"{o.case.id} [{o.case.kind}] {o.case.q}"
        if o.answer.status != o.case.status:
            lines.append(f"{head} → {o.answer.status}")
        elif o.facts < 1 and o.case.must:
            lines.append(f"{head} → 缺事实,引用了 {'、'.join(c.label for c in o.answer.citations)}")
        if o.broken:
            lines.append(f"{head} → 不该说:{'、'.join(o.broken)}")
        if o.case.gold and o.rank != 1:
            lines.append(f"{head} → 应为 {'、'.join(o.case.gold)},排在 {o.rank or '10 名之外'}")
    return lines
