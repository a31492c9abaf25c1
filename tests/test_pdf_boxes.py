"""The boxes of a page's characters cover their ink on the page as it is displayed."""

from io import BytesIO

import numpy as np
import pypdfium2
from fpdf import FPDF
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.limits import Limits
from ingest.materials import Page
from ingest.normalize import find_quote
from ingest.readers.pdf import read
from tests.pdf_making import LEFT, made, turned

ALPHABET = "青岛市重点产业数字化转型赋能中心管理办法企业申报条件经费万元一二三，。（）%.:-/0123456789ABCgjpqyQ"
SCALE = 4
ROWS = st.lists(st.text(ALPHABET, min_size=4, max_size=24), min_size=1, max_size=8)


def uncovered(page: Page, content: bytes, wanted: list[tuple[int, int]]) -> list[float]:
    """For each stretch of the page's text the share of the ink near it that lies outside its boxes, 1 dot allowed."""
    document = pypdfium2.PdfDocument(content)
    dots = document[0].render(scale=SCALE, grayscale=True).to_numpy()
    document.close()
    ink = dots.reshape(dots.shape[:2]) < 128
    assert page.boxes is not None
    shares = []
    for start, end in wanted:
        boxes = page.boxes[start:end]
        boxes = boxes[~np.isnan(boxes[:, 0])]
        left, top = (boxes[:, :2].min(axis=0) * SCALE - 8).astype(int)
        right, bottom = (boxes[:, 2:].max(axis=0) * SCALE + 8).astype(int)
        left, top = max(left, 0), max(top, 0)
        near = ink[top:bottom, left:right].copy()
        total = int(near.sum())
        for x0, y0, x1, y1 in (boxes * SCALE).tolist():
            near[max(int(y0) - 1 - top, 0) : int(y1) + 2 - top, max(int(x0) - 1 - left, 0) : int(x1) + 2 - left] = False
        assert total
        shares.append(int(near.sum()) / total)
    return shares


@settings(max_examples=25, deadline=None)
@given(ROWS, st.sampled_from([9, 12, 18]), st.sampled_from([0, 90, 180, 270]))
def test_every_line_lies_in_its_boxes(rows: list[str], size: int, degrees: int) -> None:
    def draw(pdf: FPDF) -> None:
        pdf.set_font_size(size)
        for place, words in enumerate(rows):
            pdf.text(LEFT, 100 + 60 * place, words)

    content = turned(made(draw), degrees)
    (page,) = read(content, Limits()).pages
    assert len(page.boxes) == len(page.text) if page.boxes is not None else False
    stretches = [found for words in rows if (found := find_quote(words, page.text))]
    assert all(share == 0 for share in uncovered(page, content, stretches))
    assert "".join("".join(rows).split()) == "".join(page.text.split())


@settings(max_examples=15, deadline=None)
@given(st.text("青岛市重点产业数字化转型赋能中心管理办法", min_size=60, max_size=120), st.data())
def test_the_boxes_of_a_quote_hold_its_words_and_no_other_line(words: str, data: st.DataObject) -> None:
    rows = [words[start : start + 30] for start in range(0, len(words), 30)]

    def draw(pdf: FPDF) -> None:
        for place, row in enumerate(rows):
            pdf.text(LEFT, 100 + 20 * place, row)

    (page,) = read(made(draw), Limits()).pages
    start = data.draw(st.integers(0, len(words) - 10))
    place = page.text.replace("\n", "").find(words[start : start + 10])
    assert place >= 0
    assert page.boxes is not None
    for at in range(start, start + 10):
        if page.text == words:
            left, top, right, bottom = page.boxes[at].tolist()
            assert abs(left - (LEFT + at % 30 * 12)) < 1
            assert top < 100 + at // 30 * 20 < bottom
            assert right - left < 13
            assert bottom - top < 20
    assert page.text.replace("\n", "") == words


def test_a_crop_box_moves_the_origin() -> None:
    document = pypdfium2.PdfDocument(made(lambda pdf: pdf.text(LEFT, 100, "青岛市")))
    document[0].set_cropbox(50, 500, 400, 800)
    target = BytesIO()
    document.save(target)
    document.close()
    (page,) = read(target.getvalue(), Limits()).pages
    assert page.size == (350.0, 300.0)
    assert page.boxes is not None
    assert abs(page.boxes[0, 0] - 22) < 1
    assert page.boxes[0, 1] < 58 < page.boxes[0, 3]
    assert all(share == 0 for share in uncovered(page, target.getvalue(), [(0, 3)]))
