"""A pre-screening report, and the draft of what is to be supplied, as Markdown."""

import re
from collections.abc import Sequence

from assistant.reports.outline import Caution, Grid, Heading, Line, Piece, Quote, report_outline, supplement_outline
from assistant.reports.schema import Override, Report
from assistant.reports.words import printable

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~&$])")
_OPENING = re.compile(r"^(\d+)([.)])|^([-+=])")
"""What would make the beginning of a line a list or a heading's rule."""


def report_markdown(report: Report, overrides: Sequence[Override] = (), *, own: bool = False) -> str:
    """The report as Markdown; words of materials are escaped. `own`: of an applicant's own check."""
    return _written(report_outline(report, overrides, own=own))


def supplement_text(report: Report, overrides: Sequence[Override] = ()) -> str:
    """The draft 补正材料告知 as plain text, to be copied into another program."""
    lines = []
    for piece in supplement_outline(report, overrides):
        match piece:
            case Line(text, label):
                lines.append(f"{label}{text}")
            case Heading(text) | Caution(text):
                lines.append(text)
            case _:
                raise TypeError(piece)
    return printable("\n".join(lines))


def _written(pieces: Sequence[Piece]) -> str:
    return "\n\n".join(map(_piece, pieces)) + "\n"


def _piece(piece: Piece) -> str:
    match piece:
        case Heading(text, level):
            return f"{'#' * level} {_escaped(text)}"
        case Line(text, label):
            return f"**{_escaped(label)}**:{_escaped(text)}" if label else _escaped(text)
        case Quote(text, source):
            return f"> {_escaped(text)}\n>\n> ——{_escaped(source)}"
        case Caution(text):
            return f"> **注意:{_escaped(text)}**"
        case Grid(header, rows, widths):
            rule = "|".join("---" for _ in widths)
            return "\n".join([_row(header), f"|{rule}|", *map(_row, rows)])


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(map(_escaped, cells))} |"


def _escaped(text: str) -> str:
    """The text on one line, every character of it as itself."""
    shown = _MARKUP.sub(r"\\\1", " ".join(printable(text).split()))
    return _OPENING.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", shown)
