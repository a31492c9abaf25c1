"""Names of organisations, and whose they are: of the applicant, of a party to a contract, of an authority."""

import re
from collections.abc import Iterator, Sequence

from assistant.facts.labels import (
    APPLICANT,
    CLOSING,
    JOINT,
    LISTED,
    MENTIONED,
    OTHER_NAMES,
    OWN_NAMES,
    PARTNER,
    PARTY,
)
from assistant.facts.layout import Field, Line, lines
from assistant.facts.width import flat
from ingest.materials import Page

_COMPANY = "有限责任公司|股份有限公司|股份公司|集团公司|有限公司|公司|有限合伙\\)|合伙企业|合作社|事务所"
_PUBLIC = (
    "大学|学院|学校|党校|研究院|研究所|设计院|科学院|规划院|检验院|研究中心|实验室|研究会|协会|学会|商会"
    "|联合会|促进会|联盟|基金会|智库|中心|集团|医院|银行|委员会|管理局|服务局|监督管理局|工厂|厂|所|院|局"
)
_SUFFIX = re.compile(rf"(?:{_COMPANY}|{_PUBLIC})")
_CHARS = "一-鿿㐀-䶿〇A-Za-z0-9·&"
_PLACE = rf"\([{_CHARS}]{{2,10}}\)"
_NAME = re.compile(rf"[{_CHARS}]{{2,30}}(?:{_PLACE}[{_CHARS}]{{0,20}})?")
_LATIN = re.compile(
    r"[A-Z][A-Za-z0-9&.,'() -]{3,80}?(?:Co\., ?Ltd\.?|Co\. Ltd\.?|Limited|Inc\.|Corporation|University|Institute"
    r"|Association|Academy|Cent(?:er|re))"
    r"(?= *(?:$|[;(\n]))"
)
_OPENING = re.compile(
    rf"[{_CHARS}]{{2,20}}?(?:{_PLACE}[{_CHARS}]{{0,16}}?)?"
    rf"(?:{_COMPANY.replace('|公司', '')}|[^公]分公司|大学|学院|研究院|研究所|科学院|协会|学会|商会|联合会|促进会)"
    rf"(?![{_CHARS}]{{0,6}}有限)"
)
_OURS = re.compile(
    r"(?:我|本|我们|俺们|咱们)的?(?:单位|公司|司|院|校|会|所|社|中心|企业|机构|协会|学会|商会|合作社|厂)的?"
    r"(?:(?:登记)?(?:名称|名字|全称|名))?(?:是|叫做?|叫作|为|系)?[,:(\"]?"
)
_TOGETHER = re.compile(
    rf"(?:与|会同|携手|联合)(?P<who>[{_CHARS}]{{4,30}}?(?:{_COMPANY}|大学|学院|研究院|研究所|协会|学会|商会))(?:共同|联合|一起|组成联合体)+"
    r"(?:进行)?(?:申报|申请)"
)
_TOGETHER_TITLE = re.compile(r"联合(?:体|申报|申请)|共同申报")
_CLIENTS = re.compile(
    r"(?:服务|合作|客户|用户|委托|受益|帮扶|改造|赋能|签约|对接|需求|购买|采购|案例)(?:的)?(?:方|对象|企业|单位|机构|客户|名称)*(?:名称)?|客户|用户|甲方"
)
_WITNESS = re.compile(r"兹(?:有|证明|就)?|(?:特此)?证明")
_NONE = re.compile(r"(?:无|没有|/|-|—|暂无|不适用|不联合|未联合|否|\s)*")
_NO_NAME = re.compile(
    r"^(?:我|本|贵|有限|股份|该|各|全|与|和|及|由|经|在|为|对|以|其|是|就|根据|关于|归属|按|未|没|尚|无(?![锡为棣极线])|不|并非|并未|从未"
    r"|暂|已|曾(?!氏)|拟|目前|现[有与由在]|向|给|委托|依托|参与|受|邀请|加入|联合(?![国智创])|聘请|购买|同(?=[^方济仁]))|的|建设|组成|成立|一家|家"
)
_AUTHORITY = re.compile(r"(?:委员会|管理局|服务局|人民政府|[省市区县]局|厅)$")


def names(page: Page, given: Sequence[Field]) -> Iterator[tuple[int, int, str]]:
    """The (start, end, role) of the names on a page. Fields and signing lines say whose a name is; a name that opens a
    line or closes the paper has the role of a mention."""
    taken: list[tuple[int, int]] = []
    for field in given:
        for start, end, role in _named(page.text, field):
            taken.append((start, end))
            yield start, end, role
    for start, end in _in_columns(page):
        taken.append((start, end))
        yield start, end, LISTED
    for line in lines(page):
        for start, end, role in _in_line(page.text, line):
            if not any(start < other[1] and other[0] < end for other in taken):
                yield start, end, role


def joint(page: Page, given: Sequence[Field], title: str) -> Iterator[tuple[int, int, str]]:
    """The (start, end, role) of the names that fields like 联合申报单位 hold, one by one (nothing for 无), those of
    与X联合申报, and the parties
    of a paper about applying together; the applicant may be among them."""
    even = flat(page.text)
    for said in _TOGETHER.finditer(even):
        yield said.start("who"), said.end("who"), PARTNER
    if _TOGETHER_TITLE.search(flat(title)):
        for field in given:
            if field.head in OTHER_NAMES and (party := organisation(page.text[field.start : field.end])):
                yield field.start + party[0], field.start + party[1], PARTY
    for field in given:
        listed = field.head in OWN_NAMES and _TOGETHER_TITLE.search(even)
        if field.head in JOINT or field.label in JOINT or listed:
            value = flat(page.text[field.start : field.end])
            for part in list(re.finditer(r"[^、,;/\s]+", value))[1 if listed else 0 :]:
                if not _NONE.fullmatch(part.group()) and (found := organisation(part.group())):
                    yield field.start + part.start() + found[0], field.start + part.start() + found[1], PARTNER


def organisation(text: str) -> tuple[int, int] | None:
    """Where in `text`, which is the value of a field, the name of an organisation stands; it ends as one does."""
    for found in _NAME.finditer(flat(text)):
        suffixes = list(_SUFFIX.finditer(found.group()))
        if not suffixes or suffixes[-1].end() < len(found.group()) - 8:
            continue
        # 有限公司城阳分公司, 大学海洋学院: what belongs to the name stands before the last suffix.
        end = found.start() + suffixes[-1].end()
        if end - found.start() >= 4:
            return found.start(), end
    return None


def _named(text: str, field: Field) -> Iterator[tuple[int, int, str]]:
    label = field.label if field.label in OWN_NAMES or field.label in OTHER_NAMES else field.head
    role = OWN_NAMES.get(label) or OTHER_NAMES.get(label)
    if role is None or field.start == field.end:
        return
    whole = flat(text[field.start : field.end])
    if latin := _LATIN.match(whole):
        start, end = organisation(whole) or (0, latin.end())  # both names: the Chinese one
        yield field.start + start, field.start + end, role
        return
    value = re.split(r"[、,;。]| {2,}", whole)[0]
    if found := organisation(value):
        yield field.start + found[0], field.start + found[1], role


def _in_columns(page: Page) -> Iterator[tuple[int, int]]:
    """The names in the columns of a table that are headed 服务对象, 客户名称, 合作单位 and the like."""
    headed: set[int] = set()
    last = -1
    for line in lines(page):
        if not line.is_cell:
            headed, last = set(), -1
            continue
        words = flat(page.text[line.start : line.end])
        if _CLIENTS.fullmatch(words):
            headed.add(line.column)
            last = line.row
        elif line.column in headed and line.row > last and (found := organisation(words)):
            yield line.start + found[0], line.start + found[1]


def _in_line(text: str, line: Line) -> Iterator[tuple[int, int, str]]:
    """我单位X(…), 兹证明X自…, a line that begins with a name, or that is nothing else."""
    start, is_cell = line.start, line.is_cell
    even = flat(text[start : line.end])
    for found in _OURS.finditer(even):
        name = _OPENING.match(even, found.end())
        if name and not _NO_NAME.search(name.group()):
            yield start + name.start(), start + name.end(), APPLICANT
            return
    at = _WITNESS.match(even)
    opening = _OPENING.match(even, at.end() if at else 0)
    if opening and not _NO_NAME.search(opening.group()) and not _AUTHORITY.search(opening.group()):
        rest = even[opening.end() :].strip()
        alone = re.fullmatch(r"(?:\([^()]{1,8}\))?[。]?", rest) is not None and not rest.endswith(":")
        yield start + opening.start(), start + opening.end(), CLOSING if alone and not is_cell else MENTIONED
