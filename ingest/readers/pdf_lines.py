"""Characters to pieces of lines: what stands side by side with no wider gap than one character."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ingest.materials import Boxes
from ingest.readers.pdf_characters import Characters

_WIDE = 1.05  # a wider gap, in font sizes, parts two pieces: the narrowest gutters are 1.5, typed 2-space gaps 1.0

_LABEL = 3  # characters at least of a label that is written downwards: two may be the cells of a list
_MOST = 300  # characters that stand alone on one page; more are no labels


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters side by side on one line. Edges are in points in the frame of the text: x along it, y down."""

    places: NDArray[np.intp]
    left: float
    top: float
    right: float
    bottom: float
    row: float
    """pieces of one row stand side by side; a table has a row of its own"""
    table: int | None = None
    """the place of the table that stands here instead of characters"""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of one column: its words, a box for each character as displayed, its edges in the frame of the text."""

    text: str
    boxes: Boxes
    left: float
    top: float
    right: float
    bottom: float
    size: float
    """the usual font size in points"""
    bold: bool
    column: int
    """lines of one column of one stretch of the page have one number"""
    turn: int = 0
    table: int | None = None
    """the place of the table that stands here instead of words"""


def framed(boxes: Boxes, turn: int, size: tuple[float, float]) -> Boxes:
    """Displayed boxes in the frame of text that runs `turn` quarter turns clockwise."""
    width, height = size
    left, top, right, bottom = boxes.T
    if turn == 1:
        return np.stack([top, width - right, bottom, width - left], axis=1)
    if turn == 2:
        return np.stack([width - right, height - bottom, width - left, height - top], axis=1)
    if turn == 3:
        return np.stack([height - bottom, left, height - top, right], axis=1)
    return boxes


def pieces(characters: Characters, bodies: Boxes) -> list[Piece]:
    """The pieces, from the top row down and from left to right in a row. `bodies` are in the frame of the text."""
    if not len(characters):
        return []
    left, top, right, bottom = bodies.T
    middle = (top + bottom) / 2
    size = np.maximum(characters.sizes, 1.0)
    larger = np.maximum(size[1:], size[:-1])
    gap = (left[1:] - right[:-1]) / larger
    drop = np.abs(middle[1:] - middle[:-1]) / np.minimum(size[1:], size[:-1])
    starts = np.flatnonzero((gap > _WIDE) | (gap < -0.6) | (drop > 0.5)) + 1
    bounds = np.concatenate([[0], starts])
    lefts, tops = np.minimum.reduceat(left, bounds), np.minimum.reduceat(top, bounds)
    rights, bottoms = np.maximum.reduceat(right, bounds), np.maximum.reduceat(bottom, bounds)
    rows = _rows(tops, bottoms)
    ends = np.concatenate([starts, [len(characters)]])
    found: list[Piece] = []
    for run in np.lexsort((lefts, rows)).tolist():
        places = np.arange(bounds[run], ends[run])
        edges = float(lefts[run]), float(tops[run]), float(rights[run]), float(bottoms[run])
        row = float(rows[run])
        before = found[-1] if found else None
        wide = _WIDE * max(float(size[bounds[run]]), float(size[before.places[-1]]) if before else 0.0)
        if before is not None and before.row == row and edges[0] - before.right <= wide:
            found[-1] = Piece(
                np.concatenate([before.places, places]),
                before.left,
                min(before.top, edges[1]),
                max(before.right, edges[2]),
                max(before.bottom, edges[3]),
                row,
            )
        else:
            found.append(Piece(places, *edges, row))
    return found


def upended(found: list[Piece], characters: Characters) -> list[Piece]:
    """The pieces with each label that is written downwards, three different 汉字 and more one below the other, as one
    piece on a row of its own, before the row where it begins. `found` is ordered as `pieces` leaves it."""
    singles = [
        place for place, piece in enumerate(found) if len(piece.places) == 1 and _is_character(piece, characters)
    ]
    if len(singles) > _MOST:
        return found
    chains: list[list[int]] = []
    for place in sorted(singles, key=lambda place: found[place].top):
        for chain in chains:
            if _below(found[chain[-1]], found[place]) and _even([found[one].top for one in (*chain, place)]):
                chain.append(place)
                break
        else:
            chains.append([place])
    gone: set[int] = set()
    made: list[Piece] = []
    for number, chain in enumerate(chains):
        words = {int(characters.codes[found[place].places[0]]) for place in chain}
        if len(chain) < _LABEL or len(words) < len(chain):  # a column of 是 and 否 is no label
            continue
        gone.update(chain)
        first, last = found[chain[0]], found[chain[-1]]
        places = np.concatenate([found[place].places for place in chain])
        left, right = min(found[place].left for place in chain), max(found[place].right for place in chain)
        made.append(Piece(places, left, first.top, right, last.bottom, first.row - 0.5 + number / 1e4))
    if not made:
        return found
    kept = [piece for place, piece in enumerate(found) if place not in gone]
    return sorted([*kept, *made], key=lambda piece: (piece.row, piece.left))


def _is_character(piece: Piece, characters: Characters) -> bool:
    return bool(0x4E00 <= characters.codes[piece.places[0]] <= 0x9FFF)


def _below(above: Piece, piece: Piece) -> bool:
    """Whether a character stands under another, of its size and near."""
    wide = above.right - above.left
    step = piece.top - above.top
    return (
        abs((above.left + above.right) - (piece.left + piece.right)) < 0.5 * wide
        and abs((piece.right - piece.left) - wide) < 0.15 * wide
        and 0.9 * wide < step < 2.5 * wide
    )


def _even(tops: list[float]) -> bool:
    steps = np.diff(tops)
    return bool(steps.max() - steps.min() < 0.25 * steps.min())


def _rows(tops: NDArray[np.float32], bottoms: NDArray[np.float32]) -> NDArray[np.int64]:
    """The row of each run, from the top: runs belong together that share half the height of the lower one."""
    rows = np.zeros(len(tops), np.int64)
    open_rows: list[tuple[float, float, int]] = []  # top, bottom, number
    heads, feet = tops.tolist(), bottoms.tolist()
    for run in np.argsort(tops + bottoms).tolist():
        top, bottom = heads[run], feet[run]
        shared, row = 0.0, -1
        for above, below, number in open_rows[-4:]:
            overlap = min(bottom, below) - max(top, above)
            if overlap > shared and overlap >= 0.5 * min(bottom - top, below - above):
                shared, row = overlap, number
        if row < 0:
            row = len(open_rows)
            open_rows.append((top, bottom, row))
        rows[run] = row
    return rows
