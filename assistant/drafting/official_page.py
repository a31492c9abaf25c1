"""What a document of office has on every page: its styles, grid, page numbers and, until it is signed, the mark."""

from typing import Any

from docx.opc.oxml import serialize_part_xml
from docx.oxml.ns import qn
from docx.shared import Mm

from assistant.drafting.official_styles import (
    BODY_POINTS,
    CHARACTER_POINTS,
    FALLBACKS,
    FANGSONG,
    LINE_POINTS,
    STYLES,
    Role,
)
from assistant.drafting.official_xml import element, fonts, run_elements, style_element, style_id, twips
from assistant.drafting.schema import MARK

_FOOT_MM = 25.5
"""From the edge of the page to the foot's lower edge: the dashes then stand 7 mm below the text area (7.5)."""
_HEAD_MM = 20


def set_styles(document: Any) -> None:
    """3号仿宋 by default, and a style for each role; the template's own styles go."""
    styles = document.styles.element
    for child in list(styles):
        if child.tag not in (qn("w:docDefaults"), qn("w:latentStyles")):
            styles.remove(child)
    defaults = styles.find(qn("w:docDefaults"))
    if defaults is not None:
        styles.remove(defaults)
    defaults, run_default, setting = element("docDefaults"), element("rPrDefault"), element("rPr")
    defaults.append(run_default)
    run_default.append(setting)
    size = round(BODY_POINTS * 2)
    for child in (fonts(FANGSONG), element("sz", val=size), element("szCs", val=size)):
        setting.append(child)
    setting.append(element("lang", val="en-US", eastAsia="zh-CN"))
    defaults.append(element("pPrDefault"))
    styles.insert(0, defaults)
    normal = element("style", type="paragraph", default=1, styleId="Normal")
    normal.append(element("name", val="Normal"))
    normal.append(element("qFormat"))
    # The grid counts from the size of Normal, and some programs look for it here alone.
    setting = element("rPr")
    for child in (fonts(FANGSONG), element("sz", val=size), element("szCs", val=size)):
        setting.append(child)
    normal.append(setting)
    styles.append(normal)
    for role in STYLES:
        styles.append(style_element(role))
    styles.append(_comment_style())


def _comment_style() -> Any:
    """Comments are read on screen, not on paper: small and unindented."""
    style = element("style", type="paragraph", styleId="CommentText")
    style.append(element("name", val="annotation text"))
    style.append(element("basedOn", val="Normal"))
    setting = element("rPr")
    setting.append(element("sz", val=21))
    setting.append(element("szCs", val=21))
    style.append(setting)
    return style


def set_fonts(document: Any) -> None:
    """The fonts by name, each with the one to take where it is not installed; none is embedded."""
    for relation in list(document.part.rels.values()):
        if relation.reltype.endswith(("/fontTable", "/stylesWithEffects")):
            if relation.reltype.endswith("/fontTable"):
                relation.target_part._blob = _font_table()
            else:
                document.part.drop_rel(relation.rId)
                document.part.rels.pop(relation.rId, None)


def _font_table() -> Any:
    table = element("fonts")
    for name, other in FALLBACKS.items():
        font = element("font", name=name)
        font.append(element("altName", val=other))
        font.append(element("charset", val="86"))
        font.append(element("family", val="auto"))
        font.append(element("pitch", val="default"))
        table.append(font)
    return serialize_part_xml(table)


def set_grid(document: Any) -> None:
    """5.2.3: 22 lines of 28 characters. The grid's width of a character is told as the difference from 3号, in
    4096ths of a point (ECMA-376 17.6.5)."""
    section = document.element.body.sectPr
    for old in section.findall(qn("w:docGrid")):
        section.remove(old)
    space = int((CHARACTER_POINTS - BODY_POINTS) * 4096)
    section.append(element("docGrid", type="lines", linePitch=twips(LINE_POINTS), charSpace=space))
    for old in section.findall(qn("w:cols")):
        for name in list(old.attrib):
            del old.attrib[name]


def set_marks(document: Any, *, draft: bool) -> None:
    """Page numbers at the outer side (7.5): odd pages right, even left; MARK above the text of a draft."""
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    section.footer_distance, section.header_distance = Mm(_FOOT_MM), Mm(_HEAD_MM)
    for foot, align in ((section.footer, "right"), (section.even_page_footer, "left")):
        setting = _only(foot, "page")
        for child in (element("ind", left=280, right=280), element("jc", val=align)):
            setting.append(child)
        setting.getparent().extend(_page_number())
    for head in (section.header, section.even_page_header):
        setting = _only(head, "mark")
        if draft:
            setting.getparent().extend(run_elements(MARK))


def _only(place: Any, role: Role) -> Any:
    """The setting of the one paragraph that a header or footer has, in a role's style."""
    place.is_linked_to_previous = False
    paragraph = place.paragraphs[0]._p
    for child in list(paragraph):
        paragraph.remove(child)
    setting = element("pPr")
    setting.append(element("pStyle", val=style_id(role)))
    paragraph.append(setting)
    return setting


def _page_number() -> list[Any]:
    """— 1 — with the number as a field."""
    made = run_elements("— ")
    for kind in ("begin", "", "separate", "1", "end"):
        run = element("r")
        if kind == "1":
            run.extend(run_elements("1")[0])
        elif kind:
            run.append(element("fldChar", fldCharType=kind))
        else:
            field = element("instrText")
            field.text = " PAGE "
            field.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            run.append(field)
        made.append(run)
    return [*made, *run_elements(" —")]
