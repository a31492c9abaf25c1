"""What a model is told: to one on another machine nothing personal, and a record of every prompt without its words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant.agent.schema import Complaint, Draft
from assistant.errors import ModelUnavailable
from assistant.llm.masking import Masks
from assistant.llm.schema import LanguageModel, Prompt
from assistant.llm.sent import Sent
from assistant.schema import Turn
from ingest.errors import StorageError
from prompts import render


@dataclass(frozen=True, slots=True)
class Outgoing:
    """The words of one conversation on their way to a model and back. Clauses go out as they are."""

    model: LanguageModel
    sent: Callable[[Sent], None] | None = None
    masks: Masks = field(default_factory=Masks)

    @property
    def remote(self) -> bool:
        return self.model.where == "remote"

    def text(self, words: str) -> str:
        """What somebody typed, as the model may read it."""
        return self.masks.mask(words) if self.remote else words

    def turns(self, history: Sequence[Turn]) -> list[Turn]:
        """A conversation as the model may read it."""
        return [replace(turn, content=self.text(turn.content)) for turn in history]

    def objection(self, complaints: Sequence[Complaint]) -> str:
        """What a model is told for its second try."""
        lines = [f"- {f'“{c.place}”:' if c.place else ''}{c.says}" for c in complaints]
        return render("retry", complaints=self.text("\n".join(lines)))

    def restored(self, draft: Draft) -> Draft:
        """A draft with the words that were masked."""
        if not self.remote:
            return draft
        sentences = tuple(replace(s, text=self.masks.restore(s.text)) for s in draft.sentences)
        return replace(draft, sentences=sentences)

    def record(self, prompt: Prompt) -> None:
        """Note that a prompt is about to leave the machine. Raises ModelUnavailable when that cannot be noted."""
        if not self.remote or self.sent is None:
            return
        kinds: Mapping[str, int] = self.masks.told(self.masks.restore(prompt.user))[1]
        told = Sent(self.model.name, self.model.where, prompt.version, len(prompt.system) + len(prompt.user), kinds)
        try:
            self.sent(told)
        except StorageError as error:
            raise ModelUnavailable(str(error)) from None
