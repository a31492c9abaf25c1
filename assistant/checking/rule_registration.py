"""Whether the applicant is a legal person that is registered, active or located where the measure wants it."""

import re
from collections.abc import Sequence

from assistant.checking.rule_types import Known, Outcome, Part, once
from assistant.conditions.schema import Condition
from assistant.facts.labels import APPLICANT
from assistant.facts.places import Regions
from assistant.materials.sources import Names
from assistant.reports.exhibits import exhibit
from assistant.reports.schema import Exhibit, Fact, Issue
from ingest.normalize import sentences

_NOT_INDEPENDENT = re.compile(r"分公司|分支机构|办事处|代表处|个体工商户|个人独资企业|合伙企业|非法人")
_TYPE = re.compile(r"类[ \t\u3000]*型[\s:：]*[^\n]*")
_PUBLIC = ("thinktank", "university", "institute", "association")
_SHOWN = 3  # passages that say that the applicant works in the city


def registered_or_active(condition: Condition, known: Known) -> Outcome | None:
    """第七条第(一)项: registered in the city; or active there though registered elsewhere, where 可联合至少1家 lets the
    applicant do without a partner, so that a person decides; 智库机构、高等院校、科研院所、行业协会 registered or
    located in the city. Independent legal persons only."""
    parts = known.parts(condition.id)
    applicant, city = known.applicant, known.conditions.city
    identity = _identity(known, parts)
    shown = once(fact.exhibit for fact in identity)
    if not parts:
        if not shown:
            return Outcome("missing", "没有见到法人资格证明,其他材料也没有写明单位名称、代码和住所")
        return Outcome("unclear", "没有见到法人资格证明,单位名称、代码或住所只见于其他材料,需核对证照原件", shown)
    if doubts := [issue for issue in known.issues if _open(issue, known.regions, parts)]:
        said = "、".join(dict.fromkeys(issue.message.rstrip("。") for issue in doubts))
        places = tuple(place for issue in doubts for place in issue.places)
        return Outcome("unclear", f"材料之间有出入,需核实:{said}", once((*shown, *places)))
    if sum(any(part.holds(fact.exhibit) for part in parts) for fact in identity) < 3:
        return Outcome("unclear", "法人资格证明上没有读全单位名称、统一社会信用代码和住所,需看原件", shown)
    if applicant.name and identity[0].value != applicant.name.value:
        differing = once((*shown, applicant.name.exhibit))
        return Outcome("unclear", "法人资格证明上的名称与其他材料中的申报单位不同,需核实", differing)
    if others := _other_holders(known, parts):
        told = f"申报包里另有“{others[0].value}”的法人资格证明,与申报单位的关系需核实"
        return Outcome("unclear", told, once((*shown, *(fact.exhibit for fact in others))))
    if part := _dependent(parts):
        return Outcome("unclear", "证照上的主体类型可能不是独立法人,需核实", once((part, *shown)))
    if applicant.registered_city == city:
        return Outcome("met", f"法人资格证明载明单位名称、代码和住所,在{city}市注册", shown)
    if applicant.entity_type in _PUBLIC and applicant.located_city == city:
        return Outcome("met", f"属于智库机构、高等院校、科研院所或行业协会,具有独立法人资格,位于{city}市内", shown)
    return _elsewhere(known, shown)


def _elsewhere(known: Known, shown: tuple[Exhibit, ...]) -> Outcome:
    """Of an applicant that is not registered in the city. It is unmet only when the papers put it elsewhere and say
    nowhere that it works in the city."""
    applicant, city = known.applicant, known.conditions.city
    addresses = [fact for fact in known.facts if fact.kind == "address" and not fact.role.startswith("合同方")]
    local = [fact.exhibit for fact in addresses if known.regions.city_of(fact.value) == city]
    local = [*local, *_active(known)][:_SHOWN]
    joint = tuple(fact.exhibit for fact in applicant.joint)
    where = f"注册地在{applicant.registered_city}" if applicant.registered_city else "注册地没有认定"
    if joint:
        told = f"{where},有联合申报单位,联合单位是否在{city}市注册、申报单位是否在{city}市运营需人工核定"
        return Outcome("unclear", told, once((*shown, *joint, *local)))
    if local or applicant.located_city in (None, city) or applicant.registered_city is None:
        told = f"{where},没有联合申报单位(办法规定“可联合”),是否在{city}市运营需人工核定"
        return Outcome("unclear", told, once((*shown, *local)))
    return Outcome("unmet", f"{where},住所和经营地址都不在{city}市,没有联合申报单位,未见在{city}市运营的材料", shown)


def _active(known: Known) -> list[Exhibit]:
    """Sentences that say that somebody works in the city: 在青设立, 驻青, 青岛市黄岛区……办公."""
    city = known.conditions.city
    works = re.compile(
        rf"[在驻]{city[0]}(?!海|春|年|山)|(?:在|驻|常驻|位于|设于){city}"
        rf"|{city}[^,，。;；\n]{{0,16}}(?:运营|分公司|子公司|办事处|分院|基地|常驻|办公|经营|团队|工厂|租)"
    )
    found = []
    for material in {material.sha256: material for material in known.application.materials}.values():
        for place, page in enumerate(material.pages):
            for start, end in sentences(page.text):
                if works.search(page.text[start:end]):
                    found.append(exhibit(material, place, start, end))
    return found


def _identity(known: Known, parts: Sequence[Part]) -> list[Fact]:
    """Name, code and address, as the papers of registration give them where they do."""
    applicant, kept = known.applicant, []
    for best in (applicant.name, applicant.uscc, applicant.address):
        if best is not None:
            there = known.facts_in(parts, best.kind)
            same = [fact for fact in there if fact.value == best.value]
            # Another name on the licence is to be seen; another code or address may be that of a partner.
            kept.append((same or (there if best.kind == "name" else []) or [best])[0])
    return kept


def _other_holders(known: Known, parts: Sequence[Part]) -> list[Fact]:
    """The names on papers of registration that are neither the applicant's nor a partner's."""
    own = Names([fact.value for fact in (known.applicant.name, *known.applicant.joint) if fact])
    return [fact for fact in known.facts_in(parts, "name") if fact.role == APPLICANT and not own.named(fact.value)]


def _open(issue: Issue, regions: Regions, parts: Sequence[Part]) -> bool:
    """Whether an issue leaves open who the applicant is, or where."""
    if issue.kind == "address_conflict":
        return len({regions.city_of(place.quote) for place in issue.places} - {None}) > 1
    if issue.kind == "date_conflict":
        return any(part.holds(place) for place in issue.places for part in parts)
    return issue.kind in ("bad_uscc", "name_mismatch")


def _dependent(parts: Sequence[Part]) -> Exhibit | None:
    """The words by which a licence says that its holder is no legal person of its own."""
    for part in parts:
        line = part.search(_TYPE)
        if line and _NOT_INDEPENDENT.search(line.quote):
            return line
    return None
