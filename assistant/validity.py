"""Which text an answer stands on, and whether that text is in force on the day asked about."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.schema import Notice
from ingest.normalize import tidy
from ingest.numerals import to_int
from ingest.schema import Policy

_DATE = re.compile(
    r"(?P<year>(?:19|20)\d{2}|[零〇一二三四五六七八九]{4})\s*(?:年|[-./])\s*"
    r"(?:(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})\s*(?:月(?:份)?|[-./])\s*"
    r"(?:(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})\s*(?:日|号)?)?|(?P<half>底|末|初|年底|年初|年末)?)"
)
_CONFIRMED_DAY = re.compile(
    r"[日号]\s*(?:起|开始|正式|才)?\s*(?:施行|实施|生效|执行|失效|到期|作废|废止|印发|发布|截止|结束)(?:的)?[^,。]{0,2}"
    r"(?:吧|对吗|对不对|对吧|是吗|是吧|没错吧|吗)|(?:施行|实施|生效|失效|到期|印发|发布|截止)(?:日期|时间|日)?[是为在][^,。?]{4,14}[日号](?:吧|对吗|对吧|是吗|吗)"
    r"|[日号]\s*(?:起|开始|正式|才)?\s*(?:施行|实施|生效|失效|到期|印发|发布)的?[,,]?\s*(?:对吗|对不对|对吧|是吗|是吧|没错吧)"
)
_RELATIVE = {"今年": 0, "去年": -1, "前年": -2, "明年": 1}


@dataclass(frozen=True, slots=True)
class Moment:
    """A day or a span of days that a question names, first and last day included."""

    first: date
    last: date
    words: str


def moment(question: str, today: date) -> Moment | None:
    """The time a question asks about: 2022年5月, 2021-11-01, 去年; None when it names none."""
    text = tidy(question)
    for m in _DATE.finditer(text):
        try:
            return _span(m)
        except ValueError:
            continue
    for word, shift in _RELATIVE.items():
        if word in text:
            year = today.year + shift
            return Moment(date(year, 1, 1), date(year, 12, 31), word)
    return None


def _span(m: re.Match[str]) -> Moment:
    year = to_int(m["year"])
    words = m[0].strip(" -./")
    if m["month"] and m["day"]:
        day = date(year, to_int(m["month"]), to_int(m["day"]))
        return Moment(day, day, words)
    if m["month"]:
        month = to_int(m["month"])
        following = date(year + month // 12, month % 12 + 1, 1)
        return Moment(date(year, month, 1), following - timedelta(days=1), words)
    if m["half"] and "初" in m["half"]:
        return Moment(date(year, 1, 1), date(year, 1, 31), words)
    if m["half"]:
        return Moment(date(year, 12, 1), date(year, 12, 31), words)
    return Moment(date(year, 1, 1), date(year, 12, 31), words)


def notices(policy: Policy, as_of: date) -> tuple[Notice, ...]:
    """What the reader must know of the text on `as_of`: not yet in force, expired, followed by another."""
    told: list[Notice] = []
    if policy.effective and as_of < policy.effective:
        told.append(Notice("not_yet", f"本办法自{chinese(policy.effective)}起施行,在{chinese(as_of)}尚未生效。"))
    if policy.expires and as_of > policy.expires:
        told.append(
            Notice(
                "expired",
                f"本办法已于{chinese(policy.expires)}失效,在{chinese(as_of)}不再有效;所引条款只说明该文本当时的规定。",
            )
        )
        if policy.successor is not None:
            after = policy.successor
            checked = "" if after.verified else ",本系统未收录其全文,未经核实"
            told.append(Notice("successor", f"{after.note}{checked};现行规定请向{policy.issuer}核实。"))
    return tuple(told)


def misdated(question: str, when: Moment, quotes: Sequence[str]) -> bool:
    """Whether a question wants a day confirmed as that of coming into force or ending, and no quote has that day."""
    one_day = when.first == when.last
    return one_day and bool(_CONFIRMED_DAY.search(tidy(question))) and chinese(when.first) not in "".join(quotes)


def state(policy: Policy, when: Moment) -> str:
    """One sentence that says whether the text was in force on a day, or on which part of a span."""
    told = f"《{policy.title}》"
    since, until = policy.effective or date.min, policy.expires or date.max
    words = chinese(when.first) if when.first == when.last else when.words
    if when.last < since:
        return f"{words}{told}尚未施行。"
    if when.first > until:
        return f"{words}{told}已失效。"
    if when.first >= since and policy.expires is None:
        return f"{words}{told}已经施行;收录的信息中没有失效日期。"
    if when.first >= since and when.last <= until:
        return f"{words}{told}在有效期内。"
    return f"{words}{told}只在一部分时间有效:{chinese(max(since, when.first))}至{chinese(min(until, when.last))}。"


def chinese(day: date) -> str:
    """2021年11月19日"""
    return f"{day.year}年{day.month}月{day.day}日"
