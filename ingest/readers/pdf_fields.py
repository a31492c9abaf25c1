"""Words that stand on a page without being drawn: values of fields and notes that the viewer has to draw itself."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ingest.materials import Box
from ingest.readers.pdf_characters import Characters

Typed = tuple[str, Box]
"""the words of a field or note, and its box in points as displayed"""


def with_typed(characters: Characters, typed: Sequence[Typed]) -> Characters:
    """`characters` and those of each field behind them, spread over the lines of its box as a viewer would."""
    if not typed:
        return characters
    codes, boxes, sizes, spaced = [], [], [], []
    for words, (left, top, right, bottom) in typed:
        rows = [row for row in words.splitlines() if row.strip()]
        pitch = min((bottom - top) / max(len(rows), 1), 15.0)
        for number, row in enumerate(rows):
            size = min(pitch * 0.8, (right - left) / sum(_width(char) for char in row))
            at, start = top + number * pitch, left
            for place, char in enumerate(row):
                end = start + _width(char) * size
                if not char.isspace():
                    codes.append(ord(char))
                    boxes.append((start, at, end, at + pitch))
                    sizes.append(size)
                    spaced.append(2 * row[place - 1 : place].isspace())
                start = end
    count = len(codes)
    placed = np.array(boxes, np.float32).reshape(-1, 4)
    return replace(
        characters,
        codes=np.append(characters.codes, np.array(codes, np.int32)),
        boxes=np.concatenate([characters.boxes, placed]),
        bodies=np.concatenate([characters.bodies, placed]),
        sizes=np.append(characters.sizes, np.array(sizes, np.float32)),
        turns=np.append(characters.turns, np.zeros(count, np.int8)),
        spaced=np.append(characters.spaced, np.array(spaced, np.int8)),
        objects=np.append(characters.objects, np.full(count, len(characters.addresses), np.int32)),
        addresses=np.append(characters.addresses, 0),
    )


def _width(char: str) -> float:
    return 0.5 if char.isascii() else 1.0
