"""What the server refuses before Gradio sees it."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient

from assistant.web.limits import LARGEST, Limits


@pytest.fixture
def client() -> TestClient:
    app = FastAPI()

    @app.post("/{path:path}")
    async def echo(request: Request) -> int:
        return len(await request.body())

    app.add_middleware(Limits)
    return TestClient(app)


@pytest.mark.parametrize(
    "path", ["/gradio_api/upload", "/gradio_api/upload_progress", "/gradio_api/upload?upload_id=1"]
)
def test_uploads_are_refused(client: TestClient, path: str) -> None:
    assert client.post(path, content=b"x").status_code == 403


def test_a_request_of_the_largest_size_passes_and_a_larger_one_does_not(client: TestClient) -> None:
    assert client.post("/run", content=b"x" * LARGEST).json() == LARGEST
    assert client.post("/run", content=b"x" * (LARGEST + 1)).status_code == 413


def test_a_request_without_a_length_is_counted_as_it_arrives(client: TestClient) -> None:
    def pieces(count: int) -> Iterator[bytes]:
        yield from (b"x" * 100_000 for _ in range(count))

    assert client.post("/run", content=pieces(2)).json() == 200_000
    assert client.post("/run", content=pieces(11)).status_code == 413


def test_a_length_that_is_no_number_is_refused(client: TestClient) -> None:
    assert client.post("/run", content=b"x", headers={"content-length": "ten"}).status_code == 413
