"""The sentences that a model may choose from: of the clauses found for a question, the best of each, short enough to be
read in time by a small model on a slow machine."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.compose import Passage
from ingest.chunking import body, sentence_spans
from ingest.schema import Clause, Evidence

MOST = 6
CHARACTERS = 240
"""Of all candidates together: some 160 tokens, which the 1.5B reads in about six seconds on two cores."""
_LONGEST = 52  # characters of one candidate that are shown
_TITLE = 12  # characters up to which a sentence is the title of the next (材料初审。)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence with the label that it is chosen by (第十七条); `start:end` in the policy's source.

    `text` is what the model reads, cut when it is long; an answer quotes the whole sentence.
    """

    label: str
    clause: Clause
    start: int
    end: int
    text: str


def candidates(
    evidence: Sequence[Evidence], quoted: Sequence[Passage] = (), *, most: int = MOST, characters: int = CHARACTERS
) -> tuple[Candidate, ...]:
    """One sentence of each clause, best clause first: of the `quoted` ones, then of what else was found in the same
    policy; at most `most`, and no more text than `characters`, but always the first."""
    policy = evidence[0].clause.policy if evidence else ""
    nearest = {e.clause.id: e.sentences[0][:2] for e in evidence if e.sentences and e.clause.policy == policy}
    clauses = {p.clause.id: p.clause for p in quoted if p.clause.policy == policy}
    clauses |= {e.clause.id: e.clause for e in evidence if e.clause.policy == policy and e.clause.id not in clauses}
    made: list[Candidate] = []
    for clause in clauses.values():
        start, end = nearest.get(clause.id) or sentence_spans(clause)[0]
        begin = max(start, clause.start + body(clause))
        if end - begin < _TITLE:
            end = clause.end
        text = " ".join(clause.text[begin - clause.start : end - clause.start].split())
        shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
        if made and characters < len(shown):
            break
        characters -= len(shown)
        made.append(Candidate(clause.label, clause, begin, end, shown))
        if len(made) == most:
            break
    return tuple(made)
