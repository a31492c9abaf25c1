"""What a report says, piece by piece, for every form it is written in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.reports.schema import Exhibit, Issue, Override, Report
from assistant.reports.words import (
    CAUTION,
    DECIDED_BY,
    ISSUES,
    STATUS,
    VERDICTS,
    Standing,
    basis,
    facts_of,
    moment,
    quoted,
    source,
    standings,
    tally,
)
from assistant.validity import chinese


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` 1 is the title of the whole."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph; `label` stands before it and is emphasised."""

    text: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a material and where they stand."""

    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; `widths` are the columns' shares of the page."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Caution:
    """A sentence that the reader must not miss."""

    text: str


Piece = Heading | Line | Quote | Grid | Caution

_HOW = (
    "按规则核对:由程序按条文逐项比对,并有原文为证;",
    "由检索得到:只找到相关文字,没有作出判断,请人工核实;",
    "由模型阅读材料后提出:只作参考;人工核定:由经办人写明理由后修改,机器原来的结论同时保留。",
)


def report_outline(report: Report, overrides: Sequence[Override] = (), *, own: bool = False) -> tuple[Piece, ...]:
    """The whole report. `own`: it is an applicant's own check, and the machine's findings are advice to them."""
    standing = standings(report, overrides)
    return (
        *_opening(report, standing, own=own),
        *_applicant(report),
        *_overview(standing),
        *(piece for each in standing for piece in _finding(each)),
        *_missing(report),
        *_issues(report),
        *_files(report),
        Heading("结论是怎样得出的"),
        Line("".join(_HOW)),
        Heading("建议(仅供参考)"),
        Line(report.advice or "无。"),
        Caution(CAUTION),
    )


def _opening(report: Report, standing: Sequence[Standing], *, own: bool) -> Iterator[Piece]:
    yield Heading("申报材料自查结果" if own else "申报材料预审报告", 1)
    yield Caution("自查结果仅供参考,是否符合条件以主管部门的审核为准。" if own else CAUTION)
    yield Line(report.title, "申报材料")
    yield Line(f"《{report.policy_title}》(文本和条件版本 {report.version})", "依据文本")
    yield Line(chinese(report.as_of), "依据日期")
    yield Line(moment(report.made), "自查时间" if own else "预审时间")
    yield Line(
        f"{tally(standing)};缺少材料 {len(report.missing)} 种,疑点 {len(report.issues)} 处,"
        f"未能读取的文件 {sum(file.status == 'unreadable' for file in report.files)} 个。",
        "结果",
    )
    for notice in report.notices:
        yield Caution(notice.text)


def _applicant(report: Report) -> Iterator[Piece]:
    yield Heading("申报单位")
    rows = tuple(
        (name, value, source(fact.exhibit) if fact else "") for name, value, fact in facts_of(report.applicant)
    )
    yield Grid(("项目", "内容", "出处"), rows, (2, 5, 3))


def _overview(standing: Sequence[Standing]) -> Iterator[Piece]:
    yield Heading("各项条件一览")
    rows = tuple(
        (
            each.finding.label,
            each.finding.title,
            VERDICTS[each.verdict] + ("(人工核定)" if each.overrides else ""),
            each.reason,
            source(each.finding.evidence[0]) if each.finding.evidence else "",
        )
        for each in standing
    )
    yield Grid(("条款", "条件", "结论", "理由", "首要证据"), rows, (4, 4, 3, 8, 5))
    yield Heading("逐项核查")


def _finding(each: Standing) -> Iterator[Piece]:
    finding = each.finding
    yield Heading(f"{finding.label} {finding.title}:{VERDICTS[each.verdict]}", 3)
    yield Line(f"{VERDICTS[finding.verdict]}。{finding.reason}({DECIDED_BY[finding.decided_by]})", "机器预审")
    for said in each.overrides:
        told = f"{VERDICTS[said.verdict]}。理由:{said.reason}({said.person},{moment(said.given_at)})"
        yield Line(told, "人工核定")
    shown: set[Exhibit] = set()
    for aspect in finding.aspects:
        yield Line(f"找到 {len(aspect.evidence)} 处。" if aspect.evidence else "材料中没有找到。", aspect.aspect)
        yield from _quotes(aspect.evidence)
        shown.update(aspect.evidence)
    rest = [exhibit for exhibit in finding.evidence if exhibit not in shown]
    if rest and finding.aspects:
        yield Line("", "其他有关文字")
    yield from _quotes(rest)


def _quotes(exhibits: Sequence[Exhibit]) -> Iterator[Piece]:
    return (Quote(quoted(exhibit), source(exhibit)) for exhibit in exhibits)


def _missing(report: Report) -> Iterator[Piece]:
    yield Heading("缺少的材料")
    if not report.missing:
        yield Line("没有发现缺少的材料。")
        return
    rows = tuple((m.name, f"{m.basis}“{m.quote}”", basis(named=m.named), m.note) for m in report.missing)
    yield Grid(("材料", "依据", "办法是否要求", "说明"), rows, (4, 8, 5, 5))


def _issues(report: Report) -> Iterator[Piece]:
    yield Heading("需要人工核对的疑点")
    if not report.issues:
        yield Line("没有发现疑点。")
    for number, issue in enumerate(report.issues, 1):
        yield Line(issue.message, f"{number}. {ISSUES[issue.kind]}")
        if issue.places:
            rows = tuple((source(exhibit), quoted(exhibit)) for exhibit in issue.places)
            yield Grid(("出处", "原文"), rows, (4, 6))
        else:
            yield Line(location(issue), "位置")


def _files(report: Report) -> Iterator[Piece]:
    yield Heading("材料清单")
    rows = tuple(
        (f.name, str(f.pages), STATUS[f.status], "、".join(f.materials), " ".join((f.reason or "", *f.remarks)).strip())
        for f in report.files
    )
    yield Grid(("文件", "页数", "读取情况", "作为", "说明"), rows, (8, 2, 4, 5, 7))


def location(issue: Issue) -> str:
    """The file and page that an issue is about."""
    return source(Exhibit(issue.file, "", 0, issue.page, 0, 0, ""))


def supplement_outline(report: Report, overrides: Sequence[Override] = ()) -> tuple[Piece, ...]:
    """A draft of what the applicant would be told to supply or explain, for a person to review and complete."""
    name = report.applicant.name.value if report.applicant.name else "[申报单位名称]"
    standing = standings(report, overrides)
    sections = (
        ("未见的材料", [_asked(m.name, m.basis, m.quote, basis(named=m.named), m.note) for m in report.missing]),
        ("材料没有说明的条件", [_point(each) for each in standing if each.verdict in ("missing", "unmet")]),
        (
            "需要进一步说明的条件(审核时删去不必补正的)",
            [_point(each) for each in standing if each.verdict == "unclear"],
        ),
        ("前后不一致或不规范之处", [_doubt(issue) for issue in report.issues if issue.kind != "unreadable"]),
        ("无法读取、请重新提交的文件", [f"{f.name}:{f.reason}" for f in report.files if f.status == "unreadable"]),
    )
    made: list[Piece] = [Heading("补正材料告知(草稿)", 1), Caution("待审核:由程序按预审结果起草,未经审核不得发出。")]
    made += [Line(f"{name}:")]
    made += [
        Line(f"你单位提交的申报材料“{report.title}”收悉。对照《{report.policy_title}》,请就下列事项补正或者说明。"),
    ]
    filled = [(heading, points) for heading, points in sections if points]
    for number, (heading, points) in zip("一二三四五", filled, strict=False):
        made.append(Heading(f"{number}、{heading}"))
        made += [Line(point, f"{at}.") for at, point in enumerate(points, 1)]
    if not filled:
        made.append(Line("预审没有发现需要补正的事项。"))
    made += [
        Line("请于[补正期限]前将补正材料提交至[受理单位]。联系人:[姓名],电话:[电话]。"),
        Line("[单位名称]  [日期]"),
        Caution(CAUTION),
    ]
    return tuple(made)


def _asked(name: str, clause: str, quote: str, named: str, note: str) -> str:
    return f"{name}。依据:{clause}“{quote}”;{named}。{note}"


def _point(each: Standing) -> str:
    finding = each.finding
    lacking = [aspect.aspect for aspect in finding.aspects if not aspect.evidence]
    told = f"(没有找到:{'、'.join(lacking)})" if lacking else ""
    return f"{finding.label}“{finding.title}”:{VERDICTS[each.verdict]}。{each.reason}{told}"


def _doubt(issue: Issue) -> str:
    where = ";".join(f"{source(exhibit)}为{quoted(exhibit)}" for exhibit in issue.places) or location(issue)
    return f"{issue.message}({where})"
