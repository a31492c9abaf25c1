"""Fields of a Word document: the result is read, the instruction is not, and boxes to tick are shown as boxes."""

import re
from dataclasses import dataclass
from typing import Any

from ingest.readers.word_package import W14, W, switched, value, whole
from ingest.readers.word_symbols import symbol

_CIRCLED = re.compile(r"\\o\s*\\?a?[clr]?\s*\(\s*[○〇◯Oo□△◇]\s*[,;,]\s*(.+?)\s*\)\s*$", re.IGNORECASE)
_SYMBOL = re.compile(r"SYMBOL\s+(\d+|0x[0-9a-fA-F]+)(?:.*?\\f\s*\"?([^\"\\]+?)\"?\s*(?:\\|$))?", re.IGNORECASE)
_PAGE = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES)\b", re.IGNORECASE)
_WITHOUT_RESULT = re.compile(r"\s*(?:EQ|SYMBOL)\b", re.IGNORECASE)


@dataclass(slots=True)
class Field:
    """A field that is being read: its instruction so far, whether its result has begun, what it shows without one."""

    instruction: str = ""
    in_result: bool = False
    shown: str = ""


class Fields:
    """The fields that the place being read stands in. `margins`: page numbers are left out; not `complete`: a field
    lacks its end, so that nothing is taken for an instruction."""

    def __init__(self, margins: bool, complete: bool = True) -> None:
        self.margins = margins
        self._complete = complete
        self._open: list[Field] = []

    def mark(self, node: Any) -> str:
        """Take note of a w:fldChar; what the field shows where it has no result of its own."""
        kind = node.get(W + "fldCharType")
        if kind == "begin":
            self._open.append(Field(shown=_form(node)))
        elif kind == "separate" and self._open:
            self._open[-1].in_result = True
        elif kind == "end" and self._open:
            field = self._open.pop()
            if field.shown:
                return field.shown if self.visible else ""
            if not field.in_result and self.visible and _WITHOUT_RESULT.match(field.instruction):
                return _drawn(field.instruction)
        return ""

    def instruct(self, text: str) -> None:
        """Take note of a piece of an instruction."""
        if self._open:
            self._open[-1].instruction += text

    @property
    def visible(self) -> bool:
        """Whether text at this place is printed."""
        return not self._complete or all(
            field.in_result and not field.shown and not (self.margins and is_page_number(field.instruction))
            for field in self._open
        )


def is_page_number(instruction: str) -> bool:
    """Whether a field prints the number of a page or of all pages."""
    return _PAGE.match(instruction) is not None


def box(control: Any) -> str | None:
    """☑ or ☐ for a content control (w:sdtPr) that is a box to tick, else None."""
    ticked = control.find(W14 + "checkbox") if control is not None else None
    if ticked is None:
        return None
    state = ticked.find(W14 + "checked")
    return "☑" if state is not None and state.get(W14 + "val") in ("1", "true", "on") else "☐"


def _form(node: Any) -> str:
    """What an old form field shows: its box, or the chosen entry of its list."""
    data = node.find(W + "ffData")
    if data is None:
        return ""
    if (ticked := data.find(W + "checkBox")) is not None:
        state = switched(ticked, "checked")
        return "☑" if (switched(ticked, "default") if state is None else state) else "☐"
    if (choice := data.find(W + "ddList")) is not None:
        entries = [entry.get(W + "val") or "" for entry in choice.iterchildren(W + "listEntry")]
        place = whole(value(choice, "result") or value(choice, "default"), 0)
        return entries[place] if 0 <= place < len(entries) else ""
    return ""


def _drawn(instruction: str) -> str:
    """What the fields EQ (a number in a circle, 带圈字符) and SYMBOL print."""
    if (match := _SYMBOL.search(instruction)) is not None:
        return symbol(f"{int(match[1], 0):x}", match[2] or "")
    if (match := _CIRCLED.search(instruction)) is not None:
        inner = match[1].strip().strip("()")
        return chr(ord("①") + int(inner) - 1) if re.fullmatch("[1-9]|1[0-9]|20", inner) else inner
    return ""
