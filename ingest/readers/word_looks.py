"""Whether a reader of the printed Word document can see a piece of its text."""

import re
from typing import Any, Literal

from lxml import etree  # type: ignore[import-untyped]

from ingest.readers.word_package import A, Package, W, switched, value, whole
from ingest.readers.word_styles import Styles

Hidden = Literal["vanished", "pale", "tiny", "shape"]
Colour = tuple[int, int, int]
Ground = Colour | None
"""What text stands on; None where it is a picture or cannot be told"""

WHITE: Colour = (255, 255, 255)
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_NEAR = 24  # of 255: text that differs less from its ground in every channel cannot be read
_SMALLEST = 6  # half-points
_TWIPS = 60  # 3 pt
_NARROWEST = 10  # per cent of a character's width
_HEX = re.compile(r"[0-9A-Fa-f]{6}")
_THEME = {"background1": "lt1", "text1": "dk1", "background2": "lt2", "text2": "dk2", "light1": "lt1", "dark1": "dk1"}
_THEME |= {"light2": "lt2", "dark2": "dk2", "hyperlink": "hlink", "followedHyperlink": "folHlink"}
_THEME |= {"bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2"}
_HIGHLIGHTS: dict[str, Colour] = {
    "black": (0, 0, 0),
    "blue": (0, 0, 255),
    "cyan": (0, 255, 255),
    "green": (0, 255, 0),
    "magenta": (255, 0, 255),
    "red": (255, 0, 0),
    "yellow": (255, 255, 0),
    "white": WHITE,
    "darkBlue": (0, 0, 128),
    "darkCyan": (0, 128, 128),
    "darkGreen": (0, 128, 0),
    "darkMagenta": (128, 0, 128),
    "darkRed": (128, 0, 0),
    "darkYellow": (128, 128, 0),
    "darkGray": (128, 128, 128),
    "lightGray": (192, 192, 192),
}


class Looks:
    """Colours, sizes and shading of a document; `page` is the colour of the paper."""

    def __init__(self, package: Package, styles: Styles, root: Any) -> None:
        self._styles = styles
        self._seen: dict[tuple[bytes, int, Ground], Hidden | None] = {}
        self._theme: dict[str, Colour] = {"lt1": WHITE, "dk1": (0, 0, 0)}
        theme = package.related("theme")
        for scheme in theme.iter(A + "clrScheme") if theme is not None else ():
            for entry in scheme:
                for colour in entry:
                    found = _rgb(colour.get("lastClr") or colour.get("val"))
                    if isinstance(entry.tag, str) and found is not None:
                        self._theme[etree.QName(entry).localname] = found
        self.page: Ground = WHITE
        background = root.find(W + "background")
        if background is not None and switched(package.related("settings"), "displayBackgroundShape"):
            self.page = self._colour(background, "color", "themeColor", "themeTint", "themeShade")

    def hidden(self, properties: Any, paragraph: tuple[Any, ...], ground: Ground) -> Hidden | None:
        """Why a run with these w:rPr (or None), in a paragraph of this style chain and on this ground, is not seen."""
        key = (b"" if properties is None else etree.tostring(properties, with_tail=False), id(paragraph), ground)
        if key not in self._seen:
            self._seen[key] = self._judged(properties, paragraph, ground)
        return self._seen[key]

    def ground(self, properties: Any, under: Ground) -> Ground:
        """The colour under text whose w:pPr, w:rPr, w:tcPr or w:tblPr (or None) are these; `under` where none is."""
        shade = properties.find(W + "shd") if properties is not None else None
        return under if shade is None else self._shaded(shade, under)

    def paragraph_ground(self, properties: Any, under: Ground) -> Ground:
        """The same for a paragraph with these w:pPr (or None), by itself and its styles."""
        for shade in reversed(list(self._styles.paragraph_holders(properties, "shd"))):
            under = self._shaded(shade, under)
        return under

    def _shaded(self, shade: Any, under: Ground) -> Ground:
        pattern = shade.get(W + "val") or "clear"
        fill = self._colour(shade, "fill", "themeFill", "themeFillTint", "themeFillShade")
        if pattern in ("clear", "nil") or (fill is None and shade.get(W + "fill") not in (None, "auto")):
            return under if fill is None else fill
        ink = self._colour(shade, "color", "themeColor", "themeTint", "themeShade") or (0, 0, 0)
        share = 1.0 if pattern == "solid" else whole(pattern.removeprefix("pct"), 50) / 100
        below = fill or under or WHITE
        return _mix(below, ink, min(share, 1.0))

    def lines_squeezed(self, properties: Any) -> bool:
        """Whether a paragraph's lines are set less than 3 pt high."""
        for spacing in self._styles.paragraph_holders(properties, "spacing"):
            if spacing.get(W + "line") is not None:
                return spacing.get(W + "lineRule") == "exact" and whole(spacing.get(W + "line"), _TWIPS) < _TWIPS
        return False

    def row_squeezed(self, properties: Any) -> bool:
        """Whether a table row with these w:trPr (or None) is set less than 3 pt high."""
        height = properties.find(W + "trHeight") if properties is not None else None
        if height is None or height.get(W + "hRule") != "exact":
            return False
        return whole(height.get(W + "val"), _TWIPS) < _TWIPS

    def _judged(self, properties: Any, paragraph: tuple[Any, ...], ground: Ground) -> Hidden | None:
        if self._styles.vanished(properties, paragraph):
            return "vanished"
        holders = list(self._styles.runs(properties, paragraph))
        sizes = (value(holder, "sz") for holder in holders)
        size = next((found for found in sizes if found), None)
        widths = (value(holder, "w") for holder in holders)
        width = next((found.rstrip("%") for found in widths if found), None)
        if whole(size, 24) < _SMALLEST or whole(width, 100) < _NARROWEST:
            return "tiny"
        for holder in reversed(holders):
            ground = self.ground(holder, ground)
        marked = next((found for holder in holders if (found := value(holder, "highlight"))), "none")
        ground = _HIGHLIGHTS.get(marked, ground)
        return "pale" if self._pale(holders, ground) else None

    def _pale(self, holders: list[Any], ground: Ground) -> bool:
        for holder in holders:
            if (fill := holder.find(_W14 + "textFill")) is not None:
                outline = holder.find(_W14 + "textOutline")
                if outline is not None and outline.find(_W14 + "solidFill") is not None:
                    return False
                return self._unfilled(fill, ground)
            colour = holder.find(W + "color")
            if colour is not None:
                return _near(self._colour(colour, "val", "themeColor", "themeTint", "themeShade"), ground)
        return False

    def _unfilled(self, fill: Any, ground: Ground) -> bool:
        """Whether the text effect that Word 2010 and later show instead of w:color leaves nothing to see."""
        if fill.find(_W14 + "noFill") is not None:
            return True
        solid = fill.find(_W14 + "solidFill")
        for colour in solid if solid is not None else ():
            alpha = colour.find(_W14 + "alpha")
            if alpha is not None and whole(alpha.get(_W14 + "val"), 0) >= 90_000:  # thousandths of a per cent, clear
                return True
            if any(child.tag != _W14 + "alpha" for child in colour):  # lightened or darkened by a formula
                return False
            name = colour.get(_W14 + "val") or ""
            return _near(_rgb(name) or self._theme.get(_THEME.get(name, name)), ground)
        return False

    def _colour(self, element: Any, plain: str, theme: str, tint: str, shade: str) -> Ground:
        """The colour that the attributes of `element` name; None for "auto" or none. The theme's goes first."""
        name = element.get(W + theme)
        found = self._theme.get(_THEME.get(name, name)) if name else None
        if found is None:
            return _rgb(element.get(W + plain))
        if (lighter := element.get(W + tint)) is not None:
            return _mix(WHITE, found, _byte(lighter) / 255)
        if (darker := element.get(W + shade)) is not None:
            return _mix((0, 0, 0), found, _byte(darker) / 255)
        return found


def _rgb(text: str | None) -> Ground:
    if text is None or not _HEX.fullmatch(text):
        return None
    return int(text[:2], 16), int(text[2:4], 16), int(text[4:], 16)


def _byte(text: str) -> int:
    return int(text, 16) if re.fullmatch("[0-9A-Fa-f]{1,2}", text) else 255


def _mix(below: Colour, above: Colour, share: float) -> Colour:
    red, green, blue = (round(low + (high - low) * share) for low, high in zip(below, above, strict=True))
    return red, green, blue


def _near(colour: Ground, ground: Ground) -> bool:
    if colour is None or ground is None:
        return False
    return all(abs(one - other) <= _NEAR for one, other in zip(colour, ground, strict=True))
