"""OFD pages: their words in order with the place of each character, what they hide, and their pictures."""

from contextlib import suppress
from io import BytesIO
from itertools import count
from zipfile import ZIP_DEFLATED, ZipFile

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from ingest.errors import UnreadableError
from ingest.limits import Limits
from ingest.materials import Contents
from ingest.readers.kinds import kind_of
from ingest.readers.ofd import picture, read

MM = 72 / 25.4
SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
LIMITS = Limits()
IDS = count(100)


def line(words: str, x: float, y: float, *, size: float = 5, deltas: str = "", more: str = "", inner: str = "") -> str:
    """A text object whose baseline begins x, y millimetres from the top left of the page."""
    delta = f'DeltaX="{deltas or f"g {len(words) - 1} {size}"}"'
    return (
        f'<ofd:TextObject ID="{next(IDS)}" Boundary="{x} {y - size} 150 {size * 1.2}" Font="1" Size="{size}" {more}>'
        f'{inner}<ofd:TextCode X="0" Y="{size}" {delta}>{words}</ofd:TextCode></ofd:TextObject>'
    )


def ofd(*pages: str, template: str = "", media: dict[str, bytes] | None = None) -> bytes:
    """A file of pages of 210 by 297 mm (GB/T 33190-2016, 7)."""
    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
    media = media or {}
    files = "".join(
        f'<ofd:MultiMedia ID="{number}" Type="Image"><ofd:MediaFile>{name}</ofd:MediaFile></ofd:MultiMedia>'
        for number, name in enumerate(media, start=900)
    )
    parts: dict[str, str | bytes] = {
        "OFD.xml": f'<ofd:OFD {SPACE} Version="1.0"><ofd:DocBody><ofd:DocInfo/>'
        "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {SPACE}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297"
        "</ofd:PhysicalBox></ofd:PageArea><ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>"
        '<ofd:TemplatePage ID="77" BaseLoc="Tpls/Tpl_0/Content.xml"/></ofd:CommonData>'
        f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
        "Doc_0/DocumentRes.xml": f'<ofd:Res {SPACE} BaseLoc="Res"><ofd:MultiMedias>{files}</ofd:MultiMedias></ofd:Res>',
        "Doc_0/Tpls/Tpl_0/Content.xml": page_xml(template),
        **{f"Doc_0/Res/{name}": content for name, content in media.items()},
    }
    for number, objects in enumerate(pages):
        parts[f"Doc_0/Pages/Page_{number}/Content.xml"] = page_xml(objects, '<ofd:Template TemplateID="77"/>')
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return buffer.getvalue()


def page_xml(content: str, template: str = "") -> str:
    layer = f'<ofd:Content><ofd:Layer ID="9">{content}</ofd:Layer></ofd:Content>'
    return f"<ofd:Page {SPACE}>{template}{layer}</ofd:Page>"


def found(contents: Contents, kind: str) -> str:
    return "\n".join(f"{remark.message} {remark.text}" for remark in contents.remarks if remark.kind == kind)


def test_words_and_the_place_of_each() -> None:
    content = ofd(line("青岛AB市", 20, 40, deltas="g 2 4.5 2 2.5"))
    assert kind_of(content) == "ofd"
    page = read(content, LIMITS).pages[0]
    assert page.number == 1
    assert page.text == "青岛AB市"
    assert page.size == pytest.approx((210 * MM, 297 * MM))
    assert page.boxes is not None
    assert page.boxes[:, 0] / MM == pytest.approx([20, 24.5, 29, 31, 33.5], abs=0.01)
    assert page.boxes[0] / MM == pytest.approx([20, 35.6, 24.5, 40.6], abs=0.01)
    assert [(block.kind, block.start, block.end) for block in page.blocks] == [("paragraph", 0, 5)]


def test_printed_lines_are_joined_to_paragraphs() -> None:
    first, second = "一" * 28, "二" * 30
    page = read(
        ofd(
            line("标题", 90, 20)
            + line(first, 30, 40)
            + line(second, 20, 48)
            + line("末行。", 20, 56)
            + line("又一段。", 30, 64)
        ),
        LIMITS,
    )
    lines = page.pages[0].text.split("\n")
    assert lines[0] == "标题"
    assert lines[1:] == [first + second + "末行。", "又一段。"]


def test_two_columns_are_read_one_after_the_other() -> None:
    left = [f"左栏第{n}行的文字正好写满这一栏。" for n in "一二三四"]
    right = [f"右栏第{n}行的文字正好写满这一栏。" for n in "一二三四"]
    rows = [
        line(a, 15, 40 + 8 * n) + line(b, 110, 40 + 8 * n) for n, (a, b) in enumerate(zip(left, right, strict=True))
    ]
    text = read(ofd("".join(rows)), LIMITS).pages[0].text.replace("\n", "")
    assert text == "".join(left + right)


def test_templates_page_numbers_and_forms() -> None:
    form = line("单位名称", 20, 50) + line("虚构甲公司", 80, 50) + line("— 1 —", 100, 285)
    page = read(ofd(form, template=line("申请表", 90, 30)), LIMITS).pages[0]
    assert page.text == "申请表\n单位名称\t虚构甲公司"
    assert [block.kind for block in page.blocks] == ["paragraph", "row"]
    assert page.margins == ("— 1 —",)
    assert page.boxes is not None
    assert [bool(np.isnan(box[0])) for box in page.boxes] == [char in "\n\t" for char in page.text]


def test_hidden_words_are_reported_and_not_read() -> None:
    white = '<ofd:FillColor Value="255 255 255"/>'
    dark = '<ofd:PathObject ID="5" Boundary="0 60 210 20" Fill="true"><ofd:FillColor Value="0 0 128"/></ofd:PathObject>'
    content = ofd(
        line("看得见", 20, 40)
        + line("白字", 20, 50, inner=white)
        + dark
        + line("蓝底白字", 20, 70, inner=white)
        + line("关掉", 20, 90, more='Visible="false"')
        + line("透明", 20, 100, more='Alpha="0"')
        + line("极小", 20, 110, size=0.5)
        + line("页外", 20, 400)
    )
    contents = read(content, LIMITS)
    assert contents.pages[0].text == "看得见\n蓝底白字"
    for words in ("白字", "关掉", "透明", "极小", "页外"):
        assert words in found(contents, "hidden_text")


def test_zero_width_characters_and_fake_bold() -> None:
    contents = read(ofd(line("青岛\u200b公司", 20, 40) + line("青岛\u200b公司", 20.1, 40)), LIMITS)
    page = contents.pages[0]
    assert page.text == "青岛公司"
    assert page.boxes is not None
    assert len(page.boxes) == 4
    assert found(contents, "invisible_characters")


def png(width: int, height: int) -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (width, height), "red").save(buffer, "PNG")
    return buffer.getvalue()


def test_a_scanned_page_gives_its_picture() -> None:
    scan = '<ofd:ImageObject ID="3" ResourceID="900" Boundary="0 0 210 148.5" CTM="210 0 0 148.5 0 0"/>'
    content = ofd(line("正文", 20, 40), scan, media={"扫描.png": png(420, 297)})
    contents = read(content, LIMITS)
    assert contents.scans == {1: (2,)}
    image, size = picture(content, 2, LIMITS)
    assert size == pytest.approx((210 * MM, 297 * MM))
    assert image.mode == "RGB"
    assert image.size == (420, 594)
    assert image.getpixel((200, 100)) == (255, 0, 0)
    assert image.getpixel((200, 400)) == (255, 255, 255)
    with pytest.raises(UnreadableError, match="像素"):
        picture(content, 2, Limits(pixels=1000))


def test_pictures_that_cannot_be_read_are_reported() -> None:
    scan = '<ofd:ImageObject ID="3" ResourceID="900" Boundary="0 0 210 297"/>'
    contents = read(ofd(scan, media={"a.jb2": b"\x97JB2\r\n\x1a\n"}), LIMITS)
    assert not contents.scans
    assert "1 张图片,没有识别" in found(contents, "incomplete")
    broken = ofd(scan, media={"a.png": b"no picture"})
    with pytest.raises(UnreadableError, match="图片已损坏"):
        picture(broken, 1, LIMITS)


def test_damaged_encrypted_and_endless_files_are_reasons() -> None:
    content = ofd(line("正文", 20, 40))
    with pytest.raises(UnreadableError, match="已损坏"):
        read(content[:-100], LIMITS)
    with pytest.raises(UnreadableError, match="超过 1 页"):
        read(ofd("", ""), Limits(pages=1))
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        archive.writestr("Encryptions.xml", "<x/>")
        archive.writestr("OFD.xml", b"\x01\x02\x03")
    with pytest.raises(UnreadableError, match="已加密"):
        read(buffer.getvalue(), LIMITS)
    entities = page_xml("").replace("<ofd:Page", '<!DOCTYPE x [<!ENTITY a "b">]><ofd:Page', 1)
    with ZipFile(BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["Doc_0/Pages/Page_0/Content.xml"] = entities.encode()
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    assert "第 1 页已损坏" in found(read(buffer.getvalue(), LIMITS), "incomplete")


@given(st.integers(0, 3000), st.binary(min_size=1, max_size=20))
def test_any_damage_is_read_or_a_reason(at: int, noise: bytes) -> None:
    content = ofd(line("正文", 20, 40))
    with suppress(UnreadableError):
        assert read(content[:at] + noise + content[at + len(noise) :], LIMITS).pages
