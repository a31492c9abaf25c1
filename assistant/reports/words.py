"""What a report is called in Chinese, and which verdict stands on each of its findings."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from assistant.reports.schema import (
    Applicant,
    DecidedBy,
    EntityType,
    Exhibit,
    Fact,
    Finding,
    IssueKind,
    Override,
    Report,
    Verdict,
)
from assistant.validity import chinese

VERDICTS: Mapping[Verdict, str] = {"met": "符合", "unmet": "不符合", "unclear": "待核实", "missing": "未见材料"}
DECIDED_BY: Mapping[DecidedBy, str] = {
    "rule": "按规则核对",
    "llm": "由模型阅读材料后提出",
    "retrieval": "由检索得到,未作判断",
    "person": "人工核定",
}
ENTITY_TYPES: Mapping[EntityType, str] = {
    "enterprise": "企业",
    "university": "高等院校",
    "institute": "科研院所",
    "association": "行业协会",
    "thinktank": "智库机构",
    "other": "类型未能判断",
}
ISSUES: Mapping[IssueKind, str] = {
    "name_mismatch": "单位名称不一致",
    "bad_uscc": "统一社会信用代码有误",
    "amount_conflict": "金额不一致",
    "address_conflict": "地址不一致",
    "date_conflict": "日期有疑问",
    "hidden_text": "隐藏文字",
    "injection": "材料中有指示性文字",
    "unreadable": "无法读取",
    "unsigned": "缺签字、盖章或日期",
}
STATUS: Mapping[str, str] = {"read": "已读取", "ocr": "已识别(图像)", "unreadable": "未能读取"}
UNREAD = "材料中没有读到"
CAUTION = "机器预审结果不作为审批决定,由人工核定。"
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Standing:
    """A finding with what people said of it, oldest first; the last one stands, the machine's is kept beside it."""

    finding: Finding
    overrides: tuple[Override, ...] = ()

    @property
    def verdict(self) -> Verdict:
        return self.overrides[-1].verdict if self.overrides else self.finding.verdict

    @property
    def decided_by(self) -> DecidedBy:
        return "person" if self.overrides else self.finding.decided_by

    @property
    def reason(self) -> str:
        return self.overrides[-1].reason if self.overrides else self.finding.reason


def standings(report: Report, overrides: Sequence[Override]) -> tuple[Standing, ...]:
    """The findings in their order; of `overrides`, oldest first, those of this report count."""
    return tuple(
        Standing(finding, tuple(o for o in overrides if o.report == report.id and o.condition == finding.condition))
        for finding in report.findings
    )


def tally(standing: Sequence[Standing]) -> str:
    """符合 2 项、待核实 7 项、未见材料 1 项"""
    counted = Counter(each.verdict for each in standing)
    return "、".join(f"{word} {counted[verdict]} 项" for verdict, word in VERDICTS.items() if counted[verdict])


def place(exhibit: Exhibit) -> str:
    """On which page or sheet the words stand; empty for a Word file, which has no pages before it is printed."""
    if isinstance(exhibit.page, int):
        return f"第{exhibit.page}页"
    return f"工作表“{exhibit.page}”" if exhibit.page else ""


def source(exhibit: Exhibit) -> str:
    """File and page: 02 营业执照.jpg 第1页"""
    return f"{exhibit.file} {place(exhibit)}".strip()


def quoted(exhibit: Exhibit) -> str:
    """The words on one line, between quotation marks."""
    return f"“{' '.join(exhibit.quote.split())}”"


def facts_of(applicant: Applicant) -> tuple[tuple[str, str, Fact | None], ...]:
    """What is told of the applicant: its name, its value, and the fact with its words where there is one."""
    told: list[tuple[str, str, Fact | None]] = []
    for name, fact in (
        ("单位名称", applicant.name),
        ("统一社会信用代码", applicant.uscc),
        ("法定代表人", applicant.legal_representative),
        ("地址", applicant.address),
    ):
        told.append((name, fact.value if fact else UNREAD, fact))
    told.append(("单位类型", ENTITY_TYPES[applicant.entity_type], None))
    told.append(("注册地", applicant.registered_city or UNREAD, None))
    told.append(("所在城市", applicant.located_city or UNREAD, None))
    told += [("联合申报单位", fact.value, fact) for fact in applicant.joint]
    return tuple(told)


def basis(*, named: bool) -> str:
    """Whether the measure itself asks for a material."""
    return "办法明确要求提交" if named else "办法没有列明,通常用来说明这一条件"


def moment(time: datetime) -> str:
    """A time in UTC as it is on this machine: 2026年3月1日 09:30"""
    local = time.astimezone()
    return f"{chinese(local.date())} {local:%H:%M}"


def printable(text: str) -> str:
    """Without the characters that XML 1.0, and so Word and Excel, cannot hold."""
    return _UNPRINTABLE.sub("", text)
