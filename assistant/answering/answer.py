"""A question becomes an answer that stands on cited clauses, or a refusal that says so (design, flow 1)."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.answering import replies
from assistant.answering.case import Case
from assistant.answering.question import read_question
from assistant.answering.retrieve import retrieve
from assistant.schema import Answer, Notice, Turn
from ingest.library import Library, unknown


def answer(
    question: str,
    library: Library,
    *,
    history: Sequence[Turn] = (),
    policy: str | None = None,
    as_of: date | None = None,
) -> Answer:
    """The answer to `question` as the text stands on `as_of` (default today). Raises PolicyError for an unknown id."""
    return consider(question, library, history=history, policy=policy, as_of=as_of).answer


@dataclass(frozen=True, slots=True)
class Considered:
    """An answer and the case behind it; no case where there is none: a greeting, or no policy at all."""

    answer: Answer
    case: Case | None


def consider(
    question: str,
    library: Library,
    *,
    history: Sequence[Turn] = (),
    policy: str | None = None,
    as_of: date | None = None,
) -> Considered:
    """As `answer`, with what was retrieved, so that a model's answer can be built on the same case."""
    started = time.perf_counter()
    day = as_of or date.today()
    shelf = library.shelf()
    if policy is not None and policy not in shelf.policies:
        raise unknown(policy, shelf.policies)
    read = read_question(question)
    case: Case | None = None
    if read.kind != "policy":
        made = Answer(question, "refused", replies.FIXED[read.kind], day)
    elif not shelf.policies:
        made = Answer(question, "refused", replies.NO_POLICY, day)
    else:
        retrieved = retrieve(read.text, library, shelf=shelf, history=history, policy=policy, as_of=day)
        case = Case(read.text, shelf, retrieved, day, library.places)
        made = replace(case.answer(), question=question)
        if library.words_only:
            told = Notice("words_only", f"当前只按字词检索,可能漏掉说法不同的条款:{library.words_only}")
            made = replace(made, notices=(*made.notices, told))
    return Considered(replace(made, elapsed_ms=round((time.perf_counter() - started) * 1000, 1)), case)
