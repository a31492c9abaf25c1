"""A remote model is told nothing personal that somebody typed, and what it was told is noted without words."""

from datetime import date
from typing import Any

import pytest

from assistant.agent.reply import reply
from assistant.agent.schema import Shown
from assistant.llm.schema import Ability
from assistant.llm.sent import Sent
from assistant.schema import Answer, Turn
from ingest.errors import StorageError
from ingest.library import Library
from tests.chat_fakes import drafts
from tests.fakes import ScriptedModel

PHONE = "13800001111"
QUESTION = f"更名要备案吗,请回电{PHONE}"
PATHS = {"selects": Ability(selects=True), "words": Ability(words=True), "agent": Ability(words=True, tools=True)}
HISTORY = (Turn("user", f"请联系 {PHONE}"), Turn("assistant", "第十三条:“……”"))


class Remote(ScriptedModel):
    """As the scripted one, but on another machine."""

    where = "remote"

    def words(self) -> str:
        return "\n".join([p.user for p in self.asked] + [str(m.content) for heard in self.heard for m in heard])  # type: ignore[attr-defined]


def told(model: ScriptedModel, ability: Ability, library: Library, **options: Any) -> Answer:
    day = date(2022, 5, 1)
    *_, last = reply(QUESTION, library, model, ability=ability, history=HISTORY, as_of=day, seconds=60, **options)
    assert isinstance(last, Shown)
    return last.answer


def scripted(kind: type[ScriptedModel]) -> ScriptedModel:
    wrong = {"covered": True, "sentences": [{"text": "60日内备案。", "keys": ["C1"]}], "ids": [1]}
    return kind(wrong, wrong, chats=[drafts(("60日内备案。", "C1")), drafts(("60日内备案。", "C1"))])


@pytest.mark.parametrize("path", PATHS)
def test_a_remote_model_is_told_a_placeholder(path: str, library_by_words: Library) -> None:
    model, noted = scripted(Remote), list[Sent]()
    told(model, PATHS[path], library_by_words, sent=noted.append)
    assert isinstance(model, Remote)
    assert PHONE not in model.words()
    assert "手机" in model.words()
    assert len(noted) == (1 if path == "selects" else 2)
    assert all(row.model == model.name and row.masked for row in noted)
    assert PHONE not in repr(noted)


def test_a_local_model_reads_what_was_typed_and_nothing_is_noted(library_by_words: Library) -> None:
    model, noted = scripted(ScriptedModel), list[Sent]()
    told(model, PATHS["words"], library_by_words, sent=noted.append)
    assert PHONE in model.asked[0].user
    assert noted == []


@pytest.mark.parametrize("path", PATHS)
def test_what_cannot_be_noted_is_not_sent(path: str, library_by_words: Library) -> None:
    def full(row: Sent) -> None:
        raise StorageError("不能记录发送情况,没有发送。")

    model = scripted(Remote)
    made = told(model, PATHS[path], library_by_words, sent=full)
    assert isinstance(model, Remote)
    assert model.words() == ""
    assert "没有发送" in made.notices[-1].text
