"""The packages as files, with what is true of them; made once for each state of the scripts."""

import hashlib
import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from evals.packages.long import forty_pages
from evals.packages.written import read_package
from evals.samples.making import faces_for, files, write
from evals.samples.packages import Package
from evals.samples.truth import truth

HERE = Path(__file__).parent
SAMPLES = HERE.parent.parent / "corpus" / "samples"
TRUTH = "truth.json"


@dataclass(frozen=True, slots=True)
class Made:
    """A package on disk. `truth` is that of `evals.samples.truth`, with the names of files as an Application has them;
    `aside`: nothing may be tuned on it."""

    name: str
    path: Path
    aside: bool
    as_of: date
    truth: Mapping[str, Any]


def aside(name: str) -> bool:
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 3 == 0


def written() -> tuple[Package, ...]:
    """All packages but the committed samples. Raises ValueError for one that does not lie where its name says."""
    found = []
    for path in sorted(HERE.glob("*/*.txt")):
        package = read_package(path)
        if (path.parent.name == "aside") is not aside(package.name):
            raise ValueError(f"{path} lies in the wrong folder")
        found.append(package)
    return (*found, forty_pages())


def make(folder: Path) -> tuple[Made, ...]:
    """The committed samples and all others, which are written to `folder` unless they lie there already.

    Raises FileNotFoundError without Noto CJK.
    """
    own = folder / f"packages-{_state()}"
    if not (own / TRUTH).is_file():
        shutil.rmtree(own, ignore_errors=True)
        for old in folder.glob("packages-*"):
            shutil.rmtree(old)
        own.mkdir(parents=True)
        _write(written(), own)
    return (*_told(SAMPLES, samples=True), *_told(own, samples=False))


def _write(packages: tuple[Package, ...], out: Path) -> None:
    with TemporaryDirectory() as scratch:
        faces = faces_for(packages, Path(scratch))
        for package in packages:
            write(package, out, files(package, faces))
        told = {package.name: truth(package, faces) for package in packages}
    (out / TRUTH).write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _told(folder: Path, *, samples: bool) -> tuple[Made, ...]:
    """What lies in `folder`. The samples may be looked at by everybody."""
    told = json.loads((folder / TRUTH).read_text("utf-8"))
    return tuple(
        Made(name, folder / about["path"], not samples and aside(name), _day(about), _unpacked(about))
        for name, about in told.items()
    )


def _day(about: Mapping[str, Any]) -> date:
    applied = date.fromisoformat(about["facts"]["dates"]["applied"])
    return date.fromisoformat(about["as_of"]) if "as_of" in about else applied + timedelta(days=5)


def _unpacked(about: Mapping[str, Any]) -> Mapping[str, Any]:
    """A package that is one ZIP has its files under the names they have in it."""
    if not about["path"].endswith(".zip"):
        return about
    shorter: Mapping[str, Any] = json.loads(json.dumps(about).replace(json.dumps(f"{about['path']}/")[1:-1], ""))
    return shorter


def _state() -> str:
    """A hash of all that the packages are made from."""
    sources = sorted((*HERE.rglob("*.txt"), *HERE.glob("*.py"), *HERE.parent.glob("samples/*.py")))
    told = hashlib.sha256()
    for path in sources:
        told.update(path.relative_to(HERE.parent).as_posix().encode() + b"\0" + path.read_bytes())
    return told.hexdigest()[:16]
