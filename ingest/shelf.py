"""What is searched, in memory: the policies, their clauses and the lexical index, for one version of the index."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ingest.chunking import SEARCHED, sentence_spans
from ingest.lexical import LexicalIndex
from ingest.phrasings import Phrasing
from ingest.schema import Clause, Policy
from ingest.spelling import Spelling, spelling
from ingest.vocabulary import Vocabulary, vocabulary


@dataclass(frozen=True)
class Shelf:
    """One consistent view; a new one replaces it when a policy is added, replaced or removed."""

    version: str
    generations: Mapping[str, str]
    policies: Mapping[str, Policy]
    sources: Mapping[str, str]
    clauses: Mapping[str, Sequence[Clause]]
    phrasings: Mapping[str, Sequence[Phrasing]]
    lexical: LexicalIndex = field(repr=False)
    _vocabularies: dict[str, Vocabulary] = field(default_factory=dict, repr=False)
    _spans: dict[int, tuple[tuple[int, int], ...]] = field(default_factory=dict, repr=False)

    @cached_property
    def units(self) -> tuple[Clause, ...]:
        """The leaf clauses that are searched, in the order of the lexical index."""
        return searched(self.clauses)

    @cached_property
    def places(self) -> dict[tuple[str, str], int]:
        """(policy, clause id) → place in `units`."""
        return {(unit.policy, unit.id): place for place, unit in enumerate(self.units)}

    def place(self, policy: str, clause_id: str) -> int | None:
        """The place in `units` of a clause, or of the lead sentence of an article that has items; None for neither."""
        return self.places.get((policy, clause_id), self.places.get((policy, f"{clause_id}p1")))

    def vocabulary(self, policy: str) -> Vocabulary:
        """What every clause and every topic of a policy says and is asked with, worked out once; a clause is named by
        `owner_of`, a topic by `Phrasing.owner`."""
        if policy not in self._vocabularies:
            self._vocabularies[policy] = vocabulary(self._said(policy), self.lexical.segmenter.cut)
        return self._vocabularies[policy]

    def _said(self, policy: str) -> Iterator[tuple[str, str]]:
        yield from ((owner_of(unit), unit.text) for unit in self.units if unit.policy == policy)
        for phrasing in self.phrasings.get(policy, ()):
            place = self.place(policy, phrasing.clause) if phrasing.clause else None
            yield (phrasing.owner if place is None else owner_of(self.units[place])), phrasing.text

    @cached_property
    def spelling(self) -> Spelling:
        """The terms of these policies, and of the glossary, by their sound."""
        segmenter = self.lexical.segmenter
        words = {word for unit in self.units for word in segmenter.cut(unit.text)}
        text = "\n".join(unit.text for unit in self.units)
        terms = sorted(words | set(segmenter.words))
        return spelling(terms, segmenter.cut, lambda word: segmenter.knows(word) or word in text)

    def spans(self, place: int) -> tuple[tuple[int, int], ...]:
        """The (start, end) in its source of each sentence of a unit, worked out once."""
        if place not in self._spans:
            self._spans[place] = sentence_spans(self.units[place])
        return self._spans[place]

    @cached_property
    def _by_id(self) -> dict[tuple[str, str], Clause]:
        return {(c.policy, c.id): c for own in self.clauses.values() for c in own}

    def clause(self, policy: str, clause_id: str) -> Clause:
        """The clause of that id; KeyError if there is none."""
        return self._by_id[policy, clause_id]

    def children(self, clause: Clause) -> tuple[Clause, ...]:
        """The clauses directly under `clause`, in order."""
        return tuple(c for c in self.clauses[clause.policy] if c.parent == clause.id)


def searched(clauses: Mapping[str, Sequence[Clause]]) -> tuple[Clause, ...]:
    """The leaves of all policies that are searched, policies in the order of their ids."""
    return tuple(c for policy in sorted(clauses) for c in clauses[policy] if c.leaf and c.kind in SEARCHED)


def owner_of(clause: Clause) -> str:
    """The name of a clause among the owners of words."""
    return f"{clause.policy}:{clause.id}"
