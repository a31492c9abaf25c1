"""What the styles of a Word document say: each property from the run, its styles, or the document's defaults."""

import re
from collections.abc import Iterator
from typing import Any

from ingest.readers.word_package import Package, W, switched, value, whole

_DEEPEST = 20  # styles based on one another
_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_TITLES = {"title", "标题", "文档标题"}


class Styles:
    """The styles of a document. A missing or damaged part means no styles."""

    def __init__(self, package: Package) -> None:
        root = package.related("styles")
        self._styles: dict[str, Any] = {}
        self._first: dict[str, str] = {}
        self._chains: dict[str, tuple[Any, ...]] = {}
        self._styled: dict[tuple[int, str], tuple[tuple[Any, str], ...]] = {}
        self._named: dict[int, int] = {}
        self.run_defaults = None
        for style in root.iterchildren(W + "style") if root is not None else ():
            name = style.get(W + "styleId") or ""
            self._styles[name] = style
            if style.get(W + "default") in ("1", "true", "on"):
                self._first.setdefault(style.get(W + "type") or "", name)
        if root is not None:
            self.run_defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")

    def chain(self, name: str | None, kind: str = "") -> tuple[Any, ...]:
        """The style and those it is based on, nearest first; without a name the default style of `kind`."""
        key = self._first.get(kind, "") if name is None else name
        if key not in self._chains:
            found: list[Any] = []
            wanted: str | None = key
            while wanted in self._styles and len(found) < _DEEPEST:
                found.append(self._styles[wanted])
                wanted = value(found[-1], "basedOn")
            self._chains[key] = tuple(found)
        return self._chains[key]

    def paragraph(self, properties: Any) -> tuple[Any, ...]:
        """The style chain of a paragraph with these w:pPr (or None)."""
        return self.chain(value(properties, "pStyle"), "paragraph")

    def paragraph_holders(self, properties: Any, tag: str) -> Iterator[Any]:
        """The children w:`tag` of the w:pPr that hold for a paragraph, nearest first: its own, then its styles'."""
        own = properties.find(W + tag) if properties is not None else None
        if own is not None:
            yield own
        yield from (element for element, _ in self.styled(properties, tag))

    def styled(self, properties: Any, tag: str) -> tuple[tuple[Any, str], ...]:
        """The same of its styles alone, each with the id of the style."""
        chain = self.paragraph(properties)
        key = id(chain), tag
        if key not in self._styled:
            found = ((style.find(f"{W}pPr/{W}{tag}"), style.get(W + "styleId") or "") for style in chain)
            self._styled[key] = tuple((element, name) for element, name in found if element is not None)
        return self._styled[key]

    def level(self, properties: Any) -> int:
        """The depth of the heading that a paragraph is, from 1; 0 for other text."""
        outline = next((found.get(W + "val") for found in self.paragraph_holders(properties, "outlineLvl")), None)
        if outline is not None:
            level = whole(outline, 9)
            return level + 1 if 0 <= level <= 8 else 0
        chain = self.paragraph(properties)
        if id(chain) not in self._named:
            self._named[id(chain)] = next((level for style in chain if (level := _named(style))), 0)
        return self._named[id(chain)]

    def centred(self, properties: Any) -> bool:
        """Whether a paragraph is set in the middle of the line."""
        return next((found.get(W + "val") for found in self.paragraph_holders(properties, "jc")), None) == "center"

    def runs(self, properties: Any, paragraph: tuple[Any, ...]) -> Iterator[Any]:
        """The w:rPr that hold for a run, nearest first: its own, its style's, its paragraph style's, the default."""
        if properties is not None:
            yield properties
            name = value(properties, "rStyle")
            for style in self.chain(name) if name else ():
                if (found := style.find(W + "rPr")) is not None:
                    yield found
        for style in paragraph:
            if (found := style.find(W + "rPr")) is not None:
                yield found
        if self.run_defaults is not None:
            yield self.run_defaults

    def vanished(self, properties: Any, paragraph: tuple[Any, ...]) -> bool:
        """Whether w:vanish holds: in both a character and a paragraph style it cancels itself (ECMA-376, 17.7.3)."""
        own = switched(properties, "vanish")
        if own is not None:
            return own
        name = value(properties, "rStyle")
        of_run = _first(self.chain(name) if name else (), "vanish")
        of_paragraph = _first(paragraph, "vanish")
        return bool(of_run) != bool(of_paragraph) or bool(switched(self.run_defaults, "vanish"))


def _first(chain: tuple[Any, ...], tag: str) -> bool | None:
    found = (switched(style.find(W + "rPr"), tag) for style in chain)
    return next((on for on in found if on is not None), None)


def _named(style: Any) -> int:
    """The level of a heading style by its name, for files that give no outline level."""
    name = (value(style, "name") or "").strip()
    if (match := _HEADING.fullmatch(name)) is not None:
        return int(match[1])
    return 1 if name.lower() in _TITLES else 0
