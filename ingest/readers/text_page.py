"""The page that paragraphs, headings and rows make."""

from collections.abc import Iterable, Sequence

from ingest.materials import Block, BlockKind, Page, Table

Piece = tuple[BlockKind, str, int]
"""A block's kind, its words on one line, and its level"""


def text_page(pieces: Iterable[Piece], tables: Sequence[Table] = ()) -> Page:
    """One page without a number of the pieces that have words, in their order."""
    blocks: list[Block] = []
    lines: list[str] = []
    start = 0
    for kind, words, level in pieces:
        if words.strip():
            blocks.append(Block(kind, start, start + len(words), level))
            lines.append(words)
            start += len(words) + 1
    return Page(None, "\n".join(lines), tuple(blocks), tuple(tables))


def table_of(rows: Sequence[Sequence[str]]) -> Table:
    """The rows as a table, the short ones filled up with empty cells."""
    width = max(map(len, rows), default=0)
    return Table(tuple((*row, *[""] * (width - len(row))) for row in rows))
