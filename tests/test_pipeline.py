"""Opening the library: models that are there, missing, damaged or put in place later; a corpus that is not whole."""

import os
from pathlib import Path
from typing import Any

import pytest

from ingest import pipeline
from ingest.errors import PolicyError, StorageError
from ingest.library import Library
from ingest.models import ensure
from ingest.pipeline import open_library
from ingest.settings import IngestSettings
from tests.library_fakes import HashEmbedder, best, quiet, small_corpus

QUESTION = "温室面积不少于五十亩。"


@pytest.fixture
def settings(tmp_path: Path) -> IngestSettings:
    corpus = small_corpus(tmp_path / "corpus")
    return IngestSettings(corpus_dir=corpus, data_dir=tmp_path / "data", embedder="tiny", hub=False)


@pytest.fixture(autouse=True)
def made_up_model(monkeypatch: pytest.MonkeyPatch) -> None:
    def embedder(folder: Path, *, threads: int) -> HashEmbedder:
        assert (folder / "model.bin").read_bytes() == b"tiny"
        return HashEmbedder(folder.name)

    monkeypatch.setattr(pipeline, "OnnxEmbedder", embedder)


def at(settings: IngestSettings, **changes: Any) -> IngestSettings:
    return settings.model_copy(update=changes)


def put(folder: Path, content: bytes = b"tiny") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.bin").write_bytes(content)
    return folder


def asked(library: Library) -> tuple[str, float, str | None]:
    """The clause found for a sentence of it, its cosine, and why words alone are searched."""
    _, text, cosine = best(library, QUESTION)
    library.index.close()
    return text, cosine, library.words_only


FOUND = f"(二){QUESTION}"


def test_a_model_in_place_is_used_and_a_second_opening_has_nothing_to_do(settings: IngestSettings) -> None:
    put(settings.model_dir / "tiny")
    told: list[str] = []
    assert asked(open_library(settings, progress=told.append)) == (FOUND, 1.0, None)
    assert len(told) == 1
    assert asked(open_library(settings, progress=told.append)) == (FOUND, 1.0, None)
    assert len(told) == 1


def test_without_a_model_words_alone_are_searched_and_the_reason_is_said(settings: IngestSettings) -> None:
    told: list[str] = []
    text, cosine, reason = asked(open_library(settings, progress=told.append))
    assert (text, cosine) == (FOUND, 0.0)
    assert reason
    assert "模型 tiny 没有取到,已尝试:没有可用的来源" in reason
    assert told[0] == f"提示:{reason}本次只按字词检索。"


def test_a_damaged_model_is_named_and_never_loaded(settings: IngestSettings) -> None:
    put(settings.model_dir / "tiny", b"tinY")
    text, cosine, reason = asked(open_library(settings, progress=quiet))
    assert (text, cosine) == (FOUND, 0.0)
    assert reason
    assert "model.bin 校验不符" in reason
    assert "请删除它后运行 python -m ingest models fetch tiny。" in reason


def test_the_local_folder_is_not_believed_either(settings: IngestSettings, tmp_path: Path) -> None:
    put(tmp_path / "local", b"evil")
    reason = asked(open_library(at(settings, model_source=tmp_path / "local"), progress=quiet))[2]
    assert reason
    assert "哈希" in reason
    assert not (settings.model_dir / "tiny" / "model.bin").exists()


def test_a_failed_download_is_not_tried_again_by_every_command(
    settings: IngestSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[bool] = []

    def counted(*given: Any, **options: Any) -> Path:
        tries.append(True)
        return ensure(*given, **options)

    monkeypatch.setattr(pipeline, "ensure", counted)
    first = asked(open_library(settings, progress=quiet))
    assert asked(open_library(settings, progress=quiet)) == first
    assert len(tries) == 1
    assert asked(open_library(settings, progress=quiet, patient=True)) == first  # the server tries
    assert len(tries) == 2
    failed = settings.model_dir / ".tiny.failed"
    os.utime(failed, (0, 0))  # long ago
    assert asked(open_library(settings, progress=quiet)) == first
    assert len(tries) == 3

    # What a person does about it helps at once: a folder is named, or the model has been fetched by command.
    local = at(settings, model_source=put(tmp_path / "local"))
    assert asked(open_library(local, progress=quiet)) == (FOUND, 1.0, None)
    assert not failed.exists()
    (settings.model_dir / "tiny" / "model.bin").unlink()
    assert asked(open_library(settings, progress=quiet))[1] == 0.0
    put(settings.model_dir / "tiny")
    assert asked(open_library(settings, progress=quiet)) == (FOUND, 1.0, None)


def test_vectors_can_be_switched_off(settings: IngestSettings) -> None:
    text, cosine, reason = asked(open_library(at(settings, embedder="none"), progress=quiet))
    assert (text, cosine) == (FOUND, 0.0)
    assert reason == "设置中关闭了向量模型(ASSISTANT_EMBEDDER=none)。"


@pytest.mark.parametrize("name", ["policies.toml", "farms.txt", "glossary.yaml", "places.txt"])
def test_a_corpus_that_is_not_whole_is_named(settings: IngestSettings, name: str) -> None:
    open_library(at(settings, embedder="none"), progress=quiet).index.close()
    (settings.corpus_dir / name).unlink()
    with pytest.raises(PolicyError, match=name):
        open_library(at(settings, embedder="none"), progress=quiet)


def test_a_data_folder_that_cannot_be_made_is_named(settings: IngestSettings, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for embedder in ("none", "tiny"):
        with pytest.raises(StorageError, match="file"):
            open_library(at(settings, embedder=embedder, data_dir=tmp_path / "file" / "data"), progress=quiet)


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("ASSISTANT_THREADS", "3")
    monkeypatch.setenv("CHROMA_URL", "http://127.0.0.1:8000")
    read = IngestSettings()
    assert (read.data_dir, read.threads, read.chroma_url) == (tmp_path, 3, "http://127.0.0.1:8000")
