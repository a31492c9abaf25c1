"""The pictures that lie on an OFD page."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO

import ofdkit
from ofdkit.package import Package
from PIL import Image, UnidentifiedImageError

from ingest.errors import UnreadableError
from ingest.limits import Limits
from ingest.readers.ofd_words import name_of, numbers

_FORMATS = ("PNG", "JPEG", "BMP", "GIF", "TIFF")
_FINEST = 400 / 25.4  # pixels in a millimetre


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture file and where it lies: left, top, width, height in millimetres. Empty bytes: it cannot be read."""

    content: bytes
    box: tuple[float, float, float, float]

    @property
    def area(self) -> float:
        return self.box[2] * self.box[3]

    @property
    def readable(self) -> bool:
        return bool(self.content) and not self.content.startswith(b"\x97JB2")


def page_pictures(package: Package, location: str | None, root: ET.Element) -> tuple[Picture, ...]:
    """The pictures of the page at `location` in the package, whose XML is `root`, in the order they are drawn."""
    found = list(_placed(root, 0.0, 0.0))
    if not found:
        return ()
    files = _files(package, location)
    made = []
    for resource, box in found:
        try:
            content = package.read(files[resource]) if resource in files else b""
        except ofdkit.OFDError:
            content = b""
        made.append(Picture(content, box))
    return tuple(made)


def painted(pictures: Sequence[Picture], page: tuple[float, float, float, float], limits: Limits) -> Image.Image:
    """The page with its pictures on white, as fine as the finest of them up to 400 dpi. Raises UnreadableError."""
    opened = []
    for picture in pictures:
        if not picture.readable:
            continue
        try:
            image = Image.open(BytesIO(picture.content), formats=_FORMATS)
        except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
            raise UnreadableError("OFD 里的图片已损坏或格式不支持,请转换为 PDF 后提交。") from error
        if image.width * image.height > limits.pixels:
            raise UnreadableError("OFD 里的图片像素过多,没有识别,请降低分辨率后再提交。")
        opened.append((image, picture.box))
    if not opened:
        raise UnreadableError("OFD 里的图片格式不支持(如 JBIG2),请转换为 PDF 后提交。")
    scale = min(max(image.width / max(box[2], 1) for image, box in opened), _FINEST)
    scale = min(scale, (limits.pixels / max(page[2] * page[3], 1)) ** 0.5)
    canvas = Image.new("RGB", (max(round(page[2] * scale), 1), max(round(page[3] * scale), 1)), "white")
    for image, (left, top, width, height) in opened:
        try:
            # What lies far outside the page is drawn no larger than the page is.
            size = (min(round(width * scale), 2 * canvas.width), min(round(height * scale), 2 * canvas.height))
            drawn = image.convert("RGBA").resize((max(size[0], 1), max(size[1], 1)))
        except (OSError, ValueError, SyntaxError, MemoryError) as error:
            raise UnreadableError("OFD 里的图片已损坏,请重新制作后提交。") from error
        canvas.paste(drawn, (round((left - page[0]) * scale), round((top - page[1]) * scale)), drawn)
    return canvas


def _placed(
    element: ET.Element, left: float, top: float, depth: int = 0
) -> Iterator[tuple[str, tuple[float, float, float, float]]]:
    for child in element:
        name = name_of(child)
        if name == "ImageObject" and child.get("Visible") != "false":
            box = numbers(child.get("Boundary"), 4)
            matrix = numbers(child.get("CTM"), 6)
            if not box:
                continue
            # The picture is the unit square before the transformation (GB/T 33190-2016, 10).
            if matrix and matrix[1] == matrix[2] == 0 and matrix[0] > 0 and matrix[3] > 0:
                box = [box[0] + matrix[4], box[1] + matrix[5], matrix[0], matrix[3]]
            yield (child.get("ResourceID") or "").strip(), (box[0] + left, box[1] + top, box[2], box[3])
        elif depth < 32:
            yield from _placed(child, left, top, depth + 1)


def _files(package: Package, location: str | None) -> dict[str, str]:
    """The picture files of all resources by their ids; those of the document `location` is in come first."""
    folder = (location or "").split("/")[0]
    found: dict[str, str] = {}
    names = [name for name in package.names if name.lower().endswith("res.xml")]
    for name in sorted(names, key=lambda name: not name.startswith(folder)):
        try:
            root = package.read_xml(name)
        except ofdkit.OFDError:
            continue
        store = root.get("BaseLoc") or ""
        for element in root.iter():
            if name_of(element) == "MultiMedia":
                file = next(((child.text or "").strip() for child in element if name_of(child) == "MediaFile"), "")
                path = package.resolve(name, f"{store}/{file}") or package.resolve(name, file)
                if path:
                    found.setdefault((element.get("ID") or "").strip(), path)
    return found
