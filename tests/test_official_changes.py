"""What changed between two drafts: as words, and as Word's tracked changes."""

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.drafting.changes import Change, changed_words, changes_docx
from assistant.drafting.official import official_docx
from assistant.drafting.official_parts import LayoutError
from assistant.drafting.schema import Heading, Opinion, Table
from tests.official_fakes import BODY, opinion, paragraph, said, table
from tests.official_reading import layout_faults, parts

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WHEN = datetime(2022, 3, 6, 9, 30, tzinfo=timezone(timedelta(hours=8)))


def edited() -> Opinion:
    old = opinion()
    blocks = list(old.blocks)
    blocks[1] = paragraph(BODY.replace("十二份", "十三份"), "上述情况有执照佐证。")
    del blocks[3]
    blocks[5:5] = [Heading(1, "新增一节"), paragraph("这一段是新写的。")]
    rows = blocks[-2]
    assert isinstance(rows, Table)
    other = tuple(said(text) for text in ("2", "某某（虚构）公司", "符合", ""))
    blocks[-2] = replace(rows, rows=(rows.rows[0], other, rows.rows[2]))
    return replace(old, blocks=tuple(blocks), day=date(2022, 3, 15), copies="虚构区人民政府办公室")


def texts(data: bytes, taken: str) -> list[str]:
    """The paragraphs after accepting ("ins") or rejecting ("del") every change, in and out of tables."""
    left = "del" if taken == "ins" else "ins"
    made, held = [], ""
    for element in parts(data)["word/document.xml"].iter(f"{W}p"):
        for child in element.iter(f"{W}t", f"{W}delText"):
            owner = next(parent for parent in child.iterancestors() if parent.tag == f"{W}p")
            around = {parent.tag for parent in child.iterancestors()}
            if owner is element and f"{W}{left}" not in around:
                held += child.text or ""
        if element.find(f"{W}pPr/{W}rPr/{W}{left}") is None or held:
            made.append(held)
            held = ""
    return [text for text in made if text]


def test_accepting_all_gives_the_newer_and_rejecting_all_the_older() -> None:
    old, new = opinion(), edited()
    data = changes_docx(old, new, author="某某（虚构）", when=WHEN)
    assert texts(data, "ins") == texts(official_docx(new), "ins")
    assert texts(data, "del") == texts(official_docx(old), "ins")


def test_the_layout_is_that_of_an_unmarked_file() -> None:
    assert layout_faults(changes_docx(opinion(), opinion(day=date(2022, 3, 6)), author="某", when=WHEN))[1:] == []


def marks(data: bytes) -> list[Any]:
    return list(parts(data)["word/document.xml"].iter(f"{W}ins", f"{W}del"))


def test_each_change_says_who_and_when_under_its_own_number() -> None:
    made = marks(changes_docx(opinion(), edited(), author="某某（虚构）", when=WHEN))
    assert {mark.get(f"{W}author") for mark in made} == {"某某（虚构）"}
    assert {mark.get(f"{W}date") for mark in made} == {"2022-03-06T01:30:00Z"}
    numbers = [mark.get(f"{W}id") for mark in made]
    assert len(set(numbers)) == len(numbers) > 8


def test_words_that_stay_are_not_marked_and_same_versions_have_no_marks() -> None:
    assert marks(changes_docx(opinion(), opinion(), author="某", when=WHEN)) == []
    made = changed_words("经审查，符合条件。", "经审查，不符合条件。")
    assert made[0] == Change("same", "经审查，")


@given(*[st.text("审查符合条件不的，。1年", max_size=40)] * 2)
@settings(max_examples=80, deadline=None)
def test_words_are_complete_either_way(before: str, after: str) -> None:
    made = changed_words(before, after)
    assert "".join(c.text for c in made if c.kind != "inserted") == before
    assert "".join(c.text for c in made if c.kind != "deleted") == after


def test_a_table_that_came_or_went_is_marked_row_by_row() -> None:
    without = opinion(blocks=(paragraph(BODY),))
    for old, new, tag in ((without, opinion(blocks=(paragraph(BODY), table(2))), "ins"),):
        read = parts(changes_docx(old, new, author="某", when=WHEN))["word/document.xml"]
        assert len(list(read.iter(f"{W}trPr"))) == 3
        assert all(setting.find(f"{W}{tag}") is not None for setting in read.iter(f"{W}trPr"))


@pytest.mark.parametrize("author", ["", "  ", "某\x00"])
def test_a_change_without_a_writer_is_refused(author: str) -> None:
    with pytest.raises(LayoutError, match="修改人"):
        changes_docx(opinion(), edited(), author=author, when=WHEN)
