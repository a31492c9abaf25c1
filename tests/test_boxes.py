"""The measure of boxes itself: right boxes score full, wrong ones do not."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from evals import boxes
from evals.boxes_pages import LAYOUTS
from evals.samples.fonts import available
from ingest.quotes import Place

POLICY = Path(__file__).parent.parent / "corpus" / "policies" / "qingdao-2021.txt"
needs_fonts = pytest.mark.skipif(not available(), reason="没有 Noto CJK 字体,此项跳过")


@needs_fonts
def test_boxes_cover_the_words_of_quotes_in_columns_and_turned_tables() -> None:
    result = boxes.measure(POLICY, quotes=60, layouts=(LAYOUTS[1], LAYOUTS[5]))["all"]
    assert result.quotes == 60
    assert result.found == 1
    assert result.covered >= 0.98
    assert result.spill < 0.05


@needs_fonts
def test_boxes_beside_the_words_score_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    boxed = boxes._boxed

    def shifted(shape: tuple[int, ...], parts: list[Place]) -> NDArray[np.bool_]:
        moved = [replace(p, boxes=tuple((a, b + 8, c, d + 8) for a, b, c, d in p.boxes)) for p in parts]
        return boxed(shape, moved)

    monkeypatch.setattr(boxes, "_boxed", shifted)
    assert boxes.measure(POLICY, quotes=6, layouts=LAYOUTS[:1])["one column"].covered == 0
