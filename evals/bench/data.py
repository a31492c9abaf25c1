"""The two tasks, and how what a peer gives back is judged."""

import hashlib
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.answers import matches
from evals.bench.task import Document, Query, Ranked, Task
from evals.cases import CASES, load_cases
from evals.metrics import hit, mean, reciprocal_rank
from evals.statutes import judgements, lines
from ingest.catalog import shipped
from ingest.clauses import parse
from ingest.errors import UsageError
from ingest.schema import Clause

COUNT = 10
Span = tuple[int, int]
Quality = dict[str, float | None]


@dataclass(frozen=True, slots=True)
class Exam:
    """A task with its answers: relevant ids per query; in the measure, ids of clauses. `refusals` have no answer."""

    name: str
    task: Task
    gold: Mapping[str, frozenset[str]]
    refusals: frozenset[str] = frozenset()
    clauses: tuple[Clause, ...] = ()


def measure(corpus: Path, embedder: Path | None, cases: Path = CASES) -> Exam:
    """The shipped measure and those of the project's own questions that nothing was tuned on. Questions that lean on
    an earlier turn or on a given day are left out: no peer knows either."""
    policy, source = shipped(corpus)[0]
    asked = [case for case in load_cases(cases) if case.aside and not case.history and case.as_of is None]
    answered = {case.id: frozenset(case.gold) for case in asked if case.status == "answered" and case.gold}
    refused = frozenset(case.id for case in asked if case.status == "refused")
    queries: list[Query] = [{"id": c.id, "text": c.q} for c in asked if c.id in answered or c.id in refused]
    paragraphs = [found.span() for found in re.finditer(r"\S[^\n]*", source)]
    documents: list[Document] = [
        {"id": f"{start}-{end}", "title": "", "text": source[start:end]} for start, end in paragraphs
    ]
    task = _task("measure", documents, queries, embedder, whole=source)
    return Exam(policy.id, task, answered, refused, parse(source, policy.id))


def statutes(folder: Path, embedder: Path | None, count: int | None) -> Exam:
    """A BEIR folder, or `count` documents of it: those that the first questions need, by the hash of their ids, are at
    most half of them. Raises UsageError."""
    rows = {str(row["_id"]): row for row in lines(folder / "corpus.jsonl", "_id", "title", "text")}
    texts = {str(row["_id"]): str(row["text"]) for row in lines(folder / "queries.jsonl", "_id", "text")}
    gold = {key: frozenset(ids) for key, ids in judgements(folder / "qrels" / "test.tsv").items() if key in texts}
    kept = set(rows)
    if count is not None and count < len(rows):
        kept = set()
        for key in sorted(gold, key=_hash):
            if len(kept | gold[key]) > count // 2:
                break
            kept |= gold[key] & set(rows)
        kept |= set(sorted(set(rows) - kept, key=_hash)[: count - len(kept)])
        gold = {key: ids for key, ids in gold.items() if ids & set(rows) <= kept}
    if not gold or not kept:
        raise UsageError(f"{folder} 中没有可用的问题。")
    documents: list[Document] = [
        {"id": key, "title": str(row["title"]), "text": str(row["text"])} for key, row in rows.items() if key in kept
    ]
    queries: list[Query] = [{"id": key, "text": texts[key]} for key in texts if key in gold]
    return Exam("statutes", _task("statutes", documents, queries, embedder, whole=None), gold)


def judge(exam: Exam, ranked: Mapping[str, Ranked]) -> Quality:
    """Hit@1, Hit@4 (what the usual recipe's top 4 hold), Hit@10 and MRR@10; for the measure also the share of first
    hits of the right article, and of refusals among what is not covered and among what is."""
    found: dict[str, Sequence[str]] = {key: ranked[key]["ids"] for key in exam.gold}
    gold: Mapping[str, Collection[str]] = exam.gold
    articles: float | None = None
    if exam.clauses:
        articles = mean([float(_article(found[k], exam.clauses) in own) for k in gold if (own := _numbers(exam, k))])
        spans = {key: _spans(exam, key) for key in gold}
        # Spans become the answers "right" and "wrong", so that the same metrics count them.
        found = {key: ["right" if _is(i, spans[key]) else "wrong" for i in ids] for key, ids in found.items()}
        gold = {key: {"right"} for key in gold}
    return {
        "hit1": mean([hit(found[key], gold[key], 1) for key in gold]),
        "hit4": mean([hit(found[key], gold[key], 4) for key in gold]),
        "hit10": mean([hit(found[key], gold[key], COUNT) for key in gold]),
        "mrr10": mean([reciprocal_rank(found[key], gold[key], COUNT) for key in gold]),
        "article_first": articles,
        "refused_uncovered": mean([float(bool(ranked[k]["refused"])) for k in exam.refusals])
        if exam.refusals
        else None,
        "refused_covered": mean([float(bool(ranked[k]["refused"])) for k in exam.gold]) if exam.refusals else None,
    }


def _task(kind: str, documents: list[Document], queries: list[Query], embedder: Path | None, whole: str | None) -> Task:
    return {
        "kind": "measure" if kind == "measure" else "statutes",
        "documents": documents,
        "whole": whole,
        "queries": queries,
        "count": COUNT,
        "embedder": str(embedder) if embedder else None,
    }


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def _span(found: str) -> Span:
    start, _, end = found.partition("-")
    return int(start), int(end)


def _overlap(one: Span, other: Span) -> int:
    return min(one[1], other[1]) - max(one[0], other[0])


def _spans(exam: Exam, key: str) -> list[Span]:
    return [(c.start, c.end) for c in exam.clauses if matches(c.id, exam.gold[key])]


def _is(found: str, spans: Sequence[Span]) -> bool:
    """Whether a stretch of the text holds, or lies in, half of an answer: generous to long pieces, which hold several
    articles."""
    own = _span(found)
    return any(_overlap(own, span) * 2 >= min(own[1] - own[0], span[1] - span[0]) for span in spans)


def _numbers(exam: Exam, key: str) -> set[int | None]:
    return {c.article for c in exam.clauses if c.article is not None and matches(c.id, exam.gold[key])}


def _article(ids: Sequence[str], clauses: Sequence[Clause]) -> int | None:
    """The article that most of the first result's text is of: what could be cited for it."""
    if not ids:
        return None
    own = _span(ids[0])
    best = max((c for c in clauses if c.leaf and c.kind != "title"), key=lambda c: _shared(own, c, clauses))
    return best.article


def _shared(own: Span, clause: Clause, clauses: Sequence[Clause]) -> int:
    if clause.article is None:
        return 0
    return sum(max(0, _overlap(own, (c.start, c.end))) for c in clauses if c.leaf and c.article == clause.article)
