"""Rules for the words on the page: fonts, sizes, pitch, places and forms (GB/T 9704-2012 5.2.2 to 7.4.3)."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from assistant.drafting.format_forms import form_deviations
from assistant.drafting.format_numbering import numbering_deviations
from assistant.drafting.format_page import grid_pitch, page_deviations
from assistant.drafting.format_reading import Line, read_lines
from assistant.drafting.format_roles import FormatRole, Told, is_red, tell_roles
from assistant.drafting.format_schema import CLAUSES, Deviation

FANGSONG = {
    "仿宋_GB2312",
    "仿宋",
    "FangSong",
    "FangSong_GB2312",
    "华文仿宋",
    "STFangsong",
    "方正仿宋_GBK",
    "方正仿宋简体",
}
KAITI = {"楷体_GB2312", "楷体", "KaiTi", "KaiTi_GB2312", "华文楷体", "STKaiti", "方正楷体_GBK", "方正楷体简体"}
HEITI = {"黑体", "SimHei", "华文黑体", "STHeiti", "方正黑体_GBK", "方正黑体简体"}
SONG_TITLE = {"方正小标宋简体", "方正小标宋_GBK", "小标宋", "华文中宋", "STZhongsong"}
"""What offices have installed under the standard's names; 华文中宋 stands in for 小标宋 where it is missing."""

_WANTED: dict[FormatRole, tuple[str, str, set[str], float, str]] = {
    "title": ("7.3.1", "小标宋体", SONG_TITLE, 22, "2号"),
    "addressee": ("7.3.2", "仿宋体", FANGSONG, 16, "3号"),
    "heading1": ("7.3.3", "黑体", HEITI, 16, "3号"),
    "heading2": ("7.3.3", "楷体", KAITI, 16, "3号"),
    "heading3": ("7.3.3", "仿宋体", FANGSONG, 16, "3号"),
    "heading4": ("7.3.3", "仿宋体", FANGSONG, 16, "3号"),
    "body": ("7.3.3", "仿宋体", FANGSONG, 16, "3号"),
    "number": ("5.2.2", "仿宋体", FANGSONG, 16, "3号"),
    "attachment": ("5.2.2", "仿宋体", FANGSONG, 16, "3号"),
    "attachment_more": ("5.2.2", "仿宋体", FANGSONG, 16, "3号"),
    "signature": ("5.2.2", "仿宋体", FANGSONG, 16, "3号"),
    "date": ("5.2.2", "仿宋体", FANGSONG, 16, "3号"),
    "note": ("5.2.2", "仿宋体", FANGSONG, 16, "3号"),
    "copies": ("7.4.2", "仿宋体", FANGSONG, 14, "4号"),
    "print": ("7.4.3", "仿宋体", FANGSONG, 14, "4号"),
}
_RUNNING: set[FormatRole] = {"body", "heading1", "heading2", "heading3", "heading4"}
_TEXT_POINTS = (442.2, 637.8)
"""156 mm × 225 mm."""


def deviations(document: Any) -> tuple[Deviation, ...]:
    """All of them in the order of the standard's clauses; those of one kind are one, with the places listed."""
    told = tell_roles(read_lines(document))
    found = [*page_deviations(document), *_fonts(told), *_grid(told, document), *_colours(told), *_head(told, document)]
    found += [*_places(told), *numbering_deviations(told), *form_deviations(told)]
    order = list(CLAUSES)
    return tuple(sorted(found, key=lambda deviation: order.index(deviation.clause)))


def listed(lines: list[Line]) -> str:
    """第3段“…”, with how many more."""
    first = lines[0]
    words = re.sub(r"\s+", "", first.text)
    quoted = words[:16] + "…" if len(words) > 16 else words
    more = f"等 {len(lines)} 段" if len(lines) > 1 else ""
    return f"第{first.number}段“{quoted}”{more}"


def _grouped(
    told: tuple[Told, ...], rule: Callable[[Told], tuple[str, str, str] | None], *, fixable: bool = True
) -> Iterator[Deviation]:
    """One deviation for all lines with the same clause, finding and wish."""
    groups: dict[tuple[str, str, str], list[Line]] = defaultdict(list)
    for each in told:
        if answer := rule(each):
            groups[answer].append(each.line)
    for (clause, found, wanted), lines in groups.items():
        yield Deviation(clause, listed(lines), found, wanted, fixable)


def _fonts(told: tuple[Told, ...]) -> Iterator[Deviation]:
    """7.3.1, 7.3.3, 5.2.2, 7.4.2, 7.4.3. Signs, digits and Latin letters alone tell nothing of the Chinese font."""

    def wrong(each: Told) -> tuple[str, str, str] | None:
        if each.role not in _WANTED:
            return None
        clause, name, fonts, points, size = _WANTED[each.role]
        spans = [span for span in each.line.spans if re.search(r"[\u4e00-\u9fff]", span.text)]
        if each.role == "number":  # 签发人's name is 楷体 (7.2.6)
            fonts = fonts | KAITI
        for span in spans:
            if span.font not in fonts or span.points != points:
                return clause, f"{span.font or '未定字体'} {span.points:g} 磅", f"{size}({points:g} 磅){name}"
        return None

    yield from _grouped(told, wrong)


def _grid(told: tuple[Told, ...], document: Any) -> Iterator[Deviation]:
    """5.2.3: 22 lines to a page and 28 characters to a line."""
    pitch_of_grid, space = grid_pitch(document)

    def lines(each: Told) -> tuple[str, str, str] | None:
        if each.role not in _RUNNING or each.line.where != "text":
            return None
        pitch = each.line.pitch or pitch_of_grid
        if not pitch:
            return "5.2.3", "行距不固定", "每面 22 行,行距固定(约 29 磅)"
        # Half a line's leading may stand below the last line.
        count = int((_TEXT_POINTS[1] + 2) / pitch)
        return None if count == 22 else ("5.2.3", f"行距 {pitch:g} 磅,每面 {count} 行", "每面 22 行")

    def characters(each: Told) -> tuple[str, str, str] | None:
        if each.role not in ("body",) or each.line.where != "text":
            return None
        span = max(each.line.spans, key=lambda span: len(span.text))
        count = int((_TEXT_POINTS[0] + 0.2) / (16 + span.spacing + space))
        return None if count == 28 else ("5.2.3", f"按版心宽度每行 {count} 个字", "每行 28 个字,撑满版心")

    yield from _grouped(told, lines)
    yield from _grouped(told, characters)


def _colours(told: tuple[Told, ...]) -> Iterator[Deviation]:
    """5.2.4: black, but for 发文机关标志."""

    def wrong(each: Told) -> tuple[str, str, str] | None:
        coloured = each.role != "agency" and any(span.colour and span.text.strip() for span in each.line.spans)
        return ("5.2.4", "文字不是黑色", "黑色") if coloured else None

    yield from _grouped(told, wrong)


def _head(told: tuple[Told, ...], document: Any) -> Iterator[Deviation]:
    """7.2.4, 7.2.7: 发文机关标志 centred in red, a red line below 发文字号."""
    lines = {each.role: each.line for each in told}
    if (agency := lines.get("agency")) and agency.align != "center":
        yield Deviation("7.2.4", listed([agency]), "没有居中", "居中排布")
    if agency and not any(span.font in SONG_TITLE for span in agency.spans):
        yield Deviation("7.2.4", listed([agency]), f"{agency.spans[0].font or '未定字体'}", "推荐使用小标宋体字,红色")
    if number := lines.get("number"):
        drawn = any(tag in document.element.body.xml[:200_000] for tag in ("<w:pict", "<w:drawing"))
        ruled = any(is_red(each.line.border) for each in told if each.line.number <= number.number + 1)
        if not ruled and not drawn:
            yield Deviation("7.2.7", listed([number]), "发文字号之下没有红色分隔线", "与版心等宽的红色分隔线")


def _places(told: tuple[Told, ...]) -> Iterator[Deviation]:
    """7.3.1 to 7.3.6: what is centred, flush, or some characters in; off by less than half a character is right."""

    def wrong(each: Told) -> tuple[str, str, str] | None:
        line, role = each.line, each.role
        if role == "title" and line.align != "center":
            return "7.3.1", "标题没有居中", "居中排布"
        if role == "number" and line.align not in ("center", "left", "both"):
            return "7.2.5", "发文字号没有居中", "居中排布(上行文居左空一字)"
        if role == "addressee" and (line.first + line.left > 8 or line.align in ("center", "right", "end")):
            return "7.3.2", "主送机关没有顶格", "居左顶格,回行时仍顶格"
        spaces = len(line.text) - len(line.text.lstrip("\u3000 "))
        if role in _RUNNING and line.where == "text" and abs(line.first + line.left - 32) > 8 and spaces != 2:
            return "7.3.3", "没有左空二字", "每个自然段左空二字,回行顶格"
        if role == "attachment" and abs(line.first + line.left - 32) > 8 and spaces != 2:
            return "7.3.4", "“附件”没有左空二字", "正文下空一行、左空二字编排"
        if role == "date" and (line.align not in ("right", "end") or line.right < 28):
            return "7.3.5.1", "成文日期没有右空", "右空四字(不加盖印章的右空二字)编排"
        if role == "note" and abs(line.first + line.left - 32) > 8 and spaces != 2:
            return "7.3.6", "附注没有左空二字", "居左空二字加圆括号"
        return None

    yield from _grouped(told, wrong)
