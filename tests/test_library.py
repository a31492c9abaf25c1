"""The library: what is added, replaced or removed by any process is seen by the next question."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from ingest.errors import PolicyError
from ingest.library import Library
from ingest.search import search
from tests.library_fakes import (
    BOATS,
    FARMS,
    LATER,
    NEW,
    OLD,
    HashEmbedder,
    best,
    boats,
    farms,
    generations,
    in_process,
    library_at,
    policy,
    quiet,
)


@pytest.fixture
def opened(tmp_path: Path, data_dir: Path) -> Iterator[Library]:
    """A library with the farms in it that has been asked a question."""
    library = library_at(tmp_path, embedder=HashEmbedder(), cache=data_dir / "words")
    library.sync([farms()], progress=quiet)
    assert best(library, "温室面积不少于五十亩。")[:2] == ("farms-2022", "(二)温室面积不少于五十亩。")
    yield library
    library.index.close()


def found_policies(library: Library, question: str) -> set[str]:
    return {e.clause.policy for e in search(question, library, count=50).evidence}


def test_the_next_question_sees_what_another_process_did(opened: Library, tmp_path: Path) -> None:
    assert in_process(tmp_path, "add", *boats()) == 0
    assert best(opened, OLD) == ("boats-2020", f"第二条{OLD}", 1.0)
    assert [p.id for p in opened.policies()] == ["farms-2022", "boats-2020"]  # newest first

    assert in_process(tmp_path, "add", *boats(LATER), replace=True) == 0
    assert best(opened, NEW) == ("boats-2020", f"第二条{NEW}", 1.0)
    assert opened.source("boats-2020") == LATER
    assert {"".join(c.text.split()) for c in opened.clauses("boats-2020")} >= {f"第二条{NEW}"}

    assert in_process(tmp_path, "remove", "boats-2020") == 0
    assert found_policies(opened, OLD) == {"farms-2022"}
    for ask in (opened.source, opened.clauses):
        with pytest.raises(PolicyError, match="没有编号为“boats-2020”的政策;现有:farms-2022。"):
            ask("boats-2020")
    assert generations(tmp_path) == set(opened.shelf().generations.values())


def test_questions_in_many_threads_survive_another_process_writing(opened: Library, tmp_path: Path) -> None:
    stop, wrong = threading.Event(), []
    texts = {f"第二条{OLD}", f"第二条{NEW}"}

    def ask() -> int:
        count = 0
        while not stop.is_set():
            try:
                where, text, _ = best(opened, OLD)
            except Exception as error:
                wrong.append(error)
                return count
            if where == "boats-2020" and text not in texts:
                wrong.append(AssertionError(text))
            count += 1
        return count

    with ThreadPoolExecutor(4) as pool:
        asking = [pool.submit(ask) for _ in range(4)]
        try:
            for _ in range(2):
                assert in_process(tmp_path, "add", *boats()) == 0
                assert in_process(tmp_path, "add", *boats(LATER), replace=True) == 0
                assert in_process(tmp_path, "remove", "boats-2020") == 0
        finally:
            stop.set()
        assert all(done.result() > 0 for done in asking)
    assert not wrong


def test_a_view_that_is_held_stays_what_it_was(opened: Library) -> None:
    opened.add(*boats(), progress=quiet)
    before = opened.shelf()
    opened.add(*boats(LATER), progress=quiet, replace=True)
    assert before.sources["boats-2020"] == BOATS
    assert search(OLD, opened, shelf=before).evidence[0].clause.text in FARMS + BOATS
    assert opened.shelf() is not before
    assert opened.shelf() is opened.shelf()


def test_a_policy_swept_while_the_view_is_read_shows_the_new_text(
    opened: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened.add(*boats(), progress=quiet)
    sources = opened.index.sources

    def overtaken(wanted: Any) -> Any:
        monkeypatch.setattr(opened.index, "sources", sources)
        opened.add(*boats(LATER), progress=quiet, replace=True)
        return sources(wanted)

    monkeypatch.setattr(opened.index, "sources", overtaken)
    assert opened.source("boats-2020") == LATER


def test_what_a_person_did_stays_after_a_sync(opened: Library) -> None:
    shipped = [farms(), boats()]
    opened.sync(shipped, progress=quiet)
    opened.remove("boats-2020")
    opened.add(*farms(FARMS.replace("五十亩", "八十亩")), progress=quiet, replace=True)
    opened.add(*policy("own-2024", "云帆市自定办法", BOATS), progress=quiet)
    opened.sync(shipped, progress=quiet)
    assert {p.id for p in opened.policies()} == {"farms-2022", "own-2024"}
    assert "八十亩" in opened.source("farms-2022")
    opened.add(*boats(), progress=quiet)  # removed is not taken
    assert best(opened, OLD, policies=["boats-2020"])[2] == 1.0


def test_the_corpus_is_followed_and_nothing_is_done_twice(tmp_path: Path, data_dir: Path) -> None:
    embedder, told = HashEmbedder(), list[str]()
    ways = tmp_path / "phrasings"
    ways.mkdir()
    library = library_at(tmp_path, embedder=embedder, cache=data_dir / "words", phrasings=ways)
    library.sync([farms(), boats()], progress=told.append)
    assert [line.partition(":")[0] for line in told] == [
        "正在为《云帆市智慧农场示范点管理办法》建立索引",
        "正在为《云帆市游船码头管理办法》建立索引",
    ]
    version, count = library.index.state()[0], embedder.embedded
    library.sync([farms(), boats()], progress=told.append)
    assert (library.index.state()[0], embedder.embedded, len(told)) == (version, count, 2)

    library.sync([farms(), boats(LATER)], progress=told.append)  # the shipped text has changed
    assert library.source("boats-2020") == LATER
    (ways / "boats-2020.yaml").write_text('clauses:\n  "2": [船几点收工]\n', "utf-8")
    library.sync([farms(), boats(LATER)], progress=told.append)
    assert [phrasing.text for phrasing, _ in search("船几点收工", library).phrasings] == ["船几点收工"]
    library.sync([farms()], progress=told.append)  # and has been withdrawn
    assert [p.id for p in library.policies()] == ["farms-2022"]
    assert generations(tmp_path) == set(library.shelf().generations.values())
    library.index.close()


def test_words_alone_first_and_vectors_later(tmp_path: Path, data_dir: Path) -> None:
    words = library_at(tmp_path, embedder=None, cache=data_dir / "words")
    words.sync([farms(), boats()], progress=quiet)
    assert best(words, "游船靠岸停泊") == ("boats-2020", f"第二条{OLD}", 0.0)
    words.index.close()
    for name in ("one", "two", "one"):
        embedder = HashEmbedder(name)
        later = library_at(tmp_path, embedder=embedder, cache=data_dir / "words")
        later.sync([farms(), boats()], progress=quiet)
        assert best(later, OLD) == ("boats-2020", f"第二条{OLD}", 1.0)
        later.index.close()
    assert embedder.embedded == 0  # the vectors of the first were still there


def test_a_policy_added_without_a_model_gets_its_vectors_at_the_next_question(opened: Library, tmp_path: Path) -> None:
    assert in_process(tmp_path, "add", *boats(), embedder=None) == 0
    assert best(opened, OLD) == ("boats-2020", f"第二条{OLD}", 1.0)


def test_two_that_start_together_index_once(tmp_path: Path, data_dir: Path) -> None:
    with ThreadPoolExecutor(2) as pool:
        codes = list(pool.map(lambda _: in_process(tmp_path, "sync", [farms(), boats()]), range(2)))
    assert codes == [0, 0]
    library = library_at(tmp_path, embedder=HashEmbedder(), cache=data_dir / "words")
    assert best(library, OLD)[2] == 1.0
    assert generations(tmp_path) == set(library.shelf().generations.values())
    library.index.close()


def test_what_cannot_be_added_or_removed_is_named(opened: Library) -> None:
    version = opened.index.state()[0]
    with pytest.raises(PolicyError, match="farms-2022 已存在;要替换请加 --replace"):
        opened.add(*farms(), progress=quiet)
    with pytest.raises(PolicyError, match=r"policies/empty-1\.txt 中没有读到条款"):
        opened.add(*policy("empty-1", "空", "\n"), progress=quiet)
    with pytest.raises(PolicyError, match="没有编号为“nothing”的政策;现有:farms-2022。"):
        opened.remove("nothing")
    assert opened.index.state()[0] == version


def test_a_damaged_cache_of_words_is_built_again(tmp_path: Path, data_dir: Path) -> None:
    cache = tmp_path / "cache"
    first = library_at(tmp_path, embedder=None, cache=cache)
    first.sync([farms()], progress=quiet)
    expected = best(first, "温室面积")
    folders = list(cache.glob("bm25-*"))
    assert len(folders) == 1
    for file in folders[0].iterdir():
        file.write_bytes(b"broken")
    again = library_at(tmp_path, embedder=None, cache=cache)
    assert best(again, "温室面积") == expected
    (tmp_path / "file").write_text("")  # no folder can be made below it
    nowhere = library_at(tmp_path, embedder=None, cache=tmp_path / "file" / "cache")
    assert best(nowhere, "温室面积") == expected
    for library in (first, again, nowhere):
        library.index.close()
