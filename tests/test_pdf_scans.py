"""Which PDF pages go to OCR."""

from fpdf import FPDF
from PIL import Image

from ingest.limits import Limits
from ingest.readers.pdf import read
from tests.pdf_making import LEFT, lines, made, wrapped
from tests.test_read_pdf import RULES

PHOTO = Image.effect_noise((60, 80), 90).convert("RGB")


def test_a_scan_goes_to_ocr_and_an_empty_page_does_not() -> None:
    def draw(pdf: FPDF) -> None:
        pdf.image(PHOTO, x=0, y=0, w=595, h=842)
        pdf.add_page()

    contents = read(made(draw), Limits())
    assert contents.scans == {0: (0,)}
    assert [page.text for page in contents.pages] == ["", ""]


def test_a_stamp_over_a_scan_is_not_its_text() -> None:
    def draw(pdf: FPDF) -> None:
        pdf.image(PHOTO, x=0, y=0, w=595, h=842)
        pdf.text(LEFT, 800, "由扫描软件生成")

    contents = read(made(draw), Limits())
    assert contents.scans == {0: (0,)}
    assert contents.pages[0].text == ""


def test_a_photo_beside_text_goes_to_ocr_and_the_text_stays() -> None:
    def draw(pdf: FPDF) -> None:
        lines(pdf, wrapped(RULES, 37))
        pdf.image(PHOTO, x=72, y=300, w=450, h=400)

    contents = read(made(draw), Limits())
    assert contents.scans == {0: (0,)}
    assert contents.pages[0].text == RULES


def test_a_background_of_several_pages_is_read_once_and_its_text_stays() -> None:
    def draw(pdf: FPDF) -> None:
        for number in range(4):
            pdf.add_page()
            pdf.image(PHOTO, x=0, y=0, w=595, h=842)
            pdf.text(LEFT, 400, f"第{number + 1}张幻灯片")

    contents = read(made(draw), Limits())
    assert contents.scans == {1: (1,)}  # the first page is made without
    assert [page.text for page in contents.pages[1:]] == [f"第{number + 1}张幻灯片" for number in range(4)]


def test_scans_of_several_pages_with_a_number_stamped_on_each_are_read() -> None:
    def draw(pdf: FPDF) -> None:
        for number in range(3):
            pdf.add_page()
            pdf.image(Image.effect_noise((60 + number, 80), 90).convert("RGB"), x=0, y=0, w=595, h=842)
            pdf.text(LEFT, 800, f"-{number + 1}-")

    contents = read(made(draw), Limits())
    assert contents.scans == {1: (1,), 2: (2,), 3: (3,)}
    assert not any(page.text for page in contents.pages)


def test_a_photo_over_a_background_is_read() -> None:
    def draw(pdf: FPDF) -> None:
        for number in range(3):
            pdf.add_page()
            pdf.image(PHOTO, x=0, y=0, w=595, h=842)
            pdf.text(LEFT, 400, f"第{number + 1}张幻灯片")
            if number == 2:
                pdf.image(Image.effect_noise((61, 80), 90).convert("RGB"), x=72, y=200, w=450, h=400)

    assert read(made(draw), Limits()).scans == {1: (1,), 3: (3,)}


def test_a_logo_does_not() -> None:
    def draw(pdf: FPDF) -> None:
        lines(pdf, wrapped(RULES, 37))
        pdf.image(PHOTO, x=72, y=300, w=100, h=100)

    assert read(made(draw), Limits()).scans == {}


def test_a_garbage_text_layer_goes_to_ocr() -> None:
    def draw(pdf: FPDF) -> None:
        pdf.compress = False
        pdf.text(LEFT, 100, "营业执照" * 10)

    content = made(draw)
    for char in "营业执照":
        content = content.replace(b"<%04X>" % ord(char), b"<E%03X>" % (ord(char) & 0xFFF))
    contents = read(content, Limits())
    assert contents.scans == {0: (0,)}
    assert contents.pages[0].text == ""
