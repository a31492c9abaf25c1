"""Drafts of a document's pages to pages: running heads apart, paragraphs joined, headings told from paragraphs."""

import re
from collections.abc import Sequence

import numpy as np

from ingest.materials import Block, BlockKind, Boxes, Page
from ingest.readers.invisible import visible
from ingest.readers.pdf_drafts import Draft
from ingest.readers.pdf_margins import margins
from ingest.readers.pdf_paragraphs import Passage, Usual, continues, joined, passages, usual

_NUMBERED = (
    re.compile(r"第[〇零一二三四五六七八九十百\d]{1,5}[编篇章部]|[一二三四五六七八九十]{1,3}、"),
    re.compile(r"第[〇零一二三四五六七八九十百\d]{1,5}节|[(（][一二三四五六七八九十]{1,3}[)）]"),
    re.compile(r"\d{1,2}[.．、](?!\d)|\d{1,2}(?:\.\d{1,2}){1,3}(?=\s|[\u4e00-\u9fff])"),
)
_LONGEST = 50  # characters of a heading


def assembled(drafts: Sequence[Draft]) -> tuple[tuple[Page, ...], list[str]]:
    """The pages of a document, numbered as the drafts are, and the words that invisible characters part."""
    margin_lines = margins(drafts)
    bodies = [
        [line for place, line in enumerate(draft.lines) if place not in apart]
        for draft, apart in zip(drafts, margin_lines, strict=True)
    ]
    widths = sorted(draft.size[0] for draft in drafts)
    most = usual([line for lines in bodies for line in lines], widths[len(widths) // 2])
    pages: list[Page] = []
    parted: list[str] = []
    last: Passage | None = None
    paragraphs = [passages(lines, most) for lines in bodies]
    larger = _larger(paragraphs, most)
    for draft, found, apart in zip(drafts, paragraphs, margin_lines, strict=True):
        going_on = bool(last and found and not _level(last, most, larger) and continues(last, found[0], most))
        kept = tuple(draft.lines[place].text for place in sorted(apart))
        pages.append(_page(draft, found, most, larger, (*kept, *draft.askew), going_on, parted))
        last = found[-1] if found else None
    return tuple(pages), parted


def _larger(pages: Sequence[Sequence[Passage]], most: Usual) -> list[float]:
    """The font sizes of headings that are larger than the text, the largest first."""
    sizes = {
        round(passage.size * 2) / 2
        for found in pages
        for passage in found
        if passage.lines[0].table is None and passage.size > 1.12 * most.size and _short(passage)
    }
    return sorted(sizes, reverse=True)


def _short(passage: Passage) -> bool:
    words = "".join(line.text for line in passage.lines)
    return len(passage.lines) <= 3 and len(words) <= _LONGEST and not re.search(r"[。；;，,：:]$|[。；]", words)


def _level(passage: Passage, most: Usual, larger: Sequence[float]) -> int:
    """The depth of a heading, from 1; 0 for a paragraph. Larger fonts come before numbered headings of text size."""
    if passage.lines[0].table is not None or not _short(passage):
        return 0
    words = passage.lines[0].text
    if not re.search(r"[^\W\d_]", words):
        return 0
    size = round(passage.size * 2) / 2
    deeper = min(len(larger), 3)
    numbered = next((level for level, pattern in enumerate(_NUMBERED, 1) if pattern.match(words)), 0)
    if size in larger:
        return min(larger.index(size) + 1, 6)
    if passage.size < 0.9 * most.size or not (numbered or passage.lines[0].bold):
        return 0
    return deeper + (numbered or 1) if passage.lines[0].bold or numbered < 3 else 0


def _page(
    draft: Draft,
    found: Sequence[Passage],
    most: Usual,
    larger: Sequence[float],
    apart: tuple[str, ...],
    going_on: bool,
    parted: list[str],
) -> Page:
    blocks: list[Block] = []
    texts: list[str] = []
    boxes: list[Boxes] = []
    length = 0

    def put(kind: BlockKind, words: str, places: Boxes, level: int = 0) -> None:
        nonlocal length
        seen = visible(words, parted)
        if seen != words:
            words, places = seen, places[[visible(char, []) == char for char in words]]
        if texts:
            boxes.append(np.full((1, 4), np.nan, np.float32))
            length += 1
        blocks.append(Block(kind, length, length + len(words), level))
        texts.append(words)
        boxes.append(places)
        length += len(words)

    for passage in found:
        table = passage.lines[0].table
        if table is not None:
            for row in draft.rows[table]:
                put("row", row.text, row.boxes)
            continue
        level = _level(passage, most, larger)
        put("heading" if level else "paragraph", *joined(passage.lines), level)
    return Page(
        number=draft.number,
        text="\n".join(texts),
        blocks=tuple(blocks),
        tables=tuple(ruled.table for ruled in draft.tables),
        boxes=np.concatenate(boxes) if boxes else np.empty((0, 4), np.float32),
        size=draft.size,
        margins=apart,
        ocr=draft.ocr,
        continues=going_on,
    )
