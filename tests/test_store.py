"""The feedback store: what is kept, replaced, and told when it cannot be kept."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant import database
from assistant.schema import Answer, Citation
from assistant.store import Quoted, Store
from ingest.errors import StorageError, UsageError

CITED = Citation("m-2021", "某办法", "7.1", "第七条第(一)项", "在我市注册", 3, 8, 7, None, 1)
ANSWER = Answer("能申报吗?", "answered", "第七条第(一)项:“在我市注册”", date(2022, 6, 1), citations=(CITED,))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store.at(tmp_path / "new" / "assistant.db")
    yield made
    made.close()


def test_nothing_is_made_before_it_is_needed(tmp_path: Path) -> None:
    made = Store.at(tmp_path / "new" / "assistant.db")
    assert not (tmp_path / "new").exists()
    made.close()


def test_a_verdict_comes_back_whole(store: Store) -> None:
    store.add_feedback("k1", ANSWER, "down", reason="'; DROP TABLE feedback; --\x00<b>", versions={"m-2021": "ab" * 32})
    [kept] = store.feedback()
    assert (kept.answer, kept.question, kept.text) == ("k1", ANSWER.question, ANSWER.text)
    assert (kept.status, kept.as_of, kept.verdict) == ("answered", date(2022, 6, 1), "down")
    assert kept.citations == (Quoted("m-2021", "第七条第(一)项", "在我市注册"),)
    assert kept.versions == ("m-2021@abababababab",)
    assert kept.reason == "'; DROP TABLE feedback; --\x00<b>"
    assert kept.given_at.tzinfo is not None


def test_a_later_verdict_on_the_same_answer_takes_its_place(store: Store) -> None:
    store.add_feedback("k1", ANSWER, "down", reason="不准确")
    store.add_feedback("k1", ANSWER, "up")
    store.add_feedback("k2", replace(ANSWER, question="另一问"), "up")
    assert [(f.answer, f.verdict, f.reason) for f in store.feedback()] == [("k1", "up", ""), ("k2", "up", "")]


def test_many_threads_and_two_stores_write_at_once(tmp_path: Path) -> None:
    stores = [Store.at(tmp_path / "assistant.db") for _ in range(2)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: stores[n % 2].add_feedback(f"k{n}", ANSWER, "up"), range(40)))
    assert len(stores[0].feedback()) == 40
    for made in stores:
        made.close()


def test_a_locked_database_is_told_in_one_sentence(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_BUSY_SECONDS", 0)
    impatient = Store.at(tmp_path / "new" / "assistant.db")
    store.add_feedback("k1", ANSWER, "up")
    other = sqlite3.connect(tmp_path / "new" / "assistant.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageError, match=r"^没有保存成功:数据库正被另一个程序占用,请稍后再试。$"):
        impatient.add_feedback("k2", ANSWER, "up")
    other.execute("ROLLBACK")
    other.close()
    impatient.add_feedback("k2", ANSWER, "up")
    assert len(impatient.feedback()) == 2
    impatient.close()


def test_a_full_disk_is_told_in_one_sentence(store: Store, tmp_path: Path) -> None:
    store.add_feedback("k1", ANSWER, "up")
    with store._database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 2")  # the limit a full disk would set
    with pytest.raises(StorageError, match="磁盘空间不足"):
        store.add_feedback("k2", replace(ANSWER, text="长" * 200_000), "up")
    assert [f.answer for f in store.feedback()] == ["k1"]


def test_a_file_that_is_no_database_and_a_place_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("这不是数据库" * 200, "utf-8")
    made = Store.at(tmp_path / "text.db")
    with pytest.raises(StorageError, match="不是可用的数据库文件"):
        made.feedback()
    made.close()
    below_a_file = Store.at(tmp_path / "text.db" / "assistant.db")
    with pytest.raises(StorageError, match="无法打开或写入"):
        below_a_file.add_feedback("k", ANSWER, "up")
    below_a_file.close()


def test_a_url_that_names_no_database() -> None:
    with pytest.raises(UsageError, match="数据库地址无法识别:主机/库"):
        Store("某种数据库://用户:密码@主机/库")
