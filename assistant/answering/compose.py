"""An answer put together from the sentences that answer, each quoted with its clause; no model writes anything."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.answer_types import AnswerType
from assistant.answering.grounding import cite_span
from assistant.answering.premises import Correction
from assistant.schema import Citation
from ingest.chunking import body, sentence_spans
from ingest.normalize import tidy
from ingest.schema import Clause, Evidence, Policy
from ingest.shelf import Shelf

WHOLE = 170
"""Characters up to which a clause is quoted whole; a longer one is cut to the sentences that answer."""
_NEAR = 0.1  # cosine below the best sentence's at which a sentence still belongs to the answer
_SINGLE = ("duration", "amount")
_DIGIT = re.compile(r"[0-9零一二两三四五六七八九十百]")
_MANY = re.compile(r"哪些|哪几|有什么|有啥|都要|分别|全部|所有|流程|程序|步骤|条件|职责|分工|怎么走|介绍|详细|各")


@dataclass(frozen=True, slots=True)
class Passage:
    """What is quoted of one clause: spans of the source, in order."""

    clause: Clause
    spans: tuple[tuple[int, int], ...]


def passages(
    evidence: Sequence[Evidence], question: str, shelf: Shelf, types: Sequence[AnswerType]
) -> tuple[Passage, ...]:
    """The quoted part of each clause; a lead sentence (应具备以下条件:) brings the items it introduces,
    unless one of them answers better than the lead."""
    made: list[Passage] = []
    for found in evidence:
        if any(found.clause == p.clause for p in made):
            continue
        items = listed(found.clause, shelf) if found.clause.kind == "paragraph" else ()
        if not items:
            made.append(_answering(found, question, types))
        elif not any(p.clause in items for p in made):
            made += [whole(clause) for clause in (found.clause, *items)]
    return tuple(made)


def listed(lead: Clause, shelf: Shelf) -> tuple[Clause, ...]:
    """The items that a lead sentence introduces; none for any other clause."""
    if lead.parent is None:
        return ()
    parent = shelf.clause(lead.policy, lead.parent)
    return tuple(c for c in shelf.children(parent) if c.kind == "item" and c.paragraph in (None, lead.paragraph))


def whole(clause: Clause) -> Passage:
    """All of a leaf but its number."""
    return Passage(clause, ((clause.start + body(clause), clause.end),))


def _answering(found: Evidence, question: str, types: Sequence[AnswerType]) -> Passage:
    clause = found.clause
    spans = sentence_spans(clause)
    if clause.end - clause.start <= WHOLE or len(spans) < 2 or not found.sentences or _MANY.search(question):
        return whole(clause)
    best = max(cosine for _, _, cosine in found.sentences)
    cosines = {(start, end): cosine for start, end, cosine in found.sentences}
    kept = [
        span
        for span in spans
        if cosines.get(span, 0.0) >= best - _NEAR
        or any(t.holds.search(tidy(clause.text[span[0] - clause.start : span[1] - clause.start])) for t in types)
    ]
    joined: list[tuple[int, int]] = []
    for start, end in kept:
        if joined and spans[spans.index((start, end)) - 1][1] == joined[-1][1]:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return Passage(clause, tuple(joined))


def citations(policy: Policy, quoted: Sequence[Passage]) -> tuple[Citation, ...]:
    """One citation for each span."""
    return tuple(cite_span(policy, p.clause, start, end) for p in quoted for start, end in p.spans)


def values(cited: Sequence[Citation], types: Sequence[AnswerType]) -> list[str]:
    """A line for each asked value (期限) of which the quotes hold exactly one; of several the reader chooses."""
    lines: list[str] = []
    for asked in (t for t in types if t.kind in _SINGLE):
        held = {m[0]: c.label for c in cited for m in asked.holds.finditer(c.quote) if _DIGIT.search(m[0])}
        if len(held) == 1:
            value, label = held.popitem()
            lines.append(f"{asked.name}:{value.removesuffix('内')}({label})。")
    return lines


def wording(title: str, cited: Sequence[Citation], wrong: Sequence[Correction], opening: Sequence[str] = ()) -> str:
    """The answer as text: what code found, what the question got wrong, then each clause with its words."""
    lines = list(opening)
    lines += [f"与您提到的“{c.said}”不同,条款写的是“{c.written}”。" for c in wrong]
    lines.append(f"《{title}》规定:")
    for number, citation in enumerate(cited):
        same = number and cited[number - 1].clause == citation.clause
        lines.append(f"……“{citation.quote}”" if same else f"{citation.label}:“{citation.quote}”")
    return "\n".join(lines)
