"""What a person changes in a draft: a paragraph, a heading, a cell, or the head and foot of the document.

A sentence that stays word for word keeps its sources; every other one stands on the person who wrote it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from assistant.drafting.schema import Block, Heading, Opinion, Paragraph, Sentence, Source, Table
from assistant.reports.words import moment
from ingest.errors import UsageError

LENGTH = 5000
FIELDS = {
    "发文机关": "agency",
    "发文字号": "number",
    "签发人": "approver",
    "标题": "title",
    "主送机关": "addressee",
    "附件": "attachments",
    "署名": "signer",
    "成文日期": "day",
    "附注": "note",
    "抄送": "copies",
    "印发机关": "printer",
}
"""Of the head and foot, with their names in `Opinion`; 附件 are lines, 成文日期 is 2022-03-20."""
_STOPS = "。！？；：!?;:"
_SENTENCE = re.compile(r".+?(?:[。！？!?]+[”’」』）)]*|$)")
_QUOTED = 200
_CHANGED = re.compile(r".+修改\([^()]+\)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Editor:
    """Who changes something, and when in UTC."""

    person: str
    at: datetime

    def source(self, before: str) -> Source:
        """What a changed sentence stands on; `before` is what stood there."""
        told = before if len(before) <= _QUOTED else f"{before[:_QUOTED]}……"
        return Source("person", f"{self.person}修改({moment(self.at)})", f"原文:{told}" if told else "")


def words_at(opinion: Opinion, place: str) -> str:
    """The words of a paragraph or heading (3) or a cell (7.0.1: block, row, column). Raises UsageError for no place."""
    number, cell = _place(opinion, place)
    match opinion.blocks[number]:
        case Heading(_, text):
            return text
        case Paragraph(sentences):
            return "".join(each.text for each in sentences)
        case Table(_, rows):
            assert cell
            return rows[cell[0]][cell[1]].text


def revised(opinion: Opinion, place: str, text: str, editor: Editor) -> Opinion:
    """The opinion with other words at a place. A line break begins another paragraph; without any words a paragraph or
    heading is taken out. Raises UsageError."""
    number, cell = _place(opinion, place)
    lines = [line for each in text.splitlines() if (line := " ".join(each.split()))]
    if sum(map(len, lines)) > LENGTH:
        raise UsageError(f"这一段超过 {LENGTH} 个字,没有保存,请分成几段。")
    block = opinion.blocks[number]
    made: tuple[Block, ...]
    match block:
        case Heading():
            made = (replace(block, text="".join(lines)),) if lines else ()
        case Paragraph(sentences):
            made = tuple(map(Paragraph, _paragraphs(sentences, lines, editor)))
        case Table():
            assert cell
            made = (_table(block, cell, "".join(lines), editor),)
    return replace(opinion, blocks=(*opinion.blocks[:number], *made, *opinion.blocks[number + 1 :]))


def amended(opinion: Opinion, given: Mapping[str, object]) -> Opinion:
    """The opinion with another head and foot, see `FIELDS`; what is not given stays. Raises UsageError."""
    changes: dict[str, Any] = {}
    for name, field in FIELDS.items():
        if name not in given:
            continue
        text = str(given[name]).strip()
        if len(text) > LENGTH:
            raise UsageError(f"“{name}”超过 {LENGTH} 个字,没有保存。")
        lines = tuple(line for each in text.splitlines() if (line := " ".join(each.split())))
        match field:
            case "attachments":
                changes[field] = lines
            case "day":
                changes[field] = _day(text)
            case _:
                changes[field] = " ".join(lines)
    if not changes.get("title", opinion.title):
        raise UsageError("请填写标题。")
    return replace(opinion, **changes)


def by_person(sentence: Sentence) -> bool:
    """Whether a person wrote the sentence, in place of the program."""
    return any(source.kind == "person" and _CHANGED.fullmatch(source.label) for source in sentence.sources)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise UsageError("成文日期没有填完整或不存在,请按“年-月-日”填写,例如 2022-03-20。") from None


def _place(opinion: Opinion, place: str) -> tuple[int, tuple[int, int] | None]:
    found = re.fullmatch(r"(\d{1,5})(?:\.(\d{1,5})\.(\d{1,5}))?", place)
    number = int(found.group(1)) if found else len(opinion.blocks)
    block = opinion.blocks[number] if number < len(opinion.blocks) else None
    if found and isinstance(block, Table) and found.group(2):
        row, column = int(found.group(2)), int(found.group(3))
        if row < len(block.rows) and column < len(block.header):
            return number, (row, column)
    elif found and block and not isinstance(block, Table) and not found.group(2):
        return number, None
    raise UsageError("文稿里没有这一段,可能已被改动,请看过后再改。")


def _table(table: Table, cell: tuple[int, int], text: str, editor: Editor) -> Table:
    row, column = cell
    before = table.rows[row][column]
    if text == before.text:
        return table
    cells = list(table.rows[row])
    cells[column] = Sentence(text, (editor.source(before.text),))
    return replace(table, rows=(*table.rows[:row], tuple(cells), *table.rows[row + 1 :]))


def _paragraphs(old: tuple[Sentence, ...], lines: Sequence[str], editor: Editor) -> Iterator[tuple[Sentence, ...]]:
    """A paragraph for each line; the old sentences are looked for in all of them, in order."""
    for line in lines:
        made = tuple(_kept(old, line, 0, len(line), editor))
        held = [number for number, each in enumerate(old) if each in made]
        old = old[held[-1] + 1 :] if held and len(lines) > 1 else old
        yield made


def _kept(old: tuple[Sentence, ...], text: str, low: int, high: int, editor: Editor) -> Iterator[Sentence]:
    """The sentences of `text[low:high]`: around the longest of the old ones that stands there whole."""
    if low == high:
        return
    at, number = max(((_at(old, n, text, low, high), n) for n in range(len(old))), key=lambda found: (
        found[0] >= 0, len(old[found[1]].text)), default=(-1, 0))  # fmt: skip
    if at < 0:
        source = editor.source("".join(each.text for each in old))
        for found in _SENTENCE.findall(text[low:high]):
            yield Sentence(found, (source,))
        return
    end = at + len(old[number].text)
    yield from _kept(old[:number], text, low, at, editor)
    yield old[number]
    yield from _kept(old[number + 1 :], text, end, high, editor)


def _at(old: tuple[Sentence, ...], number: int, text: str, low: int, high: int) -> int:
    """Where the sentence stands as one of its own, and not as the rest of another; -1 where it does not."""
    words = old[number].text
    at = text.find(words, low, high) if words else -1
    while at >= 0:
        end = at + len(words)
        follows = number + 1 < len(old) and text.startswith(old[number + 1].text, end)
        if (at == low or text[at - 1] in _STOPS) and (end == high or words[-1] in _STOPS or follows):
            return at
        at = text.find(words, at + 1, high)
    return -1
