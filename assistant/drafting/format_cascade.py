"""What holds for a paragraph or a run in Word: its own setting, else its style's, else that of the style that one
is based on, else the document's default (ECMA-376 part 1, 17.7.2)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

_DEPTH = 20


@dataclass(frozen=True, slots=True)
class Cascade:
    """The styles of one document; an answer is "" or 0 where nothing is set."""

    styles: dict[str, Any]
    default: str
    defaults: Any
    theme: dict[str, str]

    @classmethod
    def of(cls, document: Any) -> "Cascade":
        root = document.styles.element
        found = {style.get(qn("w:styleId"), ""): style for style in root.findall(qn("w:style"))}
        default = next(
            (
                name
                for name, style in found.items()
                if style.get(qn("w:default")) in ("1", "true") and style.get(qn("w:type")) == "paragraph"
            ),
            "",
        )
        return cls(found, default, root.find(qn("w:docDefaults")), _theme_fonts(document))

    def value(self, paragraph: Any, tag: str, name: str) -> str:
        """An attribute of a paragraph's setting, `w:tag/@w:name`."""
        for setting in self._settings(paragraph):
            child = setting.find(qn(f"w:{tag}"))
            if child is not None and child.get(qn(f"w:{name}")) is not None:
                return str(child.get(qn(f"w:{name}")))
        return ""

    def indent(self, paragraph: Any, name: str, points: float) -> float:
        """In points; indents in characters go before those in twips. A hanging and a first-line indent exclude each
        other at the level that sets one."""
        for setting in self._settings(paragraph):
            child = setting.find(qn("w:ind"))
            if child is None:
                continue
            rival = {"firstLine": "hanging", "hanging": "firstLine"}.get(name, "")
            characters, twips = child.get(qn(f"w:{name}Chars")), child.get(qn(f"w:{name}"))
            if characters not in (None, "0"):
                extra = child.get(qn("w:hangingChars")) if name == "left" else None
                return (_number(characters) + _number(extra)) / 100 * points
            if twips is not None:
                return _number(twips) / 20
            if rival and (child.get(qn(f"w:{rival}")) or child.get(qn(f"w:{rival}Chars"))):
                return 0
        return 0

    def pitch(self, paragraph: Any) -> float:
        """The fixed distance between lines in points; 0 where it follows from the font."""
        if self.value(paragraph, "spacing", "lineRule") != "exact":
            return 0
        return _number(self.value(paragraph, "spacing", "line")) / 20

    def bottom_border(self, paragraph: Any) -> str:
        for setting in self._settings(paragraph):
            border = setting.find(f"{qn('w:pBdr')}/{qn('w:bottom')}")
            if border is not None:
                return "" if border.get(qn("w:val")) in ("nil", "none") else str(border.get(qn("w:color"), "auto"))
        return ""

    def run_value(self, paragraph: Any, run: Any, tag: str, name: str) -> str:
        """An attribute of a run's setting."""
        for setting in self._run_settings(paragraph, run):
            child = setting.find(qn(f"w:{tag}"))
            if child is not None and child.get(qn(f"w:{name}")) is not None:
                return str(child.get(qn(f"w:{name}")))
        return ""

    def font(self, paragraph: Any, run: Any) -> str:
        """The font of Chinese characters; one that a theme gives is looked up there."""
        for setting in self._run_settings(paragraph, run):
            child = setting.find(qn("w:rFonts"))
            if child is None:
                continue
            theme = child.get(qn("w:eastAsiaTheme"))
            if theme:
                return self.theme.get("major" if theme.startswith("major") else "minor", "")
            if child.get(qn("w:eastAsia")):
                return str(child.get(qn("w:eastAsia")))
        return ""

    def _settings(self, paragraph: Any) -> Iterator[Any]:
        own = paragraph.find(qn("w:pPr"))
        if own is not None:
            yield own
        for style in self._chain(_named(own, "pStyle") or self.default):
            if (setting := style.find(qn("w:pPr"))) is not None:
                yield setting
        if self.defaults is not None:
            yield from self.defaults.iter(qn("w:pPr"))

    def _run_settings(self, paragraph: Any, run: Any) -> Iterator[Any]:
        own = run.find(qn("w:rPr"))
        if own is not None:
            yield own
        chains = [_named(own, "rStyle"), _named(paragraph.find(qn("w:pPr")), "pStyle") or self.default]
        for name in chains:
            for style in self._chain(name):
                if (setting := style.find(qn("w:rPr"))) is not None:
                    yield setting
        if self.defaults is not None:
            yield from self.defaults.iter(qn("w:rPr"))

    def _chain(self, name: str) -> Iterator[Any]:
        for _ in range(_DEPTH):  # styles based on each other in a ring have been seen
            style = self.styles.get(name)
            if style is None:
                return
            yield style
            name = _named(style, "basedOn")


def _named(setting: Any, tag: str) -> str:
    child = setting.find(qn(f"w:{tag}")) if setting is not None else None
    return "" if child is None else str(child.get(qn("w:val"), ""))


def _number(text: str | None) -> float:
    return float(text) if text and re.fullmatch(r"-?\d+(\.\d+)?", text) else 0


def _theme_fonts(document: Any) -> dict[str, str]:
    """The Chinese fonts of the theme's headings (major) and text (minor)."""
    for relation in document.part.rels.values():
        if relation.reltype.endswith("/theme") and not relation.is_external:
            text = relation.target_part.blob.decode("utf-8", "replace")
            made = {}
            for kind in ("major", "minor"):
                part = re.search(rf"<a:{kind}Font>(.*?)</a:{kind}Font>", text, re.DOTALL)
                named = part and (
                    re.search(r'<a:ea typeface="([^"]+)"', part[1])
                    or re.search(r'script="Hans" typeface="([^"]+)"', part[1])
                )
                made[kind] = named[1] if named else ""
            return made
    return {}
