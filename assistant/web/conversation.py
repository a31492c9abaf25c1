"""What one visitor has asked and been told; a new value for every step, kept by the page for each session."""

import uuid
from dataclasses import dataclass, replace
from typing import Literal

from assistant.schema import Answer, Citation, Turn
from assistant.store import Verdict

Shown = Literal["citations", "related"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One question. While neither `answer` nor `error` is there, it is being answered."""

    key: str
    question: str
    answer: Answer | None = None
    error: str | None = None
    step: str | None = None
    """What is being done for a better answer (正在核对), or for the first one while there is none."""
    verdict: Verdict | None = None
    reason: str | None = None
    """What was wrong, in the visitor's words; None until the form under a thumbs-down has been sent or closed."""

    @property
    def pending(self) -> bool:
        return self.answer is None and self.error is None

    @property
    def working(self) -> bool:
        """Whether an answer is shown while a model is still at work on a better one."""
        return self.answer is not None and self.step is not None


@dataclass(frozen=True, slots=True)
class Conversation:
    """The entries in order; `removed` is what was just taken away and can be brought back until the next question."""

    entries: tuple[Entry, ...] = ()
    removed: tuple[Entry, ...] = ()
    note: str = ""
    """A sentence about the page itself, such as a verdict that could not be kept; gone at the next step."""

    def asked(self, question: str) -> "Conversation":
        """With a pending entry at the end; what was still being done for an earlier one has ended."""
        return Conversation((*self._settled(), Entry(uuid.uuid4().hex, question)))

    def changed(self, key: str, **fields: object) -> "Conversation":
        """With some fields of one entry replaced."""
        entries = tuple(replace(e, **fields) if e.key == key else e for e in self.entries)  # type: ignore[arg-type]
        return Conversation(entries, self.removed)

    def noted(self, note: str) -> "Conversation":
        return replace(self, note=note)

    def stopped(self) -> "Conversation":
        """Without the question that is being answered; an answer that is already shown stays as it is."""
        return Conversation(self._settled(), self.removed)

    def _settled(self) -> tuple[Entry, ...]:
        return tuple(replace(e, step=None) for e in self.entries if not e.pending)

    def undone(self) -> "Conversation":
        """Without the last question and its answer."""
        return Conversation(self.entries[:-1], self.entries[-1:])

    def cleared(self) -> "Conversation":
        return Conversation((), self.entries)

    def restored(self) -> "Conversation":
        """With what was just removed."""
        return Conversation((*self.entries, *self.removed))

    def entry(self, key: object) -> Entry | None:
        """The entry of that key; a browser may name one that is gone."""
        return next((e for e in self.entries if e.key == key), None)

    def answers(self) -> tuple[Answer, ...]:
        return tuple(e.answer for e in self.entries if e.answer)

    def history(self) -> tuple[Turn, ...]:
        """The answered questions as turns; what ended in an error is no part of the conversation."""
        return tuple(
            turn
            for e in self.entries
            if e.answer is not None
            for turn in (Turn("user", e.question), Turn("assistant", e.answer.text))
        )

    def citation(self, key: object, shown: object, place: object) -> Citation | None:
        """The citation behind a chip of the page; None when the browser names one that is not there."""
        entry = self.entry(key)
        if entry is None or entry.answer is None or not isinstance(place, int):
            return None
        found = entry.answer.related if shown == "related" else entry.answer.citations
        return found[place] if 0 <= place < len(found) else None
