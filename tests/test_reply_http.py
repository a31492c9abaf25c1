"""Both ways of answering over HTTP, against a stand-in for an OpenAI-compatible server."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from typing import Any

import pytest
from pydantic import SecretStr

from assistant.agent.reply import reply
from assistant.agent.schema import Shown, Step
from assistant.answering.answer import answer
from assistant.llm.remote import Endpoint
from assistant.llm.schema import Ability
from assistant.schema import Answer
from ingest.library import Library
from tests.llm_server import KEY, MODEL, Call, LLMServer, Reply, fails, says

DAY = date(2022, 5, 1)
QUESTION = "更名要备案吗"
RIGHT = "依托法人实体更名的,应在办理营业执照变更等相关手续后的30个工作日内备案。"
PATHS = {
    "selects": Ability(selects=True),
    "words": Ability(words=True),
    "agent": Ability(words=True, tools=True),
}


@pytest.fixture
def server() -> Iterator[LLMServer]:
    with LLMServer() as running:
        yield running


def told(server: LLMServer, library: Library, ability: Ability, seconds: float = 20) -> tuple[list[Any], Answer]:
    with closing(Endpoint(server.url, MODEL, SecretStr(KEY), context=8192, parallel=2)) as model:
        shown = list(reply(QUESTION, library, model, ability=ability, as_of=DAY, seconds=seconds))
    assert isinstance(shown[-1], Shown)
    assert shown[-1].final
    return shown, shown[-1].answer


def key_of(body: dict[str, Any]) -> str:
    """The key of 第十三条 in what the server was sent."""
    lines = "\n".join(str(m["content"]) for m in body["messages"]).splitlines()
    line = next(line for line in lines if "] 第十三条:" in line)
    return line[1 : line.index("]")]


def test_a_selection_comes_over_http(server: LLMServer, library_by_words: Library) -> None:
    server.always = says({"ids": [1]})
    _, made = told(server, library_by_words, PATHS["selects"])
    assert [c.clause for c in made.citations] == ["13"]
    assert made.model == MODEL
    assert "response_format" in server.history[0]


def test_a_worded_answer_comes_over_http(server: LLMServer, library_by_words: Library) -> None:
    server.always = lambda body: says({"covered": True, "sentences": [{"text": RIGHT, "keys": [key_of(body)]}]})
    _, made = told(server, library_by_words, PATHS["words"])
    assert made.mode == "llm"
    assert made.text.startswith(RIGHT.rstrip("。"))


def test_an_agent_reads_a_clause_and_answers_over_http(server: LLMServer, library_by_words: Library) -> None:
    def drafts(body: dict[str, Any]) -> Reply:
        sentences = [{"text": RIGHT, "keys": [key_of(body)]}]
        return Reply(calls=(Call("AnswerDraft", {"covered": True, "sentences": sentences}),))

    server.replies = [Reply(calls=(Call("read_clause", {"label": "第十四条"}),)), drafts]
    shown, made = told(server, library_by_words, PATHS["agent"])
    assert made.mode == "llm"
    assert Step("reading", "正在阅读第十四条") in shown
    tools = {tool["function"]["name"] for tool in server.history[0]["tools"]}
    assert tools >= {"search_policy", "read_clause", "evaluation_outcome", "AnswerDraft"}
    assert "数据安全主体责任" in server.told()


@pytest.mark.parametrize("path", PATHS, ids=str)
@pytest.mark.parametrize(
    "fault",
    [
        fails(500, headers={"x-should-retry": "false"}),
        fails(401),
        Reply(""),
        Reply("{broken"),
        Reply(body=b"<html>", status=200),
        Reply("好" * 5000),
        Reply(cut=True, text="好的"),
    ],
    ids=["500", "401", "empty", "broken", "html", "endless", "cut"],
)
def test_whatever_the_server_does_the_composed_answer_stands(
    fault: Reply, path: str, server: LLMServer, library_by_words: Library
) -> None:
    server.always = fault
    _, made = told(server, library_by_words, PATHS[path])
    assert made.text == answer(QUESTION, library_by_words, as_of=DAY).text
    assert [n.kind for n in made.notices].count("model") == 1


@pytest.mark.parametrize("path", PATHS, ids=str)
def test_a_server_that_hangs_is_not_waited_for(path: str, server: LLMServer, library_by_words: Library) -> None:
    server.always = Reply("好的。", wait=30)
    _, made = told(server, library_by_words, PATHS[path], seconds=0.4)
    assert made.notices[-1].kind == "model"
    assert made.elapsed_ms < 5000
