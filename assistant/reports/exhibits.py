"""The only place that makes an Exhibit: words that stand in a material, with where they are printed."""

from assistant.errors import QuoteError
from assistant.reports.schema import Exhibit
from ingest.materials import Material
from ingest.quotes import line_boxes, locate


def exhibit(material: Material, place: int, start: int, end: int) -> Exhibit:
    """The words `start:end` of the page at `place` of a material. Raises QuoteError for words that are not there."""
    page = material.pages[place]
    if not 0 <= start < end <= len(page.text) or not page.text[start:end].strip():
        raise QuoteError(f"“{material.name}”的这一页没有 {start}–{end} 处的文字。")
    boxes = line_boxes(page.boxes[start:end]) if page.boxes is not None else ()
    return Exhibit(material.name, material.sha256, place, page.number, start, end, page.text[start:end], tuple(boxes))


def exhibit_quote(material: Material, quote: str) -> Exhibit:
    """The first place of `quote` in a material, whatever its width and spacing; of one that runs over a page break its
    part on the first page. Raises QuoteError when it is not there."""
    found = locate(quote, material)
    if not found:
        raise QuoteError(f"“{material.name}”里没有“{quote[:40]}”。")
    place = next(at for at, page in enumerate(material.pages) if page.number == found[0].page)
    return exhibit(material, place, found[0].start, found[0].end)
