"""Words found in the pictures of a page, beside the words that the page has itself."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ingest.materials import Block, Boxes, Page
from ingest.normalize import fold

_AROUND = 2.0
"""points around a character that count as its place"""


def merge(page: Page, recognised: Page) -> Page:
    """`page` with what OCR read where the page has no words of its own, as blocks of the kind "picture" at the end.

    Characters that lie on the page's own ones are left out, and so is what the page's text says anyway. Boxes are kept
    on a page that has a size, which `recognised` then shares; elsewhere they would be those of the picture alone.
    """
    own = fold(page.text)[0]
    taken = _taken(page, recognised)
    text, blocks, boxes = [page.text], list(page.blocks), [_places(page)]
    length = len(page.text)
    for block in recognised.blocks:
        for start, end in _new(recognised.text, block, taken):
            words = recognised.text[start:end]
            folded = fold(words)[0]
            if not folded or folded in own:
                continue
            if length:
                text.append("\n")
                boxes.append(np.full((1, 4), np.nan, dtype=np.float32))
                length += 1
            blocks.append(Block("picture", length, length + len(words)))
            text.append(words)
            boxes.append(_places(recognised)[start:end])
            length += len(words)
    placed = np.concatenate(boxes) if page.size is not None else None
    return replace(page, text="".join(text), blocks=tuple(blocks), boxes=placed)


def _places(page: Page) -> Boxes:
    return page.boxes if page.boxes is not None else np.full((len(page.text), 4), np.nan, dtype=np.float32)


def _taken(page: Page, recognised: Page) -> NDArray[np.bool_]:
    """Whether each recognised character stands where the page has one of its own."""
    taken = np.zeros(len(recognised.text), dtype=bool)
    if page.boxes is None or page.size is None or recognised.boxes is None:
        return taken
    width, height = (int(side) + 1 for side in page.size)
    covered = np.zeros((height, width), dtype=bool)
    for left, top, right, bottom in page.boxes[~np.isnan(page.boxes).any(axis=1)]:
        rows = slice(max(0, int(top - _AROUND)), max(0, int(bottom + _AROUND) + 1))
        covered[rows, max(0, int(left - _AROUND)) : max(0, int(right + _AROUND) + 1)] = True
    printed = ~np.isnan(recognised.boxes).any(axis=1)
    places = recognised.boxes[printed]
    across = np.clip((places[:, 0] + places[:, 2]) / 2, 0, width - 1).astype(int)
    down = np.clip((places[:, 1] + places[:, 3]) / 2, 0, height - 1).astype(int)
    taken[printed] = covered[down, across]
    return taken


def _new(text: str, block: Block, taken: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """The stretches of a block, at least two characters long, that the page does not have."""
    if not taken[block.start : block.end].any():
        yield block.start, block.end
        return
    start = block.start
    for place in range(block.start, block.end + 1):
        if place == block.end or taken[place]:
            words = text[start:place]
            if len(words.strip()) >= 2:
                begin = start + len(words) - len(words.lstrip())
                yield begin, begin + len(words.strip())
            start = place + 1
