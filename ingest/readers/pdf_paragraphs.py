"""Lines to paragraphs: which line goes on from the one before, judged by indent, gap, size and how full it is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

import numpy as np

from ingest.materials import Boxes
from ingest.readers.pdf_lines import Line

_MARK = re.compile(
    r"第[〇零一二三四五六七八九十百千\d]{1,6}[编章节条款部分]|[(（][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}、"
    r"|\d{1,2}[.．、)）](?!\d)|\d{1,2}(?:\.\d{1,2}){1,3}\s|[①-⑳⑴-⒛㈠-㈩]|[•●■◆▪➢○-]\s?|附件\s?\d*[:：]?$"
)
_FULL_STOP = re.compile(r"[。；：！？;:!?.][”」』）)\"]?$")
_CLOSING = "，。；：！？、）》」』”’,.;:!?)]…"


@dataclass(frozen=True, slots=True)
class Usual:
    """What most lines of a document are like: font size, distance from line to line in sizes, left and right edge."""

    size: float
    pitch: float
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph or heading of one page: its lines, and the edges of the column they stand in."""

    lines: tuple[Line, ...]
    left: float
    right: float

    @property
    def size(self) -> float:
        return sorted(line.size for line in self.lines)[len(self.lines) // 2]

    @property
    def centred(self) -> bool:
        """Every line stands in the middle of its column, away from its left edge."""
        return all(_centred(line, self) for line in self.lines)


def usual(lines: Sequence[Line], width: float) -> Usual:
    """Measured over the lines of a document, each weighed by its length; `width` is that of its pages."""
    words = [line for line in lines if line.text and line.turn == 0]
    if not words:
        return Usual(10.5, 1.5, 0, 0)
    sizes = np.repeat([round(line.size * 4) for line in words], [len(line.text) for line in words])
    size = max(float(np.bincount(sizes).argmax()) / 4, 1.0)
    body = [line for line in words if abs(line.size - size) < 0.1 * size] or words
    steps = [after.top - line.top for line, after in pairwise(body) if after.column == line.column]
    steps = [step / size for step in steps if 0.8 * size < step < 4 * size]
    left = float(np.percentile([line.left for line in body], 10))
    right = float(np.percentile([line.right for line in body], 95))
    if right - left < width / 2 or sum(abs(line.right - right) < size for line in body) < 3:
        # No full lines: take the margins for equally wide.
        right = max(right, width - left)
    return Usual(size, float(np.median(steps)) if steps else 1.5, left, right)


def passages(lines: Sequence[Line], usual: Usual) -> list[Passage]:
    """The paragraphs of a page in reading order. A table comes as a Passage of its one Line."""
    found: list[Passage] = []
    columns = [list(group) for _, group in groupby(lines, key=lambda line: (line.turn, line.column))]
    for column in columns:
        flanked = any(_beside(column, other) for other in columns if other is not column)
        edges = _edges([line for line in column if line.table is None], usual, flanked)
        for line in column:
            before = found[-1] if found else None
            passage = Passage((line,), *edges)
            if before and _goes_on(before, passage, usual):
                found[-1] = Passage((*before.lines, line), before.left, before.right)
            else:
                found.append(passage)
    return found


def _beside(column: Sequence[Line], other: Sequence[Line]) -> bool:
    """Whether two columns stand side by side."""
    shared = min(max(line.bottom for line in part) for part in (column, other))
    shared -= max(min(line.top for line in part) for part in (column, other))
    return column[0].turn == other[0].turn and shared > 2 * column[0].size


def _edges(column: Sequence[Line], usual: Usual, flanked: bool) -> tuple[float, float]:
    """Where full lines of the column begin and end, in the frame of its text."""
    if not column:
        return usual.left, usual.right
    left = float(np.percentile([line.left for line in column], 10))
    right = max(line.right for line in column)
    if flanked or column[0].turn:
        return left, right
    if len(column) < 8:
        return min(left, usual.left), max(right, usual.right)
    return left, max(right, usual.right) if abs(left - usual.left) < usual.size else right


def continues(last: Passage, first: Passage, usual: Usual) -> bool:
    """Whether `first`, at the head of a page or column, goes on from `last`, at the foot of the one before.

    A table never does, though it may be continued: whoever joins the two would make one row of two. The rest of a row
    that a page break parts, and a header row printed again, stand as rows of their own.
    """
    end, start = last.lines[-1], first.lines[0]
    if end.table is not None or start.table is not None or end.turn != start.turn or end.bold != start.bold:
        return False
    if abs(end.size - start.size) > 0.12 * end.size or first.centred or last.centred:
        return False
    if _fits(end, start, last.right) or start.left > first.left + 0.8 * start.size:
        return False
    return not (_FULL_STOP.search(end.text) and _MARK.match(start.text))


def _goes_on(before: Passage, passage: Passage, usual: Usual) -> bool:
    line, last = passage.lines[0], before.lines[-1]
    if (last.turn, last.column) != (line.turn, line.column):
        return (
            line.top < last.top
            and (last.turn, last.column + 1) == (line.turn, line.column)
            and continues(before, passage, usual)
        )
    if last.table is not None or line.table is not None:
        return False
    em = max(line.size, last.size)
    if em - min(line.size, last.size) > 0.12 * em or last.bold != line.bold:
        return False
    if line.top - last.top > max(1.4 * usual.pitch, 1.3 if em < 1.2 * usual.size else 2.2) * em:
        return False
    larger = em > 1.15 * usual.size
    if _centred(line, passage) and (before.centred or (larger and _middled(last, before))):  # a title of several lines
        return (larger or line.bold) and not _FULL_STOP.search(last.text)
    if _fits(last, line, before.right):
        return False
    return _aligned(before, line)


def _aligned(before: Passage, line: Line) -> bool:
    """Whether the left edge of `line` is that of a line that goes on."""
    last, em = before.lines[-1], line.size
    marked = _MARK.match(line.text) is not None
    if line.left <= before.left + 0.8 * em:  # at the edge of the column
        return not (marked and _FULL_STOP.search(last.text))
    if marked:
        return False
    if (
        abs(line.left - last.left) <= 0.4 * em
    ):  # as far in as the line before: a set-in paragraph from its second line on
        return len(before.lines) > 1
    hanging = len(before.lines) == 1 and _MARK.match(last.text) is not None
    return hanging and last.left + 0.8 * em < line.left < last.left + 4 * em


def _fits(last: Line, line: Line, right: float) -> bool:
    """Whether the first word of `line` would have had room behind `last`: then a person ended the line there."""
    token = re.match(r"[!-~\u00c0-\u024f\u2019]+", line.text)
    if token:
        width = token.end() * (line.right - line.left) / max(len(line.text), 1) + 0.25 * line.size
    else:
        width = (1 + (line.text[1:2] in _CLOSING)) * line.size if line.text else 0.0
    slack = 0.1 if _FULL_STOP.search(last.text) else 0.8
    return right - last.right > width + slack * line.size


def _centred(line: Line, passage: Passage) -> bool:
    return _middled(line, passage) and line.left > passage.left + line.size


def _middled(line: Line, passage: Passage) -> bool:
    return abs((line.left + line.right) - (passage.left + passage.right)) / 2 < 0.7 * line.size


def joined(lines: Sequence[Line]) -> tuple[str, Boxes]:
    """The words of a paragraph on one line with the box of each character: no space between Chinese, one between
    Latin words, none for a hyphen that a line end put in."""
    text = ""
    boxes: list[Boxes] = []
    for line in lines:
        words, places = line.text, line.boxes
        if text.endswith("\xad"):
            text, boxes[-1] = text[:-1], boxes[-1][:-1]
        elif text and _latin(text[-1]) and _latin(words[0]):
            text += " "
            boxes.append(np.full((1, 4), np.nan, np.float32))
        text += words
        boxes.append(places)
    return text.replace("\xad", "-"), np.concatenate(boxes) if boxes else np.empty((0, 4), np.float32)


def _latin(char: str) -> bool:
    return ord(char) < 0x2E80
