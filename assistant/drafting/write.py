"""A draft from reports, what people said of them, and a form: nothing else gets into it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from assistant.drafting.fill import cell, filled, paragraphs, passes
from assistant.drafting.forms import NAME_LENGTH, read_form
from assistant.drafting.kinds import BlockTemplate, DocumentKind, HeadingTemplate, Measure, TableTemplate
from assistant.drafting.schema import UNKNOWN, Block, Heading, Opinion, Table
from assistant.drafting.scope import Given, rows, scope_of
from assistant.drafting.values import Scope, confirmed
from assistant.reports.schema import Override, Report
from assistant.reports.words import VERDICTS, printable, standings
from assistant.validity import chinese
from ingest.errors import UsageError


def draft(
    kind: DocumentKind,
    measure: Measure,
    *,
    reports: Sequence[Report] = (),
    overrides: Sequence[Override] = (),
    form: Mapping[str, Any] | None = None,
) -> Opinion:
    """A document of `kind`; `form` are the fields as a person filled them in. A verdict that nobody confirmed is
    【待核实】 and a fact that nobody gave is ××. Raises UsageError, one sentence, for what cannot be drafted."""
    _usable(kind, measure, reports, overrides)
    entered = read_form(form or {}, kind, measure.policy)
    given = Given(kind, measure, tuple(reports), tuple(overrides), entered)
    scope = scope_of(given)
    first = reports[0].id if reports else ""
    return Opinion(
        kind=kind.name,
        title=filled(kind.title, scope),
        addressee=entered.values.get("主送机关") or filled(kind.addressee, scope),
        blocks=_headed([made for block in kind.blocks for made in _made(block, given, scope)]),
        agency=scope["发文机关"].text,
        number=entered.values.get("发文字号", _number(given) if kind.numbered else ""),
        attachments=tuple(entered.values.get("附件", "").splitlines()),
        signer=scope["发文机关"].text,
        day=entered.day("成文日期"),
        copies=entered.values.get("抄送", ""),
        printer=entered.values.get("印发机关", ""),
        report=first if len(reports) < 2 else f"{first} 等 {len(reports)} 份",
        version=f"{measure.policy.sha256[:12]}+{kind.sha256[:12]}",
        approver=scope["签发人"].text if kind.upward else "",
        note=filled(kind.note, scope),
    )


def _usable(kind: DocumentKind, measure: Measure, reports: Sequence[Report], overrides: Sequence[Override]) -> None:
    """Raises UsageError for reports that this kind is not drafted from."""
    least, most = kind.reports
    if not least <= len(reports) <= most:
        wanted = "不用预审报告" if not most else f"只能用 {most} 份预审报告" if reports else "要有预审报告"
        raise UsageError(f"起草“{kind.name}”{wanted},收到的是 {len(reports)} 份。")
    if len({report.id for report in reports}) != len(reports):
        raise UsageError("有一份预审报告给了两次,请去掉重复的。")
    for report in reports:
        _fits(report, kind, measure, overrides)


def _fits(report: Report, kind: DocumentKind, measure: Measure, overrides: Sequence[Override]) -> None:
    policy, told = measure.policy, f"报告“{report.title[:40]}”"
    if report.policy != policy.id:
        raise UsageError(f"{told}对照的是另一份政策({report.policy[:40]}),不能起草“{kind.name}”。")
    if policy.effective and report.as_of < policy.effective:
        raise UsageError(
            f"{told}的依据日期({chinese(report.as_of)})早于《{policy.title}》施行之日({chinese(policy.effective)}),"
            "请按施行之后的日期重新预审。"
        )
    name = report.applicant.name
    if name and len(name.value) > NAME_LENGTH:
        raise UsageError(f"{told}中的申报单位名称有 {len(name.value)} 个字,超过 {NAME_LENGTH} 个字,请核对后重新预审。")
    words = [name.value] if name else []
    words += [text for each in overrides if each.report == report.id for text in (each.reason, each.person)]
    if any(printable(text) != text for text in words):
        raise UsageError(f"{told}的单位名称或人工核定的理由里有 Word 不能保存的字符,请删去后再起草。")
    said = {each.verdict for each in standings(report, overrides) if confirmed(each)}
    if kind.needs and not said & set(kind.needs):
        wanted = "或".join(f"“{VERDICTS[each]}”" for each in kind.needs)
        every = len(kind.needs) == len(VERDICTS)
        what = "还没有经人工核定的结论" if every else f"没有经人工核定为{wanted}的条件"
        raise UsageError(f"{told}{what},没有起草“{kind.name}”;请先逐项核定。")


def _number(given: Given) -> str:
    day = given.form.day("成文日期")
    return f"{UNKNOWN}〔{day.year if day else UNKNOWN}〕{UNKNOWN}号"


def _made(block: BlockTemplate, given: Given, scope: Scope) -> Iterator[Block]:
    if isinstance(block, HeadingTemplate):
        yield Heading(block.level, block.text)
    elif not passes(block.tests, scope):
        return
    elif isinstance(block, TableTemplate):
        found = rows(given, scope, block.each, block.where)
        if lines := tuple(tuple(cell(each, row) for each in block.cells) for row in found):
            yield Table(block.header, lines, block.widths)
    elif not block.each:
        yield from paragraphs(block.sentences, scope)
    else:
        listed = list(rows(given, scope, block.each, block.where))
        yield from paragraphs(block.lead if listed else block.empty, scope)
        for row in listed:
            yield from paragraphs(block.sentences, row)


def _headed(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks without headings under which nothing stands."""
    kept: list[Block] = []
    for block in reversed(blocks):
        below = kept[-1] if kept else None
        empty = below is None or (
            isinstance(below, Heading) and isinstance(block, Heading) and below.level <= block.level
        )
        if not (isinstance(block, Heading) and empty):
            kept.append(block)
    return tuple(reversed(kept))
