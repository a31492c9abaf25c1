"""The originals behind the sources of a draft, asked one by one: do you say this?"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from assistant.calendar import deadline, workdays_until
from assistant.drafting.kinds import Measure
from assistant.drafting.schema import Source
from assistant.drafting.sources import of_exhibit, of_policy, one_line
from assistant.drafting.values import confirmed
from assistant.reports.schema import Exhibit, Override, Report
from assistant.reports.words import ENTITY_TYPES, ISSUES, VERDICTS, standings
from assistant.validity import chinese
from ingest.errors import UsageError
from ingest.normalize import find_quote

_UNREAD = "材料中没有读到"
_PIECES = re.compile(r"[。“”：:,，;；、()（）\n]")
_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_ISO = re.compile(r"(\d{4})\D(\d{1,2})\D(\d{1,2})日?")


class Origins:
    """Holds what was given to `draft`; `form` is what a person entered. What is asked of all reports is made once."""

    def __init__(
        self,
        measure: Measure,
        reports: tuple[Report, ...],
        overrides: tuple[Override, ...],
        form: Mapping[str, Any],
    ) -> None:
        self._measure, self._reports, self._overrides = measure, reports, overrides
        self._form = tuple(_entered(form))
        self._told = tuple(dict.fromkeys(word for report in reports for word in _report_words(report)))
        self._report_text = _squeezed("\n".join((*self._told, f"共{len(reports)}份预审报告")))
        self._form_text = _squeezed("\n".join(self._form))
        self._files = frozenset(of_exhibit(each) for report in reports for each in _exhibits(report))
        self._tallies = frozenset(_tally(report, overrides) for report in reports)
        self._people = tuple(self._said())

    def true(self, source: Source) -> bool:
        """Whether what the source names says what the source quotes."""
        match source.kind:
            case "clause" | "fixed":
                return self._clause(source)
            case "file":
                return source in self._files
            case "report":
                return source.quote in ("", _UNREAD) or _stands(source.quote, self._report_text)
            case "form":
                return not source.quote or _stands(source.quote, self._form_text)
            case "person":
                return any(
                    source.label.startswith(f"{person}核定") and source.quote == told for person, told in self._people
                )
            case "counted":
                return self._counted(source)

    def words(self) -> Iterator[str]:
        """All that may be said outside sentences, and headings of templates with it."""
        yield of_policy(self._measure.policy).quote
        yield self._measure.policy.title
        yield from (clause.text for clause in self._measure.clauses if clause.leaf)
        yield from self._form
        yield from self._told

    def _clause(self, source: Source) -> bool:
        return source == of_policy(self._measure.policy) or any(
            clause.label == source.label and find_quote(source.quote, clause.text) for clause in self._measure.clauses
        )

    def _said(self) -> Iterator[tuple[str, str]]:
        """Who gave a verdict, and what was said with it."""
        for override in self._overrides:
            yield one_line(override.person), f"{VERDICTS[override.verdict]}。{one_line(override.reason)}"
        for finding in (finding for report in self._reports for finding in report.findings):
            if finding.decided_by == "person":
                yield "报告中的人工", f"{VERDICTS[finding.verdict]}。{one_line(finding.reason)}"

    def _counted(self, source: Source) -> bool:
        if source.label == "序号":
            return source.quote.isdigit()
        if source.label != "工作日推算":
            return source.quote in self._tallies
        days = [date(*map(int, found)) for found in _DAY.findall(source.quote)]
        terms = [int(number) for number in re.findall(r"第(\d+)个工作日", source.quote)]
        entered = [date(*map(int, found.groups())) for each in self._form if (found := _ISO.fullmatch(each))]
        try:
            if not days:
                return any(
                    _refused(day, kind.terms[0].workdays) == source.quote for day in entered for kind in self._timed()
                )
            made = deadline(days[0], terms[0])
            late = len(days) < 3 or (
                f"共{workdays_until(days[0], days[2])}个工作日" in source.quote
                and ("已超过" in source.quote) == (days[2] > made.due)
                and days[2] in entered
            )
        except (UsageError, IndexError):
            return False
        return made.due == days[1] and days[0] in entered and late

    def _timed(self) -> Iterator[Any]:
        return (kind for kind in self._measure.kinds if kind.terms)


def _entered(form: Mapping[str, Any]) -> Iterator[str]:
    """What a form holds, days also as documents write them."""
    for text in _strings(form):
        line = one_line(text)
        yield line
        if found := _ISO.fullmatch(line):
            with suppress(ValueError):
                yield chinese(date(*map(int, found.groups())))


def _stands(quote: str, squeezed: str) -> bool:
    """Whether every piece of the quote between stops stands in the words."""
    return all(_squeezed(piece) in squeezed for piece in _PIECES.split(quote))


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def _tally(report: Report, overrides: tuple[Override, ...]) -> str:
    standing = standings(report, overrides)
    counted = Counter(each.verdict for each in standing if confirmed(each))
    words = "、".join(f"{word}{counted[verdict]}项" for verdict, word in VERDICTS.items())
    left = len(standing) - counted.total()
    return f"{len(standing)}项条件中，经人工核定{counted.total()}项（{words}），尚未核定{left}项"


def _refused(day: date, workdays: int) -> str:
    try:
        deadline(day, workdays)
    except UsageError as error:
        return str(error)
    return ""


def _exhibits(value: Any) -> Iterator[Exhibit]:
    if isinstance(value, Exhibit):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _exhibits(each)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _exhibits(getattr(value, field.name))


def _report_words(report: Report) -> Iterator[str]:
    yield from map(one_line, _strings(report))
    yield ENTITY_TYPES[report.applicant.entity_type]
    yield from (ISSUES[issue.kind] for issue in report.issues)
    yield from (f"机器预审 {VERDICTS[finding.verdict]} 尚未经人工核定" for finding in report.findings)
    yield from map(str, (len(report.files), len(report.issues), len(report.findings)))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _strings(each)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _strings(getattr(value, field.name))
    elif isinstance(value, int | date):
        yield str(value)
