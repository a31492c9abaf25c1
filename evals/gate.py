"""The gate: what an evaluation must reach, and how far it may fall behind the committed baseline."""

import json
from collections.abc import Mapping
from pathlib import Path

BASELINE = Path(__file__).parent / "results" / "baseline"
FLOORS: Mapping[str, float] = {
    "gold_first": 0.92,
    "gold_in_five": 0.985,
    "references_resolved": 1.0,
    "quotes_hold": 1.0,
    "refused_uncovered": 0.90,
    "facts_present": 0.90,
}
CEILINGS: Mapping[str, float] = {"refused_covered": 0.05, "forbidden_said": 0.0}
SLACK = 0.015
"""How far below the baseline a measure may be: a change of two or three answers in 200."""
_UNGATED = frozenset({"questions", "characters", "ms_p50", "ms_p95"})


def compare(what: str, numbers: Mapping[str, Mapping[str, float]], baseline: Path = BASELINE) -> list[str]:
    """A sentence for each measure that misses its floor or ceiling, or fell behind the baseline; time is never gated."""
    path = baseline / f"{what}.json"
    known: Mapping[str, Mapping[str, float]] = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    below: list[str] = []
    for part, values in numbers.items():
        for key, value in values.items():
            if key in FLOORS and value < FLOORS[key]:
                below.append(f"{part} 的 {key} 为 {value:.4g},应不低于 {FLOORS[key]:.4g}")
            if key in CEILINGS and value > CEILINGS[key]:
                below.append(f"{part} 的 {key} 为 {value:.4g},应不高于 {CEILINGS[key]:.4g}")
            before = known.get(part, {}).get(key)
            if before is None or key in _UNGATED:
                continue
            worse = value - before if key in CEILINGS else before - value
            if worse > SLACK:
                below.append(f"{part} 的 {key} 为 {value:.4g},基线为 {before:.4g}")
    return below
