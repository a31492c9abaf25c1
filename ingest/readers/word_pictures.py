"""The pictures that a Word document shows and that are large enough to hold words."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import numpy as np
from PIL import Image, UnidentifiedImageError

from ingest.limits import Limits
from ingest.readers.word_drawings import out_of_sight
from ingest.readers.word_margins import printed
from ingest.readers.word_package import MC, A, Package, R, V, W, switched, whole

_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_SMALLEST = 100, 150  # pixels of the shorter and of the longer side: seals and signatures are that small
_EMU = 12_700  # to the point
_RESOLUTION = 96.0
_UNSEEN = {W + "del", W + "moveFrom", W + "object", MC + "Fallback"}  # an object is reported as a whole
_READABLE = ("PNG", "JPEG", "BMP", "GIF", "TIFF", "WEBP", "DIB")  # MPO, of phones, opens as JPEG
_BROKEN = (OSError, ValueError, SyntaxError, EOFError, KeyError, IndexError, TypeError, Image.DecompressionBombError)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as shown: `crop` in shares of its width and height from the left, top, right and bottom; `turn` in
    degrees clockwise; `size` in points, None where the document does not say."""

    part: str
    crop: tuple[float, float, float, float]
    turn: float
    size: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Pictures:
    """`shown` in order of appearance, each once, and how many more cannot be read: vector drawings, pictures that are
    only linked to, and files that are damaged or too large."""

    shown: tuple[Picture, ...]
    vectors: int = 0
    linked: int = 0
    broken: int = 0


def pictures(package: Package, root: Any, limits: Limits) -> Pictures:
    """The pictures of the main part, whose root is `root`, and of the headers and footers: letterheads, seals."""
    shown: dict[Picture, None] = {}
    states: dict[str, str] = {}
    linked = 0
    for part, tree in ((package.main, root), *printed(package, root)):
        relations = package.relations(part)
        for key, picture in _placed(tree):
            relation = relations.get(key)
            if relation is None or relation.outside:
                linked += relation is not None
                continue
            if relation.target not in states:
                states[relation.target] = _state(package.part(relation.target), limits)
            if states[relation.target] == "large":
                shown[Picture(relation.target, *picture)] = None
    found = list(states.values())
    return Pictures(tuple(shown), found.count("vector"), linked, found.count("broken"))


def drawn(package: Package, picture: Picture) -> tuple[Image.Image, tuple[float, float]]:
    """The picture in RGB as a reader sees it, cropped and turned, and its size in points. Raises what Pillow raises
    on a damaged file."""
    with _without_warnings():
        image: Image.Image = Image.open(BytesIO(package.part(picture.part) or b""), formats=_READABLE)
        image.load()
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        clear = image.convert("RGBA")
        paper = Image.new("RGBA", clear.size, "white")
        image = Image.alpha_composite(paper, clear)
    elif image.mode.startswith(("I", "F")):  # 16 bits of grey, which Pillow would cut off rather than scale
        grey = np.asarray(image, dtype=np.float64)
        grey -= grey.min()
        image = Image.fromarray((grey * (255 / (grey.max() or 1))).astype(np.uint8))
    image = image.convert("RGB")
    left, top, right, bottom = picture.crop
    width, height = image.size
    area = (round(left * width), round(top * height), round((1 - right) * width), round((1 - bottom) * height))
    if area != (0, 0, width, height) and area[2] - area[0] > 1 and area[3] - area[1] > 1:
        image = image.crop(area)
    size = picture.size or (image.width * 72 / _RESOLUTION, image.height * 72 / _RESOLUTION)
    if picture.turn % 360:
        quarter = abs(picture.turn % 90) < 1
        image = image.rotate(-picture.turn, expand=True, fillcolor="white", resample=Image.Resampling.BICUBIC)
        if quarter and round(picture.turn / 90) % 2:
            size = size[1], size[0]
        elif not quarter:
            size = image.width * 72 / _RESOLUTION, image.height * 72 / _RESOLUTION
    return image, size


_Place = tuple[tuple[float, float, float, float], float, tuple[float, float] | None]


def _placed(root: Any) -> Iterator[tuple[str, _Place]]:
    """The relation's id, the crop, the turn and the size of each picture that is printed."""
    for node in root.iter(A + "blip", V + "imagedata"):
        above = list(node.iterancestors())
        if any(element.tag in _UNSEEN for element in above):
            continue
        run = next((element for element in above if element.tag == W + "r"), None)
        if run is not None and switched(run.find(W + "rPr"), "vanish"):
            continue
        if node.tag == V + "imagedata":
            crop = tuple(_fraction(node.get(side)) for side in ("cropleft", "croptop", "cropright", "cropbottom"))
            yield node.get(R + "id") or node.get(R + "href") or "", (crop, 0.0, None)  # type: ignore[misc]
            continue
        place = next((element for element in above if element.tag in (_WP + "inline", _WP + "anchor")), None)
        if place is not None and out_of_sight(place):
            continue
        yield node.get(R + "embed") or node.get(R + "link") or "", _framed(node, place)


def _framed(node: Any, place: Any) -> _Place:
    """How a DrawingML picture is cropped, turned and sized."""
    holder = node.getparent()
    area = holder.find(A + "srcRect")
    sides = (whole(area.get(side), 0) / 100_000 if area is not None else 0.0 for side in ("l", "t", "r", "b"))
    left, top, right, bottom = (min(max(side, 0.0), 0.99) for side in sides)
    form = next((shape.find(A + "xfrm") for shape in holder.getparent().iter() if shape.tag.endswith("}spPr")), None)
    turn = whole(form.get("rot"), 0) / 60_000 if form is not None else 0.0
    extent = form.find(A + "ext") if form is not None else None
    if extent is None and place is not None:
        extent = place.find(_WP + "extent")
    size = None
    if extent is not None:
        width, height = whole(extent.get("cx"), 0) / _EMU, whole(extent.get("cy"), 0) / _EMU
        size = (width, height) if width >= 1 and height >= 1 else None
    return (left, top, right, bottom), turn, size


def _fraction(text: str | None) -> float:
    """A VML fraction: 0.25, or 16384f in 65536ths."""
    try:
        share = float((text or "0").rstrip("f")) / (65_536 if (text or "").endswith("f") else 1)
    except ValueError:
        return 0.0
    return min(max(share, 0.0), 0.99)


def _state(content: bytes | None, limits: Limits) -> str:
    """What a picture's file is: large, small, vector or broken."""
    if content is None:
        return "broken"
    if (
        content[:4] in (b"\xd7\xcd\xc6\x9a", b"\x01\0\0\0", b"\x01\0\x09\0", b"\x02\0\x09\0")
        or b"<svg" in content[:1024]
    ):
        return "vector"
    if content[:3] == b"\x1f\x8b\x08":  # a compressed WMF or EMF
        return "vector"
    try:
        with _without_warnings():
            image = Image.open(BytesIO(content), formats=_READABLE)
    except (UnidentifiedImageError, *_BROKEN):
        return "broken"
    width, height = image.size
    if width * height > limits.pixels:
        return "broken"
    return "large" if min(width, height) >= _SMALLEST[0] and max(width, height) >= _SMALLEST[1] else "small"


@contextmanager
def _without_warnings() -> Iterator[None]:
    """Pillow warns of pictures above its own size, where `limits.pixels` decides, and of damaged tags."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
