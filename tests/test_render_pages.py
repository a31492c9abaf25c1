"""Pages as pictures, with the place of a quote marked and its words still to be read."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from fpdf import FPDF
from numpy.typing import NDArray
from PIL import Image

from assistant.render.pages import crop_image, page_image
from ingest.errors import UnreadableError
from ingest.limits import Limits
from ingest.materials import Box, Kind, Material, Page
from ingest.quotes import locate
from ingest.readers import pdf

LIMITS = Limits()
SENTENCES = [f"Number {number} of the words that are printed here" for number in range(20)]


def printed(folder: Path, *, turn: int = 0, crop: float = 0) -> Path:
    """Two pages of lines, the first blank."""
    paper = FPDF(unit="pt", format="A4")
    paper.set_font("Helvetica", size=12)
    paper.add_page()
    paper.add_page()
    for number, sentence in enumerate(SENTENCES):
        paper.text(72, 100 + 30 * number, sentence)
    document = pypdfium2.PdfDocument(bytes(paper.output()))
    for page in document:
        page.set_rotation(turn)
        page.set_cropbox(crop, crop, 595 - crop / 2, 842)
    document.save(folder / "a.pdf")
    document.close()
    return folder / "a.pdf"


def pixels(png: bytes) -> NDArray[np.int16]:
    with Image.open(BytesIO(png)) as image:
        assert image.format == "PNG"
        return np.asarray(image.convert("RGB"), np.int16)


def drawn(
    path: Path, page: Page, boxes: Sequence[Box] = (), *, kind: Kind = "pdf", width: int = 900
) -> NDArray[np.int16]:
    return pixels(page_image(path, kind, page, boxes=boxes, width=width, limits=LIMITS))


@pytest.mark.parametrize(("turn", "crop"), [(0, 0), (90, 0), (180, 40), (270, 40)])
def test_the_words_of_a_quote_are_under_the_marker_and_no_others(tmp_path: Path, turn: int, crop: float) -> None:
    path = printed(tmp_path, turn=turn, crop=crop)
    content = path.read_bytes()
    whole = Material("a.pdf", "pdf", "read", "", len(content), pages=pdf.read(content, LIMITS).pages)
    (place,) = locate(SENTENCES[7], whole)
    page = whole.pages[1]
    plain, marked = drawn(path, page), drawn(path, page, place.boxes)
    assert marked.shape[1] == 900
    yellow = marked[:, :, 2] < plain[:, :, 2] - 20
    dark = plain.max(axis=2) < 100
    assert (marked.max(axis=2)[dark] < 110).all()  # the words show through
    rows, columns = np.nonzero(yellow)
    inside = dark[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    assert inside.sum() == pytest.approx(dark.sum() / len(SENTENCES), rel=0.1)  # this line, and none of its neighbours
    assert yellow.mean() < 0.03


def test_boxes_that_touch_have_no_edge_between_them(tmp_path: Path) -> None:
    path = printed(tmp_path)
    page = Page(1, "", size=(595, 842))
    marked = drawn(path, page, [(100, 100, 200, 115), (100, 115, 200, 130)], width=595)
    assert {tuple(colour) for colour in marked[102:128, 150].tolist()} == {tuple(marked[115, 150].tolist())}
    assert marked[115, 150].tolist() != marked[97, 150].tolist() != [255, 255, 255]


def test_a_strip_around_the_boxes(tmp_path: Path) -> None:
    path = printed(tmp_path)
    page = Page(2, "", size=(595, 842))
    strip = pixels(crop_image(path, "pdf", page, boxes=[(72, 90, 200, 104)], width=595, margin=20, limits=LIMITS))
    assert strip.shape[:2] == (55, 595)
    assert len(pixels(crop_image(path, "pdf", page, boxes=[], width=595, limits=LIMITS))) == 842


def test_a_photo_is_shown_upright(tmp_path: Path) -> None:
    photo = Image.new("RGB", (400, 200), "white")
    photo.paste("black", (0, 0, 40, 20))
    exif = Image.Exif()
    exif[0x0112] = 6  # turn a quarter clockwise
    photo.save(tmp_path / "a.jpg", exif=exif, dpi=(72, 72))
    shown = drawn(tmp_path / "a.jpg", Page(1, "", size=(200, 400)), [(180, 0, 200, 40)], kind="image")
    assert shown.shape[:2] == (400, 200)  # smaller than asked for, and left so
    assert shown[:38, 182:].max() < 110
    assert shown[20, 178].tolist() != [255, 255, 255]
    assert shown[20, 100].min() > 240


def test_pages_that_cannot_be_drawn_have_a_reason(tmp_path: Path) -> None:
    path = printed(tmp_path)
    (tmp_path / "broken.pdf").write_bytes(path.read_bytes()[:300])
    kinds: Sequence[tuple[str, Kind, Page, str]] = (
        ("a.pdf", "pdf", Page(3, ""), "画不出来"),
        ("a.pdf", "pdf", Page(0, ""), "画不出来"),
        ("broken.pdf", "pdf", Page(1, ""), "画不出来"),
        ("missing.pdf", "pdf", Page(1, ""), "画不出来"),
        ("missing.png", "image", Page(1, ""), "画不出来"),
        ("a.pdf", "image", Page(1, ""), "图片"),
        ("a.pdf", "word", Page(None, ""), "没有固定的版面"),
        ("a.pdf", "sheet", Page("表1", ""), "没有固定的版面"),
    )
    for name, kind, page, reason in kinds:
        with pytest.raises(UnreadableError, match=reason):
            page_image(tmp_path / name, kind, page, limits=LIMITS)


def test_a_page_of_any_shape_costs_no_more_than_it_may(tmp_path: Path) -> None:
    long = FPDF(unit="pt", format=(20, 14000))
    long.add_page()
    long.output(str(tmp_path / "long.pdf"))
    shown = drawn(tmp_path / "long.pdf", Page(1, ""), width=1200)
    assert shown.shape[0] * shown.shape[1] < 13_000_000
    small = page_image(tmp_path / "long.pdf", "pdf", Page(1, ""), limits=Limits(pixels=10_000))
    assert pixels(small).size / 3 < 11_000
