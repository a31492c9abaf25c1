"""Who applies, as its papers say best: the licence outweighs the form, the form outweighs the rest."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from assistant.facts.codes import check, region
from assistant.facts.entity_types import kind_of
from assistant.facts.labels import APPLICANT, BUSINESS, CLOSING, LEASED, MENTIONED, PARTNER, REGISTERED, SITE
from assistant.facts.papers import PaperKind, paper_kind
from assistant.facts.places import Regions
from assistant.facts.surnames import is_surnamed
from assistant.facts.whose import lead
from assistant.facts.width import bare
from assistant.reports.schema import Applicant, EntityType, Fact, FactKind
from ingest.materials import Application

_WEIGHT: Mapping[PaperKind, int] = {"licence": 4, "form": 3, "pledge": 2}
_SORTS: tuple[EntityType, ...] = ("enterprise", "university", "institute", "association", "thinktank", "other")
_SIGNS = re.compile(r"法定代表人|法人代表|法人签字|理事长|会长|院长|校长|所长")
_AUTHORITIES = ("登记机关", "登记管理机关", "发证机关", "发证部门", "发证单位")


def applicant(
    facts: Sequence[Fact],
    application: Application,
    *,
    city: str,
    regions: Regions,
    kinds: Mapping[str, tuple[str, ...]],
) -> Applicant:
    """The applicant, each value with its words. Of facts of one weight the most frequent counts, then the first.

    `city` is where the measure wants applicants (青岛): they are located there when any address of theirs is.
    """
    papers = paper_kinds(application, kinds)
    name = _name(facts, papers)
    own = own_files(facts, papers, name)
    code = _best(_of(facts, "uscc", own), papers)
    person = _best(_of(facts, "legal_representative", own), papers) or _signer(_of(facts, "signed", own), application)
    seat = _best([one for one in _of(facts, "address", own) if one.role in REGISTERED], papers) or _best(
        [one for one in _of(facts, "address", own) if one.role in (BUSINESS, "通讯地址")], papers
    )
    sort = _sort(facts, application, papers, own, name, code)
    return Applicant(
        name=name,
        uscc=code,
        entity_type=sort,
        legal_representative=person,
        address=seat,
        registered_city=_registered(facts, papers, own, seat, code, sort, regions),
        located_city=_located(facts, own, seat, city, regions),
        joint=_joint(facts, name),
    )


def paper_kinds(application: Application, kinds: Mapping[str, tuple[str, ...]]) -> dict[str, PaperKind]:
    """What sort of paper each file is, by its sha256."""
    return {material.sha256: paper_kind(material, kinds.get(material.sha256, ())) for material in application.materials}


def _name(facts: Sequence[Fact], papers: Mapping[str, PaperKind]) -> Fact | None:
    """By fields and pledges; else the name that most files open or close with, or speak of."""
    told = [fact for fact in facts if fact.kind == "name"]
    if first := lead(facts, papers):
        return max((fact for fact in told if fact.value == first), key=lambda fact: _weight(fact, papers))
    partners = {fact.value for fact in facts if fact.kind == "joint_applicant"}
    own = [fact for fact in told if fact.role == APPLICANT and fact.value not in partners]
    own = own or [fact for fact in told if fact.role == APPLICANT]
    if best := _licensed(own, told, papers):
        return best
    spoken = [fact for fact in told if fact.role in (MENTIONED, CLOSING, "乙方", "受托方", "承租方")]
    files: Counter[str] = Counter()
    for value, _ in {(fact.value, fact.exhibit.sha256) for fact in spoken}:
        files[value] += 1
    return max(spoken, key=lambda fact: files[fact.value], default=None)


def _licensed(own: Sequence[Fact], told: Sequence[Fact], papers: Mapping[str, PaperKind]) -> Fact | None:
    """The name on the licence; of several licences the one whose holder most files name. A licence whose holder neither
    the form nor the pledge names is that of somebody else, where these agree on another name that more files have."""
    files: Counter[str] = Counter(value for value, _ in {(fact.value, fact.exhibit.sha256) for fact in told})
    best = max(own, key=lambda fact: (_weight(fact, papers), files[fact.value]), default=None)
    stated = [fact for fact in own if papers.get(fact.exhibit.sha256) in ("form", "pledge")]
    if best is None or papers.get(best.exhibit.sha256) != "licence" or not stated:
        return best
    related = {fact.value for fact in stated if _related(fact.value, best.value)}
    other = max(stated, key=lambda fact: (_weight(fact, papers), files[fact.value]))
    return best if related or files[other.value] <= files[best.value] else other


def _related(one: str, other: str) -> bool:
    """The same name or nearly, or that of a part of the unit."""
    return alike(one, other) or one in other or other in one or len(set(one) ^ set(other)) <= 3


def own_files(facts: Sequence[Fact], papers: Mapping[str, PaperKind], name: Fact | None) -> set[str]:
    """The files whose codes, people and addresses are the applicant's: not the licence or letter of somebody else."""
    if name is None:
        return set(papers)
    named: dict[str, set[str]] = {}
    for fact in facts:
        if fact.kind == "name" and (fact.role == APPLICANT or papers.get(fact.exhibit.sha256) == "licence"):
            named.setdefault(fact.exhibit.sha256, set()).add(fact.value)
    others = {
        sha256
        for sha256, values in named.items()
        if papers.get(sha256) in _WEIGHT and not any(alike(value, name.value) for value in values)
    }
    return {sha256 for sha256 in papers if sha256 not in others}


def alike(one: str, other: str) -> bool:
    """The same name, give or take a misread character."""
    return one == other or (len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) <= 2)


def _of(facts: Sequence[Fact], kind: FactKind, own: set[str]) -> list[Fact]:
    return [
        fact for fact in facts if fact.kind == kind and fact.exhibit.sha256 in own and not fact.role.startswith(PARTNER)
    ]


def _weight(fact: Fact, papers: Mapping[str, PaperKind]) -> int:
    return _WEIGHT.get(papers.get(fact.exhibit.sha256, "other"), 1)


def _best(found: Sequence[Fact], papers: Mapping[str, PaperKind]) -> Fact | None:
    """Of codes, one that is well-formed before others of the same weight."""
    count = Counter(fact.value for fact in found)

    def rank(fact: Fact) -> tuple[int, bool, int]:
        sure = fact.role == "法定代表人" if fact.kind == "legal_representative" else check(fact.value) is None
        return _weight(fact, papers), sure and fact.kind in ("uscc", "legal_representative"), count[fact.value]

    return max(found, key=rank, default=None)


def _signer(signed: Sequence[Fact], application: Application) -> Fact | None:
    """Who signed as 法定代表人 where no paper names that person elsewhere."""
    pages = {material.sha256: material.pages for material in application.materials}
    for fact in signed:
        line = bare(pages[fact.exhibit.sha256][fact.exhibit.place].text[fact.exhibit.start : fact.exhibit.end])
        if is_surnamed(fact.value) and _SIGNS.search(line):
            return Fact("legal_representative", fact.value, "法定代表人", fact.exhibit)
    return None


def _sort(
    facts: Sequence[Fact],
    application: Application,
    papers: Mapping[str, PaperKind],
    own: set[str],
    name: Fact | None,
    code: Fact | None,
) -> EntityType:
    box = _best(_of(facts, "entity_type", own), papers)
    heads = (
        bare(page.text[:60])
        for material in application.materials
        if material.sha256 in own and papers[material.sha256] == "licence"
        for page in material.pages[:1]
    )
    valid = code.value if code and check(code.value) is None else None
    ticked = next((sort for sort in _SORTS if box and box.value == sort), None)
    if name is None and valid is None and ticked is None:
        return "other"
    return kind_of(name.value if name else "", valid, " ".join(heads), ticked)


def _registered(
    facts: Sequence[Fact],
    papers: Mapping[str, PaperKind],
    own: set[str],
    seat: Fact | None,
    code: Fact | None,
    sort: EntityType,
    regions: Regions,
) -> str | None:
    """The city of registration. A company is registered where its 住所 is (市场主体登记管理条例第十一条: one 住所, in
    the area of the authority); it keeps its code when it moves. Others are registered with the authority that their
    licence names, else with that of their code: one of the province or the state is of no city."""
    licensed = seat is not None and papers.get(seat.exhibit.sha256) == "licence"
    by_seat = regions.city_of(seat.value) if seat and seat.role in REGISTERED else None
    by_code = regions.city_of_code(region(code.value)) if code and check(code.value) is None else None
    authority = next(
        (
            fact
            for fact in facts
            if fact.kind == "name" and fact.role in _AUTHORITIES and fact.exhibit.sha256 in own
            and papers.get(fact.exhibit.sha256) == "licence"
        ),
        None,
    )  # fmt: skip
    by_authority = regions.city_of(authority.value) if authority else None
    if sort == "enterprise":
        return (by_seat if licensed else None) or by_authority or by_code or by_seat
    if authority and (by_authority or regions.province_of(authority.value)):
        return by_authority
    if code and check(code.value) is None:
        return by_code
    return by_seat


def _located(facts: Sequence[Fact], own: set[str], seat: Fact | None, city: str, regions: Regions) -> str | None:
    """Where the applicant works: in `city` when it has its seat, its business or leased rooms there."""
    roles = (*REGISTERED, BUSINESS, LEASED, SITE, "通讯地址")
    found = [fact for fact in _of(facts, "address", own) if fact.role in roles]
    cities = {regions.city_of(fact.value) for fact in found if fact.role in (BUSINESS, LEASED)}
    by_seat = regions.city_of(seat.value) if seat else None
    if city in cities or by_seat == city:
        return city
    return (
        next((one for one in cities if one), None)
        or by_seat
        or next((one for fact in found if (one := regions.city_of(fact.value))), None)
    )


def _joint(facts: Sequence[Fact], name: Fact | None) -> tuple[Fact, ...]:
    once: dict[str, Fact] = {}
    for fact in facts:
        if fact.kind == "joint_applicant" and not (name and alike(fact.value, name.value)):
            once.setdefault(fact.value, fact)
    return tuple(once.values())
