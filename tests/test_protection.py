"""Who may speak to the server, how often, and the headers of every answer."""

import asyncio
from typing import Any

import pytest
from fastapi import FastAPI, HTTPException, Response
from fastapi.testclient import TestClient
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from assistant.settings import AssistantSettings, listed
from assistant.web.limits import Limits
from assistant.web.protection import GIGABYTE, HEADERS, Protected, Protection, Unforwarded, exposure
from assistant.web.protection_rates import Rate

JOIN = "/gradio_api/queue/join"


def assert_protected(answer: Any) -> None:
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS, answer.url


def guarded(protection: Protection | None = None, *, free: int = GIGABYTE) -> FastAPI:
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    guard = protection or Protection(free_gb=1)

    @app.api_route("/{path:path}", methods=["GET", "POST", "PUT", "DELETE"])
    def answer(path: str) -> Response:
        if path == "config":
            raise RuntimeError("something broke")
        return Response("ok")

    app.add_middleware(Protected, protection=guard, pages=["/"], free=lambda: free)
    app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=list(guard.proxies))
    app.add_middleware(Unforwarded, proxies=guard.proxies)
    return app


def test_many_addresses_take_bounded_memory_and_a_minute_gives_all_back() -> None:
    now = [0.0]
    rate = Rate(2, clock=lambda: now[0], most=100)
    assert [rate.wait(f"10.0.{n // 250}.{n % 250}") for n in range(1000)] == [0] * 1000
    assert len(rate) == 100
    for seconds in (0, 60, 600, 599):  # a clock that goes backwards gives nothing and takes nothing
        now[0] = seconds
        waits = [rate.wait("2001:db8::1"), rate.wait("2001:db8::2"), rate.wait("2001:db8::3")]
        assert waits == ([30, 30, 30] if seconds == 599 else [0, 0, 30])  # one subscriber has all 64 bits
    assert [Rate(0).wait("x") for _ in range(100)] == [0] * 100


def client(app: FastAPI, address: str = "10.0.0.9") -> TestClient:
    return TestClient(app, base_url="http://127.0.0.1", client=(address, 1), raise_server_exceptions=False)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:7860", "localhost:1", "LOCALHOST", "[::1]:7860", "政策.本地"])
def test_own_names_are_answered(host: str) -> None:
    app = guarded(Protection(hosts=("政策.本地".encode().decode("latin1"), "p.gov")))
    assert client(app).get("/", headers={b"host": host.encode()}).status_code == 200
    assert client(app).get("/", headers={"host": "P.gov:443"}).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1.evil.example", "evil.example:7860", "a@127.0.0.1", "127.0.0.1/x", "", "[", "x:y"],
)
def test_another_name_is_one_sentence(host: str) -> None:
    answer = client(guarded()).get("/", headers={"host": host})
    assert (answer.status_code, "不属于本服务" in answer.text) == (400, True)
    assert_protected(answer)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"origin": "http://127.0.0.1"}, 200),
        ({"sec-fetch-site": "same-origin", "origin": "http://127.0.0.1"}, 200),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "http://127.0.0.1:8000"}, 403),
        ({"origin": "null"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"origin": "http://evil.example", "x-forwarded-host": "evil.example"}, 403),
    ],
)
def test_what_another_site_sends_is_refused(headers: dict[str, str], status: int) -> None:
    site = client(guarded())
    for answer in (site.post(JOIN, headers=headers), site.put("/uploads/a/b", headers=headers)):
        assert answer.status_code == status
        assert_protected(answer)
    assert site.get("/", headers={"sec-fetch-site": "cross-site"}).status_code == 200  # a link from elsewhere


@pytest.mark.parametrize("kind", ["events", "uploads", "reads"])
def test_who_asks_too_often_is_told_when_to_come_back(kind: str) -> None:
    app = guarded(Protection(free_gb=0, **{kind: 3}))  # type: ignore[arg-type]
    method, path = {"events": ("POST", JOIN), "uploads": ("PUT", "/uploads/a/b"), "reads": ("GET", "/")}[kind]
    answers = [client(app).request(method, path) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[-1].headers["retry-after"] == "20"
    assert "请在 20 秒后再试" in answers[-1].text
    assert_protected(answers[-1])
    assert client(app, "10.0.0.10").request(method, path).status_code == 200


def test_a_forwarded_address_counts_only_from_a_proxy() -> None:
    def last(proxies: tuple[str, ...]) -> int:
        app = guarded(Protection(reads=2, proxies=proxies))
        return [client(app).get("/", headers={"x-forwarded-for": f"10.1.1.{n}"}).status_code for n in range(4)][-1]

    assert (last(()), last(("10.0.0.9",)), last(("10.0.0.0/24",)), last(("10.2.0.0/24",))) == (429, 200, 200, 429)


def test_no_upload_fills_the_disk() -> None:
    app = guarded(Protection(free_gb=2), free=GIGABYTE)
    answer = client(app).put("/uploads/a/b")
    assert (answer.status_code, answer.text) == (507, "服务器的磁盘空间不足,暂时不能上传,请联系管理员。")
    assert client(app).get("/").status_code == 200


def test_a_fault_is_one_sentence_with_the_headers() -> None:
    answer = client(guarded()).get("/config")
    assert (answer.status_code, answer.text) == (500, "服务器出错了,请稍后再试。")
    assert_protected(answer)


def test_a_body_that_stops_coming_is_given_up() -> None:
    told: list[int] = []

    async def reading(scope: Any, receive: Any, send: Any) -> None:
        try:
            await receive()
        except HTTPException as error:
            told.append(error.status_code)

    async def silent() -> Any:
        await asyncio.Event().wait()

    async def unsent(_: Any) -> None: ...

    scope = {"type": "http", "method": "POST", "path": JOIN, "headers": []}
    asyncio.run(Limits(reading, largest_upload=1, silence=0.01)(scope, silent, unsent))
    assert told == [408]


@pytest.mark.parametrize(
    ("host", "warned"), [("127.0.0.1", False), ("::1", False), ("localhost", False), ("0.0.0.0", True), ("p.gov", True)]
)
def test_an_open_address_is_warned_of(host: str, warned: bool) -> None:
    assert bool(exposure(host)) == warned


def test_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_PROXIES", "10.0.0.1, 10.1.0.0/16,")
    assert listed(AssistantSettings().proxies) == ("10.0.0.1", "10.1.0.0/16")
    monkeypatch.setenv("ASSISTANT_PROXIES", "proxy")
    with pytest.raises(ValueError, match="proxies"):
        AssistantSettings()
