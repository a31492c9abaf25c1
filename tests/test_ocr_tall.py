"""Labels on pictures that are written downwards, and emblems."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from evals.noisy_pages import FONTS
from ingest.ocr import Recognizer
from ingest.ocr_tall import laid

pytestmark = pytest.mark.skipif(
    not (FONTS / "NotoSerifCJK-Regular.ttc").is_file(), reason="needs the Noto CJK fonts to draw pages"
)
LABEL, PITCH, SIZE = "申报单位意见", 60, 36


def form() -> Image.Image:
    """A page of 1654 x 2339 pixels with a frame of two cells: the label downwards, its lines beside it."""
    image = Image.new("RGB", (1654, 2339), "white")
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(str(FONTS / "NotoSerifCJK-Regular.ttc"), SIZE, index=2)
    for x in (150, 230, 1500):
        draw.line((x, 400, x, 900), fill="black", width=3)
    for y in (400, 900):
        draw.line((150, y, 1500, y), fill="black", width=3)
    for place, char in enumerate(LABEL):
        draw.text((172, 460 + PITCH * place), char, fill="black", font=font)
    draw.text((260, 440), "本单位自愿申报,所填内容真实、准确、完整。", fill="black", font=font)
    draw.text((900, 820), "(盖章) 2022年3月1日", fill="black", font=font)
    return image


def test_a_label_written_downwards_is_the_first_cell_of_its_row() -> None:
    page, remarks = Recognizer(threads=2).recognise(form(), size=(595, 842), number=1)
    assert page.text.startswith(LABEL + "\t本单位自愿申报")
    assert [table.rows[0][0] for table in page.tables] == [LABEL]
    assert remarks == ()
    assert page.boxes is not None
    for place in range(len(LABEL)):
        left, top, right, bottom = page.boxes[place] * 1654 / 595
        assert left < 172 + SIZE / 2 < right
        assert top - 8 < 460 + PITCH * place + SIZE * 0.7 < bottom + 8


def test_characters_are_laid_side_by_side_with_their_heights() -> None:
    piece = np.asarray(form())[450:840, 165:215]
    line, places = laid(np.ascontiguousarray(piece))
    assert line.shape[:2] == (48, 48 * len(LABEL))
    assert np.allclose(np.diff(places.mean(axis=1)) * len(piece), PITCH, atol=8)
    blank, none = laid(np.full((100, 20, 3), 255, np.uint8))
    assert (blank.shape, len(none)) == ((100, 20, 3), 0)


def test_stars_of_an_emblem_are_no_words() -> None:
    image = Image.new("RGB", (800, 400), "white")
    font = ImageFont.truetype(str(FONTS / "NotoSerifCJK-Regular.ttc"), 40, index=2)
    ImageDraw.Draw(image).text((360, 60), "★ ★", fill="black", font=font)
    ImageDraw.Draw(image).text((200, 200), "营业执照副本", fill="black", font=font)
    page, _ = Recognizer(threads=2).recognise(image, size=(400, 200), number=1)
    assert page.text == "营业执照副本"
