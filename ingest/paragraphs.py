"""The 款, 项 and 目 inside one article."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.headings import Piece, Style

_STRONG: frozenset[Style] = frozenset({"(一)", "一、", "①"})  # no sentence begins like this by chance


@dataclass(slots=True)
class Item:
    """An item or subitem: its own words at `start:end`, what stands under it in `children`."""

    start: int
    end: int
    number: int
    style: Style
    children: list["Item"] = field(default_factory=list)


@dataclass(slots=True)
class Paragraph:
    """One 款: its own words at `start:end` (empty where a list begins without any) and its items."""

    start: int
    end: int
    items: list[Item] = field(default_factory=list)


def paragraphs(source: str, pieces: Sequence[Piece]) -> list[Paragraph]:
    """Words after a list open the next 款, unless the list goes on behind them: then they belong to its last item."""
    found: list[Paragraph] = []
    stack: list[Item] = []
    following = _following(pieces)
    for piece, behind in zip(pieces, following, strict=True):
        style, number = piece.style, piece.number or 0
        depth = next((depth for depth, item in enumerate(stack) if item.style == style), len(stack))
        if piece.unit == "item" and _counts(stack, depth, style, number):
            if depth > 1 and depth == len(stack):  # a fourth level stays in the words of its 目
                stack[-1].end = piece.end
                continue
            if not found or (stack and depth == 0 and number == 1):
                found.append(Paragraph(piece.start, piece.start))
            item = Item(piece.start, piece.end, number, style)
            (stack[depth - 1].children if depth else found[-1].items).append(item)
            stack[depth:] = [item]
        elif stack and any(behind.get(item.style) == item.number + 1 for item in stack):
            stack[-1].end = piece.end
        elif len(found) == 1 and not stack and pieces[0].unit != "plain" and _is_title(source, pieces[0], found[0]):
            found[0].end = piece.end
        else:
            found.append(Paragraph(piece.start, piece.end))
            stack.clear()
    return found


def _counts(stack: Sequence[Item], depth: int, style: Style, number: int) -> bool:
    """Whether an item with this number may come now; an arabic number out of order is words (3.5 times, 2021 …)."""
    if depth == len(stack):
        return number == 1 or (not stack and style in _STRONG)
    before = stack[depth].number
    return number == 1 or style in _STRONG or before < number <= before + 2


def _is_title(source: str, opening: Piece, paragraph: Paragraph) -> bool:
    """第三条 or 第三条 名词解释 alone on its line: the words come on the next."""
    words = source[opening.body : paragraph.end].strip(" \t\u3000\xa0*")
    return len(words) < 20 and (
        not words or words[-1] in "】〕]）)" or not any(mark in words for mark in "。；：，:;,、")
    )


def _following(pieces: Sequence[Piece]) -> list[dict[Style, int]]:
    """For each piece the number of the next item of each style."""
    found: list[dict[Style, int]] = []
    known: dict[Style, int] = {}
    for piece in reversed(pieces):
        found.append(known)
        if piece.unit == "item" and piece.number is not None:
            known = {**known, piece.style: piece.number}
    return found[::-1]
