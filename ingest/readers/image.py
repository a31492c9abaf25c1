"""Pictures: photos and scans as PNG, JPEG, TIFF of many pages, BMP, WebP, AVIF or GIF; their words come from OCR."""

import re
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

import numpy as np
from lxml import etree  # type: ignore[import-untyped]
from PIL import ExifTags, Image, UnidentifiedImageError

from ingest.errors import UnreadableError
from ingest.limits import Limits
from ingest.materials import Contents, Page, Remark

_FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF", "AVIF")
_LONGEST = 3000
"""pixels of the longer side of a picture that is handed out; more is of no use for reading"""
_DOTS = 96
"""an inch, where the file names no resolution that a page can have"""
_SMALLEST = 16
"""pixels of the shorter side; no word fits into less"""
_BROKEN = "图片已损坏或不完整,打不开,请重新拍摄或扫描后提交。"
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""EXIF 2.32, tag 274, to what sets the picture upright"""
_WORDS = (
    "ImageDescription",
    "UserComment",
    "XPTitle",
    "XPComment",
    "XPSubject",
    "XPKeywords",
    "DocumentName",
    "PageName",
)
_DAMAGE = (
    *(OSError, ValueError, SyntaxError, EOFError, KeyError, IndexError, TypeError, AttributeError),
    *(struct.error, OverflowError, ZeroDivisionError),
)


def read(content: bytes, limits: Limits) -> Contents:
    """One page without text for each page of a TIFF file, one for any other picture, and words in its properties.

    A page is as large as its pixels at the resolution that the file names, or at 96 dots an inch where it names none
    between 50 and 1200. Of an animation only the first picture counts. Raises UnreadableError.
    """
    with _opened(content) as image:
        remarks = [*_properties(image)]
        pages, scans = [], {}
        for number in range(limits.pages + 1):
            try:
                image.seek(number)
            except EOFError:
                break
            if number == limits.pages:
                raise UnreadableError(f"图片超过 {limits.pages} 页,请拆分后提交。")
            if number and image.format != "TIFF":
                if image.format != "MPO":  # the second picture of a phone's photo is its preview
                    remarks.append(Remark("incomplete", "这是动图,只读取了第一幅画面。", page=1))
                break
            _check(image, limits)
            pages.append(Page(number + 1, "", size=_size(image)))
            if min(image.size) >= _SMALLEST:
                scans[number] = (number,)
    return Contents(tuple(pages), tuple(remarks), scans)


def picture(content: bytes, number: int, limits: Limits) -> tuple[Image.Image, tuple[float, float]]:
    """The page `number`, from 0, upright by its EXIF orientation, on white, with square pixels, its longer side at most
    3,000 pixels; and its size in points. Raises UnreadableError."""
    with _opened(content) as image:
        image.seek(number)
        _check(image, limits)
        size = _size(image)
        if image.format in ("JPEG", "MPO") and max(image.size) > 2 * _LONGEST:
            image.draft("RGB", (_LONGEST, _LONGEST))
        image.load()
        turn = _turn(image)
        found = _coloured(image)
        # As the picture is stored, that is, before it is turned upright.
        stored = (size[1], size[0]) if image.format != "TIFF" and turn >= 5 else size
        dense = max(found.width / stored[0], found.height / stored[1])
        factor = min(dense, _LONGEST / max(size))
        wanted = (max(1, round(stored[0] * factor)), max(1, round(stored[1] * factor)))
        if any(abs(side - now) > 0.02 * now for side, now in zip(wanted, found.size, strict=True)):
            found = found.resize(wanted, Image.Resampling.BICUBIC, reducing_gap=2.0)
        return (found.transpose(_TURNS[turn]) if turn in _TURNS else found), size


@contextmanager
def _opened(content: bytes) -> Iterator[Image.Image]:
    """The picture, with whatever damage shows while it is used turned into a reason."""
    if re.match(rb"....ftyp(?:hei[cxms]|hev[cx]|mif1|msf1)", content, re.DOTALL):
        raise UnreadableError("这是 HEIC 格式的照片,请在手机上转成 JPG 后再提交。")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of sizes, which are checked here, and of odd EXIF data
        Image.init()  # not all of the formats are known before
        try:
            with Image.open(BytesIO(content), formats=_FORMATS) as image:
                yield image
        except Image.DecompressionBombError as error:
            raise UnreadableError("图片的像素太多,请缩小后提交。") from error
        except UnidentifiedImageError as error:
            raise UnreadableError(_BROKEN) from error
        except _DAMAGE as error:
            raise UnreadableError(_BROKEN) from error


def _check(image: Image.Image, limits: Limits) -> None:
    width, height = image.size
    if width * height > limits.pixels:
        raise UnreadableError(f"图片太大({width}×{height} 像素),请缩小到 {limits.pixels // 10_000} 万像素以内后提交。")


def _size(image: Image.Image) -> tuple[float, float]:
    """Width and height in points of the page as it is seen."""
    dots = image.info.get("dpi")
    across, down = (float(dot) for dot in dots) if isinstance(dots, tuple) and len(dots) == 2 else (0.0, 0.0)
    if not (50 <= across <= 1200 and 50 <= down <= 1200):
        across = down = _DOTS
    width, height = image.width * 72 / across, image.height * 72 / down
    # Pillow itself turns TIFF pages, and has already done so to their size.
    return (height, width) if image.format != "TIFF" and _turn(image) >= 5 else (width, height)


def _turn(image: Image.Image) -> int:
    try:
        turn = image.getexif().get(ExifTags.Base.Orientation, 1)
    except _DAMAGE:
        return 1
    return turn if isinstance(turn, int) and 1 <= turn <= 8 else 1


def _coloured(image: Image.Image) -> Image.Image:
    """In RGB: what is transparent over white, 12 or 16 bits of grey brought down to 8."""
    spare = max(1, max(image.size) // _LONGEST)  # a huge picture is thinned out at once, since memory is bounded
    if image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info:
        clear = (image if image.mode == "RGBA" else image.convert("RGBA")).reduce(spare)
        return Image.alpha_composite(Image.new("RGBA", clear.size, "white"), clear).convert("RGB")
    if image.mode.startswith(("I", "F")):
        grey = np.asarray(image)[::spare, ::spare].astype(np.float32)
        brightest = float(grey.max(initial=0))
        full = next((full for full in (1.0, 255.0, 4095.0, 65535.0) if brightest <= full), brightest)
        image = Image.fromarray(np.clip(grey * (255 / full), 0, 255).astype(np.uint8))
    return image.convert("RGB")


def _properties(image: Image.Image) -> Iterator[Remark]:
    """Prose in the picture's properties, which nobody sees."""
    found: dict[str, None] = {}
    try:
        exif = image.getexif()
        for tags in (exif, exif.get_ifd(ExifTags.IFD.Exif)):
            for tag, value in tags.items():
                if ExifTags.TAGS.get(tag) in _WORDS:
                    found[_decoded(ExifTags.TAGS[tag], value)] = None
    except _DAMAGE:
        pass
    for key, value in image.info.items():
        if not isinstance(key, str):
            continue
        if key in ("xmp", "XML:com.adobe.xmp"):
            found |= dict.fromkeys(_described(value))
        elif isinstance(value, (str, bytes)) and key.lower() in (
            "comment",
            "description",
            "title",
            "subject",
            "warning",
        ):
            found[_decoded(key, value)] = None
    words = "\n".join(text for text in found if _is_prose(text))
    if words:
        yield Remark("property", "图片的属性里写有文字,不在画面上。", words[:2000])


def _decoded(name: str, value: object) -> str:
    """EXIF 2.32, 4.6.5: a comment begins with its character code in eight bytes; Windows' own tags are UTF-16."""
    if isinstance(value, str):  # Pillow takes text to be Latin-1, where what is written is UTF-8 or GBK
        written = value
        try:
            value = written.encode("latin-1")
        except UnicodeEncodeError:
            return written.strip()
    if not isinstance(value, bytes):
        return ""
    if name.startswith("XP"):
        return value.decode("utf-16-le", "ignore").strip("\0 ")
    code, rest = value[:8], value[8:]
    if code == b"UNICODE\0":
        big = rest[:2] == b"\xfe\xff" or (rest[:2] != b"\xff\xfe" and rest[::2].count(0) > rest[1::2].count(0))
        return rest.decode("utf-16-be" if big else "utf-16-le", "ignore").strip("\ufeff\0 ")
    if code in (b"ASCII\0\0\0", b"\0" * 8, b"JIS\0\0\0\0\0"):
        value = rest
    for encoding in ("utf-8", "gb18030"):
        try:
            return value.decode(encoding).strip("\0 ")
        except UnicodeDecodeError:
            continue
    return ""


def _described(packet: object) -> Iterator[str]:
    """The texts of an XMP packet (ISO 16684-1)."""
    source = packet.encode() if isinstance(packet, str) else packet
    if not isinstance(source, bytes):
        return
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    try:
        root = etree.fromstring(source.strip(b"\0 \r\n"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return
    for node in root.iter("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}li") if root is not None else ():
        yield (node.text or "").strip()


def _is_prose(text: str) -> bool:
    """Chinese words, or some of another language: not what cameras write there by themselves."""
    return len(re.findall(r"[\u4e00-\u9fff]", text)) >= 2 or len(re.findall(r"[A-Za-z]{2,}", text)) >= 5
