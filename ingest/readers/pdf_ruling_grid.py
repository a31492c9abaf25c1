"""From ruling lines to the cells between them, by pdfplumber's table engine."""

from collections.abc import Iterable
from typing import Any

from pdfplumber import table as plumber
from pdfplumber.utils.geometry import filter_edges

from ingest.materials import Box

Grid = tuple[tuple[Box | None, ...], ...]
"""The cells of one table row by row, None where a merged cell covers the place or no cell is closed"""

_SETTINGS = plumber.TableSettings()
_CROSSINGS = 6_000


def joined(edges: Iterable[Box]) -> list[Box]:
    """The edges with near ones put on one line and touching ones put together, without those under 3 points."""
    merged = plumber.merge_edges(
        [_edge(box) for box in edges],
        _SETTINGS.snap_x_tolerance,
        _SETTINGS.snap_y_tolerance,
        _SETTINGS.join_x_tolerance,
        _SETTINGS.join_y_tolerance,
    )
    kept = filter_edges(merged, min_length=_SETTINGS.edge_min_length)
    return [(edge["x0"], edge["top"], edge["x1"], edge["bottom"]) for edge in kept]


def grids(edges: list[Box]) -> tuple[Grid, ...]:
    """The tables that joined edges make, from the top of the page down, as pdfplumber finds them with its default
    settings. None where the edges cross more than 6,000 times: that is no table, and finding its cells takes seconds,
    as the time grows with the square of the crossings."""
    level = sum(box[1] == box[3] for box in edges)
    if level < 2 or len(edges) - level < 2 or level * (len(edges) - level) > 20 * _CROSSINGS:
        return ()
    crossings = plumber.edges_to_intersections(
        [_edge(box) for box in edges], _SETTINGS.intersection_x_tolerance, _SETTINGS.intersection_y_tolerance
    )
    if len(crossings) > _CROSSINGS:
        return ()
    groups = plumber.cells_to_tables(plumber.intersections_to_cells(crossings))
    no_page: Any = None  # only Table.extract would need one
    return tuple(tuple(tuple(row.cells) for row in plumber.Table(no_page, cells).rows) for cells in groups)


def _edge(box: Box) -> dict[str, Any]:
    """An edge with what pdfplumber reads of it."""
    left, top, right, bottom = box
    return {
        "x0": left,
        "x1": right,
        "top": top,
        "bottom": bottom,
        "doctop": top,
        "width": right - left,
        "height": bottom - top,
        "orientation": "v" if left == right else "h",
    }
