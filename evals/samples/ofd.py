"""A Document as a simple OFD file (GB/T 33190-2016): lines of text on A4 pages."""

from collections.abc import Iterator
from itertools import count
from xml.sax.saxutils import escape

from evals.samples.archives import packed
from evals.samples.document import FICTION, Document, Text, Title
from evals.samples.texts import text

_SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_SIZE, _STEP, _LEFT, _TOP, _LOW = 4.2, 7.5, 25.0, 28.0, 268.0  # millimetres
_WIDE = 38
"""characters on a line"""


def written(document: Document) -> bytes:
    pages = list(_pages(document))
    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
    parts = {
        "OFD.xml": f'<ofd:OFD {_SPACE} Version="1.0"><ofd:DocBody><ofd:DocInfo/>'
        "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {_SPACE}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297"
        f"</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
    }
    for number, objects in enumerate(pages):
        layer = f'<ofd:Content><ofd:Layer ID="9">{objects}</ofd:Layer></ofd:Content>'
        parts[f"Doc_0/Pages/Page_{number}/Content.xml"] = f"<ofd:Page {_SPACE}>{layer}</ofd:Page>"
    return packed({name: part.encode() for name, part in parts.items()})


def _pages(document: Document) -> Iterator[str]:
    """The text objects of each page, a small line at its foot."""
    ids = count(100)
    high, objects = _TOP, ""
    for block in document.blocks:
        indent = 2 if isinstance(block, Text) and block.indent else 0
        for line in text(Document((block,))).split("\r\n"):
            words = "　" * indent + line.replace("\t", "　　")
            for piece in (words[at : at + _WIDE] for at in range(0, len(words), _WIDE)):
                if high > _LOW:
                    yield objects + _object(next(ids), FICTION, 130, 285)
                    high, objects = _TOP, ""
                left = 105 - len(piece) * _SIZE / 2 if isinstance(block, Title) else _LEFT
                objects += _object(next(ids), piece, left, high)
                high += _STEP
    yield objects + _object(next(ids), FICTION, 130, 285)


def _object(number: int, words: str, x: float, y: float) -> str:
    left = x + _SIZE * (len(words) - len(words.lstrip("　")))
    words = words.lstrip("　")
    delta = f'DeltaX="g {len(words) - 1} {_SIZE}"' if len(words) > 1 else ""
    return (
        f'<ofd:TextObject ID="{number}" Boundary="{left:.1f} {y - _SIZE:.1f} 165 {_SIZE * 1.3:.1f}" Font="1" '
        f'Size="{_SIZE}"><ofd:TextCode X="0" Y="{_SIZE}" {delta}>{escape(words)}</ofd:TextCode></ofd:TextObject>'
    )
