"""Made-up measures, an embedder without a model, and writers in processes of their own that can be killed."""

import contextlib
import hashlib
import multiprocessing
import os
import re
import signal
import zlib
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import chromadb
import numpy as np
from chromadb.config import Settings

from ingest.embeddings import Embedder, Vectors
from ingest.glossary import load_glossary
from ingest.index import Index
from ingest.library import Library
from ingest.places import Places
from ingest.schema import Policy
from ingest.search import search
from tests.fakes import CORPUS

FARMS = """云帆市智慧农场示范点管理办法

(本文为测试虚构,云帆市并不存在)

第一章  总则

第一条  为规范智慧农场示范点的评选,制定本办法。

第二条  市农事局负责示范点的评选和管理。

第二章  评选

第三条  申请示范点的农场应具备以下条件:

(一)在云帆市登记满三年。

(二)温室面积不少于五十亩。

(三)配备自动灌溉设备。

第四条  农场于每年四月向市农事局提交申请表。市农事局在二十日内作出决定。

第五条  示范点擅自停用灌溉设备的,取消示范点称号。

第三章  附则

第六条  本办法自2022年3月1日起施行,有效期至2025年2月28日。
"""
"""Fictional."""

BOATS = """云帆市游船码头管理办法

(本文为测试虚构,云帆市并不存在)

第一条  游船码头由市港口局管理。

第二条  游船每日十八时前靠岸停泊。

第三条  本办法自2020年1月1日起施行。
"""
"""Fictional."""

LATER = BOATS.replace("十八时", "二十时")
OLD, NEW = "游船每日十八时前靠岸停泊。", "游船每日二十时前靠岸停泊。"
"""What the second sentence of the boats says before and after they are replaced."""


def policy(policy_id: str, title: str, source: str, *, effective: date | None = None) -> tuple[Policy, str]:
    """A policy of a fictional issuer with its text."""
    return Policy(
        policy_id, title, "云帆市政府(虚构)", f"policies/{policy_id}.txt", "0" * 64, effective=effective
    ), source


def farms(source: str = FARMS) -> tuple[Policy, str]:
    return policy("farms-2022", "云帆市智慧农场示范点管理办法", source, effective=date(2022, 3, 1))


def boats(source: str = BOATS) -> tuple[Policy, str]:
    return policy("boats-2020", "云帆市游船码头管理办法", source, effective=date(2020, 1, 1))


def small_corpus(folder: Path) -> Path:
    """A corpus with the farms alone, and one model that can be had nowhere."""
    entry = [
        "[[policy]]",
        'id = "farms-2022"',
        'title = "云帆市智慧农场示范点管理办法"',
        'issuer = "云帆市农事局(虚构)"',
    ]
    entry += [
        'path = "farms.txt"',
        f'sha256 = "{hashlib.sha256(FARMS.encode()).hexdigest()}"',
        "effective = 2022-03-01",
    ]
    model = [
        "[[model]]",
        'name = "tiny"',
        'kind = "embedder"',
        'purpose = "试验"',
        'licence = "MIT"',
        "[[model.files]]",
    ]
    model += ['name = "model.bin"', "size = 4", f'sha256 = "{hashlib.sha256(b"tiny").hexdigest()}"']
    folder.mkdir()
    for name, lines in (("policies.toml", entry), ("models.toml", model), ("glossary.yaml", []), ("places.txt", [])):
        (folder / name).write_text("\n".join(lines), "utf-8")
    (folder / "farms.txt").write_text(FARMS, "utf-8")
    return folder


class HashEmbedder:
    """Character bigrams hashed into a vector: texts that share words are near. `asked` counts the texts embedded."""

    def __init__(self, name: str = "hash", dimension: int = 64) -> None:
        self.name = name
        self.dimension = dimension
        self.embedded = 0

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.embedded += len(texts)
        return np.array([self.embed_query(text) for text in texts], np.float32).reshape(len(texts), self.dimension)

    def embed_query(self, text: str) -> Vectors:
        plain = re.sub(r"\W", "", text)
        vector = np.full(self.dimension, 1e-3, np.float32)
        for pair in map("".join, pairwise(plain)):
            vector[zlib.crc32(pair.encode()) % self.dimension] += 1
        return np.asarray(vector / np.linalg.norm(vector), np.float32)


def library_at(
    folder: Path,
    *,
    embedder: Embedder | None,
    cache: Path | None = None,
    phrasings: Path | None = None,
    url: str | None = None,
) -> Library:
    """A library whose index is in `folder`."""
    index = Index(folder / "chroma", url=url, embedder=embedder.name if embedder else "none")
    return Library(
        index,
        embedder=embedder,
        glossary=load_glossary(CORPUS / "glossary.yaml"),
        places=Places({}),
        cache=cache or folder / "cache",
        phrasings=phrasings,
    )


@contextlib.contextmanager
def opened(folder: Path, data_dir: Path, **options: Any) -> Iterator[Library]:
    """A library with the hash embedder, closed at the end."""
    library = library_at(folder, embedder=HashEmbedder(), cache=data_dir / "words", **options)
    yield library
    library.index.close()


def quiet(message: str) -> None:
    """Progress that nobody reads."""


def best(library: Library, question: str, **options: Any) -> tuple[str, str, float]:
    """The first clause found for `question`: its policy, its text without spaces, its cosine to two places."""
    first = search(question, library, **options).evidence[0]
    return first.clause.policy, "".join(first.clause.text.split()), round(first.similarity, 2)


def generations(folder: Path) -> set[str]:
    """Whatever generation anything in the index belongs to, live or not."""
    client: Any = chromadb.PersistentClient(str(folder / "chroma"), settings=Settings(anonymized_telemetry=False))
    found: set[str] = set()
    for collection in client.list_collections():
        rows = collection.get(include=["metadatas"])
        if collection.name == "policies":
            found |= {key.partition("@")[2] for key in rows["ids"]}
        else:
            found |= {str(row["generation"]) for row in rows["metadatas"] or []}
    client.close()
    return found


_STEPS = {
    "begin": ("begin", 1),  # the generation is announced, nothing is written
    "embed": ("embed", 2),  # some of its vectors are written
    "complete": ("complete", 1),  # all are
    "row": ("state", 2),  # its source is written; `publish` has yet to name it
    "publish": ("publish", 1),  # it is live, what it replaced is not swept
    "sweep": ("_mark", 3),  # half swept
}
"""A step of writing: the method of the index whose n-th call is the last thing that happens."""


def in_process(
    folder: Path, action: str, *told: Any, dies_after: str | None = None, embedder: str | None = "hash", **options: Any
) -> int:
    """`library.<action>(*told)` in another process on the index in `folder`; its exit code.

    With `dies_after` a step of writing, the process ends there by SIGKILL.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.library_fakes"])
    process = context.Process(target=_work, args=(folder, action, told, options, dies_after, embedder))
    process.start()
    process.join(60)
    code = process.exitcode
    process.close()
    assert code is not None
    return code


def _work(
    folder: Path, action: str, told: Any, options: dict[str, Any], dies_after: str | None, embedder: str | None
) -> None:
    library = library_at(folder, embedder=HashEmbedder(embedder) if embedder else None)
    if dies_after:
        method, calls = _STEPS[dies_after]
        whole = getattr(library.index, method)

        def last(*arguments: Any, **more: Any) -> Any:
            nonlocal calls
            result = whole(*arguments, **more)
            calls -= 1
            if not calls:
                os.kill(os.getpid(), signal.SIGKILL)
            return result

        setattr(library.index, method, last)
    getattr(library, action)(*told, **options, **({} if action == "remove" else {"progress": quiet}))
