"""What a sentence may say: each field of a template as text with the sources it stands on."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.drafting.schema import UNCONFIRMED, UNKNOWN, Source
from assistant.drafting.sources import (
    QUOTED,
    of_clause,
    of_exhibit,
    of_person,
    of_policy,
    of_report,
    of_tally,
    one_line,
    printed,
)
from assistant.reports.schema import Exhibit, Fact, Override, Report
from assistant.reports.words import ENTITY_TYPES, ISSUES, VERDICTS, Standing, standings
from assistant.reports.words import source as located
from ingest.schema import Clause, Policy

POLICY_FIELDS = ("办法", "制定机关")
REPORT_FIELDS = (
    *("申报单位", "统一社会信用代码", "法定代表人", "地址", "单位类型", "注册地", "所在地", "联合申报单位", "申报材料"),
    *("条件数", "核定数", "符合数", "不符合数", "未见材料数", "核定待核实数", "未核定数", "核定情况"),
    *("缺少材料名称", "疑点数", "文件数", "申报数"),
)
TERM_FIELDS = ("工作日数", "届满日", "已过工作日", "结论", "说明")
ROW_FIELDS: Mapping[str, tuple[str, ...]] = {
    "条件": ("条款", "条件", "条款原文", "结论", "理由", "核定人", "证据"),
    "缺少材料": ("材料", "材料条款", "材料依据", "材料说明", "核实"),
    "疑点": ("疑点", "疑点类别", "疑点位置", "核实"),
    "未读文件": ("文件", "原因"),
    "申报": (),
}
_EVIDENCE = 2  # pieces of evidence quoted in the text of a confirmed condition
_END = "。;；,，、.!！ "


@dataclass(frozen=True, slots=True)
class Value:
    """`tag` is what tests compare, where it is not the text; an unknown value has a text too: ×× or 【待核实】."""

    text: str
    sources: tuple[Source, ...]
    known: bool = True
    tag: str = ""


Scope = Mapping[str, Value]


def said(text: str, *sources: Source, tag: str = "") -> Value:
    """A known value on one line, without the stop that the template writes; unknown where it is empty."""
    text = one_line(text).rstrip(_END)
    return Value(text, sources, True, tag) if text else Value(UNKNOWN, sources, False)


def policy_values(policy: Policy) -> Scope:
    """The measure's title and who made it."""
    source = of_policy(policy)
    return {"办法": said(printed(f"《{policy.title}》"), source), "制定机关": said(policy.issuer, source)}


def report_values(report: Report, standing: Sequence[Standing]) -> Scope:
    """What a report says of its applicant, and how many of its verdicts people have confirmed."""
    applicant = report.applicant
    entity = applicant.entity_type
    counted = Counter(each.verdict for each in standing if confirmed(each))
    done = counted.total()
    open_ = len(standing) - done
    every = [f"{word}{counted[verdict]}项" for verdict, word in VERDICTS.items()]
    some = [words for words, verdict in zip(every, VERDICTS, strict=True) if counted[verdict]]
    told = f"{len(standing)}项条件中，经人工核定{done}项"
    tally = of_tally(f"{told}（{'、'.join(every)}），尚未核定{open_}项")
    words = told + (f"（{'、'.join(some)}）" if some else "") + (f"，尚未核定{open_}项" if open_ else "")
    joint = [_fact("联合申报单位", fact) for fact in applicant.joint]
    numbers = {
        "条件数": len(standing),
        "核定数": done,
        "符合数": counted["met"],
        "不符合数": counted["unmet"],
        "未见材料数": counted["missing"],
        "核定待核实数": counted["unclear"],
        "未核定数": open_,
    }
    return {
        "申报单位": _fact("申报单位", applicant.name),
        "统一社会信用代码": _fact("统一社会信用代码", applicant.uscc),
        "法定代表人": _fact("法定代表人", applicant.legal_representative),
        "地址": _fact("地址", applicant.address),
        "单位类型": _told("单位类型", "" if entity == "other" else ENTITY_TYPES[entity]),
        "注册地": _told("注册地", applicant.registered_city or ""),
        "所在地": _told("所在地", applicant.located_city or ""),
        "联合申报单位": said("、".join(each.text for each in joint), *(s for each in joint for s in each.sources))
        if joint
        else _told("联合申报单位", ""),
        "申报材料": _told("申报材料", report.title),
        "缺少材料名称": _told("缺少材料", "、".join(each.name for each in report.missing)),
        "疑点数": _told("疑点数", str(len(report.issues))),
        "文件数": _told("文件数", str(len(report.files))),
        "核定情况": said(words, tally),
        **{name: Value(str(number), (tally,), True) for name, number in numbers.items()},
    }


def confirmed(standing: Standing) -> bool:
    """Whether a person gave the verdict that stands."""
    return standing.decided_by == "person"


def condition_rows(report: Report, overrides: Sequence[Override], clauses: Sequence[Clause]) -> Iterator[Scope]:
    """The conditions in their order. A verdict that nobody confirmed is 【待核实】, and its reason is not told."""
    by_id = {clause.id: clause for clause in clauses}
    for each in standings(report, overrides):
        finding = each.finding
        clause = by_id.get(finding.condition)
        basis = of_clause(clause) if clause else of_report("条款", finding.label)
        machine = of_report(f"{finding.label}的结论", f"机器预审:{VERDICTS[finding.verdict]},尚未经人工核定")
        shown: tuple[Exhibit, ...] = ()
        if confirmed(each):
            person = of_person(each.overrides[-1]) if each.overrides else _in_report(each)
            verdict = Value(VERDICTS[each.verdict], (person,), True, each.verdict)
            reason = said(each.reason, person)
            who = said(each.overrides[-1].person, person) if each.overrides else said("", person)
            shown = finding.evidence[:_EVIDENCE] if each.verdict == "met" else ()
        else:
            verdict = reason = who = Value(UNCONFIRMED, (machine,), False, "unconfirmed")
        yield {
            "条款": said(printed(finding.label), basis),
            "条件": said(printed(finding.title), of_report("条件", finding.title)),
            "条款原文": said(basis.quote, basis),
            "结论": verdict,
            "理由": reason,
            "核定人": who,
            "证据": said("、".join(map(_quoted, shown)), *map(of_exhibit, shown)),
        }


def missing_rows(report: Report) -> Iterator[Scope]:
    """The materials that the program did not find; which of them are asked for is a person's word."""
    for each in report.missing:
        source = of_report("缺少的材料", f"{each.name}。{each.basis}“{each.quote}”。{each.note}")
        basis = Source("clause", each.basis, one_line(each.quote))
        yield {
            "材料": said(each.name, source),
            "材料条款": said(printed(each.basis), basis),
            "材料依据": said(printed(f"{each.basis}“{each.quote}”"), basis),
            "材料说明": said(printed(each.note), source),
        }


def issue_rows(report: Report) -> Iterator[Scope]:
    """What disagrees in the materials, with the words side by side; unreadable files are told apart."""
    for issue in report.issues:
        if issue.kind == "unreadable":
            continue
        source = of_report("疑点", f"{issue.file}：{issue.message}")
        places = "；".join(map(_quoted, issue.places))
        yield {
            "疑点": said(printed(issue.message), source),
            "疑点类别": said(ISSUES[issue.kind], source, tag=issue.kind),
            "疑点位置": said(places or issue.file, source, *map(of_exhibit, issue.places)),
        }


def unread_rows(report: Report) -> Iterator[Scope]:
    """The files that could not be read, and why."""
    for file in report.files:
        if file.status == "unreadable":
            source = of_report("未能读取的文件", f"{file.name}:{file.reason or ''}")
            yield {"文件": said(file.name, source), "原因": said(printed(file.reason or ""), source)}


def unknown(names: Sequence[str], source: Callable[[str], Source]) -> Scope:
    """×× for each name."""
    return {name: Value(UNKNOWN, (source(name),), False) for name in names}


def _fact(name: str, fact: Fact | None) -> Value:
    if fact is None:
        return _told(name, "")
    # Read from words that are spaced or written otherwise: the report says how it read them.
    other = "".join(fact.value.split()) not in "".join(fact.exhibit.quote.split())
    return said(fact.value, of_exhibit(fact.exhibit), *([of_report(name, fact.value)] if other else []))


def _told(name: str, text: str) -> Value:
    return said(text, of_report(name, text or "材料中没有读到"))


def _in_report(each: Standing) -> Source:
    finding = each.finding
    return Source("person", "报告中的人工核定", f"{VERDICTS[finding.verdict]}。{one_line(finding.reason)}")


def _quoted(exhibit: Exhibit) -> str:
    words = one_line(exhibit.quote).replace("“", "‘").replace("”", "’")  # GB/T 15834-2011, 4.8.3.3: quotes within
    words = words if len(words) <= QUOTED else f"{words[:QUOTED]}……"
    where = one_line(located(exhibit))
    return f"“{words}”（{where}）" if where else f"“{words}”"
