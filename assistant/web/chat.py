"""What happens on the chat page, step by step, as functions of the conversation; `page.py` wires them to the screen."""

import base64
import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from assistant.render_docx import conversation_docx
from assistant.schema import Answer, Citation, Turn
from assistant.store import Store
from assistant.web.conversation import Conversation
from assistant.web.masthead import as_of, masthead
from assistant.web.panel import panel
from assistant.web.transcript import transcript
from ingest.errors import AssistantError
from ingest.schema import Clause, Policy

_LOG = logging.getLogger(__name__)
_FAULT = "系统出了问题,这个问题没有回答成功,请稍后再试;如果一直这样,请联系管理员。"
_REASON = 500  # characters of a reason that are kept
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
    """`assistant.answer.answer` with its library. Raises AssistantError with one sentence."""

    def __call__(self, question: str, *, history: Sequence[Turn], policy: str | None, as_of: date) -> Answer: ...


@dataclass(slots=True)
class Session:
    """One visitor's conversation and what it stands on. `as_of` None is today, whichever day that is by then.

    Mutable, because a thumb can go up or the conversation be cleared while an answer is still on its way.
    """

    talk: Conversation = field(default_factory=Conversation)
    as_of: date | None = None
    policy: str | None = None


class Chat:
    """The page's steps. It holds what all sessions share."""

    def __init__(self, library: Texts, store: Store, ask: Ask) -> None:
        self._library = library
        self._store = store
        self._ask = ask

    def ask(self, question: str, session: Session) -> Iterator[None]:
        """Puts the question into the conversation, yields, then its answer or what went wrong, and yields again."""
        question = _UNSENDABLE.sub("", question)
        if not question.strip():
            session.talk = session.talk.noted("请先写下您的问题。")
            yield
            return
        session.talk = session.talk.asked(question)
        key, history = session.talk.entries[-1].key, session.talk.history()
        yield
        try:
            day = session.as_of or date.today()
            found = self._ask(question, history=history, policy=session.policy, as_of=day)
            session.talk = session.talk.changed(key, answer=found)
        except AssistantError as error:
            session.talk = session.talk.changed(key, error=str(error))
        except Exception:
            # The one place where every fault ends: a visitor reads a sentence, the log has the traceback.
            _LOG.exception("a question could not be answered")
            session.talk = session.talk.changed(key, error=_FAULT)
        yield

    def judge(self, sent: Mapping[str, object], session: Session) -> None:
        """Keeps a thumb up or down, or the reason that follows a thumb down."""
        entry = session.talk.entry(sent.get("entry"))
        verdict, reason = sent.get("verdict"), sent.get("reason")
        if entry is None or entry.answer is None or (verdict != "up" and verdict != "down"):
            return
        told = None if reason is None else _UNSENDABLE.sub("", str(reason))[:_REASON]
        shas = {p.id: p.sha256 for p in self._library.policies()}
        cited = dict.fromkeys(c.policy for c in (*entry.answer.citations, *entry.answer.related))
        versions = {policy: shas[policy] for policy in cited if policy in shas}
        try:
            self._store.add_feedback(entry.key, entry.answer, verdict, reason=told or "", versions=versions)
        except AssistantError as error:
            session.talk = session.talk.noted(str(error))
            return
        session.talk = session.talk.changed(entry.key, verdict=verdict, reason="" if verdict == "up" else told)

    def transcript(self, session: Session) -> str:
        return transcript(session.talk, several=len(self._library.policies()) > 1)

    def panel(self, policy_id: str | None, cited: Citation | None = None) -> str:
        """The text of a policy, of the first one if none is named or it is gone."""
        policies = self._library.policies()
        policy = next((p for p in policies if p.id == policy_id), policies[0] if policies else None)
        if policy is None:
            return ""
        gone = cited is not None and cited.policy != policy.id
        source, clauses = self._library.source(policy.id), self._library.clauses(policy.id)
        return panel(policy, source, clauses, None if gone else cited)

    def masthead(self, session: Session) -> str:
        policies = self._library.policies()
        chosen = [p for p in policies if session.policy in (None, p.id)] or policies
        today = date.today()
        return masthead(chosen, session.as_of or today, today=today, words_only=self._library.words_only)

    def choices(self) -> list[tuple[str, str]]:
        """The policies to choose from as (title, id); empty while there is only one."""
        policies = self._library.policies()
        return [("全部政策文件", ""), *((p.title, p.id) for p in policies)] if len(policies) > 1 else []

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
        made = conversation_docx(answers, self._library.policies(), made_at=datetime.now())
        return base64.b64encode(made).decode()
