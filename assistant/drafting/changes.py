"""What changed between two versions of a draft, word by word, and as Word's tracked changes.

A 版记 that the newer version no longer has is not shown as struck out: its box cannot be.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import SequenceMatcher
from itertools import count
from typing import Any, Literal

from docx.oxml.ns import qn

from assistant.drafting.official import blank, saved
from assistant.drafting.official_imprint import imprint_element, imprint_parts
from assistant.drafting.official_parts import Imprint, LayoutError, Part, official_parts
from assistant.drafting.official_table import row_element, table_element
from assistant.drafting.official_xml import element, paragraph_element, run_elements
from assistant.drafting.schema import Opinion, Table

_ALIKE = 0.4
"""Paragraphs that share this much of their words are one that was edited; others are one gone and one new."""


@dataclass(frozen=True, slots=True)
class Change:
    """Words of the older version that are gone, of the newer that came, or of both."""

    kind: Literal["same", "deleted", "inserted"]
    text: str


def changed_words(before: str, after: str) -> tuple[Change, ...]:
    """The two texts as one: without what was inserted it is `before`, without what was deleted `after`."""
    import jieba  # its dictionary takes a second to load: not at import

    jieba.setLogLevel(60)
    old, new = jieba.lcut(before, HMM=False), jieba.lcut(after, HMM=False)
    made: list[Change] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            made.append(Change("same", "".join(old[a:b])))
            continue
        made += [Change("deleted", "".join(old[a:b]))] if b > a else []
        made += [Change("inserted", "".join(new[c:d]))] if d > c else []
    return tuple(made)


def changes_docx(before: Opinion, after: Opinion, *, author: str, when: datetime) -> bytes:
    """`after` in its layout as .docx, with what differs from `before` as tracked changes that `author` made at `when`,
    a moment with a time zone: accepting all gives the words of `after`, rejecting all those of `before`. Raises
    LayoutError."""
    if not author.strip() or not author.strip().isprintable():
        raise LayoutError("修订没有写明修改人,或姓名中有 Word 不能保存的字符,请写明修改人后重试。")
    pen = _Pen(author.strip(), when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), count(1))
    document = blank(after)
    section = document.element.body.sectPr
    for old, new in _pairs(official_parts(before), official_parts(after)):
        for made in _elements(old, new, pen):
            section.addprevious(made)
    return saved(document)


AnyPart = Part | Table | Imprint


@dataclass(frozen=True, slots=True)
class _Pen:
    author: str
    when: str
    ids: Any

    def mark(self, tag: str) -> Any:
        """w:ins or w:del with who and when."""
        return element(tag, id=next(self.ids), author=self.author, date=self.when)


def _pairs(before: tuple[AnyPart, ...], after: tuple[AnyPart, ...]) -> Iterator[tuple[AnyPart | None, AnyPart | None]]:
    """What became what, in the order of reading; None where there is nothing to compare with."""
    matcher = SequenceMatcher(None, [_key(p) for p in before], [_key(p) for p in after], autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            yield from zip(before[a:b], after[c:d], strict=True)
            continue
        old = list(before[a:b])
        for part in after[c:d]:
            found = next((n for n, other in enumerate(old) if _alike(other, part)), None)
            if found is not None:
                yield from ((gone, None) for gone in old[:found])
                yield old[found], part
                del old[: found + 1]
            else:
                yield None, part
        yield from ((gone, None) for gone in old)


def _key(part: AnyPart) -> tuple[str, ...]:
    match part:
        case Part():
            return (part.role, part.text)
        case Table():
            return (*part.header, *(s.text for row in part.rows for s in row))
        case Imprint():
            return ("imprint", part.copies, part.printer, part.day)


def _alike(old: AnyPart, new: AnyPart) -> bool:
    if isinstance(old, Part) and isinstance(new, Part):
        only_one = old.role == new.role and not old.role.startswith(("body", "heading", "attachment"))
        return only_one or (old.role == new.role and SequenceMatcher(None, old.text, new.text).ratio() >= _ALIKE)
    if isinstance(old, Table) and isinstance(new, Table):
        return old.header == new.header
    return isinstance(old, Imprint) and isinstance(new, Imprint)


def _elements(old: AnyPart | None, new: AnyPart | None, pen: _Pen) -> Iterator[Any]:
    kept = new or old
    if isinstance(kept, Part):
        yield _paragraph(old if isinstance(old, Part) else None, new if isinstance(new, Part) else None, pen)
    elif isinstance(kept, Table):
        yield _table(old if isinstance(old, Table) else None, new if isinstance(new, Table) else None, pen)
    elif isinstance(new, Imprint):  # one that is gone leaves nothing: its box cannot be struck out
        was = {part.role: part.text for part in imprint_parts(old)} if isinstance(old, Imprint) else {}
        yield imprint_element(new, lambda part: _marked(was.get(part.role, ""), part, pen))


def _paragraph(old: Part | None, new: Part | None, pen: _Pen) -> Any:
    kept = new or old
    assert kept is not None
    made = paragraph_element(kept)
    if old is None or new is None:
        setting = element("rPr")
        setting.append(pen.mark("del" if new is None else "ins"))
        made[0].append(setting)  # the mark of a paragraph's end is the last of its settings
    made.extend(_marked(old.text if old else "", new or Part(kept.role, ()), pen))
    return made


def _marked(was: str, part: Part, pen: _Pen) -> list[Any]:
    return [run for change in changed_words(was, part.text) for run in _runs(change, part.points, pen)]


def _runs(change: Change, points: float | None, pen: _Pen) -> list[Any]:
    runs = run_elements(change.text, points=points)
    if change.kind == "same":
        return runs
    mark = pen.mark("del" if change.kind == "deleted" else "ins")
    for run in runs:
        if change.kind == "deleted":
            for text in run.findall(qn("w:t")):
                text.tag = qn("w:delText")
        mark.append(run)
    return [mark]


def _table(old: Table | None, new: Table | None, pen: _Pen) -> Any:
    """The rows of both, those of one alone marked as wholly gone or new."""
    kept = new or old
    assert kept is not None
    made = table_element(Table(kept.header, (), kept.widths), lambda text, first, last: None)
    if old is None or new is None:
        _mark_row(made[-1], "ins" if old is None else "del", pen)
    rows = [[tuple(s.text for s in row) for row in (table.rows if table else ())] for table in (old, new)]
    for kind, a, b, c, d in SequenceMatcher(None, rows[0], rows[1], autojunk=False).get_opcodes():
        for row in rows[1][c:d] if kind == "equal" else rows[0][a:b]:
            made.append(row_element(row, kept))
            if kind != "equal":
                _mark_row(made[-1], "del", pen)
        for row in [] if kind == "equal" else rows[1][c:d]:
            made.append(row_element(row, kept))
            _mark_row(made[-1], "ins", pen)
    return made


def _mark_row(row: Any, tag: str, pen: _Pen) -> None:
    row[0].append(pen.mark(tag))
    for paragraph in row.iter(qn("w:p")):
        for run in paragraph.findall(qn("w:r")):
            change = Change(
                "deleted" if tag == "del" else "inserted", "".join(t.text or "" for t in run.iter(qn("w:t")))
            )
            for marked in _runs(change, None, pen):
                run.addprevious(marked)
            paragraph.remove(run)
