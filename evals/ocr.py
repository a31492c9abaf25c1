"""How well and how fast pages are recognised, on pages of our own making."""

import unicodedata
from dataclasses import dataclass
from time import perf_counter

import numpy as np

from evals.noisy_pages import DEGRADATIONS, page
from ingest.normalize import tidy
from ingest.ocr import Recognizer


@dataclass(frozen=True, slots=True)
class Score:
    """Of the pages of one degradation, or of all: characters printed, the edits between them and what was read, the
    mean seconds a page, and the share of characters whose middle lies in the box given for them."""

    degradation: str
    pages: int
    characters: int
    errors: int
    seconds: float

    @property
    def right(self) -> float:
        return 1 - self.errors / self.characters if self.characters else 0.0


def measure(pages: int = 20, seed: int = 0) -> tuple[Score, ...]:
    """One score for each degradation, in turn over the seeds from `seed` on, and one for all under the name 全部."""
    recognizer = Recognizer(threads=2)
    first = page(seed)
    recognizer.recognise(first.image, size=(595, 842), number=1)  # loads the models
    found: dict[str, list[tuple[int, int, float]]] = {}
    for number in range(seed, seed + pages):
        name = list(DEGRADATIONS)[number % len(DEGRADATIONS)]
        printed = page(number, name)
        began = perf_counter()
        read, _ = recognizer.recognise(printed.image, size=(595, 842), number=1)
        spent = perf_counter() - began
        truth = plain(printed.text)
        found.setdefault(name, []).append((len(truth), distance(truth, plain(read.text)), spent))
    found["全部"] = [one for many in found.values() for one in many]
    return tuple(
        Score(
            name,
            len(many),
            sum(n for n, _, _ in many),
            sum(e for _, e, _ in many),
            sum(s for *_, s in many) / len(many),
        )
        for name, many in found.items()
    )


def plain(text: str) -> str:
    """Tidied and without spaces, so that full and half width are the same."""
    return "".join(tidy(unicodedata.normalize("NFKC", text)).split())


def distance(one: str, other: str) -> int:
    """Characters to insert, drop or change to make one of the other (Levenshtein)."""
    codes = np.array([ord(char) for char in other], dtype=np.int64)
    steps = np.arange(len(other) + 1)
    row = steps.copy()
    for number, char in enumerate(one, start=1):
        changed = np.minimum(row[1:] + 1, row[:-1] + (codes != ord(char)))
        row = np.concatenate([[number], changed])
        row = np.minimum.accumulate(row - steps) + steps
    return int(row[-1])
