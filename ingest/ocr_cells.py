"""The cells of tables and forms on a picture, found by their ruling lines."""

import cv2
import numpy as np

from ingest.ocr_lines import Floats, Pixels

_TOLERANCE = 12
"""pixels between edges that are one"""


def straightening(angle: float) -> Floats:
    """The matrix (2 x 2) that turns places on a picture with lines at `angle` so that the lines run level."""
    return np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]], dtype=np.float32)


def find_cells(picture: Pixels, angle: float) -> Floats:
    """left, top, right, bottom of each space that ruling lines enclose, in pixels after `straightening`."""
    height, width = picture.shape[:2]
    matrix = straightening(angle)
    corners = np.array([[0, 0], [width, 0], [0, height], [width, height]], dtype=np.float32) @ matrix.T
    origin = corners.min(axis=0)
    extent = np.ceil(corners.max(axis=0) - origin).astype(int)
    moved = np.concatenate([matrix, -origin[:, None]], axis=1)
    grey = cv2.GaussianBlur(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), (5, 5), 0)
    grey = cv2.warpAffine(grey, moved, (int(extent[0]), int(extent[1])), borderMode=cv2.BORDER_REPLICATE)
    dark = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 12)
    run = max(30, min(width, height) // 30)
    # Thickened across their course, for a thin line is never quite level; then gaps are closed along it.
    level = cv2.morphologyEx(cv2.dilate(dark, np.ones((3, 1))), cv2.MORPH_OPEN, np.ones((1, run)))
    level = cv2.morphologyEx(level, cv2.MORPH_CLOSE, np.ones((1, run // 2)))
    upright = cv2.morphologyEx(cv2.dilate(dark, np.ones((1, 3))), cv2.MORPH_OPEN, np.ones((run, 1)))
    upright = cv2.morphologyEx(upright, cv2.MORPH_CLOSE, np.ones((run // 2, 1)))
    ruled = np.asarray(cv2.dilate(cv2.max(level, upright), np.ones((3, 3))), dtype=np.uint8)
    _, _, found, _ = cv2.connectedComponentsWithStats(255 - ruled, connectivity=4)
    left, top, wide, high, area = found.T
    inside = (left > 0) & (top > 0) & (left + wide < extent[0]) & (top + high < extent[1])
    large = (wide >= 20) & (high >= 20) & (wide * high < 0.5 * width * height)
    kept = found[inside & large & (area > 0.75 * wide * high)]
    cells = np.stack([kept[:, 0], kept[:, 1], kept[:, 0] + kept[:, 2], kept[:, 1] + kept[:, 3]], axis=1)
    return np.asarray(cells + np.tile(origin, 2), dtype=np.float32)


def grids(cells: Floats) -> list[list[list[int]]]:
    """The cells that touch as tables: their numbers, row by row, left to right; from the top of the page down.

    A cell over several rows belongs to the first. A frame around anything else is no table.
    """
    near = cells + np.array([-_TOLERANCE, -_TOLERANCE, _TOLERANCE, _TOLERANCE])
    touching = (
        (near[:, None, 0] < cells[None, :, 2])
        & (near[:, None, 2] > cells[None, :, 0])
        & (near[:, None, 1] < cells[None, :, 3])
        & (near[:, None, 3] > cells[None, :, 1])
    )
    left, tables = set(range(len(cells))), []
    while left:
        table, fresh = set(), {left.pop()}
        while fresh:
            table |= fresh
            fresh = {int(other) for one in fresh for other in np.nonzero(touching[one])[0]} - table
        left -= table
        if len(table) > 1:
            tables.append(_in_rows(cells, table))
    return sorted(tables, key=lambda rows: float(cells[rows[0][0], 1]))


def columns(cells: Floats, rows: list[list[int]]) -> dict[int, int]:
    """The column of each cell, by its left edge."""
    edges: list[float] = []
    found = {}
    for cell in sorted((cell for row in rows for cell in row), key=lambda cell: float(cells[cell, 0])):
        if not edges or cells[cell, 0] - edges[-1] > _TOLERANCE:
            edges.append(float(cells[cell, 0]))
        found[cell] = len(edges) - 1
    return found


def _in_rows(cells: Floats, table: set[int]) -> list[list[int]]:
    rows: list[list[int]] = []
    for cell in sorted(table, key=lambda cell: float(cells[cell, 1])):
        if rows and cells[cell, 1] - cells[rows[-1][0], 1] <= _TOLERANCE:
            rows[-1].append(cell)
        else:
            rows.append([cell])
    return [sorted(row, key=lambda cell: float(cells[cell, 0])) for row in rows]
