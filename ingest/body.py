"""The clauses of one body: the main text of a policy, or that of an annex."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Literal, get_args

from ingest.headings import Piece, Style
from ingest.numerals import to_chinese
from ingest.openings import MARKS
from ingest.paragraphs import Item, Paragraph, paragraphs
from ingest.schema import ClauseKind
from ingest.tree import Node, Tree

Heading = Literal["part", "chapter", "section"]
_SHORT: dict[Heading, str] = {"part": "part", "chapter": "c", "section": "s"}
_SQUEEZED = re.compile(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])")
_PUNCTUATION = "。；：，:;,、？！"


def add_body(tree: Tree, pieces: Sequence[Piece], prefix: str, parent: Node | None) -> None:
    """Append the clauses of `pieces` under `parent`; `prefix` (a1:) goes before their ids."""
    _Body(tree, pieces, prefix, parent).add()


class _Body:
    def __init__(self, tree: Tree, pieces: Sequence[Piece], prefix: str, parent: Node | None) -> None:
        self.tree = tree
        self.source = tree.source
        self.pieces = pieces
        self.prefix = self.article_prefix = self.chapter_prefix = prefix
        self.outer = parent
        self.levels = _levels(tree.source, pieces)
        self.headings: dict[Heading, Node] = {}
        self.last: Counter[str] = Counter()  # the last number given, by scope
        self.texts = 1

    def add(self) -> None:
        index = 0
        while index < len(self.pieces):
            level = self.levels[index]
            if level is not None:
                index = self._heading(index, level)
                continue
            if self.pieces[index].unit == "note":
                self._note(self.pieces[index])
                index += 1
                continue
            stop = index + 1
            while stop < len(self.pieces) and self.levels[stop] is None and not _opens(self.pieces[stop]):
                stop += 1
            notes = stop
            while notes > index and self.pieces[notes - 1].unit == "note":
                notes -= 1
            content = self.pieces[index:notes]
            self._article(content) if _opens(content[0]) else self._loose(content)
            for note in self.pieces[notes:stop]:
                self._note(note)
            index = stop

    def _note(self, piece: Piece) -> None:
        self.tree.add("note", "note", "说明", (piece.start, piece.end), self._container())

    def _container(self) -> Node | None:
        return next(
            (self.headings[level] for level in reversed(get_args(Heading)) if level in self.headings), self.outer
        )

    def _heading(self, index: int, level: Heading) -> int:
        """Open a part, chapter or section; its heading is a leaf of its own. Returns the index behind it."""
        piece, end, index = self.pieces[index], self.pieces[index].end, index + 1
        words = self.source[piece.body : end].strip(MARKS)
        if (not words or words[-1] in "、，") and index < len(self.pieces):
            below = self.pieces[index]
            text = self.source[below.start : min(below.end, below.start + 60)]
            if (
                below.unit == "plain"
                and self.levels[index] is None
                and len(text) <= 40
                and text[-1] not in _PUNCTUATION
            ):
                words, end, index = words + text, below.end, index + 1
        for lower in get_args(Heading)[get_args(Heading).index(level) :]:
            self.headings.pop(lower, None)
        above = self._container()
        scope = above.clause.id if level == "section" and above and above.clause.kind == "chapter" else ""
        stem = f"{scope or (self.chapter_prefix if level == 'chapter' else self.prefix)}{_SHORT[level]}"
        number = piece.number if piece.number is not None else self.last[stem] + 1
        if level == "chapter" and number == 1 and self.tree.taken(f"{stem}1"):
            self.chapter_prefix = self._next_prefix()
            stem = f"{self.chapter_prefix}c"
        self.last[stem] = number
        label = _squeezed(self.source[piece.start : end])
        if piece.unit == level and piece.number is not None:
            name = next(char for char in self.source[piece.start : piece.body][::-1] if char in "编篇章节")
            label = f"第{to_chinese(number)}{name}{_suffix(piece)} {_squeezed(words)}".strip()
        key = f"{stem}{number}{f'-{piece.suffix}' if piece.suffix else ''}"
        node = self.tree.add(level, key, label, (piece.start, end), above, leaf=False, **{level: label})
        self.tree.add("title", f"{node.clause.id}h", label, (piece.start, end), node)
        self.headings[level] = node
        return index

    def _next_prefix(self) -> str:
        """What tells numbers apart that begin again: the part they stand in, else the count of texts in the file."""
        part = self.headings.get("part")
        if part is not None and not self.tree.taken(f"{part.clause.id}:1"):
            return f"{part.clause.id}:"
        self.texts += 1
        return f"{self.prefix}t{self.texts}:"

    def _article(self, pieces: Sequence[Piece]) -> None:
        opening = pieces[0]
        worded = not opening.style
        above = self._container()
        if opening.unit == "heading" or opening.number is None:
            label = _squeezed(self.source[opening.start : opening.end])
            stem = f"{above.clause.id if above else self.prefix}x"
            self.last[stem] += 1
            key = f"{stem}{self.last[stem]}"
        else:
            if opening.number == 1 and opening.suffix is None and self.tree.taken(f"{self.article_prefix}1"):
                above = self._restart(worded)
            label = f"第{to_chinese(opening.number)}条{_suffix(opening)}"
            label = label if worded else _marker(opening.style, opening.number)
            key = f"{self.article_prefix}{opening.number}{f'-{opening.suffix}' if opening.suffix else ''}"
        found = paragraphs(self.source, pieces)
        flat = len(found) == 1 and not found[0].items
        span = (opening.start, found[0].end)
        number = opening.number if opening.unit == "article" else None
        node = self.tree.add("article", key, label, span, above, flat, article=number, suffix=opening.suffix)
        if flat:
            return
        if len(found) == 1:
            self.tree.add("paragraph", f"{node.clause.id}p1", label, span, node)
            self._items(found[0].items, node, label, worded)
            return
        for order, paragraph in enumerate(found, 1):
            name = f"{label}第{to_chinese(order)}{'款' if worded else '段'}"
            self._paragraph(paragraph, f"{node.clause.id}p{order}", name, node, order, worded)

    def _restart(self, worded: bool) -> Node | None:
        """Article numbers begin again."""
        above = self._container()
        if not worded and above is not None:
            self.article_prefix = f"{above.clause.id}:"
        elif not self.tree.taken(f"{self.chapter_prefix}1"):
            self.article_prefix = self.chapter_prefix
        else:
            self.article_prefix = self._next_prefix()
            if "part" not in self.headings:
                self.headings.clear()
        return self._container()

    def _loose(self, pieces: Sequence[Piece]) -> None:
        """Words that no article holds."""
        above = self._container()
        inside = above is not None and above is not self.outer
        stem = f"{above.clause.id if above and inside else self.prefix}p"
        for paragraph in paragraphs(self.source, pieces):
            self.last[stem] += 1
            order = self.last[stem]
            name = f"{above.clause.label if above and inside else '正文'}第{to_chinese(order)}段"
            self._paragraph(paragraph, f"{stem}{order}", name, above, order, True)

    def _paragraph(
        self, paragraph: Paragraph, key: str, label: str, above: Node | None, order: int, worded: bool
    ) -> None:
        span = (paragraph.start, paragraph.end)
        node = self.tree.add("paragraph", key, label, span, above, not paragraph.items, paragraph=order)
        if paragraph.items and paragraph.start < paragraph.end:
            self.tree.add("paragraph", f"{node.clause.id}h", label, span, node)
        self._items(paragraph.items, node, label, worded)

    def _items(self, items: Sequence[Item], above: Node, label: str, worded: bool) -> None:
        deeper = above.clause.kind == "item"
        for item in items:
            name = _marker(item.style, item.number)
            name = f"{label}第{name}{'目' if deeper else '项'}" if worded else f"{label}{name}"
            span = (item.start, item.end)
            number = {"subitem": item.number} if deeper else {"item": item.number}
            kind: ClauseKind = "subitem" if deeper else "item"
            node = self.tree.add(
                kind, f"{above.clause.id}.{item.number}", name, span, above, not item.children, **number
            )
            if item.children:
                self.tree.add("item", f"{node.clause.id}h", name, span, node)
                self._items(item.children, node, name, worded)


def _opens(piece: Piece) -> bool:
    return piece.unit in ("article", "heading")


def _suffix(piece: Piece) -> str:
    return f"之{to_chinese(piece.suffix)}" if piece.suffix else ""


def _squeezed(text: str) -> str:
    """A heading without Markdown marks and without the spaces that only spread it (总  则)."""
    return " ".join(_SQUEEZED.sub("", text.strip(MARKS)).split())


def _marker(style: Style, number: int) -> str:
    """The marker of an item as it is cited: (一), 一, 1, (1), ①, a."""
    match style:
        case "(一)":
            return f"({to_chinese(number)})"
        case "一、":
            return to_chinese(number)
        case "(1)":
            return f"({number})"
        case "①" if number <= 20:
            return chr(ord("①") + number - 1)
        case "a)":
            return chr(ord("a") + number - 1)
        case _:
            return str(number)


def _levels(source: str, pieces: Sequence[Piece]) -> list[Heading | None]:
    """The level of each piece that heads others. In a text with articles, 一、合同的订立 on its own line heads them;
    Markdown headings without a number rank by their count of marks."""
    chaptered = any(piece.unit == "chapter" and piece.number for piece in pieces)
    articled = any(piece.unit == "article" and not piece.style for piece in pieces)
    ranks = sorted({piece.level for piece in pieces if piece.level and piece.unit in ("heading", "item")})
    found: list[Heading | None] = []
    for index, piece in enumerate(pieces):
        level: Heading | None = None
        if piece.unit in ("part", "chapter", "section"):
            level = piece.unit
        elif piece.level and piece.unit in ("heading", "item"):
            rank = ranks.index(piece.level) + chaptered
            level = "chapter" if rank == 0 else "section" if rank == 1 else None
        elif articled and piece.unit == "item" and piece.style == "一、" and index + 1 < len(pieces):
            words = source[piece.body : min(piece.end, piece.body + 40)]
            if pieces[index + 1].unit == "article" and len(words) < 30 and words[-1:] not in tuple(_PUNCTUATION):
                level = "section" if chaptered else "chapter"
        found.append(level)
    return found
