"""Is there enough to answer? Signals of one search, weighed into a probability that the policies cover the question."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer_types import AnswerType
from ingest.normalize import tidy
from ingest.phrasings import Topic
from ingest.schema import Evidence
from ingest.search import Found


@dataclass(frozen=True, slots=True)
class Signals:
    """What a search says about coverage; cosines are -1..1, 0 where there is none.

    `clause` best clause or sentence, `lexical` best BM25, `covered`/`silent`/`outside` the nearest known way of asking
    of each sort, `unheld` whether a value is asked for that the best clauses do not hold.
    """

    clause: float
    lexical: float
    covered: float
    silent: float
    outside: float
    unheld: bool

    def row(self) -> tuple[float, ...]:
        """The signals as numbers, in the order of `Weights`."""
        return (self.clause, math.log1p(self.lexical), self.covered, self.silent, self.outside, float(self.unheld))


@dataclass(frozen=True, slots=True)
class Weights:
    """Of a logistic regression on the tuning part of the project's own questions (docs/decisions.md)."""

    bias: float = -4.0
    values: tuple[float, ...] = (4.0, 0.3, 10.0, -8.0, -6.0, -1.5)


def signals(found: Found, types: Sequence[AnswerType]) -> Signals:
    """The signals of one search."""
    evidence = found.evidence
    nearest = {"covered": 0.0, "silent": 0.0, "outside": 0.0}
    for phrasing, cosine in found.phrasings:
        sort = phrasing.topic.kind if phrasing.topic else "covered"
        nearest[sort] = max(nearest[sort], cosine)
    return Signals(
        clause=max((e.similarity for e in evidence), default=0.0),
        lexical=max((e.lexical for e in evidence), default=0.0),
        unheld=bool(types) and not holding(evidence[:3], types),
        **nearest,
    )


def holding(evidence: Sequence[Evidence], types: Sequence[AnswerType]) -> bool:
    """Whether any of the clauses holds a value of a kind that was asked for."""
    return any(t.holds.search(tidy(e.clause.text)) for e in evidence for t in types)


def probability(told: Signals, weights: Weights | None = None) -> float:
    """The probability, 0..1, that the question is covered."""
    weights = weights or Weights()
    z = weights.bias + sum(w * v for w, v in zip(weights.values, told.row(), strict=True))
    return 1.0 / (1.0 + math.exp(-z))


def silence(found: Found) -> Topic | None:
    """The known silence that the question is nearest to, if it is nearer to it than to anything covered."""
    best = max(found.phrasings, key=lambda pair: pair[1], default=None)
    return best[0].topic if best else None
