"""A report beside what is true of its package: each thing that was judged, right or not, with the words to tell it."""

import re
import unicodedata
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from assistant.reports.schema import Exhibit, Fact, Finding, Issue, Report

Truth = Mapping[str, Any]
FACTS = ("name", "uscc", "entity_type", "legal_representative", "address", "registered_city")
_FOUND = ("met", "unmet", "unclear")


@dataclass(frozen=True, slots=True)
class Judged:
    """One thing that was judged. `measure` is its kind: several of one kind make a share."""

    measure: str
    right: bool
    told: str


def judge(report: Report, truth: Truth) -> tuple[Judged, ...]:
    """Everything that can be judged of one package. Measures:

    `verdicts` and `verdict_7.1` …; `not_false_met`; `support_found` of what there is, `support_true` of what was found;
    `evidence` (file and page of the first) and `evidence_words` (its quote beside the marked ones); `missing_recall`,
    `missing_precision`; `issues` and `issue_<kind>` of the planted ones; `alarms_clean` of those told of a package that
    has none, `alarms_true` of those told of others; `facts` and `fact_<name>`.
    """
    return (
        *_findings(report, truth),
        *_missing(report, truth),
        *_issues(report.issues, truth),
        *_facts(report, truth),
    )


def is_clean(truth: Truth) -> bool:
    """Whether nothing in the package contradicts or hides anything."""
    return not truth["issues"] and not truth.get("tolerated")


def _findings(report: Report, truth: Truth) -> Iterator[Judged]:
    found = {finding.condition: finding for finding in report.findings}
    lists = {file["name"] for file in truth["files"] if file["kind"] == "sheet"}
    for condition, expected in truth["conditions"].items():
        finding = found.get(condition)
        verdict = finding.verdict if finding else "none"
        accepted = expected["accepted"]
        reason = finding.reason if finding else "没有这一项"
        told = f"{condition} 判为 {verdict},应为 {'/'.join(accepted)}:{reason}"
        yield Judged(f"verdict_{condition}", verdict in accepted, told)
        yield Judged("verdicts", verdict in accepted, "")
        yield Judged("not_false_met", verdict != "met" or "met" in accepted, f"错判符合 {told}")
        if "missing" in accepted and len(accepted) > 1:
            continue  # may be called either
        if "missing" not in accepted:
            yield Judged("support_found", verdict in _FOUND, "")
        if verdict in _FOUND:
            yield Judged("support_true", "missing" not in accepted, _shown(finding))
        if finding and verdict in _FOUND and expected["evidence"]:
            yield from _evidence(finding, expected["evidence"], lists)


def _evidence(finding: Finding, expected: Sequence[Mapping[str, Any]], lists: Container[str]) -> Iterator[Judged]:
    """Of a list any row is as good as the line that sums it up."""
    first = finding.evidence[0] if finding.evidence else None
    there = [known for known in expected if first and (known["file"], known["page"]) == (first.file, first.page)]
    places = sorted({f"{known['file']}·{known['page']}" for known in expected})
    yield Judged("evidence", bool(there), f"{_shown(finding)};应在 {'、'.join(places[:4])}")
    if first and there and first.file not in lists:
        overlaps = any(_overlap(first.quote, known["quote"]) for known in there)
        words = "”“".join(known["quote"][:40] for known in there[:3])
        yield Judged("evidence_words", overlaps, f"{_shown(finding)};标注的是“{words}”")


def _missing(report: Report, truth: Truth) -> Iterator[Judged]:
    expected = {row["name"] for row in truth["missing_materials"]}
    told = {missing.name for missing in report.missing}
    optional = set(truth.get("optional_missing", ()))
    for name in sorted(expected - optional):
        files = [file["name"] for file in truth["files"] if name in file["materials"]]
        yield Judged("missing_recall", name in told, f"没有指出缺 {name}" + (f"(空白:{files})" if files else ""))
    for name in sorted(told - optional):
        files = [file["name"] for file in truth["files"] if name in file["materials"]]
        yield Judged("missing_precision", name in expected, f"误报缺 {name},它是 {'、'.join(files) or '没有的材料'}")


def _issues(issues: Sequence[Issue], truth: Truth) -> Iterator[Judged]:
    planted = truth["issues"]
    known = [*planted, *truth.get("tolerated", ())]
    for row in planted:
        hit = any(_same(issue, row) for issue in issues)
        told = f"没有指出 {row['kind']}:{row['note']}({'、'.join(row['files'])};{' / '.join(row['values'])})"
        yield Judged("issues", hit, "")
        yield Judged(f"issue_{row['kind']}", hit, told)
    for issue in issues:
        true = any(_same(issue, row) for row in known)
        places = " / ".join(f"{place.file}“{place.quote[:60]}”" for place in issue.places)
        told = f"误报 {issue.kind}({issue.file}):{issue.message} {places}"
        yield Judged("alarms_clean" if is_clean(truth) else "alarms_true", true, told)


def _same(issue: Issue, row: Mapping[str, Any]) -> bool:
    files = {issue.file, *(place.file for place in issue.places)}
    return bool(issue.kind == row["kind"] and files & set(row["files"]))


def _facts(report: Report, truth: Truth) -> Iterator[Judged]:
    for name in FACTS:
        if name in truth.get("unjudged_facts", ()):
            continue
        expected, read = truth["facts"][name], getattr(report.applicant, name)
        value = read.value if isinstance(read, Fact) else read
        if name == "entity_type":
            expected = expected or "other"
        right = _plain(value, name) == _plain(expected, name)
        where = f"({read.exhibit.file}“{read.exhibit.quote[:40]}”)" if isinstance(read, Fact) else ""
        yield Judged("facts", right, "")
        yield Judged(f"fact_{name}", right, f"{name} 读成 {value}{where},应为 {expected}")


def _shown(finding: Finding | None) -> str:
    if not finding or not finding.evidence:
        return f"{finding.condition if finding else ''} 没有证据"
    return f"{finding.condition} 首条证据 {_place(finding.evidence[0])}“{finding.evidence[0].quote[:60]}”"


def _place(exhibit: Exhibit) -> str:
    return f"{exhibit.file}·{exhibit.page}"


def _overlap(one: str, other: str) -> bool:
    """Whether half of the shorter, or ten characters, stand in both."""
    one, other = _plain(one), _plain(other)
    size = SequenceMatcher(None, one, other, autojunk=False).find_longest_match().size
    return size >= min(10, len(one) / 2, len(other) / 2) and size > 0


def _plain(value: str | None, name: str = "") -> str:
    """Without width, spaces and, in an address, the province before the city."""
    folded = re.sub(r"\s", "", unicodedata.normalize("NFKC", value or ""))
    return re.sub(r"^(?:山东省)?(?=青岛)|^山东省", "", folded) if name == "address" else folded
