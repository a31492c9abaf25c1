"""Seals and signatures as pictures with transparent ground."""

import math

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from evals.samples.fonts import HEI, SONG, drawn

RED = (205, 30, 35)
INK = (25, 40, 120)


def seal(ring: str, centre: str = "", *, size: int = 300, seed: int = 0) -> Image.Image:
    """A round seal, `size` pixels wide (a real one measures 42 mm), whose ink is uneven."""
    ink = Image.new("L", (size, size), 0)
    pen = ImageDraw.Draw(ink)
    edge = size // 40
    pen.ellipse((edge, edge, size - edge, size - edge), outline=255, width=edge)
    middle, star = size / 2, size * 0.15
    corners = [
        (middle + star * r * math.sin(n * math.pi / 5), middle - star * r * math.cos(n * math.pi / 5))
        for n in range(10)
        for r in (1.0 if n % 2 == 0 else 0.4,)
    ]
    pen.polygon(corners, fill=255)
    letter = min(size // 8, int(size * 1.75 / max(len(ring), 10)))
    step = min(math.radians(300) / max(len(ring) - 1, 1), math.radians(26))
    for number, char in enumerate(ring):
        angle = (number - (len(ring) - 1) / 2) * step
        tile = Image.new("L", (letter * 2, letter * 2), 0)
        ImageDraw.Draw(tile).text((letter, letter), char, 255, drawn(SONG, letter), anchor="mm", stroke_width=0.6)
        tile = tile.rotate(-math.degrees(angle), Image.Resampling.BICUBIC)
        radius = middle - edge * 2.6 - letter / 2
        place = (int(middle + radius * math.sin(angle) - letter), int(middle - radius * math.cos(angle) - letter))
        ink.paste(ImageChops.lighter(tile, ink.crop((*place, place[0] + letter * 2, place[1] + letter * 2))), place)
    if centre:
        pen.text((middle, size * 0.74), centre, 255, drawn(HEI, size // 13), anchor="mm")
    return _inked(ink, RED, seed).rotate(seed * 7 % 25 - 12, Image.Resampling.BICUBIC)


def name_stamp(name: str, *, size: int = 120, seed: int = 0) -> Image.Image:
    """The square seal of a person (私章), the name in two columns from the right, ending in 印."""
    ink = Image.new("L", (size, size), 0)
    pen = ImageDraw.Draw(ink)
    pen.rectangle((3, 3, size - 4, size - 4), outline=255, width=max(size // 30, 2))
    letters = name + "之印"[len(name) - 2 :] if len(name) < 4 else name[:4]
    for number, char in enumerate(letters):
        place = (size * (0.72 if number < 2 else 0.28), size * (0.28 if number % 2 == 0 else 0.72))
        pen.text(place, char, 255, drawn(SONG, int(size * 0.38)), anchor="mm", stroke_width=0.5)
    return _inked(ink, RED, seed)


def signature(name: str, *, height: int = 110, seed: int = 0, colour: tuple[int, int, int] = INK) -> Image.Image:
    """A name that looks written in one go: letters of uneven size that lean and run into each other."""
    chance = np.random.default_rng(seed)
    ink = Image.new("L", (height * (len(name) + 1), height * 2), 0)
    for number, char in enumerate(name):
        size = int(height * chance.uniform(0.72, 1.0))
        tile = Image.new("L", (height * 2, height * 2), 0)
        ImageDraw.Draw(tile).text((height, height), char, 255, drawn(SONG, size), anchor="mm")
        tile = tile.rotate(float(chance.uniform(-3, 12)), Image.Resampling.BICUBIC)
        place = (int(number * height * 0.8 - height * 0.3), int(chance.uniform(-0.08, 0.08) * height))
        ink.paste(255, place, tile)
    lean = ink.transform(ink.size, Image.Transform.AFFINE, (1, 0.35, -0.35 * height, 0, 1, 0), Image.Resampling.BICUBIC)
    waved = Image.fromarray(_waved(np.asarray(lean), height, float(chance.uniform(0, 6))))
    end = (waved.getbbox() or (0, 0, waved.width, height))[2]
    ImageDraw.Draw(waved).arc((end - height * 1.4, height, end + height // 4, height * 1.7), 200, 330, 255, 2)
    softened = waved.filter(ImageFilter.GaussianBlur(0.7))
    picture = Image.new("RGBA", softened.size, (*colour, 0))
    picture.putalpha(softened.point(lambda value: int(value * 0.9)))
    return picture.crop(picture.getbbox())


def _waved(
    ink: "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]", height: int, phase: float
) -> "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]":
    """Each column moved up or down a little, each row sideways."""
    out = np.empty_like(ink)
    for column in range(ink.shape[1]):
        out[:, column] = np.roll(ink[:, column], int(height * 0.05 * math.sin(column / height * 5 + phase)))
    for row in range(ink.shape[0]):
        out[row] = np.roll(out[row], int(height * 0.05 * math.sin(row / height * 7 + phase)))
    return out


def _inked(ink: Image.Image, colour: tuple[int, int, int], seed: int) -> Image.Image:
    """`ink` in `colour`, half transparent and thinner in places, as a stamp leaves it."""
    chance = np.random.default_rng(seed)
    coarse = Image.fromarray(chance.integers(120, 255, (9, 9), dtype=np.uint8)).resize(
        ink.size, Image.Resampling.BICUBIC
    )
    picture = Image.new("RGBA", ink.size, (*colour, 0))
    picture.putalpha(ImageChops.multiply(ink, coarse.point(lambda value: int(value * 0.85))))
    return picture
