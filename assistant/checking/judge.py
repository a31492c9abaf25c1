"""Conditions judged with a language model: it reads the evidence that was found, `judge_verdict` decides.

One call for each condition, all together within what the model can take, none after the deadline. What fails, hangs or
comes too late leaves the finding as it was, and one line says so. The steps are told in docs/flow.md.
"""

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass

from assistant.checking.judge_evidence import Packet, Papers, fitting, packet, prompt, versions
from assistant.checking.judge_reply import ConditionReply, readings
from assistant.checking.judge_verdict import decided
from assistant.checking.rule_types import Known
from assistant.checking.support import Support
from assistant.errors import ContextError, ModelError
from assistant.llm.masking import Masked, Masks, people
from assistant.llm.schema import Ability, LanguageModel
from assistant.llm.sent import Sent
from assistant.reports.schema import Finding
from assistant.schema import Notice
from ingest.errors import StorageError

SECONDS = 120.0
"""For all conditions of one package."""
_PARALLEL = 4  # calls at a time to a remote model; a local one answers one after the other
_TOKENS = 90  # of a reply, for each aspect
_FIRST = 40  # and for what is around them
_TRIES = 3  # each with half of the exhibits, when a prompt was too long all the same


@dataclass(frozen=True, slots=True)
class Judged:
    """`findings` in their order; of the `notices` one says what the model was and was not used for; `prompts` are the
    versions of what it was told."""

    findings: tuple[Finding, ...]
    notices: tuple[Notice, ...] = ()
    model: str | None = None
    prompts: tuple[str, ...] = ()


def judge_for(
    model: LanguageModel | None,
    ability: Ability,
    *,
    sent: Callable[[Sent], None],
    seconds: float = SECONDS,
    parallel: int = _PARALLEL,
) -> "Judge | None":
    """A judge; None without a model, and for one that cannot read with care: it would make right findings worse."""
    if model is None or not (ability.selects and ability.words):
        return None
    return Judge(model, sent=sent, seconds=seconds, parallel=parallel)


class Judge:
    """Judges packages, one after the other whoever asks. `sent` hears of all that leaves the machine."""

    def __init__(
        self,
        model: LanguageModel,
        *,
        sent: Callable[[Sent], None],
        seconds: float = SECONDS,
        parallel: int = _PARALLEL,
    ) -> None:
        self._model = model
        self._sent = sent
        self._seconds = seconds
        self._parallel = 1 if model.where == "local" else parallel
        self._turn = threading.Lock()

    @property
    def version(self) -> str:
        """The model and what it is told, for telling reports apart."""
        return f"{self._model.name} {' '.join(versions())}"

    def judged(self, findings: Sequence[Finding], supports: Mapping[str, Sequence[Support]], known: Known) -> Judged:
        """The findings after the model has read what speaks for each condition."""
        papers = Papers(known.application, known.issues)
        conditions = {condition.id: condition for condition in known.conditions.conditions}
        wanted = {
            finding.condition: whole
            for finding in findings
            if finding.verdict in (("met", "unmet") if finding.decided_by == "rule" else ("unclear",))
            and (whole := packet(conditions[finding.condition], supports[finding.condition], papers))
        }
        if not wanted:
            return Judged(tuple(findings))
        model: LanguageModel = self._model
        if model.where == "remote":
            model = Masked(model, Masks(people(known.application)), self._sent)
        replies, failures = self._asked(model, _in_order(wanted, findings, supports))
        after = []
        for finding in findings:
            if reply := replies.get(finding.condition):
                read, says_met = readings(*reply), reply[1].verdict == "met"
                condition = conditions[finding.condition]
                own = supports[finding.condition]
                finding = decided(condition, finding, own, read, says_met=says_met, suspect=papers.suspect)
            after.append(finding)
        labels = {finding.condition: finding.label for finding in findings}
        notice = _notice(
            model.name,
            [labels[each] for each in wanted if each in replies],
            {labels[c]: f for c, f in failures.items()},
        )
        return Judged(tuple(after), (notice,), model.name, versions())

    def _asked(
        self, model: LanguageModel, packets: Sequence[Packet]
    ) -> tuple[dict[str, tuple[Packet, ConditionReply]], dict[str, str]]:
        """The replies, and why there is none, by condition."""
        replies: dict[str, tuple[Packet, ConditionReply]] = {}
        failures: dict[str, str] = {}
        with self._turn:
            deadline = time.monotonic() + self._seconds
            pool = ThreadPoolExecutor(self._parallel, "judging")
            try:
                running: dict[Future[tuple[Packet, ConditionReply]], str] = {
                    pool.submit(_reply, model, each, deadline): each.condition.id for each in packets
                }
                done, late = wait(running, timeout=max(0.0, deadline - time.monotonic()))
            finally:
                pool.shutdown(wait=False, cancel_futures=True)
        for future in done:
            try:
                replies[running[future]] = future.result()
            except (ModelError, StorageError) as error:
                failures[running[future]] = str(error).rstrip("。")
        failures |= {running[future]: "在规定时间内没有答复" for future in late}
        return replies, failures


def _reply(model: LanguageModel, whole: Packet, deadline: float) -> tuple[Packet, ConditionReply]:
    """The reply on one condition, and what was handed out for it. Raises ModelError, StorageError."""
    tokens = _FIRST + _TOKENS * len(whole.aspects)
    chosen = fitting(whole, model.context - tokens)
    for _ in range(_TRIES - 1):
        try:
            return chosen, _filled(model, chosen, deadline, tokens)
        except ContextError:
            if len(chosen.handed) == 1:
                raise
            chosen = Packet(chosen.condition, chosen.aspects, chosen.handed[: len(chosen.handed) // 2])
    return chosen, _filled(model, chosen, deadline, tokens)


def _filled(model: LanguageModel, chosen: Packet, deadline: float, tokens: int) -> ConditionReply:
    seconds = max(0.1, deadline - time.monotonic())
    return model.fill(prompt(chosen), ConditionReply, seconds=seconds, tokens=tokens).value


def _in_order(
    wanted: Mapping[str, Packet], findings: Sequence[Finding], supports: Mapping[str, Sequence[Support]]
) -> list[Packet]:
    """First what a reading can change most: conditions with something found for each aspect; then those with less, and
    last those that a rule has decided."""
    rank = {
        finding.condition: (finding.decided_by == "rule", not all(s.shown for s in supports[finding.condition]))
        for finding in findings
    }
    return sorted(wanted.values(), key=lambda each: rank[each.condition.id])


def _notice(name: str, read: Sequence[str], failures: Mapping[str, str]) -> Notice:
    parts = []
    if read:
        parts.append(f"语言模型({name})阅读了{'、'.join(read)}的材料摘录,引文由程序逐字核对,结论由程序按规则给出")
    if failures:
        reason = next(iter(failures.values()))
        parts.append(f"{'、'.join(failures)}没有得到语言模型({name})的答复({reason}),仍按规则和检索的结果")
    return Notice("model", ";".join(parts) + "。")
