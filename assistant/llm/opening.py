"""The model of one program, from its choice to its end, and what it can do: for a command, and for one that stays."""

import logging
import math
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import ModelError, ModelUnavailable
from assistant.llm.choose import choose
from assistant.llm.probe import SECONDS, probe, remembered
from assistant.llm.schema import Ability, LanguageModel
from assistant.settings import AssistantSettings, LlmMode
from ingest.commands import say
from ingest.errors import UsageError
from ingest.settings import IngestSettings

if TYPE_CHECKING:
    from assistant.llm.local import LocalModel
    from assistant.llm.remote import Endpoint

_LOG = logging.getLogger(__name__)
_AGAIN = 60.0  # seconds before a model that could not be probed is probed again
_LOADING = 180.0  # seconds that a command waits for a local model
_ALLOWED = "要允许请设 ASSISTANT_LLM_MATERIALS=true,否则请用 --llm local 或 none。"


@dataclass(frozen=True, slots=True)
class Opened:
    """A model, and what it was found able to do; asking for that raises the ModelError that kept it from being found
    out, for the answer to say."""

    model: LanguageModel
    ability: Callable[[], Ability]


@contextmanager
def opened(settings: AssistantSettings, corpus: IngestSettings, mode: LlmMode) -> Iterator[Opened | None]:
    """For a command: the model is loaded and probed before anything is asked, and ended afterwards; `auto` takes no
    local one. Raises UsageError for a model that cannot be had."""
    models = corpus.corpus_dir / "models.toml"
    model = choose(settings, mode, models=models, folder=corpus.model_dir, auto_local=False)
    if model is None:
        yield None
        return
    with closing(model):
        cache, faults = abilities(corpus), list[ModelError]()
        if model.where == "local":
            say(f"正在装载本地语言模型 {model.name}……")
        try:
            model.ready(_LOADING)
            if remembered(model, cache=cache) is None:
                say(f"第一次使用语言模型 {model.name},正在检验它能做什么(只做一次)……")
            seconds = SECONDS if model.where == "local" else settings.llm_seconds
            found = probe(model, cache=cache, seconds=seconds, tell=faults.append)
        except ModelError as error:
            faults.append(error)

        def ability() -> Ability:
            if faults:
                raise faults[0]
            return found

        yield Opened(model, ability)


def abilities(corpus: IngestSettings) -> Path:
    """The file in which it is remembered what models can do."""
    return corpus.data_dir / "cache" / "abilities.json"


class Watched:
    """What a model can do, for a program that stays: found out on a thread of its own, so that nobody waits for it."""

    def __init__(self, model: "Endpoint | LocalModel", *, cache: Path) -> None:
        self._model, self._cache = model, cache
        self._mutex = threading.Lock()
        self._known: Ability | ModelError = ModelUnavailable("语言模型正在准备,这次没有使用它。")
        self._next = 0.0

    def __call__(self) -> Ability:
        """What is known now. Raises ModelError while it is not known, or why it cannot be, and then tries again from
        time to time; the first call is what begins it."""
        with self._mutex:
            if isinstance(self._known, Ability):
                return self._known
            if time.monotonic() >= self._next:
                self._next = math.inf
                threading.Thread(target=self._find_out, name="probe", daemon=True).start()
            raise self._known

    def _find_out(self) -> None:
        faults: list[ModelError] = []
        known = remembered(self._model, cache=self._cache)
        if known is None:
            known = probe(self._model, cache=self._cache, tell=faults.append)
        elif known != Ability():
            self._model.start()  # there is a use for it
        if not faults and known == Ability():
            _LOG.warning("语言模型 %s 没有通过检验,不使用它。", self._model.name)
            if self._model.where == "local":
                self._model.close()  # a gigabyte that nobody would ask
        with self._mutex:
            self._known = faults[0] if faults else known
            self._next = time.monotonic() + _AGAIN
        if faults:
            _LOG.warning("%s", faults[0])


def for_materials(
    settings: AssistantSettings, mode: LlmMode, asked: LlmMode | None, *, what: str, tell: Callable[[str], None]
) -> tuple[AssistantSettings, LlmMode]:
    """The settings and the way to a model that may see materials, for `what` (预审). Without leave `auto` passes over
    the endpoint, and `remote` of the settings becomes `none`, which is told. Raises UsageError where `remote` was asked
    for by name."""
    if settings.llm_materials:
        return settings, mode
    if asked == "remote":
        raise UsageError(f"设置不允许把申报材料交给远程语言模型,--llm remote 不能用于{what};{_ALLOWED}")
    if mode == "remote":
        tell(f"设置不允许把申报材料交给远程语言模型,这次{what}不使用它;{_ALLOWED}")
        mode = "none"
    return settings.model_copy(update={"llm_base_url": None, "llm_model": None}), mode
