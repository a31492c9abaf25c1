"""The stand-in for a model's server does what tests take it to do."""

import time

import httpx
import pytest

from tests.llm_server import KEY, MODEL, Call, LLMServer, Reply, fails, says

ASKED = {"model": MODEL, "messages": [{"role": "user", "content": "问"}]}
HEADERS = {"Authorization": f"Bearer {KEY}"}


def post(server: LLMServer, body: object = ASKED, **options: object) -> httpx.Response:
    return httpx.post(f"{server.url}/chat/completions", json=body, headers=HEADERS, **options)  # type: ignore[arg-type]


def test_replies_come_in_order_and_what_was_sent_is_kept() -> None:
    with LLMServer(says({"ids": [1]}), Reply(calls=(Call("read", {"n": 7}),)), fails(503)) as server:
        assert post(server).json()["choices"][0]["message"]["content"] == '{"ids": [1]}'
        call = post(server).json()["choices"][0]["message"]["tool_calls"][0]["function"]
        assert call == {"name": "read", "arguments": '{"n": 7}'}
        assert post(server).status_code == 503
        assert post(server).json()["choices"][0]["message"]["content"] == "好的。"
        assert len(server.history) == 4
        assert server.told() == "问\n问\n问\n问"


def test_a_wrong_key_model_or_format_is_an_error() -> None:
    with LLMServer(schemas=False) as server:
        assert httpx.post(f"{server.url}/chat/completions", json=ASKED).status_code == 401
        assert post(server, {**ASKED, "model": "other"}).status_code == 404
        assert post(server, {**ASKED, "response_format": {"type": "json_object"}}).status_code == 400


def test_it_hangs_and_drips_until_it_is_closed() -> None:
    began = time.monotonic()
    with LLMServer(Reply(wait=30), Reply("慢", drip=0.05)) as server:
        with pytest.raises(httpx.ReadTimeout):
            post(server, timeout=0.1)
        with pytest.raises(httpx.ReadTimeout), httpx.stream("POST", server.url + "/chat/completions", json=ASKED,
                                                            headers=HEADERS, timeout=0.01) as reply:  # fmt: skip
            reply.read()
    assert time.monotonic() - began < 10
