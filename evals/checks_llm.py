"""Pre-screening with a language model beside pre-screening without one, in the same run: what each verdict became.

Of verdicts that a model changed to `met` those are false that no reading of the package allows (`false_met`); those on
conditions that the package supports but that the truth leaves to a person are counted apart (`proposed_met`).
"""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.checking.check import Desk, check
from assistant.checking.command import open_desk
from assistant.checking.judge import Judge
from assistant.llm.schema import LanguageModel
from assistant.reports.schema import Finding, Report
from evals.checks import POLICY, Numbers, summary
from evals.checks_judge import judge
from evals.checks_packages import READING_LIMITS, Kept
from evals.packages.made import Made, make
from ingest.library import Library
from ingest.sandbox import Sandbox

FEW = ("完整-青岛示例智造科技(虚构)", "材料不全-青岛示例研究院(虚构)", "空话-即墨(虚构)", "指令-浮山(虚构)")
"""One that has all, one that lacks much, one that only asserts, one that commands: for models that take minutes."""


_COUNTED = frozenset({"false_met", "false_alarms", "false_alarms_clean"})
_SECONDS = {"local": 240.0, "remote": 120.0}
"""For one package; longer than users wait, because what is measured is what the model reads."""


@dataclass(frozen=True, slots=True)
class Change:
    """A finding that reads otherwise with the model."""

    package: str
    before: Finding
    after: Finding

    @property
    def told(self) -> str:
        verdicts = f"{self.before.verdict} → {self.after.verdict}({self.after.decided_by})"
        return f"{self.package} {self.before.condition} {verdicts}:{self.after.reason}"


def run(
    library: Library, model: LanguageModel, *, corpus_dir: Path, data_dir: Path, tell: Callable[[str], None]
) -> tuple[Numbers, list[Change]]:
    """`compared` on the packages of the tuning part; on `FEW` of them for a local model. Raises as `checks.run`."""
    folder = data_dir / "evals"
    packages = [made for made in make(folder) if not made.aside and made.truth["files"]]
    if model.where == "local":
        packages = [made for made in packages if made.name in FEW]
    desk = open_desk(library, POLICY, corpus_dir=corpus_dir, cache=data_dir / "cache")
    return compared(packages, desk, model, folder=folder, seconds=_SECONDS[model.where], tell=tell)


def worse(numbers: Numbers) -> list[str]:
    """A sentence for each measure that a model made worse."""
    without, reading = numbers["without"], numbers["with"]
    return [
        f"{key} 由 {without[key]:.4g} 变为 {reading[key]:.4g}"
        for key in without
        if key in reading and (reading[key] > without[key] if key in _COUNTED else reading[key] < without[key])
    ]


def compared(
    packages: Iterable[Made],
    desk: Desk,
    model: LanguageModel,
    *,
    folder: Path,
    seconds: float,
    tell: Callable[[str], None],
) -> tuple[Numbers, list[Change]]:
    """The measures without and with the model, and what changed. The model is asked whatever its probe says: this is
    how it is known what the probe protects from. `seconds` for each package."""
    kept = Kept(folder)
    reader = Judge(model, sent=lambda _sent: None, seconds=seconds)
    sides: Mapping[str, list[tuple[Made, Report]]] = {"without": [], "with": []}
    changes: list[Change] = []
    spent = 0.0
    with Sandbox(READING_LIMITS) as sandbox:
        for made in packages:
            application, _ = kept.application(made, sandbox)
            before = check(application, desk, as_of=made.as_of)
            begun = time.perf_counter()
            after = check(application, replace(desk, judge=reader), as_of=made.as_of)
            spent += time.perf_counter() - begun
            sides["without"].append((made, before))
            sides["with"].append((made, after))
            changes += [
                Change(made.name, one, other)
                for one, other in zip(before.findings, after.findings, strict=True)
                if one != other
            ]
            tell(f"{made.name}:{time.perf_counter() - begun:.0f} 秒;{_line(after)}")
    numbers = {name: _measures(reports) for name, reports in sides.items()}
    numbers["with"] |= {"seconds_per_package": spent / max(1, len(sides["with"])), **_counts(sides["with"], changes)}
    return numbers, changes


def _measures(reports: Sequence[tuple[Made, Report]]) -> dict[str, float]:
    told = summary(one for made, report in reports for one in judge(_as_left_to_a_person(report, made), made.truth))
    return {"packages": float(len(reports)), **told}


def _as_left_to_a_person(report: Report, made: Made) -> Report:
    """The report with what a model proposes to call met as `unclear`, where the package does support it: the truth was
    written for rules, which never say so."""
    conditions = made.truth["conditions"]
    findings = tuple(
        replace(finding, verdict="unclear")
        if finding.verdict == "met"
        and finding.decided_by == "llm"
        and "missing" not in conditions[finding.condition]["accepted"]
        else finding
        for finding in report.findings
    )
    return replace(report, findings=findings)


def _counts(reports: Sequence[tuple[Made, Report]], changes: Sequence[Change]) -> dict[str, float]:
    notices = [notice.text for _, report in reports for notice in report.notices if notice.kind == "model"]
    return {
        "verdicts_changed": float(sum(each.before.verdict != each.after.verdict for each in changes)),
        "proposed_met": float(sum(each.after.verdict == "met" for each in changes)),
        "read": float(sum(each.after.decided_by == "llm" for each in changes)),
        "packages_with_failures": float(sum("没有得到" in text for text in notices)),
    }


def _line(report: Report) -> str:
    return next((notice.text for notice in report.notices if notice.kind == "model"), "没有问模型")
