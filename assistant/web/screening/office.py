"""What the pages 材料预审 and 申报自查 share: the stored applications and reports, the runs, the uploads."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from assistant.reports.schema import Override, Report
from assistant.reports.store import ReportStore
from assistant.web.chat import Texts
from assistant.web.screening.runs import Check, Run, Runner
from assistant.web.screening.uploads import Uploads
from ingest.applications import Applications
from ingest.errors import AssistantError, StorageError, UsageError
from ingest.leftovers import Scratch
from ingest.sandbox import Sandbox
from ingest.schema import Policy


@dataclass(frozen=True, slots=True)
class Opened:
    """A report with what people said of it and where its files are. Not `stored`: it is gone with its visit."""

    report: Report
    overrides: tuple[Override, ...]
    applications: Applications
    stored: bool


@dataclass(slots=True)
class Visit:
    """One visitor's page. Mutable, because a step can come while a package is on its way."""

    key: str = ""
    opened: str | None = None
    runs: list[Run] = field(default_factory=list)
    unstored: dict[str, Report] = field(default_factory=dict)
    """Reports that the applicant did not ask to store, by id."""
    fault: str = ""
    """A sentence about the last step, shown once."""
    over: bool = False
    """The visitor has left; what is still running and to be stored goes on."""

    def told(self) -> str:
        fault, self.fault = self.fault, ""
        return fault


class Office:
    """Everything that outlives a visit. `policies` gives those that packages can be checked against; `samples` are
    fictional packages by name. Close it to end all runs, and the sandbox. Raises StorageError when there is no room for
    temporary files."""

    def __init__(
        self,
        check: Check,
        library: Texts,
        *,
        policies: Callable[[], Sequence[Policy]],
        applications: Applications,
        reports: ReportStore,
        sandbox: Sandbox,
        samples: Mapping[str, Path],
    ) -> None:
        self.library = library
        self.policies = policies
        self.applications = applications
        self.reports = reports
        self.sandbox = sandbox
        self.samples = samples
        # One process draws pages, so that no reviewer waits behind the reading of a large package.
        self.drawing = Sandbox(replace(sandbox.limits, processes=1))
        self.runner = Runner(check, sandbox)
        self._visits: dict[str, Visit] = {}
        try:
            # What a visitor did not ask to store lies nowhere else; a crash leaves it until the next start at most.
            self._scratch = Scratch()
            self.uploads = Uploads(sandbox.limits, self._scratch.folder())
            self.passing = Applications(self._scratch.folder(), embedder=None, url=None)
            """Applications that are gone at the end of their visit."""
        except OSError as error:
            raise StorageError("放临时文件的磁盘已满或不能写入,请清理磁盘后再启动。") from error

    def close(self) -> None:
        """End what is running and delete what was not to be stored; more than once does nothing more."""
        self.runner.begin_nothing()
        self.sandbox.close()  # a run that waits for it goes on at once, to its end
        self.drawing.close()
        self.runner.close()
        self._scratch.remove()
        self.reports.close()

    def arrived(self, visit: Visit) -> None:
        """A visit begins: it may upload from now on."""
        visit.key = self.uploads.begin()
        self._visits[visit.key] = visit

    def gone(self, key: str) -> None:
        """The visitor who was given this key has left; for another key nothing happens."""
        if visit := self._visits.get(key):
            self.left(visit)

    def opened(self, visit: Visit, report_id: object, *, own: bool) -> Opened:
        """Raises UsageError for a report that this page does not show, StorageError."""
        key = str(report_id)
        if own and (report := visit.unstored.get(key)):
            return Opened(report, (), self.passing, stored=False)
        report = self.reports.report(key, private=own)
        return Opened(report, self.reports.overrides(key), self.applications, stored=True)

    def delete(self, visit: Visit, report_id: object, *, own: bool) -> None:
        """Delete a report, what was said of it, and its files. Raises UsageError and StorageError."""
        found = self.opened(visit, report_id, own=own)
        if _is_there(found.applications, found.report.application):
            found.applications.delete(found.report.application)
        if found.stored:
            self.reports.delete_report(found.report.id, private=own)
        else:
            del visit.unstored[found.report.id]

    def unfinished(self) -> tuple[tuple[str, str], ...]:
        """Id and title of the applications that were uploaded, and whose reading a crash or a stop of the program cut
        off; those being read at the moment are not among them."""
        found = []
        for key in self.applications.unfinished():
            if key not in self.runner.applications:
                with suppress(AssistantError):
                    files = self.applications.staged(key)
                    found.append((key, f"{files[0].name} 等 {len(files)} 个文件" if files else "没有文件的申报包"))
        return tuple(found)

    def left(self, visit: Visit) -> None:
        """The visit is over: delete all that was not to be stored, and what is running as soon as it ends."""
        visit.over = True
        for run in visit.runs:
            if not run.stored:
                run.stop()
        self.settle(visit)

    def settle(self, visit: Visit) -> None:
        """Called whenever a run has ended: deletes what is left of a visit that is over. More than once is harmless."""
        if not visit.over:
            return
        for key in list(visit.unstored):
            if report := visit.unstored.pop(key, None):
                with suppress(AssistantError):
                    self.passing.delete(report.application)
        if all(run.ended for run in visit.runs):
            self.uploads.end(visit.key)
            self._visits.pop(visit.key, None)

    def paths(self, visit: Visit, key: str) -> tuple[Path, ...]:
        """The package that was uploaded under `key`: a ZIP, or a folder. Raises UsageError."""
        folder = self.uploads.package(visit.key, key)
        inside = tuple(folder.iterdir())
        if not inside:
            raise UsageError("这个申报包里没有文件。")
        return inside if len(inside) == 1 and inside[0].is_file() else (folder,)


def _is_there(applications: Applications, application_id: str) -> bool:
    try:
        applications.staged(application_id)
    except UsageError:
        return False
    return True
