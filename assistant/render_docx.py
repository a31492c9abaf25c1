"""A conversation as a Word file: what was asked, what was answered, on which words of which text."""

import io
import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from assistant.render_markdown import parts, unquoted, version
from assistant.schema import Answer, Citation
from assistant.validity import chinese
from ingest.schema import Policy

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 cannot hold; python-docx refuses it."""
_GREY = RGBColor(0x59, 0x63, 0x6E)


def conversation_docx(answers: Sequence[Answer], policies: Sequence[Policy], *, made_at: datetime) -> bytes:
    """The .docx of a conversation; of `policies`, those that the answers name are described at its head."""
    document = Document()
    _styles(document)
    title = document.add_paragraph(style="Title")
    title.add_run("政策问答记录")
    cited = {c.policy for answer in answers for c in (*answer.citations, *answer.related)}
    _line(document, "导出时间", f"{chinese(made_at.date())} {made_at:%H:%M}")
    for policy in policies:
        if policy.id in cited:
            _line(document, "依据文本", f"《{policy.title}》({policy.issuer};{version(policy)})")
    for number, answer in enumerate(answers, start=1):
        _turn(document, number, answer)
    _footer(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _turn(document: Any, number: int, answer: Answer) -> None:
    document.add_heading(_clean(f"{number}. {answer.question}"), level=2)
    _line(document, "依据日期", _basis(answer))
    for part in parts(answer):
        if part.citation is None:
            document.add_paragraph(_clean(part.text))
        else:
            _quote(document, part.citation)
    for citation in unquoted(answer):
        _quote(document, citation)
    if answer.related:
        _line(document, "相近条款", "、".join(c.label for c in answer.related))
    for notice in answer.notices:
        document.add_paragraph(style="Notice").add_run(_clean(f"※ {notice.text}"))


def _basis(answer: Answer) -> str:
    day: date = answer.as_of
    return f"{chinese(day)}{'(原文未作规定)' if answer.status == 'refused' else ''}"


def _line(document: Any, name: str, value: str) -> None:
    paragraph = document.add_paragraph(style="Fact")
    paragraph.add_run(f"{name}:").bold = True
    paragraph.add_run(_clean(value))


def _quote(document: Any, citation: Citation) -> None:
    paragraph = document.add_paragraph(style="Clause")
    paragraph.add_run(f"{citation.label}  ").bold = True
    paragraph.add_run(_clean(f"“{' '.join(citation.quote.split())}”"))


def _clean(text: str) -> str:
    return _UNPRINTABLE.sub("", text)


def _styles(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.8)
    styles = document.styles
    _font(styles["Normal"], "宋体", Pt(12))
    styles["Normal"].paragraph_format.line_spacing = 1.5
    _font(styles["Title"], "黑体", Pt(20))
    styles["Title"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _font(styles["Heading 2"], "黑体", Pt(13))
    for name, size in (("Fact", Pt(10.5)), ("Notice", Pt(10.5)), ("Clause", Pt(12))):
        style = styles.add_style(name, 1)
        style.base_style = styles["Normal"]
        _font(style, "楷体" if name == "Clause" else "宋体", size)
    styles["Fact"].font.color.rgb = styles["Notice"].font.color.rgb = _GREY
    styles["Clause"].paragraph_format.left_indent = Cm(0.9)


def _font(style: Any, name: str, size: Pt) -> None:
    style.font.name, style.font.size = name, size
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    # Word takes Chinese characters from the East Asian font, which python-docx leaves at the theme's.
    fonts.set(qn("w:eastAsia"), name)


def _footer(document: Any) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run("本记录由政策助手生成,只供参考,以政策原文和主管部门的解释为准。第").font.size = Pt(9)
    run = paragraph.add_run()
    run.font.size = Pt(9)
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        element.text = text
        run._r.append(element)
    paragraph.add_run("页").font.size = Pt(9)
