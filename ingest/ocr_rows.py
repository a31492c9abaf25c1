"""Recognised lines on a page turned straight, and the rows they stand in."""

from collections.abc import Sequence

import numpy as np

from ingest.ocr_lines import Floats, Line

_SPREAD = 4.5
"""heights at most between the characters of a label that is set as wide as the others below it"""


def skew(lines: Sequence[Line]) -> float:
    """The angle of the lines in radians, the middle one by length; long lines only, for short ones tell nothing."""
    long = [line for line in lines if line.width > 5 * line.height and not _runs_down(line)]
    if not long:
        return 0.0
    angles = np.array([np.arctan2(*((line.quad[1] - line.quad[0])[::-1])) for line in long])
    weights = np.array([line.width for line in long])
    order = np.argsort(angles)
    reached = np.cumsum(weights[order])
    return float(angles[order][np.searchsorted(reached, reached[-1] / 2)])


def _runs_down(line: Line) -> bool:
    along = line.quad[1] - line.quad[0]
    return bool(abs(along[1]) > abs(along[0]))


class Placed:
    """A line with its edges on the page turned straight."""

    def __init__(self, line: Line, turn: Floats) -> None:
        corners = line.quad @ turn.T
        self.line = line
        self.height = line.height
        if _runs_down(line):  # it belongs beside the line on which it begins
            self.left, self.right = float(corners[:, 0].min()), float(corners[:, 0].max())
            self.middle = float(corners[:, 1].min()) + line.height / 2
            return
        self.left, self.right = float(corners[[0, 3], 0].mean()), float(corners[[1, 2], 0].mean())
        self.middle = float(corners[:, 1].mean())

    @property
    def letter(self) -> float:
        """The width of a full character."""
        wide = sum(1.0 if char >= "\u2e80" else 0.55 for char in self.line.text)
        return (self.right - self.left) / max(wide, 1.0)


def rows_of(placed: list[Placed]) -> list[list[Placed]]:
    """Lines at the same height, left to right; pieces of one line that were only cut apart are one again."""
    rows: list[list[Placed]] = []
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


def _joined(row: list[Placed]) -> list[Placed]:
    joined = row[:1]
    spread = _is_character(row[0])
    for piece in row[1:]:
        last = joined[-1]
        gap = (piece.left - last.right) / piece.height
        if spread and gap < _SPREAD and _is_character(piece):  # 名　称, 住　　所
            last.line, last.right = _together(last.line, piece.line), piece.right
        elif gap > 0.9:
            joined.append(piece)
            spread = _is_character(piece)
        else:
            last.line, last.right = _together(last.line, piece.line), piece.right
            spread = False
    return joined


def _is_character(piece: Placed) -> bool:
    return len(piece.line.text) == 1 and "\u4e00" <= piece.line.text <= "\u9fff"


def _together(one: Line, other: Line) -> Line:
    """Two pieces of a line that stand closely side by side."""
    gap = " " if is_latin(one.text[-1]) and is_latin(other.text[0]) else ""
    quad = np.stack([one.quad[0], other.quad[1], other.quad[2], one.quad[3]])
    whole = float(np.linalg.norm(quad[1] - quad[0])) or 1.0
    first, second = one.width / whole, other.width / whole
    begins = np.concatenate([one.spans * first, np.full((len(gap), 2), np.nan), 1 - (1 - other.spans) * second])
    sureness = np.concatenate([one.sureness, np.ones(len(gap)), other.sureness])
    return Line(one.text + gap + other.text, quad, begins.astype(np.float32), sureness.astype(np.float32))


def is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()
