"""How our Word files are set: A4, Chinese fonts, a foot with page numbers."""

from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

GREY = RGBColor(0x59, 0x63, 0x6E)


def set_page(document: Any) -> None:
    """A4 in 宋体, headings in 黑体; styles Fact and Notice (small and grey) and Clause (quoted words) are added."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.8)
    styles = document.styles
    font(styles["Normal"], "宋体", Pt(12))
    styles["Normal"].paragraph_format.line_spacing = 1.5
    font(styles["Title"], "黑体", Pt(20))
    styles["Title"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    font(styles["Heading 2"], "黑体", Pt(13))
    for name, size in (("Fact", Pt(10.5)), ("Notice", Pt(10.5)), ("Clause", Pt(12))):
        style = styles.add_style(name, 1)
        style.base_style = styles["Normal"]
        font(style, "楷体" if name == "Clause" else "宋体", size)
    styles["Fact"].font.color.rgb = styles["Notice"].font.color.rgb = GREY
    styles["Clause"].paragraph_format.left_indent = Cm(0.9)


def font(style: Any, name: str, size: Pt) -> None:
    style.font.name, style.font.size = name, size
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    # Word takes Chinese characters from the East Asian font, which python-docx leaves at the theme's.
    fonts.set(qn("w:eastAsia"), name)


def set_foot(document: Any, words: str) -> None:
    """`words` and the page number at the foot of every page."""
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run(f"{words}第").font.size = Pt(9)
    run = paragraph.add_run()
    run.font.size = Pt(9)
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        element.text = text
        run._r.append(element)
    paragraph.add_run("页").font.size = Pt(9)
