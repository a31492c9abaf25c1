"""Seals (公章、名章): where they are, the page without their ink, and the words of round ones laid out straight."""

from dataclasses import dataclass, replace
from math import pi
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from ingest.ocr_lines import Pixels

_LOOKED = 800
"""pixels of the shorter side in which red seals are looked for"""
_COPIED = 400
"""the same for seals on a copy in black and white"""


@dataclass(frozen=True, slots=True)
class Seal:
    """A seal, in pixels of the picture: round or oval, or the square one of a person. `red` is False on a copy in black
    and white, where its ink is that of the text."""

    middle: tuple[float, float]
    radii: tuple[float, float]
    shape: Literal["round", "square"] = "round"
    red: bool = True

    @property
    def box(self) -> tuple[float, float, float, float]:
        (across, down), (wide, high) = self.middle, self.radii
        return across - wide, down - high, across + wide, down + high


def find_seals(picture: Pixels) -> tuple[Seal, ...]:
    """The seals on a picture in BGR: red ones with a rim around them, and round ones on a copy.

    A seal is 3.8 to 5.8 cm across (国发〔1999〕25号), that of a person 1.5 to 2; a picture's own scale is not known, so
    wider bounds are drawn: a red one may fill a picture of its own.
    """
    found = _red_seals(picture)
    for copied in _copied_seals(picture):
        if not any(_meet(copied.box, seal.box) for seal in found):
            found.append(copied)
    return tuple(found)


def _red_seals(picture: Pixels) -> list[Seal]:
    scale = min(1.0, _LOOKED / min(picture.shape[:2]))
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else picture
    ink = _red(np.asarray(small, dtype=np.uint8)).astype(np.uint8)
    if ink.sum() < 200:
        return []
    whole = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (9, 9)))
    found: list[Seal] = []
    width = min(small.shape[:2])
    for contour in cv2.findContours(whole, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0]:
        left, top, wide, high = cv2.boundingRect(contour)
        if wide <= 0.03 * width or not 0.6 < high / wide < 1.6:
            continue
        middle = ((left + wide / 2) / scale, (top + high / 2) / scale)
        radii = (wide / 2 / scale, high / 2 / scale)
        piece = np.asarray(ink[top : top + high, left : left + wide], dtype=np.uint8)
        if wide > 0.06 * width and _is_seal(piece):
            found.append(Seal(middle, radii))
        elif wide < 0.25 * width and _is_square_seal(piece):
            found.append(Seal(middle, radii, "square"))
    return found


def _copied_seals(picture: Pixels) -> list[Seal]:
    """Round seals in black and white, 6 to 14 % of the page's width in radius: a rim that is dark nearly all around, as
    no words and no other lines make it (96 % of the way and more, against 88 % at most on pages full of text)."""
    scale = min(1.0, _COPIED / min(picture.shape[:2]))
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    grey = cv2.cvtColor(small, cv2.COLOR_BGR2GRAY)
    width = min(grey.shape)
    if width < _COPIED:
        return []
    circles = cv2.HoughCircles(
        cv2.GaussianBlur(grey, (3, 3), 0),
        cv2.HOUGH_GRADIENT,
        dp=2,
        minDist=0.08 * width,
        param1=100,
        param2=0.18 * width,
        minRadius=round(0.06 * width),
        maxRadius=round(0.14 * width),
    )
    if circles is None:
        return []
    dark = grey < cv2.blur(grey, (31, 31)).astype(np.int16) - 15
    angles = np.linspace(0, 2 * pi, 120, endpoint=False)
    found = []
    for x, y, radius in circles[0].tolist():
        steps = np.arange(-2, 6)[:, None] + radius
        across = np.clip(np.rint(x + steps * np.cos(angles)), 0, grey.shape[1] - 1).astype(int)
        down = np.clip(np.rint(y + steps * np.sin(angles)), 0, grey.shape[0] - 1).astype(int)
        on = dark[down, across]
        if on[:5].any(axis=0).mean() >= 0.95 and on[6:].mean() < 0.3:
            found.append(Seal((x / scale, y / scale), (radius / scale, radius / scale), red=False))
    return found


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


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


def _is_square_seal(ink: Pixels) -> bool:
    """A straight rim on every side, with characters inside that do not fill it."""
    high, wide = ink.shape
    band = max(2, round(0.12 * min(high, wide)))
    rims = (ink[:band].any(axis=0), ink[-band:].any(axis=0), ink[:, :band].any(axis=1), ink[:, -band:].any(axis=1))
    inside = ink[band:-band, band:-band]
    return 0.75 < high / wide < 1.33 and all(rim.mean() > 0.75 for rim in rims) and 0.05 < float(inside.mean()) < 0.85


def without_ink(picture: Pixels, seals: tuple[Seal, ...]) -> Pixels:
    """`picture` with the ink of the red seals gone: through a red filter red is white, and black stays black."""
    cleaned = picture.copy()
    for seal in (seal for seal in seals if seal.red):
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
        if seal.shape == "square":
            inside[:] = 1
        else:
            cv2.ellipse(inside, middle, (round(_wider(seal).radii[0]), round(_wider(seal).radii[1])), 0, 0, 360, 1, -1)
        part[inside > 0] = grey[inside > 0][:, None]
    return cleaned


def rim_words(picture: Pixels, seal: Seal) -> Pixels:
    """The ring of the seal with the writing, cut open at the bottom and laid out from left to right, dark on white."""
    left, top, right, bottom = (max(0, round(edge)) for edge in seal.box)
    part = picture[top:bottom, left:right]
    red, other = part[:, :, 2].astype(np.float32), part[:, :, :2].min(axis=2).astype(np.float32)
    ink = np.clip(red - other, 0, None) if seal.red else 255 - red
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
    return replace(seal, radii=(seal.radii[0] * 1.06, seal.radii[1] * 1.06))
