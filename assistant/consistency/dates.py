"""Dates that cannot be, or are in the wrong order."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from assistant.consistency.case import Case, short
from assistant.consistency.date_orders import FROM, TO, orders
from assistant.facts.dates import dates, first_day, last_day
from assistant.facts.labels import BEGINS, ENDS, ESTABLISHED, SIGNED_ON, VALID_UNTIL
from assistant.facts.width import bare
from assistant.reports.exhibits import exhibit
from assistant.reports.schema import Exhibit, Fact, Issue

_APPLIES = re.compile(r"申报|申请|认定|承诺")
_CERTIFICATE = re.compile(r"^[^,。;]{0,24}(?:证书|资质证|许可证|认定证|资格证)")
_SIGNED = (SIGNED_ON, "申报日期")


def date_issues(case: Case) -> Iterator[Issue]:
    """Impossible days, terms that end before they begin, papers of this application older than the measure,
    expired certificates and leases, two days of foundation, and days to come."""
    yield from _impossible(case)
    yield from _terms(case)
    yield from _signed(case)
    yield from _expired(case)
    yield from _established(case)
    yield from orders(case, _founded(case))


def _impossible(case: Case) -> Iterator[Issue]:
    for material, place, page in case.pages():
        for one in dates(page.text):
            if not one.exists:
                shown = exhibit(material, place, one.start, one.end)
                yield _issue(case, f"“{short(material.name)}”中的“{shown.quote}”不是存在的日期", shown)


def _terms(case: Case) -> Iterator[Issue]:
    for begin, end in pairwise([fact for fact in case.facts if fact.kind == "date"]):
        ordered = begin.role == BEGINS and end.role in (ENDS, VALID_UNTIL)
        near = begin.exhibit.sha256 == end.exhibit.sha256 and 0 <= end.exhibit.start - begin.exhibit.end < 12
        first, last = (_first(begin.value), _last(end.value)) if ordered and near else (None, None)
        if first and last and last < first:
            where = short(begin.exhibit.file)
            told = f"“{where}”中期限的止日({end.exhibit.quote})早于起日({begin.exhibit.quote})"
            yield _issue(case, told, begin.exhibit, end.exhibit)
    yield from _columns(case)


def _columns(case: Case) -> Iterator[Issue]:
    """Rows with a column for the beginning and one for the end."""
    for material, place, page in case.pages():
        columns: tuple[int, int] | None = None
        for block in page.blocks:
            cells = page.text[block.start : block.end].split("\t") if block.kind == "row" else []
            if not cells:
                columns = None
            heads = [bare(cell) for cell in cells]
            begins = [at for at, head in enumerate(heads) if FROM.fullmatch(head)]
            ends = [at for at, head in enumerate(heads) if TO.fullmatch(head)]
            if begins and ends:
                columns = (begins[0], ends[0])
            elif columns and len(cells) > max(columns):
                days = [dates(cells[at]) for at in columns]
                if all(len(one) == 1 for one in days):
                    first, last = _first(days[0][0].value), _last(days[1][0].value)
                    if first and last and last < first:
                        shown = exhibit(material, place, block.start, block.end)
                        yield _issue(case, f"“{short(material.name)}”中有一行的结束日期早于开始日期", shown)


def _signed(case: Case) -> Iterator[Issue]:
    told: set[tuple[str, str]] = set()
    founded = _founded(case)
    for fact in case.of("date", *_SIGNED):
        day = _last(fact.value)
        if day is None or (fact.exhibit.sha256, fact.value) in told:
            continue
        told.add((fact.exhibit.sha256, fact.value))
        where, paper = short(fact.exhibit.file), case.paper(fact)
        ours = paper in ("form", "pledge") and _speaks_of_application(case, fact)
        if ours and case.policy_issued and day < case.policy_issued:
            issued = f"{case.policy_issued.year}年{case.policy_issued.month}月{case.policy_issued.day}日"
            yield _issue(case, f"“{where}”的日期({fact.exhibit.quote})早于办法印发之日({issued})", fact.exhibit)
        elif paper in ("form", "pledge") and founded and (begin := _first(founded.value)) and day < begin:
            told_ = f"“{where}”的日期({fact.exhibit.quote})早于申报单位成立之日({founded.exhibit.quote})"
            yield _issue(case, told_, fact.exhibit, founded.exhibit)
        elif (begin := _first(fact.value)) and begin > case.as_of:
            yield _issue(case, f"“{where}”的日期({fact.exhibit.quote})晚于核查日期({case.as_of})", fact.exhibit)
    for fact in case.of("date", "查询日期", "发证日期", own=False):
        if (day := _first(fact.value)) and day > case.as_of and (fact.exhibit.sha256, fact.value) not in told:
            told.add((fact.exhibit.sha256, fact.value))
            words = f"“{short(fact.exhibit.file)}”的{fact.role}({fact.exhibit.quote})晚于核查日期({case.as_of})"
            yield _issue(case, words, fact.exhibit)


def _speaks_of_application(case: Case, fact: Fact) -> bool:
    return any(_APPLIES.search(page.text) for page in case.material(fact.exhibit.sha256).pages)


def _expired(case: Case) -> Iterator[Issue]:
    """A certificate or lease that had run out when the form was signed; without such a day, on the day of checking."""
    applied = case.applied or case.as_of
    named = "申报日期" if case.applied else "核查日期"
    latest: dict[tuple[str, str], Fact] = {}
    for fact in case.of("date", VALID_UNTIL, ENDS):
        paper = case.paper(fact)
        granted = paper == "licence" or _is_certificate(case, fact)
        if (granted and fact.role == VALID_UNTIL) or (paper == "lease" and fact.role == ENDS):
            key = (fact.exhibit.sha256, fact.role)
            if key not in latest or fact.value > latest[key].value:
                latest[key] = fact
    for fact in latest.values():
        day = _last(fact.value)
        if day and day < applied:
            where = short(fact.exhibit.file)
            yield _issue(
                case, f"“{where}”的有效期(期限)到{fact.exhibit.quote}为止,{named}({applied})时已过期", fact.exhibit
            )


def _is_certificate(case: Case, fact: Fact) -> bool:
    """Whether a date stands in a certificate of the applicant: of its quality management, its grade, its admission."""
    material = case.material(fact.exhibit.sha256)
    head = bare(material.pages[fact.exhibit.place].text[:80])
    return _CERTIFICATE.search(head) is not None and not case.is_others(fact)


def _founded(case: Case) -> Fact | None:
    found = case.of("date", ESTABLISHED)
    return next((fact for fact in found if case.paper(fact) == "licence"), found[0] if found else None)


def _established(case: Case) -> Iterator[Issue]:
    best = _founded(case)
    told: set[str] = set()
    for fact in case.of("date", ESTABLISHED):
        differs = best and not (fact.value.startswith(best.value) or best.value.startswith(fact.value))
        if best and differs and fact.exhibit.sha256 not in told and case.paper(fact) in ("form", "licence", "pledge"):
            if case.is_others(fact):
                continue
            told.add(fact.exhibit.sha256)
            said = ",".join(f"“{short(one.exhibit.file)}”写的是{one.exhibit.quote}" for one in (fact, best))
            yield _issue(case, f"成立日期不一致:{said}", fact.exhibit, best.exhibit)


def _issue(case: Case, told: str, *shown: Exhibit) -> Issue:
    doubt = "(该页由图像识别,可能是识别误差)" if any(map(case.is_recognised, shown)) else ""
    return Issue("date_conflict", shown[0].file, shown[0].page, f"{told}{doubt},请核对。", shown)


def _first(value: str) -> date | None:
    try:
        return first_day(value)
    except ValueError:
        return None


def _last(value: str) -> date | None:
    try:
        return last_day(value)
    except ValueError:
        return None
