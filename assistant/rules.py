"""What Python can decide on a condition. Every rule gives its words as evidence, or leaves the condition to a person.

A conditions file names rules by the keys of `RULES`. A rule returns None where it has nothing to say.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.conditions import Condition, ConditionSet
from assistant.errors import QuoteError
from assistant.exhibits import exhibit, exhibit_quote
from assistant.facts_places import Regions
from assistant.facts_words import APPLICANT, SIGNED_ON
from assistant.reports import Applicant, Exhibit, Fact, Issue, Verdict
from assistant.sources import Names
from ingest.materials import Application, Material
from ingest.normalize import sentences
from ingest.schema import Policy

_NOT_INDEPENDENT = re.compile(r"分公司|分支机构|办事处|代表处|个体工商户|个人独资企业|合伙企业|非法人")
_TYPE = re.compile(r"类\s*型[\s::]*[^\n]*")
_PUBLIC = ("thinktank", "university", "institute", "association")
_TRUE = re.compile(r"真\s*实")


@dataclass(frozen=True, slots=True)
class Known:
    """What rules may look at. `kinds` are the names of the expected materials that each file is, by sha256; `regions`
    tell the city of an address."""

    policy: Policy
    conditions: ConditionSet
    application: Application
    applicant: Applicant
    facts: Sequence[Fact]
    issues: Sequence[Issue]
    kinds: Mapping[str, Sequence[str]]
    regions: Regions

    def papers(self, clause: str) -> tuple[Material, ...]:
        """The readable files that are a material expected for a clause (7.1)."""
        names = {expected.name for expected in self.conditions.materials if expected.clause == clause}
        return tuple(
            {
                material.sha256: material
                for material in self.application.materials
                if names & set(self.kinds.get(material.sha256, ())) and material.status != "unreadable"
            }.values()
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a rule decided, why in one Chinese sentence without its full stop, and the words it stands on."""

    verdict: Verdict
    reason: str
    evidence: tuple[Exhibit, ...] = ()


Rule = Callable[[Condition, Known], Outcome | None]


def registered_or_active(condition: Condition, known: Known) -> Outcome | None:
    """第七条第(一)项: registered in the city; or active there though registered elsewhere, where 可联合至少1家 lets the
    applicant do without a partner, so that a person decides; 智库机构、高等院校、科研院所、行业协会 registered or
    located in the city. Independent legal persons only."""
    papers = known.papers(condition.id)
    held = {paper.sha256 for paper in papers}
    applicant, city = known.applicant, known.conditions.city
    identity = _identity(known, held)
    shown = _once(fact.exhibit for fact in identity)
    if not papers:
        if not shown:
            return Outcome("missing", "没有见到法人资格证明,其他材料也没有写明单位名称、代码和住所")
        return Outcome("unclear", "没有见到法人资格证明,单位名称、代码或住所只见于其他材料,需核对证照原件", shown)
    if doubts := _doubts(known, held):
        said = "、".join(dict.fromkeys(issue.message.rstrip("。") for issue in doubts))
        places = tuple(place for issue in doubts for place in issue.places)
        return Outcome("unclear", f"材料之间有出入,需核实:{said}", _once((*shown, *places)))
    if sum(fact.exhibit.sha256 in held for fact in identity) < 3:
        return Outcome("unclear", "法人资格证明上没有读全单位名称、统一社会信用代码和住所,需看原件", shown)
    if applicant.name and identity[0].value != applicant.name.value:
        differing = _once((*shown, applicant.name.exhibit))
        return Outcome("unclear", "法人资格证明上的名称与其他材料中的申报单位不同,需核实", differing)
    if others := _other_holders(known, held):
        told = f"申报包里另有“{others[0].value}”的法人资格证明,与申报单位的关系需核实"
        return Outcome("unclear", told, _once((*shown, *(fact.exhibit for fact in others))))
    if part := _dependent(papers):
        return Outcome("unclear", "证照上的主体类型可能不是独立法人,需核实", _once((part, *shown)))
    if applicant.registered_city == city:
        return Outcome("met", f"法人资格证明载明单位名称、代码和住所,在{city}市注册", shown)
    if applicant.entity_type in _PUBLIC and applicant.located_city == city:
        return Outcome("met", f"属于智库机构、高等院校、科研院所或行业协会,具有独立法人资格,位于{city}市内", shown)
    return _elsewhere(known, shown)


def _elsewhere(known: Known, shown: tuple[Exhibit, ...]) -> Outcome:
    """Of an applicant that is not registered in the city."""
    applicant, city = known.applicant, known.conditions.city
    addresses = [fact for fact in known.facts if fact.kind == "address" and not fact.role.startswith("合同方")]
    local = tuple(fact.exhibit for fact in addresses if known.regions.city_of(fact.value) == city)
    joint = tuple(fact.exhibit for fact in applicant.joint)
    where = f"注册地在{applicant.registered_city}" if applicant.registered_city else "注册地没有认定"
    if joint:
        told = f"{where},有联合申报单位,联合单位是否在{city}市注册、申报单位是否在{city}市运营需人工核定"
        return Outcome("unclear", told, _once((*shown, *joint, *local)))
    if local or applicant.located_city in (None, city) or applicant.registered_city is None:
        told = f"{where},没有联合申报单位(办法规定“可联合”),是否在{city}市运营需人工核定"
        return Outcome("unclear", told, _once((*shown, *local)))
    return Outcome("unmet", f"{where},住所和经营地址都不在{city}市,没有联合申报单位,未见在{city}市运营的材料", shown)


def truthfulness_pledge(condition: Condition, known: Known) -> Outcome | None:
    """第七条第(九)项: a pledge in the applicant's name that the materials are true, signed or sealed, and dated."""
    papers = known.papers(condition.id)
    if not papers:
        return None
    outcomes = [_pledge(paper, known) for paper in papers]
    return next((each for each in outcomes if each.verdict == "met"), outcomes[0])


def _pledge(paper: Material, known: Known) -> Outcome:
    promised = _promise(paper)
    if promised is None:
        return Outcome("unclear", f"“{paper.name}”没有读到承诺材料真实的内容,需看原件", _first_words(paper))
    own = [fact for fact in known.facts if fact.exhibit.sha256 == paper.sha256]
    marks = tuple(fact.exhibit for fact in own if fact.kind in ("signed", "sealed"))
    dates = tuple(fact.exhibit for fact in own if fact.kind == "date" and fact.role == SIGNED_ON)
    name = _own_name(paper, known.applicant)
    wrong = [issue for issue in known.issues if _touches(issue, paper)]
    lacking = [
        *(["没有读到签字或盖章"] if not marks else []),
        *(["没有读到日期"] if not dates else []),
        *(["没有读到申报单位的名称"] if name is None else []),
        *(dict.fromkeys(issue.message.rstrip("。") for issue in wrong)),
    ]
    places = tuple(place for issue in wrong for place in issue.places if place.sha256 == paper.sha256)
    evidence = _once((promised, *((name,) if name else ()), *marks, *dates, *places))
    if lacking:
        return Outcome("unclear", f"有真实性承诺,但{'、'.join(lacking)}", evidence)
    return Outcome("met", "有以申报单位名义作出的真实性承诺,已签字或盖章并写明日期", evidence)


def _identity(known: Known, papers: set[str]) -> list[Fact]:
    """Name, code and address, as the papers of registration give them where they do."""
    applicant, kept = known.applicant, []
    for best in (applicant.name, applicant.uscc, applicant.address):
        if best is not None:
            there = [fact for fact in known.facts if fact.kind == best.kind and fact.exhibit.sha256 in papers]
            same = [fact for fact in there if fact.value == best.value]
            # Another name on the licence is to be seen; another code or address may be that of a partner.
            kept.append((same or (there if best.kind == "name" else []) or [best])[0])
    return kept


def _other_holders(known: Known, papers: set[str]) -> list[Fact]:
    """The names on papers of registration that are neither the applicant's nor a partner's."""
    own = Names([fact.value for fact in (known.applicant.name, *known.applicant.joint) if fact])
    there = [fact for fact in known.facts if fact.kind == "name" and fact.exhibit.sha256 in papers]
    return [fact for fact in there if fact.role == APPLICANT and not own.named(fact.value)]


def _doubts(known: Known, papers: set[str]) -> list[Issue]:
    """The issues that leave open who the applicant is, or where."""
    return [issue for issue in known.issues if _open(issue, known.regions, papers)]


def _open(issue: Issue, regions: Regions, papers: set[str]) -> bool:
    if issue.kind == "address_conflict":
        return len({regions.city_of(place.quote) for place in issue.places} - {None}) > 1
    if issue.kind == "date_conflict":
        return any(place.sha256 in papers for place in issue.places)
    return issue.kind in ("bad_uscc", "name_mismatch")


def _dependent(papers: Sequence[Material]) -> Exhibit | None:
    """The words by which a licence says that its holder is no legal person of its own."""
    for paper in papers:
        for place, page in enumerate(paper.pages):
            for line in _TYPE.finditer(page.text):
                if _NOT_INDEPENDENT.search(line[0]):
                    return exhibit(paper, place, line.start(), line.end())
    return None


def _promise(paper: Material) -> Exhibit | None:
    """The sentence that says that the materials are true; the title alone is none."""
    for place, page in enumerate(paper.pages):
        for start, end in sentences(page.text):
            if _TRUE.search(page.text[start:end]) and end - start > 12:
                return exhibit(paper, place, start, end)
    return None


def _own_name(paper: Material, applicant: Applicant) -> Exhibit | None:
    if applicant.name is None:
        return None
    try:
        return exhibit_quote(paper, applicant.name.value)
    except QuoteError:
        return None


def _first_words(paper: Material) -> tuple[Exhibit, ...]:
    """The first line of a material that says anything."""
    for place, page in enumerate(paper.pages):
        for start, end in sentences(page.text):
            return (exhibit(paper, place, start, end),)
    return ()


def _touches(issue: Issue, paper: Material) -> bool:
    kinds = ("unsigned", "bad_uscc", "name_mismatch", "date_conflict")
    return issue.kind in kinds and (
        issue.file == paper.name or any(place.sha256 == paper.sha256 for place in issue.places)
    )


def _once(exhibits: Iterable[Exhibit]) -> tuple[Exhibit, ...]:
    return tuple(dict.fromkeys(exhibits))


RULES: Mapping[str, Rule] = {
    "registered_or_active": registered_or_active,
    "truthfulness_pledge": truthfulness_pledge,
}
