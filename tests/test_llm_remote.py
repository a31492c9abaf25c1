"""An endpoint gives a reply of the shape that was asked for, or one Chinese sentence; never the key, never a wait."""

import time
import traceback
from collections.abc import Callable, Iterator

import pytest
from langchain_core.tools import tool
from pydantic import BaseModel, SecretStr

from assistant.errors import (
    ContextError,
    ModelError,
    ModelReplyError,
    ModelSettingError,
    ModelTimeout,
    ModelUnavailable,
)
from assistant.llm.remote import Endpoint
from assistant.llm.schema import Filled, LanguageModel, Prompt
from tests.llm_server import KEY, MODEL, Call, LLMServer, Reply, Script, fails, says

PROMPT = Prompt("试验", "你是试验。", "第几句?")


class Picked(BaseModel):
    ids: list[int]


Serve = Callable[..., tuple[LLMServer, Endpoint]]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """A server that gives these replies, and the endpoint of it."""
    opened: list[LLMServer | Endpoint] = []

    def started(*replies: Script, key: str = KEY, model: str = MODEL, pause: float = 60, **options: object) -> object:
        server = LLMServer(*replies, **options).__enter__()  # type: ignore[arg-type]
        endpoint = Endpoint(server.url, model, SecretStr(key), context=8192, parallel=2, pause=pause)
        opened.extend((endpoint, server))
        return server, endpoint

    yield started  # type: ignore[misc]
    for one in opened:
        one.close() if isinstance(one, Endpoint) else one.__exit__()


def ask(model: LanguageModel, seconds: float = 10) -> Filled[Picked]:
    return model.fill(PROMPT, Picked, seconds=seconds, tokens=50)


def test_a_reply_of_the_shape_with_what_it_cost(serve: Serve) -> None:
    server, endpoint = serve(says({"ids": [1, 3]}))
    filled = ask(endpoint)
    assert (filled.value.ids, filled.prompt_tokens, filled.reply_tokens) == ([1, 3], 12, 7)
    assert 0 < filled.seconds < 10
    sent = server.history[0]
    assert [m["content"] for m in sent["messages"]] == ["你是试验。", "第几句?"]
    assert (sent["max_tokens"], sent["temperature"], sent.get("stream", False)) == (50, 0, False)
    assert sent["response_format"]["json_schema"]["schema"]["properties"]["ids"]["type"] == "array"


def test_an_endpoint_without_json_mode_is_asked_in_words_and_that_is_remembered(serve: Serve) -> None:
    fenced = Reply('<think>{"ids": [9]}?</think>好的:\n```json\n{"ids": [2]}\n```')
    server, endpoint = serve(fenced, fenced, schemas=False)
    assert [ask(endpoint).value.ids, ask(endpoint).value.ids] == [[2], [2]]
    assert ["response_format" in sent for sent in server.history] == [True, False, False]
    assert '"ids"' in server.history[2]["messages"][0]["content"]


def test_an_endpoint_that_ignores_json_mode_is_asked_in_words(serve: Serve) -> None:
    server, endpoint = serve(Reply("是第二句。"), says({"ids": [2]}))
    assert ask(endpoint).value.ids == [2]
    assert ["response_format" in sent for sent in server.history] == [True, False]


def test_busy_and_broken_servers_are_asked_again(serve: Serve) -> None:
    server, endpoint = serve(fails(429, headers={"retry-after-ms": "1"}), fails(503), says({"ids": []}))
    assert ask(endpoint).value.ids == []
    assert len(server.history) == 3


def test_a_connection_that_breaks_is_opened_again(serve: Serve) -> None:
    server, endpoint = serve(says({"ids": [1]}, cut=True), says({"ids": [1]}))
    assert ask(endpoint).value.ids == [1]
    assert len(server.history) == 2


DEEPSEEK = "Model Not Exist"
TOO_LONG = "This model's maximum context length is 8192 tokens. However, you requested 9000 tokens"


@pytest.mark.parametrize(
    ("reply", "error", "named"),
    [
        (fails(401, f"Incorrect API key: {KEY}"), ModelSettingError, "LLM_API_KEY"),
        (fails(403), ModelSettingError, "LLM_API_KEY"),
        (fails(402, "Insufficient Balance"), ModelSettingError, "余额"),
        (fails(429, "quota", "insufficient_quota", headers={"x-should-retry": "false"}), ModelSettingError, "额度"),
        (fails(404), ModelSettingError, "LLM_MODEL"),
        (fails(400, DEEPSEEK), ModelSettingError, "LLM_MODEL"),
        (fails(400, f"bad request {KEY}"), ModelSettingError, "LLM_MODEL"),
        (fails(405), ModelSettingError, "LLM_BASE_URL"),
        (fails(400, TOO_LONG, "context_length_exceeded"), ContextError, "ASSISTANT_LLM_CONTEXT"),
        (fails(400, "the request exceeds the available context size"), ContextError, "ASSISTANT_LLM_CONTEXT"),
        (fails(429, headers={"retry-after": "600"}), ModelUnavailable, "429"),
        (fails(500, headers={"retry-after": "Wed, 21 Oct 2026 07:28:00 GMT"}), ModelUnavailable, "500"),
        (Reply(body=b"<html>welcome</html>"), ModelReplyError, "LLM_BASE_URL"),
        (Reply(body=b'{"choices": []}'), ModelReplyError, "LLM_BASE_URL"),
        (Reply(body=b'{"choices": [{"message": {"content": 5}}]}'), ModelReplyError, "LLM_BASE_URL"),
        (Reply(body=b"[" * 100_000), ModelReplyError, "LLM_BASE_URL"),
        (Reply("说不完" * 50, finish="length"), ModelReplyError, "没有说完"),
        (Reply("长" * 2_000_000), ModelReplyError, "没有尽头"),
        (Reply(""), ModelReplyError, "空的"),
        (Reply("好的,我明白了。"), ModelReplyError, "格式"),
        (Reply('{"ids": "第一句"}'), ModelReplyError, "格式"),
        (Reply('{"ids": [1, 2'), ModelReplyError, "格式"),
    ],
)
def test_every_fault_is_one_sentence_without_the_key(
    serve: Serve, reply: Reply, error: type[ModelError], named: str
) -> None:
    _, endpoint = serve(always=reply)
    with pytest.raises(error, match=named) as caught:
        ask(endpoint)
    assert str(caught.value).endswith("。")
    assert KEY not in "".join(traceback.format_exception(caught.value))


def test_a_wrong_key_and_an_unknown_model_name_their_settings(serve: Serve) -> None:
    _, endpoint = serve(key="sk-wrong-key")
    with pytest.raises(ModelSettingError, match="LLM_API_KEY"):
        ask(endpoint)
    _, endpoint = serve(model="other")
    with pytest.raises(ModelSettingError, match="LLM_MODEL"):
        ask(endpoint)


@pytest.mark.parametrize(
    "reply",
    [Reply("慢", wait=30), Reply("慢", drip=0.02), fails(500, wait=30), fails(429, headers={"retry-after": "9"})],
)
def test_nothing_takes_longer_than_it_may(serve: Serve, reply: Reply) -> None:
    _, endpoint = serve(always=reply)
    began = time.monotonic()
    with pytest.raises((ModelTimeout, ModelUnavailable)):
        ask(endpoint, seconds=0.4)
    assert time.monotonic() - began < 2


def test_nobody_listens() -> None:
    with LLMServer() as server:
        url = server.url
    endpoint = Endpoint(url, MODEL, SecretStr(KEY), context=8192, parallel=2)
    began = time.monotonic()
    with pytest.raises(ModelUnavailable, match="LLM_BASE_URL"):
        ask(endpoint)
    assert time.monotonic() - began < 2
    endpoint.close()


@pytest.mark.parametrize("url", ["ftp://127.0.0.1/v1", "http://127.0.0.1:1:1/v1"])
def test_an_address_that_is_none_names_its_setting(url: str) -> None:
    with pytest.raises(ModelSettingError, match="LLM_BASE_URL"):
        ask(Endpoint(url, MODEL, SecretStr(KEY), context=8192, parallel=2))


def test_a_model_that_keeps_failing_is_left_alone_and_tried_again(serve: Serve) -> None:
    server, endpoint = serve(
        *[fails(500, headers={"x-should-retry": "false"})] * 3, always=says({"ids": []}), pause=0.3
    )
    for _ in range(3):
        with pytest.raises(ModelUnavailable, match="500"):
            ask(endpoint)
    with pytest.raises(ModelUnavailable, match="暂停调用"):
        ask(endpoint)
    assert len(server.history) == 3
    server.closed.wait(0.35)
    assert ask(endpoint).value.ids == []
    assert ask(endpoint).value.ids == []


def test_wrong_settings_are_told_each_time(serve: Serve) -> None:
    _, endpoint = serve(always=fails(401))
    for _ in range(5):
        with pytest.raises(ModelSettingError):
            ask(endpoint)


def test_a_full_house_waits_no_longer_than_it_may(serve: Serve) -> None:
    _, endpoint = serve(always=says({"ids": []}))
    ends = time.monotonic() + 9
    with endpoint.turn(ends), endpoint.turn(ends), pytest.raises(ModelUnavailable, match="正忙"):
        ask(endpoint, seconds=0.1)
    assert ask(endpoint).value.ids == []


def test_a_closed_endpoint_says_so(serve: Serve) -> None:
    _, endpoint = serve()
    endpoint.close()
    with pytest.raises(ModelUnavailable, match="停止"):
        ask(endpoint)


@tool
def read(article: int) -> str:
    """Read an article."""
    return f"第{article}条"


def test_an_agent_gets_the_same_model_under_the_same_limits(serve: Serve) -> None:
    server, endpoint = serve(Reply(calls=(Call("read", {"article": 7}),)), Reply("慢", wait=30))
    chat = endpoint.chat(seconds=1).bind_tools([read])
    assert [(c["name"], c["args"]) for c in chat.invoke("读第七条").tool_calls] == [("read", {"article": 7})]
    assert server.history[0]["tools"][0]["function"]["name"] == "read"
    with pytest.raises(ModelTimeout):
        chat.invoke("再读")
    with pytest.raises(ModelTimeout):
        list(chat.stream("过了时间"))
