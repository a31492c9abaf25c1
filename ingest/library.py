"""The library: policies are added, replaced and removed here, and the next question sees it."""

import contextlib
import hashlib
import json
import shutil
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from ingest.clauses import parse
from ingest.embeddings import Embedder
from ingest.errors import PolicyError, SearchIndexError, StorageError
from ingest.glossary import Glossary
from ingest.index import Index
from ingest.lexical import LexicalIndex
from ingest.phrasings import Phrasing, Topic, load_phrasings
from ingest.places import Places
from ingest.schema import Clause, Policy, Successor
from ingest.shelf import Shelf, searched
from ingest.vectors import rows_of, write_vectors

INDEX_VERSION = "1"
"""Changed whenever parsing or chunking changes what is embedded, so that old vectors are made anew."""
_SHIPPED, _ADDED = "shipped", "added"

Progress = Callable[[str], None]


class Library:
    """Policies with their clauses and both indexes. Many threads may read; `shelf()` is one consistent view."""

    def __init__(
        self,
        index: Index,
        *,
        embedder: Embedder | None,
        glossary: Glossary,
        places: Places,
        cache: Path,
        phrasings: Path | None = None,
        words_only: str | None = None,
    ) -> None:
        self.index = index
        self.embedder = embedder
        self.vector = lru_cache(maxsize=512)(embedder.embed_query) if embedder else None  # of questions
        self.glossary = glossary
        self.places = places
        self.words_only = words_only
        self._cache = cache
        self._phrasings = phrasings
        self._mutex = threading.Lock()
        self._shelf: Shelf | None = None

    def policies(self) -> tuple[Policy, ...]:
        """Every live policy, newest first."""
        found = self.shelf().policies.values()
        return tuple(sorted(found, key=lambda p: (p.effective or date.min, p.id), reverse=True))

    def source(self, policy: str) -> str:
        """The text that the offsets of a policy's clauses refer to. Raises PolicyError for an unknown id."""
        shelf = self.shelf()
        if policy not in shelf.sources:
            raise unknown(policy, shelf.policies)
        return shelf.sources[policy]

    def clauses(self, policy: str) -> tuple[Clause, ...]:
        """The clauses of a policy in order. Raises PolicyError for an unknown id."""
        shelf = self.shelf()
        if policy not in shelf.clauses:
            raise unknown(policy, shelf.policies)
        return tuple(shelf.clauses[policy])

    def shelf(self) -> Shelf:
        """The view of the index as it is now, rebuilt when any process has changed it."""
        version, live = self.index.state()
        shelf = self._shelf
        if shelf is not None and shelf.version == version:
            return shelf
        with self._mutex:
            if self._shelf is None or self._shelf.version != version:
                if self._shelf is not None:
                    self.index.reopen()
                    version, live = self.index.state()
                self._shelf = self._read(version, {p: g for p, g in live.items() if g})
            return self._shelf

    def sync(self, shipped: Iterable[tuple[Policy, str]], *, progress: Progress) -> None:
        """Bring the index up to the corpus: new and changed policies are indexed, withdrawn ones removed.

        A policy that a person added, replaced or removed by command stays as that person left it.
        """
        wanted = {policy.id: (policy, source) for policy, source in shipped}
        if any(self._due(wanted)):
            with self.index.writing():
                changed, withdrawn, _ = self._due(wanted)
                for policy, source in changed:
                    self._write(policy, source, _SHIPPED, progress)
                for policy_id in withdrawn:
                    self.index.publish(policy_id, None)
                self._embed_missing(progress)
                self.index.sweep()
        elif self.index.leftovers():
            with contextlib.suppress(SearchIndexError), self.index.writing(patience=0):
                self.index.sweep()

    def _due(self, wanted: Mapping[str, tuple[Policy, str]]) -> tuple[list[tuple[Policy, str]], list[str], list[str]]:
        """The policies of the corpus to write, those to withdraw, and those that lack vectors."""
        _, live = self.index.state()
        changed = [
            (policy, source)
            for policy, source in wanted.values()
            if policy.id not in live
            or (live[policy.id] and live[policy.id] != _generation(policy, source, self._asked(policy.id)))
        ]
        alive = {p: g for p, g in live.items() if g}
        doubtful = {p: g for p, g in alive.items() if p not in wanted or any(p == policy.id for policy, _ in changed)}
        added = {p for p, (_, fields) in self.index.sources(doubtful).items() if fields["origin"] == _ADDED}
        withdrawn = [p for p in alive if p not in wanted and p not in added]
        return [row for row in changed if row[0].id not in added], withdrawn, list(self._unembedded(alive))

    def add(self, policy: Policy, source: str, *, progress: Progress, replace: bool = False) -> int:
        """Index a policy and return its number of clauses; it is found from then on, by every process.

        Raises PolicyError when the text has no clause, or the id is taken and `replace` is false.
        """
        clauses = parse(source, policy.id)
        if not any(c.leaf and c.kind in ("article", "item") for c in clauses):
            raise PolicyError(f"{policy.path} 中没有读到条款,请检查文件是否为管理办法正文。")
        with self.index.writing():
            if self.index.state()[1].get(policy.id) and not replace:
                raise PolicyError(f"政策编号 {policy.id} 已存在;要替换请加 --replace,或换一个编号。")
            self._write(policy, source, _ADDED, progress)
            self.index.sweep()
        return len(clauses)

    def remove(self, policy_id: str) -> None:
        """Take a policy out. Raises PolicyError for an unknown id."""
        with self.index.writing():
            if not self.index.state()[1].get(policy_id):
                raise unknown(policy_id, self.shelf().policies)
            self.index.publish(policy_id, None)
            self.index.sweep()

    def _write(self, policy: Policy, source: str, origin: str, progress: Progress) -> None:
        asked = self._asked(policy.id)
        generation = _generation(policy, source, asked)
        if self.embedder is not None:
            self._embed(policy, generation, parse(source, policy.id), asked, progress)
        kept = {**_fields(policy), "origin": origin, "phrasings": [asdict(phrasing) for phrasing in asked]}
        self.index.publish(policy.id, generation, source, kept)

    def _asked(self, policy_id: str) -> tuple[Phrasing, ...]:
        return load_phrasings(self._phrasings, policy_id) if self._phrasings else ()

    def _embed(
        self,
        policy: Policy,
        generation: str,
        clauses: Sequence[Clause],
        asked: Sequence[Phrasing],
        progress: Progress,
    ) -> None:
        assert self.embedder is not None
        if generation in self.index.embedded():
            return
        rows = rows_of(policy, clauses, asked)
        count = sum(len(own) for own in rows.values())
        progress(f"正在为《{policy.title}》建立索引:{len(clauses)} 个条款,{count} 个切片……")
        self.index.begin(generation)
        write_vectors(self.index, self.embedder, generation, rows)
        self.index.complete(generation)

    def _unembedded(self, live: Mapping[str, str]) -> dict[str, str]:
        if self.embedder is None:
            return {}
        done = self.index.embedded()
        return {policy: generation for policy, generation in live.items() if generation not in done}

    def _embed_missing(self, progress: Progress) -> None:
        missing = self._unembedded({p: g for p, g in self.index.state()[1].items() if g})
        for policy_id, (source, fields) in self.index.sources(missing).items():
            clauses = parse(source, policy_id)
            self._embed(_policy(fields), missing[policy_id], clauses, _phrasings(fields), progress)

    def _read(self, version: str, live: dict[str, str]) -> Shelf:
        if self._unembedded(live):
            with self.index.writing():
                self._embed_missing(lambda _: None)
        stored = self.index.sources(live)
        if stored.keys() != live.keys() and (now := self.index.state())[0] != version:
            # Another process has replaced and swept a policy since the version was read.
            return self._read(now[0], {p: g for p, g in now[1].items() if g})
        policies = {p: _policy(fields) for p, (_, fields) in stored.items()}
        sources = {p: source for p, (source, _) in stored.items()}
        clauses = {p: parse(source, p) for p, source in sources.items()}
        asked = {p: _phrasings(fields) for p, (_, fields) in stored.items()}
        return Shelf(version, live, policies, sources, clauses, asked, self._lexical(version, clauses))

    def _lexical(self, version: str, clauses: Mapping[str, tuple[Clause, ...]]) -> LexicalIndex:
        folder = self._cache / f"bm25-{version or 'empty'}"
        with contextlib.suppress(SearchIndexError):
            return LexicalIndex.load(folder, words=self.glossary.words, cache=self._cache)
        texts = [c.text for c in searched(clauses)]
        built = LexicalIndex.build(texts, words=self.glossary.words, cache=self._cache)
        with contextlib.suppress(StorageError):  # the cache only saves time
            built.save(folder)
            for old in self._cache.glob("bm25-*"):
                if old != folder:
                    shutil.rmtree(old, ignore_errors=True)
        return built


def unknown(policy: str, known: Iterable[str]) -> PolicyError:
    """The error for a policy id that is not there."""
    return PolicyError(f"没有编号为“{policy}”的政策;现有:{'、'.join(sorted(known)) or '(无)'}。")


def _generation(policy: Policy, source: str, asked: Sequence[Phrasing]) -> str:
    told = json.dumps([INDEX_VERSION, _fields(policy), source, [asdict(p) for p in asked]], ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _fields(policy: Policy) -> dict[str, Any]:
    return {k: v.isoformat() if isinstance(v, date) else v for k, v in asdict(policy).items()}


def _policy(fields: Mapping[str, Any]) -> Policy:
    known = {k: v for k, v in fields.items() if k not in ("origin", "phrasings")}
    for name in ("issued", "effective", "expires"):
        known[name] = date.fromisoformat(known[name]) if known[name] else None
    known["successor"] = Successor(**known["successor"]) if known["successor"] else None
    try:
        return Policy(**known)
    except TypeError as error:
        raise SearchIndexError(f"索引中的政策信息与本版本不符({error}),请删除索引目录后重新运行。") from None


def _phrasings(fields: Mapping[str, Any]) -> tuple[Phrasing, ...]:
    def topic(told: Mapping[str, Any]) -> Topic:
        return Topic(told["kind"], told["name"], told["says"], tuple(told["near"]))

    return tuple(
        Phrasing(row["policy"], row["text"], row["clause"], topic(row["topic"]) if row["topic"] else None)
        for row in fields.get("phrasings", ())
    )
