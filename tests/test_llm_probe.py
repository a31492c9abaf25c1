"""A model is trusted with what it was seen to do, is asked once, and never harms by failing."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from assistant.agent.candidates import Candidate
from assistant.agent.pick import question_of
from assistant.agent.written import AnswerDraft, WrittenSentence
from assistant.errors import ModelError
from assistant.llm.probe import RULES, Written, probe, remembered, select_prompt
from assistant.llm.remote import Endpoint
from assistant.llm.schema import Ability
from ingest.clauses import parse
from tests.llm_server import KEY, MODEL, Call, LLMServer, Reply, Script, fails, says

GOOD = {
    "弄丢": {"ids": [3]},
    "几本书": {"ids": [1]},
    "补贴": {"ids": [0]},
    "星期一": {"ids": [4]},
    "晚还": {
        "covered": True,
        "sentences": [
            {"text": "每次最多借五本,期限三十日。", "keys": ["C1"]},
            {"text": "逾期的每本每日收一角。", "keys": ["C2"]},
        ],
    },
    "押金": {"covered": False, "sentences": []},
}


def answering(**changed: Any) -> Script:
    """A model that gives the good answers, except these, and calls tools unless `tools` is False."""
    values = {**GOOD, **changed}

    def script(body: dict[str, Any]) -> Reply:
        if "tools" in body:
            last = body["messages"][-1]
            if last["role"] == "tool":
                return Reply("每本每日收取滞纳金一角。")
            return values.get("tools") or Reply(calls=(Call("ReadRule", {"number": 4}),))
        asked = body["messages"][-1]["content"]
        return next(says(value) for word, value in values.items() if word in asked)

    return script


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "abilities.json"


@pytest.fixture
def server() -> Iterator[LLMServer]:
    with LLMServer() as started:
        yield started


@pytest.fixture
def endpoint(server: LLMServer) -> Iterator[Endpoint]:
    made = Endpoint(server.url, MODEL, SecretStr(KEY), context=8192, parallel=2)
    yield made
    made.close()


def test_a_good_model_can_do_all_and_is_asked_once(server: LLMServer, endpoint: Endpoint, cache: Path) -> None:
    server.always = answering()
    assert remembered(endpoint, cache=cache) is None
    assert probe(endpoint, cache=cache) == Ability(tools=True, words=True, selects=True)
    asked = len(server.history)
    assert asked == 8
    assert probe(endpoint, cache=cache) == remembered(endpoint, cache=cache) == Ability(True, True, True)
    assert len(server.history) == asked
    assert KEY not in cache.read_text()


@pytest.mark.parametrize(
    ("changed", "ability"),
    [
        ({"补贴": {"ids": [1]}}, Ability(tools=True)),
        ({"弄丢": {"ids": [2]}, "几本书": {"ids": [2]}}, Ability(tools=True)),
        ({"弄丢": {"ids": [2]}}, Ability(tools=True, selects=True, words=True)),
        ({"tools": Reply('```json\n{"name": "ReadRule"}\n```')}, Ability(selects=True, words=True)),
        ({"tools": Reply(calls=(Call("ReadRule", {"number": 3}),))}, Ability(selects=True, words=True)),
        ({"tools": fails(400, "this model does not support tools")}, Ability(selects=True, words=True)),
        ({"押金": GOOD["晚还"]}, Ability(tools=True, selects=True)),
        ({"晚还": {"covered": True, "sentences": []}}, Ability(tools=True, selects=True)),
        ({"晚还": {"covered": True, "sentences": [{"text": "最多五本,三十日,一角,续借2次。", "keys": ["C1", "C2"]}]}},
         Ability(tools=True, selects=True)),
        ({"晚还": {"covered": True, "sentences": [{"text": "最多五本,三十日,一角。", "keys": ["C1", "C7"]}]}},
         Ability(tools=True, selects=True)),
    ],
)  # fmt: skip
def test_a_model_is_trusted_with_what_it_did_right(
    server: LLMServer, endpoint: Endpoint, cache: Path, changed: dict[str, Any], ability: Ability
) -> None:
    server.always = answering(**changed)
    assert probe(endpoint, cache=cache) == ability
    assert remembered(endpoint, cache=cache) == ability


@pytest.mark.parametrize("reply", [fails(401), fails(500, headers={"x-should-retry": "false"})])
def test_a_model_that_cannot_be_asked_has_no_ability_for_now(
    server: LLMServer, endpoint: Endpoint, cache: Path, reply: Reply
) -> None:
    server.always = reply
    told: list[ModelError] = []
    assert probe(endpoint, cache=cache, tell=told.append) == Ability()
    assert remembered(endpoint, cache=cache) is None
    assert (len(told), len(server.history)) == (1, 1)


def test_nonsense_is_no_ability_and_a_damaged_file_no_obstacle(
    server: LLMServer, endpoint: Endpoint, cache: Path
) -> None:
    cache.parent.mkdir()
    cache.write_text("{damaged")
    server.always = Reply("好的好的")
    assert probe(endpoint, cache=cache) == Ability()
    assert remembered(endpoint, cache=cache) == Ability()


def test_it_asks_as_the_product_does() -> None:
    clause = parse("第一条  为管理公园,制定本办法。", "park")[0]
    offered = [Candidate(label, clause, 0, 1, text) for label, text in RULES.items()]
    assert question_of("星期一能去吗?", offered) == select_prompt("星期一能去吗?")
    assert Written.model_fields.keys() == AnswerDraft.model_fields.keys()
    assert Written.Sentence.model_fields.keys() == WrittenSentence.model_fields.keys()
