"""What the materials say of their applicant: names, codes, people, addresses, amounts, dates, signatures and seals."""

import re
from collections.abc import Iterator, Mapping

from assistant.facts.codes import codes, registered_as
from assistant.facts.entity_types import representatives, staff, stated, ticked
from assistant.facts.fields import fields
from assistant.facts.labels import ADDRESSES, ALL, APPLICANT, CODES, LEAD, LEASED, PARTNER
from assistant.facts.layout import Field
from assistant.facts.names import joint, names
from assistant.facts.papers import PaperKind, paper_kind
from assistant.facts.places import addresses
from assistant.facts.signing import seal_prints, signing_places
from assistant.facts.stated_amounts import named_amounts
from assistant.facts.stated_dates import named_dates
from assistant.facts.whose import attributed, leaders, sides
from assistant.facts.width import bare
from assistant.reports.exhibits import exhibit
from assistant.reports.schema import Fact, FactKind
from ingest.materials import Application, Material, Page


def facts(
    application: Application, *, roles: Mapping[str, tuple[str, ...]], kinds: Mapping[str, tuple[str, ...]]
) -> tuple[Fact, ...]:
    """The facts of all materials, in the order of the package and of the pages; files with equal bytes count once.

    `roles` maps what an amount or a date is of (专项经费支出) to regular expressions that its row or sentence matches
    before it; 注册资本, 合同金额, 成立日期, 签署日期, 有效期至 and the like need none. `kinds` names for each file, by
    its sha256, the expected materials that it is. Each fact says what it is of in `role` (see assistant.facts.labels).
    """
    once = {material.sha256: material for material in reversed(application.materials) if material.sha256}
    materials = list(reversed(once.values()))
    papers = {material.sha256: paper_kind(material, kinds.get(material.sha256, ())) for material in materials}
    found = [fact for material in materials for fact in _of(material, roles, papers[material.sha256])]
    return tuple(attributed([*found, *leaders(materials, found)], papers, materials))


def _of(material: Material, roles: Mapping[str, tuple[str, ...]], paper: PaperKind) -> Iterator[Fact]:
    title = ""
    for place, page in enumerate(material.pages):
        if not page.text.strip():
            continue
        title = title or _title(page)
        given = fields(page, ALL)
        for kind, start, end, value, role in _on_page(page, given, roles, title, paper):
            yield Fact(kind, value, role, exhibit(material, place, start, end))
    for one in signing_places(material):
        if one.mark == "signature" and one.filled:
            yield Fact("signed", one.filled, "签字", exhibit(material, one.place, one.start, one.end))
    for seal in seal_prints(material):
        yield Fact("sealed", seal.words or "印章", "盖章", exhibit(material, seal.place, seal.start, seal.end))


_Found = tuple[FactKind, int, int, str, str]


def _on_page(
    page: Page, given: tuple[Field, ...], roles: Mapping[str, tuple[str, ...]], title: str, paper: PaperKind
) -> Iterator[_Found]:
    """Kind, start, end, value and role of each fact on a page."""
    told = sides(page)
    for start, end, role in names(page, given):
        whose = next((one for begin, until, one in told if begin <= start < until), None) if role == APPLICANT else None
        value = bare(page.text[start:end])
        if whose == "partner":
            yield "joint_applicant", start, end, value, PARTNER
        yield "name", start, end, value, PARTNER if whose == "partner" else role
        if whose == "lead":
            yield "name", start, end, value, LEAD
    for start, end, role in joint(page, given, title):
        yield "joint_applicant", start, end, bare(page.text[start:end]), role
    yield from _codes(page, given)
    for start, end, sort in (*ticked(page), *stated(page, given)):
        yield "entity_type", start, end, sort, "单位类型"
    for start, end, role in representatives(page, given):
        yield "legal_representative", start, end, _person(page.text[start:end]), role
    for start, end, role in addresses(page, given):
        usual = role if role != "通讯地址" or paper not in ("licence",) else "住所"
        if paper in ("contract", "lease") and role in ADDRESSES.values() and role != "租赁房屋":
            usual = f"合同方{role}"
        if (
            role == LEASED
            and paper != "lease"
            and page.text[max(0, start - 6) : start].strip(" :：\t").endswith("地点")
        ):
            continue  # 培训地点 and the like
        yield "address", start, end, bare(page.text[start:end]), usual
    for amount in named_amounts(page, roles, title):
        yield "amount", amount.start, amount.end, amount.value, amount.role
    for one in named_dates(page, given, roles):
        yield "date", one.start, one.end, one.value, one.role
    for start, end, count, what in staff(page):
        yield "staff", start, end, count, what


def _person(words: str) -> str:
    """A name without the spaces between Chinese characters; those between Latin words stay."""
    return " ".join(words.split()) if words.isascii() else bare(words)


def _codes(page: Page, given: tuple[Field, ...]) -> Iterator[_Found]:
    """Codes by their shape, and what fields call one, however long it is."""
    seen = []
    for start, end, code in codes(page.text):
        seen.append((start, end))
        if registered_as(code) or "代码" in page.text[max(0, start - 14) : start]:
            yield "uscc", start, end, code, APPLICANT
    for field in given:
        if (field.label in CODES or field.head in CODES) and field.start < field.end:
            until = _spread(page.text, field)
            words = bare(page.text[field.start : until]).rstrip("),。;")
            code = words.split("(")[0].split(",")[0].split(")")[0].upper()
            told = code.isascii() and code.isalnum() and 10 <= len(code) <= 24 and any(map(str.isdigit, code))
            # 15 digits behind 统一社会信用代码/注册号 are a registration number (GB 32100-2015 came after them).
            if not told or (len(code) == 15 and code.isdigit() and "注册号" in field.label):
                continue
            if not any(start < until and field.start < end for start, end in seen):
                yield (
                    "uscc",
                    field.start,
                    field.start + _reach(page.text[field.start : until], code),
                    code,
                    APPLICANT,
                )


def _spread(text: str, field: Field) -> int:
    """Where the value of a field ends; a code may be written with one character in each cell."""
    if field.end - field.start > 2:
        return field.end
    cells = re.match(r"(?:[0-9A-Za-z０-９Ａ-Ｚ]{1,2}[\t ]+){7,}[0-9A-Za-z０-９Ａ-Ｚ]{1,2}", text[field.start :])
    return field.start + cells.end() if cells else field.end


def _reach(text: str, code: str) -> int:
    """How many characters of `text` the code takes, spaces between its own included."""
    left = len(code)
    for at, char in enumerate(text):
        left -= not char.isspace()
        if not left:
            return at + 1
    return len(text)


def _title(page: Page) -> str:
    """The first line of a page: what the whole paper is about."""
    block = next((block for block in page.blocks if page.text[block.start : block.end].strip()), None)
    words = page.text[block.start : block.end] if block else ""
    return words if len(words) <= 60 else ""
