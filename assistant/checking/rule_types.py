"""What rules look at and what they return: Known, Part, Outcome."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.conditions.schema import Condition, ConditionSet
from assistant.facts.places import Regions
from assistant.materials.kinds import MaterialKind
from assistant.reports.exhibits import exhibit
from assistant.reports.schema import Applicant, Exhibit, Fact, FactKind, Issue, Verdict
from ingest.materials import Application, Material
from ingest.normalize import find_quote, sentences


@dataclass(frozen=True, slots=True)
class Part:
    """The part of a file that is one expected material. `alone`: the file is nothing else, and all of it belongs."""

    material: Material
    kind: MaterialKind
    alone: bool

    def holds(self, one: Exhibit) -> bool:
        """Whether words stand in this part."""
        if one.sha256 != self.material.sha256:
            return False
        inside = (self.kind.place, self.kind.start) <= (one.place, one.start)
        return self.alone or (inside and (one.place, one.end) <= (self.kind.last, self.kind.end))

    def pages(self) -> Iterator[tuple[int, int, int]]:
        """Place, start and end of the text of each page in this part."""
        for place, page in enumerate(self.material.pages):
            if self.alone:
                yield place, 0, len(page.text)
            elif self.kind.place <= place <= self.kind.last:
                start = self.kind.start if place == self.kind.place else 0
                yield place, start, self.kind.end if place == self.kind.last else len(page.text)

    def search(self, pattern: re.Pattern[str]) -> Exhibit | None:
        """The first words that match."""
        for place, start, end in self.pages():
            if found := pattern.search(self.material.pages[place].text[start:end]):
                return exhibit(self.material, place, start + found.start(), start + found.end())
        return None

    def quoted(self, words: str) -> Exhibit | None:
        """The first place of `words`, whatever their width and spacing."""
        for place, start, end in self.pages():
            if found := find_quote(words, self.material.pages[place].text[start:end]):
                return exhibit(self.material, place, start + found[0], start + found[1])
        return None

    def sentences(self) -> Iterator[Exhibit]:
        """The sentences of this part, in order."""
        for place, start, end in self.pages():
            for first, last in sentences(self.material.pages[place].text[start:end]):
                yield exhibit(self.material, place, start + first, start + last)


@dataclass(frozen=True, slots=True)
class Known:
    """What rules may look at. `placed` are the expected materials that each file is, by sha256; `regions` tell the city
    of an address."""

    conditions: ConditionSet
    application: Application
    applicant: Applicant
    facts: Sequence[Fact]
    issues: Sequence[Issue]
    placed: Mapping[str, Sequence[MaterialKind]]
    regions: Regions

    def parts(self, clause: str) -> tuple[Part, ...]:
        """The parts of files that are a material expected for a clause (7.1)."""
        names = {expected.name for expected in self.conditions.materials if expected.clause == clause}
        once = {material.sha256: material for material in self.application.materials if material.sha256}
        return tuple(
            Part(material, kind, len(self.placed.get(sha256, ())) == 1)
            for sha256, material in once.items()
            for kind in self.placed.get(sha256, ())
            if kind.name in names
        )

    def facts_in(self, parts: Iterable[Part], *kinds: FactKind) -> list[Fact]:
        """The facts of some kinds that stand in one of the parts."""
        held = tuple(parts)
        return [fact for fact in self.facts if fact.kind in kinds and any(part.holds(fact.exhibit) for part in held)]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a rule decided, why in one Chinese sentence without its full stop, and the words it stands on."""

    verdict: Verdict
    reason: str
    evidence: tuple[Exhibit, ...] = ()


Rule = Callable[[Condition, Known], Outcome | None]
"""None where the rule has nothing to say."""


def once(exhibits: Iterable[Exhibit]) -> tuple[Exhibit, ...]:
    """The exhibits in their order, none twice."""
    return tuple(dict.fromkeys(exhibits))
