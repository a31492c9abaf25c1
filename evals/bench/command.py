"""`python -m evals bench`: run, show, and with `--update` write the results and the page."""

import argparse
import json
from datetime import date
from pathlib import Path
from typing import Any

from evals.bench.compare import ENTRIES, compare, machine
from evals.bench.data import Exam, measure, statutes
from evals.bench.table import RESULTS, plain, write
from ingest.commands import say, show
from ingest.errors import UsageError
from ingest.models import load_specs, state
from ingest.settings import IngestSettings


def bench(given: argparse.Namespace) -> int:
    """0 always: it is a comparison and no gate. Raises UsageError for a bad folder or `--python`."""
    settings = IngestSettings()
    pythons = dict(_named(each) for each in given.python)
    exam = _exam(settings, given.data, given.count)
    part: dict[str, Any] = {"date": f"{date.today():%Y-%m-%d}", "machine": machine()}
    part |= compare(exam, ENTRIES, pythons=pythons, tell=say)
    if given.update:
        known: dict[str, Any] = json.loads(RESULTS.read_text("utf-8")) if RESULTS.is_file() else {}
        write({**known, exam.task["kind"]: part})
    if given.json:
        show(part)
    else:
        print(plain(part))
    return 0


def _exam(settings: IngestSettings, folder: Path | None, count: int | None) -> Exam:
    spec = load_specs(settings.corpus_dir / "models.toml").get(settings.embedder)
    ready = spec is not None and state(spec, folder=settings.model_dir) == "ready"
    embedder = settings.model_dir / settings.embedder if ready else None
    if embedder is None:
        say("提示:没有随附的向量模型,只比较按字词检索的。")
    if folder is None:
        return measure(settings.corpus_dir, embedder)
    return statutes(folder, embedder, count)


def _named(given: str) -> tuple[str, str]:
    name, _, path = given.partition("=")
    if name not in {entry.name for entry in ENTRIES} or not path:
        known = "、".join(entry.name for entry in ENTRIES)
        raise UsageError(f"--python 应写成 名称=解释器路径,名称是 {known} 之一。")
    # Not resolved: a virtual environment is known by the link to its interpreter.
    return name, str(Path(path).absolute())
