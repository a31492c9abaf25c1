"""Is there enough to answer? Signals of one search, weighed into a probability that the policies cover the question."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer_types import AnswerType
from ingest.normalize import tidy
from ingest.phrasings import Phrasing, Topic
from ingest.schema import Evidence
from ingest.search import Found

_NEIGHBOURS = 15  # phrasings that vote
_TEMPERATURE = 0.04  # of their weights, in units of their score


@dataclass(frozen=True, slots=True)
class Signals:
    """What a search says about coverage; cosines are -1..1, 0 where there is none.

    `clause` best clause or sentence, `lexical` best BM25, `covered`, `silent` and `outside` the score of the nearest
    known way of asking of each sort, `vote` the weighted share (0..1) of covered ones among the nearest, `unheld`
    and `unheld_strict` whether a value is asked for that the best clauses do not hold (strict: 金额, 联系方式, ...).
    """

    clause: float
    lexical: float
    covered: float
    silent: float
    outside: float
    vote: float
    unheld: float
    unheld_strict: float

    def row(self) -> tuple[float, ...]:
        """The signals as numbers, in the order of `Weights.values`."""
        told = (self.clause, math.log1p(self.lexical), self.covered, self.silent, self.outside)
        return (*told, self.vote, self.unheld, self.unheld_strict)


@dataclass(frozen=True, slots=True)
class Weights:
    """Of a logistic regression on the tuning part of the project's own questions (docs/decisions.md)."""

    bias: float = -1.17
    values: tuple[float, ...] = (4.04, 0.2, 3.1, -2.12, -5.5, 3.98, -4.58, -4.33)


def signals(found: Found, types: Sequence[AnswerType]) -> Signals:
    """The signals of one search."""
    evidence = found.evidence
    nearest = {"covered": 0.0, "silent": 0.0, "outside": 0.0}
    for phrasing, score in found.phrasings:
        sort = phrasing.topic.kind if phrasing.topic else "covered"
        nearest[sort] = max(nearest[sort], score)
    missing = [t for t in types if not holding(evidence[:1], t)]
    return Signals(
        clause=max((e.similarity for e in evidence), default=0.0),
        lexical=max((e.lexical for e in evidence), default=0.0),
        vote=_vote(found.phrasings[:_NEIGHBOURS]),
        unheld=float(any(not t.strict for t in missing)),
        unheld_strict=float(any(t.strict for t in missing)),
        **nearest,
    )


def _vote(nearest: Sequence[tuple[Phrasing, float]]) -> float:
    """The weighted share of covered phrasings (k nearest neighbours, softmax weights); one half of none."""
    if not nearest:
        return 0.5
    best = nearest[0][1]
    weights = [math.exp((score - best) / _TEMPERATURE) for _, score in nearest]
    covered = [w for w, (phrasing, _) in zip(weights, nearest, strict=True) if phrasing.topic is None]
    return sum(covered) / sum(weights)


def holding(evidence: Sequence[Evidence], asked: AnswerType) -> bool:
    """Whether any of the clauses holds a value of the kind that was asked for."""
    return any(asked.holds.search(tidy(e.clause.text)) for e in evidence)


def probability(told: Signals, weights: Weights | None = None) -> float:
    """The probability, 0..1, that the question is covered."""
    weights = weights or Weights()
    z = weights.bias + sum(w * v for w, v in zip(weights.values, told.row(), strict=True))
    return 1.0 / (1.0 + math.exp(-z))


def silence(found: Found) -> Topic | None:
    """The known silence that the question is nearest to, if it is nearer to it than to anything covered."""
    best = max(found.phrasings, key=lambda pair: pair[1], default=None)
    return best[0].topic if best else None
