"""What happens on the pages 材料预审 and 申报自查, step by step; `screening.py` wires the steps to the screen."""

import logging
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any, cast
from uuid import uuid4

from assistant.reports.schema import Override, Report, Verdict
from assistant.web.masthead import as_of, banner, masthead
from assistant.web.screening.evidence import EMPTY, evidence, prepare
from assistant.web.screening.exports import grid_file, report_file
from assistant.web.screening.intake import intake, progress
from assistant.web.screening.list import listing
from assistant.web.screening.office import Office, Opened, Visit
from assistant.web.screening.report import report_page
from assistant.web.screening.runs import FAULT, Run
from ingest.errors import AssistantError, UsageError
from ingest.readers.archive import safe_name

_LOG = logging.getLogger(__name__)
_PAUSE = 0.25  # seconds between two looks at how far the runs are
_PACKAGES = 100  # started at once
_TITLE, _WORDS = 120, 1000  # characters that are kept of a title and of a reason


class Steps:
    """The steps of one of the two pages. `sent` is what a browser sent: nothing in it is trusted."""

    def __init__(self, office: Office, *, own: bool) -> None:
        self._office = office
        self._own = own

    def arrive(self, visit: Visit, report_id: str | None) -> None:
        """A page was opened, perhaps at the address of a report."""
        self._office.arrived(visit)
        if report_id:
            self.open(visit, report_id)

    def left(self, visit: Visit) -> None:
        self._office.left(visit)

    def masthead(self) -> str:
        try:
            policies, today = self._office.policies(), date.today()
            return masthead(policies, today, today=today, words_only=self._office.library.words_only)
        except AssistantError as error:
            return banner(str(error))

    def intake(self, visit: Visit) -> str:
        try:
            policies = self._office.policies()
        except AssistantError as error:
            return banner(str(error))
        return intake(visit.key, policies, self._office.samples, self._office.sandbox.limits, own=self._own)

    def start(self, sent: Mapping[str, object], visit: Visit) -> Iterator[None]:
        """Starts the packages that were uploaded, a sample, or what was left unfinished; yields whenever something is
        new to show, until all of this visit's packages are done."""
        with _told(visit):
            self._start(sent, visit)
        yield
        before = progress(visit.runs, own=self._own)
        while any(not run.ended for run in visit.runs):
            time.sleep(_PAUSE)
            if (now := progress(visit.runs, own=self._own)) != before:
                before = now
                yield
        if len(visit.runs) == 1 and visit.runs[0].report and visit.opened is None:
            self.open(visit, visit.runs[0].report)
        yield

    def stop(self, visit: Visit) -> None:
        for run in visit.runs:
            run.stop()

    def open(self, visit: Visit, report_id: object) -> None:
        with _told(visit):
            visit.opened = self._office.opened(visit, report_id, own=self._own).report.id
            self._office.drawing.start(prepare, lasting=True)

    def close(self, visit: Visit) -> None:
        visit.opened = None
        visit.runs = [run for run in visit.runs if not run.ended]

    def delete(self, visit: Visit, report_id: object) -> None:
        with _told(visit):
            self._office.delete(visit, report_id, own=self._own)
            visit.runs = [run for run in visit.runs if run.report != str(report_id)]
            visit.opened = None if visit.opened == str(report_id) else visit.opened

    def drop(self, visit: Visit, application_id: object) -> None:
        """Deletes an application that was not read to its end."""
        with _told(visit):
            if not self._own:
                self._office.applications.delete(str(application_id))

    def judge(self, visit: Visit, sent: Mapping[str, object]) -> None:
        """Keeps a person's verdict on a finding of the open report."""
        with _told(visit):
            found = self._open(visit)
            if self._own or found is None:
                return
            given = {name: str(sent.get(name, ""))[:_WORDS] for name in ("condition", "verdict", "reason", "person")}
            override = Override(
                report=found.report.id,
                condition=given["condition"],
                verdict=cast(Verdict, given["verdict"]),  # the store refuses what is none
                reason=given["reason"],
                person=given["person"][:40],
                given_at=datetime.now(UTC),
            )
            seen = sent.get("seen")
            self._office.reports.add_override(override, seen=seen if isinstance(seen, int) else 0)

    def evidence(self, visit: Visit, sent: Mapping[str, object]) -> str:
        """The place of an exhibit of the open report."""
        number, turned = sent.get("exhibit"), sent.get("turned", 0)
        try:
            found = self._open(visit)
            if found is None or not isinstance(number, int) or not isinstance(turned, int):
                return EMPTY
            return evidence(found.applications, self._office.drawing, found.report, number, turned)
        except Exception as error:
            return banner(_sentence(error))

    def download(self, visit: Visit, sent: Mapping[str, object]) -> str:
        """A file for the browser to save, see `screening_exports`; empty when there is none."""
        with _told(visit):
            if sent.get("form") == "grid" and not self._own:
                return grid_file(self._office.reports, sent.get("reports"))
            if found := self._open(visit):
                return report_file(found.report, found.overrides, str(sent.get("form")), own=self._own)
        return ""

    def progress(self, visit: Visit) -> str:
        return progress(visit.runs, own=self._own)

    def listing(self, visit: Visit) -> str:
        if self._own:
            return banner(visit.told()) if visit.fault and visit.opened is None else ""
        try:
            note = visit.told() if visit.opened is None else ""
            return listing(self._office.reports.reports(), self._office.unfinished(), note=note)
        except Exception as error:
            return banner(_sentence(error))

    def report(self, visit: Visit) -> str:
        """The open report, empty when none is."""
        try:
            found = self._open(visit)
            if found is None:
                return ""
            return report_page(
                found.report,
                found.overrides,
                clauses=self._clauses(found.report),
                own=self._own,
                kept=found.stored,
                note=visit.told(),
            )
        except Exception as error:
            return banner(_sentence(error))

    def _open(self, visit: Visit) -> Opened | None:
        return self._office.opened(visit, visit.opened, own=self._own) if visit.opened else None

    def _clauses(self, report: Report) -> Mapping[str, str]:
        with suppress(AssistantError):  # the policy has been removed since
            return {clause.id: clause.text for clause in self._office.library.clauses(report.policy)}
        return {}

    def _start(self, sent: Mapping[str, object], visit: Visit) -> None:
        if visit.over:
            raise UsageError("页面已过期,请刷新后再试。")
        stored = not self._own or sent.get("save") is True
        policy = str(sent["policy"]) if sent.get("policy") else None
        begun = partial(Run, policy=policy, as_of=as_of(sent.get("as_of") or date.today()), stored=stored)
        visit.runs = [run for run in visit.runs if not run.ended]
        if isinstance(name := sent.get("sample"), str):
            if (path := self._office.samples.get(name)) is None:
                raise UsageError("没有这个样例。")
            self._run(visit, begun(name), paths=(path,))
        elif isinstance(key := sent.get("resume"), str) and not self._own:
            title = dict(self._office.unfinished()).get(key, "")
            self._run(visit, begun(title), application_id=key)
        else:
            packages = sent.get("packages")
            for package in packages[:_PACKAGES] if isinstance(packages, list) else []:
                self._uploaded(visit, package, begun)
        if not visit.runs:
            raise UsageError("请先放入申报材料。")

    def _uploaded(self, visit: Visit, package: object, begun: Any) -> None:
        told = package if isinstance(package, dict) else {}
        key, title = str(told.get("id", "")), safe_name(str(told.get("title", "")))[:_TITLE]
        paths = self._office.paths(visit, key)
        self._run(visit, begun(title), paths=paths, done=partial(self._office.uploads.drop, visit.key, key))

    def _run(
        self,
        visit: Visit,
        run: Run,
        *,
        paths: tuple[Path, ...] = (),
        application_id: str | None = None,
        done: Any = lambda: None,
    ) -> None:
        def keep(report: Report) -> str:
            # A report's own id is that of its materials: the same package twice is two reports here.
            made = replace(report, id=uuid4().hex)
            if run.stored:
                self._office.reports.add_report(made, private=self._own)
            else:
                visit.unstored[made.id] = made
            return made.id

        def ended() -> None:
            done()
            self._office.settle(visit)

        visit.runs.append(run)
        applications = self._office.applications if run.stored else self._office.passing
        self._office.runner.start(
            run, applications, paths=paths, application_id=application_id, keep=keep, finally_=ended
        )


@contextmanager
def _told(visit: Visit) -> Iterator[None]:
    """Where every fault of a step ends: the visitor reads one sentence, the log has the traceback."""
    try:
        yield
    except Exception as error:
        visit.fault = _sentence(error)


def _sentence(error: Exception) -> str:
    if isinstance(error, AssistantError):
        return str(error)
    _LOG.error("a step of the page failed", exc_info=error)
    return FAULT
