"""Pages of fictional applications as a scanner or a phone would deliver them, with what stands on them.

Every page is drawn with Noto CJK at A4, 200 dots an inch, from a seed alone, and then spoilt by one named degradation.
"""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from evals import fictional

FONTS = Path("/usr/share/fonts/opentype/noto")
A4 = (1654, 2339)
"""in pixels, at 200 dots an inch"""
_MARGIN = 190
_INK = (25, 25, 28)


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A printed line or cell; `boxes` holds left, top, right, bottom of each character in pixels of the picture."""

    text: str
    boxes: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class NoisyPage:
    """`text` is the page in reading order, a paragraph or a table row a line; `dpi` is that of the picture."""

    image: Image.Image
    text: str
    lines: tuple[PrintedLine, ...]
    degradation: str
    dpi: int


class _Sheet:
    """A white sheet that is written on from top to bottom."""

    def __init__(self, chance: np.random.Generator) -> None:
        self.image = Image.new("RGB", A4, "white")
        self.draw = ImageDraw.Draw(self.image)
        self.lines: list[PrintedLine] = []
        self.texts: list[str] = []
        self.top = _MARGIN
        family = ("NotoSerifCJK", "NotoSansCJK")[int(chance.integers(2))]
        self._fonts = {bold: str(FONTS / f"{family}-{bold}.ttc") for bold in ("Regular", "Bold")}
        self.points = float(chance.choice([10.5, 12.0, 14.0, 16.0]))

    def font(self, points: float, weight: str = "Regular") -> ImageFont.FreeTypeFont:
        return ImageFont.truetype(self._fonts[weight], round(points * 200 / 72), index=2)

    def write(self, text: str, left: float, top: float, font: ImageFont.FreeTypeFont) -> float:
        """Draws one line and gives its right edge."""
        boxes = []
        for char in text:
            width = font.getlength(char)
            self.draw.text((left, top), char, font=font, fill=_INK)
            ink = font.getbbox(char)
            boxes.append((left, top + ink[1], left + width, top + ink[3]))
            left += width
        self.lines.append(PrintedLine(text, np.array(boxes, dtype=np.float32).reshape(-1, 4)))
        return left

    def heading(self, text: str) -> None:
        font = self.font(18, "Bold")
        self.write(text, (A4[0] - font.getlength(text)) / 2, self.top, font)
        self.texts.append(text)
        self.top += round(font.size * 2.2)

    def paragraph(self, text: str) -> None:
        """Wrapped like justified Chinese text: the first line is indented by two characters, 。 and ， never lead."""
        font = self.font(self.points)
        limit, left = A4[0] - _MARGIN, _MARGIN + 2.0 * font.size
        line, lines = "", []
        for char in text:
            if left + font.getlength(line + char) > limit and char not in "，。、；：）》":
                lines.append((left, line))
                left, line = _MARGIN, ""
            line += char
        for begin, words in [*lines, (left, line)]:
            self.write(words, begin, self.top, font)
            self.top += round(font.size * 1.6)
        self.texts.append(text)

    def table(self, rows: list[list[str]], widths: list[int]) -> None:
        """Rows with borders; the texts fit their cells."""
        font = self.font(min(self.points, 12))
        height = round(font.size * 2)
        for row in rows:
            left = _MARGIN
            for cell, width in zip(row, widths, strict=True):
                self.draw.rectangle((left, self.top, left + width, self.top + height), outline=_INK, width=3)
                self.write(cell, left + 14, self.top + font.size * 0.3, font)
                left += width
            self.texts.append("\t".join(row))
            self.top += height
        self.top += height


def page(seed: int, degradation: str = "clean", *, kind: str | None = None) -> NoisyPage:
    """One page; `kind` is prose, list or form, by default chosen by the seed."""
    chance = np.random.default_rng(seed)
    sheet, facts = _Sheet(chance), fictional.applicant(chance)
    kind = kind or ("prose", "prose", "list", "form")[int(chance.integers(4))]
    sheet.heading(fictional.heading(kind))
    if kind == "form":
        sheet.table(fictional.form(facts), [300, 974])
    elif kind == "list":
        sheet.table(fictional.projects(chance), [110, 560, 300, 304])
    sentences = fictional.prose(facts, chance)
    while sheet.top < A4[1] - 2 * _MARGIN - sheet.points * 20 and sentences:
        sheet.paragraph(sentences.pop())
    image, place, dpi = DEGRADATIONS[degradation](sheet.image, chance)
    lines = tuple(PrintedLine(line.text, _placed(line.boxes, place)) for line in sheet.lines)
    return NoisyPage(image, "\n".join(sheet.texts), lines, degradation, dpi)


Spoilt = tuple[Image.Image, NDArray[np.float64], int]
"""the picture, the matrix (3 x 3) that takes places on the clean page to places on it, its dots an inch"""


def _placed(boxes: NDArray[np.float32], place: NDArray[np.float64]) -> NDArray[np.float32]:
    corners = boxes[:, [0, 1, 2, 1, 2, 3, 0, 3]].reshape(-1, 4, 2).astype(np.float64)
    moved = cv2.perspectiveTransform(corners.reshape(1, -1, 2), place).reshape(-1, 4, 2)
    return np.concatenate([moved.min(axis=1), moved.max(axis=1)], axis=1).astype(np.float32)


def clean(image: Image.Image, _: np.random.Generator) -> Spoilt:
    return image, np.eye(3), 200


def turned(image: Image.Image, chance: np.random.Generator, degrees: float | None = None) -> Spoilt:
    """By up to two degrees around the middle."""
    angle = float(chance.uniform(-2, 2)) if degrees is None else degrees
    matrix = cv2.getRotationMatrix2D((image.width / 2, image.height / 2), angle, 1.0)
    found = cv2.warpAffine(np.asarray(image), matrix, image.size, flags=cv2.INTER_LINEAR, borderValue=(255, 255, 255))
    return Image.fromarray(found), np.vstack([matrix, [0.0, 0.0, 1.0]]), 200


def blurred(image: Image.Image, chance: np.random.Generator) -> Spoilt:
    return image.filter(ImageFilter.GaussianBlur(float(chance.uniform(0.8, 1.6)))), np.eye(3), 200


def noisy(image: Image.Image, chance: np.random.Generator) -> Spoilt:
    grain = chance.normal(0, chance.uniform(8, 20), (image.height, image.width, 1))
    return Image.fromarray(np.clip(np.asarray(image) + grain, 0, 255).astype(np.uint8)), np.eye(3), 200


def packed(image: Image.Image, chance: np.random.Generator) -> Spoilt:
    """JPEG of quality 50 to 70."""
    held = BytesIO()
    image.save(held, "JPEG", quality=int(chance.integers(50, 71)))
    return Image.open(held).convert("RGB"), np.eye(3), 200


def shaded(image: Image.Image, chance: np.random.Generator) -> Spoilt:
    """Light that falls off towards one side, down to half."""
    across, down = np.meshgrid(np.linspace(0, 1, image.width), np.linspace(0, 1, image.height))
    angle = chance.uniform(0, 2 * np.pi)
    slope = across * np.cos(angle) + down * np.sin(angle)
    light = 1 - chance.uniform(0.3, 0.5) * (slope - slope.min()) / np.ptp(slope)
    return Image.fromarray((np.asarray(image) * light[..., None]).astype(np.uint8)), np.eye(3), 200


def faint(image: Image.Image, chance: np.random.Generator) -> Spoilt:
    """Ink of a third of its darkness on grey paper."""
    strength, paper = chance.uniform(0.3, 0.45), chance.uniform(215, 245)
    pale = paper - (255 - np.asarray(image, dtype=np.float64)) * strength
    return Image.fromarray(np.clip(pale, 0, 255).astype(np.uint8)), np.eye(3), 200


def coarse(image: Image.Image, _: np.random.Generator) -> Spoilt:
    """150 dots an inch."""
    small = image.resize((round(A4[0] * 0.75), round(A4[1] * 0.75)), Image.Resampling.BICUBIC)
    return small, np.diag(np.array([0.75, 0.75, 1.0])), 150


def scanned(image: Image.Image, chance: np.random.Generator) -> Spoilt:
    """All of it at once, each milder: turned, uneven light, pale, blurred, grain, JPEG."""
    image, place, dpi = turned(image, chance)
    image = image.filter(ImageFilter.GaussianBlur(float(chance.uniform(0.5, 1.0))))
    image = shaded(image, chance)[0]
    pale = (
        235 - (255 - np.asarray(image, dtype=np.float64)) * 0.75 + chance.normal(0, 8, (image.height, image.width, 1))
    )
    return packed(Image.fromarray(np.clip(pale, 0, 255).astype(np.uint8)), chance)[0], place, dpi


def photographed(image: Image.Image, chance: np.random.Generator) -> Spoilt:
    """On a brown desk, seen at an angle by a phone, 200 dots an inch at best."""
    width, height = 2000, 2700
    inset = chance.uniform(60, 170, (4, 2))
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]]) + inset * [
        [1, 1],
        [-1, 1],
        [-1, -1],
        [1, -1],
    ]
    edges = np.array([[0, 0], [A4[0], 0], A4, [0, A4[1]]], dtype=np.float32)
    place = np.asarray(cv2.getPerspectiveTransform(edges, corners.astype(np.float32)), dtype=np.float64)
    desk = np.full((height, width, 3), (96, 70, 52), dtype=np.uint8)
    cv2.warpPerspective(np.asarray(image), place, (width, height), dst=desk, borderMode=cv2.BORDER_TRANSPARENT)
    return packed(shaded(Image.fromarray(desk), chance)[0], chance)[0], place, 200


DEGRADATIONS: dict[str, Callable[[Image.Image, np.random.Generator], Spoilt]] = {
    "clean": clean,
    "turned": turned,
    "blurred": blurred,
    "noisy": noisy,
    "packed": packed,
    "shaded": shaded,
    "faint": faint,
    "coarse": coarse,
    "scanned": scanned,
    "photographed": photographed,
}
