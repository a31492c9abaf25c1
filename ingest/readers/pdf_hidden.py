"""Characters that a reader of the page does not see: pale, tiny, outside, not painted, covered, on a layer that is off.

What is cheap to see from colour, size, place and drawing order only raises a suspicion; whether the character shows is
then measured on the rendered page, so that white words on a dark bar stay visible.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pypdfium2
from numpy.typing import NDArray

from ingest.materials import Boxes, Remark
from ingest.readers.pdf_characters import Characters, characters
from ingest.readers.pdf_paints import Paints, paints
from ingest.readers.pdf_seen import Sight

_SMALLEST = 3.0  # points: smaller print nobody reads
_PALE = 200  # of 255, the darkest of red, green and blue
_FAINT = 24  # of 255: a smaller difference between the lightest and darkest dot of a character does not show
_TONE = 90
"""of 255: how far from its own tone the thinnest stroke of a character comes out"""
_THIN = 4.0  # points: narrower shapes are lines, which hide nothing
_SCAN = 0.6  # of the page that a scan covers

_REASONS = {
    1: "与背景颜色相近的文字",
    2: f"小于 {_SMALLEST:.0f} 磅的文字",
    3: "页面范围以外的文字",
    4: "设为不显示的文字",
    5: "完全透明的文字",
    6: "被遮盖的文字",
    7: "不显示的图层上的文字",
}


def shown(
    page: pypdfium2.PdfPage, sight: Sight, number: int, *, layers: bool
) -> tuple[Characters, tuple[Remark, ...], bool]:
    """The visible characters of `page`, what is hidden, and whether the characters are an OCR layer over a scan.

    `layers`: the document may have optional layers.
    """
    every = characters(page)
    if not len(every):
        return every, (), False
    paint = paints(every)
    why, scan, doubt = _suspected(every, paint, sight, layers)
    looked_at = ((doubt > 0) & (why == 0)) | scan
    if looked_at.any():
        tones = np.where(doubt == 6, paint.tones[every.objects], -1)
        faint = ~_shows(page, every.boxes, looked_at, tones)
        why = np.where((why == 0) & faint & (doubt > 0), doubt, why)
        why = np.where(scan & (why == 0) & faint, 4, why)
    remarks = tuple(_remark(every.only(why == reason), reason, number) for reason in _REASONS if (why == reason).any())
    kept = why == 0
    return every.only(kept) if remarks else every, remarks, bool(kept.any() and (scan & kept).sum() > 0.5 * kept.sum())


def _suspected(
    every: Characters, paint: Paints, sight: Sight, layers: bool
) -> tuple[NDArray[np.int8], NDArray[np.bool_], NDArray[np.int8]]:
    """For each character: why it is surely hidden (0: it is not), whether it is the OCR layer of a scan, and why it may
    be hidden if it does not show."""
    why, doubt = np.zeros(len(every), np.int8), np.zeros(len(every), np.int8)
    width, height = every.size
    left, top, right, bottom = every.boxes.T
    why[(right <= 0) | (bottom <= 0) | (left >= width) | (top >= height)] = 3
    reach = np.maximum(every.bodies[:, 2] - every.bodies[:, 0], every.bodies[:, 3] - every.bodies[:, 1])
    why[np.maximum(every.sizes, reach) < _SMALLEST] = 2
    alpha = paint.alphas[every.objects]
    why[alpha <= 8] = 5
    pictured = _within(every.boxes, sight.pictures).any(axis=1)
    unpainted = paint.modes[every.objects] == 3
    why[unpainted & ~pictured] = 4
    why[paint.modes[every.objects] == 7] = 4
    scan = unpainted & pictured & (why == 0)
    colours = paint.colours[every.objects]
    doubt[(colours.min(axis=1) > _PALE) | (alpha < 60)] = 1
    order = np.array([sight.order.get(address, -1) for address in every.addresses.tolist()], np.int32)[every.objects]
    if layers and sight.forms:
        doubt[order < 0] = 7
    if sight.layered:
        doubt[:] = 7
    inside = _within(every.boxes, sight.shapes) & ((sight.shapes[:, 2:] - sight.shapes[:, :2]).min(axis=1) > _THIN)
    if inside.any():
        later = sight.shape_orders[None] > order[:, None]
        alike = np.abs(sight.colours[None] - colours[:, None, :]).max(axis=2) < 50
        doubt[(inside & ~later & alike).any(axis=1)] = 1
        doubt[(inside & later).any(axis=1) & (order >= 0)] = 6
        why[(inside & later & alike).any(axis=1) & (order >= 0) & (why == 0)] = 6
    if len(sight.pictures):
        over = _within(every.boxes, sight.pictures) & (sight.picture_orders[None] > order[:, None])
        covered = over.any(axis=1) & (order >= 0)
        if sight.coverage >= _SCAN:
            scan |= (over & sight.opaque).any(axis=1) & covered & (why == 0)
        doubt[covered] = 6
    doubt[scan] = 0
    doubted = np.flatnonzero((doubt == 6) & (why == 0))
    if len(doubted):  # other words printed over a covered character would make it seem to show
        over = _within(every.boxes[doubted], every.boxes) & (order[None] > order[doubted][:, None])
        why[doubted[(over & (every.codes[None] != every.codes[doubted][:, None])).any(axis=1)]] = 6
    return why, scan, doubt


def _within(boxes: Boxes, areas: Boxes) -> NDArray[np.bool_]:
    """Which of the characters (rows) have their middle in which of the areas (columns)."""
    across, down = (boxes[:, 0] + boxes[:, 2])[:, None] / 2, (boxes[:, 1] + boxes[:, 3])[:, None] / 2
    left, top, right, bottom = areas.T
    within: NDArray[np.bool_] = (across > left) & (across < right) & (down > top) & (down < bottom)
    return within


def _shows(
    page: pypdfium2.PdfPage, boxes: Boxes, wanted: NDArray[np.bool_], tones: NDArray[np.int16]
) -> NDArray[np.bool_]:
    """Which characters stand out from what is around them on the rendered page, in their own tone (0 to 255) where one
    is given (not -1); those not `wanted` count as shown."""
    scale = min(2.0, 3000 / max(*page.get_size(), 1.0))
    dots = page.render(scale=scale, grayscale=True, may_draw_forms=False, draw_annots=False).to_numpy()
    dots = dots.reshape(dots.shape[:2])
    found = np.ones(len(boxes), bool)
    edges = boxes * scale
    inset = np.minimum((edges[:, 2:] - edges[:, :2]) * 0.08, 2.0)
    starts = np.maximum(np.floor(edges[:, :2] + inset), 0).astype(int)
    ends = np.ceil(edges[:, 2:] - inset).astype(int)
    for place in np.flatnonzero(wanted).tolist():
        (left, top), (right, bottom) = starts[place].tolist(), ends[place].tolist()
        patch = dots[top : max(bottom, top + 1), left : max(right, left + 1)]
        found[place] = patch.size > 0 and int(patch.max()) - int(patch.min()) > _FAINT
        if found[place] and tones[place] >= 0:
            found[place] = int(np.abs(patch.astype(np.int16) - tones[place]).min()) < _TONE
    return found


def _remark(hidden: Characters, reason: int, number: int) -> Remark:
    left, top = hidden.boxes[:, :2].min(axis=0).tolist()
    right, bottom = hidden.boxes[:, 2:].max(axis=0).tolist()
    message = f"第 {number} 页有{_REASONS[reason]},读者看不到,没有计入正文。"
    starts = np.flatnonzero((hidden.spaced > 0) & (hidden.codes < 0x2E80)).tolist()
    words = hidden.words()
    text = " ".join(words[start:end] for start, end in zip([0, *starts], [*starts, len(words)], strict=True)).strip()
    return Remark("hidden_text", message, text[:2000], number, (left, top, right, bottom))


def together(remarks: Sequence[Remark]) -> list[Remark]:
    """`remarks` with one for those that say the same of many pages but for the numbers: printers' marks, watermarks."""
    found: dict[tuple[str, str, str], list[Remark]] = {}
    for remark in remarks:
        key = remark.kind, re.sub(r"\d+", "#", remark.message), re.sub(r"\W|\d", "", remark.text)[:40]
        found.setdefault(key, []).append(remark)
    return [
        replace(first, message=first.message.replace(f"第 {first.page} 页", f"第 {first.page} 页等 {len(same)} 页", 1))
        if (first := same[0]) and len(same) > 1
        else first
        for same in found.values()
    ]
