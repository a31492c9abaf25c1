"""Automatic numbers of a Word document, as Word prints them before each paragraph: 第一条, (一), 1.1, ①."""

import re
from dataclasses import dataclass, field
from typing import Any

from ingest.readers.word_formats import written
from ingest.readers.word_package import MC, Package, W, chosen, switched, value, whole
from ingest.readers.word_styles import Styles
from ingest.readers.word_symbols import CHECK_BOXES, symbols

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_CLOSED = ("、", ")")  # after which no digit of the text can be mistaken for a part of the number


@dataclass(slots=True)
class _Counts:
    """How far the list of one w:abstractNum has been counted: by level, and which overrides were used."""

    at: dict[int, int] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)


class Numbers:
    """Counts on with each paragraph it is asked about: ask in reading order, once for each."""

    def __init__(self, package: Package, styles: Styles) -> None:
        root = package.related("numbering")
        self._styles = styles
        self._nums: dict[str, Any] = {}
        self._abstracts: dict[str, Any] = {}
        self._linked: dict[str, str] = {}  # numbering style → the abstractNum that defines it
        self._counts: dict[str, _Counts] = {}
        self._levels: dict[str, dict[int, Any]] = {}
        for abstract in root.iterchildren(W + "abstractNum") if root is not None else ():
            key = abstract.get(W + "abstractNumId") or ""
            self._abstracts[key] = abstract
            if style := value(abstract, "styleLink"):
                self._linked[style] = key
        for number in root.iterchildren(W + "num") if root is not None else ():
            self._nums[number.get(W + "numId") or ""] = number

    def mark(self, properties: Any) -> str:
        """The number printed before a paragraph with these w:pPr (or None), with the space behind it; or nothing."""
        number, depth = self._place(properties)
        if number is None:
            return ""
        key, levels = self._abstract(number), self._defined(number)
        if depth not in levels:
            return ""
        level = levels[depth]
        counts = self._counts.setdefault(key, _Counts())
        self._count(number, depth, levels, counts)
        if switched(level.find(W + "rPr"), "vanish"):
            return ""
        pattern = value(level, "lvlText") or ""
        style = _format(level)
        if style == "bullet":
            return self._bullet(level, pattern)
        legal = switched(level, "isLgl") or False
        words = _PLACE.sub(lambda place: self._written(int(place[1]) - 1, levels, counts, legal), pattern).strip()
        if not words:
            return ""
        return words if value(level, "suff") == "nothing" and words.endswith(_CLOSED) else words + " "

    def _count(self, number: str, depth: int, levels: dict[int, Any], counts: _Counts) -> None:
        """Move the list on to its next paragraph at `depth`."""
        override = self._override(number, depth)
        if override is not None and ((number, depth) not in counts.begun or depth not in counts.at):
            counts.at[depth] = override
        elif depth in counts.at:
            counts.at[depth] += 1
        else:
            counts.at[depth] = whole(value(levels[depth], "start"), 1)
        counts.begun.add((number, depth))
        for deeper in range(depth + 1, _LEVELS):
            # w:lvlRestart: 0 never begins anew, n only after a paragraph of level n (from 1) or higher.
            after = whole(value(levels.get(deeper), "lvlRestart"), deeper)
            if deeper in counts.at and depth < after:
                del counts.at[deeper]

    def _written(self, depth: int, levels: dict[int, Any], counts: _Counts, legal: bool) -> str:
        if depth not in levels:
            return ""
        # A level above that no paragraph has used yet is printed, and from then on counted, as its first number.
        number = counts.at.setdefault(depth, whole(value(levels[depth], "start"), 1))
        style = _format(levels[depth])
        if style.startswith("custom:"):
            shape = style.removeprefix("custom:").split(",")[0].strip()
            return str(number).zfill(len(shape)) if shape.isdigit() else str(number)
        return written(number, "decimal" if legal and style != "none" else style)

    def _bullet(self, level: Any, pattern: str) -> str:
        """Bullets are ornaments, except the boxes of a form."""
        fonts = level.find(f"{W}rPr/{W}rFonts")
        font = (fonts.get(W + "ascii") or fonts.get(W + "hAnsi") or "") if fonts is not None else ""
        sign = symbols(pattern, font)
        return sign + " " if sign in CHECK_BOXES else ""

    def _place(self, properties: Any) -> tuple[str | None, int]:
        """The w:num and the level that the paragraph or its styles name; None where it has no number."""
        if not self._nums:
            return None, 0
        number = depth = None
        linked = False
        own = properties.find(W + "numPr") if properties is not None else None
        styled = self._styles.styled(properties, "numPr")
        for numbered in (own, *(element for element, _ in styled)):
            number = number or value(numbered, "numId")
            depth = depth or value(numbered, "ilvl")
            if number is not None:
                linked = numbered is not own
                break
        if number is None or number not in self._nums:  # 0 takes the number of a style away
            return None, 0
        if depth is None and linked:  # a style has the level that names it
            levels = self._defined(number).items()
            for style in self._styles.paragraph(properties):
                name = style.get(W + "styleId")
                depth = depth or next((str(at) for at, level in levels if value(level, "pStyle") == name), None)
        return number, whole(depth, 0)

    def _abstract(self, number: str) -> str:
        """The abstractNum behind a w:num, through a numbering style where there is one."""
        key = value(self._nums[number], "abstractNumId") or ""
        style = value(self._abstracts.get(key), "numStyleLink")
        return self._linked.get(style, key) if style else key

    def _defined(self, number: str) -> dict[int, Any]:
        """The levels of a w:num by depth: those of its abstractNum, or its own instead."""
        if number not in self._levels:
            abstract = self._abstracts.get(self._abstract(number))
            found = (
                {} if abstract is None else {whole(x.get(W + "ilvl"), 0): x for x in abstract.iterchildren(W + "lvl")}
            )
            for override in self._nums[number].iterchildren(W + "lvlOverride"):
                if (level := override.find(W + "lvl")) is not None:
                    found[whole(override.get(W + "ilvl"), 0)] = level
            self._levels[number] = found
        return self._levels[number]

    def _override(self, number: str, depth: int) -> int | None:
        for override in self._nums[number].iterchildren(W + "lvlOverride"):
            if whole(override.get(W + "ilvl"), 0) == depth:
                start = value(override, "startOverride")
                return None if start is None else whole(start, 1)
        return None


def _format(level: Any) -> str:
    """The number format of a level; "custom:" and its pattern for one outside the standard's list."""
    holder = level.find(W + "numFmt")
    if holder is None and (alternate := level.find(MC + "AlternateContent")) is not None:
        branch = chosen(alternate)
        holder = branch.find(W + "numFmt") if branch is not None else None
    if holder is None:
        return "decimal"
    style = holder.get(W + "val") or "decimal"
    return f"custom:{holder.get(W + 'format') or ''}" if style == "custom" else style
