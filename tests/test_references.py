"""Explicit references: every way people write them, and what only looks like one."""

from dataclasses import astuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.clauses import parse
from ingest.references import Reference, references, resolve
from tests.fakes import qingdao

CLAUSES = parse(qingdao()[1], "qingdao-2021")
ITEM = Reference(7, item=3)

WRITTEN = [
    *(("第七条第三项", ITEM), ("第七条第(三)项", ITEM), ("第七条第（三）项", ITEM), ("第七条(三)", ITEM)),
    *(("第七条（三）项", ITEM), ("第7条第3项", ITEM), ("７条３项", ITEM), ("7条3项", ITEM), ("7条(3)", ITEM)),
    *(("第 七 条 第 三 项", ITEM), ("第七条的第三个条件", ITEM), ("第七条第三点", ITEM), ("第七条第3小项", ITEM)),
    *(("第七条 (三)", ITEM), ("七条三项", ITEM), ("7 条 3 项", ITEM)),
    *(("article 7(3)", ITEM), ("Article 7 (3)", ITEM), ("clause 7(3)", ITEM), ("art. 7(3)", ITEM)),
    *((text, Reference(7, item=3, certain=False)) for text in ("七(三)", "七（三）", "7(3)", "7.3", "七(三)项")),
    *((text, Reference(13)) for text in ("第十三条", "十三条", "13条", "第13条", "第一三条", "第 13 条", "art.13")),
    *((text, Reference(13)) for text in ("article 13", "Art 13", "《办法》第十三条规定", "13条讲的啥")),
    *((("第十条之一", Reference(10, 1)), ("第十条之二第三项", Reference(10, 2, item=3)))),
    *((("第七条第二款", Reference(7, paragraph=2)), ("第七条第二款第三项", Reference(7, paragraph=2, item=3)))),
    *((("第七条第二款第三项第一目", Reference(7, None, 2, 3, 1)), ("第七条2款", Reference(7, paragraph=2)))),
    *((("第一百零二条", Reference(102)), ("第廿条", Reference(20)), ("第一〇二条", Reference(102)))),
    *((("第二章", Reference(chapter=2)), ("第 2 章", Reference(chapter=2)), ("第三项", Reference(item=3)))),
    *((("(三)是什么意思", Reference(item=3)), ("第三个条件", Reference(item=3)), ("第(三)项", Reference(item=3)))),
]


@pytest.mark.parametrize(("text", "meant"), WRITTEN, ids=[text for text, _ in WRITTEN])
@pytest.mark.parametrize("around", ["{}", "请问{}说了什么?", "按照《管理办法(试行)》{},应当怎么办"])
def test_every_way_of_writing_is_read(text: str, meant: Reference, around: str) -> None:
    if text.startswith("(") and around != "{}":
        return  # a bracket in the middle of a sentence is a bracket
    assert references(around.format(text)) == (meant,)


@pytest.mark.parametrize(
    "text",
    [
        *("一条龙服务", "本办法共20条", "总共有二十条吗", "有几条规定", "一共五条", "这三条", "哪两条", "全文20条"),
        *("2021年11月19日", "经费3.5万元", "增长7.3%", "有效期2年", "第零条", "第0条", "0条", "第七", "条件", ""),
        *("10.0版", "192.168.1.1", "v1.2.3", "12:30", "article", "第条", "第十千条"),
    ],
)
def test_what_only_looks_like_a_reference_is_none(text: str) -> None:
    assert [r for r in references(text) if r.certain] == []
    assert all(resolve(r, CLAUSES) is None for r in references(text))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("第七条和第八条", [Reference(7), Reference(8)]),
        ("第七条第一项和第三项", [Reference(7, item=1), Reference(7, item=3)]),
        ("第七条、第七条", [Reference(7)]),
        ("第二章第七条", [Reference(7), Reference(chapter=2)]),
        ("第七条第零项", [Reference(7)]),
    ],
)
def test_several_references_come_in_order(text: str, meant: list[Reference]) -> None:
    assert list(references(text)) == meant


ODD = st.text(
    st.sampled_from("第七十百千零〇两0123９条款项目章之的(（)）. 、,共有一条件点小个articleart%年") | st.characters()
)


@given(ODD)
def test_any_text_is_read_and_numbers_are_positive(text: str) -> None:
    for reference in references(text):
        numbers = [n for n in astuple(reference)[:6] if n is not None]
        assert numbers
        assert all(n > 0 for n in numbers)
        assert reference.label
        resolve(reference, CLAUSES)


@given(st.integers(1, 20), st.none() | st.integers(1, 10))
def test_whatever_a_label_says_is_read_back(article: int, item: int | None) -> None:
    reference = Reference(article, item=item)
    assert references(reference.label) == (reference,)


@pytest.mark.parametrize(
    ("reference", "clause"),
    [
        (Reference(13), "13"),
        (Reference(7), "7"),
        (ITEM, "7.3"),
        (Reference(7, item=10), "7.10"),
        (Reference(13, paragraph=1), "13"),  # 第十三条 has one paragraph only, which is the article
        (Reference(chapter=2), "c2"),
        (Reference(7, item=11), None),
        (Reference(21), None),
        (Reference(13, item=1), None),
        (Reference(13, paragraph=2), None),
        (Reference(10, suffix=1), None),
        (Reference(chapter=6), None),
        (Reference(chapter=5), "c5"),
        (Reference(item=3), None),
    ],
)
def test_a_reference_names_one_clause_or_none(reference: Reference, clause: str | None) -> None:
    found = resolve(reference, CLAUSES)
    assert (found.id if found else None) == clause


def test_every_article_and_item_can_be_named_by_its_label() -> None:
    named = [c for c in CLAUSES if c.kind in ("article", "item")]
    assert len(named) >= 30
    for clause in named:
        found = resolve(references(clause.label)[0], CLAUSES)
        assert found == clause
