"""Reading PDF files: paragraphs, columns, headings, running heads, turned pages, damaged files."""

from io import BytesIO

import pypdfium2
import pytest
from fpdf import FPDF

from ingest.errors import UnreadableError
from ingest.limits import Limits
from ingest.materials import Page
from ingest.readers.pdf import picture, read
from tests.pdf_making import LEFT, lines, made, paper, turned, wrapped

RULES = (
    "赋能中心应当具有独立法人资格，在青岛市依法登记注册，信用记录良好，近三年无重大违法违规行为，并具备与所服务行业相适应的"
    "专业技术能力和稳定的服务团队，能够为重点产业企业提供诊断咨询、方案设计和工程实施服务。"
)
DUTIES = (
    "各区市发展改革部门负责本辖区赋能中心的组织申报、初审推荐和日常管理工作，配合市发展改革委开展评估，并及时报告运行中发生"
    "的重大事项和存在的突出问题，不得以任何方式向申报单位收取费用，也不得指定中介机构代为办理申报手续。"
)


def blocks(page: Page) -> list[tuple[str, str]]:
    return [(block.kind, page.text[block.start : block.end]) for block in page.blocks]


def test_paragraphs_are_told_by_their_indent() -> None:
    def draw(pdf: FPDF) -> None:
        lines(pdf, wrapped(RULES, 37) + wrapped(DUTIES, 37) + ["\u3000\u3000第三条 本办法自印发之日起施行。"])

    (page,) = read(made(draw), Limits()).pages
    assert blocks(page) == [
        ("paragraph", RULES),
        ("paragraph", DUTIES),
        ("paragraph", "第三条 本办法自印发之日起施行。"),
    ]


def test_paragraphs_without_indent_are_told_by_their_short_last_line() -> None:
    def draw(pdf: FPDF) -> None:
        lines(pdf, wrapped(RULES, 37, 0) + wrapped(DUTIES, 37, 0))

    (page,) = read(made(draw), Limits()).pages
    assert [words for _, words in blocks(page)] == [RULES, DUTIES]


def test_headings_are_larger_or_numbered() -> None:
    def draw(pdf: FPDF) -> None:
        pdf.set_font_size(22)
        pdf.text(297 - 132, 80, "青岛市重点产业数字化转型")
        pdf.text(297 - 88, 110, "赋能中心管理办法")
        pdf.set_font_size(12)
        lines(pdf, ["第一章\u3000总则"], x=270, y=150)
        lines(pdf, wrapped(RULES, 37), y=180)
        lines(pdf, ["\u3000\u3000(一)申报条件"], y=260)
        lines(pdf, wrapped(DUTIES, 37), y=280)

    (page,) = read(made(draw), Limits()).pages
    found = [(b.kind, b.level, page.text[b.start : b.end]) for b in page.blocks]
    assert [f[:2] for f in found] == [
        ("heading", 1),
        ("heading", 2),
        ("paragraph", 0),
        ("heading", 3),
        ("paragraph", 0),
    ]
    assert found[0][2] == "青岛市重点产业数字化转型赋能中心管理办法"


def test_columns_are_read_one_after_the_other_below_a_title_across_them() -> None:
    def draw(pdf: FPDF) -> None:
        pdf.set_font_size(20)
        pdf.text(110, 60, "数字化转型赋能中心服务企业典型案例汇编")
        pdf.set_font_size(10)
        lines(pdf, wrapped(RULES, 21), y=100, pitch=16)
        lines(pdf, wrapped(DUTIES, 21), x=310, y=107, pitch=16)

    (page,) = read(made(draw), Limits()).pages
    assert page.text.split("\n") == ["数字化转型赋能中心服务企业典型案例汇编", RULES, DUTIES]


def test_a_paragraph_goes_on_over_columns_and_pages() -> None:
    rows = wrapped(RULES + DUTIES, 37)

    def draw(pdf: FPDF) -> None:
        lines(pdf, wrapped(DUTIES, 37), y=690)
        pdf.add_page()
        lines(pdf, wrapped(RULES, 37), y=680)
        lines(pdf, rows[:2], y=760)
        pdf.add_page()
        lines(pdf, rows[2:], y=80)

    first, second, third = read(made(draw), Limits()).pages
    assert (first.continues, second.continues, third.continues) == (False, False, True)
    assert second.text.split("\n")[-1] + third.text.split("\n")[0] == RULES + DUTIES


def test_running_heads_and_page_numbers_are_kept_apart() -> None:
    def draw(pdf: FPDF) -> None:
        for number in range(1, 5):
            if number > 1:
                pdf.add_page()
            pdf.text(200, 40, "青岛某某科技有限公司申报材料(虚构)")
            lines(pdf, [f"第{number}页的正文{'甲乙丙丁'[number - 1]}。", "2021"])
            pdf.text(290, 810, f"- {number} -")

    pages = read(made(draw), Limits()).pages
    assert [page.margins for page in pages] == [("青岛某某科技有限公司申报材料(虚构)", f"- {n} -") for n in range(1, 5)]
    assert pages[2].text == "第3页的正文丙。\n2021"


def test_one_page_loses_nothing_but_a_number_at_its_foot() -> None:
    def draw(pdf: FPDF) -> None:
        pdf.text(200, 40, "真实性承诺书")
        lines(pdf, ["我单位承诺所报材料真实有效。"])
        pdf.text(290, 790, "申报单位:青岛某某科技有限公司(虚构)")
        pdf.text(290, 815, "1")

    (page,) = read(made(draw), Limits()).pages
    assert page.margins == ("1",)
    assert page.text.split("\n")[0] == "真实性承诺书"
    assert "申报单位:" in page.text


def test_a_dashed_page_number_above_another_foot_is_one() -> None:
    def draw(pdf: FPDF) -> None:
        lines(pdf, ["我单位承诺所报材料真实有效。"])
        pdf.text(290, 790, "— 1 —")
        pdf.text(200, 815, "虚构样例，仅供测试")

    (page,) = read(made(draw), Limits()).pages
    assert page.margins == ("— 1 —",)


def test_latin_words_are_joined_with_spaces_and_chinese_without() -> None:
    def draw(pdf: FPDF) -> None:
        pdf.set_font("helvetica", size=12)
        lines(pdf, ["The centre serves small and medium sized manufacturers in the whole region of"], x=72)
        lines(pdf, ["Qingdao, and beyond."], x=72, y=100)

    (page,) = read(made(draw), Limits()).pages
    assert page.text == (
        "The centre serves small and medium sized manufacturers in the whole region of Qingdao, and beyond."
    )


def test_a_character_printed_twice_for_boldness_is_read_once() -> None:
    def draw(pdf: FPDF) -> None:
        for shift in (0, 0.4, 0.8):
            pdf.text(LEFT + shift, 100, "营业执照复印件all")

    (page,) = read(made(draw), Limits()).pages
    assert page.text == "营业执照复印件all"


def test_set_apart_characters_are_one_word() -> None:
    (page,) = read(made(lambda pdf: pdf.text(LEFT, 100, "管 理 办 法 试 行")), Limits()).pages
    assert page.text == "管理办法试行"


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_turned_pages_read_the_same(degrees: int) -> None:
    content = made(lambda pdf: lines(pdf, wrapped(RULES, 37) + wrapped(DUTIES, 37)))
    (page,) = read(turned(content, degrees), Limits()).pages
    assert page.text == RULES + "\n" + DUTIES
    assert page.size == ((842.0, 595.0) if degrees % 180 else (595.0, 842.0))


def test_text_that_runs_upwards_is_read_along_its_lines() -> None:
    def draw(pdf: FPDF) -> None:
        with pdf.rotation(90, 300, 400):
            lines(pdf, wrapped(RULES, 37), x=80, y=300)

    (page,) = read(made(draw), Limits()).pages
    assert page.text == RULES


def test_a_slanted_watermark_is_not_part_of_the_text() -> None:
    def draw(pdf: FPDF) -> None:
        lines(pdf, wrapped(RULES, 37))
        with pdf.rotation(45, 300, 400):
            pdf.set_font_size(60)
            pdf.text(200, 400, "仅供申报使用")

    (page,) = read(made(draw), Limits()).pages
    assert (page.text, page.margins) == (RULES, ("仅供申报使用",))


def test_passwords() -> None:
    pdf = paper()
    pdf.text(LEFT, 100, "合同")
    pdf.set_encryption("owner", "user")
    with pytest.raises(UnreadableError, match="已加密"):
        read(bytes(pdf.output()), Limits())
    pdf = paper()
    pdf.text(LEFT, 100, "合同")
    pdf.set_encryption("owner", "")
    assert read(bytes(pdf.output()), Limits()).pages[0].text == "合同"


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n", b"%PDF-1.7\n" + bytes(range(256)) * 8])
def test_damaged_files_say_so(content: bytes) -> None:
    with pytest.raises(UnreadableError, match="已损坏"):
        read(content, Limits())


def test_too_many_pages() -> None:
    document = pypdfium2.PdfDocument.new()
    for _ in range(3):
        document.new_page(100, 100)
    target = BytesIO()
    document.save(target)
    document.close()
    with pytest.raises(UnreadableError, match=r"文件有 3 页,超过 2 页的上限,请拆分后提交。"):
        read(target.getvalue(), Limits(pages=2))


def test_the_picture_of_a_page() -> None:
    content = made(lambda pdf: pdf.text(LEFT, 100, "营业执照"))
    image, size = picture(content, 0, Limits())
    assert (image.mode, size) == ("RGB", (595.0, 842.0))
    assert image.width <= 1700
    assert image.height <= 2400
    with pytest.raises(UnreadableError, match="太大"):
        picture(content, 0, Limits(pixels=1000))


def test_a_title_whose_first_line_is_full_is_one_heading() -> None:
    def draw(pdf: FPDF) -> None:
        pdf.set_font_size(22)
        pdf.text(297 - 220, 80, "青岛市重点产业数字化转型赋能中心管理办法")
        pdf.text(297 - 66, 115, "申报的请示。"[:5])
        pdf.set_font_size(12)
        lines(pdf, wrapped(RULES, 37), y=180)

    (page,) = read(made(draw), Limits()).pages
    assert blocks(page)[0] == ("heading", "青岛市重点产业数字化转型赋能中心管理办法申报的请示")
