"""Packages for the tests of staging, and what was staged of them."""

import hashlib
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import pytest

from ingest.staging import Staged


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "申报包"
    folder.mkdir()
    return folder


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "kept"


def put(path: Path, content: bytes = b"1") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def zipped(*members: tuple[str, bytes], method: int = ZIP_STORED) -> bytes:
    content = BytesIO()
    with ZipFile(content, "w", method) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return content.getvalue()


def names(found: tuple[Staged, ...]) -> list[str]:
    return [staged.name for staged in found]


def reason(found: tuple[Staged, ...], name: str) -> str:
    (told,) = [staged for staged in found if staged.name == name]
    assert told.sha256 is None
    return told.reason or ""


def read(found: tuple[Staged, ...], kept: Path) -> dict[str, bytes]:
    """What was staged, by name; the folder holds that and nothing else."""
    staged = {each.name: each.sha256 for each in found if each.sha256}
    assert {path.name for path in kept.iterdir()} == set(staged.values())
    for sha256 in staged.values():
        assert hashlib.sha256((kept / sha256).read_bytes()).hexdigest() == sha256
    return {name: (kept / sha256).read_bytes() for name, sha256 in staged.items()}
