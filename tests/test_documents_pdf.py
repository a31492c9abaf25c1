"""What must and must not be in the text of real PDF files, written after looking at their rendered pages."""

from functools import cache
from pathlib import Path

import pytest

from ingest.limits import Limits
from ingest.materials import Contents
from ingest.readers.pdf import read

FOLDER = Path(__file__).parents[2] / "shared" / "data" / "documents"

# Strings in the order in which they must come, by file and page.
IN_ORDER: list[tuple[str, int, list[str]]] = [
    (
        "GBT3620.1-2016.pdf",
        1,
        [
            "中华人民共和国国家标准",
            "代替GB/T 3620.1—2007",
            "钛及钛合金牌号和化学成分\n",
            "Designation and composition of titanium and titanium alloys\n",
        ],
    ),
    (
        "GBT3620.1-2016.pdf",
        2,
        [
            "本标准按照GB/T1.1—2009给出的规则起草。\n",
            "增加了TA29、TA30、TA31、TA32、TA33、TA34、TA35和TA36共计8个新注册α型和近",
            "宝钛集团有限公司、宝鸡钛业股份有限公司",
        ],
    ),
    (
        "GBT3620.1-2016.pdf",
        3,
        [
            "1 范围\n",
            "2 规范性引用文件\n",
            "凡是注日期的引用文件,仅注日期的版本适用于本文件。",
            "3.2.2 其他元素一般包括",
        ],
    ),
    ("GBT3620.1-2016.pdf", 4, ["5 其他\n", "5.1 附录A为历次GB/T 3620.1修订时删除的钛及钛合金牌号和化学成分。\n"]),
    (
        "plumber_issue-67-example.pdf",
        2,
        [
            "第一节 重要提示\n",
            "内容的真实、准确、完整，不存在虚假记载、误导性陈述或者重大遗漏，并承担个别和连带的法律责任。\n",
            "所有董事均已出席了审议本次季报的董事会会议。\n",
        ],
    ),
    (
        "plumber_issue-67-example.pdf",
        3,
        [
            "一、主要会计数据和财务指标\n",
            "□ 是 √ 否\n",
            "营业收入（元）\t4,755,785.11\t5,699,227.63\t-16.55%\n",
            "归属于上市公司股东的扣除非经常性损益的净利润（元）\t-7,889,855.34",
            "非经常性损益项目和金额\n",
            "单位：元\n",
            "□ 适用 √ 不适用\n",
        ],
    ),
    (
        "plumber_issue-336-example.pdf",
        1,
        [
            "其用地指标按表7.6中的系数进行调整。\n",
            "高速公路\t八\t2.5000\t60000≤Q＜80000\t20＜μ≤30\n",
            "\t六\t2.1333",
            "第7.9条 服务设施出入口加减速车道用地指标，平原一般不宜超过3.4公顷/处",
            "路段监控通信分中心\t路段监控通信站\t桥隧监控通信站\n",
            "第7.11条 养护设施分为养护工区、道班房和桥隧养护管理站。",
        ],
    ),
    ("pdfjs_SimFang-variant.pdf", 1, ["全世界无产者"]),
    ("pdfjs_XiaoBiaoSong.pdf", 1, ["目 录\n", "关于红军作战的原则", "（一九三七年八月一日）\n", "对国防问题的意见"]),
    ("mineru_introduction.pdf", 1, ["一般化学方程式", "热化学方程式", "常见官能团：碳碳双键、碳碳三键、羟基、羧基"]),
]

NOT_IN = [
    ("GBT3620.1-2016.pdf", "\ufffe"),
    ("plumber_issue-67-example.pdf", "2018年第一季度报告全文\n"),  # the running head
    ("plumber_issue-336-example.pdf", "表表"),  # printed twice for boldness
    ("plumber_issue-336-example.pdf", "173"),  # the page number
    ("mineru_introduction.pdf", "\ufffd"),
]


@cache
def contents(name: str) -> Contents:
    if not FOLDER.is_dir():
        pytest.skip(f"no files of other projects at {FOLDER}")
    return read((FOLDER / name).read_bytes(), Limits())


@pytest.mark.parametrize(("name", "number", "wanted"), IN_ORDER)
def test_the_words_of_a_page_come_in_order(name: str, number: int, wanted: list[str]) -> None:
    text = contents(name).pages[number - 1].text + "\n"
    at = 0
    for words in wanted:
        found = text.find(words, at)
        assert found >= 0, f"{words!r} is not behind {text[:at][-30:]!r}"
        at = found + len(words)


@pytest.mark.parametrize(("name", "words"), NOT_IN)
def test_what_is_not_part_of_the_text(name: str, words: str) -> None:
    pages = contents(name).pages[1:] or contents(name).pages
    assert all(words not in page.text + "\n" for page in pages)


def test_pages_whose_text_layer_is_garbage_go_to_ocr() -> None:
    found = contents("GBT3620.1-2016.pdf")
    assert 4 in found.scans  # the large table on its side
    assert found.pages[4].text == ""
    assert not {0, 1, 2, 3} & set(found.scans)


def test_heads_and_page_numbers_are_in_the_margins() -> None:
    pages = contents("plumber_issue-67-example.pdf").pages
    head = "东北电气发展股份有限公司2018年第一季度报告全文"
    assert [page.margins for page in pages[1:5]] == [(head, str(number)) for number in range(2, 6)]


@pytest.mark.parametrize("name", sorted({name for name, _, _ in IN_ORDER}))
def test_every_character_but_spaces_has_its_box_on_the_page(name: str) -> None:
    for page in contents(name).pages:
        assert page.boxes is not None
        assert page.size is not None
        assert len(page.boxes) == len(page.text)
        for char, box in zip(page.text, page.boxes.tolist(), strict=True):
            assert (box[0] == box[0]) is not char.isspace()
            assert char.isspace() or (box[2] > -2 and box[3] > -2 and box[0] < page.size[0] + 2)
        assert [page.text[b.start : b.end] for b in page.blocks] == (page.text.split("\n") if page.text else [])
