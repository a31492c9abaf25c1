"""How the cells of an .xlsx file look, as far as it decides what a reader sees: number formats and unseen letters."""

from dataclasses import dataclass
from typing import Any

from ingest.readers.office_xml import integer, local, parts_of
from ingest.readers.sheet_formats import BUILTIN, hides_all

_TINY = 3.0  # points
_NEAR = 16  # of 255 that two colours may differ in each channel and look the same
_INDEXED = {0: "000000", 1: "FFFFFF", 8: "000000", 9: "FFFFFF", 64: "000000", 65: "FFFFFF"}  # ECMA-376 18.8.27
_WHITE = "FFFFFF"


@dataclass(frozen=True, slots=True)
class Style:
    """`code` is the number format, "" for General. `unseen`: letters as the ground behind them, or under 3 points;
    `numbers_unseen`: a format that shows no number (;;;)."""

    code: str = ""
    unseen: bool = False
    numbers_unseen: bool = False


def styles(root: Any) -> tuple[Style, ...]:
    """The styles that the cells of a workbook name by their place, from the root of xl/styles.xml."""
    codes = dict(BUILTIN)
    for element in parts_of(root, "numFmts", "numFmt"):
        codes[integer(element.get("numFmtId"))] = element.get("formatCode") or ""
    fonts = list(parts_of(root, "fonts", "font"))
    fills = list(parts_of(root, "fills", "fill"))
    made = []
    for element in parts_of(root, "cellXfs", "xf"):
        code = codes.get(integer(element.get("numFmtId")), "")
        code = "" if code in ("General", "@") else code
        font, fill = integer(element.get("fontId")), integer(element.get("fillId"))
        unseen = font < len(fonts) and _unseen(fonts[font], fills[fill] if fill < len(fills) else None)
        made.append(Style(code, unseen, hides_all(code)))
    return tuple(made)


def _unseen(font: Any, fill: Any) -> bool:
    colour, ground = None, _WHITE
    for element in font:
        if local(element) == "sz" and 0 < _number(element.get("val")) < _TINY:
            return True
        if local(element) == "color":
            colour = _colour(element)
    for pattern in fill if fill is not None else ():
        kind = pattern.get("patternType")
        if local(pattern) == "gradientFill" or kind not in (None, "none", "solid"):
            return False
        if kind == "solid":
            ground = next((_colour(element) for element in pattern if local(element) == "fgColor"), "")
    return bool(colour and ground) and _alike(colour or "", ground)


def _colour(element: Any) -> str:
    """Six hexadecimal digits; the name of a theme's colour where only the theme knows it; empty when unknown."""
    rgb = element.get("rgb") or ""
    if len(rgb) in (6, 8):
        return str(rgb[-6:].upper())
    if element.get("indexed") is not None:
        return _INDEXED.get(integer(element.get("indexed")), f"indexed {element.get('indexed')}")
    if element.get("theme") is None:
        return ""
    tint = _number(element.get("tint"))
    if element.get("theme") == "0":  # the paper of nearly every theme; a tint darkens it
        return f"{max(0, min(255, round(255 * (1 + min(tint, 0))))):02X}" * 3
    return f"theme {element.get('theme')} {tint}"


def _alike(one: str, other: str) -> bool:
    try:
        pairs = [(int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (0, 2, 4)]
    except ValueError:
        return one == other
    return len(one) == len(other) == 6 and all(abs(left - right) <= _NEAR for left, right in pairs)


def _number(text: str | None) -> float:
    try:
        return float(text or 0)
    except ValueError:
        return 0.0
