"""What a model's selection changes in the composed answer, weighed with the search's own confidence.

The search is right far more often than a small model, so a selection may add a clause, or turn an answer into a
refusal, only where the search itself is in doubt (docs/decisions.md has the measurement).
"""

from collections.abc import Sequence

from assistant.agent.candidates import Candidate
from assistant.answering import replies
from assistant.answering.answer_types import asked
from assistant.answering.case import Case
from assistant.answering.compose import Passage, passages
from assistant.schema import Answer
from ingest.schema import Evidence

REFUSE = 0.65
"""The probability of coverage below which an empty selection turns an answer into a refusal."""
RESCUE = 0.4
"""The probability of coverage from which checked words may turn a refusal into an answer with a word of doubt. A
selection never does: the 1.5B chooses something for seven of eight questions that nothing answers."""
ADD = 0.8
"""The probability of coverage below which a selection may add to an answer that quotes one clause for several parts of
a question. Anywhere else 21 of 22 additions brought nothing that was asked for."""
ADDED = 1
"""The clauses that a selection may add."""


def open_to(case: Case, composed: Answer) -> bool:
    """Whether any selection could change the answer; where none could, no model is asked."""
    if case.looked_up or composed.status == "refused":
        return False
    return case.coverage < REFUSE or extensible(case, composed)


def extensible(case: Case, composed: Answer) -> bool:
    """Whether an answer may lack a part of what was asked."""
    alone = len({citation.clause for citation in composed.citations}) == 1
    return alone and bool(case.retrieved.parts) and case.coverage < ADD


def weighed(case: Case, composed: Answer, chosen: Sequence[Candidate]) -> Answer:
    """The answer when a model has chosen these candidates; often `composed` itself."""
    if not open_to(case, composed):
        return composed
    if not chosen:
        return declined(case, composed)
    if not extensible(case, composed):
        return composed
    cited = {citation.clause for citation in composed.citations}
    more = [c for c in chosen if c.clause.id not in cited][:ADDED]
    if not more:
        return composed
    unsure = (replies.UNSURE,) if replies.UNSURE in composed.text else ()
    added = [passage for passage in quoted(case, more) if passage.clause.id not in cited]
    return case.answered((*case.quoted(), *added), unsure)


def declined(case: Case, composed: Answer) -> Answer:
    """The answer when a model finds that nothing given answers."""
    doubtful = composed.status == "answered" and not case.looked_up and case.coverage < REFUSE
    return case.refused() if doubtful else composed


def doubtful(case: Case) -> bool:
    """Whether the search itself is in two minds about a refusal."""
    return not case.looked_up and case.coverage >= RESCUE


def quoted(case: Case, chosen: Sequence[Candidate]) -> tuple[Passage, ...]:
    """What is quoted of the clauses that were chosen."""
    known = {e.clause.id: e for e in case.retrieved.found.evidence}
    evidence = [known.get(c.clause.id) or Evidence(c.clause, 0.0, 0.0, 0.0) for c in chosen]
    return passages(evidence, case.text, case.shelf, asked(case.text))
