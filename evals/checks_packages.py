"""Packages through the real pipeline: read once for each state of the readers, checked at every run."""

import hashlib
import json
import resource
import shutil
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.checking.check import Desk, check, check_paths
from assistant.reports.schema import Report
from evals.packages.made import Made
from ingest.application import ingest_application
from ingest.applications import Applications
from ingest.limits import Limits
from ingest.materials import Application
from ingest.sandbox import Sandbox

_READERS = Path(__file__).parent.parent / "ingest"
READING_LIMITS = Limits(seconds=120)
"""A longer time than users have: the machine may be busy, and what is measured is not that."""
_TIMES, _SETTLED = 30, 10


@dataclass(frozen=True, slots=True)
class Checked:
    """A package with its report; seconds of reading (when it was last read) and of checking."""

    made: Made
    report: Report
    read_s: float
    check_s: float


def check_all(packages: Iterable[Made], desk: Desk, *, folder: Path) -> Iterator[Checked]:
    """Each package with its report. What was read is kept in `folder` until a reader or the package changes."""
    kept = Kept(folder)
    with Sandbox(READING_LIMITS) as sandbox:
        for made in packages:
            if not made.truth["files"]:  # nothing can be kept of it
                yield Checked(made, _whole(made, desk, sandbox), 0.0, 0.0)
                continue
            application, read_s = kept.application(made, sandbox)
            begun = time.perf_counter()
            report = check(application, desk, as_of=made.as_of)
            yield Checked(made, report, read_s, time.perf_counter() - begun)


class Kept:
    """What was read of packages: `<package>.json` names the application and the seconds that reading took."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / f"read-{_state()}"
        for old in folder.glob("read-*"):
            if old != self._folder:
                shutil.rmtree(old)
        self._applications = Applications(self._folder / "applications", embedder=None, url=None)

    def application(self, made: Made, sandbox: Sandbox) -> tuple[Application, float]:
        note = self._folder / f"{hashlib.sha256(str(made.path).encode()).hexdigest()[:24]}.json"
        if note.is_file():
            told = json.loads(note.read_text("utf-8"))
            return self._applications.get(told["application"]), told["seconds"]
        begun = time.perf_counter()
        application = ingest_application(
            [made.path],
            self._applications,
            sandbox=sandbox,
            title=made.name,
            progress=lambda _step: None,
            embedded=lambda _done, _all: None,
        )
        seconds = time.perf_counter() - begun
        note.write_text(json.dumps({"application": application.id, "seconds": seconds}), "utf-8")
        return application, seconds


def seconds_whole(made: Made, desk: Desk) -> float:
    """Seconds from the files to the report, the second time."""
    spent = 0.0
    with Sandbox(READING_LIMITS) as sandbox:
        for _ in range(2):
            begun = time.perf_counter()
            _whole(made, desk, sandbox)
            spent = time.perf_counter() - begun
    return spent


def growth(made: Made, desk: Desk) -> float:
    """Megabytes that the process needs more at the 30th than at the 10th time it checks a package."""
    megabytes = []
    with Sandbox(READING_LIMITS) as sandbox:
        for _ in range(_TIMES):
            _whole(made, desk, sandbox)
            megabytes.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000)
    return megabytes[-1] - megabytes[_SETTLED - 1]


def _whole(made: Made, desk: Desk, sandbox: Sandbox) -> Report:
    return check_paths(
        [made.path], desk, title=made.name, as_of=made.as_of, sandbox=sandbox, progress=lambda _step: None
    )


def _state() -> str:
    """A hash of the readers."""
    told = hashlib.sha256()
    for path in sorted(_READERS.rglob("*.py")):
        told.update(path.as_posix().encode() + b"\0" + path.read_bytes())
    return told.hexdigest()[:16]
