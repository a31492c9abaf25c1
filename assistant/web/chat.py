"""What happens on the chat page, step by step, as functions of the conversation; `page.py` wires them to the screen."""

import base64
import logging
import re
from collections.abc import Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from assistant.agent.schema import Shown, Step
from assistant.render.answer_docx import conversation_docx
from assistant.schema import Citation, Turn
from assistant.store import Store
from assistant.web.conversation import Conversation
from assistant.web.masthead import as_of, banner, chooser, masthead
from assistant.web.panel import panel
from assistant.web.transcript import transcript
from ingest.errors import AssistantError
from ingest.schema import Clause, Policy

_LOG = logging.getLogger(__name__)
_FAULT = "系统出了问题,这一步没有成功,请稍后再试;如果一直这样,请联系管理员。"
_REASON = 500  # characters of a reason that are kept
_KEPT = 4000  # characters of a question that are kept; more is refused, and need not be shown whole
_UNSENDABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
"""Control characters and halves of characters, which can be neither shown nor stored."""


class Texts(Protocol):
    """What the page reads of the library."""

    @property
    def words_only(self) -> str | None: ...
    def policies(self) -> tuple[Policy, ...]: ...
    def source(self, policy: str) -> str: ...
    def clauses(self, policy: str) -> tuple[Clause, ...]: ...


class Ask(Protocol):
    """`assistant.agent.reply.reply` with its library and model: steps, and answers that may be shown, the final one
    last. Raises AssistantError with one sentence. Closing the iterator stops the model."""

    def __call__(
        self, question: str, *, history: Sequence[Turn], policy: str | None, as_of: date
    ) -> Generator[Step | Shown]: ...


@dataclass(slots=True)
class Session:
    """One visitor's conversation and what it stands on. `as_of` None is today, whichever day that is by then.

    Mutable, because a thumb can go up or the conversation be cleared while an answer is still on its way.
    """

    talk: Conversation = field(default_factory=Conversation)
    as_of: date | None = None
    policy: str | None = None
    several: bool = False
    """Whether there was more than one policy when the page was opened, so that citations also name theirs."""


class Chat:
    """The page's steps. It holds what all sessions share."""

    def __init__(self, library: Texts, store: Store, ask: Ask) -> None:
        self._library = library
        self._store = store
        self._ask = ask

    def ask(self, question: str, session: Session) -> Generator[None]:
        """Puts the question into the conversation and yields; then yields with each step, with the answer as soon as
        there is one to show, and at last with the final one or with what went wrong."""
        question = _UNSENDABLE.sub("", str(question or ""))[:_KEPT]
        if not question.strip():
            session.talk = session.talk.noted("请先写下您的问题。")
            yield
            return
        session.talk = session.talk.asked(question)
        key, history = session.talk.entries[-1].key, session.talk.history()
        yield
        try:
            day = session.as_of or date.today()
            with closing(self._ask(question, history=history, policy=session.policy, as_of=day)) as told:
                for each in told:
                    session.talk = session.talk.changed(key, **_change(each))
                    yield
        except Exception as error:
            told_already = any(e.key == key and e.answer is not None for e in session.talk.entries)
            fault = {} if told_already else {"error": _sentence(error)}
            session.talk = session.talk.changed(key, step=None, **fault)
            yield

    def judge(self, sent: Mapping[str, object], session: Session) -> None:
        """Keeps a thumb up or down, or the reason that follows a thumb down."""
        entry = session.talk.entry(sent.get("entry"))
        verdict, reason = sent.get("verdict"), sent.get("reason")
        if entry is None or entry.answer is None or (verdict != "up" and verdict != "down"):
            return
        told = None if reason is None else _UNSENDABLE.sub("", str(reason))[:_REASON]
        cited = {c.policy for c in (*entry.answer.citations, *entry.answer.related)}
        try:
            versions = {p.id: p.sha256 for p in self._library.policies() if p.id in cited}
            self._store.add_feedback(entry.key, entry.answer, verdict, reason=told or "", versions=versions)
        except Exception as error:
            session.talk = session.talk.noted(_sentence(error))
            return
        session.talk = session.talk.changed(entry.key, verdict=verdict, reason="" if verdict == "up" else told)

    def transcript(self, session: Session) -> str:
        return transcript(session.talk, several=session.several)

    def panel(self, policy_id: str | None, cited: Citation | None = None) -> str:
        """The text of a policy, of the first one if none is named or it is gone."""
        try:
            policies = self._library.policies()
            policy = next((p for p in policies if p.id == policy_id), policies[0] if policies else None)
            if policy is None:
                return ""
            held = cited if cited and cited.policy == policy.id else None
            return panel(policy, self._library.source(policy.id), self._library.clauses(policy.id), held)
        except Exception as error:
            return banner(_sentence(error))

    def masthead(self, session: Session) -> str:
        try:
            policies = self._library.policies()
        except Exception as error:
            return banner(_sentence(error))
        chosen = [p for p in policies if session.policy in (None, p.id)] or policies
        today = date.today()
        return masthead(chosen, session.as_of or today, today=today, words_only=self._library.words_only)

    def chooser(self, session: Session) -> str:
        """The choice of a policy, empty while there is only one; a chosen one that is gone is let go."""
        try:
            policies = self._library.policies()
        except AssistantError:  # the masthead says so
            policies = ()
        session.several = len(policies) > 1
        session.policy = next((p.id for p in policies if p.id == session.policy), None)
        return chooser(policies, session.policy)

    def dated(self, typed: object, session: Session) -> str:
        """Takes the day that was picked; a sentence when it is no day, else empty."""
        try:
            day = as_of(typed)
        except AssistantError as error:
            return str(error)
        session.as_of = None if day == date.today() else day
        return ""

    def export(self, session: Session) -> str:
        """The .docx of the conversation in base64, empty when there is nothing to export."""
        answers = session.talk.answers()
        if not answers:
            session.talk = session.talk.noted("还没有可以导出的问答。")
            return ""
        try:
            made = conversation_docx(answers, self._library.policies(), made_at=datetime.now())
        except Exception as error:
            session.talk = session.talk.noted(_sentence(error))
            return ""
        return base64.b64encode(made).decode()


def _change(told: Step | Shown) -> dict[str, object]:
    """What a step or an answer changes of its entry."""
    if isinstance(told, Step):
        return {"step": told.text}
    return {"answer": told.answer, "step": None if told.final else "正在组织语言"}


def _sentence(error: Exception) -> str:
    """Where every fault of a step ends: the visitor reads one sentence, the log has the traceback."""
    if isinstance(error, AssistantError):
        return str(error)
    _LOG.error("a step of the page failed", exc_info=error)
    return _FAULT
