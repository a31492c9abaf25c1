"""The sources of sentences: what each says, and how it is named to a reader."""

import re
from collections.abc import Sequence
from datetime import date

from assistant.calendar import deadline, workdays_until
from assistant.drafting.kinds import FormField, Term
from assistant.drafting.schema import Source
from assistant.reports.schema import Exhibit, Override
from assistant.reports.words import VERDICTS, moment, printable, source
from assistant.validity import chinese
from ingest.errors import UsageError
from ingest.schema import Clause, Policy

_CHINESE = "[\u3400-\u9fff、。，；：（）《》〇]"
_STOP = re.compile(rf"(?<={_CHINESE})[,:;()]|[,:;()](?={_CHINESE})")
_WIDE = str.maketrans(",:;()", "，：；（）")
QUOTED = 60
"""Characters of a material's words in the text of a draft; its source holds up to `_KEPT`."""
_KEPT = 400


def of_clause(clause: Clause) -> Source:
    """A clause with its words."""
    return Source("clause", clause.label, " ".join(clause.text.split()))


def of_policy(policy: Policy) -> Source:
    """The measure itself: its title, authority and dates."""
    dates = f"，自{chinese(policy.effective)}起施行" if policy.effective else ""
    dates += f"，有效期至{chinese(policy.expires)}" if policy.expires else ""
    return Source("clause", f"《{policy.title}》", f"{policy.issuer}制定{dates}")


def of_exhibit(exhibit: Exhibit) -> Source:
    """File and page with the words there; what a report tells without a file is the report's."""
    words = one_line(exhibit.quote)[:_KEPT]
    return Source("file", one_line(source(exhibit)), words) if exhibit.file else Source("report", "预审报告", words)


def of_report(name: str, words: str) -> Source:
    """Something that the report says of the application as a whole."""
    return Source("report", f"预审报告“{name}”", one_line(words)[:_KEPT])


def of_form(field: FormField, words: str, row: int | None = None, table: str = "") -> Source:
    """What a person entered, or that nothing was."""
    where = f"表单“{table}”第{row}行的“{field.name}”" if row else f"表单“{field.name}”"
    return Source("form", where if words else f"{where}(未填写)", words)


def of_person(override: Override) -> Source:
    """A person's verdict with who gave it, when, and why."""
    told = f"{VERDICTS[override.verdict]}。{one_line(override.reason)}"
    when = (
        f"({moment(override.given_at)})" if override.given_at.year > 1 else ""
    )  # year 1: the report does not say when
    return Source("person", f"{one_line(override.person)}核定{when}", told)


def of_tally(words: str) -> Source:
    """A count of the verdicts that people confirmed."""
    return Source("counted", "按人工核定的结论计数", words)


def of_term(term: Term, start: date, end: date | None) -> tuple[Source, str, str, str]:
    """The count of a term as a source, its last day, how many working days had passed on `end`, and whether that was
    in time; texts are empty where they cannot be counted, and the source says why."""
    try:
        made = deadline(start, term.workdays)
        passed = workdays_until(start, end) if end else 0
    except UsageError as error:
        return Source("counted", "工作日推算", str(error)), "", "", ""
    off = f"，不计法定休假{_days(made.skipped_holidays)}" if made.skipped_holidays else ""
    told = f"自{chinese(start)}的次日起，第{term.workdays}个工作日为{chinese(made.due)}{off}"
    if end is None:
        return Source("counted", "工作日推算", told), chinese(made.due), "", ""
    if end < start:
        raise UsageError(f"“{term.end}”({chinese(end)})早于“{term.start}”({chinese(start)}),请核对。")
    verdict = "在规定期限内" if end <= made.due else "已超过规定期限"
    told += f"；至{chinese(end)}共{passed}个工作日，{verdict}"
    return Source("counted", "工作日推算", told), chinese(made.due), str(passed), verdict


def one_line(text: str) -> str:
    """`text` on one line, without characters that Word cannot hold."""
    return " ".join(printable(text).split())


def printed(text: str) -> str:
    """`text` with full-width stops and brackets beside Chinese characters (GB/T 15834-2011), as documents of office
    have them; words in quotation marks stay as they are."""
    parts = re.split("(“[^“”]*”)", text)
    return "".join(part if part.startswith("“") else _STOP.sub(lambda m: m[0].translate(_WIDE), part) for part in parts)


def _days(days: Sequence[date]) -> str:
    return "、".join(f"{day.month}月{day.day}日" for day in days)
