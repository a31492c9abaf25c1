"""The lines that a paragraph takes on paper: 28 characters of 3号 each, less its indents (GB/T 9704-2012 5.2.3)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.drafting.official_parts import Part, doubts
from assistant.drafting.official_styles import CHARACTER_POINTS, CHARACTERS, STYLES
from assistant.drafting.official_title import width

_ATOM = re.compile(r"[\t\n]|[!-~]+|.", re.DOTALL)
_CLOSING = frozenset("、,，。;；:：)）》〉」』】〕”’!！?？%")
_OPENING = frozenset("(（《〈「『【〔“‘")


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one sentence on one line; `piece` is its place in the part, `doubtful` what stands highlighted."""

    text: str
    piece: int
    doubtful: bool = False


Line = tuple[Run, ...]


def lines(part: Part) -> tuple[Line, ...]:
    """The lines of a part, one at least; together they are its text, but for line breaks that it holds itself."""
    style = STYLES[part.role]
    points = part.points or style.points
    own = CHARACTER_POINTS if style.grid and points == STYLES["body"].points else points
    left = style.left if part.left is None else part.left
    right = style.right if part.right is None else part.right
    first = style.first if part.first is None else part.first
    room = (CHARACTERS - left - right) * CHARACTER_POINTS / own
    return broken(_runs(part), room - first * CHARACTER_POINTS / own, room)


def broken(runs: Iterator[Run], first: float, room: float) -> tuple[Line, ...]:
    """Lines of `room` characters, the first of `first`. No line begins with a closing mark, which stands over the
    edge, or ends with an opening one."""
    done: list[list[Run]] = [[]]
    used, limit = 0.0, first
    for run in runs:
        for found in [run.text] if run.doubtful else _ATOM.findall(run.text):
            pieces = [found] if width(found) <= room else list(found)
            for atom in pieces:
                if atom == "\n":
                    done.append([])
                    used, limit = 0.0, room
                    continue
                need = width(atom)
                if done[-1] and used + need > limit + (width(atom[0]) if atom[0] in _CLOSING else 0):
                    carried = _carried(done[-1], atom)
                    done.append(carried)
                    used, limit = sum(width(each.text) for each in carried), room
                done[-1].append(Run(atom, run.piece, run.doubtful))
                used += need
    return tuple(_joined(line) for line in done)


def _runs(part: Part) -> Iterator[Run]:
    for number, piece in enumerate(part.pieces):
        for text, doubtful in doubts(piece.text):
            yield Run(text, number, doubtful)


def _carried(line: list[Run], atom: str) -> list[Run]:
    """Takes from the end of a line what belongs to the `atom` that begins the next: the word before a closing mark,
    with the closing marks between; and opening marks."""
    carried: list[Run] = []
    while len(line) > 1 and (carried[0].text if carried else atom)[0] in _CLOSING:
        carried.insert(0, line.pop())
    while len(line) > 1 and line[-1].text[-1] in _OPENING:
        carried.insert(0, line.pop())
    return carried


def _joined(line: list[Run]) -> Line:
    made: list[Run] = []
    for run in line:
        last = made[-1] if made else None
        if last and (last.piece, last.doubtful) == (run.piece, run.doubtful) and "\t" not in (last.text, run.text):
            made[-1] = Run(last.text + run.text, run.piece, run.doubtful)
        else:
            made.append(run)
    return tuple(made)
