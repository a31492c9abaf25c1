"""Every route of the application, Gradio's too: used by a page or closed, and none gives a file of the machine."""

import asyncio
import gc
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.store import Store
from assistant.web.drafting.studio import open_studio
from assistant.web.protection import Protection
from assistant.web.site import site
from tests.fakes import CORPUS, FakeLibrary, qingdao
from tests.reply_fakes import FakeReplies
from tests.screening_fakes import office
from tests.test_protection import JOIN, assert_protected

# Gradio leaves event loops open where it builds its pages.
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")

PAGES = {"/", "/screening", "/selfcheck", "/drafting", "/deadline"}
OPEN = {
    *(("GET", page) for page in PAGES),
    ("HEAD", "/"),
    *(("GET", path) for path in ("/healthz", "/readyz", "/config", "/theme.css", "/favicon.ico", "/robots.txt")),
    *(("GET", path) for path in ("/manifest.json", "/static/{path:path}", "/assets/{path:path}")),
    *(("GET", f"/gradio_api/{path}") for path in ("queue/data", "startup-events", "heartbeat/{session_hash}")),
    *(("POST", f"/gradio_api/{path}") for path in ("queue/join", "cancel", "reset")),
    ("PUT", "/uploads/{visit}/{package}"),
    ("DELETE", "/uploads/{visit}"),
}
"""Every route that answers. A new one, of ours or of a new Gradio, is closed until it stands here and in the code."""
STREAMS = {"/gradio_api/queue/data", "/gradio_api/heartbeat/{session_hash}"}
CLIMBS = (
    "../../../../../../etc/passwd",
    "..%2f..%2f..%2f..%2f..%2f..%2fetc%2fpasswd",
    "/etc/passwd",
    "%2fetc%2fpasswd",
)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    folder = tmp_path_factory.mktemp("data")
    library = FakeLibrary((qingdao(),))
    at = office(folder, library)
    studio = open_studio(CORPUS, at.reports, folder / "assistant.db")
    with closing(Store.at(folder / "assistant.db")) as store:
        yield site(library, store, FakeReplies(library), at, studio, version="0", protection=Protection(free_gb=0))
    asyncio.set_event_loop(None)
    gc.collect()


@pytest.fixture(scope="module")
def pages(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app, base_url="http://127.0.0.1", follow_redirects=False) as client:
        yield client


def routes(of: Any, before: str = "") -> Iterator[tuple[str, str]]:
    """Every method and path template of an application, those of mounted applications and included routers too."""
    for route in of:
        if hasattr(route, "original_router"):
            yield from routes(route.original_router.routes, before)
        elif hasattr(route, "app") and getattr(route.app, "routes", None):
            yield from routes(route.app.routes, before + route.path)
        else:
            yield from ((method, before + route.path) for method in sorted(route.methods))


def filled(template: str, value: str) -> str:
    parts = [value if part.startswith("{") else part for part in template.split("/")]
    return "/".join(parts).replace("{path_or_url:path}", value).replace("{url_path:path}", value).replace("{ext}", "ts")


def test_every_route_is_either_used_by_a_page_or_closed(app: FastAPI, pages: TestClient) -> None:
    known = set(routes(app.routes))
    assert len(known) > 60
    assert {("POST", "/gradio_api/upload"), ("GET", "/gradio_api/file={path_or_url:path}")} < known
    assert known >= OPEN
    for method, template in sorted(known):
        if template in STREAMS:
            continue
        for value in ("x", *CLIMBS):
            answer = pages.request(method, filled(template, value))
            assert_protected(answer)
            assert answer.status_code < 500, (method, answer.url)
            assert "root:" not in answer.text
            if (method, template) not in OPEN:
                expected = (200, 404) if method == "HEAD" and template in PAGES else (403, 404)
                assert answer.status_code in expected, (method, answer.url)


@pytest.mark.parametrize("climb", CLIMBS)
@pytest.mark.parametrize(
    "place", ["/gradio_api/file=", "/file=", "/gradio_api/proxy=", "/static/", "/assets/", "/svelte/"]
)
def test_no_address_gives_a_file_of_the_machine(pages: TestClient, place: str, climb: str) -> None:
    for path in (place + climb, f"/gradio_api/../{place}{climb}", "/" + place + climb):
        answer = pages.get(f"http://127.0.0.1{path}")
        assert answer.status_code in (403, 404), path
        assert_protected(answer)


def test_nothing_private_stays_in_a_cache(pages: TestClient) -> None:
    for path in ("/healthz", "/readyz"):
        assert pages.get(path).headers["cache-control"] == "no-store"
    for answer in (pages.post(JOIN, json={}), pages.put("/uploads/x/y?name=a", content=b"x")):
        assert answer.headers["cache-control"] == "no-store"


def test_ready(pages: TestClient) -> None:
    assert pages.get("/readyz").json() == {"status": "ready"}
