"""Tables of a document of office: rows under a header that repeats on every page."""

from collections.abc import Callable, Sequence
from typing import Any

from docx.oxml.ns import qn

from assistant.drafting.official_parts import Part, Piece
from assistant.drafting.official_styles import CHARACTER_POINTS, CHARACTERS, Role
from assistant.drafting.official_xml import element, paragraph_element, run_elements, twips
from assistant.drafting.schema import Source, Table

_WIDTH = twips(CHARACTERS * CHARACTER_POINTS)

Comment = Callable[[str, Any, Any], None]
"""Anchors a comment of these words from the first to the last of two runs."""


def table_element(table: Table, comment: Comment) -> Any:
    """The table as wide as the text; its header repeats on every page and no row splits between pages. The sources
    of a row are one comment at its first cell, each with the columns it stands for."""
    made = _frame(_widths(table))
    made.append(row_element(table.header, table, "header_cell"))
    made[-1][0].append(element("tblHeader"))
    for row in table.rows:
        made.append(row_element([sentence.text for sentence in row], table))
        runs = made[-1][1].findall(".//{*}r")
        comment(_row_sources(table.header, [s.sources for s in row]), runs[0], runs[-1])
    return made


def row_element(texts: Sequence[str], table: Table, role: Role = "cell") -> Any:
    """A row of `table` that stays on one page."""
    row, setting = element("tr"), element("trPr")
    row.append(setting)
    setting.append(element("cantSplit"))
    for text, width in zip(texts, _widths(table), strict=True):
        row.append(_cell(text, role, width))
    return row


def keep_last_row(table: Any) -> None:
    """On the page of what follows: a signature does not stand on a page alone (7.3.5.5)."""
    for setting in table[-1].iter(qn("w:pPr")):
        setting.insert(1, element("keepNext"))


def _widths(table: Table) -> list[int]:
    count = len(table.header)
    shares = table.widths or (1 / count,) * count
    return [round(_WIDTH * share / sum(shares)) for share in shares]


def _row_sources(header: tuple[str, ...], sources: list[tuple[Source, ...]]) -> str:
    """Columns that stand on the same are named together."""
    columns: dict[tuple[Source, ...], list[str]] = {}
    for name, found in zip(header, sources, strict=True):
        columns.setdefault(found, []).append(name)
    return "\n".join(f"【{'、'.join(names)}】{told(found)}" for found, names in columns.items())


def told(sources: tuple[Source, ...]) -> str:
    """Sources as a comment says them, one to a line."""
    return "\n".join(f"{s.label}：“{s.quote}”" if s.quote else s.label for s in sources)


def _frame(widths: list[int]) -> Any:
    made, setting = element("tbl"), element("tblPr")
    made.append(setting)
    setting.append(element("tblW", w=sum(widths), type="dxa"))
    setting.append(element("jc", val="center"))
    borders = element("tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(element(side, val="single", sz=4, space=0, color="000000"))
    setting.append(borders)
    setting.append(element("tblLayout", type="fixed"))
    margins = element("tblCellMar")
    for side in ("left", "right"):
        margins.append(element(side, w=57, type="dxa"))
    setting.append(margins)
    grid = element("tblGrid")
    made.append(grid)
    for width in widths:
        grid.append(element("gridCol", w=width))
    return made


def _cell(text: str, role: Role, width: int) -> Any:
    cell, setting = element("tc"), element("tcPr")
    cell.append(setting)
    setting.append(element("tcW", w=width, type="dxa"))
    setting.append(element("vAlign", val="center"))
    paragraph = paragraph_element(Part(role, (Piece(text),)))
    paragraph.extend(run_elements(text) or [element("r")])
    cell.append(paragraph)
    return cell
