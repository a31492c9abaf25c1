"""Uploads: names that attack, sizes and numbers beyond the limits, visits that nobody began or that are over."""

from pathlib import Path
from uuid import uuid4

import pytest
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from assistant.web.limits import Limits as Refusing
from assistant.web.screening.uploads import Uploads, upload_routes
from ingest.errors import UsageError
from ingest.limits import Limits

NAMES = (
    "../../etc/passwd",
    "C:\\Windows\\..\\x.pdf",
    "/root/.ssh/key",
    "<img src=x onerror=alert(1)>.pdf",
    "长" * 300 + ".pdf",
    "一/" * 50 + "x.txt",
    "\u202egpj.exe",
    "a\0b.pdf",
    "..",
    "",
)


@pytest.fixture
def uploads(tmp_path: Path) -> Uploads:
    return Uploads(Limits(files=3, file_mb=1, unpacked_mb=1), tmp_path / "uploads")


def site(uploads: Uploads, gone: list[str]) -> TestClient:
    app = FastAPI()
    app.include_router(upload_routes(uploads, gone.append))
    app.add_middleware(Refusing, largest_upload=1_000_000)
    return TestClient(app)


@pytest.mark.parametrize("name", NAMES)
def test_no_name_leads_out_of_its_package(uploads: Uploads, name: str) -> None:
    visit, key = uploads.begin(), uuid4().hex
    path = uploads.reserve(visit, key, name)
    assert path.resolve().is_relative_to(uploads.package(visit, key).resolve())
    assert all(len(part.encode()) <= 255 for part in path.parts)
    assert path.stat().st_mode & 0o077 == 0


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.text(max_size=300))
def test_any_name_is_a_file_of_its_package(uploads: Uploads, name: str) -> None:
    visit, key = uploads.begin(), uuid4().hex
    path = uploads.reserve(visit, key, name)
    assert path.resolve().is_relative_to(uploads.package(visit, key).resolve())
    uploads.end(visit)
    assert not path.exists()


def test_the_same_name_twice_is_two_files_and_one_too_many_is_refused(uploads: Uploads) -> None:
    visit, key = uploads.begin(), uuid4().hex
    names = {uploads.reserve(visit, key, "甲/a.pdf").name for _ in range(3)}
    assert len(names) == 3
    with pytest.raises(UsageError, match="最多 3 个文件"):
        uploads.reserve(visit, key, "b.pdf")


@pytest.mark.parametrize("key", ["", "../x", "A" * 32, "a" * 31, "a" * 33])
def test_only_a_known_visit_and_a_plain_key_have_a_place(uploads: Uploads, key: str) -> None:
    visit = uploads.begin()
    for pair in ((visit, key), (uuid4().hex, uuid4().hex), ("..", uuid4().hex)):
        with pytest.raises(UsageError, match="页面已过期"):
            uploads.reserve(*pair, "a.pdf")
    uploads.drop(visit, key)
    uploads.end("..")


def test_sizes_are_counted_as_they_come(uploads: Uploads) -> None:
    visit, key = uploads.begin(), uuid4().hex
    with site(uploads, []) as client:
        assert client.put(f"/uploads/{visit}/{key}?name=a.pdf", content=b"x" * 1000).status_code == 204
        large = client.put(f"/uploads/{visit}/{key}?name=b.pdf", content=b"x" * 1_000_001)
        assert (large.status_code, large.text) == (413, "文件过大,请压缩或拆分后再上传。")
        unknown = client.put(f"/uploads/{uuid4().hex}/{key}?name=a.pdf", content=b"x")
        assert (unknown.status_code, unknown.text) == (400, "页面已过期,请刷新后重新上传。")
    assert [path.name for path in uploads.package(visit, key).iterdir()] == ["a.pdf"]
    for _ in range(4):
        uploads.count(visit, 900_000, taken=900_000)
    with pytest.raises(UsageError, match="太多"):
        uploads.count(visit, 900_000, taken=900_000)


def test_leaving_the_page_is_told(uploads: Uploads) -> None:
    gone: list[str] = []
    with site(uploads, gone) as client:
        assert client.delete("/uploads/" + "a" * 32).status_code == 204
    assert gone == ["a" * 32]
