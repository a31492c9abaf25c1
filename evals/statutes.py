"""Retrieval on a BEIR folder (corpus.jsonl, queries.jsonl, qrels/test.tsv) through the product's own search."""

import csv
import json
import re
import resource
import tempfile
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.metrics import hit, mean, percentile, recall, reciprocal_rank
from ingest.embeddings import Embedder
from ingest.errors import UsageError
from ingest.glossary import Glossary
from ingest.index import Index, Level, Row
from ingest.lexical import LexicalIndex
from ingest.library import Library
from ingest.places import Places
from ingest.schema import Clause, Policy
from ingest.search import search
from ingest.shelf import Shelf, searched
from ingest.vectors import rows_of, write_vectors

_ARTICLE = re.compile(r"第[零〇一二三四五六七八九十百千\d]+条(?:之[一二三四五六七八九十]+)?$")
_GENERATION = "beir"


@dataclass(frozen=True, slots=True)
class StatutesResult:
    """Means over queries; `index_seconds` for embedding and storing everything, `peak_mb` of the whole process."""

    queries: int
    documents: int
    hit1: float
    hit10: float
    mrr10: float
    recall50: float
    ms_p50: float
    ms_p95: float
    index_seconds: float
    peak_mb: float


def run(folder: Path, *, embedder: Embedder | None) -> StatutesResult:
    """Index the corpus in a scratch folder, ask every judged query. Raises UsageError for a bad folder."""
    documents = {str(row["_id"]): row for row in lines(folder / "corpus.jsonl", "_id", "title", "text")}
    queries = {str(row["_id"]): str(row["text"]) for row in lines(folder / "queries.jsonl", "_id", "text")}
    relevant = judgements(folder / "qrels" / "test.tsv")
    with tempfile.TemporaryDirectory() as place:
        index = Index(Path(place) / "chroma", url=None, embedder=embedder.name if embedder else "none")
        cache = Path(place) / "cache"
        library = Library(index, embedder=embedder, glossary=Glossary({}, ()), places=Places({}), cache=cache)
        started = time.perf_counter()
        shelf = shelf_of(documents, library, cache)
        seconds = time.perf_counter() - started
        times: list[float] = []
        rows: list[tuple[float, float, float, float]] = []
        for key in (k for k in queries if k in relevant):
            begun = time.perf_counter()
            found = [e.clause.id for e in search(queries[key], library, shelf=shelf, count=50).evidence]
            times.append((time.perf_counter() - begun) * 1000)
            gold = relevant[key]
            ranks = reciprocal_rank(found, gold, 10)
            rows.append((hit(found, gold, 1), hit(found, gold, 10), ranks, recall(found, gold, 50)))
        index.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    hit1, hit10, mrr10, recall50 = (mean([row[n] for row in rows]) for n in range(4))
    spread = (percentile(times, 0.5), percentile(times, 0.95))
    return StatutesResult(len(rows), len(documents), hit1, hit10, mrr10, recall50, *spread, seconds, peak)


def shelf_of(documents: Mapping[str, Mapping[str, object]], library: Library, cache: Path) -> Shelf:
    """The documents as the clauses of their laws, with their vectors written."""
    laws: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for key, row in documents.items():
        title = str(row["title"])
        label = m[0] if (m := _ARTICLE.search(title)) else ""
        laws[title[: len(title) - len(label)]].append((key, label, str(row["text"])))
    policies: dict[str, Policy] = {}
    clauses: dict[str, Sequence[Clause]] = {}
    rows: dict[Level, list[Row]] = {"clauses": [], "sentences": []}
    for number, (title, articles) in enumerate(laws.items()):
        policy = Policy(f"law-{number:05}", title, "", "", "")
        own = [Clause(policy.id, key, label, "article", text, 0, len(text), True) for key, label, text in articles]
        policies[policy.id], clauses[policy.id] = policy, own
        for level, made in rows_of(policy, own, ()).items():
            if level in rows:
                rows[level] += made
    if library.embedder is not None:
        write_vectors(library.index, library.embedder, _GENERATION, rows)
    lexical = LexicalIndex.build([c.text for c in searched(clauses)], cache=cache)
    generations = dict.fromkeys(policies, _GENERATION)
    return Shelf("beir", generations, policies, dict.fromkeys(policies, ""), clauses, {}, lexical)


def lines(path: Path, *fields: str) -> list[dict[str, object]]:
    """`fields` of every row of a JSONL file. Raises UsageError."""
    try:
        rows = [json.loads(line) for line in path.read_text("utf-8").split("\n") if line.strip()]
        return [{field: row[field] for field in fields} for row in rows]
    except (OSError, ValueError, KeyError, TypeError):
        raise UsageError(
            f"{path} 不能读取,--data 应是含 corpus.jsonl、queries.jsonl、qrels/test.tsv 的目录。"
        ) from None


def judgements(path: Path) -> dict[str, set[str]]:
    """Query id to the ids that are relevant. Raises UsageError."""
    try:
        with path.open(encoding="utf-8") as file:
            found: dict[str, set[str]] = defaultdict(set)
            for row in csv.DictReader(file, delimiter="\t"):
                if int(row["score"]) > 0:
                    found[row["query-id"]].add(row["corpus-id"])
            return found
    except (OSError, KeyError, ValueError, TypeError):
        raise UsageError(f"{path} 不能读取,应是 query-id、corpus-id、score 三列。") from None
