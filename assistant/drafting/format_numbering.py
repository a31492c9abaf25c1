"""Rules for the numbers of headings: 一、 (一) 1. (1) in order and in form (GB/T 9704-2012 7.3.3)."""

import re
from collections.abc import Iterator

from assistant.drafting.format_roles import Told
from assistant.drafting.format_schema import Deviation
from ingest.numerals import to_int

_NUMBER = re.compile(r"^\s*[（(]?([一二三四五六七八九十百零]+|\d{1,2})")
_FORMS = {
    "heading1": re.compile(r"^\s*[一二三四五六七八九十百零]+、"),
    "heading2": re.compile(r"^\s*（[一二三四五六七八九十百零]+）(?![、.．])"),
    "heading3": re.compile(r"^\s*\d+[.．]"),
    "heading4": re.compile(r"^\s*（\d+）(?![、.．])"),
}
_WANTED = {"heading1": "一、", "heading2": "（一）", "heading3": "1.", "heading4": "（1）"}


def numbering_deviations(told: tuple[Told, ...]) -> Iterator[Deviation]:
    """Forms other than the standard's, numbers left out or used twice, a level entered without the one above."""
    counts = [0, 0, 0, 0]
    for each in told:
        if each.role not in _FORMS or each.line.where != "text":
            continue
        level, words = int(each.role[-1]) - 1, each.line.text.strip()
        place = f"第{each.line.number}段“{words[:16]}”"
        if not _FORMS[each.role].match(words):
            yield Deviation("7.3.3", place, "层次序数的写法不对", f"“{_WANTED[each.role]}”")
        match = _NUMBER.match(words)
        number = to_int(match[1]) if match else 0
        if number != counts[level] + 1:
            wanted = f"接上一个同级标题,应为第 {counts[level] + 1} 个"
            yield Deviation("7.3.3", place, f"层次序数为 {number}", wanted, fixable=False)
        # 一、 may be followed by 1. where there are two levels alone; (一) needs 一、 above, and (1) needs 1.
        if level in (1, 3) and counts[level - 1] == 0 and number == 1:
            above = _WANTED[f"heading{level}"]
            yield Deviation("7.3.3", place, f"上面没有“{above}”一级", "依次用“一、”“（一）”“1.”“（1）”", fixable=False)
        counts[level:] = [number, *[0] * (3 - level)]
