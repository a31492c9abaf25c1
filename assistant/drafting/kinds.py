"""What a kind of document is made of, as `corpus/documents/` describes it: form fields, tests, templates of blocks."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from assistant.drafting.schema import Source
from ingest.errors import UsageError
from ingest.schema import Clause, Policy

FieldType = Literal["text", "lines", "date", "number", "choice", "rows"]
"""一行文字、一段文字、日期、整数、选项、若干行(each with the field's columns)"""
FIELD_TYPES: tuple[FieldType, ...] = ("text", "lines", "date", "number", "choice", "rows")
COLLECTIONS = ("条件", "缺少材料", "疑点", "未读文件", "申报")
"""What of the reports a block may be repeated for, besides the rows of a form field."""
Standing = Literal["met", "unmet", "unclear", "missing"]


@dataclass(frozen=True, slots=True)
class FormField:
    """Something that a person enters. `judgement`: left open it is 【待核实】, not ××. `default` is a template for when
    it is left open. `any_day`: a date that may lie before the measure came into force."""

    name: str
    type: FieldType = "text"
    hint: str = ""
    required: bool = False
    judgement: bool = False
    any_day: bool = False
    default: str = ""
    options: tuple[str, ...] = ()
    columns: tuple["FormField", ...] = ()


@dataclass(frozen=True, slots=True)
class Test:
    """Holds where `field` has one of `values`, with () where it has any at all; `negated`: where it does not."""

    field: str
    values: tuple[str, ...] = ()
    negated: bool = False


@dataclass(frozen=True, slots=True)
class SentenceTemplate:
    """Words with {fields}; `sources` are the clauses that it stands on, the fields bring theirs. `reasoning` as of
    `Sentence`."""

    text: str
    sources: tuple[Source, ...]
    tests: tuple[Test, ...] = ()
    reasoning: bool = False


@dataclass(frozen=True, slots=True)
class HeadingTemplate:
    """Left out where nothing stands under it."""

    level: Literal[1, 2, 3, 4]
    text: str


@dataclass(frozen=True, slots=True)
class ParagraphTemplate:
    """A paragraph; with `each`, one for every row of that collection that passes `where`. `lead` stands before the
    rows where there are any, `empty` in their place where there are none."""

    sentences: tuple[SentenceTemplate, ...]
    tests: tuple[Test, ...] = ()
    each: str = ""
    where: tuple[Test, ...] = ()
    lead: tuple[SentenceTemplate, ...] = ()
    empty: tuple[SentenceTemplate, ...] = ()


@dataclass(frozen=True, slots=True)
class TableTemplate:
    """One row for each of the collection; the cells are as long as `header`, `widths` sum to 1."""

    each: str
    header: tuple[str, ...]
    cells: tuple[SentenceTemplate, ...]
    widths: tuple[float, ...]
    where: tuple[Test, ...] = ()
    tests: tuple[Test, ...] = ()


BlockTemplate = HeadingTemplate | ParagraphTemplate | TableTemplate


@dataclass(frozen=True, slots=True)
class Term:
    """A term of working days that `source` sets, from the day in the form field `start`; `end` is the field of the day
    on which the thing was done. Its fields are {name届满日}, {name已过}, {name结论} and {name说明}."""

    name: str
    start: str
    end: str
    workdays: int
    source: Source


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """One kind of document. `reports` are the least and the most it takes; `needs`, where not empty, the verdicts of
    which a person must have confirmed one. `upward`: it goes to a higher authority and has a 签发人.
    `confirm`: the form field (lines) that lists which of 缺少材料 or 疑点 a person found to be so."""

    id: str
    name: str
    aliases: tuple[str, ...]
    basis: tuple[Source, ...]
    reports: tuple[int, int]
    needs: tuple[Standing, ...]
    upward: bool
    numbered: bool
    title: str
    addressee: str
    agency: str
    note: str
    form: tuple[FormField, ...]
    terms: tuple[Term, ...]
    confirm: Mapping[str, str]
    blocks: tuple[BlockTemplate, ...]
    sha256: str

    def field(self, name: str) -> FormField | None:
        return next((field for field in self.form if field.name == name), None)


@dataclass(frozen=True, slots=True)
class Measure:
    """A policy with its clauses and the kinds of document that are drafted under it."""

    policy: Policy
    clauses: tuple[Clause, ...]
    kinds: tuple[DocumentKind, ...]

    def kind(self, name: str) -> DocumentKind:
        """The kind with this name, one of its other names, or its id. Raises UsageError that lists the names."""
        wanted = name.strip()
        for kind in self.kinds:
            if wanted in (kind.id, kind.name, *kind.aliases):
                return kind
        known = "、".join(kind.name for kind in self.kinds)
        raise UsageError(f"没有“{wanted[:40]}”这种文书,可以起草的有:{known}。")
