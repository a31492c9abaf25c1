"""Dates that cannot follow one another: service before the applicant was founded, acceptance before the contract."""

import re
from collections.abc import Iterator
from datetime import date

from assistant.consistency.case import Case, short
from assistant.facts.dates import Written, dates, first_day, last_day
from assistant.facts.fields import fields
from assistant.facts.labels import SIGNED_ON
from assistant.facts.width import bare, flat
from assistant.reports.exhibits import exhibit
from assistant.reports.schema import Exhibit, Fact, Issue
from ingest.materials import Material, Page

FROM = re.compile(
    r"(?:合同|协议|服务|项目)?(?:(?:开始|起始|起|签订|签署|签约|立项|开工|启动)(?:日期|时间|日)?)"
    r"|(?:专利)?申请(?:日期|日)|开发完成(?:日期|日)"
)
TO = re.compile(
    r"(?:合同|协议|服务|项目)?(?:(?:结束|终止|截止|止|完成|验收|竣工|交付|结题)(?:日期|时间|日)?)"
    r"|授权(?:公告)?(?:日期|日)|公告日|首次发表(?:日期|日)|登记(?:日期|日)"
)
_COURSES = (
    "开始 起始 签订 签署 签约 立项 开工 启动 申请 结束 终止 完成 验收 竣工 交付 结题 授权 授权公告 登记 发表 首次发表"
    " 开发完成 专利申请"
)
_KNOWN = {
    f"{whole}{word}{day}": word
    for word in _COURSES.split()
    for whole in ("", "合同", "协议", "服务", "项目")
    for day in ("日期", "时间", "日")
} | {"公告日": "公告"}
_YEARS = re.compile(r"有效期(?:限)?[:为]? *([一二三四五1-5])年")
_ISSUED = re.compile(r"(?:发证|颁发|批准|认定)(?:日期|时间)[:\t ]*")
_AUDITED = re.compile(r"(20\d\d)年度?[^,。;\n]{0,16}(?:审计|审核|鉴证)")
_AUDITS = re.compile(r"审计了[^。;\n]{0,24}?(20\d\d)年度(?!以来)")
_SIGNS = re.compile(r"(?:签订|签署|签约|立项)")
_ENDS_WITH = re.compile(r"(?:通过|完成|组织)?(?:[^,。;\d]{0,4})(?:验收|竣工|交付|结题)")
_PHASES = re.compile(r"[一二三]期|此前|之前|前期|续签|另|上一|首期")
_FOUNDED = re.compile(
    r"(?:(?P<own>(?:我|本)(?:公司|单位|院|校|会|所|社|协会|学会|中心|企业))"
    r"|(?P<name>[一-鿿()]{6,30}?(?:公司|院|所|会|大学|学院|中心|社)))"
    r"(?:\([^()]{1,20}\))?,?(?:于)?(?:成立于|创立于|创办于|创建于|注册成立于|始建于|设立于)?"
    r" ?(?P<year>(?:19|20)\d\d) ?年"
    r"(?: ?\d{1,2} ?月)?(?: ?\d{1,2} ?日)?(?:注册|正式|登记)?(?:成立|创立|设立)?"
)
_OURS = re.compile(r"自(?P<when>[^,。;\n自]{4,14}?)(?:起|以来|开始)[^,。;\n]{0,20}(?:为|向|与|给)我")


def orders(case: Case, founded: Fact | None) -> Iterator[Issue]:
    """Papers of the applicant older than itself, two dates of one paper in the wrong order, audits of a year that had
    not ended, and years of foundation that are not the licence's."""
    for material in case.materials:
        for place, page in enumerate(material.pages):
            yield from _in_fields(case, material, place, page)
            yield from _in_sentences(case, material, place, page)
            if founded is not None:
                yield from _told(case, material, place, page, founded)
        yield from _audited(case, material)
        yield from _lapsed(case, material)
        yield from _rented(case, material)
    if founded is not None:
        yield from _before(case, founded)


def _in_fields(case: Case, material: Material, place: int, page: Page) -> Iterator[Issue]:
    given = [(field, dates(page.text[field.start : field.end])) for field in fields(page, _KNOWN)]
    told = [(field, found[0]) for field, found in given if len(found) == 1 and found[0].exists]
    for begin, first in told:
        for end, last in told:
            pair = FROM.fullmatch(begin.head) and TO.fullmatch(end.head) and end.row > begin.row
            if not pair or not _belong(begin.head, end.head) or _last(last.value) >= _first(first.value):
                continue
            shown = [
                exhibit(material, place, f.start + d.start, f.start + d.end) for f, d in ((begin, first), (end, last))
            ]
            yield _issue(
                case, f"“{short(material.name)}”中{end.head}({last.value})早于{begin.head}({first.value})", *shown
            )
            return


def _in_sentences(case: Case, material: Material, place: int, page: Page) -> Iterator[Issue]:
    """2021年8月签订合同,2021年3月通过验收: in one sentence that speaks of one phase."""
    even = flat(page.text)
    for sentence in re.finditer(r"[^。;\n]+", even):
        words = sentence.group()
        if _PHASES.search(words) or not (_SIGNS.search(words) and _ENDS_WITH.search(words)):
            continue
        found = [one for one in dates(words) if one.exists]
        if len(found) < 2:
            continue
        tails = [
            words[one.end : end] for one, end in zip(found, [*(d.start for d in found[1:]), len(words)], strict=True)
        ]
        signed = next((one for one, tail in zip(found, tails, strict=True) if _SIGNS.search(tail)), None)
        ended = next(
            (one for one, tail in zip(found, tails, strict=True) if _ENDS_WITH.search(tail) and one is not signed), None
        )
        if signed and ended and signed.start < ended.start and _last(ended.value) < _first(signed.value):
            at = sentence.start()
            shown = [exhibit(material, place, at + one.start, at + one.end) for one in (signed, ended)]
            told = f"“{short(material.name)}”中验收(完成)的时间({ended.value})早于签订的时间({signed.value})"
            yield _issue(case, told, *shown)
            return


def _belong(begin: str, end: str) -> bool:
    """Whether two labels are of one course: of a patent, of software, of a contract."""
    courses = ("申请|授权|公告", "开发|发表|登记", "开始|起始|签|立项|开工|启动|结束|终止|完成|验收|竣工|交付|结题")
    return any(re.search(words, begin) and re.search(words, end) for words in courses)


def _before(case: Case, founded: Fact) -> Iterator[Issue]:
    """Contracts and proofs that name the applicant and are dated before it was founded."""
    begin = _first(founded.value)
    name = case.applicant.name.value if case.applicant.name else None
    told: set[str] = set()
    for fact in case.of("date", SIGNED_ON, own=False):
        material = case.material(fact.exhibit.sha256)
        if case.paper(fact) not in ("contract", "lease", "proof") or material.sha256 in told or len(founded.value) < 10:
            continue
        if name and name in bare("".join(page.text for page in material.pages)) and _last(fact.value) < begin:
            told.add(material.sha256)
            words = f"“{short(material.name)}”的日期({fact.exhibit.quote})早于申报单位成立之日({founded.exhibit.quote})"
            yield _issue(case, words, fact.exhibit, founded.exhibit)


def _told(case: Case, material: Material, place: int, page: Page, founded: Fact) -> Iterator[Issue]:
    """我公司成立于2015年 beside a licence of 2017; and services told to have begun before."""
    even = flat(page.text)
    name = case.applicant.name.value if case.applicant.name else ""
    for found in _FOUNDED.finditer(even):
        whole = found.group()
        if (
            not re.search("成立|创立|创办|创建|设立|始建", whole)
            or "前身" in even[max(0, found.start() - 12) : found.end()]
        ):
            continue
        own = found["own"] or (name and bare(found["name"] or "").endswith(name))
        if own and int(found["year"]) != int(founded.value[:4]):
            shown = exhibit(material, place, found.start(), found.end())
            words = (
                f"“{short(material.name)}”写的成立年份({shown.quote})与证照上的成立日期({founded.exhibit.quote})不一致"
            )
            yield _issue(case, words, shown, founded.exhibit)
            return
    for found in _OURS.finditer(even):
        when: tuple[Written, ...] = dates(found["when"])
        early = (
            bool(name) and name in bare(page.text) and len(when) == 1 and when[0].exists and len(founded.value) == 10
        )
        if early and _last(when[0].value) < _first(founded.value):
            shown = exhibit(material, place, found.start(), found.end())
            words = f"“{short(material.name)}”所称服务开始的时间({found['when']})早于申报单位成立之日"
            yield _issue(case, f"{words}({founded.exhibit.quote})", shown, founded.exhibit)
            return


def _audited(case: Case, material: Material) -> Iterator[Issue]:
    """A report on the accounts of a year, dated before that year had ended."""
    title = _AUDITED.search(flat(material.pages[0].text[:60])) if material.pages else None
    if title is None and material.pages and "审计" in bare(material.pages[0].text[:60]):
        title = _AUDITS.search(flat(material.pages[0].text))
    if title is None:
        return
    for fact in case.of("date", SIGNED_ON, own=False):
        if fact.exhibit.sha256 == material.sha256 and _last(fact.value) < date(int(title[1]), 12, 31):
            words = f"“{short(material.name)}”的日期({fact.exhibit.quote})早于所审计的{title[1]}年度终了"
            yield _issue(case, words, fact.exhibit)
            return


def _lapsed(case: Case, material: Material) -> Iterator[Issue]:
    """A certificate that says for how many years it holds (有效期:三年) and when it was issued."""
    for place, page in enumerate(material.pages):
        even = flat(page.text)
        years = _YEARS.search(even)
        issued = next((d for at in _ISSUED.finditer(even) for d in dates(even[at.end() : at.end() + 16])), None)
        if years is None or issued is None or not issued.exists or "证书" not in bare(page.text[:60]):
            continue
        begun = _first(issued.value)
        end = begun.replace(
            year=begun.year + ("零一二三四五六七八九".find(years[1]) if not years[1].isdigit() else int(years[1])),
            day=min(begun.day, 28),
        )
        if end < (case.applied or case.as_of):
            shown = exhibit(material, place, years.start(), years.end())
            yield _issue(case, f"“{short(material.name)}”自{issued.value}起有效{years[1]}年,申报时已过期", shown)


_RENTED = re.compile(r"租(?:赁)?(?:期限?|用期限?)|期限")
_FOR = re.compile(r"(?<!\d)(?P<years>[一二三四五六两壹贰叁肆伍1-9])(?:个)?年")


def _rented(case: Case, material: Material) -> Iterator[Issue]:
    """A lease that says from when and for how many years, and by that had run out."""
    if case.papers.get(material.sha256) != "lease":
        return
    for place, page in enumerate(material.pages):
        even = flat(page.text)
        for sentence in re.finditer(r"[^。;\n]+", even):
            words, years = sentence.group(), _FOR.search(sentence.group())
            found = dates(words)
            if not (_RENTED.search(words) and years and len(found) == 1 and found[0].exists) or "续" in even:
                continue
            begun, count = _first(found[0].value), _counted(years["years"])
            end = begun.replace(year=begun.year + count, day=min(begun.day, 28))
            if end < (case.applied or case.as_of):
                shown = exhibit(material, place, sentence.start() + found[0].start, sentence.start() + found[0].end)
                yield _issue(case, f"“{short(material.name)}”的租期自{found[0].value}起{count}年,申报时已到期", shown)
                return


def _counted(numeral: str) -> int:
    return (
        int(numeral)
        if numeral.isdigit()
        else max(row.find(numeral) for row in ("零一二三四五六", "零壹贰叁肆伍", "零 两"))
    )


def _issue(case: Case, told: str, *shown: Exhibit) -> Issue:
    doubt = "(该页由图像识别,可能是识别误差)" if any(map(case.is_recognised, shown)) else ""
    return Issue("date_conflict", shown[0].file, shown[0].page, f"{told}{doubt},请核对。", shown)


def _first(value: str) -> date:
    try:
        return first_day(value)
    except ValueError:
        return date.max


def _last(value: str) -> date:
    try:
        return last_day(value)
    except ValueError:
        return date.max
