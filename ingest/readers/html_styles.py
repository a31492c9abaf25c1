"""Whether the words of a web page are seen, by its inline styles and the plainest rules of its style sheet."""

import re
from dataclasses import dataclass, replace
from typing import Any

_TINY = 3.0  # points
_POINTS = {"pt": 1.0, "px": 0.75, "mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0, "em": 12.0, "rem": 12.0, "%": 0.12}
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SELECTOR = re.compile(r"[.#][\w-]+")
_HIDES = re.compile(r"(?:display:none|visibility:hidden|mso-hide:all|opacity:0(?:\.0+)?)(?:!important)?(?=;|$)")
_WHITE = re.compile(r"white|#f{3}|#f[0-9a-f]f[0-9a-f]f[0-9a-f]|rgba?\(2[45]\d,2[45]\d,2[45]\d(?:,[\d.]+)?\)")
_CLEAR = re.compile(r"transparent|rgba\(\d+,\d+,\d+,0(?:\.0+)?\)")


@dataclass(frozen=True, slots=True)
class Look:
    """How the words of an element look. `dark` is a ground other than white behind them."""

    off: bool = False
    white: bool = False
    clear: bool = False
    tiny: bool = False
    dark: bool = False

    @property
    def hidden(self) -> bool:
        return self.off or self.tiny or self.clear or (self.white and not self.dark)


SEEN = Look()


def look_of(element: Any, look: Look, concealed: frozenset[str]) -> Look:
    """The look of an element inside one of the look `look`."""
    style = re.sub(r"\s+", "", element.get("style") or "").lower()
    names = {f".{name}" for name in (element.get("class") or "").split()} | {f"#{element.get('id')}"}
    if element.get("hidden") is not None or _HIDES.search(style) or (concealed and names & concealed):
        look = replace(look, off=True)
    ground = _value(style, "background-color") or _value(style, "background") or (element.get("bgcolor") or "").lower()
    if ground and not _CLEAR.match(ground):
        look = replace(look, dark=not _WHITE.match(ground))
    colour = _value(style, "color") or ((element.get("color") or "").lower() if element.tag == "font" else "")
    if colour:
        look = replace(look, white=bool(_WHITE.fullmatch(colour)), clear=bool(_CLEAR.fullmatch(colour)))
    size = re.fullmatch(r"([\d.]+)(pt|px|mm|cm|in|r?em|%)?", _value(style, "font-size"))
    if size and size[1].count(".") < 2 and size[1] != ".":
        look = replace(look, tiny=float(size[1]) * _POINTS.get(size[2] or "px", 1.0) < _TINY)
    return look


def concealed_names(sheet: str) -> frozenset[str]:
    """The classes and ids, as .name and #name, that a style sheet's rules do not show."""
    found: set[str] = set()
    for selectors, rule in _RULE.findall(re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)):
        if _HIDES.search(re.sub(r"\s+", "", rule).lower()):
            found.update(name for part in selectors.split(",") if _SELECTOR.fullmatch(name := part.strip()))
    return frozenset(found)


def _value(style: str, name: str) -> str:
    """The last value of a property in a style without spaces."""
    found = re.findall(rf"(?:^|;){name}:([^;]*)", style)
    return found[-1].removesuffix("!important") if found else ""
