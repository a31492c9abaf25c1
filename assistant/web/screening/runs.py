"""Packages on their way from upload to report, in threads of their own, and how far each is."""

import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Literal, Protocol

from assistant.reports.schema import Report
from ingest.application import finish_application
from ingest.applications import Applications
from ingest.errors import AssistantError, StoppedError
from ingest.materials import Application
from ingest.reading import Step
from ingest.sandbox import Sandbox

_LOG = logging.getLogger(__name__)
FAULT = "系统出了问题,这一步没有成功,请稍后再试;如果一直这样,请联系管理员。"
_AT_ONCE = 2  # packages; each is read on all cores
State = Literal["waiting", "reading", "checking", "done", "failed", "stopped"]


class Check(Protocol):
    """`assistant.checking.check.check` with what it needs of the program. Raises AssistantError with one sentence."""

    def __call__(self, application: Application, *, policy: str | None, as_of: date) -> Report: ...


class Stopped(Exception):
    """The visitor has stopped the run."""


class Run:
    """One package. Its fields are written by the thread that works on it and read by the page."""

    def __init__(self, title: str, *, policy: str | None, as_of: date, stored: bool = True) -> None:
        self.title = title
        self.stored = stored
        self.policy = policy
        self.as_of = as_of
        self.state: State = "waiting"
        self.files: dict[str, tuple[int, int]] = {}
        """Of each file that was begun: pages recognised, pages to recognise; both 0 for one that needs none."""
        self.of_files = 0
        self.embedded = (0, 0)
        self.report: str | None = None
        self.error = ""
        self._stopping = threading.Event()

    @property
    def ended(self) -> bool:
        return self.state in ("done", "failed", "stopped")

    @property
    def read(self) -> int:
        """Files that have been read to their end."""
        return sum(pages >= of_pages for pages, of_pages in self.files.values())

    def stop(self) -> None:
        """The run ends at its next step, and leaves nothing behind."""
        self._stopping.set()
        if self.state == "waiting":
            self.state = "stopped"

    def go_on(self) -> None:
        """Raises Stopped when the visitor has asked for it."""
        if self._stopping.is_set():
            raise Stopped

    def progress(self, step: Step) -> None:
        self.go_on()
        self.files[step.name] = (step.pages, step.of_pages)
        self.of_files = step.of_files

    def embedding(self, done: int, every: int) -> None:
        self.go_on()
        self.embedded = (done, every)


class Runner:
    """Works on runs, a few at once. Close it when the sandbox is closed."""

    def __init__(self, check: Check, sandbox: Sandbox) -> None:
        self._check = check
        self._sandbox = sandbox
        self._pool = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="screening")
        self.applications: set[str] = set()
        """The applications that are being worked on."""

    def start(
        self,
        run: Run,
        applications: Applications,
        *,
        paths: Sequence[Path] = (),
        application_id: str | None = None,
        keep: Callable[[Report], str],
        finally_: Callable[[], None],
    ) -> None:
        """Read and check the package in `paths`, or go on with the application that was uploaded before; `keep` takes
        the report and gives the id that it is found under, `finally_` is called whatever happens."""

        def work() -> None:
            try:
                self._work(run, applications, paths, application_id, keep)
            finally:
                finally_()

        self._pool.submit(work)

    def close(self) -> None:
        """Begin nothing more, and wait for what has begun: it ends when the sandbox is closed."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    def begin_nothing(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _work(
        self,
        run: Run,
        applications: Applications,
        paths: Sequence[Path],
        application_id: str | None,
        keep: Callable[[Report], str],
    ) -> None:
        staged = None
        try:
            run.go_on()
            run.state = "reading"
            if application_id is None:
                application_id = staged = applications.stage(paths, title=run.title, limits=self._sandbox.limits)
            self.applications.add(application_id)
            application = finish_application(
                application_id, applications, sandbox=self._sandbox, progress=run.progress, embedded=run.embedding
            )
            run.state = "checking"
            report = self._check(application, policy=run.policy, as_of=run.as_of)
            run.go_on()
            run.report, run.state = keep(report), "done"
        except Stopped:
            _take_back(applications, staged)
            run.state = "stopped"
        except StoppedError as error:  # the program ends; what has been read can be gone on with
            run.error, run.state = str(error), "failed"
        except Exception as error:  # where every fault of a run ends: one sentence on the page, the rest in the log
            if not isinstance(error, AssistantError):
                _LOG.error("the screening of a package failed", exc_info=error)
            _take_back(applications, staged)
            run.error = str(error) if isinstance(error, AssistantError) else FAULT
            run.state = "failed"
        finally:
            self.applications.discard(application_id or "")


def _take_back(applications: Applications, application_id: str | None) -> None:
    if application_id is not None:
        with suppress(AssistantError):
            applications.delete(application_id)
