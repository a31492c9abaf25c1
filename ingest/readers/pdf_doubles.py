"""Characters printed twice for boldness or shade, taken once."""

import numpy as np

from ingest.readers.pdf_characters import Characters

_NEAR = 0.3  # of the font size, and 0.45 of the width: the two l of "all" are 0.28 sizes apart


def undoubled(characters: Characters) -> Characters:
    """`characters` without those that stand again, within a fraction of their size, where the same one stood before."""
    if len(characters) < 2:
        return characters
    size = np.maximum(characters.sizes, 1.0)
    width = np.minimum(
        characters.bodies[:, 2] - characters.bodies[:, 0], characters.bodies[:, 3] - characters.bodies[:, 1]
    )
    across = (characters.bodies[:, 0] + characters.bodies[:, 2]) / 2
    down = (characters.bodies[:, 1] + characters.bodies[:, 3]) / 2
    again = np.zeros(len(characters), bool)
    band = np.maximum(float(np.median(size)), 1.0)
    left = np.clip((across - across.min()) * 16, 0, (1 << 22) - 1).astype(np.int64)
    for shift in (0.0, 0.5):  # neighbours in height fall into one band in one of the two
        row = np.clip((down - down.min()) / band + shift, 0, (1 << 18) - 1).astype(np.int64)
        order = np.argsort((characters.codes.astype(np.int64) << 42) + (row << 22) + left, kind="stable")
        one, two = order[:-1], order[1:]
        near = np.minimum(_NEAR * np.minimum(size[one], size[two]), 0.45 * np.minimum(width[one], width[two]))
        same = (characters.codes[one] == characters.codes[two]) & (np.abs(across[one] - across[two]) < near)
        same &= np.abs(down[one] - down[two]) < near
        again[np.maximum(one, two)[same]] = True
    return characters.only(~again) if again.any() else characters
