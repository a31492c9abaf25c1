"""The nouns of drafting: Opinion, its blocks, and the sources that each of its sentences stands on."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

UNKNOWN = "××"
"""Stands for a fact that nobody has given."""
UNCONFIRMED = "【待核实】"
"""Stands for a verdict that no person has confirmed."""
MARK = "AI辅助起草 待审核"
"""On every page until a person has signed the draft off."""

SourceKind = Literal["clause", "file", "report", "form", "person", "counted", "fixed"]


@dataclass(frozen=True, slots=True)
class Source:
    """What a sentence stands on; it becomes a Word comment. `label` is read by people: 第七条第(一)项,
    营业执照.pdf 第1页, 表单“受理日期”, 初审人员的意见; `quote` are the words there, empty when the label says it
    all.

    `counted` is what the program counted from confirmed verdicts or dates that a person gave (工作日推算,
    按人工核定的结论计数), with the count in `quote`. `fixed` is a sentence of the form itself (特此报告。), with the
    clause or standard that asks for it as its label.
    """

    kind: SourceKind
    label: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with at least one source. Raises ValueError without one. `reasoning`: it tells only why a person's
    verdict is as it is, or what the materials say for it, so that a language model may word it."""

    text: str
    sources: tuple[Source, ...]
    reasoning: bool = False

    def __post_init__(self) -> None:
        if not self.sources:
            raise ValueError(f"a sentence without a source: {self.text[:40]}")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 4: 一、 (一) 1. (1); `text` comes without its number, which the layout writes."""

    level: Literal[1, 2, 3, 4]
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences set as one paragraph of body text."""

    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under a header that repeats on every page; `widths` are shares of the text width that sum to 1."""

    header: tuple[str, ...]
    rows: tuple[tuple[Sentence, ...], ...]
    widths: tuple[float, ...] = ()


Block = Heading | Paragraph | Table


@dataclass(frozen=True, slots=True)
class Opinion:
    """A draft of one document of office, whatever it is written as. Empty texts are left out by the layout; unknown
    ones hold UNKNOWN. `number` is the 发文字号 (青发改××〔2022〕××号), `day` the 成文日期, None until it is known.

    `report` and `version` name what it was drafted from; `signed` is when a person signed it off, in UTC. `approver`
    is the 签发人 that only a document to a higher authority names, `note` the 附注 without its brackets, `model` the
    language model that worded some of its reasons.
    """

    kind: str
    title: str
    addressee: str
    blocks: tuple[Block, ...]
    agency: str = UNKNOWN
    number: str = ""
    attachments: tuple[str, ...] = ()
    signer: str = UNKNOWN
    day: date | None = None
    copies: str = ""
    printer: str = ""
    report: str = ""
    version: str = ""
    signed: datetime | None = None
    approver: str = ""
    note: str = ""
    model: str = ""
