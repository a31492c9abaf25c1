"""Pages as pictures, with the places of quotes marked like with a text marker."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops, ImageDraw

from ingest.errors import UnreadableError
from ingest.limits import Limits
from ingest.materials import Box, Kind, Page
from ingest.readers import image

_YELLOW, _EDGE = (255, 233, 100), (226, 150, 20)
_MOST_PIXELS = 12_000_000
_FAILED = "这一页画不出来,文件可能已损坏,请打开原件查看。"


def page_image(
    path: Path, kind: Kind, page: Page, *, boxes: Sequence[Box] = (), width: int = 1200, limits: Limits
) -> bytes:
    """A page of a PDF or a picture file as PNG, `width` pixels wide (a small picture keeps its size), the `boxes` in
    points of that page marked; the words show through. To be run in a child process: a hostile PDF may crash pdfium.
    Raises UnreadableError."""
    return _png(_marked(_drawn(path, kind, page, width, limits), page, boxes))


def crop_image(
    path: Path, kind: Kind, page: Page, *, boxes: Sequence[Box], width: int = 1200, margin: float = 36, limits: Limits
) -> bytes:
    """As `page_image`, only the strip of the page that holds the boxes and `margin` points above and below them."""
    drawn = _drawn(path, kind, page, width, limits)
    marked = _marked(drawn, page, boxes)
    if not boxes or page.size is None:
        return _png(marked)
    scale = marked.height / page.size[1]
    top = max(int((min(box[1] for box in boxes) - margin) * scale), 0)
    low = min(int((max(box[3] for box in boxes) + margin) * scale) + 1, marked.height)
    return _png(marked.crop((0, top, marked.width, low)) if top < low else marked)


def _drawn(path: Path, kind: Kind, page: Page, width: int, limits: Limits) -> Image.Image:
    if kind not in ("pdf", "image") or not isinstance(page.number, int):
        raise UnreadableError("这种文件没有固定的版面,不能画成图片。")
    try:
        if kind == "pdf":
            return _pdf_page(path, page.number, width, min(limits.pixels, _MOST_PIXELS))
        picture, _ = image.picture(path.read_bytes(), page.number - 1, limits)
    except (pypdfium2.PdfiumError, OSError, IndexError, ValueError, OverflowError) as error:
        raise UnreadableError(_FAILED) from error
    picture.thumbnail((width, _MOST_PIXELS // width), reducing_gap=2)
    return picture


def _pdf_page(path: Path, number: int, width: int, pixels: int) -> Image.Image:
    document = pypdfium2.PdfDocument(path)
    try:
        document.init_forms()  # what was typed into form fields is drawn too
        if not 1 <= number <= len(document):
            raise UnreadableError(_FAILED)
        page = document[number - 1]
        wide, high = page.get_size()
        scale = min(width / wide, (pixels / (wide * high)) ** 0.5) if wide > 0 and high > 0 else 0
        if min(wide, high) * scale < 1:
            raise UnreadableError(_FAILED)
        picture: Image.Image = page.render(scale=scale).to_pil().convert("RGB")
        return picture
    finally:
        document.close()


def _marked(picture: Image.Image, page: Page, boxes: Sequence[Box]) -> Image.Image:
    """Yellow is multiplied into the picture, so that black stays black."""
    if not boxes or page.size is None:
        return picture
    across, down = picture.width / page.size[0], picture.height / page.size[1]
    pixels = [(left * across, top * down, right * across, low * down) for left, top, right, low in boxes]
    layer = Image.new("RGB", picture.size, "white")
    pen = ImageDraw.Draw(layer)
    # All edges first: where boxes touch, no edge runs between them.
    for margin, colour in ((3, _EDGE), (2, _YELLOW)):
        for left, top, right, low in pixels:
            pen.rectangle((left - margin, top - margin, max(right, left) + margin, max(low, top) + margin), fill=colour)
    return ImageChops.multiply(picture, layer)


def _png(picture: Image.Image) -> bytes:
    written = BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()
