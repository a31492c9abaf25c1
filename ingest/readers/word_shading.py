"""The ground that a table, by its own properties and its style, puts under its cells."""

from typing import Any

from ingest.readers.word_looks import Ground, Looks
from ingest.readers.word_package import W, value
from ingest.readers.word_styles import Styles

# w:tblLook as bits (ECMA-376, 17.4.55) and as attributes; a table without it shows all but columns' bands
_BITS = {"firstRow": 0x20, "lastRow": 0x40, "firstColumn": 0x80, "lastColumn": 0x100}


class TableShading:
    """Text that is white on the dark heading row of a table style is not hidden."""

    def __init__(self, table: Any, styles: Styles, looks: Looks, under: Ground) -> None:
        properties = table.find(W + "tblPr")
        self._whole = under
        self._special: dict[str, Ground] = {}
        self._shown = _shown(properties.find(W + "tblLook") if properties is not None else None)
        for style in reversed(styles.chain(value(properties, "tblStyle"), "table")):
            for holder in (style.find(W + "tblPr"), style.find(W + "tcPr")):
                self._whole = looks.ground(holder, self._whole)
            for special in style.iterchildren(W + "tblStylePr"):
                kind = special.get(W + "type") or ""
                ground = looks.ground(special.find(W + "tcPr"), self._whole)
                if ground != self._whole:
                    self._special[kind] = ground
        self._whole = looks.ground(properties, self._whole)
        # Which band a cell is in depends on much else: where bands are shaded, text of any colour passes.
        if any(kind.startswith("band") for kind in self._special):
            self._whole = None

    def ground(self, row: int, rows: int, column: int, last: bool) -> Ground:
        """What stands under the cell in `row` of `rows` that begins at `column`; `last`: it ends its row."""
        places = (
            ("firstRow", "firstRow", row == 0),
            ("lastRow", "lastRow", row == rows - 1),
            ("firstColumn", "firstCol", column == 0),
            ("lastColumn", "lastCol", last),
        )
        for shown, kind, here in places:
            if here and shown in self._shown and kind in self._special:
                return self._special[kind]
        return self._whole


def _shown(look: Any) -> set[str]:
    if look is None:
        return set(_BITS)
    try:
        bits = int(look.get(W + "val") or "0", 16)
    except ValueError:
        bits = 0
    return {name for name, bit in _BITS.items() if look.get(W + name) in ("1", "true", "on") or bits & bit}
