"""Labels on PDF pages that are written downwards, one character below the other."""

from fpdf import FPDF

from ingest.limits import Limits
from ingest.readers.pdf import read
from tests.pdf_making import LEFT, made

WORDS = "本单位自愿申报,所填内容属实。"


def column(pdf: FPDF, words: str, x: float, y: float, pitch: float = 22) -> None:
    for place, char in enumerate(words):
        pdf.text(x, y + pitch * place, char)


def text(content: bytes) -> list[str]:
    return read(content, Limits()).pages[0].text.split("\n")


def test_a_label_written_downwards_is_one_word_before_the_lines_beside_it() -> None:
    def draw(pdf: FPDF) -> None:
        column(pdf, "申报单位意见", LEFT, 120)
        for place in range(3):
            pdf.text(LEFT + 60, 131 + 35 * place, WORDS)

    content = made(draw)
    assert text(content) == ["申报单位意见", WORDS, WORDS, WORDS]
    (page,) = read(content, Limits()).pages
    assert page.boxes is not None
    assert [round(float(box[1])) for box in page.boxes[1:3] - page.boxes[:2]] == [22, 22]


def test_cells_of_a_list_are_no_label() -> None:
    def draw(pdf: FPDF) -> None:
        column(pdf, "是否是否", LEFT, 120)
        column(pdf, "有无", LEFT + 100, 320)
        column(pdf, "申报", LEFT, 420)
        pdf.text(LEFT, 480, "单")

    assert text(made(draw)) == ["是", "否", "是", "否", "有", "无", "申", "报", "单"]
