"""Tables of a document of office: rows under a header that repeats, and 版记 at the foot of the last page."""

from collections.abc import Callable
from typing import Any

from assistant.drafting.official_parts import Imprint, Part, Piece
from assistant.drafting.official_styles import CHARACTER_POINTS, CHARACTERS, THICK_MM, THIN_MM
from assistant.drafting.official_xml import element, paragraph_element, run_elements, twips
from assistant.drafting.schema import Source, Table

_WIDTH = twips(CHARACTERS * CHARACTER_POINTS)

Comment = Callable[[str, Any, Any], None]
"""Anchors a comment of these words from the first to the last of two runs."""


def table_element(table: Table, comment: Comment) -> Any:
    """The table as wide as the text; its header repeats on every page and no row splits between pages. The sources
    of a row are one comment at its first cell, each with the columns it stands for."""
    count = len(table.header)
    shares = table.widths or (1 / count,) * count
    widths = [round(_WIDTH * share / sum(shares)) for share in shares]
    made = _frame(widths, dict.fromkeys(("top", "left", "bottom", "right", "insideH", "insideV"), 4))
    made.append(_row([_cell((name,), "header_cell", width) for name, width in zip(table.header, widths, strict=True)]))
    made[-1][0].append(element("tblHeader"))
    for row in table.rows:
        cells = [_cell((s.text,), "cell", width) for s, width in zip(row, widths, strict=True)]
        made.append(_row(cells))
        runs = cells[0].findall(".//{*}r")
        comment(_row_sources(table.header, [s.sources for s in row]), runs[0], runs[-1])
    return made


def _row_sources(header: tuple[str, ...], sources: list[tuple[Source, ...]]) -> str:
    """Columns that stand on the same are named together."""
    columns: dict[tuple[Source, ...], list[str]] = {}
    for name, found in zip(header, sources, strict=True):
        columns.setdefault(found, []).append(name)
    return "\n".join(f"【{'、'.join(names)}】{told(found)}" for found, names in columns.items())


def told(sources: tuple[Source, ...]) -> str:
    """Sources as a comment says them, one to a line."""
    return "\n".join(f"{s.label}：“{s.quote}”" if s.quote else s.label for s in sources)


def imprint_element(imprint: Imprint) -> Any:
    """版记 as a table that stands at the lower edge of the text area: 0.35 mm lines above and below, 0.25 mm between,
    抄送 with one character free at either side, its later lines under the first name (7.4.1 to 7.4.3)."""
    thick, thin = (round(mm / 25.4 * 72 * 8) for mm in (THICK_MM, THIN_MM))
    width = (_WIDTH - 12) // 2
    made = _frame([width, width], {"top": thick, "bottom": thick, "insideH": thin})
    foot = element("tblpPr", vertAnchor="margin", horzAnchor="margin", tblpXSpec="center", tblpYSpec="bottom")
    made[0].insert(0, foot)
    if imprint.copies:
        names = f"抄送：{imprint.copies.rstrip('。.')}。"
        cell = _cell((names,), "copies", _WIDTH, left=4, right=1, first=-3)
        cell[0].insert(1, element("gridSpan", val=2))
        made.append(_row([cell]))
    if imprint.printer:
        left = _cell((imprint.printer,), "print", width, left=1)
        right = _cell((f"{imprint.day}印发",), "print", _WIDTH - width, right=1)
        right.find(".//{*}pPr").append(element("jc", val="right"))
        made.append(_row([left, right]))
    return made


def _frame(widths: list[int], lines: dict[str, int]) -> Any:
    made, setting = element("tbl"), element("tblPr")
    made.append(setting)
    setting.append(element("tblW", w=sum(widths), type="dxa"))
    setting.append(element("jc", val="center"))
    borders = element("tblBorders")
    for side, eighths in lines.items():
        borders.append(element(side, val="single", sz=eighths, space=0, color="000000"))
    setting.append(borders)
    setting.append(element("tblLayout", type="fixed"))
    margins = element("tblCellMar")
    space = 57 if "insideV" in lines else 0
    margins.append(element("left", w=space, type="dxa"))
    margins.append(element("right", w=space, type="dxa"))
    setting.append(margins)
    grid = element("tblGrid")
    made.append(grid)
    for width in widths:
        grid.append(element("gridCol", w=width))
    return made


def _row(cells: list[Any]) -> Any:
    row, setting = element("tr"), element("trPr")
    row.append(setting)
    setting.append(element("cantSplit"))
    for cell in cells:
        row.append(cell)
    return row


def _cell(texts: tuple[str, ...], role: Any, width: int, **places: float) -> Any:
    cell, setting = element("tc"), element("tcPr")
    cell.append(setting)
    setting.append(element("tcW", w=width, type="dxa"))
    setting.append(element("vAlign", val="center"))
    for text in texts:
        paragraph = paragraph_element(Part(role, (Piece(text),), **places))
        for run in run_elements(text) or [element("r")]:
            paragraph.append(run)
        cell.append(paragraph)
    return cell
