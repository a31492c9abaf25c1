"""Is there enough to answer? Signals of one search, weighed into a probability that the policies cover the question."""

import math
from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import astuple, dataclass

from assistant.answer_types import AnswerType
from ingest.normalize import tidy
from ingest.phrasings import Phrasing, Topic
from ingest.schema import Evidence
from ingest.search import Found
from ingest.shelf import Shelf

_NEIGHBOURS = 15  # phrasings that vote
_THREE = 3
_OUTSIDE = 0.8
_SURELY, _SURELY_WORDS = 0.85, 0.5  # the score from which a silence is named, with vectors and by characters alone
_NEAR = 0.65  # the cosine from which a clause is near the matter of a question
_NOTHING = 0.5  # the mean of an owner that no near phrasing speaks for
_TEMPERATURE = 0.04  # of their weights, in units of their score


@dataclass(frozen=True, slots=True)
class Signals:
    """What a search says about coverage; cosines are -1..1, shares 0..1, 0 where there is none.

    `clause`: best clause or sentence; `lexical`: log of the best BM25. `covered`, `silent`, `outside`: score of the
    nearest known way of asking of each sort; `vote`: the weighted share of covered ones among the nearest. `unheld`,
    `unheld_strict`: whether a value is asked for that the first clause does not hold (strict: 金额, 联系方式, ...).
    `explained`, `explained_silent`: the share of the question's words known of the first clause and of the nearest
    silence; `only_silent`: of the silence alone. `own`, `best_clause`, `best_topic`: mean of the nearest three ways of
    asking for the first clause, for any clause, for any topic. `lead`, `score`: of the first result.
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
    own: float
    best_topic: float
    best_clause: float
    lead: float
    score: float

    @property
    def asked(self) -> bool:
        """Whether any ways of asking are known."""
        return self.covered > 0 or self.silent > 0


@dataclass(frozen=True, slots=True)
class Weights:
    """Of a logistic regression (`python -m evals fit`); `values` in the order of the fields of `Signals`."""

    bias: float
    values: tuple[float, ...]


WEIGHTS: Mapping[tuple[bool, bool], Weights] = {
    (True, True): Weights(
        5.34, (0.18, -0.36, 2.06, 4.51, -4.37, 4.51, -4.23, -1.67, 5.65, -1.22, -2.16, -0.19, -15.47, 0.66, -0.06, 0.04)
    ),
    (True, False): Weights(
        -4.13, (7.12, -0.31, 0.0, 0.0, 0.0, 0.0, -2.68, -2.79, 2.58, 0.0, 0.0, 0.0, 0.0, 0.0, 0.13, 0.02)
    ),
    (False, True): Weights(
        -0.63, (0.0, -0.47, 2.08, 1.23, -3.98, 4.57, -3.24, -1.17, 5.64, -2.06, -1.69, -6.96, -6.27, 4.31, -0.11, 0.17)
    ),
    (False, False): Weights(
        -0.89, (0.0, 0.4, 0.0, 0.0, 0.0, 0.0, -2.35, -2.66, 2.57, 0.0, 0.0, 0.0, 0.0, 0.0, 0.17, -0.15)
    ),
}
"""By whether there is an embedder, and whether there are known ways of asking."""


def signals(question: str, found: Found, shelf: Shelf, types: Sequence[AnswerType]) -> Signals:
    """The signals of one search; `question` as it was searched."""
    evidence = found.evidence
    policy = evidence[0].clause.policy if evidence else ""
    ways = tuple((phrasing, score) for phrasing, score in found.phrasings if phrasing.policy == policy)
    nearest = {"covered": 0.0, "silent": 0.0, "outside": 0.0}
    for phrasing, score in ways:
        sort = phrasing.topic.kind if phrasing.topic else "covered"
        nearest[sort] = max(nearest[sort], score)
    missing = [t for t in types if not holding(evidence[:1], t)]
    first = shelf.places[evidence[0].clause.policy, evidence[0].clause.id] if evidence else None
    topic = next((p.owner for p, _ in ways if p.topic and p.topic.kind == "silent"), None)
    means = _means(ways, shelf)
    known, scores = shelf.vocabulary, [e.score for e in evidence[:2]]
    return Signals(
        clause=max((e.similarity for e in evidence), default=0.0),
        lexical=math.log1p(max((e.lexical for e in evidence), default=0.0)),
        vote=_vote(ways[:_NEIGHBOURS]),
        unheld=float(any(not t.strict for t in missing)),
        unheld_strict=float(any(t.strict for t in missing)),
        explained=known.explained(question, first),
        explained_silent=known.explained(question, topic),
        only_silent=known.explained(question, topic, without=first),
        own=means.get(first, _NOTHING),
        best_topic=max((m for owner, m in means.items() if isinstance(owner, str)), default=_NOTHING),
        best_clause=max((m for owner, m in means.items() if isinstance(owner, int)), default=_NOTHING),
        lead=scores[0] - scores[1] if len(scores) == 2 else 0.0,
        score=scores[0] if scores else 0.0,
        **nearest,
    )


def _means(ways: Sequence[tuple[Phrasing, float]], shelf: Shelf) -> dict[Hashable, float]:
    """The mean of the nearest three ways of asking for each clause (by place) and topic (by name) that has three."""
    scores: dict[Hashable, list[float]] = defaultdict(list)
    for phrasing, score in ways:
        owner = phrasing.owner if phrasing.topic else shelf.place(phrasing.policy, str(phrasing.clause))
        if len(scores[owner]) < _THREE:
            scores[owner].append(score)
    return {owner: sum(own) / _THREE for owner, own in scores.items() if len(own) == _THREE}


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
    weights = WEIGHTS[told.clause > 0, told.asked]
    z = weights.bias + sum(w * v for w, v in zip(weights.values, astuple(told), strict=True))
    return 1.0 / (1.0 + math.exp(-z))


def elsewhere(found: Found) -> bool:
    """Whether the question is very near to one that belongs to no policy at all (weather, jokes), of whichever list."""
    nearest = found.phrasings[:1]
    return any(p.topic is not None and p.topic.kind == "outside" and score >= _OUTSIDE for p, score in nearest)


def silence(found: Found) -> Topic | None:
    """The known silence of the first clause's policy that the question surely asks about: the nearest way of asking is
    of it, and near. An `outside` topic must not be named for a question that some clause is near to."""
    first = found.evidence[0] if found.evidence else None
    ways = [pair for pair in found.phrasings if first and pair[0].policy == first.clause.policy]
    phrasing, score = max(ways, key=lambda pair: pair[1], default=(None, 0.0))
    if first is None or phrasing is None or phrasing.topic is None:
        return None
    dense = first.similarity > 0
    if score < (_SURELY if dense else _SURELY_WORDS) or (phrasing.topic.kind == "outside" and first.similarity > _NEAR):
        return None
    return phrasing.topic
