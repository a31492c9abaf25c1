"""What a person should look at again on a recognised page: doubtful lines and seals."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ingest.materials import Box, PageNumber, Remark
from ingest.ocr_lines import Floats

_LINE, _CHARACTER = 0.9, 0.5
"""Below these probabilities, the line's mean or its least sure character, nine of ten lines hold an error."""
_MOST = 10
"""lines that are named one by one on a page"""


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


def remarks(readings: Sequence[Reading], seals: Sequence[tuple[str, Floats]], number: PageNumber) -> tuple[Remark, ...]:
    """Remarks on the lines that are not sure, the least sure first, and on each seal with what it says and covers.

    `seals` are their words and their boxes in points.
    """
    where = f"第{number}页" if isinstance(number, int) else f"“{number}”中" if number else "图片中"
    doubtful = [one for one in readings if one.sureness.mean() < _LINE or one.sureness.min() < _CHARACTER]
    doubtful.sort(key=lambda one: float(one.sureness.mean()))
    found = []
    for one in doubtful[:_MOST]:
        message = "有一行识别把握不大,请对照原件核对。" if one.kept else "有一行看不清,没有读入,请对照原件核对。"
        found.append(Remark("low_confidence", where + message, one.text[:2000], number, one.box))
    if rest := doubtful[_MOST:]:
        message = f"{where}另有 {len(rest)} 行识别把握不大,请对照原件核对。"
        found.append(Remark("low_confidence", message, "\n".join(one.text for one in rest)[:2000], number))
    for words, boxes in seals:
        left, top, right, bottom = (float(edge) for edge in boxes.reshape(4))
        box = (left, top, right, bottom)
        told = f"印文读作“{words}”" if words else "印文读不出"
        found.append(Remark("seal", f"{where}有印章,{told},请对照原件核对。", words, number, box))
        covered = [one.text for one in readings if one.kept and _overlap(one.box, box)]
        if covered:
            found.append(Remark("seal", f"{where}印章处的文字可能识别不全。", "\n".join(covered)[:2000], number, box))
    return tuple(found)


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
