"""The check of anybody's Word file against GB/T 9704-2012, and what --fix does to it."""

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from assistant.drafting.changes import changes_docx
from assistant.drafting.format_fix import fix
from assistant.drafting.format_reading import open_docx
from assistant.drafting.format_rules import deviations
from assistant.drafting.format_schema import CLAUSES
from assistant.drafting.official import official_docx, saved
from assistant.drafting.schema import Opinion
from tests.official_fakes import opinion, samples
from tests.official_reading import layout_faults
from tests.test_official_changes import WHEN, edited


@pytest.mark.parametrize("made", samples().values(), ids=list(samples()))
def test_our_own_files_have_no_deviation(made: Opinion) -> None:
    assert deviations(open_docx(official_docx(made), "稿.docx")) == ()


def test_a_file_with_tracked_changes_is_checked_as_accepted() -> None:
    data = changes_docx(opinion(), edited(), author="某", when=WHEN)
    assert deviations(open_docx(data, "稿.docx")) == deviations(open_docx(official_docx(edited()), "稿.docx"))


def ours() -> Any:
    return Document(BytesIO(official_docx(opinion())))


def line(document: Any, words: str) -> Any:
    return next(p for p in document.paragraphs if words in p.text)


def reword(words: str, other: str) -> Callable[[Any], None]:
    def change(document: Any) -> None:
        for text in document.element.body.iter(qn("w:t")):
            text.text = (text.text or "").replace(words, other)

    return change


def refont(words: str, font: str) -> Callable[[Any], None]:
    def change(document: Any) -> None:
        for run in line(document, words).runs:
            run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)

    return change


def paper(document: Any) -> None:
    document.sections[0].page_width, document.sections[0].page_height = Mm(216), Mm(279)


def top(document: Any) -> None:
    document.sections[0].top_margin = Mm(25.4)


def right(document: Any) -> None:
    document.sections[0].right_margin = Mm(31)


def pitch(document: Any) -> None:
    line(document, "提交的申报材料").paragraph_format.line_spacing = Pt(32)


def loose(document: Any) -> None:
    line(document, "提交的申报材料").runs[0]._r.get_or_add_rPr().append(document.element.makeelement(qn("w:spacing")))
    line(document, "提交的申报材料").runs[0]._r.rPr[-1].set(qn("w:val"), "20")


def small(document: Any) -> None:
    for run in line(document, "提交的申报材料").runs:
        run.font.size = Pt(14)


def blue(document: Any) -> None:
    line(document, "提交的申报材料").runs[0].font.color.rgb = RGBColor(0, 0, 255)


def left_title(document: Any) -> None:
    line(document, "初审意见").alignment = WD_ALIGN_PARAGRAPH.LEFT


def no_rule(document: Any) -> None:
    for border in list(document.styles.element.iter(qn("w:pBdr"))):
        border.getparent().remove(border)
    for drawing in list(document.element.body.iter(qn("w:drawing"))):
        drawing.getparent().remove(drawing)


def flush(document: Any) -> None:
    line(document, "提交的申报材料").paragraph_format.first_line_indent = Pt(0)
    indent = line(document, "提交的申报材料")._p.pPr.find(qn("w:ind"))
    indent.set(qn("w:firstLineChars"), "0")


def indented(document: Any) -> None:
    line(document, "改革委员会：").paragraph_format.left_indent = Pt(32)


def left_date(document: Any) -> None:
    line(document, "2022年3月5日").alignment = WD_ALIGN_PARAGRAPH.LEFT


def no_number(document: Any) -> None:
    for foot in (document.sections[0].footer, document.sections[0].even_page_footer):
        for run in list(foot._element.iter(qn("w:r"))):
            run.getparent().remove(run)


def same_side(document: Any) -> None:
    document.settings.odd_and_even_pages_header_footer = False


def plain_number(document: Any) -> None:
    for foot in (document.sections[0].footer, document.sections[0].even_page_footer):
        for text in foot._element.iter(qn("w:t")):
            text.text = (text.text or "").replace("—", "-")


BROKEN: dict[str, tuple[str, Callable[[Any], None]]] = {
    "paper": ("5.1", paper),
    "top": ("5.2.1", top),
    "width": ("5.2.1", right),
    "pitch": ("5.2.3", pitch),
    "characters": ("5.2.3", loose),
    "colour": ("5.2.4", blue),
    "number font": ("5.2.2", refont("青虚发改", "宋体")),
    "brackets": ("7.2.5", reword("〔2022〕", "[2022]")),
    "round brackets": ("7.2.5", reword("〔2022〕", "（2022）")),
    "with 第": ("7.2.5", reword("〔2022〕", "〔2022〕第")),
    "short year": ("7.2.5", reword("〔2022〕", "〔22〕")),
    "rule": ("7.2.7", no_rule),
    "title font": ("7.3.1", refont("初审意见", "黑体")),
    "title place": ("7.3.1", left_title),
    "addressee": ("7.3.2", indented),
    "colon": ("7.3.2", reword("委员会：", "委员会:")),
    "size": ("7.3.3", small),
    "body font": ("7.3.3", refont("提交的申报材料", "微软雅黑")),
    "indent": ("7.3.3", flush),
    "heading font": ("7.3.3", refont("一、申报情况", "仿宋_GB2312")),
    "heading font 2": ("7.3.3", refont("（一）主体资格", "黑体")),
    "heading form": ("7.3.3", reword("（一）主体资格", "(一)主体资格")),
    "heading form 3": ("7.3.3", reword("1.注册情况", "1、注册情况")),
    "heading order": ("7.3.3", reword("二、审查意见", "三、审查意见")),
    "heading twice": ("7.3.3", reword("（二）研究条件", "（一）研究条件")),
    "attachment colon": ("7.3.4", reword("附件：", "附件:")),
    "attachment mark": ("7.3.4", reword("申报情况汇总表", "申报情况汇总表。")),
    "attachment number": ("7.3.4", reword("附件：1.", "附件：1、")),
    "date place": ("7.3.5.1", left_date),
    "date zeros": ("7.3.5.4", reword("2022年3月5日", "2022年03月05日")),
    "date in Chinese": ("7.3.5.4", reword("2022年3月5日", "二〇二二年三月五日")),
    "copies": ("7.4.2", reword("发展管理局。", "发展管理局")),
    "printed": ("7.4.3", reword("2022年3月5日印发", "2022年03月05日印发")),
    "no page number": ("7.5", no_number),
    "one side": ("7.5", same_side),
    "dashes": ("7.5", plain_number),
}


@pytest.mark.parametrize(("clause", "change"), BROKEN.values(), ids=list(BROKEN))
def test_each_fault_is_found_under_its_clause(clause: str, change: Callable[[Any], None]) -> None:
    document = ours()
    change(document)
    found = deviations(open_docx(saved(document), "稿.docx"))
    assert clause in {each.clause for each in found}
    assert len({each.clause for each in found}) <= 3
    assert {each.clause for each in found} <= set(CLAUSES)


@pytest.mark.parametrize(("clause", "change"), BROKEN.values(), ids=list(BROKEN))
def test_what_is_called_fixable_is_fixed_and_words_stay(clause: str, change: Callable[[Any], None]) -> None:
    document = ours()
    change(document)
    before, found = words(document), deviations(document)
    fix(document)
    again = open_docx(saved(document), "稿.docx")
    left = deviations(again)
    if clause != "7.2.7":
        assert [each for each in left if each.fixable] == []
    assert len(left) <= len([each for each in found if not each.fixable]) + (clause == "7.2.7")
    assert words(again) == before


def words(document: Any) -> str:
    """Letters, digits and Chinese characters, without the signs."""
    return "".join(re.findall(r"\w", "".join(t.text or "" for t in document.element.body.iter(qn("w:t")))))


def test_the_independent_reading_finds_faults_too() -> None:
    for change in (top, paper, same_side, plain_number, reword("二、审查意见", "三、审查意见")):
        document = ours()
        change(document)
        assert layout_faults(saved(document)) != []
