"""All that the sentences of one draft may say: of the measure, the reports, the form and the terms counted from it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.drafting.blocks import FIELD
from assistant.drafting.fill import passes, sentence
from assistant.drafting.forms import Form, shown
from assistant.drafting.kinds import DocumentKind, FormField, Measure, SentenceTemplate, Term, Test
from assistant.drafting.schema import UNCONFIRMED, UNKNOWN, Source
from assistant.drafting.sources import of_form, of_report, of_term, printed
from assistant.drafting.values import (
    REPORT_FIELDS,
    TERM_FIELDS,
    Scope,
    Value,
    condition_rows,
    issue_rows,
    missing_rows,
    policy_values,
    report_values,
    said,
    unknown,
    unread_rows,
)
from assistant.reports.schema import Override, Report
from assistant.reports.words import standings

_KEYS = {"缺少材料": "材料", "疑点": "疑点"}


@dataclass(frozen=True, slots=True)
class Given:
    """What a draft is made from."""

    kind: DocumentKind
    measure: Measure
    reports: tuple[Report, ...]
    overrides: tuple[Override, ...]
    form: Form


def scope_of(given: Given) -> Scope:
    """Every field that is not of a row. Raises UsageError for days in the wrong order."""
    reports, form = given.reports, given.form
    scope = {**policy_values(given.measure.policy), **unknown(REPORT_FIELDS, lambda name: of_report(name, ""))}
    if len(reports) == 1:
        scope |= report_values(reports[0], standings(reports[0], given.overrides))
    if reports:
        scope["申报数"] = said(str(len(reports)), of_report("申报数", f"共{len(reports)}份预审报告"))
    for field in given.kind.form:
        if field.type != "rows":
            scope[field.name] = _entered(field, form.values.get(field.name), scope)
    for term in given.kind.terms:
        scope |= _counted(term, form, scope)
    return scope


def rows(given: Given, scope: Scope, each: str, where: Sequence[Test]) -> Iterator[Scope]:
    """The scope of every row of a collection, or of a form field, that passes `where`; {序号} counts those."""
    number = 0
    for row in _collection(given, each):
        made = {**scope, **row}
        if key := _KEYS.get(each):
            made["核实"] = _checked(given, each, made[key])
        if passes(where, made):
            number += 1
            made["序号"] = Value(str(number), (Source("counted", "序号", str(number)),))
            yield made


def _collection(given: Given, each: str) -> Iterator[Scope]:
    if each == "申报":
        for report in given.reports:
            yield report_values(report, standings(report, given.overrides))
        return
    for report in given.reports:
        match each:
            case "条件":
                yield from condition_rows(report, given.overrides, given.measure.clauses)
            case "缺少材料":
                yield from missing_rows(report)
            case "疑点":
                yield from issue_rows(report)
            case "未读文件":
                yield from unread_rows(report)
    field = given.kind.field(each)
    for number, row in enumerate(given.form.rows.get(each, ()), 1):
        yield {
            column.name: _cell(column, row.get(column.name), number, each)
            for column in (field.columns if field else ())
        }


def _checked(given: Given, each: str, value: Value) -> Value:
    """Nothing, where a person has said that this is so; else 【待核实】."""
    name = given.kind.confirm.get(each, "")
    field = given.kind.field(name)
    if field and value.text in (said(printed(line)).text for line in given.form.values.get(name, "").splitlines()):
        return Value("", (of_form(field, value.text),))
    return Value(UNCONFIRMED, value.sources, False)


def _entered(field: FormField, value: str | None, scope: Scope) -> Value:
    if value is not None:
        words = said("；".join(line.rstrip("。；;") for line in shown(field, value).splitlines())).text
        return Value(words, (of_form(field, words),), True, value)
    if field.default:
        made = sentence(SentenceTemplate(field.default, ()), scope)
        known = all(scope[name].known for name in FIELD.findall(field.default))
        return Value(made.text, made.sources, known)
    return Value(UNCONFIRMED if field.judgement else UNKNOWN, (of_form(field, ""),), False)


def _cell(column: FormField, value: str | None, number: int, table: str) -> Value:
    if value is None:
        return Value(UNCONFIRMED if column.judgement else UNKNOWN, (of_form(column, "", number, table),), False)
    words = said(shown(column, value)).text
    return Value(words, (of_form(column, words, number, table),), True, value)


def _counted(term: Term, form: Form, scope: Scope) -> Scope:
    start, end = form.day(term.start), form.day(term.end)
    values = {"工作日数": said(str(term.workdays), term.source)}
    if start is None:
        left_open = scope[term.start].sources[0]
        values |= unknown(TERM_FIELDS[1:], lambda _: left_open)
    else:
        source, due, passed, verdict = of_term(term, start, end)
        texts = {"届满日": due, "已过工作日": passed, "结论": verdict, "说明": source.quote}
        values |= {name: said(text, source) for name, text in texts.items()}
    return {f"{term.name}{name}": value for name, value in values.items()}
