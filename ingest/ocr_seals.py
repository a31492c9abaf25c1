"""Red seals (公章): where they are, the page without their ink, and their words laid out straight."""

from dataclasses import dataclass
from math import pi

import cv2
import numpy as np
from numpy.typing import NDArray

from ingest.ocr_lines import Pixels

_LOOKED = 800
"""pixels of the shorter side in which seals are looked for"""


@dataclass(frozen=True, slots=True)
class Seal:
    """A round or oval seal, in pixels of the picture."""

    middle: tuple[float, float]
    radii: tuple[float, float]

    @property
    def box(self) -> tuple[float, float, float, float]:
        (across, down), (wide, high) = self.middle, self.radii
        return across - wide, down - high, across + wide, down + high


def find_seals(picture: Pixels) -> tuple[Seal, ...]:
    """The seals on a picture in BGR: red, round or oval, with a rim around them, 6 to 45 % of the page's width.

    A seal is 3.8 to 5.8 cm across (国发〔1999〕25号); a picture's own scale is not known, so wider bounds are drawn.
    """
    scale = min(1.0, _LOOKED / min(picture.shape[:2]))
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else picture
    ink = _red(np.asarray(small, dtype=np.uint8)).astype(np.uint8)
    if ink.sum() < 200:
        return ()
    whole = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (9, 9)))
    found = []
    width = min(small.shape[:2])
    for contour in cv2.findContours(whole, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0]:
        left, top, wide, high = cv2.boundingRect(contour)
        if not (0.06 * width < wide < 0.45 * width and 0.6 < high / wide < 1.6):
            continue
        if _is_seal(ink[top : top + high, left : left + wide]):
            middle = ((left + wide / 2) / scale, (top + high / 2) / scale)
            found.append(Seal(middle, (wide / 2 / scale, high / 2 / scale)))
    return tuple(found)


def _red(picture: Pixels) -> NDArray[np.bool_]:
    red = picture[:, :, 2].astype(np.int16)
    other = picture[:, :, :2].max(axis=2).astype(np.int16)
    found: NDArray[np.bool_] = (red - other > 0.25 * red) & (red > 80)
    return found


def _is_seal(ink: Pixels) -> bool:
    """A rim nearly all around, nothing outside of it, and not filled like a red disc."""
    high, wide = ink.shape
    down, across = np.nonzero(ink)
    x, y = (across + 0.5) / wide * 2 - 1, (down + 0.5) / high * 2 - 1
    radius = np.hypot(x, y)
    rim = np.abs(radius - 0.95) < 0.1
    sectors = np.unique(((np.arctan2(y[rim], x[rim]) + pi) / (2 * pi) * 36).astype(int))
    filled = len(radius) / (pi / 4 * wide * high)
    return len(sectors) >= 27 and bool((radius > 1.08).mean() < 0.03) and 0.08 < filled < 0.7


def without_ink(picture: Pixels, seals: tuple[Seal, ...]) -> Pixels:
    """`picture` with the ink of the seals gone: through a red filter red is white, and black stays black."""
    cleaned = picture.copy()
    for seal in seals:
        left, top, right, bottom = (max(0, round(edge)) for edge in _wider(seal).box)
        part = cleaned[top:bottom, left:right]
        red = part[:, :, 2].astype(np.float32)
        inked = _red(part)
        if not inked.any():
            continue
        white = 0.92 * float(np.percentile(red[inked], 25))
        grey = np.clip((red - 0.1 * white) / (0.9 * white) * 255, 0, 255).astype(np.uint8)
        inside = np.zeros(grey.shape, dtype=np.uint8)
        middle = (round(seal.middle[0]) - left, round(seal.middle[1]) - top)
        cv2.ellipse(inside, middle, (round(_wider(seal).radii[0]), round(_wider(seal).radii[1])), 0, 0, 360, 1, -1)
        part[inside > 0] = grey[inside > 0][:, None]
    return cleaned


def rim_words(picture: Pixels, seal: Seal) -> Pixels:
    """The ring of the seal with the writing, cut open at the bottom and laid out from left to right, dark on white."""
    left, top, right, bottom = (max(0, round(edge)) for edge in seal.box)
    part = picture[top:bottom, left:right]
    red, other = part[:, :, 2].astype(np.float32), part[:, :, :2].min(axis=2).astype(np.float32)
    ink = np.clip(red - other, 0, None)
    ink = 255 - np.clip(ink / max(float(np.percentile(ink, 95)), 1.0) * 255, 0, 255)
    side = 2 * round(max(seal.radii))
    round_ink = cv2.resize(ink.astype(np.uint8), (side, side))
    turned = cv2.warpPolar(
        round_ink, (side // 2, round(side * pi * 0.8)), (side / 2, side / 2), side / 2, cv2.WARP_POLAR_LINEAR
    )
    ring = np.rot90(np.roll(turned, -(turned.shape[0] // 4), axis=0))
    words = ring[round(0.06 * len(ring)) : round(0.46 * len(ring))]
    return np.ascontiguousarray(np.repeat(words[:, :, None], 3, axis=2))


def _wider(seal: Seal) -> Seal:
    return Seal(seal.middle, (seal.radii[0] * 1.06, seal.radii[1] * 1.06))
