"""Is there enough to answer? Signals of one search, weighed into a probability that the policies cover the question."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass

from assistant.answer_types import AnswerType
from ingest.normalize import tidy
from ingest.phrasings import Phrasing, Topic
from ingest.schema import Evidence
from ingest.search import Found
from ingest.shelf import Shelf

_NEIGHBOURS = 15  # phrasings that vote
_TEMPERATURE = 0.04  # of their weights, in units of their score


@dataclass(frozen=True, slots=True)
class Signals:
    """What a search says about coverage; cosines are -1..1, shares 0..1, 0 where there is none.

    `clause` best clause or sentence, `lexical` log of the best BM25, `covered`, `silent` and `outside` the score of the
    nearest known way of asking of each sort, `vote` the weighted share of covered ones among the nearest, `unheld` and
    `unheld_strict` whether a value is asked for that the first clause does not hold (strict: 金额, 联系方式, ...),
    `explained` and `explained_silent` the share of the question's bigrams known of the first clause and of the nearest
    silence, `only_silent` the share known of the silence alone.
    """

    clause: float
    lexical: float
    covered: float
    silent: float
    outside: float
    vote: float
    unheld: float
    unheld_strict: float
    explained: float
    explained_silent: float
    only_silent: float


@dataclass(frozen=True, slots=True)
class Weights:
    """Of a logistic regression (`python -m evals fit`); `values` in the order of the fields of `Signals`."""

    bias: float
    values: tuple[float, ...]


WEIGHTS: Mapping[tuple[bool, bool], Weights] = {
    (True, True): Weights(4.03, (4.77, -0.6, -1.2, -0.55, -9.27, 4.15, -4.56, -2.45, 7.96, -4.3, -7.89)),
    (True, False): Weights(-3.9, (6.89, -0.15, 0.0, 0.0, 0.0, 0.0, -2.77, -2.88, 3.02, 0.0, 0.0)),
    (False, True): Weights(0.99, (0.0, -0.52, 0.35, -0.34, -5.34, 4.1, -2.54, -2.43, 3.81, -2.89, -3.1)),
    (False, False): Weights(-1.02, (0.0, 0.38, 0.0, 0.0, 0.0, 0.0, -2.41, -2.77, 2.84, 0.0, 0.0)),
}
"""By whether there is an embedder, and whether there are known ways of asking."""


def signals(question: str, found: Found, shelf: Shelf, types: Sequence[AnswerType]) -> Signals:
    """The signals of one search; `question` as it was searched."""
    evidence = found.evidence
    nearest = {"covered": 0.0, "silent": 0.0, "outside": 0.0}
    for phrasing, score in found.phrasings:
        sort = phrasing.topic.kind if phrasing.topic else "covered"
        nearest[sort] = max(nearest[sort], score)
    missing = [t for t in types if not holding(evidence[:1], t)]
    first = shelf.places[evidence[0].clause.policy, evidence[0].clause.id] if evidence else None
    topic = next((p.topic.name for p, _ in found.phrasings if p.topic and p.topic.kind == "silent"), None)
    known = shelf.vocabulary
    return Signals(
        clause=max((e.similarity for e in evidence), default=0.0),
        lexical=math.log1p(max((e.lexical for e in evidence), default=0.0)),
        vote=_vote(found.phrasings[:_NEIGHBOURS]),
        unheld=float(any(not t.strict for t in missing)),
        unheld_strict=float(any(t.strict for t in missing)),
        explained=known.explained(question, first),
        explained_silent=known.explained(question, topic),
        only_silent=known.only(question, topic, first),
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


def probability(told: Signals) -> float:
    """The probability, 0..1, that the question is covered."""
    weights = WEIGHTS[told.clause > 0, told.covered > 0 or told.silent > 0]
    z = weights.bias + sum(w * v for w, v in zip(weights.values, astuple(told), strict=True))
    return 1.0 / (1.0 + math.exp(-z))


def silence(found: Found) -> Topic | None:
    """The known silence that the question is nearest to, if it is nearer to it than to anything covered."""
    best = max(found.phrasings, key=lambda pair: pair[1], default=None)
    return best[0].topic if best else None
