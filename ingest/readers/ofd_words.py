"""The words of an OFD page with a box for each character (GB/T 33190-2016, 8 and 11)."""

import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from ofdkit.document import TextRun
from ofdkit.layout import page_text

from ingest.materials import Box

POINTS = 72 / 25.4  # in a millimetre
_TINY = 3 / POINTS
_OUTSIDE = 2.0  # millimetres that letters may stick out of the page
_NEAR_WHITE = 240  # of 255
_MARKS, _CHINESE_MARKS = 0xF0000, 0x20000  # private characters, and rare ones that count as Chinese
_MOST = 65_000


@dataclass(frozen=True, slots=True)
class Letter:
    """A character as placed; `box` in points from the top left of the page."""

    char: str
    box: Box


@dataclass(frozen=True, slots=True)
class PageObjects:
    """What the XML of a page and of the templates says beyond the runs: text objects by their ids, and the areas that
    something darker than paper fills (left, top, right, bottom in millimetres)."""

    texts: Mapping[str, ET.Element]
    grounds: Sequence[Box]


PlacedRun = tuple[TextRun, int]
"""A run, and which of the TextCodes of its text object it is, from 0"""
Line = tuple[tuple[Letter | None, ...], ...]
"""The pieces of a printed line, far apart; None is a space between words."""


def name_of(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def numbers(text: str | None, count: int) -> list[float]:
    """The first `count` numbers of an attribute; empty where it has fewer or is wrong."""
    try:
        found = [float(part) for part in (text or "").replace(",", " ").split()][:count]
    except ValueError:
        return []
    return found if len(found) == count and all(abs(number) < 1e9 for number in found) else []


def seen_and_hidden(
    runs: Sequence[TextRun], objects: PageObjects, page: tuple[float, float, float, float]
) -> tuple[list[PlacedRun], list[str]]:
    """The runs that a reader sees, each once, and the words that are white, tiny, switched off or outside the page."""
    seen: dict[tuple[str, int, int], PlacedRun] = {}
    hidden: list[str] = []
    used: dict[str, int] = {}
    left, top, width, height = page
    for run in runs:
        code = used.get(run.object_id or "", 0)
        used[run.object_id or ""] = code + 1
        if not run.text.strip():
            continue
        inside = (
            left - _OUTSIDE <= run.x <= left + width + _OUTSIDE and top - _OUTSIDE <= run.y <= top + height + _OUTSIDE
        )
        element = objects.texts.get(run.object_id or "")
        if inside and run.size >= _TINY and not (element is not None and _unseen(element, run, objects.grounds)):
            seen.setdefault((run.text, round(run.x * 4), round(run.y * 4)), (run, code))  # drawn twice to look bold
        else:
            hidden.append(run.text)
    return list(seen.values()), hidden


def _unseen(element: ET.Element, run: TextRun, grounds: Sequence[Box]) -> bool:
    if element.get("Visible") == "false" or element.get("Alpha") == "0":
        return True
    stroked = element.get("Stroke") == "true"
    if element.get("Fill") == "false" and not stroked:
        return True
    colour = next((child for child in element if name_of(child) == "FillColor"), None)
    if colour is None or stroked:
        return False
    if colour.get("Alpha") == "0":
        return True
    channels = [float(part) for part in (colour.get("Value") or "").split() if part.isdecimal()]
    white = len(channels) in (1, 3) and min(channels) >= _NEAR_WHITE
    middle_x, middle_y = run.x + run.width / 2, run.y - run.size / 2
    return white and not any(
        left <= middle_x <= right and top <= middle_y <= bottom for left, top, right, bottom in grounds
    )


def chunks_of_lines(
    runs: Sequence[PlacedRun], objects: PageObjects, page: tuple[float, float, float, float]
) -> Iterator[list[Line]]:
    """The lines of a page in reading order, column by column; a new list where a wide gap or a new column begins.

    The order is ofdkit's. It returns text alone, so it is given one mark for each character instead, Chinese ones for
    Chinese characters as it treats upright labels apart, and the marks lead back to the characters and their places.
    """
    letters: dict[str, Letter] = {}
    marked: list[TextRun] = []
    for run, code in runs:
        if len(letters) + len(run.text) > _MOST:
            break
        marks = []
        for letter in _letters(run, objects.texts.get(run.object_id or ""), code, page):
            start = _CHINESE_MARKS if unicodedata.category(letter.char) == "Lo" else _MARKS
            marks.append(chr(start + len(letters)))
            letters[marks[-1]] = letter
        marked.append(replace(run, text="".join(marks)))
    for chunk in page_text(marked).split("\n\n"):
        lines = [
            tuple(tuple(letters.get(mark) for mark in piece) for piece in line.split("   "))
            for line in chunk.split("\n")
            if line
        ]
        if lines:
            yield lines


def _letters(
    run: TextRun, element: ET.Element | None, code: int, page: tuple[float, float, float, float]
) -> Iterator[Letter]:
    """The characters of a run with their boxes; `code` is its place among the TextCodes of `element`."""
    across, down = _steps(run, element, code)
    # ofdkit measures the run as displayed, with the object's transformation.
    scale = run.width / across[-1] if across[-1] > 0 else 1.0
    upright = down[-1] > 0
    for place, char in enumerate(run.text):
        x = (run.x - page[0] + (0 if upright else across[place] * scale)) * POINTS
        y = (run.y - page[1] + (down[place] * scale if upright else 0)) * POINTS
        width = run.size if upright else max((across[place + 1] - across[place]) * scale, run.size * 0.2)
        width = min(width, _width(char, run.size) * 1.2) * POINTS
        yield Letter(char, (x, y - 0.88 * run.size * POINTS, x + width, y + 0.12 * run.size * POINTS))


def _steps(run: TextRun, element: ET.Element | None, place: int) -> tuple[list[float], list[float]]:
    """How far each character of the run, and its end, is from the first one: across and down, in object space."""
    code = None
    size = run.size
    if element is not None:
        codes = [child for child in element if name_of(child) == "TextCode" and (child.text or "").strip("\0\r\n")]
        code = codes[place % len(codes)] if codes else None
        size = next(iter(numbers(element.get("Size"), 1)), size) or size
    most = len(run.text) - 1
    across = _deltas(code.get("DeltaX") if code is not None else None, most)
    down = _deltas(code.get("DeltaY") if code is not None else None, most)
    own = [_width(char, size) for char in run.text]
    across = across + own[len(across) :]
    if not any(down):
        return [0.0, *accumulate(across)], [0.0] * (len(own) + 1)
    down = down + [size] * (len(own) - len(down))
    return [0.0, *accumulate(own)], [0.0, *accumulate(down)]


def _deltas(text: str | None, most: int) -> list[float]:
    """At most `most` distances; "g 3 4.5" stands for 4.5 4.5 4.5 (GB/T 33190-2016, 11.3)."""
    words = (text or "").split()
    found: list[float] = []
    at = 0
    while at < len(words) and len(found) < most:
        repeated = words[at] == "g" and at + 2 < len(words)
        pair = numbers(" ".join(words[at + 1 : at + 3]), 2) if repeated else [1.0, *numbers(words[at], 1)]
        if len(pair) == 2:
            found += [pair[1]] * max(0, min(int(pair[0]), most - len(found)))
        at += 3 if repeated else 1
    return found


def _width(char: str, size: float) -> float:
    return size if unicodedata.east_asian_width(char) in "WF" else size / 2
