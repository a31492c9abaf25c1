"""Where a quote stands in a material: on which page, at which characters, in which boxes."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ingest.materials import Box, Boxes, Material, PageNumber
from ingest.normalize import fold

_APART = "\0"  # stands between pages that do not go on from one another; folded text never holds it


@dataclass(frozen=True, slots=True)
class Place:
    """A quote, or its part on one page: `text[start:end]` of that page, with one box for each printed line (none where
    the format has no places). The parts of a quote that runs over a page break have the same `occurrence`, from 0."""

    page: PageNumber
    start: int
    end: int
    boxes: tuple[Box, ...] = ()
    occurrence: int = 0


def locate(quote: str, material: Material) -> tuple[Place, ...]:
    """Every place of one quote; whoever looks for several in the same material keeps a QuoteFinder."""
    return QuoteFinder(material).locate(quote)


class QuoteFinder:
    """Finds quotes in one material, whose pages are folded once."""

    def __init__(self, material: Material) -> None:
        self._pages = material.pages
        self._starts: list[int] = []  # of each page in all pages' texts, one behind the other
        words: list[str] = []
        places: list[NDArray[np.int32]] = []
        at = 0
        for number, page in enumerate(self._pages):
            self._starts.append(at)
            folded = list(map(_folded, page.text))
            words += folded
            lengths = np.fromiter(map(len, folded), np.int32, len(folded))
            places.append(np.repeat(np.arange(at, at + len(folded), dtype=np.int32), lengths))
            at += len(folded)
            following = self._pages[number + 1].number if number + 1 < len(self._pages) else None
            if not (isinstance(page.number, int) and isinstance(following, int)):
                words.append(_APART)
                places.append(np.array([at], np.int32))
                at += 1
        self._words = "".join(words)
        self._places = np.concatenate(places) if places else np.zeros(0, np.int32)

    def locate(self, quote: str) -> tuple[Place, ...]:
        """Every place of `quote`, first first, whatever its width, spacing or brackets, over ends of lines, blocks and
        pages (not of sheets). Empty when it stands nowhere."""
        return tuple(
            place
            for occurrence, (start, end) in enumerate(self._found(fold(quote)[0]))
            for place in self._parts(start, end, occurrence)
        )

    def _found(self, wanted: str) -> Iterator[tuple[int, int]]:
        """The (start, end) of each occurrence in all pages' texts; those found do not overlap."""
        at = self._words.find(wanted) if wanted else -1
        while at >= 0:
            end = at + len(wanted)
            if self._is_edge(at) and self._is_edge(end):
                yield int(self._places[at]), int(self._places[end - 1]) + 1
                at = self._words.find(wanted, end)
            else:
                at = self._words.find(wanted, at + 1)

    def _is_edge(self, at: int) -> bool:
        """Whether a character begins or ends here: one can fold to several (⑩ to 10)."""
        return at in (0, len(self._places)) or bool(self._places[at - 1] != self._places[at])

    def _parts(self, start: int, end: int, occurrence: int) -> Iterator[Place]:
        for number in range(bisect_right(self._starts, start) - 1, bisect_right(self._starts, end - 1)):
            page, above = self._pages[number], self._starts[number]
            first, last = max(start - above, 0), min(end - above, len(page.text))
            if first < last:
                boxes = () if page.boxes is None else line_boxes(page.boxes[first:last])
                if page.ocr:
                    boxes = tuple(map(_lengthened, boxes))
                yield Place(page.number, first, last, boxes, occurrence)


def line_boxes(boxes: Boxes) -> tuple[Box, ...]:
    """The boxes of characters in reading order, merged into one for each printed line, or for each stretch of a line
    where a gap as wide as between cells or columns parts it. Lines may run in any direction."""
    printed: list[Box] = [tuple(row) for row in boxes[~np.isnan(boxes).any(axis=1)].tolist()]
    if not printed:
        return ()
    lines, upright = [printed[0]], False
    alone = True
    for before, box in pairwise(printed):
        beside, below = _beside(before, box, apart=2), _beside(_turned(before), _turned(box), apart=0.6)
        if (alone and (beside or below)) or (below if upright else beside):
            if alone:
                alone, upright = False, not beside
            line = lines[-1]
            lines[-1] = (min(line[0], box[0]), min(line[1], box[1]), max(line[2], box[2]), max(line[3], box[3]))
        else:
            lines.append(box)
            alone = True
    return tuple((round(left, 2), round(top, 2), round(right, 2), round(low, 2)) for left, top, right, low in lines)


def _lengthened(box: Box) -> Box:
    """OCR tells where a line ends to the pixel, and where a character does to a tenth of its height."""
    left, top, right, low = box
    across, down = (0.1 * (low - top), 0.0) if right - left >= low - top else (0.0, 0.1 * (right - left))
    return round(left - across, 2), round(top - down, 2), round(right + across, 2), round(low + down, 2)


def _beside(first: Box, second: Box, *, apart: float) -> bool:
    """Whether two characters stand on one level line, no further `apart` than so many heights."""
    shared = min(first[3], second[3]) - max(first[1], second[1])
    height = min(first[3] - first[1], second[3] - second[1])
    gap = max(first[0], second[0]) - min(first[2], second[2])
    return shared >= height / 2 and gap <= apart * max(first[3] - first[1], second[3] - second[1])


def _turned(box: Box) -> Box:
    return box[1], box[0], box[3], box[2]


@lru_cache(maxsize=65536)
def _folded(char: str) -> str:
    return fold(char)[0]
