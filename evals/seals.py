"""Red seals of fictional companies, stamped over a page."""

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from evals.noisy_pages import FONTS


def stamp(image: Image.Image, centre: tuple[int, int], name: str, *, across: int = 331) -> Image.Image:
    """`image` with a round red seal over it, 42 mm across at 200 dots an inch, its ink mixed with what lies below."""
    size = across * 2
    seal = Image.new("L", (size, size), 0)
    draw = ImageDraw.Draw(seal)
    draw.ellipse((8, 8, size - 8, size - 8), outline=255, width=16)
    font = ImageFont.truetype(str(FONTS / "NotoSerifCJK-Bold.ttc"), size // 9, index=2)
    for number, char in enumerate(name):
        glyph = Image.new("L", (size, size), 0)
        ImageDraw.Draw(glyph).text((size / 2, size * 0.13), char, font=font, fill=255, anchor="mm")
        turn = (number - (len(name) - 1) / 2) * -min(24, 270 / len(name))
        seal.paste(255, (0, 0), glyph.rotate(turn, resample=Image.Resampling.BICUBIC))
    star = [(size / 2 + r * np.sin(a), size / 2 - r * np.cos(a)) for a, r in _star(size * 0.14)]
    draw.polygon(star, fill=255)
    ink = np.asarray(seal.resize((across, across)), dtype=np.float64)[..., None] / 255 * 0.88
    paper = np.asarray(image, dtype=np.float64).copy()
    left, top = centre[0] - across // 2, centre[1] - across // 2
    below = paper[top : top + across, left : left + across]
    below[:] = below * (1 - ink) + below * (np.array([215, 40, 45]) / 255) * ink
    return Image.fromarray(paper.astype(np.uint8))


def _star(radius: float) -> list[tuple[float, float]]:
    return [(i * np.pi / 5, radius if i % 2 == 0 else radius * 0.38) for i in range(10)]
