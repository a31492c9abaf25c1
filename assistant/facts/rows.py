"""Fields in table rows: a label and the cell behind or below it."""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from assistant.facts.layout import Field, Line, label_of
from assistant.facts.width import bare

_TOGETHER = re.compile(r"联合(?:申报|申请)?(?:单位|企业|方|体)|共同申报单位|第二申报单位")


def in_row(text: str, row: list[Line], known: Mapping[str, str]) -> Iterator[Field]:
    at = 0
    while at < len(row):
        for wide in (1, 2, 3, 4, 5):
            cells = row[at : at + wide]
            words = "".join(text[cell.start : cell.end] for cell in cells)
            short = wide == 1 or all(len(bare(text[cell.start : cell.end])) <= 2 for cell in cells)
            name = label_of(words, known) if short and len(cells) == wide else None
            if name is None:
                continue
            following = row[at + wide] if at + wide < len(row) else None
            if following and label_of(text[following.start : following.end], known) is None:
                yield Field(name, cells[0].start, following.start, following.end, cells[0].row)
                if at == 0 and wide == 1 and len(row) == 3 and _TOGETHER.search(text):  # a column for each applicant
                    yield Field(name, cells[0].start, row[2].start, row[2].end, cells[0].row)
            elif wide > 1 or len(row) == 1 or following is None:
                yield Field(name, cells[0].start, cells[-1].end, cells[-1].end, cells[0].row)
            at += wide - 1
            break
        at += 1


def below(text: str, rows: list[list[Line]], known: Mapping[str, str]) -> Iterator[Field]:
    """Rows that hold labels only: what stands below each label."""
    following = {row[0].row for row in rows}
    for head, row in pairwise(rows):
        labels = {cell.column: (cell, label_of(text[cell.start : cell.end], known)) for cell in head}
        named = sum(name is not None for _, name in labels.values())
        if named < 2 or row[0].row != head[0].row + 1:
            continue
        # A list of others has several rows, and columns of other things.
        if named < len(labels) and (2 * named <= len(labels) or row[0].row + 1 in following):
            continue
        for cell in row:
            above = labels.get(cell.column)
            if above and above[1] and label_of(text[cell.start : cell.end], known) is None:
                yield Field(above[1], cell.start, cell.start, cell.end, cell.row)
