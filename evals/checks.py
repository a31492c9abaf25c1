"""Pre-screening of fictional packages beside what is true of them: `python -m evals checks [--failures] [--update]`."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from assistant.checking.command import open_desk
from evals.checks_judge import Judged, judge
from evals.checks_packages import Checked, check_all, growth, seconds_whole
from evals.metrics import mean, percentile
from evals.packages.made import make
from ingest.library import Library

POLICY = "qingdao-2021"
_LONG, _SMALL = "四十页-大港(虚构)", "分公司-齐鲁(虚构)"
_COUNTS = {"not_false_met": "false_met", "alarms_clean": "false_alarms_clean", "alarms_true": "false_alarms"}
"""Measures of which the wrong ones are counted, under their names."""
_PAIR = ("support_found", "support_true")

Numbers = dict[str, dict[str, float]]


def run(library: Library, *, corpus_dir: Path, data_dir: Path) -> tuple[Numbers, list[str]]:
    """The measures of the tuning part, of the part kept aside, and of time and memory; and what was wrong in the tuning
    part, a line each. Raises PolicyError, UsageError and StorageError, and FileNotFoundError without Noto CJK."""
    folder = data_dir / "evals"
    packages = make(folder)
    desk = open_desk(library, POLICY, corpus_dir=corpus_dir, cache=data_dir / "cache")
    done = [(each, judge(each.report, each.made.truth)) for each in check_all(packages, desk, folder=folder)]
    parts = {
        "tuning": [(each, judged) for each, judged in done if not each.made.aside],
        "aside": [(each, judged) for each, judged in done if each.made.aside],
    }
    numbers: Numbers = {name: {"packages": float(len(part)), **_part(part)} for name, part in parts.items()}
    known = {made.name: made for made in packages}
    costs = {"forty_pages_s": seconds_whole(known[_LONG], desk), "growth_mb": growth(known[_SMALL], desk)}
    return {**numbers, "costs": costs}, failures(parts["tuning"])


def failures(part: Iterable[tuple[Checked, Sequence[Judged]]]) -> list[str]:
    """A line for each thing that was judged wrong."""
    return [
        f"{each.made.name} [{one.measure}] {one.told}"
        for each, judged in part
        for one in judged
        if not one.right and one.told
    ]


def summary(judged: Iterable[Judged]) -> dict[str, float]:
    """Measures by name. A share where several things of a kind were judged; `support_f1` of support found against
    nothing found; false `met` verdicts and false alarms are counted."""
    kinds: dict[str, list[bool]] = {"not_false_met": [], "alarms_clean": [], "alarms_true": []}
    for one in judged:
        kinds.setdefault(one.measure, []).append(one.right)
    told = {_COUNTS[kind]: float(rights.count(False)) for kind, rights in kinds.items() if kind in _COUNTS}
    told |= {
        kind: mean([float(right) for right in rights]) for kind, rights in sorted(kinds.items()) if kind not in _COUNTS
    }
    if any(kind in kinds for kind in _PAIR):
        missed, wrong = (kinds.get(kind, []).count(False) for kind in _PAIR)
        found = kinds.get("support_found", []).count(True)
        told["support_f1"] = 2 * found / (2 * found + missed + wrong) if found + missed + wrong else 1.0
    return told


def _part(part: Sequence[tuple[Checked, Sequence[Judged]]]) -> Mapping[str, float]:
    return {
        **summary(one for _, judged in part for one in judged),
        "read_p50_s": percentile([each.read_s for each, _ in part], 0.5),
        "read_p95_s": percentile([each.read_s for each, _ in part], 0.95),
        "check_p50_s": percentile([each.check_s for each, _ in part], 0.5),
        "check_p95_s": percentile([each.check_s for each, _ in part], 0.95),
    }
