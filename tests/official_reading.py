"""An independent reading of a Word file against GB/T 9704-2012: its XML alone, with numbers of its own."""

import re
import zipfile
from io import BytesIO
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_KINDS = {
    "公文标题": ("方正小标宋简体", 44, "center"),
    "公文主送机关": ("仿宋_GB2312", 32, "left"),
    "公文一级标题": ("黑体", 32, "both"),
    "公文二级标题": ("楷体_GB2312", 32, "both"),
    "公文三级标题": ("仿宋_GB2312", 32, "both"),
    "公文四级标题": ("仿宋_GB2312", 32, "both"),
    "公文正文": ("仿宋_GB2312", 32, "both"),
    "公文成文日期": ("仿宋_GB2312", 32, "right"),
    "公文署名": ("仿宋_GB2312", 32, "right"),
    "公文抄送": ("仿宋_GB2312", 28, "left"),
    "公文印发": ("仿宋_GB2312", 28, "left"),
}


def parts(data: bytes) -> dict[str, Any]:
    with zipfile.ZipFile(BytesIO(data)) as packed:
        return {
            name: etree.fromstring(packed.read(name)) for name in packed.namelist() if name.endswith((".xml", ".rels"))
        }


def text(element: Any) -> str:
    return "".join("\n" if e.tag == f"{_W}br" else e.text or "" for e in element.iter(f"{_W}t", f"{_W}br"))


def attribute(element: Any, path: str, name: str) -> str:
    found = element.find("/".join(f"{_W}{step}" for step in path.split("/")))
    return "" if found is None else str(found.get(f"{_W}{name}", ""))


def paragraphs(data: bytes) -> list[tuple[str, str, Any]]:
    """The name of its style, the text and the element of each paragraph."""
    read = parts(data)
    names = {s.get(f"{_W}styleId"): attribute(s, "name", "val") for s in read["word/styles.xml"].iter(f"{_W}style")}
    body = read["word/document.xml"]
    return [(names.get(attribute(p, "pPr/pStyle", "val"), ""), text(p), p) for p in body.iter(f"{_W}p")]


def layout_faults(data: bytes) -> list[str]:
    read = parts(data)
    faults = [*_page(read), *_styles(read), *_feet(read)]
    lines = paragraphs(data)
    faults += [f"unstyled words: {words[:20]}" for style, words, _ in lines if words and not style]
    faults += _numbers([words for style, words, _ in lines if style.endswith("级标题")])
    for style, words, element in lines:
        if style == "公文发文字号" and words and not re.fullmatch(r"[^〔]*〔[\d×]+〕[\d×]+号", words):
            faults.append(f"number: {words}")
        if style == "公文主送机关" and not words.endswith("："):
            faults.append(f"addressee: {words[-5:]}")
        if style == "公文成文日期":
            if not re.fullmatch(r"(\d{4}|×{4})年(0?[1-9]|1[0-2]|××)月([1-9]|[12]\d|3[01]|××)日", words):
                faults.append(f"date: {words}")
            if int(attribute(element, "pPr/ind", "rightChars") or 400) < 400:
                faults.append("the date has no four characters at its right")
        if style in ("公文抄送",) and not (words.startswith("抄送：") and words.endswith("。")):
            faults.append(f"copies: {words}")
    return faults


def _page(read: dict[str, Any]) -> list[str]:
    sections = list(read["word/document.xml"].iter(f"{_W}sectPr"))
    faults = [] if len(sections) == 1 else [f"{len(sections)} sections"]
    wanted = {"top": 37, "left": 28, "bottom": 297 - 37 - 225, "right": 210 - 28 - 156}
    for section in sections:
        size = [int(attribute(section, "pgSz", side)) / 56.693 for side in ("w", "h")]
        faults += [] if abs(size[0] - 210) < 0.1 and abs(size[1] - 297) < 0.1 else [f"paper {size}"]
        for side, length in wanted.items():
            found = int(attribute(section, "pgMar", side)) / 56.693
            faults += [] if abs(found - length) < 0.1 else [f"{side} {found:.1f} mm"]
        pitch = int(attribute(section, "docGrid", "linePitch")) / 20
        faults += [] if int(225 * 72 / 25.4 / pitch) == 22 else [f"grid {pitch} pt"]
    return faults


def _styles(read: dict[str, Any]) -> list[str]:
    faults = []
    found = {attribute(s, "name", "val"): s for s in read["word/styles.xml"].iter(f"{_W}style")}
    for name, (font, size, align) in _KINDS.items():
        style = found[name]
        for script in ("ascii", "eastAsia", "hAnsi", "cs"):
            faults += [] if attribute(style, "rPr/rFonts", script) == font else [f"{name}: {script}"]
        faults += [] if attribute(style, "rPr/sz", "val") == str(size) else [f"{name}: size"]
        faults += [] if attribute(style, "pPr/jc", "val") == align else [f"{name}: align"]
        faults += [] if attribute(style, "pPr/spacing", "lineRule") == "exact" else [f"{name}: pitch"]
        if size == 32:
            pitch = int(attribute(style, "pPr/spacing", "line")) / 20
            faults += [] if int(225 * 72 / 25.4 / pitch) == 22 else [f"{name}: pitch {pitch}"]
            character = 16 + int(attribute(style, "rPr/spacing", "val")) / 20
            faults += [] if int(156 * 72 / 25.4 / character) == 28 else [f"{name}: {character} pt"]
        indent = attribute(style, "pPr/ind", "firstLineChars")
        if name == "公文正文" or "级标题" in name:
            faults += [] if indent == "200" else [f"{name}: indent {indent}"]
    return faults


def _feet(read: dict[str, Any]) -> list[str]:
    relations = {r.get("Id"): r.get("Target") for r in read["word/_rels/document.xml.rels"]}
    key = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    feet = {
        r.get(f"{_W}type"): read[f"word/{relations[r.get(key)]}"]
        for r in read["word/document.xml"].iter(f"{_W}footerReference")
    }
    faults = [] if read["word/settings.xml"].find(f"{_W}evenAndOddHeaders") is not None else ["one foot for all pages"]
    for kind, align in (("default", "right"), ("even", "left")):
        foot = feet[kind]
        faults += [] if re.fullmatch("— 1 —", text(foot)) else [f"{kind} foot: {text(foot)}"]
        faults += [] if attribute(foot, "p/pPr/jc", "val") == align else [f"{kind} foot: side"]
        codes = [code.text.strip() for code in foot.iter(f"{_W}instrText")]
        faults += [] if codes == ["PAGE"] else [f"{kind} foot: {codes}"]
    page = next(s for s in read["word/styles.xml"].iter(f"{_W}style") if attribute(s, "name", "val") == "公文页码")
    seen = (
        attribute(page, "rPr/rFonts", "eastAsia"),
        attribute(page, "rPr/rFonts", "ascii"),
        attribute(page, "rPr/sz", "val"),
    )
    return faults + ([] if seen == ("宋体", "宋体", "28") else [f"page number: {seen}"])


def _numbers(headings: list[str]) -> list[str]:
    """The numbers of headings, counted again."""
    digits = "一二三四五六七八九十"
    forms = (r"([一二三四五六七八九十]+)、", r"（([一二三四五六七八九十]+)）", r"(\d+)\.", r"（(\d+)）")
    counts, faults = [0, 0, 0, 0], []
    for heading in headings:
        level, match = next((n, m) for n, form in enumerate(forms) if (m := re.match(form, heading)))
        counts[level:] = [counts[level] + 1, *[0] * (3 - level)]
        wanted = str(counts[level]) if level > 1 else digits[counts[level] - 1]
        faults += [] if match[1] == wanted else [f"{heading}: {wanted}"]
    return faults
