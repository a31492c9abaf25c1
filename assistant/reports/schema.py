"""The nouns of pre-screening: Exhibit, Fact, Finding, Issue, Report, Override."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from assistant.schema import Notice
from ingest.materials import Box, PageNumber

Verdict = Literal["met", "unmet", "unclear", "missing"]
"""符合、不符合、待核实、未见材料"""
DecidedBy = Literal["rule", "llm", "retrieval", "person"]
EntityType = Literal["enterprise", "university", "institute", "association", "thinktank", "other"]
"""企业、高等院校、科研院所、行业协会、智库机构、其他"""
FactKind = Literal[
    "name",  # 单位名称
    "uscc",  # 统一社会信用代码
    "entity_type",
    "legal_representative",
    "address",  # 住所、注册地址、经营场所、租赁地址
    "joint_applicant",  # 联合申报单位
    "amount",  # 金额;value 以元为单位的十进制数
    "date",  # 日期;value 为 2022-03-18,只到月的为 2022-03
    "staff",  # 人数
    "signed",  # 签字
    "sealed",  # 盖章
]
IssueKind = Literal[
    "name_mismatch",
    "bad_uscc",
    "amount_conflict",
    "address_conflict",
    "date_conflict",
    "hidden_text",
    "injection",
    "unreadable",
    "unsigned",
]


@dataclass(frozen=True, slots=True)
class Exhibit:
    """Words of a material, checked: `quote == page.text[start:end]` of the page at `place` in the material's pages.

    Only `assistant.reports.exhibits` makes one. `boxes` are in points from the top left of the page, one for each
    printed line.
    """

    file: str
    sha256: str
    place: int
    page: PageNumber
    start: int
    end: int
    quote: str
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that a material says of its applicant. `value` is in one form for all files (see FactKind); `role` says
    what it is of: 注册资本, 专项经费支出, 成立日期, 签署日期, 注册地址, ...; `exhibit` holds the words."""

    kind: FactKind
    value: str
    role: str
    exhibit: Exhibit


@dataclass(frozen=True, slots=True)
class Applicant:
    """The applicant as its papers describe it best; each fact with the words it was read from, None where none says it.

    `registered_city` and `located_city` are names without 市 (青岛), None when unknown.
    """

    name: Fact | None = None
    uscc: Fact | None = None
    entity_type: EntityType = "other"
    legal_representative: Fact | None = None
    address: Fact | None = None
    registered_city: str | None = None
    located_city: str | None = None
    joint: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class AspectFinding:
    """What was found for one aspect of a condition (专项经费 of 第七条第(二)项), best first; () when nothing was."""

    aspect: str
    evidence: tuple[Exhibit, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """The verdict on one condition. `met` and `unmet` never come without evidence; `reason` is one Chinese sentence."""

    condition: str
    label: str
    title: str
    verdict: Verdict
    reason: str
    decided_by: DecidedBy
    evidence: tuple[Exhibit, ...] = ()
    aspects: tuple[AspectFinding, ...] = ()


@dataclass(frozen=True, slots=True)
class MissingMaterial:
    """A material that was looked for and not found. `quote` are the words of the clause that it would speak to; `named`
    is whether the measure itself asks for the material, or only for what it usually proves."""

    name: str
    basis: str
    quote: str
    named: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Issue:
    """Something a person has to look at. `places` are the words that disagree, side by side; `message` one sentence."""

    kind: IssueKind
    file: str
    page: PageNumber
    message: str
    places: tuple[Exhibit, ...] = ()


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file of the package as the report lists it; `remarks` are the sentences about hidden text, doubtful lines, …;
    `materials` are the names of the expected materials that it is."""

    name: str
    sha256: str
    kind: str
    pages: int
    status: Literal["read", "ocr", "unreadable"]
    reason: str | None = None
    remarks: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """The pre-screening of one application: one finding for each condition, in their order, whatever could be read.

    `advice` is one paragraph that is only advice. `made` is in UTC; `version` names the policy text and the conditions
    file by the first 12 digits of their sha256. `model` was asked about its conditions, with `prompts`: name and hash.
    """

    id: str
    application: str
    title: str
    policy: str
    policy_title: str
    version: str
    as_of: date
    made: datetime
    files: tuple[FileRow, ...]
    applicant: Applicant
    findings: tuple[Finding, ...]
    missing: tuple[MissingMaterial, ...]
    issues: tuple[Issue, ...]
    advice: str
    notices: tuple[Notice, ...] = ()
    facts: tuple[Fact, ...] = field(default=(), repr=False)
    model: str | None = None
    prompts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Override:
    """A person's verdict on a finding of a report; the machine's stays beside it. `given_at` is in UTC."""

    report: str
    condition: str
    verdict: Verdict
    reason: str
    person: str
    given_at: datetime
