"""Pictures in Word documents: which ones are to be recognised, and as they are shown."""

from io import BytesIO

import pytest
from PIL import Image

from ingest.errors import UnreadableError
from ingest.limits import Limits
from ingest.readers import word
from tests.word_files import docx, paragraph, read

PLACE = '<wp:extent cx="2540000" cy="1270000"/>'  # 200 by 100 points


def png(width: int, height: int, colour: str = "white", form: str = "PNG") -> bytes:
    """A picture of this colour with a red upper left quarter."""
    image = Image.new("RGB", (width, height), colour)
    image.paste("red", (0, 0, width // 2, height // 2))
    packed = BytesIO()
    image.save(packed, form)
    return packed.getvalue()


def shown(key: str, crop: str = "", turn: str = "", place: str = PLACE) -> str:
    form = f'<pic:spPr><a:xfrm rot="{turn}"/></pic:spPr>' if turn else "<pic:spPr/>"
    fill = f'<pic:blipFill><a:blip r:embed="{key}"/><a:srcRect {crop}/></pic:blipFill>'
    inside = f"<a:graphic><a:graphicData><pic:pic>{fill}{form}</pic:pic></a:graphicData></a:graphic>"
    return f"<w:p><w:r><w:drawing><wp:inline>{place}{inside}</wp:inline></w:drawing></w:r></w:p>"


def test_large_pictures_in_order_of_appearance_each_once() -> None:
    extra = {
        "word/media/a.png": png(400, 300, "blue"),
        "word/media/b.png": png(99, 900),
        "word/media/c.jpg": png(300, 300, "green", "JPEG"),
        "word/media/unused.png": png(500, 500),
    }
    old = '<w:p><w:r><w:pict><v:shape><v:imagedata r:id="r3"/></v:shape></w:pict></w:r></w:p>'
    body = old + shown("r1") + shown("r2") + shown("r1") + shown("r9")
    assert read(body, extra=extra).scans == {0: (0, 1)}
    content = docx(body, extra=extra)
    first, size = word.picture(content, 0, Limits())
    assert (first.mode, first.size) == ("RGB", (300, 300))
    second, size = word.picture(content, 1, Limits())
    assert second.getpixel((399, 299)) == (0, 0, 255)
    assert size == (200, 100)


def test_seals_and_signatures_are_large_enough() -> None:
    extra = {"word/media/a.png": png(160, 160), "word/media/b.png": png(304, 117), "word/media/c.png": png(120, 120)}
    assert read(shown("r1") + shown("r2") + shown("r3"), extra=extra).scans == {0: (0, 1)}


def test_pictures_in_headers_and_footers_that_are_printed() -> None:
    relations = b'<Relationships><Relationship Id="r5" Type="x/image" Target="media/b.png"/></Relationships>'
    extra = {
        "word/media/a.png": png(400, 300, "blue"),
        "word/media/b.png": png(500, 160, "green"),
        "word/_rels/header1.xml.rels": relations,
        "word/_rels/header2.xml.rels": relations.replace(b"b.png", b"c.png"),
        "word/media/c.png": png(600, 160, "yellow"),
    }
    header = '<w:headerReference w:type="{}" r:id="{}"/>'
    section = f"<w:sectPr>{header.format('default', 'r1')}{header.format('first', 'r2')}</w:sectPr>"
    body = shown("r3") + paragraph("正文") + section
    content = docx(body, {"header1": shown("r5"), "header2": shown("r5")}, extra)
    assert word.read(content, Limits()).scans == {0: (0, 1)}
    assert [word.picture(content, number, Limits())[0].size for number in (0, 1)] == [(400, 300), (500, 160)]


def test_a_photo_of_a_phone_with_its_preview_is_read() -> None:
    packed = BytesIO()
    photo, preview = Image.new("RGB", (400, 300), "blue"), Image.new("RGB", (40, 30))
    photo.save(packed, "MPO", save_all=True, append_images=[preview])
    content = docx(shown("r1"), extra={"word/media/a.jpg": packed.getvalue()})
    assert word.read(content, Limits()).scans == {0: (0,)}
    assert word.picture(content, 0, Limits())[0].size == (400, 300)


def test_cropped_and_turned_as_shown() -> None:
    extra = {"word/media/a.png": png(400, 300, "blue")}
    content = docx(shown("r1", 'l="50000" t="50000"'), extra=extra)
    image, _ = word.picture(content, 0, Limits())
    assert (image.size, image.getcolors()) == ((200, 150), [(30000, (0, 0, 255))])
    image, size = word.picture(docx(shown("r1", turn="5400000"), extra=extra), 0, Limits())
    assert (image.size, size) == ((300, 400), (100, 200))
    assert image.getpixel((299, 0)) == (255, 0, 0)  # the upper left corner is now at the upper right


def test_clear_and_deep_pictures_are_drawn_on_paper() -> None:
    packed = BytesIO()
    Image.new("RGBA", (300, 300), (0, 0, 0, 0)).save(packed, "PNG")
    image, _ = word.picture(docx(shown("r1"), extra={"word/media/a.png": packed.getvalue()}), 0, Limits())
    assert image.getpixel((5, 5)) == (255, 255, 255)
    packed = BytesIO()
    deep = Image.new("I;16", (300, 300), 60_000)
    deep.paste(30_000, (0, 0, 10, 10))
    deep.save(packed, "PNG")
    image, _ = word.picture(docx(shown("r1"), extra={"word/media/a.png": packed.getvalue()}), 0, Limits())
    assert (image.getpixel((0, 0)), image.getpixel((99, 99))) == ((0, 0, 0), (255, 255, 255))


@pytest.mark.parametrize(
    "body",
    [
        shown("r1", place='<wp:extent cx="1" cy="9"/>'),
        shown("r1", place='<wp:docPr hidden="1"/>'),
        shown("r1").replace("<w:drawing>", "<w:rPr><w:vanish/></w:rPr><w:drawing>"),
        shown("r1").replace("<w:r>", "<w:del><w:r>").replace("</w:r>", "</w:r></w:del>"),
    ],
)
def test_pictures_that_nobody_sees(body: str) -> None:
    assert read(body, extra={"word/media/a.png": png(400, 400)}).scans == {}


def test_what_cannot_be_read_is_told() -> None:
    extra = {
        "word/media/a.emf": b"\x01\0\0\0" + b"\0" * 100,
        "word/media/b.wmf": b"\xd7\xcd\xc6\x9a" + b"\0" * 100,
        "word/media/c.png": b"no picture",
        "word/media/d.png": png(400, 400),
    }
    content = docx("".join(shown(f"r{n}") for n in (1, 2, 3, 4)), extra=extra)
    contents = word.read(content, Limits(pixels=100_000))
    assert contents.scans == {}
    assert [remark.kind for remark in contents.remarks] == ["incomplete", "incomplete"]
    assert "2 张矢量图" in contents.remarks[0].message
    assert "2 张图片已损坏、过大" in contents.remarks[1].message


def test_a_linked_picture_is_not_fetched() -> None:
    relations = (
        '<Relationships><Relationship Id="r1" Type="x/image" Target="http://127.0.0.1:9/a.png" TargetMode="External"/>'
        "</Relationships>"
    )
    contents = read(shown("r1"), extra={"word/_rels/document.xml.rels": relations.encode()})
    assert "1 张图片只有链接" in contents.remarks[0].message


def test_a_damaged_picture_is_a_reason() -> None:
    content = docx(shown("r1"), extra={"word/media/a.png": png(400, 400)[:200]})
    assert word.read(content, Limits()).scans == {0: (0,)}
    with pytest.raises(UnreadableError, match="图片已损坏"):
        word.picture(content, 0, Limits())
    with pytest.raises(UnreadableError, match="图片已损坏"):
        word.picture(content, 7, Limits())


def test_embedded_objects_and_documents_are_told() -> None:
    sheet = '<w:p><w:r><w:object><v:shape><v:imagedata r:id="r1"/></v:shape><o:OLEObject/></w:object></w:r></w:p>'
    button = "<w:p><w:r><w:object><w:control/></w:object></w:r></w:p>"
    contents = read(
        sheet + button + paragraph("x") + '<w:altChunk r:id="r2"/>', extra={"word/media/a.png": png(400, 400)}
    )
    assert contents.scans == {}
    assert ["2 个对象" in contents.remarks[0].message, "1 个其他文档" in contents.remarks[1].message] == [True, True]
