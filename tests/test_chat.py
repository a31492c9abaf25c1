"""The page's steps without a browser."""

from collections.abc import Generator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.agent.schema import Shown, Step
from assistant.schema import Turn
from assistant.store import Store
from assistant.web.chat import Chat, Session
from ingest.errors import SearchIndexError
from ingest.schema import Policy
from tests.fakes import FakeLibrary, qingdao, second
from tests.reply_fakes import FakeReplies


class Broken(FakeLibrary):
    """A library whose index has gone."""

    def policies(self) -> tuple[Policy, ...]:
        raise SearchIndexError("索引已损坏。")


def asked(chat: Chat, session: Session, question: str) -> None:
    for _ in chat.ask(question, session):
        pass


@pytest.fixture
def library() -> FakeLibrary:
    return FakeLibrary((qingdao(), second()))


@pytest.fixture
def chat(library: FakeLibrary, tmp_path: Path) -> Chat:
    return Chat(library, Store.at(tmp_path / "assistant.db"), FakeReplies(library))


def test_history_date_and_policy_reach_the_answer(library: FakeLibrary, tmp_path: Path) -> None:
    answers = FakeReplies(library)
    chat, session = Chat(library, Store.at(tmp_path / "a.db"), answers), Session()
    asked(chat, session, "更名呢?")
    asked(chat, session, "崩溃")
    assert chat.dated("2022-06-01", session) == ""
    session.policy = "qingdao-2021"
    asked(chat, session, "条件呢?\x00\ud800")
    question, history, policy, day = answers.answers.asked[-1]
    assert (question, policy, day) == ("条件呢?", "qingdao-2021", date(2022, 6, 1))
    assert [(turn.role, turn.content[:4]) for turn in history] == [("user", "更名呢?"), ("assistant", "《青岛市")]
    assert answers.answers.asked[0][3] == date.today()


def test_a_question_that_was_cleared_away_does_not_come_back(chat: Chat) -> None:
    session = Session()
    steps = chat.ask("更名呢?", session)
    next(steps)
    session.talk = session.talk.cleared()
    next(steps)
    assert session.talk.entries == ()


def test_a_verdict_given_while_the_next_answer_is_on_its_way_stays(chat: Chat) -> None:
    session = Session()
    asked(chat, session, "更名呢?")
    steps = chat.ask("条件呢?", session)
    next(steps)
    chat.judge({"entry": session.talk.entries[0].key, "verdict": "up"}, session)
    next(steps)
    assert [e.verdict for e in session.talk.entries] == ["up", None]


@pytest.mark.parametrize(
    "sent",
    [{}, {"entry": "x", "verdict": "up"}, {"entry": ["a"], "verdict": "up"}, {"verdict": "up"}],
)
def test_what_a_browser_makes_up_changes_nothing(chat: Chat, sent: dict[str, object]) -> None:
    session = Session()
    asked(chat, session, "更名呢?")
    before = session.talk
    chat.judge(sent, session)
    chat.judge({"entry": before.entries[0].key, "verdict": "<b>"}, session)
    assert session.talk == before
    key = before.entries[0].key
    for place in (-1, 99, "0", None, True):
        assert before.citation(key, "related", place) is None
    assert before.citation(key, "citations", 0) is not None
    assert before.citation("x", "citations", 0) is None


def test_a_store_that_cannot_be_written_is_told_in_the_conversation(library: FakeLibrary, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    chat, session = Chat(library, Store.at(tmp_path / "file" / "a.db"), FakeReplies(library)), Session()
    asked(chat, session, "更名呢?")
    chat.judge({"entry": session.talk.entries[0].key, "verdict": "up"}, session)
    assert "没有保存成功" in chat.transcript(session)
    assert session.talk.entries[0].verdict is None


def test_a_broken_index_is_one_sentence_on_the_page(tmp_path: Path) -> None:
    def refusing(question: str, *, history: Sequence[Turn], policy: str | None, as_of: date) -> Generator[Step | Shown]:
        yield Step("searching", "正在查找条款")
        raise SearchIndexError("索引已损坏。")

    chat, session = Chat(Broken(()), Store.at(tmp_path / "a.db"), refusing), Session()
    assert "索引已损坏。" in chat.masthead(session)
    assert "索引已损坏。" in chat.panel(None)
    assert chat.chooser(session) == ""
    asked(chat, session, "更名呢?")
    assert "索引已损坏。" in chat.transcript(session)


def test_a_citation_of_a_policy_that_has_been_removed_shows_what_there_is(library: FakeLibrary, tmp_path: Path) -> None:
    chat, session = Chat(library, Store.at(tmp_path / "a.db"), FakeReplies(library)), Session()
    asked(chat, session, "更名呢?")
    answer = session.talk.entries[0].answer
    assert answer is not None
    gone = replace(answer.citations[0], policy="gone-2000")
    assert "办法全文" in chat.panel(gone.policy, gone)


def test_exporting_nothing_is_told(chat: Chat) -> None:
    session = Session()
    assert chat.export(session) == ""
    assert "还没有可以导出的问答" in chat.transcript(session)


def test_an_answer_stands_while_the_model_works_and_is_replaced_by_the_worded_one(chat: Chat) -> None:
    session, seen = Session(), []
    for _ in chat.ask("更名呢?模型", session):
        entry = session.talk.entries[-1]
        seen.append((entry.answer.mode if entry.answer else None, entry.step))
    assert seen == [(None, None), ("extractive", "正在组织语言"), ("extractive", "正在阅读第十三条"), ("llm", None)]
    shown = chat.transcript(session)
    assert "由模型 示例模型 组织语言" in shown
    assert "不用等了" not in shown


def test_stopping_a_model_keeps_the_answer_that_is_shown(library: FakeLibrary, tmp_path: Path) -> None:
    replies = FakeReplies(library)
    chat, session = Chat(library, Store.at(tmp_path / "a.db"), replies), Session()
    steps = chat.ask("更名呢?模型", session)
    next(steps)
    next(steps)
    assert "不用等了" in chat.transcript(session)
    steps.close()
    session.talk = session.talk.stopped()
    assert replies.closed == 1
    assert [(e.answer is not None, e.step) for e in session.talk.entries] == [(True, None)]
    assert "没帮助" in chat.transcript(session)


def test_a_fault_after_the_first_answer_leaves_that_answer(chat: Chat) -> None:
    session = Session()
    asked(chat, session, "更名呢?模型失灵")
    entry = session.talk.entries[-1]
    assert entry.answer is not None
    assert (entry.error, entry.step) == (None, None)
