"""Which pieces of a text open a clause."""

import pytest

from ingest.headings import split


def units(source: str) -> list[tuple[str, int | None, str]]:
    return [(piece.unit, piece.number, source[piece.start : piece.end]) for piece in split(source)]


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("第一条 为了规范管理", 1),
        ("第 一 条　为了规范管理", 1),
        ("第1条 为了规范管理", 1),
        ("第１条　为了规范管理", 1),
        ("第一条：为了规范管理", 1),
        ("第一条【目的】为了规范管理", 1),
        ("第一条（目的）为了规范管理", 1),
        ("第一条市发展改革委负责", 1),
        ("**第一条** 为了规范管理", 1),
        ("### 第一条 为了规范管理", 1),
        ("\ufeff第一条\xa0\xa0为了规范管理", 1),
        ("第三十二条 为了规范管理", 32),
    ],
)
def test_a_line_that_opens_an_article(line: str, number: int) -> None:
    assert [(piece.unit, piece.number) for piece in split(line)] == [("article", number)]


@pytest.mark.parametrize(
    "line",
    [
        "第七条规定的条件",
        "第七条第一款所称单位",
        "第七条 第一款所称单位",
        "第七条、第八条规定的情形",
        "第七条至第九条的规定",
        "第七条和第八条",
        "第七条（三）项所列单位",
        "第七条所称单位",
        "第七条以外的单位",
        "第七条中的单位",
        "第七条的规定",
        "第三章规定的程序",
        "第三章、第四章不适用",
    ],
)
@pytest.mark.parametrize("before", ["第六条 甲。", "第七条 甲。", "第三条 甲。"])
def test_a_line_that_mentions_one(before: str, line: str) -> None:
    assert units(f"{before}\n{line}。")[1] == ("plain", None, f"{line}。")


def test_a_line_broken_before_a_mention_goes_on() -> None:
    source = "第一条 甲依照本办法\n第二条处理。\n第二条 乙依照\n第九条 的程序。\n第三条 丙。"
    assert [number for unit, number, _ in units(source) if unit == "article"] == [1, 2, 3]


def test_headings_inside_running_text() -> None:
    source = "甲办法 第一章 总 则 第一条 依照第二条办理。 第二条 乙。第三条丙。 第二章 附则 第四条 丁。"
    assert [(unit, number) for unit, number, _ in units(source)] == [
        ("plain", None),
        ("chapter", 1),
        ("article", 1),
        ("article", 2),
        ("article", 3),
        ("chapter", 2),
        ("article", 4),
    ]


def test_a_heading_glued_into_a_broken_sentence() -> None:
    source = "第一条 由管理单第二条公安机关负责。\n第三条 丙依照第四条办理。\n第四条 丁。"
    assert [text for *_, text in units(source)][1] == "第二条公安机关负责。"
    assert len(units(source)) == 4


@pytest.mark.parametrize(
    ("line", "style", "number"),
    [
        ("(一)甲", "(一)", 1),
        ("（十二） 甲", "(一)", 12),
        ("㈢甲", "(一)", 3),
        ("二、甲", "一、", 2),
        ("1.甲", "1.", 1),
        ("１．甲", "1.", 1),
        ("3、甲", "1.", 3),
        ("2)甲", "1.", 2),
        ("(4)甲", "(1)", 4),
        ("⑵甲", "(1)", 2),
        ("⑤甲", "①", 5),
        ("b)甲", "a)", 2),
    ],
)
def test_item_markers(line: str, style: str, number: int) -> None:
    (piece,) = split(line)
    assert (piece.unit, piece.style, piece.number) == ("item", style, number)


@pytest.mark.parametrize(
    "line", ["1.5万元以上", "2021年", "(一)、(二)项所列", "（三）项规定的", "三、四级医院", "一级医院", "(甲)乙"]
)
def test_what_only_looks_like_an_item(line: str) -> None:
    assert split(line)[0].unit == "plain"


def test_items_in_running_text() -> None:
    source = "第一条 条件如下:(一)甲;(二)乙,见(九)项;（三）丙。"
    assert [text for *_, text in units(source)] == ["第一条 条件如下:", "(一)甲;", "(二)乙,见(九)项;", "（三）丙。"]
    assert len(units("第一条 见:(三)甲。")) == 1


def test_a_table_of_contents_opens_nothing() -> None:
    source = "目　录\n第一章 总则……1\n第一条 目的……1\n第二章 附则……2\n附件……3\n第一章 总则\n第一条 甲。"
    assert [unit for unit, *_ in units(source)] == ["contents"] * 5 + ["chapter", "article"]


def test_articles_quoted_by_an_amendment_open_nothing() -> None:
    source = "第一条 将《办法》第三条改为：\n“第三条 甲。\n第四条 乙。”\n第二条 施行。"
    assert [number for unit, number, _ in units(source) if unit == "article"] == [1, 2]


def test_an_annex_line_and_one_after_which_the_numbers_run_on() -> None:
    assert [unit for unit, *_ in units("第一条 甲。\n附件2：\n第一条 乙。")] == ["article", "annex", "article"]
    assert [unit for unit, *_ in units("第一条 甲。\n附表\n第二条 乙。")] == ["article", "plain", "article"]
