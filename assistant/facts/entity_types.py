"""What an applicant is (企业, 高等院校, …), who represents it, and how many people it has."""

import re
from collections.abc import Iterator, Sequence

from assistant.facts.codes import registered_as
from assistant.facts.labels import PEOPLE
from assistant.facts.layout import Field, lines
from assistant.facts.signing import person
from assistant.facts.surnames import is_surnamed
from assistant.facts.width import bare, flat
from assistant.reports.schema import EntityType
from ingest.materials import Page

_TICK = r"[☑■☒√✓✔🗹▣●◉]"
_TICKED = re.compile(
    rf"(?:[\[(] *)?{_TICK}(?: *[\])])? *(?P<behind>[一-鿿/()]{{2,12}})"
    rf"|(?P<before>[一-鿿/]{{2,12}}) *[(\[] *{_TICK} *[)\]]"
)
_TICKED_BEHIND = re.compile(rf"(?P<before>[一-鿿/]{{2,12}}) *{_TICK}")
_BOXES = "□☐○☑☒√✓✔■🗹▣●◉"
_KIND_LABEL = re.compile(r"(?:申报|申请)?(?:单位|主体|机构|企业|法人)?(?:类型|性质|类别|属性)")
_IS = re.compile(
    r"(?:本|我|我们)(?:单位|中心|院|所|会|校|协会|学会|机构|研究院)[^,。;\n]{0,6}"
    r"(?:属于?|是|系|作为)[^,。;\n]{0,12}?"
    r"(?P<kind>智库|高等院校|高校|科研院所|行业协会)"
)
_THINKTANK = re.compile(
    r"(?:我们|本(?:中心|单位|机构|院|所|会)|我(?:中心|单位|院|所|会)|(?:研究中心|研究院|研究所|研究会|智库中心))"
    r"(?:,|\([^()]{0,16}\))?"
    r"(?:(?:是|系|作为|属于|被(?:列为|认定为|评为)|入选)[^,。;、\n]{0,16}?|为(?:[^,。;、\n]{0,6}[的级型会间立])?)"
    r"(?P<kind>智库)(?=机构?[,。;]|[,。;)]|建设|试点|$)"
    r"|(?:按|以|作为)(?P<kind2>智库)(?:机构|单位|类)?(?:的?(?:身份|名义|类别|类型))?(?:申报|申请|参与申报)"
    r"|作为[^,。;、\n]{0,6}(?P<kind3>智库)(?:机构)?,(?:我|本)"
    r"|(?:研究中心|研究院|研究所|研究会)\([^()]{0,6}(?P<kind4>智库)(?:机构)?\)",
    re.MULTILINE,
)
_SORTS: tuple[tuple[EntityType, str], ...] = (
    ("thinktank", r"智库"),
    ("university", r"高等院校|高校|大学|学院|学校|院校"),
    ("institute", r"科研(?:院所|机构|单位)|研究[总分]?院|研究(?:所|中心|机构)|科学院|设计院|规划院|实验室|检验院"),
    ("association", r"协会|学会|商会|联合会|促进会|联盟|研究会|社会团体"),
    ("enterprise", r"企业|公司|集团|合伙|合作社|工厂|事务所"),
)  # fmt: skip
_STAFF = re.compile(
    r"(?P<what>专职[一-鿿]{0,8}?(?:人员|团队|员工)|服务团队|团队(?:成员|人员)|在职(?:员工|职工|人员)|员工|职工|从业人员)"
    r"(?:数|人数|总数|规模)?[^\d,。;\n]{0,8}?(?P<count>\d{1,6}) *[名人位](?!次)"
    r"|(?P<what3>专职[一-鿿]{0,8}?人员|员工|职工|从业人员)(?:(?:总)?人数|总数|数|\(人\)) *[:\t ] *"
    r"(?P<count3>\d{1,6})(?![\d年月./%])"
    r"|(?P<count2>\d{1,6}) *[名位] *(?P<what2>专职[一-鿿]{0,8}?(?:人员|员工|团队))"
)
_REPRESENTED = re.compile(
    r"(?P<role>法定代表人|法人代表|法人|理事长|会长|院长|校长|所长|社长|负责人)(?:姓名)?\)?(?:为|是|叫|系|:)? *"
    r"(?P<who>[一-鿿]{2,4}(?:·[一-鿿]{2,8})?)(?=[,。;、)]|$)",
    re.MULTILINE,
)
_SERVES = re.compile(r"由(?P<who>[一-鿿]{2,4})(?:先生|女士|同志)?(?:担任|任|出任)[^,。;\n]{0,6}法定代表人")


def ticked(page: Page) -> Iterator[tuple[int, int, EntityType]]:
    """The (start, end, kind) of a ticked box beside 企业, 高等院校, … in a line that asks what the applicant is."""
    even = flat(page.text)
    for line in lines(page):
        text = even[line.start : line.end]
        asked = even[max(0, even.rfind("\n", 0, line.start) + 1) : line.end]
        if not _KIND_LABEL.search(bare(asked)[:16]) and len(re.findall(r"企业|高等院校|高校|协会|智库", text)) < 3:
            continue
        behind = re.match(r"(?:[^:]{0,12}:)? *[一-鿿/]{2,10} *[□☐○☑☒√✓✔■]", text) is not None and text[-1:] in _BOXES
        for found in (_TICKED_BEHIND if behind else _TICKED).finditer(text):
            words = found["before"] if behind else found["behind"] or found["before"]
            kind = next((kind for kind, pattern in _SORTS if re.search(pattern, words)), None)
            yield line.start + found.start(), line.start + found.end(), kind or "other"


def stated(page: Page, given: Sequence[Field]) -> Iterator[tuple[int, int, EntityType]]:
    """What a field like 单位类型 says without boxes to tick."""
    for field in given:
        value = flat(page.text[field.start : field.end])
        if _KIND_LABEL.fullmatch(field.head) and not re.search(rf"{_TICK}|[□☐○]", value):
            kind = next((kind for kind, pattern in _SORTS if re.match(pattern, value)), None)
            kind = "thinktank" if re.match(r"[^,。;、/]{0,6}智库", value) else kind
            if kind:
                yield field.start, field.end, kind
    for told in _IS.finditer(flat(page.text)):
        kind = next((kind for kind, pattern in _SORTS if re.match(pattern, told["kind"])), None)
        if kind:
            yield told.start("kind"), told.end("kind"), kind
    yield from _calls_itself_thinktank(flat(page.text))


def _calls_itself_thinktank(even: str) -> Iterator[tuple[int, int, EntityType]]:
    for told in _THINKTANK.finditer(even):
        part = next(name for name, words in told.groupdict().items() if words)
        yield told.start(part), told.end(part), "thinktank"


def kind_of_name(name: str) -> EntityType:
    """By how a name ends: 大学 in 某大学青岛研究院 does not make that a university."""
    if re.search(r"智库", name) and not re.search(r"公司$", name):
        return "thinktank"
    ends = [(found.end(), kind) for kind, pattern in _SORTS for found in re.finditer(pattern, name)]
    if not ends and re.search(r"(?<![医法])[院所]$", name):
        return "institute"
    return max(ends)[1] if ends else "other"


def kind_of(name: str, code: str | None, licence: str, box: EntityType | None) -> EntityType:
    """By the authority that registered it (the first digits of `code`, GB 32100-2015, else the title of the licence);
    公益 units, whose name or the ticked `box` tells which they are, are told apart by these."""
    registered = (registered_as(code) if code else None) or next(
        (sort for sort, pattern in (("企业", "营业执照"), ("社会团体", "社会团体")) if pattern in licence), None
    )
    named = kind_of_name(name)
    if registered in ("企业", "个体工商户", "农民专业合作社"):
        return "enterprise"
    if registered == "社会团体" and "thinktank" not in (named, box):
        return "association"
    if registered is not None and box == "enterprise":
        box = None
    if box not in (None, "other"):
        return box or "other"
    return "other" if registered is not None and named == "enterprise" else named


def representatives(page: Page, given: Sequence[Field]) -> Iterator[tuple[int, int, str]]:
    """The (start, end, role) of the names behind 法定代表人 and 负责人, where nobody is asked to sign."""
    found: list[int] = []
    for field in given:
        role = PEOPLE.get(field.label) or PEOPLE.get(field.head)
        if role is None or re.search(r"签|章", field.label) or field.start == field.end:
            continue
        words = re.split(r"[,、;。(/]| {2,}", flat(page.text[field.start : field.end]))[0].rstrip()
        first = words.split(" ")[0]
        words = first if is_surnamed(first) else words
        if person(words) and not re.search(r"签字|盖章|电话|身份证", words) and len(words) <= 12:
            found.append(field.start)
            yield field.start, field.start + len(words), role
    even = flat(page.text)
    for said in (*_REPRESENTED.finditer(even), *_SERVES.finditer(even)):
        named = said["who"]
        strict = said.re is _REPRESENTED and said["role"] != "法定代表人"
        if said.start("who") in found or (strict and not is_surnamed(named)):
            continue
        if not re.search(r"[签章权托担更负责或身份证对应为和及与的]", named):
            yield said.start("who"), said.end("who"), "负责人" if strict else "法定代表人"


def staff(page: Page) -> Iterator[tuple[int, int, str, str]]:
    """The (start, end, number, role) of numbers of people: 专职人员 or what else they are called."""
    even = flat(page.text).replace("\t", " ")
    for found in _STAFF.finditer(even):
        what = found["what"] or found["what2"] or found["what3"]
        count = found["count"] or found["count2"] or found["count3"]
        yield found.start(), found.end(), str(int(count)), "专职人员" if what.startswith("专职") else what
