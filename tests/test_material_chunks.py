"""What is searched in a material: paragraphs, rows under their header, fields of forms, and their headings."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.material_chunks import MaterialChunk, material_chunks
from ingest.materials import Block, BlockKind, Material, Page


def page(*blocks: tuple[BlockKind, str] | tuple[BlockKind, str, int], number: int = 1) -> Page:
    text, made = "", []
    for kind, words, *level in blocks:
        start = len(text) + 1 if text else 0
        text = f"{text}\n{words}" if text else words
        made.append(Block(kind, start, len(text), level[0] if level else 0))
    return Page(number, text, tuple(made))


def chunks(*pages: Page) -> list[MaterialChunk]:
    return list(material_chunks(Material("甲.pdf", "pdf", "read", "ab" * 32, 1, pages=pages)))


def test_paragraphs_carry_the_headings_they_stand_under_over_pages() -> None:
    found = chunks(
        page(("heading", "一、基本情况", 1), ("paragraph", "成立于2015年。"), ("heading", "(一)场地", 2)),
        page(("paragraph", "面积800平方米。"), ("heading", "二、经费", 1), ("paragraph", "500万元。"), number=2),
    )
    assert [(c.kind, c.text, c.context) for c in found] == [
        ("heading", "一、基本情况", ""),
        ("paragraph", "成立于2015年。", "一、基本情况"),
        ("heading", "(一)场地", "一、基本情况"),
        ("paragraph", "面积800平方米。", "一、基本情况 (一)场地"),
        ("heading", "二、经费", ""),
        ("paragraph", "500万元。", "二、经费"),
    ]
    assert [(c.place, c.page) for c in found][2:4] == [(0, 1), (1, 2)]
    assert len({c.id for c in found}) == len(found)


def test_a_form_gives_its_fields_and_a_list_its_rows_under_the_header() -> None:
    form = page(("row", "单位名称\t青岛示例公司\t法定代表人\t张某"), ("row", "专项经费\t500万元"), ("row", "单位简介"))
    assert [(c.kind, c.text) for c in chunks(form)] == [
        ("field", "单位名称\t青岛示例公司"),
        ("field", "法定代表人\t张某"),
        ("field", "专项经费\t500万元"),
        ("row", "单位简介"),
    ]
    staff = page(("row", "序号\t姓名\t职称"), ("row", "1\t李某\t高级工程师"), ("row", "2\t王某\t"), ("row", "\t\t"))
    assert [(c.kind, c.text, c.context) for c in chunks(staff)] == [
        ("row", "序号\t姓名\t职称", ""),
        ("row", "1\t李某\t高级工程师", "序号 姓名 职称"),
        ("row", "2\t王某", "序号 姓名 职称"),
    ]


LIST: tuple[tuple[BlockKind, str], ...] = (
    ("row", "序号\t姓名\t职称"),
    ("row", "1\t李某\t工程师"),
    ("row", "2\t王某\t"),
)


def test_a_table_goes_on_under_its_header_on_the_next_pages() -> None:
    found = chunks(
        page(("heading", "专职人员名单", 1), *LIST),
        page(("row", "3\t赵某\t高级工程师"), number=2),
        page(("row", "4\t钱某\t工程师"), ("paragraph", "以上共4人。"), ("row", "5\t另一张\t表"), number=3),
    )
    under = {c.text: c.context for c in found}
    assert under["3\t赵某\t高级工程师"] == under["4\t钱某\t工程师"] == "专职人员名单 序号 姓名 职称"
    again = chunks(page(*LIST), page(("row", "序号\t姓名\t职称"), ("row", "3\t赵某\t高级工程师"), number=2))
    assert again[-1].context == "序号 姓名 职称"
    assert under["以上共4人。"] == under["5\t另一张\t表"] == "专职人员名单"


@pytest.mark.parametrize(
    "behind",
    [
        page(("row", "设备\t型号\t数量"), ("row", "服务器\tR740\t2"), number=2),  # another table
        page(("row", "3\t赵某"), number=2),  # fewer columns
        page(("row", "合计\t3人\t"), number=2),  # no number of a row
        page(("paragraph", "说明"), ("row", "3\t赵某\t工程师"), number=2),
        replace(page(("row", "3\t赵某\t工程师")), number="Sheet2"),
    ],
)
def test_what_is_no_continuation_has_no_header(behind: Page) -> None:
    first = page(*LIST)
    assert not any("姓名" in c.context for c in chunks(first, behind) if c.place == 1)


def test_what_holds_no_word_is_no_chunk() -> None:
    assert chunks(page(("paragraph", "————"), ("paragraph", " "), ("row", "\t—\t"))) == []


@given(st.lists(st.text("甲乙丙1,。;", min_size=1, max_size=120), min_size=1, max_size=12))
def test_a_long_paragraph_is_cut_at_sentences_and_nothing_is_lost(parts: list[str]) -> None:
    whole = "。".join(parts) + "。"
    found = chunks(page(("paragraph", whole)))
    assert all(c.text == whole[c.start : c.end] for c in found)
    kept = set().union(*[range(c.start, c.end) for c in found]) if found else set()
    assert all(place in kept for place, char in enumerate(whole) if char in "甲乙丙1")
    assert all(before.end <= after.start for before, after in pairwise(found))
