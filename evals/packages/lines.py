"""The lines of a written paper → Document or Workbook.

`# ` title, `## ` and `### ` headings, `+ ` a paragraph that counts, `> ` one without indent, `>> ` one on the right,
`!! ` a remark in a frame, `| a | b |` a row of a table (`|---|` below the head), `: label | value` a line of a licence,
`? label: one / *two` check boxes, `~ ` white words, `~tiny ` and `~outside ` others that nobody sees, `@comment ` a
remark in the margin, `---` a new page, `@sign a // b ; seal=… ; by=…` the end of a paper, and papers that are always
alike: `@licence`, `@certificate sponsor from to`, `@commitment date [unsigned] [norecord]`, `@credit date`. Any other
line is a paragraph.

A workbook: `@sheet name | title | hidden`, then rows (the first names the columns; `@people` and `@paid month` fill in
the applicant's), `@note …`, `@comment …`.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import groupby

from evals.samples import pledges, proofs, registration
from evals.samples.applicants import Applicant, day
from evals.samples.document import (
    Block,
    Break,
    Choices,
    Comment,
    Document,
    Fields,
    Framed,
    Grid,
    Heading,
    Hidden,
    Seal,
    Sheet,
    Signing,
    Text,
    Title,
    Workbook,
    plain,
)

_Cell = str | int | float | None
_WHOLE = ("@licence", "@certificate", "@commitment", "@credit")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def document(text: str, applicant: Applicant, options: Mapping[str, str]) -> Document:
    """Raises ValueError for a line with @ that is not known."""
    lines = [line for line in text.split("\n") if line.strip()]
    if lines and lines[0].split()[0] in _WHOLE:
        return _alike(lines[0].split(), applicant)
    blocks: list[Block] = []
    for kind, group in groupby(lines, key=lambda line: line[0] if line[0] in "|:" else ""):
        match kind:
            case "|":
                blocks.append(_grid([_cells(line) for line in group]))
            case ":":
                pairs = [line[1:].partition("|")[::2] for line in group]
                blocks.append(Fields(tuple((label.strip(), words.strip()) for label, words in pairs), 12))
            case _:
                blocks += map(_block, group)
    frame, landscape = "frame" in options, "frame" in options or "landscape" in options
    return Document(tuple(blocks), options.get("header", ""), landscape, frame, numbered=not frame)


def _block(line: str) -> Block:
    sign, _, words = line.partition(" ")
    match sign:
        case "#":
            return Title(words)
        case "##" | "###":
            return Heading(words, len(sign) - 1)
        case "+":
            return Text(words, numbered=True)
        case ">":
            return Text(words, indent=False)
        case ">>":
            return Text(words, indent=False, align="right")
        case "!!":
            return Framed(words)
        case "?":
            return _choices(words)
        case "~":
            return Hidden(words)
        case "~tiny":
            return Hidden(words, "tiny")
        case "~outside":
            return Hidden(words, "outside")
        case "@comment":
            return Comment(words)
        case "@sign":
            return _signing(words)
        case "---":
            return Break()
    if sign.startswith("@"):
        raise ValueError(line)
    return Text(line)


def _choices(words: str) -> Choices:
    label, _, rest = words.partition(":")
    options = [option.strip() for option in rest.split("/")]
    chosen = tuple(number for number, option in enumerate(options) if option.startswith("*"))
    return Choices(label.strip(), tuple(option.removeprefix("*") for option in options), chosen)


def _signing(words: str) -> Signing:
    lines, *options = (part.strip() for part in words.split(";"))
    chosen = dict(option.partition("=")[::2] for option in options)
    seal = Seal(chosen["seal"]) if "seal" in chosen else None
    side = "left" if "left" in chosen else "right"
    return Signing(tuple(line.strip() for line in lines.split("//")), seal, chosen.get("by"), None, side)  # type: ignore[arg-type]


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in re.split(r"\|(?![^⟦⟧]*⟧)", line.strip().strip("|")))


def _grid(rows: list[tuple[str, ...]]) -> Grid:
    head = 1 if len(rows) > 1 and set("".join(rows[1])) == {"-"} else 0
    kept = tuple(row for number, row in enumerate(rows) if not (head and number == 1))
    longest = [max(len(plain(row[place])) for row in kept) for place in range(len(kept[0]))]
    return Grid(kept, tuple(float(min(max(length, 5), 30)) for length in longest), head)


def _alike(words: list[str], applicant: Applicant) -> Document:
    match words:
        case ["@licence"]:
            return registration.licence(applicant)
        case ["@certificate", sponsor, start, end]:
            valid = date.fromisoformat(start), date.fromisoformat(end)
            return registration.certificate(applicant, sponsor=sponsor, valid=valid)
        case ["@commitment", dated, *rest]:
            signed, record = "unsigned" not in rest, "norecord" not in rest
            when = date.fromisoformat(dated) if signed else None
            return pledges.commitment(applicant, dated=when, signed=signed, record=record)
        case ["@credit", checked]:
            return proofs.credit(applicant, checked=date.fromisoformat(checked))
    raise ValueError(" ".join(words))


def workbook(text: str, applicant: Applicant) -> Workbook:
    """Raises ValueError for a line that is not known."""
    sheets = re.split(r"^@sheet ", text, flags=re.MULTILINE)[1:]
    return Workbook(tuple(_sheet(sheet.strip().split("\n"), applicant) for sheet in sheets))


def _sheet(lines: list[str], applicant: Applicant) -> Sheet:
    name, title, *rest = (part.strip() for part in lines[0].split("|"))
    columns, *rows = [
        row for line in lines[1:] if not line.startswith(("@note", "@comment")) for row in _rows(line, applicant)
    ]
    told = {
        line.split(" ", 1)[0]: line.split(" ", 1)[1] for line in lines[1:] if line.startswith(("@note", "@comment"))
    }
    return Sheet(
        name,
        title,
        tuple(str(cell) for cell in columns),
        tuple(rows),
        tuple(min(max(len(str(cell)) * 2, 10), 50) for cell in (rows or [columns])[0]),
        told.get("@note", ""),
        "hidden" in rest,
        told.get("@comment", ""),
    )


def _rows(line: str, applicant: Applicant) -> Iterator[tuple[_Cell, ...]]:
    match line.split():
        case ["@people"]:
            for number, person in enumerate(applicant.people, 1):
                yield number, person.name, person.role, person.degree, person.title
        case ["@paid", month]:
            for number, person in enumerate(applicant.people, 1):
                yield number, person.name, day(person.since), month, 3852.0
        case _:
            if not line.startswith("|"):
                raise ValueError(line)
            yield tuple(_value(cell) for cell in _cells(line))


def _value(cell: str) -> _Cell:
    if _NUMBER.fullmatch(cell) and len(cell) < 12:
        return float(cell) if "." in cell else int(cell)
    return cell or None
