"""Whether the boxes of a quote cover its words: the pages are printed once more with the words of the quote alone, and
their ink is compared with the boxes."""

import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
import pypdfium2
from numpy.typing import NDArray

from evals.boxes_pages import LAYOUTS, Glyph, Layout, Printer, paged, texts
from evals.samples.fonts import available, cut
from ingest.errors import UsageError
from ingest.limits import Limits
from ingest.materials import Material, Page
from ingest.normalize import fold
from ingest.ocr import Recognizer
from ingest.quotes import Place, QuoteFinder
from ingest.readers import pdf

COVERED = 0.99
_SCALE = 2.0  # pixels for a point
_DARK = 128
_LENGTHS = (4, 80)


@dataclass(frozen=True, slots=True)
class BoxesResult:
    """Of `quotes` drawn: the share that was found (the product takes its quotes from what it has read, so a word that
    OCR misread is no fault of the boxes), and of those the share whose ink the boxes cover to 99 %, the mean share of
    ink covered, and how much ink of other words lies in the boxes, compared with that of the quotes."""

    quotes: int
    found: float
    covered: float
    ink: float
    spill: float


def measure(
    policy: Path, *, quotes: int = 800, seed: int = 7, layouts: Sequence[Layout] = LAYOUTS
) -> dict[str, BoxesResult]:
    """The result for each layout and for all. `policy` is a text whose sentences are printed. Raises UsageError without
    the Noto CJK fonts."""
    if not available():
        raise UsageError("没有 Noto CJK 字体,不能印制评测用的页面,请先安装。")
    sentences = [part for part in re.split(r"[。;；:：\s]+", policy.read_text("utf-8")) if 8 < len(part) < 60]
    each = -(-quotes // len(layouts))
    with tempfile.TemporaryDirectory() as folder:
        words = [*sentences, "0123456789()。万元N.o项"]
        printer = Printer(cut(words, Path(folder)).song, set("".join(words)))
        scores = {
            layout.name: _layout(printer, layout, sentences, each, Random(f"{seed} {layout.name}"))
            for layout in layouts
        }
    return {
        name: _mean(rows) for name, rows in (*scores.items(), ("all", [r for rows in scores.values() for r in rows]))
    }


def _layout(
    printer: Printer, layout: Layout, sentences: Sequence[str], quotes: int, random: Random
) -> list[tuple[float, float, float]]:
    """For each quote whether it was found, the share of its ink that is covered, the ink of others."""
    passages = printer.set(texts(sentences, layout, random, total=1500 if layout.scanned else 6000), layout)
    content = printer.pdf(paged(passages), layout, ruled=layout.table)
    pages = _scanned(content) if layout.scanned else pdf.read(content, Limits()).pages
    finder = QuoteFinder(Material("评测.pdf", "pdf", "read", "", len(content), pages=pages))
    drawn = [_quote(passages, random) for _ in range(quotes)]
    sheets = [(number, page) for number, quote in enumerate(drawn) for page in sorted({g.page for g in quote})]
    alone = printer.pdf([[g for g in drawn[number] if g.page == page] for number, page in sheets], layout)
    truths, whole = pypdfium2.PdfDocument(alone), pypdfium2.PdfDocument(content)
    others = [_ink(page) for page in whole]
    found = [_first(finder.locate(_typed(quote, random))) for quote in drawn]
    rows = np.zeros((len(drawn), 3))
    for place, (number, page) in enumerate(sheets):
        ink = _ink(truths[place])
        boxed = _boxed(ink.shape, [part for part in found[number] if part.page == page + 1])
        rows[number] += (ink.sum(), (ink & boxed).sum(), (others[page] & boxed & ~ink).sum())
    truths.close()
    whole.close()
    return [
        (float(bool(parts)), float(inside / ink), float(other / ink))
        for parts, (ink, inside, other) in zip(found, rows, strict=True)
    ]


def _scanned(content: bytes) -> tuple[Page, ...]:
    """The pages of a PDF as OCR reads them."""
    recognizer = Recognizer()
    made = []
    for number in range(len(pdf.read(content, Limits()).pages)):
        picture, size = pdf.picture(content, number, Limits())
        made.append(recognizer.recognise(picture, size=size, number=number + 1)[0])
    return tuple(made)


def _quote(passages: Sequence[Sequence[Glyph]], random: Random) -> Sequence[Glyph]:
    """A piece of a passage that is printed once; every third one runs over the end of a page where a passage does."""
    whole = fold("".join(glyph.char for passage in passages for glyph in passage))[0]
    broken = [passage for passage in passages if passage[0].page != passage[-1].page]
    while True:
        over = bool(broken) and random.random() < 1 / 3
        passage = random.choice(broken if over else passages)
        length = min(random.randint(*_LENGTHS), len(passage))
        start = random.randint(0, len(passage) - length)
        quote = passage[start : start + length]
        if over and quote[0].page == quote[-1].page:
            continue
        if whole.count(fold("".join(glyph.char for glyph in quote))[0]) == 1:
            return quote


def _typed(quote: Sequence[Glyph], random: Random) -> str:
    """The quote as another might type it."""
    forms = {"(": "（", ")": "）", "0": "０", "1": "１", "N": "Ｎ"}
    words = (forms.get(glyph.char, glyph.char) if random.random() < 0.5 else glyph.char for glyph in quote)
    return "".join(word + random.choice(("", "", "", " ")) for word in words)


def _first(places: Sequence[Place]) -> list[Place]:
    return [place for place in places if place.occurrence == 0]


def _ink(page: pypdfium2.PdfPage) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = page.render(scale=_SCALE, grayscale=True).to_numpy().squeeze() < _DARK
    return found


def _boxed(shape: tuple[int, ...], parts: Sequence[Place]) -> NDArray[np.bool_]:
    """The pixels inside boxes."""
    made = np.zeros(shape, np.bool_)
    for part in parts:
        for left, top, right, low in part.boxes:
            rows = slice(max(round(top * _SCALE), 0), round(low * _SCALE))
            made[rows, max(round(left * _SCALE), 0) : round(right * _SCALE)] = True
    return made


def _mean(rows: Sequence[tuple[float, float, float]]) -> BoxesResult:
    found = np.array([(ink, spill) for hit, ink, spill in rows if hit]).reshape(-1, 2)
    covered = float((found[:, 0] >= COVERED).sum()) / max(len(found), 1)
    ink, spill = found.mean(axis=0) if len(found) else (0.0, 0.0)
    return BoxesResult(len(rows), len(found) / len(rows), covered, float(ink), float(spill))
