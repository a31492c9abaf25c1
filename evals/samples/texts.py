"""A Document or a Workbook as plain text, as a web page, as a table apart by commas."""

import csv
from collections.abc import Iterator
from html import escape
from io import StringIO

from evals.samples.document import (
    FICTION,
    LEFT,
    UP,
    Block,
    Break,
    Choices,
    Comment,
    Document,
    Fields,
    Grid,
    Heading,
    Hidden,
    Signing,
    Title,
    Workbook,
    plain,
)


def text(document: Document) -> str:
    """Lines apart by CR and LF; cells of a row apart by tabs."""
    return "\r\n".join(line for block in document.blocks for line in _lines(block) if line)


def web(document: Document) -> str:
    """Hidden words are not displayed, comments are those of HTML."""
    body = "\n".join(_tags(block) for block in document.blocks)
    head = '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>网页</title></head>'
    return f"{head}\n<body>\n{body}\n<footer>{FICTION}</footer>\n</body></html>\n"


def table(book: Workbook) -> str:
    """The first sheet: its title, column names, rows, and the note."""
    sheet, held = book.sheets[0], StringIO()
    writer = csv.writer(held)
    for row in (sheet.columns, *sheet.rows):
        writer.writerow(plain(cell) if isinstance(cell, str) else cell for cell in row)
    for note in (sheet.note, FICTION):
        if note:
            writer.writerow([plain(note)])
    return held.getvalue()


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Grid(rows=rows):
            for row in rows:
                yield "\t".join(plain(cell) for cell in row if cell not in (LEFT, UP))
        case Fields(rows=pairs):
            yield from (f"{label}：{plain(words)}" for label, words in pairs)
        case Choices(label=label, options=options, chosen=chosen):
            yield f"{label}：" + " ".join(f"{'■' if n in chosen else '□'}{each}" for n, each in enumerate(options))
        case Signing(lines=lines):
            yield from map(plain, lines)
        case Break() | Hidden() | Comment():
            pass
        case _:
            yield plain(block.words)


def _tags(block: Block) -> str:
    match block:
        case Title(words=words):
            return f"<h1>{escape(plain(words))}</h1>"
        case Heading(words=words, level=level):
            return f"<h{level + 1}>{escape(plain(words))}</h{level + 1}>"
        case Grid(rows=rows):
            cells = (
                "".join(f"<td>{escape(plain(cell))}</td>" for cell in row if cell not in (LEFT, UP)) for row in rows
            )
            return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"
        case Hidden(words=words):
            return f'<p style="display:none">{escape(words)}</p>'
        case Comment(words=words):
            return f"<!-- {escape(words)} -->"
        case _:
            return "\n".join(f"<p>{escape(line)}</p>" for line in _lines(block))
