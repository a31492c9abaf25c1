"""Rows of pieces to lines of text: the characters in order, with a space where a reader sees one."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ingest.materials import Boxes
from ingest.readers.pdf_characters import Characters
from ingest.readers.pdf_lines import Line, Piece

_SPACE = 32


def spelled(characters: Characters, places: NDArray[np.intp], bodies: Boxes) -> tuple[NDArray[np.int32], Boxes]:
    """The code points and displayed boxes of the characters at `places`, one line, with spaces (boxes NaN)."""
    before = spaces(characters, places, bodies)
    total = len(places) + int(before.sum())
    at = np.arange(len(places)) + np.cumsum(before)
    codes = np.full(total, _SPACE, np.int32)
    boxes = np.full((total, 4), np.nan, np.float32)
    codes[at], boxes[at] = characters.codes[places], characters.boxes[places]
    return codes, boxes


def spaces(characters: Characters, places: NDArray[np.intp], bodies: Boxes) -> NDArray[np.bool_]:
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
    latin = (mark == 2) | ((mark == 1) & (gap > 0.1)) | (gap > np.where(follows, 0.35, 0.18))
    mixed = ((mark == 2) & (gap > 0.15)) | (gap > 0.6)
    stretched = ((mark == 2) & (gap > 0.2)) | (gap > 0.9)
    found[1:] = np.where(both, stretched, np.where(one, mixed, latin))
    return found


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
    found: list[Line] = []
    for column, rows in enumerate(columns):
        for row in rows:
            if row[0].table is not None:
                found.append(_table(row[0], column, turn))
                continue
            places = np.concatenate([piece.places for piece in row])
            codes, boxes = spelled(characters, places, bodies)
            found.append(
                Line(
                    text=codes.astype("<i4").tobytes().decode("utf-32-le", errors="replace"),
                    boxes=boxes,
                    left=min(piece.left for piece in row),
                    top=min(piece.top for piece in row),
                    right=max(piece.right for piece in row),
                    bottom=max(piece.bottom for piece in row),
                    size=float(np.median(characters.sizes[places])),
                    bold=bool(bold[places].mean() > 0.6),
                    column=column,
                    turn=turn,
                )
            )
    return found


def _table(piece: Piece, column: int, turn: int) -> Line:
    edges = piece.left, piece.top, piece.right, piece.bottom
    return Line("", np.empty((0, 4), np.float32), *edges, 0.0, False, column, turn, piece.table)
