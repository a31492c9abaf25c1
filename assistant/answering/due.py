"""The last day of a term of working days, when a question names its first day and a clause the number (第十三条)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.calendar import deadline
from assistant.validity import chinese
from ingest.errors import UsageError
from ingest.normalize import tidy
from ingest.numerals import to_int

_N = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_START = re.compile(
    rf"(?:(?P<year>(?:19|20)\d{{2}})\s*(?:年|[-./])\s*)?(?P<month>{_N})\s*月\s*(?P<day>{_N})\s*[日号]"
    rf"|(?P<iso>(?:19|20)\d{{2}}[-./]\d{{1,2}}[-./]\d{{1,2}})"
)
_NEAR: Mapping[str, int] = {"今天": 0, "今日": 0, "昨天": -1, "前天": -2, "明天": 1, "后天": 2}
_ASKS = re.compile(
    r"(?:到|是|在|于|截止|截至|算到|最[晚迟后])[^,。?]{0,4}(?:哪[一]?[天日]|几[月号]|什么时候|啥时候|何时)"
    r"|(?:哪[一]?[天日]|几号|什么时候|啥时候|何时)[^,。?]{0,3}(?:之?前|为止|截止|到期|届满|期满)|推算|算一?下"
)
_TERM = re.compile(r"(?P<count>\d{1,3}|[一二三四五六七八九十百]{1,4})个?工作日")


@dataclass(frozen=True, slots=True)
class Start:
    """The day that a question names as the first of a term, and the number of working days if it names that too."""

    day: date
    workdays: int | None


def start(question: str, today: date) -> Start | None:
    """What a question wants counted from; None when it names no day, several, or asks for no last day. A day without a
    year is of the year of `today`."""
    text = tidy(question)
    terms = {to_int(m["count"]) for m in _TERM.finditer(text)}
    if not _ASKS.search(text) or len(terms) > 1:
        return None
    days = [today + timedelta(days=shift) for word, shift in _NEAR.items() if word in text]
    for m in _START.finditer(text):
        try:
            if m["iso"]:
                year, month, day = map(int, re.split(r"[-./]", m["iso"]))
            else:
                year, month, day = int(m["year"] or today.year), to_int(m["month"]), to_int(m["day"])
            days.append(date(year, month, day))
        except ValueError:
            return None
    return Start(days[0], next(iter(terms), None)) if len(days) == 1 else None


def term(text: str) -> int | None:
    """The number of working days that a clause sets, if it sets just one."""
    found = {to_int(m["count"]) for m in _TERM.finditer(tidy(text))}
    return found.pop() if len(found) == 1 else None


def due(asked: Start, quotes: Sequence[tuple[str, str]]) -> str | None:
    """One sentence with the last day, said to be counted; or that its year's holidays are not known. `quotes` are
    (label, words); None when they set no such term, or several."""
    found = {(label, count) for label, words in quotes if (count := term(words))}
    if len(found) != 1:
        return None
    label, count = found.pop()
    if asked.workdays not in (None, count):
        return None
    first = chinese(asked.day)
    try:
        last = chinese(deadline(asked.day, count).due)
    except UsageError as error:
        return f"{label}规定的是{count}个工作日;{error}"
    return f"按{label}的{count}个工作日推算:从{first}的次日起算,到{last}届满(推算结果,以主管部门认定的起算日为准)。"


def event(question: str) -> str:
    """What a question says has happened, without its days, its number and its asking."""
    text = tidy(question)
    for pattern in (_START, _TERM, _ASKS):
        text = pattern.sub(" ", text)
    for word in _NEAR:
        text = text.replace(word, " ")
    return " ".join(text.split())
