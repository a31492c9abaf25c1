"""The project's own questions, and which third of them is kept aside while tuning."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant.schema import Status, Turn

CASES = Path(__file__).parent / "cases" / "answers.jsonl"


@dataclass(frozen=True, slots=True)
class Case:
    """A question with what a good answer cites, contains and does not contain.

    `must` is a list of groups of alternatives: one string of each group has to be in the answer.
    """

    id: str
    q: str
    kind: str
    status: Status
    gold: tuple[str, ...]
    must: tuple[tuple[str, ...], ...]
    must_not: tuple[str, ...]
    history: tuple[Turn, ...] = ()
    as_of: date | None = None

    @property
    def aside(self) -> bool:
        """Whether the case belongs to the third that nothing is tuned on."""
        return int(hashlib.sha256(self.id.encode()).hexdigest(), 16) % 3 == 0


def load_cases(path: Path = CASES) -> tuple[Case, ...]:
    """Every case of a JSONL file."""
    return tuple(_case(json.loads(line)) for line in path.read_text("utf-8").splitlines() if line.strip())


def _case(row: dict[str, object]) -> Case:
    known = dict(row)
    history = tuple(Turn(**turn) for turn in known.pop("history", ()) or ())  # type: ignore[attr-defined]
    as_of = known.pop("as_of", None)
    return Case(
        id=str(known["id"]),
        q=str(known["q"]),
        kind=str(known["kind"]),
        status="answered" if known["status"] == "answered" else "refused",
        gold=tuple(known.get("gold", ())),  # type: ignore[arg-type]
        must=tuple(tuple(group) for group in known.get("must", ())),  # type: ignore[attr-defined]
        must_not=tuple(known.get("must_not", ())),  # type: ignore[arg-type]
        history=history,
        as_of=date.fromisoformat(str(as_of)) if as_of else None,
    )
