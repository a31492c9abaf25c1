"""An exhibit is made only of words that stand where it says."""

import numpy as np
import pytest

from assistant.errors import QuoteError
from assistant.reports.exhibits import exhibit, exhibit_quote
from ingest.materials import Block, Material, Page

TEXT = "专项经费 500 万元。"
BOXES = np.array([[72 + 12 * at, 96, 84 + 12 * at, 108] for at in range(len(TEXT))], np.float32)
MATERIAL = Material(
    "甲.pdf", "pdf", "read", "ab" * 32, 1,
    pages=(
        Page(1, "封面", (Block("paragraph", 0, 2),)),
        Page(2, TEXT, (Block("paragraph", 0, len(TEXT)),), boxes=BOXES),
    ),
)  # fmt: skip


def test_words_come_with_their_place() -> None:
    found = exhibit(MATERIAL, 1, 0, 4)
    assert (found.quote, found.file, found.place, found.page) == ("专项经费", "甲.pdf", 1, 2)
    assert found.boxes == ((72.0, 96.0, 120.0, 108.0),)
    assert exhibit(MATERIAL, 0, 0, 2).boxes == ()


def test_a_quote_is_found_whatever_its_spacing() -> None:
    assert exhibit_quote(MATERIAL, "专项经费500万元").quote == "专项经费 500 万元"


@pytest.mark.parametrize(("start", "end"), [(3, 3), (-1, 2), (0, 99), (4, 5)])
def test_what_does_not_stand_there_is_no_exhibit(start: int, end: int) -> None:
    with pytest.raises(QuoteError):
        exhibit(MATERIAL, 1, start, end)
    with pytest.raises(QuoteError, match="里没有“专项资金”"):
        exhibit_quote(MATERIAL, "专项资金")
