"""Papers as a scanner, a phone or a screen takes them: pictures without any text."""

from dataclasses import dataclass
from io import BytesIO

import numpy as np
import pypdfium2
from fpdf import FPDF
from PIL import Image, ImageDraw, ImageFilter

from evals.samples.document import FICTION
from evals.samples.fonts import SONG, drawn
from evals.samples.paper import MADE

_DESCRIPTION, _ORIENTATION = 0x010E, 0x0112  # EXIF


@dataclass(frozen=True, slots=True)
class Look:
    """How a scanner sees: `angle` in degrees, `noise` as the standard deviation in grey levels of 255, `blur` as a
    radius in pixels, `quality` of JPEG, `ground` the grey level of the paper."""

    dpi: int = 150
    angle: float = 0.7
    noise: float = 4.0
    blur: float = 0.5
    quality: int = 35
    ground: int = 247
    grey: bool = False


CLEAN = Look(angle=0.3, noise=2.0, blur=0.3)
FAINT = Look(dpi=60, angle=2.5, noise=16.0, blur=2.6, quality=20, ground=232, grey=True)
"""A page that nobody can read."""


def pictures(pdf: bytes, *, dpi: int) -> list[Image.Image]:
    """Every page of a PDF as an RGB picture."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=dpi / 72).to_pil().convert("RGB") for page in document]
    finally:
        document.close()


def degraded(page: Image.Image, look: Look, *, seed: int = 0) -> Image.Image:
    """`page` as `look` has it: turned, darkened, blurred, noisy."""
    chance = np.random.default_rng(seed)
    turned = page.rotate(look.angle, Image.Resampling.BICUBIC, fillcolor=(255, 255, 255))
    soft = turned.filter(ImageFilter.GaussianBlur(look.blur))
    values = np.asarray(soft, dtype=np.float32) * (look.ground / 255)
    values += chance.normal(0, look.noise, values.shape[:2])[:, :, None]
    dirty = Image.fromarray(np.clip(values, 0, 255).astype(np.uint8))
    return dirty.convert("L") if look.grey else dirty


def scanned(pdf: bytes, looks: tuple[Look, ...] = (Look(),), *, seed: int = 0) -> bytes:
    """An image-only PDF of the pages of `pdf`; the last of `looks` serves all pages that have none of their own."""
    made = FPDF(unit="pt")
    made.set_creation_date(MADE)
    pages = {dpi: pictures(pdf, dpi=dpi) for dpi in {look.dpi for look in looks}}
    for number in range(len(next(iter(pages.values())))):
        look = looks[min(number, len(looks) - 1)]
        page = pages[look.dpi][number]
        size = (page.width * 72 / look.dpi, page.height * 72 / look.dpi)
        made.add_page(format=size)
        seen = _jpeg(degraded(page, look, seed=seed + number), look.quality)
        made.image(BytesIO(seen), x=0, y=0, w=size[0], h=size[1])
    return bytes(made.output())


def flat(pdf: bytes, look: Look, *, seed: int = 0) -> bytes:
    """A JPEG of the first page from a flatbed scanner."""
    return _jpeg(degraded(pictures(pdf, dpi=look.dpi)[0], look, seed=seed), look.quality)


def photo(pdf: bytes, *, seed: int = 0, width: int = 1800, quality: int = 55) -> bytes:
    """A JPEG of the first page lying on a desk, seen slightly from the side, stored turned with EXIF orientation 6."""
    chance = np.random.default_rng(seed)
    page = pictures(pdf, dpi=170)[0]
    height = int(width * 0.78 if page.width > page.height else width * 1.3)
    edge = width * 0.06
    corners = np.array([(edge, edge), (width - edge, edge), (width - edge, height - edge), (edge, height - edge)])
    corners = corners + chance.uniform(-0.35, 0.5, (4, 2)) * edge
    ramp = np.linspace(0, 1, height)[:, None, None] * 22 + np.linspace(0, 1, width)[None, :, None] * 14
    grain = chance.normal(0, 3, (height, 1, 1)) + chance.normal(0, 2, (height, width, 1))
    desk = Image.fromarray(np.clip(np.array([128, 96, 66]) + ramp + grain, 0, 255).astype(np.uint8))
    source = np.array([(0, 0), (page.width, 0), (page.width, page.height), (0, page.height)], dtype=float)
    bent = page.transform((width, height), Image.Transform.PERSPECTIVE, _perspective(corners, source),
                          Image.Resampling.BICUBIC)  # fmt: skip
    shape = Image.new("L", (width, height), 0)
    ImageDraw.Draw(shape).polygon([(float(x), float(y)) for x, y in corners], fill=255)
    desk.paste((70, 52, 38), (10, 14), shape.filter(ImageFilter.GaussianBlur(8)))
    desk.paste(bent, (0, 0), shape)
    light = np.asarray(desk, dtype=np.float32) * (0.86 + ramp / 280) + chance.normal(0, 2.5, (height, width, 1))
    taken = Image.fromarray(np.clip(light, 0, 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(0.6))
    return _jpeg(taken.transpose(Image.Transpose.ROTATE_90), quality, orientation=6)


def screenshot(pdf: bytes, *, title: str, width: int = 1280) -> bytes:
    """A PNG of the first page in the window of a browser whose tab says `title`."""
    page = pictures(pdf, dpi=130)[0]
    page = page.resize((width, page.height * width // page.width), Image.Resampling.LANCZOS)
    shot = Image.new("RGB", (width, page.height + 76), (222, 225, 230))
    pen = ImageDraw.Draw(shot)
    pen.rounded_rectangle((12, 8, 420, 40), 8, fill=(255, 255, 255))
    pen.text((28, 24), title, (50, 50, 50), drawn(SONG, 17), anchor="lm")
    pen.rounded_rectangle((90, 44, width - 20, 70), 13, fill=(255, 255, 255))
    pen.text((24, 57), "<   >", (90, 90, 90), drawn(SONG, 18), anchor="lm")
    pen.text((108, 57), f"（{FICTION}）", (110, 110, 110), drawn(SONG, 15), anchor="lm")
    shot.paste(page, (0, 76))
    held = BytesIO()
    shot.quantize(64, dither=Image.Dither.NONE).save(held, "PNG", optimize=True)
    return held.getvalue()


def _jpeg(picture: Image.Image, quality: int, *, orientation: int = 1) -> bytes:
    exif = Image.Exif()
    exif[_DESCRIPTION] = "fictional sample"
    exif[_ORIENTATION] = orientation
    held = BytesIO()
    picture.save(held, "JPEG", quality=quality, exif=exif, optimize=True)
    return held.getvalue()


def _perspective(
    seen: "np.ndarray[tuple[int, ...], np.dtype[np.float64]]", flat: "np.ndarray[tuple[int, ...], np.dtype[np.float64]]"
) -> list[float]:
    """Pillow's eight coefficients, which take a place in the picture back to one on the flat page."""
    rows = []
    for (x, y), (u, v) in zip(seen, flat, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
    return [float(value) for value in np.linalg.solve(np.array(rows), flat.reshape(8))]
