"""Text with the marks of Markdown: headings, tables, comments that a rendered page does not show."""

import re
from collections.abc import Iterator

from ingest.materials import Table
from ingest.readers.text_page import Piece, table_of

_HEADING = re.compile(r"(#{1,6})[ \t\u3000]+(\S.*?)(?:[ \t]+#+)?[ \t]*")
_RULE_ROW = re.compile(r"\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*")
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_STRONG = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*|__(?=\S)(.+?)(?<=\S)__")
_CELL = re.compile(r"(?<!\\)\|")
_BULLETS = re.compile(r"^ {0,3}(?:#{1,6} \S|\|.*\|\s*$\n^ {0,3}\|?\s*:?-{2,}|```)", re.MULTILINE)


def is_markdown(text: str) -> bool:
    """Whether the text has a heading (# …), a table with its rule, or a fenced part."""
    return _BULLETS.search(text) is not None


def without_comments(text: str) -> tuple[str, list[str]]:
    """The text without <!-- comments -->, and the words of those."""
    comments = [" ".join(match[1].split()) for match in _COMMENT.finditer(text)]
    return _COMMENT.sub("", text), [comment for comment in comments if comment]


def markdown_pieces(lines: list[str], tables: list[Table]) -> Iterator[Piece]:
    """A heading, row or paragraph for each line; marks of lists stay. The tables found are added to `tables`."""
    at = 0
    while at < len(lines):
        line = lines[at].strip()
        heading = _HEADING.fullmatch(line)
        following = lines[at + 1].strip() if at + 1 < len(lines) else ""
        if heading:
            yield "heading", _plain(heading[2]), len(heading[1])
        elif "|" in line and "-" in following and _RULE_ROW.fullmatch(following) and "|" in following:
            rows = [_cells(line)]
            at += 2
            while at < len(lines) and "|" in lines[at]:
                rows.append(_cells(lines[at].strip()))
                at += 1
            tables.append(table_of(rows))
            yield from (("row", "\t".join(row).rstrip("\t"), 0) for row in rows)
            continue
        elif line and re.fullmatch("={3,}", following):
            yield "heading", _plain(line), 1
            at += 1
        elif not line.startswith("```") and not re.fullmatch(r"(?:[-*_][ \t]*){3,}", line):
            yield "paragraph", _plain(line), 0
        at += 1


def _cells(line: str) -> list[str]:
    cells = _CELL.split(line.removeprefix("|"))
    if len(cells) > 1 and not cells[-1].strip():
        cells.pop()
    return [_plain(cell.replace("\\|", "|").replace("\t", " ").strip()) for cell in cells]


def _plain(words: str) -> str:
    return _STRONG.sub(lambda match: match[1] or match[2], words)
