"""Rows of pieces to lines of text: the characters in order, with a space where a reader sees one."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ingest.materials import Boxes
from ingest.readers.pdf_characters import Characters
from ingest.readers.pdf_lines import Line, Piece

_SPACE = 32


def _spaces(characters: Characters, places: NDArray[np.intp], bodies: Boxes) -> NDArray[np.bool_]:
    """Before which of the characters at `places` a space stands. `bodies` are in the frame of the text.

    Between Latin words a gap that pdfium takes for a space, between Chinese characters a typed space that has kept
    some width, or a gap of nearly a character; a stretched line has none.
    """
    found = np.zeros(len(places), bool)
    if len(places) < 2:
        return found
    codes = characters.codes[places]
    gap = bodies[places[1:], 0] - bodies[places[:-1], 2]
    gap /= np.maximum(np.maximum(characters.sizes[places[1:]], characters.sizes[places[:-1]]), 1.0)
    follows = np.diff(places) == 1
    mark = np.where(follows, characters.spaced[places[1:]], 0)
    wide = chinese(codes)
    both, one = wide[1:] & wide[:-1], wide[1:] | wide[:-1]
    latin = (mark == 2) | ((mark == 1) & (gap > 0.1)) | (gap > 0.18)
    mixed = ((mark == 2) & (gap > 0.15)) | ((mark == 1) & (gap > 0.4)) | (gap > 0.6)  # Word puts 0.25 by itself
    stretched = ((mark > 0) & (gap > 0.2)) | (gap > 0.9)
    found[1:] = np.where(both, stretched, np.where(one, mixed, latin))
    return found


def _close_up(before: NDArray[np.bool_], wide: NDArray[np.bool_], starts: NDArray[np.intp]) -> None:
    """Take the spaces out of lines whose Chinese characters are set apart throughout: 全 世 界 无 产 者."""
    pairs = np.zeros(len(before), bool)
    pairs[1:] = wide[1:] & wide[:-1]
    pairs[starts[starts < len(before)]] = False
    counted, apart = np.concatenate([[0], np.cumsum(pairs)]), np.concatenate([[0], np.cumsum(pairs & before)])
    for first, last in zip(starts.tolist(), starts[1:].tolist(), strict=False):
        spread = apart[last] - apart[first]
        if spread >= 3 and spread > 0.6 * (counted[last] - counted[first]):
            before[first:last] &= ~pairs[first:last]


def chinese(codes: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Characters that are set without spaces: 汉字, kana, full-width forms."""
    wide: NDArray[np.bool_] = (codes >= 0x2E80) & (codes < 0xFFE6) & ~((codes >= 0xAC00) & (codes < 0xD7B0))
    wide |= codes >= 0x20000
    return wide


def lines(
    characters: Characters,
    bodies: Boxes,
    columns: Sequence[Sequence[Sequence[Piece]]],
    bold: NDArray[np.bool_],
    turn: int,
) -> list[Line]:
    """The lines of the columns, in order. `bold` tells for each character whether its font is."""
    rows = [(column, row) for column, found in enumerate(columns) for row in found]
    places = np.concatenate([piece.places for _, row in rows for piece in row] or [np.empty(0, np.intp)])
    starts = np.cumsum([0] + [sum(len(piece.places) for piece in row) for _, row in rows])
    before = _spaces(characters, places, bodies)
    before[starts[starts < len(places)]] = False
    _close_up(before, chinese(characters.codes[places]), starts)
    at = np.arange(len(places)) + np.cumsum(before)
    total = int(at[-1]) + 1 if len(at) else 0
    codes = np.full(total, _SPACE, np.int32)
    boxes = np.full((total, 4), np.nan, np.float32)
    codes[at], boxes[at] = characters.codes[places], characters.boxes[places]
    text = codes.astype("<i4").tobytes().decode("utf-32-le", errors="replace")
    sizes, heavy = characters.sizes[places].tolist(), np.concatenate([[0], np.cumsum(bold[places])]).tolist()
    bounds = np.append(at, total)[starts].tolist()
    found: list[Line] = []
    firsts = starts.tolist()
    for (column, row), start, end, first, last in zip(rows, bounds, bounds[1:], firsts, firsts[1:], strict=False):
        edges = row[0].left, row[0].top, row[0].right, row[0].bottom
        for piece in row[1:]:
            edges = edges[0], min(edges[1], piece.top), max(edges[2], piece.right), max(edges[3], piece.bottom)
        if row[0].table is not None:
            found.append(Line("", boxes[:0], *edges, 0.0, False, column, turn, row[0].table))
            continue
        size = sizes[first]
        if size != sizes[(first + last) // 2]:
            size = sorted(sizes[first:last])[(last - first) // 2]
        strong = heavy[last] - heavy[first] > 0.6 * (last - first)
        found.append(Line(text[start:end], boxes[start:end], *edges, size, strong, column, turn))
    return found
