"""Rules for the page: paper, margins, grid and page numbers (GB/T 9704-2012 5.1, 5.2.1, 5.2.3, 7.5)."""

import re
from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

from assistant.drafting.format_cascade import Cascade
from assistant.drafting.format_schema import Deviation

_TWIPS = 1440 / 25.4
"""To a millimetre."""
_SIDES = (("天头(上白边)", "top", 37), ("订口(左白边)", "left", 28))


def page_deviations(document: Any) -> Iterator[Deviation]:
    """Of every section, each deviation once."""
    seen = set()
    for section in document.element.body.iter(qn("w:sectPr")):
        if any(parent.tag == qn("w:sectPrChange") for parent in section.iterancestors()):
            continue
        for found in _section(section):
            if found not in seen:
                seen.add(found)
                yield found
    yield from _numbers(document)


def _section(section: Any) -> Iterator[Deviation]:
    size, margins = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
    width, height = (_mm(size, name) for name in ("w", "h"))
    turned = width > height  # 8: tables that lie across are on A4 too
    if sorted((round(width), round(height))) != [210, 297]:
        yield Deviation("5.1", "页面", f"纸张为 {width:.0f} mm × {height:.0f} mm", "A4 型纸,210 mm × 297 mm")
        return
    if turned:
        return
    for name, side, wanted in _SIDES:
        found = _mm(margins, side)
        if abs(found - wanted) > 1:
            yield Deviation("5.2.1", "页面", f"{name}为 {found:.1f} mm", f"{wanted} mm ± 1 mm")
    text = width - _mm(margins, "left") - _mm(margins, "right"), height - _mm(margins, "top") - _mm(margins, "bottom")
    if abs(text[0] - 156) > 1 or abs(text[1] - 225) > 1:
        yield Deviation("5.2.1", "页面", f"版心为 {text[0]:.1f} mm × {text[1]:.1f} mm", "156 mm × 225 mm")


def _mm(element: Any, name: str) -> float:
    value = element.get(qn(f"w:{name}"), "0") if element is not None else "0"
    return float(value) / _TWIPS if re.fullmatch(r"-?\d+(\.\d+)?", value) else 0


def grid_pitch(document: Any) -> tuple[float, float]:
    """The grid's distance between lines and what it adds to a character of 3号, in points; 0 where it sets none."""
    grid = document.element.body.find(f".//{qn('w:docGrid')}")
    if grid is None or grid.get(qn("w:type")) not in ("lines", "linesAndChars", "snapToChars"):
        return 0, 0
    space = float(grid.get(qn("w:charSpace"), "0")) / 4096 if grid.get(qn("w:type")) != "lines" else 0
    return float(grid.get(qn("w:linePitch"), "0")) / 20, space


def _numbers(document: Any) -> Iterator[Deviation]:
    """7.5: 4号 half-width 宋体 with a dash at either side, odd pages right, even left, one character in."""
    cascade, feet = Cascade.of(document), list(_feet(document))
    numbered = [(kind, paragraph) for kind, paragraph in feet if _field(paragraph)]
    if not numbered:
        yield Deviation("7.5", "页脚", "没有页码", "版心下边缘之下编排页码,如“— 1 —”")
        return
    if not document.settings.odd_and_even_pages_header_footer or {kind for kind, _ in numbered} < {"default", "even"}:
        yield Deviation("7.5", "页脚", "单、双页的页码没有分开", "单页码居右空一字,双页码居左空一字")
    for kind, paragraph in numbered:
        wanted = {"even": "left"}.get(kind, "right")
        align = cascade.value(paragraph, "jc", "val") or "left"
        name = "双页" if kind == "even" else "单页"
        if align not in (wanted, {"left": "start", "right": "end"}[wanted], "outside"):
            place = "居左空一字" if kind == "even" else "居右空一字"
            yield Deviation("7.5", f"{name}页脚", "页码没有在外侧", place)
        text = "".join(t.text or "" for t in paragraph.iter(qn("w:t")))
        if not re.match(r"^\s*—\s*\d*\s*—\s*$", text):
            yield Deviation(
                "7.5", f"{name}页脚", f"页码的样式为“{text.strip() or '数字'}”", "数字左右各放一条一字线:— 1 —"
            )
        fonts = {cascade.font(paragraph, run) for run in paragraph.iter(qn("w:r"))}
        sizes = {cascade.run_value(paragraph, run, "sz", "val") or "20" for run in paragraph.iter(qn("w:r"))}
        if sizes != {"28"} or not fonts <= {"宋体", "SimSun"}:
            said = "、".join(sorted(f"{float(size) / 2:g} 磅" for size in sizes))
            yield Deviation(
                "7.5", f"{name}页脚", f"页码为{'、'.join(sorted(fonts)) or '未定字体'} {said}", "4号(14 磅)半角宋体"
            )


def _feet(document: Any) -> Iterator[tuple[str, Any]]:
    for section in document.element.body.iter(qn("w:sectPr")):
        for reference in section.findall(qn("w:footerReference")):
            kind = reference.get(qn("w:type"), "default")
            if kind == "first" and section.find(qn("w:titlePg")) is None:
                continue
            if kind == "even" and not document.settings.odd_and_even_pages_header_footer:
                continue
            part = document.part.related_parts.get(reference.get(qn("r:id")))
            if part is not None:
                yield from ((kind, paragraph) for paragraph in part.element.iter(qn("w:p")))


def _field(paragraph: Any) -> bool:
    codes = [code.text or "" for code in paragraph.iter(qn("w:instrText"))]
    codes += [field.get(qn("w:instr"), "") for field in paragraph.iter(qn("w:fldSimple"))]
    return bool(re.search(r"\bPAGE\b", " ".join(codes), re.IGNORECASE))
