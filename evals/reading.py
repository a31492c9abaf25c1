"""How fast, how small and how safely files are read: `python -m evals reading --data DIR`, DIR with `documents/` and
`hostile/`. Speeds are pages a second of processor time on one core, beside other readers on the same pages."""

import resource
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from io import BytesIO
from itertools import chain
from pathlib import Path
from time import monotonic, process_time

import pypdfium2

from evals import boxes, ocr
from evals.peers import others, own_tables, plumber_tables
from ingest.commands import say
from ingest.errors import UnreadableError
from ingest.isolated import read_file, recognise_picture
from ingest.limits import Limits
from ingest.readers import pdf
from ingest.readers.pdf_characters import characters
from ingest.readers.pdf_tables import ruled_tables
from ingest.sandbox import Sandbox

_SAMPLE = 40  # pages that slower readers are given
_LONG = 500  # pages of the file whose memory is measured


@dataclass(frozen=True, slots=True)
class Hostile:
    """Of `files`: how many ended in text, in a reason, or broke their process; seconds and megabytes of the worst."""

    files: int
    read: int
    reasons: int
    broke: tuple[str, ...]
    seconds: float
    slowest: str
    megabytes: float
    largest: str


def pages_of(files: Sequence[Path], *, ruled: bool) -> bytes:
    """One PDF of all pages of `files` that have tables, or that have text and none."""
    joined = pypdfium2.PdfDocument.new()
    for path in files:
        try:
            document = pypdfium2.PdfDocument(path)
        except pypdfium2.PdfiumError:
            continue
        wanted = [index for index in range(len(document)) if _suits(document, index, ruled)]
        if wanted:
            joined.import_pages(document, wanted)
        document.close()
    return _saved(joined)


def speed(content: bytes) -> dict[str, float]:
    """Pages a second of the product on all pages of a PDF, and of it and other readers on every n-th of them."""
    count, some = _count(content), _some(content, _SAMPLE)
    told = {"pages": count, "pages_per_s": count / min(_seconds(lambda: pdf.read(content, Limits())) for _ in range(3))}
    own = min(_seconds(lambda: pdf.read(some, Limits())) for _ in range(3))
    spent = {name: _seconds(partial(read, some)) for name, read in others().items()}
    told |= {f"{name}_pages_per_s": _count(some) / seconds for name, seconds in spent.items()}
    return told | {"times_pdfplumber_text": spent["pdfplumber"] / own}


def tables(content: bytes) -> dict[str, float]:
    """On pages with tables: pages a second of the product (text and tables) and of pdfplumber (tables alone), and how
    much of the cells of either is in both, on pages whose text is upright."""
    count = _count(content)
    pairs = [
        (Counter(chain(*chain(*ours))), Counter(chain(*chain(*other))))
        for ours, other in zip(own_tables(content), plumber_tables(content), strict=True)
        if other is not None
    ]
    shared = sum((ours & other).total() for ours, other in pairs)
    most = sum(max(ours.total(), other.total()) for ours, other in pairs)
    product = count / _seconds(lambda: pdf.read(content, Limits()))
    plumber = count / _seconds(lambda: plumber_tables(content))
    return {
        "pages": count,
        "pages_per_s": product,
        "pdfplumber_pages_per_s": plumber,
        "times_pdfplumber_tables": product / plumber,
        "compared_pages": len(pairs),
        "equal_pages": sum(ours == other for ours, other in pairs) / len(pairs),
        "equal_cells": shared / most,
    }


def memory(content: bytes) -> float:
    """Megabytes at most in use by the process that reads a PDF of 500 pages, made of those of `content`."""
    source, long = pypdfium2.PdfDocument(content), pypdfium2.PdfDocument.new()
    while len(long) < _LONG:
        long.import_pages(source, list(range(min(len(source), _LONG - len(long)))))
    with Sandbox(Limits(seconds=300)) as sandbox:
        return sandbox.outcome(sandbox.start(_read_bytes, _saved(long)))


def hostile(folder: Path) -> Hostile:
    """Every file of `folder` read as the product does it, pictures included, in a process of its own."""
    costs: dict[str, tuple[float, float]] = {}
    ends: dict[str, str] = {}
    with Sandbox(Limits(seconds=30, processes=1)) as sandbox:
        sandbox.outcome(sandbox.start(_nothing))
        for path in sorted(folder.iterdir()):
            begun = monotonic()
            try:
                ends[path.name], megabytes = sandbox.outcome(sandbox.start(_read_whole, path, sandbox.limits))
            except UnreadableError as error:
                ends[path.name], megabytes = f"broke: {error}", 0.0
            costs[path.name] = (monotonic() - begun, megabytes)
    slowest, largest = (max(costs, key=lambda name: costs[name][at]) for at in (0, 1))
    return Hostile(
        files=len(ends),
        read=sum(end == "read" for end in ends.values()),
        reasons=sum(end.startswith("reason") for end in ends.values()),
        broke=tuple(f"{name}: {end}" for name, end in ends.items() if end.startswith("broke")),
        seconds=costs[slowest][0],
        slowest=slowest,
        megabytes=costs[largest][1],
        largest=largest,
    )


def _read_whole(path: Path, limits: Limits) -> tuple[str, float]:
    """In the child: how it ended, and the most memory that the process used."""
    try:
        kind, contents = read_file(path, path.name, limits)
        for place, numbers in contents.scans.items():
            for number in numbers[:1]:
                recognise_picture(path, kind, number, contents.pages[place].number, limits)
            break
        end = "read"
    except UnreadableError as error:
        end = f"reason: {error}"
    return end, _megabytes()


def _read_bytes(content: bytes) -> float:
    pdf.read(content, Limits())
    return _megabytes()


def _nothing() -> None:
    """For the first process, which starts the others."""


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def _suits(document: pypdfium2.PdfDocument, index: int, ruled: bool) -> bool:
    try:
        page = document[index]
        words: int = page.get_textpage().count_chars()
        return words > 50 and bool(ruled_tables(page, characters(page))) == ruled
    except pypdfium2.PdfiumError:
        return False


def _some(content: bytes, most: int) -> bytes:
    """`most` pages of a PDF, spread evenly."""
    document, chosen = pypdfium2.PdfDocument(content), pypdfium2.PdfDocument.new()
    step = max(1, len(document) // most)
    chosen.import_pages(document, list(range(0, len(document), step))[:most])
    return _saved(chosen)


def _saved(document: pypdfium2.PdfDocument) -> bytes:
    file = BytesIO()
    document.save(file)
    document.close()
    return file.getvalue()


def _count(content: bytes) -> int:
    return len(pypdfium2.PdfDocument(content))


def _seconds(action: Callable[[], object]) -> float:
    """Processor seconds: other programs on the machine do not count."""
    begun = process_time()
    action()
    return process_time() - begun


def run(data: Path, policy: Path) -> dict[str, Mapping[str, float]]:
    """All measures: over the files of `data/documents` and `data/hostile`, and over pages of our own making, on which
    the sentences of `policy` are printed. Seeds from 100 on were never used to tune anything."""
    files = [*sorted(data.glob("documents/*.pdf")), *sorted(data.glob("hostile/*.pdf"))]
    plain = pages_of(files, ruled=False)
    worst = hostile(data / "hostile")
    for line in worst.broke:
        say(line)
    say(f"最慢 {worst.slowest},最占内存 {worst.largest}")
    ended = {"files": worst.files, "ended": (worst.read + worst.reasons) / worst.files}
    costs = {"read": worst.read, "slowest_s": worst.seconds, "largest_mb": worst.megabytes}
    return {
        "digital": speed(plain),
        "tables": tables(pages_of(files, ruled=True)),
        "memory": {"mb_500_pages": memory(plain)},
        "hostile": {**ended, **costs},
        "ocr_tuning": _recognition(0),
        "ocr_aside": _recognition(100),
        "boxes": {key: float(value) for key, value in asdict(boxes.measure(policy)["all"]).items()},
    }


def _recognition(seed: int) -> dict[str, float]:
    score = ocr.measure(20, seed)[-1]
    return {"pages": score.pages, "characters_right": score.right, "ocr_s_per_page": score.seconds}
