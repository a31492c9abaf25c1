"""Where a quote stands: whatever is done to its width and spacing, over lines, blocks and pages."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ingest.materials import Box, Boxes, Material, Page, PageNumber
from ingest.normalize import find_quote, fold
from ingest.quotes import Place, QuoteFinder, line_boxes, locate

WORDS = st.text("申报单位应当具备(一)()⑩①㈱“”「」、,。 \n\tabA1A　\u200b", max_size=40)
FORMS = {"(": "(（〔[【", ")": ")）〕]】", '"': '"“」', "a": "aAａＡ", "1": "1１", ",": ",，、"}


def material(*texts: str, numbers: Sequence[PageNumber] | None = None, boxes: Boxes | None = None) -> Material:
    numbered = numbers or range(1, len(texts) + 1)
    pages = tuple(Page(number, text, boxes=boxes) for number, text in zip(numbered, texts, strict=True))
    return Material("虚构.pdf", "pdf", "read", "0" * 64, 1, pages=pages)


def printed(text: str, *, width: int, left: float = 72, top: float = 72, size: float = 10) -> Boxes:
    """The boxes of `text` printed in lines of `width` characters."""
    boxes = [
        (
            left + n % width * size,
            top + n // width * size * 2,
            left + (n % width + 1) * size,
            top + (n // width * 2 + 1) * size,
        )
        for n in range(len(text))
    ]
    return np.array(boxes, np.float32).reshape(-1, 4)


def spans(found: Sequence[Place]) -> list[tuple[PageNumber, int, int]]:
    return [(place.page, place.start, place.end) for place in found]


@st.composite
def quoted(draw: st.DrawFn) -> tuple[list[str], int, int, int, str]:
    """Pages, where a piece of one stands, and that piece typed by somebody else."""
    texts = draw(st.lists(WORDS, min_size=1, max_size=4))
    number = draw(st.integers(0, len(texts) - 1))
    seen = [place for place, char in enumerate(texts[number]) if fold(char)[0]]
    assume(seen)
    start, end = draw(st.sampled_from(seen)), draw(st.sampled_from(seen)) + 1
    assume(start < end)
    typed = ""
    for char in texts[number][start:end]:
        typed += draw(st.sampled_from(FORMS.get(fold(char)[0], char))) + draw(
            st.sampled_from(("", "", " ", "\n", "　"))
        )
    return texts, number, start, end, typed


@given(quoted())
def test_any_piece_of_a_page_is_found_however_it_is_typed(case: tuple[list[str], int, int, int, str]) -> None:
    texts, number, start, end, typed = case
    found = locate(typed, material(*texts))
    at = [place for place in found if place.page == number + 1 and place.start < end and place.end > start]
    assert at  # the piece itself, or an occurrence that overlaps it, as in 一一一
    if fold("".join(texts))[0].count(fold(typed)[0]) == 1:
        assert spans(found) == [(number + 1, start, end)]


@given(st.lists(WORDS, min_size=1, max_size=3), WORDS)
def test_what_is_found_says_what_the_quote_says(texts: list[str], quote: str) -> None:
    whole = material(*texts)
    joined: dict[int, str] = {}
    for place in locate(quote, whole):
        assert isinstance(place.page, int)
        part = texts[place.page - 1][place.start : place.end]
        joined[place.occurrence] = joined.get(place.occurrence, "") + part
    assert all(fold(words)[0] == fold(quote)[0] for words in joined.values())
    if len(texts) == 1:
        first = find_quote(quote, texts[0])
        assert spans(locate(quote, whole))[:1] == ([] if first is None else [(1, *first)])


def test_every_occurrence_is_told_first_first() -> None:
    whole = material("经费 500 万元。", "无", "经费\n５００万元,经费500万元")
    assert spans(locate("经费500万元", whole)) == [(1, 0, 9), (3, 0, 8), (3, 9, 16)]
    assert locate("", whole) == locate(" ", whole) == locate("没有", whole) == locate("x", material()) == ()


def test_a_quote_over_a_page_break_has_a_part_on_each_page() -> None:
    found = locate("在青岛市依法注册", material("申报单位应当在青岛", "", "市依法注册。"))
    assert [(place.page, place.start, place.end, place.occurrence) for place in found] == [(1, 6, 9, 0), (3, 0, 5, 0)]


def test_sheets_do_not_go_on_from_one_another() -> None:
    assert locate("合计500", material("合计", "500", numbers=("表1", "表2"))) == ()
    assert spans(locate("合计500", material("合计\t500", numbers=(None,)))) == [(None, 0, 6)]


def test_no_quote_begins_inside_a_character() -> None:
    assert locate("0", material("⑩")) == ()
    assert spans(locate("10", material("⑩"))) == [(1, 0, 1)]


def test_one_box_for_each_printed_line() -> None:
    text = "申报单位应当具备下列条件"
    whole = material(text, boxes=printed(text, width=5))
    (place,) = locate("单位应当具备下列条", whole)
    assert place.boxes == ((92, 72, 122, 82), (72, 92, 122, 102), (72, 112, 82, 122))


def test_boxes_of_recognised_words_are_a_little_longer() -> None:
    level, upright = printed("申报单位", width=9), printed("申报单位", width=9)[:, [1, 0, 3, 2]]
    for boxes, wanted in ((level, (71, 72, 113, 82)), (upright, (72, 71, 82, 113))):
        (page,) = material("申报单位", boxes=boxes).pages
        (place,) = locate("申报单位", replace(material(), pages=(replace(page, ocr=True),)))
        assert place.boxes == (wanted,)


@given(st.integers(2, 12), st.integers(0, 30), st.integers(1, 30), st.sampled_from(range(4)))
def test_boxes_cover_the_characters_and_nothing_else(width: int, start: int, length: int, turns: int) -> None:
    boxes = printed("一" * 60, width=width)
    for _ in range(turns):  # the page lies on its side
        boxes = np.stack([boxes[:, 1], 1000 - boxes[:, 2], boxes[:, 3], 1000 - boxes[:, 0]], axis=1)
    quote = boxes[start : start + length]
    made = line_boxes(quote)
    assert all(any(covers(line, tuple(map(float, box))) for line in made) for box in quote)
    assert sum(area(line) for line in made) == pytest.approx(sum(area(box) for box in quote), rel=1e-3)


def covers(outer: Box, inner: tuple[float, ...]) -> bool:
    return outer[0] <= inner[0] and outer[1] <= inner[1] and outer[2] >= inner[2] and outer[3] >= inner[3]


def area(box: Sequence[float]) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def test_cells_and_columns_keep_boxes_of_their_own() -> None:
    cells = np.concatenate([printed("单位", width=9), np.full((1, 4), np.nan), printed("五百", width=9, left=300)])
    assert line_boxes(cells.astype(np.float32)) == ((72, 72, 92, 82), (300, 72, 320, 82))
    columns = np.concatenate([printed("左" * 4, width=2), printed("右" * 4, width=2, left=200)])
    assert len(line_boxes(columns)) == 4


def test_lines_that_run_down_and_slanting_lines_are_lines_too() -> None:
    down = printed("竖排文字", width=1)
    down[:, [1, 3]] = down[:, [1, 3]] * 0.5 + 36  # one character right under the other
    assert len(line_boxes(down)) == 1
    slanting = printed("一" * 20, width=20)
    slanting[:, [1, 3]] += np.arange(20, dtype=np.float32)[:, None] * 0.5
    assert len(line_boxes(slanting)) == 1


def test_pages_without_places_have_no_boxes() -> None:
    assert locate("条件", material("条件")) == (Place(1, 0, 2),)
    assert line_boxes(np.full((3, 4), np.nan, np.float32)) == ()


def test_a_finder_is_asked_many_times() -> None:
    finder = QuoteFinder(material("第一条\n依法注册", "第二条"))
    assert [spans(finder.locate(quote)) for quote in ("第一条", "条依法", "第二条")] == [
        [(1, 0, 3)],
        [(1, 2, 6)],
        [(2, 0, 3)],
    ]
