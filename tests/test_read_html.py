"""Web pages are read as a browser shows them; what it hides is reported."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import UnreadableError
from ingest.limits import Limits
from ingest.materials import Contents
from ingest.readers.html import read

LIMITS = Limits()


def opened(body: str, head: str = "") -> Contents:
    return read(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode(), LIMITS)


def lines(contents: Contents) -> list[tuple[str, str, int]]:
    page = contents.pages[0]
    return [(block.kind, page.text[block.start : block.end], block.level) for block in page.blocks]


def hidden(contents: Contents) -> str:
    return "\n".join(remark.text for remark in contents.remarks if remark.kind == "hidden_text")


def test_headings_paragraphs_and_lists() -> None:
    contents = opened(
        "<h1>申报<b>说明</b></h1><p>青岛\n  虚构公司 is\n here</p>裸露的字<br>换行<h3>附件</h3>"
        "<ol start=3><li>甲<li>乙<ol type=a><li>子项</ol></ol><ul><li>无号</ul><pre>一\n 二</pre>"
        '<ol style="list-style-type:cjk-ideographic"><li>汉字</ol>'
        '<input value="填写的字"><input type=checkbox checked>是'
    )
    assert lines(contents) == [
        ("heading", "申报说明", 1),
        ("paragraph", "青岛虚构公司 is here", 0),
        ("paragraph", "裸露的字", 0),
        ("paragraph", "换行", 0),
        ("heading", "附件", 3),
        ("paragraph", "3. 甲", 0),
        ("paragraph", "4. 乙", 0),
        ("paragraph", "a. 子项", 0),
        ("paragraph", "无号", 0),
        ("paragraph", "一", 0),
        ("paragraph", "二", 0),
        ("paragraph", "一、汉字", 0),
        ("paragraph", "填写的字☑是", 0),
    ]
    assert contents.remarks == ()


def test_tables_have_the_words_of_merged_cells_once() -> None:
    contents = opened(
        "<table><caption>表一</caption><thead><tr><th rowspan=2>单位<th colspan=2>金额</tr></thead>"
        "<tr><td>去年<td>今<p>年</p></tr><tr><td>虚构甲公司<td>1<td>2</tr><tr><td></tr></table>"
    )
    assert contents.pages[0].tables[0].rows == (("单位", "金额", ""), ("", "去年", "今 年"), ("虚构甲公司", "1", "2"))
    assert lines(contents) == [
        ("paragraph", "表一", 0),
        ("row", "单位\t金额", 0),
        ("row", "\t去年\t今 年", 0),
        ("row", "虚构甲公司\t1\t2", 0),
    ]


def test_a_table_for_layout_is_read_in_order() -> None:
    contents = opened("<table><tr><td><p>上文</p><table><tr><td>甲<td>乙</table></td></tr></table>")
    assert lines(contents) == [("paragraph", "上文", 0), ("row", "甲\t乙", 0)]


@pytest.mark.parametrize(
    "secret",
    [
        '<p style="display: none">秘密</p>',
        '<p style="visibility:hidden"><b>秘密</b></p>',
        "<p hidden>秘密</p>",
        '<span style="color:#FFFFFF">秘密</span>',
        '<font color="white">秘密</font>',
        '<div style="color:rgb(255, 255, 255);background:#fff">秘密</div>',
        '<span style="font-size:1px">秘密</span>',
        '<span style="font-size: 0">秘密</span>',
        '<span style="opacity:0">秘密</span>',
        '<span style="mso-hide:all">秘密</span>',
        '<p class="big off">秘密</p>',
        "<p>正文<!-- 秘密 --></p>",
        '<table><tr><td>甲<span style="display:none">秘密</span></td></tr></table>',
        "<table><tr hidden><td>秘密</td></tr></table>",
    ],
)
def test_hidden_words_are_reported_and_not_read(secret: str) -> None:
    contents = opened(f"看得见{secret}", head="<style>.off, #x { display : none }</style>")
    assert "秘密" not in contents.pages[0].text
    assert "秘密" in hidden(contents)
    assert "看得见" in contents.pages[0].text


@pytest.mark.parametrize(
    "shown",
    [
        '<div style="background:#003366"><span style="color:#fff">公开</span></div>',
        '<table><tr><td bgcolor="blue"><font color="white">公开</font></td></tr></table>',
        '<div style="color:white"><span style="color:black">公开</span></div>',
        '<p style="font-size:9pt">公开</p>',
        '<p style="opacity:0.9">公开</p>',
    ],
)
def test_what_a_browser_shows_is_read(shown: str) -> None:
    contents = opened(shown)
    assert contents.pages[0].text == "公开"
    assert hidden(contents) == ""


def test_scripts_menus_and_conditional_comments_are_no_text() -> None:
    contents = opened("<script>alert(1)</script><nav>菜单</nav><!--[if IE]>旧<![endif]-->正文<img src=x>")
    assert contents.pages[0].text == "正文"
    assert [remark.kind for remark in contents.remarks] == ["incomplete"]


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "utf-16", "big5"])
def test_encodings(encoding: str) -> None:
    page = (
        f'<html><meta http-equiv="Content-Type" content="text/html; charset={encoding}"><p>申請資料&nbsp;一</p></html>'
    )
    assert read(page.encode(encoding), LIMITS).pages[0].text == "申請資料 一"


def test_a_page_saved_as_one_file() -> None:
    saved = (
        "From: <Saved>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=B\r\n\r\n"
        "--B\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        "<html><p>=E7=94=B3=E6=8A=A5</p></html>\r\n--B\r\nContent-Type: image/png\r\n\r\nx\r\n--B--\r\n"
    )
    assert read(saved.encode(), LIMITS).pages[0].text == "申报"
    with pytest.raises(UnreadableError, match="没有正文"):
        read(saved.replace("text/html", "text/css").encode(), LIMITS)


def test_invisible_characters_are_taken_out() -> None:
    contents = opened("<p>青岛&#8203;公司</p>")
    assert contents.pages[0].text == "青岛公司"
    assert [remark.kind for remark in contents.remarks] == ["invisible_characters"]


def test_deep_nesting_entities_and_wide_tables_are_harmless() -> None:
    assert "底" in opened("<div>" * 1500 + "底").pages[0].text
    with pytest.raises(UnreadableError, match="层次过深"):
        opened("<div>" * 30_000 + "底")
    assert (
        "root:"
        not in read(b'<!DOCTYPE html [<!ENTITY f SYSTEM "file:///etc/passwd">]><p>&f;a</p>', LIMITS).pages[0].text
    )
    with pytest.raises(UnreadableError, match="单元格"):
        read(b"<table><tr>" + b"<td colspan=1000 rowspan=1000>x" * 2 + b"</table>", LIMITS)


@given(st.text(max_size=200))
def test_any_page_is_read_or_a_reason(body: str) -> None:
    with suppress(UnreadableError):
        page = read(f"<html>{body}".encode("utf-8", "ignore"), LIMITS).pages[0]
        assert "\n".join(page.text[block.start : block.end] for block in page.blocks) == page.text
