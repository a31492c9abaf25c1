"""The preview: the same words in the same order as the Word file, 22 lines to a page, and nothing of it is HTML."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from io import BytesIO
from itertools import pairwise

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.drafting.official import official_docx
from assistant.drafting.official_parts import LayoutError, Part, Piece
from assistant.drafting.official_title import width
from assistant.drafting.schema import MARK, Heading, Opinion, Paragraph, Sentence, Table
from assistant.web.drafting.lines import lines
from assistant.web.drafting.pages import HEIGHT, pages, pitch
from assistant.web.drafting.paper import paper
from tests.drafting_page_fakes import CLAUSE, FORM, opinion

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class _Told(HTMLParser):
    """The words of each part, by its number in the order of first sight; repeated table headers are left out."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.parts: dict[str, str] = {}
        self.stack: list[dict[str, str | None]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "col":
            self.stack.append(dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        self.stack.pop()

    def handle_data(self, data: str) -> None:
        held = [each["data-part"] for each in self.stack if "data-part" in each]
        if held and not any(each.get("class") == "repeated" for each in self.stack):
            self.parts[str(held[0])] = self.parts.get(str(held[0]), "") + data


def on_paper(made: Opinion) -> str:
    return re.sub(r"\s", "", "".join(_Told(str(paper(made))).parts.values()))


def in_word(made: Opinion) -> str:
    """The words of the file's body in order; a text box is there twice for old programs, and counts once."""
    body = Document(BytesIO(official_docx(made))).element.body
    fallback = {text for each in body.iter() if each.tag.endswith("}Fallback") for text in each.iter(f"{_W}t")}
    return re.sub(r"\s", "", "".join(text.text or "" for text in body.iter(f"{_W}t") if text not in fallback))


def lengthy(rows: int, paragraphs: int) -> Opinion:
    row = (Sentence("第七条第(一)项", (CLAUSE,)), Sentence("在青岛市注册的独立法人单位,经核对属实" * 3, (CLAUSE,)))
    said = Paragraph(tuple(Sentence(f"第{n}件事经核对属实,没有疑问。", (FORM,)) for n in range(9)))
    blocks = [part for n in range(paragraphs) for part in (Heading(1, f"第{n}件"), said)]
    return replace(opinion(), blocks=(*blocks, Table(("条款", "结论"), (row,) * rows, (0.3, 0.7))))


@pytest.mark.parametrize(
    "made",
    [
        opinion(),
        replace(opinion(), signed=datetime(2022, 3, 22, tzinfo=UTC), approver="虚构签发人"),
        replace(opinion(), number="", agency="", copies="", printer="", attachments=(), note="", day=None),
        lengthy(60, 8),
    ],
    ids=["all", "upward", "bare", "long"],
)
def test_the_preview_says_what_the_file_says_in_the_same_order(made: Opinion) -> None:
    assert on_paper(made) == in_word(made)


_WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"]), min_size=1, max_size=90)


@settings(max_examples=25, deadline=None)
@given(st.lists(_WORDS, min_size=1, max_size=4), _WORDS)
def test_any_words_are_shown_as_they_are_in_the_file(texts: list[str], heading: str) -> None:
    said = tuple(Sentence(text, (CLAUSE,)) for text in texts)
    made = replace(opinion(), blocks=(Heading(2, heading), Paragraph(said), Table(("甲", "乙"), (said[:1] * 2,))))
    assert on_paper(made) == in_word(made)


_PIECES = ("甲乙,", "(虚构)", "“引文”。", "91370212MAFAKE211W", "××", "【待核实】", "a b")


@given(st.lists(st.sampled_from(_PIECES), max_size=40))
def test_lines_hold_the_words_and_are_no_longer_than_the_page_is_wide(words: list[str]) -> None:
    part = Part("body", tuple(map(Piece, words)))
    made = lines(part)
    told = ["".join(run.text for run in line) for line in made]
    assert "".join(told) == part.text
    for number, line in enumerate(told):
        assert width(line.rstrip("、,，。)）”】")) <= 28 - (0 if number else 2)
    for before, after in pairwise(told):
        assert before[-1] not in "(（“【"
        assert after[0] not in "、,。)”】"


@pytest.mark.parametrize(("rows", "paragraphs"), [(0, 12), (200, 0), (30, 5)])
def test_no_page_is_fuller_than_paper(rows: int, paragraphs: int) -> None:
    sheets = pages(lengthy(rows, paragraphs))
    assert len(sheets) > 3
    for sheet in sheets:
        body = [held for held in sheet if isinstance(held.part, Part)]
        assert (
            sum(held.before + len(held.lines) * pitch(held.part) for held in body if isinstance(held.part, Part))
            <= HEIGHT + 1
        )
        last = sheet[-1].part
        assert not (isinstance(last, Part) and last.role.startswith("heading"))
        for held in sheet:
            if isinstance(held.part, Table):
                assert held.rows[0].number is None  # the header stands on every page
    numbers = [row.number for sheet in sheets for held in sheet for row in held.rows if row.number is not None]
    assert numbers == list(range(rows))


def test_a_full_page_of_body_has_22_lines() -> None:
    sheets = pages(replace(lengthy(0, 0), blocks=(Paragraph((Sentence("字" * 28 * 60, (CLAUSE,)),)),)))
    assert sum(len(held.lines) for held in sheets[1]) == 22
    assert {len("".join(run.text for run in line)) for held in sheets[1] for line in held.lines} == {28}


def test_sources_doubts_and_marks_are_shown_and_nothing_is_html() -> None:
    html = str(paper(opinion(), flagged={"第七条第(二)项“基础条件”:【待核实】。"}))
    assert "<img" not in html
    assert html.count(MARK) == html.count('class="sheet"') == 3
    assert "<mark>××</mark>" in html
    assert "<mark>【待核实】</mark>" in html
    assert '<b class="kind">材料</b> <span>02 营业执照.jpg 第1页</span>' in html
    assert 'class="said unfounded"' in html
    for number in set(re.findall(r'data-sources="(\d+)"', html)):
        assert f'id="sources-{number}"' in html
    signed = replace(opinion(), signed=datetime(2022, 3, 22, tzinfo=UTC))
    assert MARK not in str(paper(signed))


def test_what_no_file_may_hold_is_told_in_one_sentence() -> None:
    with pytest.raises(LayoutError, match="标题中有 Word 不能保存的字符"):
        paper(replace(opinion(), title="标题\x00"))
