"""Set somebody's Word file by GB/T 9704-2012 without touching a word: page, fonts, sizes, pitch, places, brackets."""

import re
from typing import Any

from docx.oxml.ns import qn
from docx.shared import Mm

from assistant.drafting.format_page import page_deviations
from assistant.drafting.format_reading import Line, read_lines
from assistant.drafting.format_roles import NUMBER, FormatRole, tell_roles
from assistant.drafting.official_page import set_grid, set_page_numbers
from assistant.drafting.official_styles import (
    BODY_POINTS,
    LEFT_MM,
    PAGE_MM,
    STYLES,
    TEXT_MM,
    TOP_MM,
    Role,
)
from assistant.drafting.official_xml import character, element, fonts, indents, twips

_ROLES: dict[FormatRole, Role] = {
    "agency": "agency",
    "number": "number",
    "title": "title",
    "addressee": "addressee",
    "heading1": "heading1",
    "heading2": "heading2",
    "heading3": "heading3",
    "heading4": "heading4",
    "body": "body",
    "signature": "signature",
    "date": "date",
    "note": "note",
    "copies": "copies",
    "print": "print",
    "attachment": "attachment",
    "attachment_more": "attachment",
}
# fmt: off
_ORDER = (
    "spacing", "ind", "contextualSpacing", "mirrorIndents", "suppressOverlap", "jc", "textDirection", "textAlignment",
    "textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr", "sectPr", "pPrChange",
)
"""What may follow in a paragraph's setting, in the schema's order (ECMA-376 part 1, 17.3.1.26)."""
# fmt: on


def fix(document: Any) -> None:
    """Correct in place what is fixable; what it leaves, a new check lists."""
    foot_is_wrong = any(found.clause == "7.5" for found in page_deviations(document))
    for section in document.sections:
        across = section.page_width > section.page_height
        size = PAGE_MM[::-1] if across else PAGE_MM
        section.page_width, section.page_height = Mm(size[0]), Mm(size[1])
        if not across:
            section.top_margin, section.left_margin = Mm(TOP_MM), Mm(LEFT_MM)
            section.bottom_margin = Mm(PAGE_MM[1] - TOP_MM - TEXT_MM[1])
            section.right_margin = Mm(PAGE_MM[0] - LEFT_MM - TEXT_MM[0])
            section.gutter = Mm(0)
    set_grid(document)
    if foot_is_wrong:
        set_page_numbers(document)
    for told in tell_roles(read_lines(document)):
        if told.line.where != "table" and told.role in _ROLES:
            _set(told.line, told.role)


def _set(line: Line, role: FormatRole) -> None:
    if role == "agency":  # its size and colour are the agency's own
        return
    style = STYLES[_ROLES[role]]
    setting = line.element.get_or_add_pPr()
    spacing = setting.find(qn("w:spacing"))
    before = spacing.get(qn("w:before"), "0") if spacing is not None else "0"
    _replace(setting, element("spacing", before=before, after=0, line=twips(style.line), lineRule="exact"))
    spaces = len(line.text) - len(line.text.lstrip("\u3000 "))
    first = 0 if spaces else style.first
    if role in ("attachment", "attachment_more", "signature"):
        first = 0 if spaces or role != "attachment" else 2
    if role not in ("signature", "attachment_more", "number") and not (role == "date" and line.right >= 28):
        _replace(setting, indents(first, style.left, style.right, character(style)))
    align = line.align if role in ("number", "signature") and line.align in ("left", "center", "right") else style.align
    _replace(setting, element("jc", val=align))
    close = style.grid and style.points == BODY_POINTS
    _mend(line, role)
    if "签发人" in line.text:  # whose name has a font of its own (7.2.6)
        return
    for run in line.element.iter(qn("w:r")):
        if run.find(f".//{qn('w:txbxContent')}") is None:
            _set_run(run.get_or_add_rPr(), style.font, style.points, close=close)
    # An automatic number takes the font of the paragraph's end.
    mark = setting.find(qn("w:rPr"))
    mark = element("rPr") if mark is None else mark
    _replace(setting, mark)
    _set_run(mark, style.font, style.points, close=close)


def _replace(setting: Any, child: Any) -> None:
    """Put a child into a paragraph's setting at the place that the schema has for it."""
    for old in setting.findall(child.tag):
        setting.remove(old)
    name = child.tag.split("}")[1]
    later = {qn(f"w:{tag}") for tag in _ORDER[_ORDER.index(name) + 1 :]}
    following = next((other for other in setting if other.tag in later), None)
    if following is None:
        setting.append(child)
    else:
        following.addprevious(child)


def _set_run(setting: Any, font: str, points: float, *, close: bool) -> None:
    """Font and size of a run, black; bold, underline and highlight stay."""
    for tag in ("rFonts", "color", "spacing", "sz", "szCs"):
        for old in setting.findall(qn(f"w:{tag}")):
            setting.remove(old)
    style = setting.find(qn("w:rStyle"))
    setting.insert(0 if style is None else 1, fonts(font))
    made = [element("color", val="000000"), element("spacing", val=-5 if close else 0)]
    made += [element("sz", val=round(points * 2)), element("szCs", val=round(points * 2))]
    early: tuple[str, ...] = (
        "rStyle",
        "rFonts",
        "b",
        "bCs",
        "i",
        "iCs",
        "caps",
        "smallCaps",
        "strike",
        "dstrike",
        "outline",
        "shadow",
    )
    early += ("emboss", "imprint", "noProof", "snapToGrid", "vanish", "webHidden")
    for child in made[:2]:
        _insert(setting, child, early)
        early = (*early, child.tag.split("}")[1])
    early = (*early, "w", "kern", "position")
    for child in made[2:]:
        _insert(setting, child, early)
        early = (*early, child.tag.split("}")[1])


def _insert(setting: Any, child: Any, earlier: tuple[str, ...]) -> None:
    """After the last of the children that come earlier in the schema."""
    names = {qn(f"w:{name}") for name in earlier}
    at = max((n for n, other in enumerate(setting, start=1) if other.tag in names), default=0)
    setting.insert(at, child)


def _mend(line: Line, role: FormatRole) -> None:
    """Brackets, colons and the marks after numbers: signs alone, each changed in the run that holds it."""
    text = line.text
    swaps: list[tuple[int, str]] = []
    if role == "number" and (match := NUMBER.match(text)):
        swaps = [(match.start("open"), "〔"), (match.start("close"), "〕")]
    elif role == "addressee" and text.rstrip().endswith(":"):
        swaps = [(len(text.rstrip()) - 1, "：")]
    elif role in ("attachment", "attachment_more"):
        if match := re.match(r"^\s*附\s*件\s*(:)", text):
            swaps.append((match.start(1), "："))
        if match := re.match(r"^\s*(?:附\s*件\s*[:：])?\s*\d{1,2}\s*(、)", text):
            swaps.append((match.start(1), "."))
    elif role == "heading1" and (match := re.match(r"^\s*[一二三四五六七八九十百零]+\s*([.．])", text)):
        swaps = [(match.start(1), "、")]
    elif role in ("heading2", "heading4") and (match := re.match(r"^\s*([（(])[^（()）]+([)）])", text)):
        swaps = [(match.start(1), "（"), (match.start(2), "）")]
    elif role == "heading3" and (match := re.match(r"^\s*\d+\s*(、)", text)):
        swaps = [(match.start(1), ".")]
    for at, sign in swaps:
        _swap(line.element, at, sign)


def _swap(paragraph: Any, at: int, sign: str) -> None:
    """Change the character at a place of the paragraph's text as `read_lines` has it."""
    start = 0
    for run in paragraph.iter(qn("w:r")):
        owner = next(parent for parent in run.iterancestors() if parent.tag == qn("w:p"))
        if owner is not paragraph or run.getparent().tag == qn("w:del"):
            continue
        for child in run:
            if child.tag == qn("w:t"):
                words = child.text or ""
                if start <= at < start + len(words):
                    child.text = words[: at - start] + sign + words[at - start + 1 :]
                    return
                start += len(words)
            elif child.tag in (qn("w:br"), qn("w:cr"), qn("w:tab")):
                start += 1
