"""The gate against the committed baseline, and the targets beside it."""

import json
import re
from collections.abc import Mapping
from pathlib import Path

BASELINE = Path(__file__).parent / "results" / "baseline"
ALWAYS: Mapping[str, float] = {"references_resolved": 1.0, "quotes_hold": 1.0, "ended": 1.0}
"""What holds by construction: anything less is a fault of the program."""
NEVER = frozenset({"false_met"})
"""What is counted and may not happen once."""
TARGETS: Mapping[str, float] = {
    "gold_first": 0.92,
    "gold_in_five": 0.99,
    "refused_uncovered": 0.95,
    "facts_present": 0.90,
    "times_pdfplumber_text": 10.0,
    "times_pdfplumber_tables": 1.5,
    "characters_right": 0.98,
    "covered": 0.99,
    "support_f1": 0.95,
    "evidence": 0.95,
    "missing_recall": 0.95,
    "missing_precision": 0.90,
    "issues": 0.95,
    "facts": 0.98,
}
LIMITS: Mapping[str, float] = {
    "refused_covered": 0.05,
    "forbidden_said": 0.0,
    "mb_500_pages": 600.0,
    "largest_mb": 1000.0,
    "slowest_s": 30.0,
    "ocr_s_per_page": 2.5,
    "false_met": 0.0,
    "false_alarms_clean": 0.0,
    "forty_pages_s": 4.0,
    "growth_mb": 20.0,
}
"""Targets of measures of which less is better."""
SLACK = 0.015
"""How far behind the baseline a measure may be: a change of two or three answers in 200."""
_UNGATED = re.compile(
    r"questions|characters|pages|files|quotes|packages|false_alarms|.*ms_p\d\d|.*_per_s|times_.*|.*_mb|mb_.*|.*_s|.*_s_per_page"
)


def compare(what: str, numbers: Mapping[str, Mapping[str, float]], baseline: Path = BASELINE) -> list[str]:
    """The gate: a sentence for each measure that must always hold and does not, or that fell behind the baseline.
    Time is never gated."""
    path = baseline / f"{what}.json"
    known: Mapping[str, Mapping[str, float]] = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    below: list[str] = []
    for part, values in numbers.items():
        for key, value in values.items():
            if value < ALWAYS.get(key, 0.0):
                below.append(f"{part} 的 {key} 为 {value:.4g},应为 {ALWAYS[key]:.4g}")
            if key in NEVER and value > 0:
                below.append(f"{part} 的 {key} 为 {value:.4g},应为 0")
            before = known.get(part, {}).get(key)
            if before is not None and not _UNGATED.fullmatch(key) and _worse(key, value, before) > SLACK:
                below.append(f"{part} 的 {key} 为 {value:.4g},基线为 {before:.4g}")
    return below


def missed(numbers: Mapping[str, Mapping[str, float]]) -> list[str]:
    """A sentence for each target that is not reached."""
    aims = {**TARGETS, **LIMITS}
    return [
        f"{part} 的 {key} 为 {value:.4g},目标为 {aims[key]:.4g}"
        for part, values in numbers.items()
        for key, value in values.items()
        if key in aims and _worse(key, value, aims[key]) > 0
    ]


def _worse(key: str, value: float, than: float) -> float:
    return value - than if key in LIMITS else than - value
