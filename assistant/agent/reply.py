"""A question becomes a composed answer at once and, where there is a model, a better one that has been checked."""

import logging
import queue
import threading
import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.agent.better import Better
from assistant.agent.outgoing import Outgoing
from assistant.agent.schema import Shown, Step
from assistant.agent.tally import Tally
from assistant.agent.timing import Time
from assistant.answering.answer import Considered, consider
from assistant.errors import ModelError, ModelTimeout
from assistant.llm.schema import Ability, LanguageModel
from assistant.llm.sent import Sent
from assistant.schema import Answer, Notice, Turn
from ingest.library import Library

SECONDS = 10.0
_LOOK = 0.1  # seconds between two looks at whether somebody has stopped the answer
_LOG = logging.getLogger(__name__)
_STANDS = "以上按条款原文回答。"


def reply(
    question: str,
    library: Library,
    model: LanguageModel | None = None,
    *,
    ability: Ability | Callable[[], Ability] | None = None,
    history: Sequence[Turn] = (),
    policy: str | None = None,
    as_of: date | None = None,
    seconds: float = SECONDS,
    stop: threading.Event | None = None,
    tally: Tally | None = None,
    sent: Callable[[Sent], None] | None = None,
) -> Generator[Step | Shown]:
    """The composed answer first, final when no model can better it; then steps, and within `seconds` of the call the
    final answer: the model's, checked, or the composed one with a notice that says why.

    `ability` may be a function that finds it out; `sent` notes what goes to a remote model, which is told nothing
    personal. Closing the generator, or setting `stop`, ends the work.
    Raises PolicyError for an unknown policy, before anything is shown.
    """
    ends = time.monotonic() + seconds
    started = time.perf_counter()
    considered = consider(question, library, history=history, policy=policy, as_of=as_of)
    if model is None or considered.case is None:
        yield Shown(considered.answer, final=True)
        return
    yield Shown(considered.answer, final=False)
    stopped = stop or threading.Event()
    tally = tally or Tally()
    work = _Work(
        question, library, Outgoing(model, sent), ability or Ability(), history, considered, Time(ends, stopped), tally
    )
    try:
        made = yield from work.steps()
    except ModelError as error:
        reason = "stopped" if stopped.is_set() else type(error).__name__
        tally.fall_back(reason)
        why = "已停止,没有等语言模型答完;" if stopped.is_set() else f"{str(error).rstrip('。')};"
        told = Notice("model", f"{why}{_STANDS}")
        made = replace(considered.answer, notices=(*considered.answer.notices, told))
    finally:
        stopped.set()
    yield Shown(replace(made, elapsed_ms=round((time.perf_counter() - started) * 1000, 1)), final=True)


@dataclass(frozen=True, slots=True)
class _Work:
    """A better answer in the making, on a thread of its own, so that nobody waits for it longer than its time."""

    question: str
    library: Library
    out: Outgoing
    ability: Ability | Callable[[], Ability]
    history: Sequence[Turn]
    considered: Considered
    time: Time
    tally: Tally

    def steps(self) -> Generator[Step, None, Answer]:
        """The steps as they are taken, then the answer. Raises ModelError."""
        told: queue.SimpleQueue[Step | Answer | Exception] = queue.SimpleQueue()
        threading.Thread(target=self._run, args=(told,), name="worded answer", daemon=True).start()
        while True:
            try:
                got = told.get(timeout=min(_LOOK, self.time.left()))
            except queue.Empty:
                continue
            if isinstance(got, Step):
                yield got
            elif isinstance(got, Answer):
                return got
            else:
                raise got

    def _run(self, told: queue.SimpleQueue[Step | Answer | Exception]) -> None:
        try:
            told.put(self._better(told.put))
        except ModelError as error:
            told.put(error)
        except Exception:
            # The edge of this thread: a fault of the program must not keep the composed answer from being final.
            _LOG.exception("the worded answer failed")
            told.put(ModelError("语言模型的回答没有处理成功。"))

    def _better(self, emit: Callable[[Step], None]) -> Answer:
        case = self.considered.case
        if case is None:
            raise ModelTimeout("没有可以改进的回答。")
        ability = self.ability() if callable(self.ability) else self.ability
        self.time.left()
        better = Better(
            self.question,
            case,
            self.considered.answer,
            self.library,
            self.out,
            self.history,
            self.time,
            self.tally,
            emit,
        )
        if ability.words:
            return better.worded(tools=ability.tools)
        return better.selected() if ability.selects else self.considered.answer
