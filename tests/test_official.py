"""Documents of office: layout, comments, marks, tables and what is refused."""

import re
import time
from datetime import UTC, datetime
from io import BytesIO

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.drafting.official import official_docx
from assistant.drafting.official_parts import LayoutError, Part, official_date, official_parts
from assistant.drafting.official_title import LINE, title_lines, width
from assistant.drafting.schema import MARK, Heading, Opinion, Paragraph, Table
from tests.official_fakes import BODY, CLAUSE, FILE, NAME, opinion, paragraph, said, samples, table
from tests.official_reading import attribute, layout_faults, paragraphs, parts, text

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.mark.parametrize("made", samples().values(), ids=list(samples()))
def test_an_independent_reading_finds_no_fault(made: Opinion) -> None:
    assert layout_faults(official_docx(made)) == []


@pytest.mark.parametrize("made", samples().values(), ids=list(samples()))
def test_every_word_of_the_opinion_is_in_the_file(made: Opinion) -> None:
    written = "".join(words for _, words, _ in paragraphs(official_docx(made))).replace("\n", "")
    for block in made.blocks:
        match block:
            case Heading(_, words):
                assert words in written
            case Paragraph(sentences):
                assert "".join(s.text for s in sentences) in written
            case Table(header, rows):
                assert all(cell.text in written for row in rows for cell in row)
                assert "".join(header) in written
    assert made.title in written
    assert official_date(made.day) in written


def test_each_sentence_has_its_sources_as_a_comment_at_its_words() -> None:
    made = opinion(blocks=(Paragraph((said("甲。", CLAUSE), said("乙××。", FILE, CLAUSE))),))
    read = parts(official_docx(made))
    comments = {c.get(f"{W}id"): text(c) for c in read["word/comments.xml"].iter(f"{W}comment")}
    assert list(comments.values()) == [
        "第七条第(一)项：“具有独立法人资格”",
        "营业执照.pdf 第1页：“类型：有限责任公司”第七条第(一)项：“具有独立法人资格”",
    ]
    held, ranges = "", {}
    for element in read["word/document.xml"].iter(f"{W}commentRangeStart", f"{W}commentRangeEnd", f"{W}t"):
        if element.tag == f"{W}t":
            held += element.text
        elif element.tag.endswith("Start"):
            held = ""
        else:
            ranges[element.get(f"{W}id")] = held
    assert list(ranges.values()) == ["甲。", "乙××。"]


def test_no_sentence_is_without_a_comment() -> None:
    made = opinion()
    comments = parts(official_docx(made))["word/comments.xml"]
    sentences = sum(len(b.sentences) for b in made.blocks if isinstance(b, Paragraph))
    rows = sum(len(b.rows) for b in made.blocks if isinstance(b, Table))
    assert len(list(comments.iter(f"{W}comment"))) == sentences + rows


def test_a_row_is_told_by_one_comment_with_the_columns_of_each_source() -> None:
    read = parts(official_docx(opinion(blocks=(table(1),))))
    assert text(read["word/comments.xml"]) == (
        "【序号、结论、备注】第七条第(一)项：“具有独立法人资格”【申报单位】营业执照.pdf 第1页：“类型：有限责任公司”"
    )


@pytest.mark.parametrize(("signed", "marked"), [(None, True), (datetime(2022, 3, 6, tzinfo=UTC), False)])
def test_the_mark_stands_on_odd_and_even_pages_until_it_is_signed(signed: datetime | None, marked: bool) -> None:
    read = parts(official_docx(opinion(signed=signed)))
    heads = [text(part) for name, part in read.items() if name.startswith("word/header")]
    assert heads == ([MARK, MARK] if marked else ["", ""])


def test_what_is_unknown_or_unconfirmed_is_highlighted_and_nothing_else() -> None:
    read = parts(official_docx(opinion(blocks=(paragraph("位于××区，【待核实】，3×4。"),), note="")))
    body = read["word/document.xml"]
    lit = [text(run) for run in body.iter(f"{W}r") if attribute(run, "rPr/highlight", "val")]
    assert lit == ["××", "××", "【待核实】"]  # the first in the 发文字号


def test_two_hundred_rows_are_quick_and_the_header_repeats() -> None:
    start = time.perf_counter()
    data = official_docx(opinion(blocks=(table(200),)))
    assert time.perf_counter() - start < 5
    rows = list(parts(data)["word/document.xml"].iter(f"{W}tr"))
    assert len(rows) == 201
    assert [n for n, row in enumerate(rows) if row.find(f"{W}trPr/{W}tblHeader") is not None] == [0]
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)


def test_a_table_is_as_wide_as_the_text() -> None:
    grid = [int(c.get(f"{W}w")) for c in parts(official_docx(opinion()))["word/document.xml"].iter(f"{W}gridCol")]
    assert sum(grid) / 56.693 == pytest.approx(156, abs=0.1)
    assert grid[1] / sum(grid) == pytest.approx(0.4, abs=0.001)


@pytest.mark.parametrize("bad", ["\x00", "\x0b", "\x1f", "\ufffe", "\ud800"])
@pytest.mark.parametrize("field", ["title", "addressee", "signer", "copies", "note", "number"])
def test_a_character_that_word_forbids_is_refused_in_one_sentence(bad: str, field: str) -> None:
    with pytest.raises(LayoutError, match=r"中有 Word 不能保存的字符\(U\+[0-9A-F]{4}\),请删去后重试。"):
        official_docx(opinion(**{field: f"甲{bad}乙"}))


@pytest.mark.parametrize(
    "blocks",
    [
        (paragraph("甲\x0c"),),
        (Heading(1, "\x01"),),
        (Table(("甲",), ((said("\x02"),),)),),
        (Table(("甲", "乙"), ((said("少一格"),),)),),
        (Table(("甲", "乙"), (), (1.0,)),),
    ],
)
def test_blocks_that_cannot_be_set_are_refused(blocks: tuple[Paragraph, ...]) -> None:
    with pytest.raises(LayoutError, match="请"):
        official_docx(opinion(blocks=blocks))


def test_headings_are_numbered_by_level_and_start_again_below_a_new_one() -> None:
    heads = [Heading(1, "甲"), Heading(2, "乙"), Heading(3, "丙"), Heading(4, "丁"), Heading(4, "戊"), Heading(2, "己")]
    heads += [Heading(3, "庚"), Heading(1, "辛"), Heading(2, "壬")] + [Heading(1, "癸")] * 9
    made = [p.text for p in official_parts(opinion(blocks=tuple(heads))) if isinstance(p, Part) and "heading" in p.role]
    assert made[:9] == ["一、甲", "（一）乙", "1.丙", "（1）丁", "（2）戊", "（二）己", "1.庚", "二、辛", "（一）壬"]
    assert made[-1] == "十一、癸"


def test_the_signature_is_centred_over_the_date() -> None:
    for signer in ("某局", NAME, NAME * 2):
        made = {p.role: p for p in official_parts(opinion(signer=signer)) if isinstance(p, Part)}
        day = official_date(opinion().day)
        centre = (made["date"].right or 0) + width(day) / 2
        assert (made["signature"].right or 0) + width(signer) / 2 == pytest.approx(centre)
        assert (made["date"].right or 0) >= 4


@given(st.text("青岛市发展和改革委员会关于推荐有限公司的通知（试行）《》、，2022AI×", min_size=1, max_size=90))
@settings(max_examples=60, deadline=None)
def test_a_title_keeps_its_words_and_its_lines_fit(title: str) -> None:
    lines = title_lines(title)
    assert "".join(lines) == title
    assert all(width(line) <= LINE for line in lines)
    assert not any(re.match("[、，）》]", line) for line in lines[1:])


def test_a_title_is_broken_between_words_in_a_trapezoid_or_rhombus() -> None:
    lines = title_lines(f"青岛市虚构区发展和改革局关于推荐{NAME}申报赋能中心的初审意见")
    lengths = [len(line) for line in lines]
    assert len(lines) == 3
    assert lengths in (sorted(lengths), sorted(lengths, reverse=True)) or lengths[1] == max(lengths)
    assert title_lines("关于公示名单的通知") == ("关于公示名单的通知",)


def test_word_files_of_ours_open_again_and_tell_nothing_of_the_template() -> None:
    document = Document(BytesIO(official_docx(opinion(title=BODY[:30]))))
    assert document.core_properties.author == "政策助手"
    assert document.core_properties.title == BODY[:30]


def test_a_title_begins_no_line_with_the_end_of_a_name() -> None:
    title = "青岛市虚构区发展和改革局关于推荐青岛虚构工业互联网有限公司申报青岛市重点产业数字化转型赋能中心的初审意见"
    lines = title_lines(title)
    assert len(lines) == 3
    assert not any(line.startswith(("局", "有限公司", "公司", "中心", "的", "市")) for line in lines)


def test_the_name_of_who_signs_a_document_upward_is_in_its_own_font() -> None:
    body = parts(official_docx(opinion(approver="某某")))["word/document.xml"]
    fonts = {text(run): attribute(run, "rPr/rFonts", "eastAsia") for run in body.iter(f"{W}r") if text(run)}
    assert fonts["某某"] == "楷体_GB2312"
    assert next(font for words, font in fonts.items() if words.endswith("签发人：")) == ""


def test_brackets_inside_a_note_stay() -> None:
    made = [part.text for part in official_parts(opinion(note="联系人：某某（虚构）")) if isinstance(part, Part)]
    assert "（联系人：某某（虚构））" in made


def test_a_line_is_free_below_the_title_without_an_addressee() -> None:
    made = [part for part in official_parts(opinion(addressee="")) if isinstance(part, Part)]
    assert next(part for part in made if part.role not in ("agency", "number", "title")).before == 1


def test_a_signature_after_a_table_takes_its_last_row_along() -> None:
    body = parts(official_docx(opinion(blocks=(table(3),), attachments=())))["word/document.xml"]
    kept = [row.find(f".//{W}keepNext") is not None for row in body.iter(f"{W}tr")]
    assert kept == [False, False, False, True]


def test_the_red_line_is_as_wide_as_the_text() -> None:
    styles = parts(official_docx(opinion()))["word/styles.xml"]
    ruled = [style for style in styles.iter(f"{W}style") if style.find(f".//{W}pBdr") is not None]
    assert len(ruled) == 2
    for style in ruled:
        assert {attribute(style, "pPr/ind", side) for side in ("left", "right", "leftChars", "rightChars")} == {"0"}
        assert attribute(style, "pPr/pBdr/bottom", "color") == "FF0000"
