"""The words of a table cell, put in reading order and on one line."""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.readers.pdf_characters import Characters

_HYPHENS = (0x02, 0xFFFE)  # how pdfium writes a hyphen at the end of a line
_PADDING = 6.0  # points that a cell keeps free at its sides; Word's default is 5.4


@dataclass(frozen=True, slots=True)
class Marks:
    """The characters of a page as lists, faster than arrays for a few at a time, in the frame in which text runs
    right: `boxes` are their bodies; `turns` are counted from the direction that the page's text mostly has."""

    codes: list[int]
    boxes: list[list[float]]
    sizes: list[float]
    spaced: list[int]
    turns: list[int]

    @classmethod
    def of(cls, characters: Characters, boxes: list[list[float]], turn: int) -> "Marks":
        turns = [(own - turn) % 4 if own >= 0 else -1 for own in characters.turns.tolist()]
        return cls(characters.codes.tolist(), boxes, characters.sizes.tolist(), characters.spaced.tolist(), turns)


def cell_words(places: Sequence[int], marks: Marks, left: float, right: float) -> tuple[str, tuple[int, ...]]:
    """The words of the characters at `places` on one line, and the places in reading order; `left` and `right` are the
    cell's edges. No space joins Chinese, one joins Latin words; a printed gap becomes one space, except that letters
    spread over a cell (单 位 名 称) are put together. Without spaces the text has one character for each place."""
    directions = [marks.turns[place] for place in places]
    turn = max(set(directions), key=directions.count)
    boxes = {place: _upright(marks.boxes[place], turn) for place in places}
    parts: list[str] = []
    order: list[int] = []
    above: list[int] = []
    for line in _lines(boxes, marks.sizes):
        for number, place in enumerate(line):
            if order:
                before = order[-1]
                if number:
                    spaced = _apart(before, place, boxes, marks)
                else:
                    room = (boxes[above[0]][0] - left, right - boxes[before][2])
                    spaced = _broken_between_words(above, place, marks, (0, 0) if turn else room)
                parts.append(" " if spaced else "")
            parts.append(_letter(marks.codes[place]))
            order.append(place)
        above = line
    words = "".join(parts)
    pieces = words.split(" ")
    if 1 < len(pieces) <= 12 and all(len(piece) == 1 and _chinese(ord(piece)) for piece in pieces):
        words = "".join(pieces)
    return words, tuple(order)


def _upright(box: list[float], turn: int) -> tuple[float, float, float, float]:
    """A box as seen with the head turned, so that text of this direction runs right; its place may be negative."""
    left, top, right, bottom = box
    if turn == 1:
        return top, -right, bottom, -left
    if turn == 2:
        return -right, -bottom, -left, -top
    if turn == 3:
        return -bottom, left, -top, right
    return left, top, right, bottom


def _lines(boxes: dict[int, tuple[float, float, float, float]], sizes: list[float]) -> list[list[int]]:
    """The places line by line, each from left to right. A line is what overlaps in height by half or more of the
    smaller one, so that raised and lowered characters stay in it."""
    cores: list[tuple[float, float, int]] = []
    for place, (_, top, _, bottom) in boxes.items():
        cores.append(((top + bottom) / 2, (sizes[place] or bottom - top) / 2, place))
    cores.sort()
    lines: list[list[int]] = []
    high, low = 0.0, 0.0
    for centre, half, place in cores:
        overlap = min(low, centre + half) - max(high, centre - half)
        if lines and overlap >= 0.5 * min(low - high, 2 * half):
            lines[-1].append(place)
            high, low = min(high, centre - half), max(low, centre + half)
        else:
            lines.append([place])
            high, low = centre - half, centre + half
    return [sorted(line, key=lambda place: (boxes[place][0], place)) for line in lines]


def _apart(before: int, place: int, boxes: dict[int, tuple[float, float, float, float]], marks: Marks) -> bool:
    """Whether a space stands between two neighbours on a line."""
    first, second = _chinese(marks.codes[before]), _chinese(marks.codes[place])
    gap = (boxes[place][0] - boxes[before][2]) / (marks.sizes[place] or 1)
    if place == before + 1 and marks.spaced[place] and (marks.spaced[place] == 2 or not (first or second)):
        return gap > 0.05 or marks.spaced[place] == 2
    if first and second:
        return gap > 0.8
    # Word sets a quarter of a character between Chinese and Latin, which is no space.
    return gap > (0.5 if (first or second) and not _sign(marks.codes[place]) else 0.2)


def _broken_between_words(above: Sequence[int], place: int, marks: Marks, room: tuple[float, float]) -> bool:
    """Whether a space replaces the end of the line `above`: between Latin words, but not after a hyphen, nor inside a
    code that filled that line. `room` is what the line left free at its sides; amounts, which have points and commas,
    stand one below the other."""
    last, following = marks.codes[above[-1]], marks.codes[place]
    if not (_latin(last) and _latin(following)) or _letter(last) == "-":
        return False
    one_code = all(chr(code).isdigit() or chr(code).isupper() for code in (last, following))
    one_code = one_code and not any(chr(marks.codes[other]) in ",." for other in above if marks.codes[other] < 0x80)
    return not (one_code and room[1] > 0 and max(room) < _PADDING + marks.sizes[above[-1]])


def _letter(code: int) -> str:
    if code in _HYPHENS:
        return "-"
    letter = chr(code) if 0 < code < 0xD800 or 0xDFFF < code < 0x110000 else "\ufffd"
    return "\ufffd" if letter.isspace() else letter


def _chinese(code: int) -> bool:
    return 0x2E80 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF or 0xFE30 <= code <= 0xFFEF or code >= 0x20000


def _sign(code: int) -> bool:
    """Arrows, bullets and boxes to tick, ☐ ☑ □ ■ ●."""
    return 0x2190 <= code <= 0x2BFF


def _latin(code: int) -> bool:
    return code < 0x2000 or code in _HYPHENS
