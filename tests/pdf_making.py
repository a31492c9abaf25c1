"""PDF files for tests, with Chinese in an embedded font."""

import atexit
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from fontTools.subset import Options, Subsetter  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from fpdf import FPDF

FONT = Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc")
LEFT, TOP, RIGHT = 72.0, 80.0, 523.0
"""the edges of the text of an A4 page, in points"""


def paper(size: tuple[float, float] = (595.0, 842.0)) -> FPDF:
    """An empty PDF in points with the Chinese font "n" at 12; skips the test where the font is not installed."""
    if not FONT.is_file():
        pytest.skip(f"no Chinese font at {FONT}")
    pdf = FPDF(unit="pt", format=size)
    pdf.set_auto_page_break(False)
    pdf.set_margin(0)
    pdf.c_margin = 0
    pdf.add_font("n", "", _font())
    pdf.set_font("n", size=12)
    pdf.add_page()
    return pdf


@cache
def _font() -> Path:
    """A font with the characters that the tests of PDF files write: to embed the whole one takes 0.3 s each time."""
    font = TTFont(FONT, fontNumber=2)
    cut = Subsetter(Options(layout_features=[]))
    cut.populate(
        text="".join(path.read_text("utf-8") for path in Path(__file__).parent.glob("test_*pdf*.py")) + "\u3000"
    )
    cut.subset(font)
    target = Path(tempfile.mkdtemp(prefix="font-")) / "n.otf"
    atexit.register(shutil.rmtree, target.parent, ignore_errors=True)
    font.save(target)
    return target


def made(draw: Callable[[FPDF], object]) -> bytes:
    """A file on whose first page `draw` begins to write."""
    pdf = paper()
    draw(pdf)
    return bytes(pdf.output())


def lines(pdf: FPDF, words: list[str], *, x: float = LEFT, y: float = TOP, pitch: float = 20.0) -> None:
    """Each of `words` on a line of its own, baselines `pitch` apart."""
    for place, line in enumerate(words):
        pdf.text(x, y + place * pitch, line)


def wrapped(words: str, width: int, indent: int = 2) -> list[str]:
    """`words` in lines of `width` Chinese characters, the first set in by full-width spaces as Word does it."""
    text = "\u3000" * indent + words
    return [text[start : start + width] for start in range(0, len(text), width)]


def turned(content: bytes, degrees: int) -> bytes:
    """The file with /Rotate on every page."""
    document = pypdfium2.PdfDocument(content)
    for page in document:
        page.set_rotation(degrees)
    target = BytesIO()
    document.save(target)
    document.close()
    return target.getvalue()
