"""The committed baseline of answers with a model: which model and which prompts it was measured with."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from evals.gate import BASELINE
from prompts import FOLDER

FILE = "answers-llm.json"
Sides = Mapping[str, Mapping[str, Mapping[str, float]]]


def versions() -> Mapping[str, str]:
    """The first 12 digits of the sha256 of each prompt, by its name."""
    return {path.stem: hashlib.sha256(path.read_bytes()).hexdigest()[:12] for path in sorted(FOLDER.glob("*.md"))}


def save(numbers: Sides, *, model: str, path: str, folder: Path = BASELINE) -> None:
    """Keep the numbers with the model, the way of answering and the prompts."""
    rounded = {
        part: {side: {key: round(value, 4) for key, value in own.items()} for side, own in sides.items()}
        for part, sides in numbers.items()
    }
    told = {"model": model, "path": path, "prompts": versions(), "numbers": rounded}
    folder.mkdir(parents=True, exist_ok=True)
    (folder / FILE).write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", "utf-8")


def changed(folder: Path = BASELINE) -> tuple[str, ...]:
    """The prompts that are not those of the baseline: its numbers no longer speak for them."""
    path = folder / FILE
    if not path.is_file():
        return ()
    known = json.loads(path.read_text("utf-8"))["prompts"]
    now = versions()
    return tuple(sorted(name for name in {*known, *now} if known.get(name) != now.get(name)))
