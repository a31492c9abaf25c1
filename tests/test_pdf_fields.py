"""Form fields, notes and optional layers of PDF pages, in files written by hand."""

from ingest.limits import Limits
from ingest.readers.pdf import read


def written(objects: dict[int, str], streams: dict[int, tuple[str, str]]) -> bytes:
    """A PDF file of numbered objects and streams (dictionary entries, content); pdfium finds them without a table."""
    parts = [f"{number} 0 obj\n{body}\nendobj\n" for number, body in objects.items()]
    parts += [
        f"{number} 0 obj\n<<{entries} /Length {len(content)}>>\nstream\n{content}\nendstream\nendobj\n"
        for number, (entries, content) in streams.items()
    ]
    return ("%PDF-1.7\n" + "".join(parts) + "trailer\n<</Root 1 0 R>>\n%%EOF\n").encode("latin-1")


FONT = "<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>"
PAGE = (
    "<</Type /Page /Parent 2 0 R /Contents 5 0 R /Resources <</Font <</F 4 0 R>> /Properties <</L 8 0 R>>>>"
    " /Annots [6 0 R 7 0 R]>>"
)


def form(*fields: str, root: str = "", content: str = "BT /F 12 Tf 50 150 Td (Name:) Tj ET") -> bytes:
    objects = {
        1: f"<</Type /Catalog /Pages 2 0 R {root}>>",
        2: "<</Type /Pages /Count 1 /Kids [3 0 R] /MediaBox [0 0 300 200]>>",
        3: PAGE,
        4: FONT,
        8: "<</Type /OCG /Name (L)>>",
        **{6 + place: field for place, field in enumerate(fields)},
    }
    drawing = "/Type /XObject /Subtype /Form /BBox [0 0 150 20] /Resources <</Font <</F 4 0 R>>>>"
    return written(objects, {5: ("", content), 9: (drawing, "BT /F 12 Tf 2 5 Td (Drawn value) Tj ET")})


def test_a_field_that_draws_its_value_is_read_once_at_its_place() -> None:
    field = "<</Subtype /Widget /FT /Tx /T (a) /V (Drawn value) /F 4 /Rect [100 145 250 165] /AP <</N 9 0 R>>>>"
    (page,) = read(form(field), Limits()).pages
    assert page.text == "Name: Drawn value"
    assert page.size == (300.0, 200.0)
    assert page.boxes is not None
    assert 100 <= page.boxes[6, 0] <= 104
    assert page.boxes[6, 1] < 48 < page.boxes[6, 3]


def test_a_field_that_the_viewer_has_to_draw_is_read_too() -> None:
    field = "<</Type /Annot /Subtype /Widget /FT /Tx /T (a) /V (500) /F 4 /Rect [100 145 250 165]>>"
    (page,) = read(form(field), Limits()).pages
    assert page.text == "Name: 500"


def test_boxes_to_tick() -> None:
    on = "<</Subtype /Widget /FT /Btn /T (a) /V /Yes /AS /Yes /F 4 /Rect [100 147 112 159]>>"
    off = "<</Subtype /Widget /FT /Btn /T (b) /AS /Off /F 4 /Rect [140 147 152 159]>>"
    (page,) = read(form(on, off), Limits()).pages
    assert page.text == "Name: ☑ ☐"


def test_a_hidden_field_is_not_part_of_the_text() -> None:
    field = "<</Type /Annot /Subtype /Widget /FT /Tx /T (a) /V (500) /F 2 /Rect [100 145 250 165] /AP <</N 9 0 R>>>>"
    contents = read(form(field), Limits())
    assert contents.pages[0].text == "Name:"
    assert [(remark.kind, remark.text) for remark in contents.remarks] == [("hidden_text", "500")]


def test_a_sticky_note_is_a_comment() -> None:
    note = "<</Type /Annot /Subtype /Text /Contents (Check this) /Rect [200 100 220 120]>>"
    contents = read(form(note), Limits())
    assert contents.pages[0].text == "Name:"
    (remark,) = contents.remarks
    assert (remark.kind, remark.text, remark.box) == ("comment", "Check this", (200.0, 80.0, 220.0, 100.0))


LAYERED = "BT /F 12 Tf 50 150 Td (Name:) Tj ET /OC /L BDC BT /F 12 Tf 50 100 Td (Approved) Tj ET EMC"


def test_words_on_a_layer_that_is_off_are_hidden() -> None:
    root = "/OCProperties <</OCGs [8 0 R] /D <</OFF [8 0 R]>>>>"
    contents = read(form(root=root, content=LAYERED), Limits())
    assert contents.pages[0].text == "Name:"
    (remark,) = contents.remarks
    assert (remark.kind, remark.text) == ("hidden_text", "Approved")
    assert "图层" in remark.message


def test_words_on_a_layer_that_is_on_are_text() -> None:
    root = "/OCProperties <</OCGs [8 0 R] /D <</ON [8 0 R]>>>>"
    contents = read(form(root=root, content=LAYERED), Limits())
    assert contents.pages[0].text == "Name:\nApproved"
    assert contents.remarks == ()
