"""Dates as Chinese papers write them: 2022年3月18日, 2022-03-18, 2022.3.18, 二〇二二年三月十八日, 2022年3月."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assistant.facts.width import flat
from ingest.numerals import to_int

_DIGITS = re.compile(
    r"(?<![\d.])(?P<year>(?:19|20)\d\d)(?:"
    r" *年 *(?P<month>\d{1,2}) *月(?: *(?P<day>\d{1,2}) *[日号]?(?!\d))?"
    r"|(?P<apart> *[-./] *)(?P<month2>\d{1,2})(?P=apart)(?P<day2>\d{1,2})(?![\d.]\d|\d))"
)
_CHINESE = re.compile(
    r"(?P<year>[一二][〇○零Oo0一二三四五六七八九]{3}) *年 *(?P<month>[一二三四五六七八九十]{1,2}) *月"
    r"(?: *(?P<day>[一二三四五六七八九十廿卅]{1,3}) *[日号])?"
)
_BLANK = re.compile(r"(?<![\d〇○零一二三四五六七八九十])(?:20\d\d|20 *|[_ ]*) *年[_ ]*(?:\d{1,2})?[_ ]*月[_ ]*日")


@dataclass(frozen=True, slots=True)
class Written:
    """A date at `start:end` of a text. `value` is 2022-03-18, or 2022-03 where no day is written; `exists` is false
    for 2月30日 and 13月."""

    start: int
    end: int
    value: str
    exists: bool = True


def dates(text: str) -> tuple[Written, ...]:
    """All dates in `text`, in order. A year alone (2021年度) is none."""
    return tuple(sorted(_found(flat(text)), key=lambda one: one.start))


def _found(text: str) -> Iterator[Written]:
    for found in _DIGITS.finditer(text):
        month, day = found["month"] or found["month2"], found["day"] or found["day2"]
        if found["month2"] and not (1 <= int(month) <= 12 and 1 <= int(day) <= 31):
            continue  # 2021.13.40 is a version or a number of something
        yield _written(found, int(found["year"]), int(month), int(day) if day else None)
    for found in _CHINESE.finditer(text):
        year = to_int(re.sub("[Oo0○零]", "〇", found["year"]))
        yield _written(found, year, to_int(found["month"]), to_int(found["day"]) if found["day"] else None)


def _written(found: re.Match[str], year: int, month: int, day: int | None) -> Written:
    value = f"{year:04}-{month:02}" + (f"-{day:02}" if day is not None else "")
    try:
        date(year, month, 1 if day is None else day)
    except ValueError:
        return Written(found.start(), found.end(), value, exists=False)
    return Written(found.start(), found.end(), value)


def first_day(value: str) -> date:
    """The earliest day that `value` can mean: 2022-03 is from 1 March on. Raises ValueError for 2022-02-30."""
    return date.fromisoformat(value if len(value) == 10 else f"{value}-01")


def last_day(value: str) -> date:
    """The latest day that `value` can mean. Raises ValueError for 2022-02-30."""
    if len(value) == 10:
        return date.fromisoformat(value)
    year, month = int(value[:4]), int(value[5:7])
    following = date(year + month // 12, month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


def blank_date(text: str) -> tuple[int, int] | None:
    """Where a date was left to be filled in (“年 月 日”, “2022年 月 日”); None if nowhere."""
    found = _BLANK.search(flat(text))
    return (found.start(), found.end()) if found else None
