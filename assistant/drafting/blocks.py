"""The blocks of a document template: headings, paragraphs, tables, and the fields and sources that they may name."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.conditions.entry import Entry
from assistant.drafting.kinds import (
    COLLECTIONS,
    BlockTemplate,
    FormField,
    HeadingTemplate,
    ParagraphTemplate,
    SentenceTemplate,
    TableTemplate,
    Term,
    Test,
)
from assistant.drafting.schema import Source
from assistant.drafting.values import POLICY_FIELDS, REPORT_FIELDS, ROW_FIELDS, TERM_FIELDS

FIELD = re.compile(r"\{([^{}]{1,30})\}")
REASONS = frozenset(("理由", "证据"))
"""What a sentence may say of a condition for a language model to word it."""
_LEVELS: Mapping[str, Literal[1, 2, 3, 4]] = {"1": 1, "2": 2, "3": 3, "4": 4}


@dataclass(frozen=True, slots=True)
class BlockReader:
    """Reads blocks that stand on `sources` and speak of `form` and `terms`. All methods raise PolicyError."""

    sources: Mapping[str, Source]
    form: Sequence[FormField]
    terms: Sequence[Term]

    def block(self, entry: Entry) -> BlockTemplate:
        """A heading, a table or a paragraph, by the field that it has."""
        if "heading" in entry.table:
            entry.only("heading", "level")
            level = entry.text("level", "1")
            if level not in _LEVELS:
                raise entry.wrong("level", "应为 1 到 4")
            return HeadingTemplate(_LEVELS[level], entry.text("heading"))
        if "table" in entry.table:
            return self._table(entry)
        entry.only("each", "where", "when", "unless", "lead", "paragraph", "empty")
        each = self._collection(entry, "each") if "each" in entry.table else ""
        return ParagraphTemplate(
            self._sentences(entry, "paragraph", each),
            self._tests(entry, ""),
            each,
            self._where(entry, each),
            self._sentences(entry, "lead", "") if "lead" in entry.table else (),
            self._sentences(entry, "empty", "") if "empty" in entry.table else (),
        )

    def check_fields(self, entry: Entry, field: str, text: str, each: str) -> None:
        """Every {name} in `text` is something that a sentence may say there."""
        known = self._known(each)
        for name in FIELD.findall(text):
            if name not in known:
                raise entry.wrong(field, f"没有名为“{name}”的字段")
        if "{" in FIELD.sub("", text) or "}" in FIELD.sub("", text):
            raise entry.wrong(field, "花括号不成对")

    def _table(self, entry: Entry) -> TableTemplate:
        entry.only("table", "where", "when", "unless", "columns", "by")
        each = self._collection(entry, "table")
        columns = entry.entries("columns")
        cells, widths = [], []
        for column in columns:
            column.only("header", "text", "width")
            text = column.text("text")
            self.check_fields(column, "text", text, each)
            cells.append(SentenceTemplate(text, self._by(entry)))
            width = column.text("width")
            if not re.fullmatch(r"[1-9]\d?", width):
                raise column.wrong("width", "应为 1 到 99 的整数")
            widths.append(int(width))
        if not columns:
            raise entry.wrong("columns", "至少要有一列")
        return TableTemplate(
            each,
            tuple(column.text("header") for column in columns),
            tuple(cells),
            tuple(width / sum(widths) for width in widths),
            self._where(entry, each),
            self._tests(entry, ""),
        )

    def _sentences(self, entry: Entry, field: str, each: str) -> tuple[SentenceTemplate, ...]:
        found = []
        for number, sentence in enumerate(entry.entries(field), 1):
            sentence = sentence.called(f"{entry.where} {field} 第 {number} 句")
            sentence.only("text", "by", "when", "unless", "reasoning")
            text = sentence.text("text")
            self.check_fields(sentence, "text", text, each)
            reasoning = sentence.flag("reasoning") if "reasoning" in sentence.table else False
            if reasoning and (each != "条件" or not set(FIELD.findall(text)) <= REASONS):
                raise sentence.wrong("reasoning", f"只能用于只写{'、'.join(sorted(REASONS))}的句子")
            found.append(SentenceTemplate(text, self._by(sentence), self._tests(sentence, each), reasoning))
        return tuple(found)

    def _by(self, entry: Entry) -> tuple[Source, ...]:
        """The sources that a sentence stands on: there is no sentence without."""
        names = entry.texts("by")
        if unknown := [name for name in names if name not in self.sources]:
            raise entry.wrong("by", f"没有名为“{unknown[0]}”的依据,可用的有 {'、'.join(self.sources)}")
        return tuple(self.sources[name] for name in names)

    def _collection(self, entry: Entry, field: str) -> str:
        name = entry.text(field)
        rows = [each.name for each in self.form if each.type == "rows"]
        if name not in (*COLLECTIONS, *rows):
            raise entry.wrong(field, f"没有“{name}”可以逐一列出,可用的有 {'、'.join((*COLLECTIONS, *rows))}")
        return name

    def _tests(self, entry: Entry, each: str) -> tuple[Test, ...]:
        return (
            *self._read(entry, "when", self._known(each), negated=False),
            *self._read(entry, "unless", self._known(each), negated=True),
        )

    def _where(self, entry: Entry, each: str) -> tuple[Test, ...]:
        return self._read(entry, "where", self._known(each), negated=False)

    def _read(self, entry: Entry, field: str, known: frozenset[str], *, negated: bool) -> tuple[Test, ...]:
        """Tests as {字段: 值} or {字段: [值, 值]}, or a field's name alone: it has been given."""
        given = entry.table.get(field)
        if given is None:
            return ()
        tests = {given: []} if isinstance(given, str) else given
        if not isinstance(tests, dict):
            raise entry.wrong(field, "应写成“字段: 值”")
        found = []
        for name, values in tests.items():
            if name not in known:
                raise entry.wrong(field, f"没有名为“{name}”的字段")
            listed = values if isinstance(values, list) else [values]
            if not all(isinstance(value, str) for value in listed):
                raise entry.wrong(field, "值应是文字")
            self._options(entry, field, str(name), listed)
            found.append(Test(str(name), tuple(listed), negated))
        return tuple(found)

    def _options(self, entry: Entry, field: str, name: str, values: Sequence[str]) -> None:
        for each in (*self.form, *(column for rows in self.form for column in rows.columns)):
            if each.name == name and each.options and (unknown := [v for v in values if v not in each.options]):
                raise entry.wrong(field, f"“{name}”没有“{unknown[0]}”这个选项")

    def _known(self, each: str) -> frozenset[str]:
        names = {*POLICY_FIELDS, *REPORT_FIELDS, *(field.name for field in self.form if field.type != "rows")}
        names |= {f"{term.name}{suffix}" for term in self.terms for suffix in TERM_FIELDS}
        names |= {*ROW_FIELDS.get(each, ()), "序号"} if each else set()
        rows = next((field for field in self.form if field.name == each), None)
        return frozenset(names | {column.name for column in rows.columns} if rows else names)
