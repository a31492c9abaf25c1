"""What a document of office has on every page: its styles, grid, page numbers and, until it is signed, the mark."""

import re
from copy import deepcopy
from typing import Any

from docx.opc.oxml import serialize_part_xml
from docx.oxml.ns import qn
from docx.shared import Mm

from assistant.drafting.official_styles import (
    BODY_POINTS,
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
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


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
    """5.2.3: 22 lines to a page. The 28 characters come from the styles, which set 3号 a little closer: in a grid of
    characters LibreOffice gives two cells to one that is wider than a cell, 14 to a line."""
    for section in document.sections:
        for old in section._sectPr.findall(qn("w:docGrid")):
            section._sectPr.remove(old)
        section._sectPr.append(element("docGrid", type="lines", linePitch=twips(LINE_POINTS)))


def set_marks(document: Any, *, draft: bool) -> None:
    """Page numbers, and MARK above the text of a draft."""
    set_page_numbers(document)
    section = document.sections[0]
    section.header_distance = Mm(_HEAD_MM)
    for head in (section.header, section.even_page_header):
        setting = _only(head, "mark")
        if draft:
            setting.getparent().extend(run_elements(MARK))


def set_page_numbers(document: Any) -> None:
    """Page numbers at the outer side (7.5): odd pages right, even left, one character in. Words in a foot or a head
    stay, on even pages too; where they cannot be carried over (pictures), nothing is changed."""
    styles = document.styles.element
    if not any(style.get(qn("w:styleId")) == style_id("page") for style in styles.findall(qn("w:style"))):
        styles.append(style_element("page"))
    if not document.settings.odd_and_even_pages_header_footer and not _carried_over(document):
        return
    document.settings.odd_and_even_pages_header_footer = True
    for section in document.sections:
        section.footer_distance = Mm(_FOOT_MM)
        for foot, align in ((section.footer, "right"), (section.even_page_footer, "left")):
            if foot.is_linked_to_previous and section._sectPr is not document.sections[0]._sectPr:
                continue
            words = "".join(text.text or "" for text in foot._element.iter(qn("w:t")))
            spoken = bool(re.search(r"[^\W\d_]", words))
            if spoken and foot._element.find(f".//{qn('w:instrText')}") is not None:
                continue
            setting = _only(foot, "page", keep=spoken)
            for child in (element("ind", left=280, right=280), element("jc", val=align)):
                setting.append(child)
            setting.getparent().extend(_page_number())


def _carried_over(document: Any) -> bool:
    """Give even pages the heads and feet that all pages had; False, and nothing is done, where one has pictures."""
    pairs = [(s.header, s.even_page_header) for s in document.sections]
    pairs += [(s.footer, s.even_page_footer) for s in document.sections]
    own = [(place, even) for place, even in pairs if not place.is_linked_to_previous]
    if any(
        name.startswith(f"{{{_RELATIONS}}}") for place, _ in own for e in place._element.iter() for name in e.attrib
    ):
        return False
    for place, even in own:
        even.is_linked_to_previous = False
        for child in list(even._element):
            even._element.remove(child)
        for child in place._element:
            even._element.append(deepcopy(child))
    return True


def _only(place: Any, role: Role, *, keep: bool = False) -> Any:
    """The setting of a header's or footer's last paragraph, in a role's style; what was there goes but to `keep` it."""
    place.is_linked_to_previous = False
    for child in [] if keep else list(place._element):
        place._element.remove(child)
    paragraph, setting = element("p"), element("pPr")
    setting.append(element("pStyle", val=style_id(role)))
    paragraph.append(setting)
    place._element.append(paragraph)
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
