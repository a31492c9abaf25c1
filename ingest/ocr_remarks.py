"""What a person should look at again on a recognised page: doubtful lines and seals."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from ingest.materials import Box, PageNumber, Remark
from ingest.ocr_lines import Floats

_LINE, _CHARACTER = 0.9, 0.5
"""Below these probabilities, the line's mean or its least sure character, nine of ten lines hold an error."""
_STROKES = 2
"""characters at most of what is read of a seal's own strokes, however sure"""


@dataclass(frozen=True, slots=True)
class Reading:
    """A line as read, with its characters' boxes in points; `kept` is whether it is in the page's text."""

    text: str
    boxes: Floats
    sureness: Floats
    kept: bool

    @property
    def box(self) -> Box:
        left, top = np.nanmin(self.boxes[:, :2], axis=0)
        right, bottom = np.nanmax(self.boxes[:, 2:], axis=0)
        return float(left), float(top), float(right), float(bottom)

    @property
    def doubtful(self) -> bool:
        return bool(self.sureness.mean() < _LINE or self.sureness.min() < _CHARACTER)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A seal: its words, empty where they could not be read, and its box in points. `red` is whether its ink could be
    told from that of the page."""

    words: str
    box: Box
    red: bool = True

    def is_own(self, reading: Reading) -> bool:
        """Whether a line is what was read of the seal itself, whose ink could not be taken away: it lies inside, is
        doubtful or very short, and no date, as often stands there."""
        if self.red or re.search(r"\d[年月]|\d{4}", reading.text):
            return False
        left, top, right, bottom = reading.box
        inside = self.box[0] < left and self.box[1] < top and right < self.box[2] and bottom < self.box[3]
        return inside and (reading.doubtful or len(reading.text) <= _STROKES)


def remarks(readings: Sequence[Reading], stamps: Sequence[Stamp], number: PageNumber) -> tuple[Remark, ...]:
    """One remark on all lines that are not sure, one on those that are not in the text, with the lines from the least
    sure to the surest, and one on each seal with what may be its words and the lines it covers."""
    where = f"第{number}页" if isinstance(number, int) else f"“{number}”中" if number else "图片中"
    lines = [one for one in readings if one.doubtful and not any(stamp.is_own(one) for stamp in stamps)]
    lines.sort(key=lambda one: float(one.sureness.mean()))
    found = [
        *_doubts([one for one in lines if not one.kept], f"{where}有 {{}} 行看不清,没有读入,请对照原件核对。", number),
        *_doubts([one for one in lines if one.kept], f"{where}有 {{}} 行识别把握不大,请对照原件核对。", number),
    ]
    for stamp in stamps:
        covered = [one.text for one in readings if _overlap(one.box, stamp.box) and (one.kept or stamp.is_own(one))]
        told = f"印文好像是“{stamp.words}”(机器辨认,不一定准)" if stamp.words else "印文没有看清"
        under = ",盖住的文字可能识别不全" if covered else ""
        text = "\n".join([stamp.words, *covered]).lstrip()[:2000]
        found.append(Remark("seal", f"{where}有印章,{told}{under},请对照原件核对。", text, number, stamp.box))
    return tuple(found)


def _doubts(lines: Sequence[Reading], message: str, number: PageNumber) -> Iterator[Remark]:
    if lines:
        box = lines[0].box if len(lines) == 1 else None
        text = "\n".join(one.text for one in lines)[:2000]
        yield Remark("low_confidence", message.format(len(lines)), text, number, box)


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
