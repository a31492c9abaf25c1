"""Lines of recognised text: what was read, where it stands, how sure it is."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Pixels = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Line:
    """`quad` is the line's top left, top right, bottom right and bottom left corner in pixels; `spans` gives begin and
    end of each character along it, from 0 to 1; `sureness` is one probability a character."""

    text: str
    quad: Floats
    spans: Floats
    sureness: Floats

    @property
    def confidence(self) -> float:
        return float(self.sureness.mean())

    @property
    def height(self) -> float:
        return float(np.linalg.norm(self.quad[3] - self.quad[0]) + np.linalg.norm(self.quad[2] - self.quad[1])) / 2

    @property
    def width(self) -> float:
        return float(np.linalg.norm(self.quad[1] - self.quad[0]) + np.linalg.norm(self.quad[2] - self.quad[3])) / 2


def cut(picture: Pixels, quad: Floats) -> Pixels:
    """The part of `picture` inside `quad` with its text running from left to right."""
    width = max(4, round(float(max(np.linalg.norm(quad[1] - quad[0]), np.linalg.norm(quad[2] - quad[3])))))
    height = max(4, round(float(max(np.linalg.norm(quad[3] - quad[0]), np.linalg.norm(quad[2] - quad[1])))))
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(quad.astype(np.float32), corners)
    found = cv2.warpPerspective(
        picture, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(found, dtype=np.uint8)


def spans(text: str, columns: list[int], total: float, shape: tuple[float, float]) -> Floats:
    """Where each character of a line begins and ends, from 0 to 1.

    `columns` are the steps at which the network saw each character that is not a space, of `total` steps in the line;
    `shape` is width and height of the line. A character reaches half-way to its neighbours, but not beyond its own
    usual width: that of the line's height for Chinese, half of it for others.
    """
    printed = [place for place, char in enumerate(text) if not char.isspace()]
    if len(printed) != len(columns) or total <= 0:
        edges = np.linspace(0, 1, len(text) + 1, dtype=np.float32)
        return np.stack([edges[:-1], edges[1:]], axis=1)
    middles = (np.array(columns) + 0.5) / total
    full = 0.45 * shape[1] / shape[0]
    reach = np.array([full if _is_wide(text[place]) else full * 0.6 for place in printed])
    begins, ends = middles - reach, middles + reach
    halves = (middles[1:] * reach[:-1] + middles[:-1] * reach[1:]) / (reach[1:] + reach[:-1])
    begins[1:], ends[:-1] = np.maximum(begins[1:], halves), np.minimum(ends[:-1], halves)
    found = np.full((len(text), 2), np.nan, dtype=np.float32)
    found[printed] = np.clip(np.stack([begins, ends], axis=1), 0, 1)
    return found


def _is_wide(char: str) -> bool:
    return char >= "\u2e80"


def boxes(line: Line) -> Floats:
    """left, top, right, bottom of each character, in pixels; NaN for spaces."""
    top_left, top_right, bottom_right, bottom_left = line.quad
    begins, ends = line.spans[:, :1], line.spans[:, 1:]
    corners = np.stack(
        [
            top_left + (top_right - top_left) * begins,
            top_left + (top_right - top_left) * ends,
            bottom_left + (bottom_right - bottom_left) * begins,
            bottom_left + (bottom_right - bottom_left) * ends,
        ]
    )
    return np.concatenate([corners.min(axis=0), corners.max(axis=0)], axis=1).astype(np.float32)


def is_tall(quad: Floats) -> bool:
    return float(np.linalg.norm(quad[3] - quad[0])) > 1.5 * float(np.linalg.norm(quad[1] - quad[0]))


def unturned(places: Floats, turns: int, size: tuple[int, int]) -> Floats:
    """Boxes on a picture that was turned counter-clockwise by quarters, as boxes on it before, when it had `size`."""
    left, top, right, bottom = places.T
    width, height = size
    match turns % 4:
        case 1:
            edges = (width - bottom, left, width - top, right)
        case 2:
            edges = (width - right, height - bottom, width - left, height - top)
        case 3:
            edges = (top, height - right, bottom, height - left)
        case _:
            return places
    return np.stack(edges, axis=1).astype(np.float32)
