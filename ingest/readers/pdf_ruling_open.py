"""Tables whose cells are not closed by lines: without lines at their sides, or with level lines only (三线表)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ingest.materials import Box
from ingest.readers.pdf_ruling_grid import Grid

_NEAR = 3.0  # points, as pdfplumber's tolerances
_SHORTEST = 100.0  # points; the lines of a table without upright lines are no shorter


def sides(edges: Sequence[Box]) -> list[Box]:
    """Upright edges that close the open left and right sides of tables: between two level lines of the same extent,
    one under the other, that an upright line inside connects."""
    upright = [box for box in edges if box[0] == box[2]]
    found: list[Box] = []
    for above, below in _bands(edges):
        left, right = above[0], above[2]
        across = [x for x, top, _, bottom in upright if top <= above[1] + _NEAR and bottom >= below[1] - _NEAR]
        if any(left + 2 * _NEAR < x < right - 2 * _NEAR for x in across):
            found.extend(
                (end, above[1], end, below[1]) for end in (left, right) if all(abs(x - end) > _NEAR for x in across)
            )
    return found


def _bands(edges: Sequence[Box]) -> Iterator[tuple[Box, Box]]:
    """Each level line with the next one below it of the same extent, from the top down for each extent."""
    for family in _families(edges):
        yield from pairwise(family)


def _families(edges: Sequence[Box]) -> list[list[Box]]:
    """The level lines of the same left and right ends, from the top down."""
    families: list[list[Box]] = []
    for box in sorted((box for box in edges if box[1] == box[3]), key=lambda box: box[1]):
        for family in families:
            if abs(family[0][0] - box[0]) <= _NEAR and abs(family[0][2] - box[2]) <= _NEAR:
                family.append(box)
                break
        else:
            families.append([box])
    return families


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of words between two level lines: the pieces of it without a wide gap, and its upper and lower end."""

    pieces: list[tuple[float, float]]
    top: float
    bottom: float
    size: float


def level_grids(edges: Sequence[Box], bodies: NDArray[np.float64], sizes: NDArray[np.float32]) -> list[Grid]:
    """Tables of three or more level lines of the same extent without upright lines, where the words above and below
    the second line stand in the same two or more columns, apart by at least a character's width. A row is a line of
    words; a line that leaves the first column and most others free goes on from the row before. Where every row has a
    level line, a row is what stands between two."""
    upright = [box for box in edges if box[0] == box[2]]
    found: list[Grid] = []
    for family in _families(edges):
        if len(family) < 3 or family[0][2] - family[0][0] < _SHORTEST:
            continue
        bands: list[list[_Line]] = []
        for above, below in pairwise(family):
            crossed = any(
                above[0] - _NEAR <= x <= above[2] + _NEAR and top < below[1] - _NEAR and bottom > above[1] + _NEAR
                for x, top, _, bottom in upright
            )
            bands.append([] if crossed else _lines((above[0], above[1], above[2], below[1]), bodies, sizes))
        start = 0
        while start + 1 < len(bands):
            end, columns = _alike(bands, start)
            if end:
                found.append(_grid(family[start : end + 1], bands[start:end], columns))
            start = end or start + 1
    return found


def _lines(band: Box, bodies: NDArray[np.float64], sizes: NDArray[np.float32]) -> list[_Line]:
    left, top, right, bottom = band
    across, down = (bodies[:, 0] + bodies[:, 2]) / 2, (bodies[:, 1] + bodies[:, 3]) / 2
    inside = np.flatnonzero((across > left) & (across < right) & (down > top) & (down < bottom))
    lines: list[list[int]] = []
    for place in inside[np.argsort(down[inside], kind="stable")].tolist():
        if lines and down[place] - down[lines[-1][0]] < 0.5 * sizes[place]:
            lines[-1].append(place)
        else:
            lines.append([place])
    return [
        _Line(
            pieces=_merged([(bodies[place, 0], bodies[place, 2]) for place in line], 0.9 * float(sizes[line].max())),
            top=float((down[line] - sizes[line] / 2).min()),
            bottom=float((down[line] + sizes[line] / 2).max()),
            size=float(sizes[line].max()),
        )
        for line in lines
    ]


def _merged(spans: list[tuple[float, float]], gap: float) -> list[tuple[float, float]]:
    """The spans with those put together that are nearer than `gap`, from left to right."""
    whole: list[tuple[float, float]] = []
    for left, right in sorted(spans):
        if whole and left - whole[-1][1] < gap:
            whole[-1] = (whole[-1][0], max(whole[-1][1], right))
        else:
            whole.append((left, right))
    return whole


def _alike(bands: list[list[_Line]], start: int) -> tuple[int, list[tuple[float, float]]]:
    """How far the bands from `start` on make one table, and its columns; (0, []) if they make none."""
    head, body = bands[start : start + 2]
    columns = _columns([*head, *body])
    if len(columns) < 2 or not 1 <= len(head) <= 3 or not _spread(body, columns):
        return 0, []
    # The words of the head may not put columns of the body together, nor the other way round.
    if len(columns) not in (len(_columns(head)), len(_columns(body))):
        return 0, []
    named = {column for line in head for column in _filled(line, columns)}
    if len(named) < max(2, len(columns) - 1):
        return 0, []
    end = start + 2
    while end < len(bands) and _spread(bands[end], columns):
        wider = _columns([line for band in bands[start : end + 1] for line in band])
        if len(wider) != len(columns):
            break
        columns = wider
        end += 1
    rows = sum(len(band) for band in bands[start:end])
    covered = sum(right - left for band in bands[start:end] for line in band for left, right in line.pieces)
    prose = len(columns) == 2 and covered > 0.75 * rows * (columns[-1][1] - columns[0][0])
    return (end, columns) if rows >= 3 and not prose else (0, [])


def _columns(lines: list[_Line]) -> list[tuple[float, float]]:
    size = max((line.size for line in lines), default=0.0)
    return _merged([piece for line in lines for piece in line.pieces], 0.9 * size)


def _filled(line: _Line, columns: list[tuple[float, float]]) -> set[int]:
    return {
        number
        for number, (left, right) in enumerate(columns)
        for piece in line.pieces
        if piece[0] < right and piece[1] > left
    }


def _spread(band: list[_Line], columns: list[tuple[float, float]]) -> bool:
    """Whether some lines have words in two or more columns, and most of the others go on from them."""
    wide = sum(len(_filled(line, columns)) >= 2 for line in band)
    return bool(wide) and wide + sum(_goes_on(line, columns) for line in band) >= 0.6 * len(band)


def _goes_on(line: _Line, columns: list[tuple[float, float]]) -> bool:
    """Whether a line leaves the first column and most others free, as the second line of a cell's words does."""
    filled = _filled(line, columns)
    return 0 not in filled and 2 * len(filled) <= len(columns)


def _grid(rules: list[Box], bands: list[list[_Line]], columns: list[tuple[float, float]]) -> Grid:
    """The cells, cut midway between columns and between lines of words."""
    cuts = [rules[0][0], *((before[1] + after[0]) / 2 for before, after in pairwise(columns)), rules[0][2]]
    one_row_each = len(bands) >= 4 and sorted(len(band) for band in bands)[len(bands) // 2] <= 2
    rows: list[tuple[Box | None, ...]] = []
    for number, (band, (above, below)) in enumerate(zip(bands, pairwise(rules), strict=True)):
        levels = [above[1]]
        for before, line in pairwise(band):
            goes_on = _goes_on(line, columns) and line.top - before.bottom < 0.7 * line.size
            if number and not one_row_each and not goes_on:
                levels.append((before.bottom + line.top) / 2)
        levels.append(below[1])
        rows.extend(
            tuple((left, top, right, bottom) for left, right in pairwise(cuts)) for top, bottom in pairwise(levels)
        )
    return tuple(rows)
