"""Retrieval on a BEIR folder, through the product's own index and search."""

import json
from pathlib import Path

import pytest

from evals.__main__ import main
from evals.statutes import run
from ingest.embeddings import Embedder
from ingest.errors import UsageError
from tests.library_fakes import HashEmbedder

ARTICLES = {
    "d1": ("示例市公园管理条例第一条", "公园每日六时开放,二十二时关闭。"),
    "d2": ("示例市公园管理条例第二条", "携带犬只进入公园的,应当使用牵引绳。"),
    "d3": ("示例市渡口管理条例第一条", "渡船载客不得超过核定的人数。"),
    "d4": ("示例市渡口管理条例第二条之一", "遇有大雾,渡口停止摆渡。大雾散去后恢复。"),
    "d5": ("示例市烟火管理条例", "医院周围五百米内禁止燃放烟花爆竹。"),
}
QUERIES = {
    "q1": "公园几时开放",
    "q2": "带犬只进公园要用牵引绳吗",
    "q3": "大雾天渡口停止摆渡吗",
    "q4": "医院周围可以燃放烟花吗",
    "q5": "没有判断的问题",
    "q6": "渡船载客人数",
}
JUDGED = [("q1", "d1", 1), ("q2", "d2", 1), ("q3", "d4", 1), ("q4", "d5", 1), ("q4", "d1", 0), ("q6", "missing", 1)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Made-up statutes in BEIR's layout; nobody can find what q6 asks for, and q5 has no judgement."""
    made = tmp_path / "statutes"
    (made / "qrels").mkdir(parents=True)
    documents = [{"_id": key, "title": title, "text": text} for key, (title, text) in ARTICLES.items()]
    queries = [{"_id": key, "text": text} for key, text in QUERIES.items()]
    for name, rows in (("corpus", documents), ("queries", queries)):
        (made / f"{name}.jsonl").write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    lines = ["query-id\tcorpus-id\tscore", *("\t".join(map(str, row)) for row in JUDGED)]
    (made / "qrels" / "test.tsv").write_text("\n".join(lines), "utf-8")
    return made


@pytest.mark.parametrize("embedder", [None, HashEmbedder()], ids=["words", "vectors"])
def test_the_measures_of_a_corpus_whose_answers_are_plain(folder: Path, embedder: Embedder | None) -> None:
    told = run(folder, embedder=embedder)
    assert (told.queries, told.documents) == (5, 5)
    assert (told.hit1, told.hit10, told.mrr10, told.recall50) == (0.8, 0.8, 0.8, 0.8)
    assert 0 < told.ms_p50 <= told.ms_p95
    assert told.index_seconds > 0
    assert told.peak_mb > 1


def test_every_article_and_its_sentences_are_embedded(folder: Path) -> None:
    embedder = HashEmbedder()
    run(folder, embedder=embedder)
    assert embedder.embedded >= len(ARTICLES)


def test_the_command_prints_the_measures_alone(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(tmp_path / "data"))
    assert main(["retrieval", "--data", str(folder), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["hit1"] == 0.8
    assert {"hit10", "mrr10", "recall50", "ms_p50", "ms_p95", "index_seconds", "peak_mb"} <= set(told)


@pytest.mark.parametrize("missing", ["corpus.jsonl", "queries.jsonl", "qrels/test.tsv"])
def test_a_folder_of_another_shape_is_named(folder: Path, missing: str) -> None:
    (folder / missing).unlink()
    with pytest.raises(UsageError, match=f"{missing} 不能读取.*。"):
        run(folder, embedder=None)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("corpus.jsonl", "{"),
        ("queries.jsonl", '{"_id": "q1"}'),
        ("corpus.jsonl", "[1, 2]"),
        ("qrels/test.tsv", "query\tdocument\nq1\td1\n"),
        ("qrels/test.tsv", "query-id\tcorpus-id\tscore\nq1\td1\tyes\n"),
        ("qrels/test.tsv", "query-id\tcorpus-id\tscore\nq1\td1\n"),
    ],
)
def test_a_file_of_another_shape_is_named(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text, "utf-8")
    with pytest.raises(UsageError, match=f"{name} 不能读取"):
        run(folder, embedder=None)


def test_data_is_for_retrieval_alone(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(tmp_path / "data"))
    with pytest.raises(UsageError, match="--data 只用于"):
        main(["answers", "--data", str(folder)])
