"""A page's text as it grows block by block, with the place of every character."""

from dataclasses import dataclass, field

import numpy as np

from ingest.materials import Block, BlockKind, Boxes
from ingest.ocr_cells import columns
from ingest.ocr_lines import Floats, boxes
from ingest.ocr_rows import Placed, is_latin, rows_of


@dataclass(frozen=True, slots=True)
class Writing:
    """A page's text, its blocks and tables, and the places of its characters and tables in pixels, a row for each."""

    text: str
    blocks: tuple[Block, ...]
    boxes: Boxes
    tables: tuple[tuple[tuple[str, ...], ...], ...] = ()
    table_boxes: Boxes = field(default_factory=lambda: np.empty((0, 4), dtype=np.float32))


class Growing:
    """Takes blocks and tables in reading order."""

    def __init__(self, turn: Floats) -> None:
        self._turn = turn
        self._text: list[str] = []
        self._blocks: list[Block] = []
        self._boxes: list[Boxes] = []
        self._length = 0
        self._tables: list[tuple[tuple[str, ...], ...]] = []
        self._table_boxes: list[tuple[float, ...]] = []

    def add(self, kind: BlockKind, cells: list[list[Placed]], level: int = 0) -> list[str]:
        """A block of the pieces of one or several cells; the words of each cell. `level` is a heading's."""
        if self._length:
            self._put("\n")
        start, found = self._length, []
        for number, pieces in enumerate(cells):
            if number:
                self._put("\t")
            begin = len(self._text)
            for place, piece in enumerate(pieces):
                words = piece.line.text
                if place and is_latin(pieces[place - 1].line.text[-1]) and is_latin(words[0]):
                    self._put(" ")
                self._put(words, boxes(piece.line))
            found.append("".join(self._text[begin:]))
        self._blocks.append(Block(kind, start, self._length, level))
        return found

    def add_table(self, cells: Floats, table: list[list[int]], words: dict[int, list[Placed]]) -> None:
        """Its rows that have words; empty cells at the end of a row are left out of the text."""
        place = columns(cells, table)
        width, rows = max(place.values()) + 1, []
        for row in table:
            filled = row[: max((n for n, cell in enumerate(row, start=1) if words[cell]), default=0)]
            if not filled:
                continue
            written = self.add("row", [[piece for line in rows_of(words[cell]) for piece in line] for cell in filled])
            told = dict(zip((place[cell] for cell in filled), written, strict=True))
            rows.append(tuple(told.get(column, "") for column in range(width)))
        self._tables.append(tuple(rows))
        around = cells[[cell for row in table for cell in row]]
        left, top = around[:, :2].min(axis=0)
        right, bottom = around[:, 2:].max(axis=0)
        corners = np.array([[left, top], [right, top], [left, bottom], [right, bottom]]) @ self._turn
        self._table_boxes.append((*corners.min(axis=0), *corners.max(axis=0)))

    def _put(self, words: str, places: Boxes | None = None) -> None:
        if places is None:
            places = np.full((len(words), 4), np.nan, dtype=np.float32)
        self._text.append(words)
        self._boxes.append(places)
        self._length += len(words)

    def writing(self) -> Writing:
        boxes = np.concatenate([np.empty((0, 4), dtype=np.float32), *self._boxes])
        around = np.array(self._table_boxes, dtype=np.float32).reshape(-1, 4)
        return Writing("".join(self._text), tuple(self._blocks), boxes, tuple(self._tables), around)
