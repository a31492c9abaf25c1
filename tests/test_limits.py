"""What the server refuses before Gradio sees it."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient

from assistant.web.limits import LARGEST, Limits


@pytest.fixture
def client() -> TestClient:
    app = FastAPI()

    @app.put("/{path:path}")
    @app.post("/{path:path}")
    async def echo(request: Request) -> int:
        return len(await request.body())

    app.add_middleware(Limits, largest_upload=2 * LARGEST)
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


def test_only_the_pages_own_uploads_may_be_larger(client: TestClient) -> None:
    assert client.put("/uploads/visit/package?name=a", content=b"x" * 2 * LARGEST).json() == 2 * LARGEST
    refused = client.put("/uploads/visit/package?name=a", content=b"x" * (2 * LARGEST + 1))
    assert (refused.status_code, refused.text) == (413, "文件过大,请压缩或拆分后再上传。")
    for call in (
        client.post("/uploads/x", content=b"x" * (LARGEST + 1)),
        client.put("/up", content=b"x" * 2 * LARGEST),
    ):
        assert call.status_code == 413


def test_a_length_that_is_no_number_is_refused(client: TestClient) -> None:
    assert client.post("/run", content=b"x", headers={"content-length": "ten"}).status_code == 413
