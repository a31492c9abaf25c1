"""The tree of clauses of a policy text."""

from collections.abc import Sequence
from pathlib import Path

from ingest.clauses import parse
from ingest.schema import Clause
from tests.test_parsing import check

POLICY = Path(__file__).parents[1] / "corpus" / "policies" / "qingdao-2021.txt"


def ids(clauses: Sequence[Clause]) -> list[str]:
    return [clause.id for clause in clauses]


def by_id(source: str) -> dict[str, Clause]:
    return {clause.id: clause for clause in parse(source, "p")}


def test_the_measure() -> None:
    source = POLICY.read_text(encoding="utf-8")
    clauses = parse(source, "qingdao-2021")
    check(source, clauses)
    articles = [str(number) for number in range(1, 21)]
    items = [f"7.{n}" for n in range(1, 11)] + [f"9.{n}" for n in range(1, 5)]
    around = ["notice", "title", "annex"]
    leads = ["7p1", "9p1", *(f"c{n}h" for n in range(1, 6))]
    assert sorted(ids(clauses)) == sorted([*articles, *items, *around, *leads, *(f"c{n}" for n in range(1, 6))])
    found = {clause.id: clause for clause in clauses}
    assert found["7.10"].label == "第七条第(十)项"
    assert (found["7.10"].article, found["7.10"].paragraph, found["7.10"].item) == (7, None, 10)
    assert found["7.10"].text == "(十)符合国家、省和市其他相关规定。"
    assert (found["7.10"].parent, found["7.10"].chapter) == ("7", "第二章 申报认定")
    assert [found[f"c{n}"].label for n in (1, 5)] == ["第一章 总则", "第五章 附则"]
    assert found["7p1"].label == found["7"].label == "第七条"
    assert found["7p1"].text.endswith("应具备以下条件:")
    assert found["15"].text.startswith("第十五条市发展改革委")
    assert found["title"].text == "青岛市重点产业数字化转型赋能中心管理办法(试行)"
    assert found["notice"].label == "印发通知"
    assert found["notice"].text.endswith("2021年10月13日")
    assert found["annex"].label == "附件"
    assert {clause.policy for clause in clauses} == {"qingdao-2021"}


def test_web_boilerplate_is_a_note() -> None:
    source = POLICY.read_text(encoding="utf-8") + "\n\n文章内容来自网络,如有侵权,联系删除"
    assert parse(source, "p")[-1].kind == "note"
    assert parse(source, "p")[-1].parent is None


def test_paragraphs_items_and_subitems() -> None:
    source = (
        "第一条 甲：\n（一）乙：\n1.丙；\n2.丁：\n①戊；\n②己；\n（二）庚。\n辛，仍属第二项。\n（三）壬。\n"
        "前款所称甲，是指癸。\n第三款有：\n(一)子。\n(二)丑。"
    )
    found = by_id(source)
    check(source, tuple(found.values()))
    assert found["1"].label == "第一条"
    assert found["1p1.1.2"].label == "第一条第一款第(一)项第2目"
    assert found["1p1.1.2"].text == "2.丁：\n①戊；\n②己；"
    assert (found["1p1.1.2"].paragraph, found["1p1.1.2"].item, found["1p1.1.2"].subitem) == (1, 1, 2)
    assert found["1p1.1h"].text == "（一）乙："
    assert found["1p1.2"].text == "（二）庚。\n辛，仍属第二项。"
    assert found["1p2"].label == "第一条第二款"
    assert found["1p2"].leaf
    assert found["1p3h"].text == "第三款有："
    assert found["1p3.2"].label == "第一条第三款第(二)项"


def test_an_article_with_a_suffix() -> None:
    found = by_id("第十条 甲。\n第十条之一 乙：\n（一）丙；\n（二）丁。\n第十一条 戊。")
    assert list(found) == ["10", "10-1", "10-1p1", "10-1.1", "10-1.2", "11"]
    assert (found["10-1"].label, found["10-1"].article, found["10-1"].suffix) == ("第十条之一", 10, 1)
    assert found["10-1.2"].label == "第十条之一第(二)项"


def test_a_heading_alone_takes_the_words_of_the_next_line() -> None:
    found = by_id("第七条\n申请应具备以下条件:\n(一)甲。\n(二)乙。\n第八条 名词解释\n本办法所称甲，是指乙。")
    assert found["7p1"].text == "第七条\n申请应具备以下条件:"
    assert found["8"].text == "第八条 名词解释\n本办法所称甲，是指乙。"


def test_parts_chapters_and_sections() -> None:
    source = (
        "第一编 总则\n第一章 原则\n第一节 目的\n第一条 甲。\n第二节 范围\n第二条 乙。\n第二章 主体\n第三条 丙。\n"
        "第二编 分则\n第一章 合同\n第四条 丁。"
    )
    found = by_id(source)
    check(source, tuple(found.values()))
    assert [key for key in found if not key.endswith("h")] == [
        *("part1", "c1", "c1s1", "1", "c1s2", "2", "c2", "3", "part2", "part2:c1", "4"),
    ]
    assert (found["2"].part, found["2"].chapter, found["2"].section) == ("第一编 总则", "第一章 原则", "第二节 范围")
    assert found["3"].section is None
    assert found["c1"].text.endswith("第二条 乙。")
    assert (found["c1h"].kind, found["c1h"].text) == ("title", "第一章 原则")


def test_article_numbers_that_begin_again() -> None:
    assert "part2:1" in by_id("第一编 甲\n第一条 甲。\n第二条 乙。\n第二编 乙\n第一条 丙。\n第二条 丁。")
    assert "t2:1" in by_id("甲办法\n第一条 甲。\n第二条 乙。\n乙细则\n第一条 丙。\n第二条 丁。")
    assert "2~2" in by_id("第一条 甲。\n第二条 乙。\n第二条 丙。\n第四条 丁。")


def test_annexes_with_articles_of_their_own() -> None:
    source = (
        "关于印发办法的通知\n各区：\n现印发。\n某局\n2021年1月1日\n甲办法\n第一条 甲。\n附件1\n"
        "乙细则\n第一条 乙：\n（一）丙。\n（二）丁。\n附件2：申请表\n姓名"
    )
    found = by_id(source)
    check(source, tuple(found.values()))
    assert list(found) == [
        *("notice", "title", "1", "annex1", "annex1h", "a1:1", "a1:1p1", "a1:1.1", "a1:1.2", "annex2"),
    ]
    assert (found["a1:1.2"].label, found["a1:1"].parent) == ("第一条第(二)项", "annex1")
    assert found["annex2"].text == "附件2：申请表\n姓名"


def test_signature_annex_list_and_what_follows() -> None:
    source = (
        "甲办法\n第一条 甲。\n附件：1.申报表\n2.汇总表\n\n某市发展和改革委员会\n二〇二一年三月四日\n（此件公开发布）"
    )
    found = by_id(source)
    check(source, tuple(found.values()))
    assert list(found) == ["title", "1", "annex", "signature", "note"]
    assert found["signature"].text == "某市发展和改革委员会\n二〇二一年三月四日"


def test_contents_with_and_without_their_name() -> None:
    for name in ("目　录\n", ""):
        found = by_id(f"甲条例\n{name}第一章 总则\n第二章 附则\n第一章 总则\n第一条 甲。\n第二章 附则\n第二条 乙。")
        assert [key for key in found if not key.endswith("h")] == ["title", "contents", "c1", "1", "c2", "2"]


def test_a_notice_without_articles() -> None:
    source = (
        "关于申报的通知\n各区：\n现通知如下。\n一、总体要求\n坚持。\n二、条件\n（一）基本条件。\n1.法人。\n（二）其他。\n"
        "某局\n2021年3月4日"
    )
    found = by_id(source)
    check(source, tuple(found.values()))
    assert list(found) == [*("title", "notice", "1", "2", "2p1", "2.1", "2.1h", "2.1.1", "2.2", "signature")]
    assert (found["1"].label, found["1"].article, found["1"].text) == ("一", 1, "一、总体要求\n坚持。")
    assert (found["2.1"].label, found["2.1.1"].label) == ("二(一)", "二(一)1")


def test_text_without_any_structure() -> None:
    found = by_id("甲标准\n本标准适用于乙。\n丙。")
    assert [(key, clause.label) for key, clause in found.items()] == [
        ("title", "标题"),
        ("p1", "正文第一段"),
        ("p2", "正文第二段"),
    ]


def test_markdown_headings_without_numbers() -> None:
    found = by_id(
        "# 甲标准\n\n## 范围\n\n本标准适用于乙。\n\n## 分级\n\n### 5.1 头部\n\n#### 5.1.1 一级\n\na)丙。\n\nb)丁。"
    )
    assert [key for key in found if not key.endswith("h")] == [
        *("title", "c1", "c1p1", "c2", "c2s1", "c2s1x1", "c2s1x1p1", "c2s1x1.1", "c2s1x1.2"),
    ]
    assert found["c2s1"].label == "5.1 头部"
    assert by_id("## 一、订立\n第一条 甲。\n## 二、效力\n第二条 乙。")["2"].chapter == "二、效力"


def test_notes_inside_and_invisible_lines() -> None:
    source = "# 甲法\n\n<!-- INFO END -->\n\n第一条 甲。\n\n\u200b\n\n第二条 乙。\n\n来源：某网\n"
    clauses = parse(source, "p")
    check(source, clauses)
    assert ids(clauses) == ["title", "note", "1", "2", "note2"]
