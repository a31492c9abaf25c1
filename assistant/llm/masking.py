"""Personal data behind stable placeholders (〔姓名1〕) before a text leaves the machine, and back in the reply.

What is personal is told by `assistant.llm.personal`. `Masked` is a model that masks all it is told.
"""

import re
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from assistant.llm.personal import names_in, personal
from assistant.llm.schema import Filled, LanguageModel, Prompt, Shape, Where
from assistant.llm.sent import Sent
from ingest.materials import Application

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

_ORIGINAL = "原文"  # words that look like a placeholder before anything is masked
_PLACE = re.compile(rf"〔(?:身份证|手机|电话|邮箱|账号|姓名|{_ORIGINAL})\d+〕")


class Masks:
    """What was masked, for one package or conversation: the same words get the same placeholder every time.

    `restore(mask(text)) == text` for every text. For many threads.
    """

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._names: tuple[str, ...] = ()
        self._learn(names)
        self._places: dict[str, str] = {}
        self._words: dict[str, str] = {}
        self._counts: Counter[str] = Counter()
        self._turn = threading.Lock()

    def mask(self, text: str) -> str:
        """The text with placeholders."""
        return self.told(text)[0]

    def told(self, text: str) -> tuple[str, Mapping[str, int]]:
        """The text with placeholders, and how many stand for what."""
        counts: Counter[str] = Counter()
        with self._turn:
            text = _PLACE.sub(lambda found: self._place(_ORIGINAL, found.group()), text)
            self._learn(text[each.start : each.end] for each in personal(text) if each.kind == "姓名")
            # What stood beside something masked can look like personal data only after it.
            while parts := _outside(text, self._names):
                for kind, start, end in reversed(parts):
                    counts[kind] += 1
                    text = text[:start] + self._place(kind, text[start:end]) + text[end:]
        return text, counts

    def restore(self, text: str) -> str:
        """The text with the words behind the placeholders; placeholders that nobody handed out stay."""
        return _PLACE.sub(lambda found: self._words.get(found.group(), found.group()), text)

    def _learn(self, names: Iterable[str]) -> None:
        """Names that were seen once are known from then on."""
        if more := {*names} - {*self._names}:
            self._names = (*self._names, *sorted(more))

    def _place(self, kind: str, words: str) -> str:
        if words not in self._places:
            self._counts[kind] += 1
            place = f"〔{kind}{self._counts[kind]}〕"
            self._places[words] = place
            self._words[place] = words
        return self._places[words]


class Masked:
    """A model that is told nothing personal: prompts are masked, its replies restored, what was sent recorded.

    The system part of a prompt is the product's own and goes out as it is.
    """

    def __init__(self, model: LanguageModel, masks: Masks, sent: Callable[[Sent], None]) -> None:
        self._model = model
        self._masks = masks
        self._sent = sent

    @property
    def name(self) -> str:
        return self._model.name

    @property
    def where(self) -> Where:
        return self._model.where

    @property
    def context(self) -> int:
        return self._model.context

    def fill(self, prompt: Prompt, shape: type[Shape], *, seconds: float, tokens: int = 400) -> Filled[Shape]:
        """As the model's. What cannot be recorded is not sent: raises StorageError."""
        user, kinds = self._masks.told(prompt.user)
        masked = Prompt(prompt.name, prompt.system, user)
        self._sent(Sent(self.name, self.where, prompt.version, len(masked.system) + len(user), kinds))
        filled = self._model.fill(masked, shape, seconds=seconds, tokens=tokens)
        value = shape.model_validate(_restored(filled.value.model_dump(), self._masks))
        return Filled(value, filled.prompt_tokens, filled.reply_tokens, filled.seconds)

    def chat(self, *, seconds: float, tokens: int = 800) -> "BaseChatModel":
        """The model as LangChain knows it, which masks nothing: whoever uses it masks what it is told."""
        return self._model.chat(seconds=seconds, tokens=tokens)


def people(application: Application) -> frozenset[str]:
    """The names of people in an application's lists, forms and texts."""
    found: set[str] = set()
    for material in application.materials:
        for page in material.pages:
            for table in page.tables:
                found |= names_in(table.rows)
            found |= names_in(tuple(line.split("\t")) for line in page.text.split("\n") if "\t" in line)
            found |= {page.text[p.start : p.end] for p in personal(page.text) if p.kind == "姓名"}
    return frozenset(found)


def _outside(text: str, names: Iterable[str]) -> list[tuple[str, int, int]]:
    """What is personal in the text between the placeholders."""
    found: list[tuple[str, int, int]] = []
    at = 0
    for place in (*_PLACE.finditer(text), None):
        end = place.start() if place else len(text)
        found += [(each.kind, at + each.start, at + each.end) for each in personal(text[at:end], names)]
        at = place.end() if place else end
    return found


def _restored(value: Any, masks: Masks) -> Any:
    if isinstance(value, str):
        return masks.restore(value)
    if isinstance(value, Mapping):
        return {key: _restored(each, masks) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_restored(each, masks) for each in value]
    return value
