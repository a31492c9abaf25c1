"""The fields of a page: a label and what is filled in behind it, in table rows and in lines like “名称：…”."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from assistant.facts.width import bare, flat
from ingest.materials import Page

_COLON = re.compile(
    r"(?P<label>(?:[^\s:,。;、()\"“”*`]{1,24}|\S(?: +\S){1,9}|[A-Za-z]+(?: [A-Za-z]+){1,4})(?: *\([^()]{0,14}\)){0,2})"
    r"[\"”*`]{0,3} *:"
)
_REMARK = re.compile(r"(?:\([^()]*\))+$")
_LEADING = re.compile(r"^(?:[(]?[0-9一二三四五六七八九十]{1,3}[)]?[.、,:]?|[★*·•●])+")
_WHOSE = tuple(
    re.compile(pattern)
    for pattern in (
        r"^(?:本|我)?(?:申报|申请)?(?:单位|企业|公司|机构)的?",
        r"^(?:实际|主要|现|目前)的?",
        *(rf"^在[一-鿿]{{{size}}}" for size in (1, 2, 3)),
    )
)
_LATIN = re.compile(r"(?<=[一-鿿)])[A-Za-z][A-Za-z/&.'’_-]*$")
_QUESTION = re.compile(r"^(?:问|Q\d{0,2}|\d{1,2})[:、.]? *(?P<asked>[^?]{2,30})\??$")
_ANSWER = re.compile(r"^(?:答|A\d{0,2})[:、.] *")
_GLUED = re.compile(
    r"^(?:名称|住所|法定代表人|负责人|注册地址|经营场所|营业场所|主要经营场所|登记机关|登记管理机关)"
    r"(?![为是在位变由的及与、]|签|章)(?=[一-鿿])"
)
_SIGN = re.compile(
    r"^[\W_]{0,3}?(?:[0-9]{1,2}[.、] *)?[\[【<「(]?(?P<label>[^\s=|—–→\]】>」)]{2,18})"
    r"(?: *[\]】>」]| *(?:=|\||[【\[]|——?|–|→"
    r"|--+)| +-+ ) *"
    r"(?P<value>[^<|]{2,80}?)(?:</[^>]*>|[】\]|])? *$"
)
_QUOTES = " \t\u3000\"'`*_【"
_MOST = 20  # characters of a label


@dataclass(frozen=True, slots=True)
class Line:
    """A cell, or a line of a paragraph: `start:end` of the page's text; `row` counts the page's blocks, `column` the
    tabs before it (0 for what is no row)."""

    start: int
    end: int
    row: int
    column: int
    is_cell: bool


@dataclass(frozen=True, slots=True)
class Field:
    """`label` in one width without spaces and numbering, brackets kept; `start:end` is the value, which may be blank
    (then start == end); `label_start` is where the label begins; `row` the block it stands in."""

    label: str
    label_start: int
    start: int
    end: int
    row: int

    @property
    def head(self) -> str:
        """The label without what stands in brackets at its end: 申报单位(盖章) is 申报单位."""
        return _REMARK.sub("", self.label)


def lines(page: Page) -> tuple[Line, ...]:
    """The cells and lines of a page that are not blank, in reading order."""
    return tuple(_lines(page))


def _lines(page: Page) -> Iterator[Line]:
    for number, block in enumerate(page.blocks):
        column, text = 0, page.text[block.start : block.end]
        for found in re.finditer(r"[^\t\n]+|[\t\n]", text):
            if found.group() in "\t\n":
                column = column + 1 if found.group() == "\t" else 0
            elif found.group().strip():
                word = found.group()
                start = block.start + found.start() + len(word) - len(word.lstrip())
                end = block.start + found.end() - len(word) + len(word.rstrip())
                yield Line(start, end, number, column, block.kind == "row")


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
        found += _in_row(page.text, row, known)
    found += _below(page.text, list(cells.values()), known)
    found += _on_next_line(page, known)
    found += _answers(page, known)
    return tuple(sorted(found, key=lambda field: (field.start, field.label_start)))


def label_of(text: str, known: Mapping[str, str]) -> str | None:
    """`text` as a label, when it is one of `known`."""
    words = bare(text).rstrip(":")
    if len(words) > _MOST + 8:
        return None
    numbered = _LEADING.sub("", words)
    latin = _LATIN.sub("", numbered)
    for word in (
        words,
        numbered,
        latin,
        numbered.lower() if numbered.isascii() else "",
        *(whose.sub("", numbered) for whose in _WHOSE),
    ):
        if word in known or _REMARK.sub("", word) in known:
            return word
    return None


def _before_colons(text: str, line: Line, known: Mapping[str, str]) -> list[Field]:
    """“标签：值”, several on a line; a value ends where the next label begins."""
    even = flat(text[line.start : line.end])
    marks: list[tuple[str, int, int, bool]] = []
    for found in _COLON.finditer(even):
        label, start = found["label"], found.start("label")
        if (name := label_of(label, known)) is None:
            # a label right behind something else: 合同编号:SL-018委托方(甲方):…
            tail = re.search(r"(?<=[0-9A-Za-z_)])[^\x00-\x7f]+(?:\([^()]*\))?$", label)
            if tail and (name := label_of(tail.group(), known)):
                start += tail.start()
        marks.append((name or "", start, found.end(), name is not None))
    made = []
    for number, (name, start, end, is_known) in enumerate(marks):
        stop = marks[number + 1][1] if number + 1 < len(marks) else len(even)
        if is_known:
            made.append(_field(name, text, line.start + start, line.start + end, line.start + max(stop, end), line.row))
    return made


def _before_gap(text: str, line: Line, known: Mapping[str, str]) -> list[Field]:
    """“名　称　青岛…”: a line that begins with a label and a gap behind it."""
    even = flat(text[line.start : line.end])
    for gap in list(re.finditer(r" +", even))[:10]:
        name = label_of(even[: gap.start()], known)
        if name and ":" not in even[: gap.start()]:
            return [_field(name, text, line.start, line.start + gap.end(), line.end, line.row)]
    return []


def _in_row(text: str, row: list[Line], known: Mapping[str, str]) -> Iterator[Field]:
    at = 0
    while at < len(row):
        for wide in (1, 2, 3, 4, 5):
            cells = row[at : at + wide]
            words = "".join(text[cell.start : cell.end] for cell in cells)
            short = wide == 1 or all(len(bare(text[cell.start : cell.end])) <= 2 for cell in cells)
            name = label_of(words, known) if short and len(cells) == wide else None
            if name is None:
                continue
            following = row[at + wide] if at + wide < len(row) else None
            if following and label_of(text[following.start : following.end], known) is None:
                yield Field(name, cells[0].start, following.start, following.end, cells[0].row)
            elif wide > 1 or len(row) == 1 or following is None:
                yield Field(name, cells[0].start, cells[-1].end, cells[-1].end, cells[0].row)
            at += wide - 1
            break
        at += 1


def _below(text: str, rows: list[list[Line]], known: Mapping[str, str]) -> Iterator[Field]:
    """Rows that hold labels only: what stands below each label."""
    following = {row[0].row for row in rows}
    for head, row in pairwise(rows):
        labels = {cell.column: (cell, label_of(text[cell.start : cell.end], known)) for cell in head}
        named = sum(name is not None for _, name in labels.values())
        if named < 2 or row[0].row != head[0].row + 1:
            continue
        # A list of others has several rows, and columns of other things.
        if named < len(labels) and (2 * named <= len(labels) or row[0].row + 1 in following):
            continue
        for cell in row:
            above = labels.get(cell.column)
            if above and above[1] and label_of(text[cell.start : cell.end], known) is None:
                yield Field(above[1], cell.start, cell.start, cell.end, cell.row)


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
    return [_field(name, text, line.start, line.start + found.start("value"), end, line.row)]


def _glued(text: str, line: Line) -> list[Field]:
    """“名称青岛…”, as recognition writes a licence: nothing stands between a label and its value."""
    found = _GLUED.match(flat(text[line.start : line.end])) if not line.is_cell else None
    return [_field(found.group(), text, line.start, line.start + found.end(), line.end, line.row)] if found else []


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
            yield _field(label, page.text, line.start, following.start + answer.end(), following.end, following.row)


def _field(label: str, text: str, label_start: int, start: int, end: int, row: int) -> Field:
    value = text[start:end]
    if not value.strip():
        return Field(label, label_start, start, start, row)
    left, right = len(value) - len(value.lstrip(_QUOTES)), len(re.sub(r"[\s\"'`*,}\]_】]+$", "", value))
    if left >= right:
        left, right = len(value) - len(value.lstrip()), len(value.rstrip())
    return Field(label, label_start, start + left, start + right, row)
