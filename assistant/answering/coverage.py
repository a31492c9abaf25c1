"""Is there enough to answer? Signals of one search, weighed into a probability that the policies cover the question."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass

from assistant.answering.answer_types import AnswerType
from ingest.normalize import tidy
from ingest.phrasings import Phrasing, Topic
from ingest.schema import Evidence
from ingest.search import Found
from ingest.shelf import Shelf, owner_of

_NEIGHBOURS = 15  # phrasings that vote
_THREE = 3
_OUTSIDE = 0.8
_FAR_ASKED, _FAR_CLAUSE = 0.64, 0.5
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
        4.58, (0.48, -0.31, 2.53, 4.95, -4.56, 4.22, -4.04, -1.56, 5.06, -1.24, -2.55, 0.48, -14.99, -0.26, -0.05, 0.03)
    ),
    (True, False): Weights(
        -4.26, (7.85, -0.5, 0.0, 0.0, 0.0, 0.0, -2.56, -2.82, 2.91, 0.0, 0.0, 0.0, 0.0, 0.0, 0.12, 0.02)
    ),
    (False, True): Weights(
        -1.04, (0.0, -0.42, 1.67, 2.3, -3.73, 4.54, -3.13, -1.47, 5.2, -2.21, -2.11, -6.63, -5.65, 4.05, -0.12, 0.18)
    ),
    (False, False): Weights(
        -0.92, (0.0, 0.34, 0.0, 0.0, 0.0, 0.0, -2.21, -2.7, 2.79, 0.0, 0.0, 0.0, 0.0, 0.0, 0.12, -0.13)
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
    first = owner_of(evidence[0].clause) if evidence else None
    topic = next((p.owner for p, _ in ways if p.topic and p.topic.kind == "silent"), None)
    topics = _means((p.owner, score) for p, score in ways if p.topic)
    placed = ((shelf.place(policy, str(p.clause)), score) for p, score in ways if not p.topic)
    means = _means((owner_of(shelf.units[place]), score) for place, score in placed if place is not None)
    known, scores = shelf.vocabulary(policy), [e.score for e in evidence[:2]]
    return Signals(
        clause=max((e.similarity for e in evidence), default=0.0),
        lexical=math.log1p(max((e.lexical for e in evidence), default=0.0)),
        vote=_vote(ways[:_NEIGHBOURS]),
        unheld=float(any(not t.strict for t in missing)),
        unheld_strict=float(any(t.strict for t in missing)),
        explained=known.explained(question, first),
        explained_silent=known.explained(question, topic),
        only_silent=known.explained(question, topic, without=first),
        own=means.get(first or "", _NOTHING),
        best_topic=max(topics.values(), default=_NOTHING),
        best_clause=max(means.values(), default=_NOTHING),
        lead=scores[0] - scores[1] if len(scores) == 2 else 0.0,
        score=scores[0] if scores else 0.0,
        **nearest,
    )


def _means(ways: Iterable[tuple[str, float]]) -> dict[str, float]:
    """The mean of the nearest three ways of asking for each owner that has three; `ways` nearest first."""
    scores: dict[str, list[float]] = defaultdict(list)
    for owner, score in ways:
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


def far_off(told: Signals) -> bool:
    """Whether nothing is near at all (红烧肉, 的的的的): no clause, no known way of asking."""
    return told.asked and told.covered < _FAR_ASKED and 0 < told.clause < _FAR_CLAUSE


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
