"""The fields of a page: a label and what is filled in behind it, in table rows and in lines like “名称：…”."""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from assistant.facts.layout import Field, Line, filled, label_of, lines
from assistant.facts.rows import below, in_row
from assistant.facts.width import bare, flat
from ingest.materials import Page

_COLON = re.compile(
    r"(?P<label>(?:[^\s:,。;、()\"“”*`]{1,24}|\S(?: +\S){1,9}|[A-Za-z]+(?: [A-Za-z]+){1,4})(?: *\([^()]{0,14}\)){0,2})"
    r"[\"”*`]{0,3} *:"
)
_QUESTION = re.compile(r"^(?:问|Q\d{0,2}|\d{1,2})[:、.]? *(?P<asked>[^?]{2,30})\??$")
_ANSWER = re.compile(r"^(?:答|A\d{0,2})[:、.] *")
_GLUED = re.compile(
    r"^(?:名称|住所|法定代表人|负责人|注册地址|经营场所|营业场所|主要经营场所|登记机关|登记管理机关)"
    r"(?![为是在位变由的及与、]|签|章)(?=[一-鿿])"
)
_SIGN = re.compile(
    r"^[\W_]{0,3}?(?:[0-9]{1,2}[.、] *)?[\[【<「(]?(?P<label>[^\s=|—–→\]】>」)]{2,18})"
    r"(?: *[\])】>」]| *(?:=|\||[【\[]|——?|–|→"
    r"|--+)| +-+ ) *"
    r"(?P<value>[^<|]{2,80}?)(?:</[^>]*>|[】\]|])? *$"
)


def fields(page: Page, known: Mapping[str, str]) -> tuple[Field, ...]:
    """The fields whose label (or its part before brackets) is in `known`, in order of place.

    A label is the cell before a value (一个字一格 too: 名|称), what stands before a colon, what a line begins with
    before a gap, or the cell above in a row that holds labels only.
    """
    cells: dict[int, list[Line]] = {}
    found: list[Field] = []
    for line in lines(page):
        if line.is_cell:
            cells.setdefault(line.row, []).append(line)
        found += (
            _before_colons(page.text, line, known)
            or _behind_sign(page.text, line, known)
            or _before_gap(page.text, line, known)
            or _glued(page.text, line)
        )
    for row in cells.values():
        found += in_row(page.text, row, known)
    found += below(page.text, list(cells.values()), known)
    found += _on_next_line(page, known)
    found += _answers(page, known)
    return tuple(sorted(found, key=lambda field: (field.start, field.label_start)))


def _before_colons(text: str, line: Line, known: Mapping[str, str]) -> list[Field]:
    """“标签：值”, several on a line; a value ends where the next label begins."""
    even = flat(text[line.start : line.end])
    marks: list[tuple[str, int, int, bool]] = []
    for found in _COLON.finditer(even):
        label, start = found["label"], found.start("label")
        if (name := label_of(label, known)) is None:
            # a label right behind something else: 合同编号:SL-018委托方(甲方):…
            tail = re.search(r"(?<=[0-9A-Za-z_)])[^\x00-\x7f]+(?:\([^()]*\))?$", label)
            name = label_of(tail.group(), known) if tail else None
            behind = bool(marks) and not even[marks[-1][2] : start].strip()
            if tail and (name or (behind and len(tail.group()) <= 6)):  # 地点:示例路51号1207面积:138平方米
                start += tail.start()
        marks.append((name or "", start, found.end(), name is not None))
    made = []
    for number, (name, start, end, is_known) in enumerate(marks):
        stop = marks[number + 1][1] if number + 1 < len(marks) else len(even)
        if is_known:
            made.append(filled(name, text, line.start + start, line.start + end, line.start + max(stop, end), line.row))
    return made


def _before_gap(text: str, line: Line, known: Mapping[str, str]) -> list[Field]:
    """“名　称　青岛…”: a line that begins with a label and a gap behind it."""
    even = flat(text[line.start : line.end])
    for gap in list(re.finditer(r" +", even))[:10]:
        name = label_of(even[: gap.start()], known)
        if name and ":" not in even[: gap.start()]:
            return [filled(name, text, line.start, line.start + gap.end(), line.end, line.row)]
    return []


def _on_next_line(page: Page, known: Mapping[str, str]) -> Iterator[Field]:
    """A label alone on its line, as on covers; the line below it, when that is no label."""
    for line, following in pairwise(lines(page)):
        words = page.text[line.start : line.end]
        if line.is_cell or following.is_cell or (name := label_of(words, known)) is None or "(" in name:
            continue
        value = page.text[following.start : following.end]
        if not _COLON.search(flat(value)) and label_of(value, known) is None:
            yield Field(name, line.start, following.start, following.end, following.row)


def _behind_sign(text: str, line: Line, known: Mapping[str, str]) -> list[Field]:
    """“名称=青岛…”, “名称｜青岛…”, “【名称】青岛…”, “<名称>青岛…</名称>”: a label, a sign and a value."""
    found = _SIGN.match(flat(text[line.start : line.end]))
    name = label_of(found["label"], known) if found else None
    if found is None or name is None:
        return []
    end = line.start + (found.end("value"))
    return [filled(name, text, line.start, line.start + found.start("value"), end, line.row)]


def _glued(text: str, line: Line) -> list[Field]:
    """“名称青岛…”, as recognition writes a licence: nothing stands between a label and its value."""
    found = _GLUED.match(flat(text[line.start : line.end])) if not line.is_cell else None
    return [filled(found.group(), text, line.start, line.start + found.end(), line.end, line.row)] if found else []


def _answers(page: Page, known: Mapping[str, str]) -> Iterator[Field]:
    """Questions that ask for a field (问:申报单位叫什么?), with the answers on the lines below."""
    for line, following in pairwise(lines(page)):
        asked = _QUESTION.match(flat(page.text[line.start : line.end]))
        answer = _ANSWER.match(flat(page.text[following.start : following.end]))
        if asked is None or answer is None:
            continue
        words = bare(asked["asked"])
        named = [label for label in known if len(label) >= 2 and known[label] and label in words]
        if named:
            label = max(named, key=len)
            yield filled(label, page.text, line.start, following.start + answer.end(), following.end, following.row)
