"""The order in which the pieces of a page are read: columns one after the other, what crosses them in between."""

from itertools import groupby

import numpy as np

from ingest.readers.pdf_lines import Piece

_FEWEST = 3  # lines on each side of a gutter
_SHORTEST = 8  # characters: columns of prose have longer lines, columns of a list need not


def reading_order(pieces: list[Piece], depth: int = 3) -> list[list[list[Piece]]]:
    """The columns in reading order; a column is its rows from the top, a row its pieces from the left."""
    gutter = _gutter(pieces) if depth and len(pieces) >= 2 * _FEWEST else None
    if gutter is None:
        ordered = sorted(pieces, key=lambda piece: (piece.row, piece.left))
        return [[list(row) for _, row in groupby(ordered, key=lambda piece: piece.row)]] if ordered else []
    found: list[list[list[Piece]]] = []
    across: list[Piece] = []
    sides: tuple[list[Piece], list[Piece]] = ([], [])

    def close() -> None:
        for stretch in (across, *sides):
            if stretch:
                found.extend(reading_order(stretch[:], 0 if stretch is across else depth - 1))
                stretch.clear()

    for piece in sorted(pieces, key=lambda piece: piece.top + piece.bottom):
        if piece.left < gutter < piece.right:
            if sides[0] or sides[1]:
                close()
            across.append(piece)
        else:
            if across:
                close()
            sides[piece.left >= gutter].append(piece)
    close()
    return found


def _gutter(pieces: list[Piece]) -> float | None:
    """Where a white strip parts two columns of prose; None if it does not."""
    left = np.array([piece.left for piece in pieces])
    right = np.array([piece.right for piece in pieces])
    start, end = float(left.min()), float(right.max())
    places = np.arange(start + 0.15 * (end - start), end - 0.15 * (end - start), 2.0)
    if not len(places):
        return None
    before = np.searchsorted(np.sort(right), places, side="right")
    after = len(pieces) - np.searchsorted(np.sort(left), places, side="left")
    score = np.minimum(before, after) - 0.2 * (len(pieces) - before - after)
    best = np.flatnonzero(score == score.max())
    place = float(places[best[len(best) // 2]])
    if np.minimum(before, after)[best].min() < _FEWEST:
        return None
    for side in ([p for p in pieces if p.right <= place], [p for p in pieces if p.left >= place]):
        rows = len({piece.row for piece in side})
        widths = np.array([piece.right - piece.left for piece in side])
        span = max(piece.right for piece in side) - min(piece.left for piece in side)
        lengths = np.array([len(piece.places) for piece in side])
        if rows < _FEWEST or np.median(lengths) < _SHORTEST or np.median(widths) < 0.6 * span:
            return None
        if span < 0.15 * (end - start):
            return None
    return place
