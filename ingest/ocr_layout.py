"""From recognised lines to a page: rows, columns, paragraphs, in reading order."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from ingest.materials import Block, BlockKind, Boxes
from ingest.ocr_lines import Floats, Line, boxes

_COLUMN_ROWS = 5
"""rows in two columns before they are read as columns of prose"""


def skew(lines: Sequence[Line]) -> float:
    """The angle of the lines in radians, the middle one by length; long lines only, for short ones tell nothing."""
    long = [line for line in lines if line.width > 5 * line.height]
    if not long:
        return 0.0
    angles = np.array([np.arctan2(*((line.quad[1] - line.quad[0])[::-1])) for line in long])
    weights = np.array([line.width for line in long])
    order = np.argsort(angles)
    reached = np.cumsum(weights[order])
    return float(angles[order][np.searchsorted(reached, reached[-1] / 2)])


class _Placed:
    """A line with its edges on the page turned straight."""

    def __init__(self, line: Line, turn: Floats) -> None:
        corners = line.quad @ turn.T
        self.line = line
        self.left, self.right = float(corners[[0, 3], 0].mean()), float(corners[[1, 2], 0].mean())
        self.middle = float(corners[:, 1].mean())
        self.height = line.height

    @property
    def letter(self) -> float:
        """The width of a full character."""
        wide = sum(1.0 if char >= "\u2e80" else 0.55 for char in self.line.text)
        return (self.right - self.left) / max(wide, 1.0)


@dataclass(frozen=True, slots=True)
class Writing:
    """A page's text, its blocks, and the place of each character in pixels."""

    text: str
    blocks: tuple[Block, ...]
    boxes: Boxes


def arrange(lines: Sequence[Line]) -> Writing:
    """The lines as paragraphs, rows and headings in reading order."""
    angle = skew(lines)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]], dtype=np.float32)
    rows = _rows([_Placed(line, turn) for line in lines])
    growing = _Growing()
    usual = float(np.median([line.height for line in lines])) if lines else 0.0
    for group in _groups(rows):
        if len(group[0]) > 1:
            growing.add("row", group[0], "\t")
        else:
            for paragraph in _paragraphs([row[0] for row in group]):
                growing.add(_kind(paragraph, usual), paragraph, "")
    return growing.writing()


def _kind(paragraph: list[_Placed], usual: float) -> BlockKind:
    only = paragraph[0]
    big = len(paragraph) == 1 and only.height > 1.3 * usual and len(only.line.text) <= 40
    return "heading" if big and only.line.text[-1] not in "。；，" else "paragraph"


class _Growing:
    """A page's text as it grows."""

    def __init__(self) -> None:
        self._text: list[str] = []
        self._blocks: list[Block] = []
        self._boxes: list[Boxes] = []
        self._length = 0

    def add(self, kind: BlockKind, pieces: list[_Placed], joint: str) -> None:
        if self._length:
            self._put("\n")
        start = self._length
        for number, piece in enumerate(pieces):
            words = piece.line.text
            if number:
                before = pieces[number - 1].line.text
                self._put(joint or (" " if _is_latin(before[-1]) and _is_latin(words[0]) else ""))
            self._put(words, boxes(piece.line))
        self._blocks.append(Block(kind, start, self._length, level=1 if kind == "heading" else 0))

    def _put(self, words: str, places: Boxes | None = None) -> None:
        if places is None:
            places = np.full((len(words), 4), np.nan, dtype=np.float32)
        self._text.append(words)
        self._boxes.append(places)
        self._length += len(words)

    def writing(self) -> Writing:
        boxes = np.concatenate([np.empty((0, 4), dtype=np.float32), *self._boxes])
        return Writing("".join(self._text), tuple(self._blocks), boxes)


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _rows(placed: list[_Placed]) -> list[list[_Placed]]:
    """Lines at the same height, left to right; pieces of one line that were only cut apart are one again."""
    rows: list[list[_Placed]] = []
    for piece in sorted(placed, key=lambda piece: piece.middle):
        row = rows[-1] if rows else []
        near = row and abs(piece.middle - np.mean([other.middle for other in row])) < 0.5 * min(
            piece.height, *(other.height for other in row)
        )
        if near and all(
            piece.left > other.right - piece.height or piece.right < other.left + piece.height for other in row
        ):
            row.append(piece)
        else:
            rows.append([piece])
    return [_joined(sorted(row, key=lambda piece: piece.left)) for row in rows]


def _joined(row: list[_Placed]) -> list[_Placed]:
    joined = row[:1]
    for piece in row[1:]:
        last = joined[-1]
        if piece.left - last.right > 0.9 * piece.height:
            joined.append(piece)
        else:
            last.line, last.right = _together(last.line, piece.line), piece.right
    return joined


def _together(one: Line, other: Line) -> Line:
    """Two pieces of a line that stand closely side by side."""
    gap = " " if _is_latin(one.text[-1]) and _is_latin(other.text[0]) else ""
    quad = np.stack([one.quad[0], other.quad[1], other.quad[2], one.quad[3]])
    whole = float(np.linalg.norm(quad[1] - quad[0])) or 1.0
    first, second = one.width / whole, other.width / whole
    begins = np.concatenate([one.spans * first, np.full((len(gap), 2), np.nan), 1 - (1 - other.spans) * second])
    sureness = np.concatenate([one.sureness, np.ones(len(gap)), other.sureness])
    return Line(one.text + gap + other.text, quad, begins.astype(np.float32), sureness.astype(np.float32))


def _groups(rows: list[list[_Placed]]) -> list[list[list[_Placed]]]:
    """Rows of a table one by one, runs of single lines together; two columns of prose become two runs."""
    groups: list[list[list[_Placed]]] = []
    place = 0
    while place < len(rows):
        end = place
        while end < len(rows) and len(rows[end]) == 2:
            end += 1
        if end - place >= _COLUMN_ROWS and _are_columns(rows[place:end]):
            groups += [[[row[side]] for row in rows[place:end]] for side in (0, 1)]
            place = end
            continue
        if len(rows[place]) > 1:
            groups.append([rows[place]])
        elif groups and len(groups[-1][0]) == 1:
            groups[-1].append(rows[place])
        else:
            groups.append([rows[place]])
        place += 1
    return groups


def _are_columns(rows: list[list[_Placed]]) -> bool:
    """Both sides hold lines of prose that run to the same right edge."""
    for side in (0, 1):
        edge = max(row[side].right for row in rows)
        full = [len(row[side].line.text) >= 8 and row[side].right > edge - 2 * row[side].letter for row in rows]
        if sum(full) < 0.6 * len(rows):
            return False
    return True


def _paragraphs(lines: list[_Placed]) -> list[list[_Placed]]:
    """A line goes on in the next if it reaches the right margin, and the next is not indented, as large and near."""
    if not lines:
        return []
    long = [line for line in lines if len(line.line.text) >= 8] or lines
    right = float(np.percentile([line.right for line in long], 90))
    left = float(np.percentile([line.left for line in long], 10))
    pitches = [below.middle - above.middle for above, below in pairwise(lines)]
    pitch = float(np.median(pitches)) if pitches else 0.0
    paragraphs = [lines[:1]]
    for before, line in pairwise(lines):
        slack = (1.2 if before.line.text[-1] in "。；：！？;:" else 2.5) * before.letter
        goes_on = (
            before.right > right - slack
            and line.left < left + 1.2 * line.letter
            and 0.75 < line.height / before.height < 1.33
            and line.middle - before.middle < 1.5 * pitch + 1
        )
        if goes_on:
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    return paragraphs
