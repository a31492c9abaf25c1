"""Word's XML for styles, paragraphs and runs of a document of office; element by element, as tables can be long."""

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from assistant.drafting.official_parts import Part, doubts
from assistant.drafting.official_styles import (
    BODY_POINTS,
    CHARACTER_POINTS,
    LINE_POINTS,
    MARK_TOP_MM,
    RULE_GAP_MM,
    STYLES,
    Role,
    Style,
)


def style_id(role: Role) -> str:
    return "Gongwen" + role.title().replace("_", "")


def element(tag: str, **attributes: object) -> Any:
    """`<w:tag w:name="value">`."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def twips(points: float) -> int:
    return round(points * 20)


def fonts(name: str) -> Any:
    """One font for all scripts; the hint gives quotation marks and dots their full width."""
    return element("rFonts", ascii=name, eastAsia=name, hAnsi=name, cs=name, hint="eastAsia")


def style_element(role: Role) -> Any:
    """The paragraph style of a role."""
    style = STYLES[role]
    made = element("style", type="paragraph", customStyle=1, styleId=style_id(role))
    made.append(element("name", val=style.name))
    made.append(element("basedOn", val="Normal"))
    made.append(element("qFormat"))
    setting = element("pPr")
    if style.keep:
        setting.append(element("keepNext"))
    setting.append(element("widowControl", val=0))
    if role.startswith("number"):
        setting.append(_red_rule())
    # No mark hangs beyond the 28th character, and no space is put between Chinese and digits.
    for name in ("overflowPunct", "autoSpaceDE", "autoSpaceDN"):
        setting.append(element(name, val=0))
    if not style.grid:
        setting.append(element("snapToGrid", val=0))
    setting.append(element("spacing", before=0, after=0, line=twips(style.line), lineRule="exact"))
    setting.append(indents(style.first, style.left, style.right, character(style)))
    setting.append(element("jc", val=style.align))
    if style.level:
        setting.append(element("outlineLvl", val=style.level - 1))
    made.append(setting)
    made.append(_run_setting(style))
    return made


def _run_setting(style: Style) -> Any:
    setting = element("rPr")
    setting.append(fonts(style.font))
    setting.append(element("b", val=0))
    setting.append(element("color", val=style.colour or "000000"))
    if style.grid and style.points == BODY_POINTS:
        setting.append(element("spacing", val=-5))
    setting.append(element("sz", val=round(style.points * 2)))
    setting.append(element("szCs", val=round(style.points * 2)))
    return setting


def _red_rule() -> Any:
    """7.2.7: as wide as the text, 4 mm below the 发文字号."""
    border = element("pBdr")
    border.append(element("bottom", val="single", sz=12, space=round(RULE_GAP_MM / 25.4 * 72), color="FF0000"))
    return border


def character(style: Style) -> float:
    """The width of a character in points: 3号 is set a little closer, to get 28 of them in a line."""
    return CHARACTER_POINTS if style.points == BODY_POINTS else style.points


def indents(first: float, left: float, right: float, character: float) -> Any:
    """Indents in characters, and in twips for programs that know no characters."""
    made = element("ind")
    for name, value in (("left", left), ("right", right), ("firstLine" if first >= 0 else "hanging", abs(first))):
        if name == "left" and first < 0:
            # Word counts a hanging indent from `left` in twips, but adds the two in characters.
            made.set(qn("w:leftChars"), str(round((value + first) * 100)))
        else:
            made.set(qn(f"w:{name}Chars"), str(round(value * 100)))
        made.set(qn(f"w:{name}"), str(twips(value * character)))
    return made


def paragraph_element(part: Part) -> Any:
    """A paragraph without its runs."""
    style = STYLES[part.role]
    made, setting = element("p"), element("pPr")
    made.append(setting)
    setting.append(element("pStyle", val=style_id(part.role)))
    if part.keep:
        setting.append(element("keepNext"))
    if part.role == "number_up":
        stops = element("tabs")
        stops.append(element("tab", val="right", pos=twips(27 * CHARACTER_POINTS)))
        setting.append(stops)
    before = style.before if part.before is None else part.before
    top = twips(before * LINE_POINTS)
    if part.role == "agency":
        # The line is a little higher than the letters: take half of the rest off the 35 mm above them.
        points = part.points or style.points
        top = twips(MARK_TOP_MM / 25.4 * 72 - points * 0.15)
        setting.append(element("spacing", before=top, after=0, line=twips(points * 1.3), lineRule="exact"))
    elif top:
        setting.append(element("spacing", before=top, beforeLines=round(before * 100)))
    if (part.first, part.left, part.right) != (None, None, None):
        first, left, right = (
            getattr(style if getattr(part, name) is None else part, name) for name in ("first", "left", "right")
        )
        setting.append(indents(first, left, right, character(style)))
    if part.role == "signature" and part.left:
        setting.append(element("jc", val="center"))
    return made


def run_elements(text: str, *, points: float | None = None, font: str = "") -> list[Any]:
    """The runs of a text: what is unknown or unconfirmed is highlighted, line breaks and tabs become Word's own."""
    made = []
    for piece, doubtful in doubts(text):
        run = element("r")
        if doubtful or points or font:
            setting = element("rPr")
            if font:
                setting.append(fonts(font))
            if points:
                setting.append(element("sz", val=round(points * 2)))
                setting.append(element("szCs", val=round(points * 2)))
            if doubtful:
                setting.append(element("highlight", val="yellow"))
            run.append(setting)
        for n, line in enumerate(piece.replace("\r\n", "\n").replace("\r", "\n").split("\n")):
            if n:
                run.append(element("br"))
            for m, word in enumerate(line.split("\t")):
                if m:
                    run.append(element("tab"))
                shown = element("t")
                shown.text = word
                shown.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
                run.append(shown)
        made.append(run)
    return made
