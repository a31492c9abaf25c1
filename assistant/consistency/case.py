"""What all checks of consistency look at, worked out once."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.facts.applicant import alike, own_files, paper_kinds
from assistant.facts.dates import first_day
from assistant.facts.labels import PARTNER, SIGNED_ON
from assistant.facts.papers import PaperKind, paper_at
from assistant.facts.places import Regions
from assistant.reports.schema import Applicant, Exhibit, Fact, FactKind
from ingest.materials import Application, Material, Page

_REACH = 120  # characters
_AUTHORITIES = re.compile(r"机关|部门|主管|举办|推荐|银行|开户行|鉴定|审计|评估|查询|登记")


@dataclass(frozen=True, slots=True)
class Case:
    """One application with its facts. `materials` are its readable files, equal bytes once; `papers` says what each is,
    by sha256; `own` are the files that do not belong to another unit; `named` are the organisations of each file and
    page with where their names end, in order. `policy_issued` is None when it is not known."""

    materials: tuple[Material, ...]
    facts: tuple[Fact, ...]
    applicant: Applicant
    papers: Mapping[str, PaperKind]
    own: frozenset[str]
    regions: Regions
    policy_issued: date | None
    as_of: date
    named: Mapping[tuple[str, int], list[tuple[int, str]]]

    def of(self, kind: FactKind, *roles: str, own: bool = True) -> list[Fact]:
        """The facts of a kind (in the given roles, if any); those of other units' files only without `own`."""
        return [
            fact
            for fact in self.facts
            if fact.kind == kind
            and (not roles or fact.role in roles)
            and (not own or (fact.exhibit.sha256 in self.own and not fact.role.startswith(PARTNER)))
        ]

    def paper(self, fact: Fact) -> PaperKind:
        """What the paper of a fact is; several may be bound in one file."""
        shown = fact.exhibit
        return paper_at(self.material(shown.sha256), shown.place, shown.start, self.papers.get(shown.sha256, "other"))

    def material(self, sha256: str) -> Material:
        """The file with these bytes."""
        return next(material for material in self.materials if material.sha256 == sha256)

    def pages(self) -> Iterator[tuple[Material, int, Page]]:
        """Every page with text: its file, its place there, and itself."""
        for material in self.materials:
            for place, page in enumerate(material.pages):
                if page.text.strip():
                    yield material, place, page

    def owner(self, fact: Fact) -> str | None:
        """The organisation named last before a fact on its page, within two lines or so; authorities own nothing."""
        shown = fact.exhibit
        here = self.named.get((shown.sha256, shown.place), [])
        at = bisect_right(here, shown.start, key=lambda one: one[0])
        return here[at - 1][1] if at and shown.start - here[at - 1][0] <= _REACH else None

    def is_others(self, fact: Fact) -> bool:
        """Whether a fact is told of somebody else than the applicant."""
        name, owner = self.applicant.name, self.owner(fact)
        if name is None or owner is None:
            return self.paper(fact) == "proof"
        return not alike(owner, name.value)

    def around(self, fact: Fact, before: int, after: int = 0) -> str:
        """The text around the words of a fact on their page."""
        page = self.material(fact.exhibit.sha256).pages[fact.exhibit.place]
        return page.text[max(0, fact.exhibit.start - before) : fact.exhibit.end + after]

    def is_recognised(self, shown: Exhibit) -> bool:
        """Whether the page was read by OCR, so that a character may be misread."""
        return self.material(shown.sha256).pages[shown.place].ocr

    @property
    def applied(self) -> date | None:
        """When the form was signed, as far as it says so."""
        days = [
            fact.value
            for fact in self.of("date", SIGNED_ON, "申报日期")
            if self.paper(fact) == "form" and len(fact.value) == 10
        ]
        for value in days:
            try:
                return first_day(value)
            except ValueError:
                continue
        return None


def case_of(
    application: Application,
    facts: Sequence[Fact],
    applicant: Applicant,
    *,
    kinds: Mapping[str, tuple[str, ...]],
    regions: Regions,
    policy_issued: date | None,
    as_of: date,
) -> Case:
    """What the checks look at."""
    papers = paper_kinds(application, kinds)
    once = {material.sha256: material for material in reversed(application.materials) if material.sha256}
    return Case(
        tuple(material for material in reversed(once.values()) if material.status != "unreadable"),
        tuple(facts),
        applicant,
        papers,
        frozenset(own_files(facts, papers, applicant.name)),
        regions,
        policy_issued,
        as_of,
        _named(facts),
    )


def _named(facts: Sequence[Fact]) -> dict[tuple[str, int], list[tuple[int, str]]]:
    found: dict[tuple[str, int], list[tuple[int, str]]] = {}
    for fact in facts:
        if fact.kind in ("name", "joint_applicant") and not _AUTHORITIES.search(fact.role):
            found.setdefault((fact.exhibit.sha256, fact.exhibit.place), []).append((fact.exhibit.end, fact.value))
    return {key: sorted(names) for key, names in found.items()}


def short(name: str) -> str:
    """A file's name without the folders and archives it lies in."""
    return name.rsplit("/", 1)[-1]
