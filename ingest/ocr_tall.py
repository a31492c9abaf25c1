"""Labels written downwards, one character below the other, laid out as a line that can be recognised."""

import cv2
import numpy as np

from ingest.ocr_lines import Floats, Pixels

_HIGHEST = 1.15
"""of the width of the ink: the height of one character, whose strokes may stand apart"""
_SIDE = 48
"""pixels of a character as it is laid out, the height at which lines are recognised"""


def laid(piece: Pixels) -> tuple[Pixels, Floats]:
    """The characters of a tall `piece` side by side, and top and bottom of each in shares of its height (n x 2)."""
    grey = cv2.cvtColor(piece, cv2.COLOR_BGR2GRAY)
    _, ink = cv2.threshold(grey, 0, 1, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    across = np.flatnonzero(ink.sum(axis=0) > 0.01 * len(ink))
    wide = float(across[-1] - across[0] + 1) if len(across) else 0.0
    marked = np.concatenate([[False], ink.sum(axis=1) > 0.03 * ink.shape[1], [False]]).astype(np.int8)
    runs = np.flatnonzero(np.diff(marked)).reshape(-1, 2).tolist()
    found: list[tuple[int, int]] = []
    for top, bottom in runs:
        if found and bottom - found[-1][0] <= _HIGHEST * wide:
            found[-1] = found[-1][0], bottom
        else:
            found.append((top, bottom))
    if not found:
        return piece, np.zeros((0, 2), dtype=np.float32)
    paper = int(np.median(grey[ink == 0])) if (ink == 0).any() else 255
    line = np.full((_SIDE, len(found) * _SIDE, 3), paper, dtype=np.uint8)
    scale = 0.8 * _SIDE / max(wide, max(bottom - top for top, bottom in found))
    for number, (top, bottom) in enumerate(found):
        part = piece[top:bottom, across[0] : across[-1] + 1]
        size = (max(1, round(part.shape[1] * scale)), max(1, round(part.shape[0] * scale)))
        small = cv2.resize(part, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
        left, upper = number * _SIDE + (_SIDE - size[0]) // 2, (_SIDE - size[1]) // 2
        line[upper : upper + size[1], left : left + size[0]] = small
    return line, (np.array(found) / len(piece)).astype(np.float32)


def downwards(quad: Floats) -> Floats:
    """The corners of a tall line in the order in which its words run."""
    return quad[[1, 2, 3, 0]]
