"""A check that finds something in whatever is uploaded, and the office of the pages around it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from assistant.reports.exhibits import exhibit
from assistant.reports.schema import Exhibit, FileRow, Issue, Report, Verdict
from assistant.reports.store import ReportStore
from assistant.web.screening.office import Office
from ingest.applications import Applications
from ingest.errors import UsageError
from ingest.limits import Limits
from ingest.materials import Application, Material
from ingest.sandbox import Sandbox
from tests.report_fakes import CONDITIONS, finding, report

SAMPLES = Path(__file__).parent.parent / "corpus" / "samples"


def check(application: Application, *, policy: str | None, as_of: date) -> Report:
    """Says that 7.1 is met, 7.3 has nothing, and all else may be; quotes a line of every file. A package whose title
    holds 故障 cannot be checked."""
    if "故障" in application.title:
        raise UsageError("这份材料不能核查(虚构的原因)。")
    quotes = tuple(quote for material in application.materials for quote in _lines(material))[:12]
    verdicts: dict[str, Verdict] = {"7.1": "met", "7.3": "missing"}
    found = [finding(key, verdicts.get(key, "unclear"), *(quotes if key != "7.3" else ())) for key in CONDITIONS]
    doubt = Issue("name_mismatch", quotes[0].file, quotes[0].page, "两处名称不一致。", quotes[:2]) if quotes else None
    return replace(
        report(application.id, title=application.title),
        application=application.id,
        as_of=as_of,
        made=datetime.now(UTC),
        files=tuple(FileRow(m.name, m.sha256, m.kind, len(m.pages), m.status, m.reason) for m in application.materials),
        findings=tuple(found),
        issues=(doubt,) if doubt else (),
    )


def _lines(material: Material) -> list[Exhibit]:
    """Of each page the first line that is longer than a heading."""
    made = []
    for place, page in enumerate(material.pages):
        start = 0
        for line in page.text.split("\n"):
            if len(line) > 20:
                made.append(exhibit(material, place, start, start + len(line)))
                break
            start += len(line) + 1
    return made


def office(folder: Path, library: Any, check: Any = check) -> Office:
    """The office on a data folder, with small limits and two samples."""
    return Office(
        check,
        library,
        policies=library.policies,
        applications=Applications(folder / "applications", embedder=None, url=None),
        reports=ReportStore.at(folder / "assistant.db"),
        sandbox=Sandbox(Limits(files=20, file_mb=2, processes=2)),
        samples={path.stem: path for path in sorted(SAMPLES.iterdir()) if "虚构" in path.name},
    )
