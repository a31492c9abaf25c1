"""Search by words: how text becomes tokens, and BM25 over them.

A text is one bag of three kinds of token: jieba's words in search mode (数字化转型 also gives 数字化 and 转型), single
characters and character bigrams. A bigram that is also a word counts twice. Characters make up for what the dictionary
does not know (misspellings, new names), words for what characters confuse. Measurements: docs/ranking.md.
"""

import contextlib
import json
import logging
import os
import re
import shutil
import threading
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Self

import bm25s
import jieba
import numpy as np
from numpy.typing import NDArray

from ingest.errors import SearchIndexError, StorageError
from ingest.normalize import tidy

FORMAT = 1  # of a saved index; raise it when the tokens change

# Ways of asking, not things asked about. Removed from questions only: in a document they can be the point.
ASKING = re.compile(
    "请问|怎么办|怎么样|怎么|怎样|如何处理|如何|是否|是不是|有没有|会不会|能不能|能否|可否|可以|应当|应该"
    "|为什么|什么|哪些|哪个|多少|多久|谁|吗|呢|么"
)
_RUN = re.compile(r"[\u3400-\u9fff]+|[^\W\u3400-\u9fff_]+")
_PART = re.compile(r"[,;:、。?!\s]+")
_PLACE = re.compile(
    r"(?!最高|中华|全国|国家|城市|城镇|农村|乡镇|直辖市)([\u4e00-\u9fff]{2,9}?)(?:省|市(?!场|政|容|民)|自治[区州县]|县|盟|特区)"
)


def question_parts(question: str) -> tuple[str, ...]:
    """The parts of a question between punctuation marks, at least four characters each; () where it has only one.

    A long question tells a story and then asks; its parts are embedded beside the whole (`fusion.pool`).
    """
    parts = tuple(part for part in _PART.split(tidy(question)) if len(part) >= 4)
    return parts if len(parts) > 1 else ()


def place(title: str) -> str | None:
    """The place a document is of, by its title: 青岛 of 青岛市…管理办法; None for national texts."""
    found = _PLACE.match(title)
    return found.group(1) if found else None


class Segmenter:
    """Turns text into tokens with a jieba dictionary of its own, which is loaded at the first use.

    `words` are terms of art to be kept whole. `cache` is the folder for jieba's prefix dictionary, which takes half
    as long to read back as to build; without one it is built. Several threads can share a segmenter.
    """

    def __init__(self, words: Sequence[str] = (), *, cache: Path | None = None) -> None:
        self.words = tuple(sorted({word for word in map(tidy, words) if len(word) > 1}))
        self._cache = cache
        self._lock = threading.Lock()
        self._jieba: jieba.Tokenizer | None = None

    def tokens(self, text: str) -> list[str]:
        text = tidy(text)
        tokens = [word for word in self._loaded().cut_for_search(text) if _RUN.match(word)]
        for run in _RUN.findall(text):
            if "\u3400" <= run[0] <= "\u9fff":
                tokens += run
                tokens += map("".join, pairwise(run))
        return tokens

    def cut(self, text: str) -> list[str]:
        """The words of a text, each character in one of them."""
        return [str(word) for word in self._loaded().lcut(tidy(text))]

    def knows(self, word: str) -> bool:
        """Whether `word` is in the dictionary."""
        return bool(self._loaded().FREQ.get(word))

    def _loaded(self) -> jieba.Tokenizer:
        with self._lock:
            if self._jieba is None:
                jieba.setLogLevel(logging.CRITICAL + 1)  # by default it writes its progress to stderr
                tokenizer = jieba.Tokenizer()
                if self._cache is None:
                    # Left alone, jieba reads its cache from the system's temporary folder, where anyone may write.
                    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
                    tokenizer.initialized = True
                else:
                    with contextlib.suppress(OSError):  # a read-only or full disk costs time, not the search
                        self._cache.mkdir(parents=True, exist_ok=True)
                    tokenizer.tmp_dir = str(self._cache)
                    tokenizer.initialize()
                for word in self.words:
                    tokenizer.add_word(word)
                self._jieba = tokenizer
            return self._jieba


# A dictionary takes some 60 MB and half a second, so the index that replaces another shares it.
_segmenter = lru_cache(maxsize=2)(Segmenter)


class LexicalIndex:
    """BM25 over the texts it was built from, in their order (Robertson & Zaragoza 2009, idf as in Lucene).

    Only read once it is made, so several threads can share it.
    """

    def __init__(self, ranker: bm25s.BM25 | None, segmenter: Segmenter, size: int) -> None:
        self._ranker = ranker
        self.segmenter = segmenter
        self._size = size

    @classmethod
    def build(cls, texts: Sequence[str], *, words: Sequence[str] = (), cache: Path | None = None) -> Self:
        """Index `texts`; `words` and `cache` as in Segmenter."""
        segmenter = _segmenter(tuple(words), cache=cache)
        vocabulary: dict[str, int] = {}
        ids = [[vocabulary.setdefault(token, len(vocabulary)) for token in segmenter.tokens(text)] for text in texts]
        if not vocabulary:
            return cls(None, segmenter, len(texts))
        ranker = bm25s.BM25(k1=1.5, b=0.75, method="lucene", backend="numpy")
        ranker.index((ids, vocabulary), create_empty_token=False, show_progress=False)
        return cls(ranker, segmenter, len(texts))

    def __len__(self) -> int:
        return self._size

    def scores(self, question: str) -> NDArray[np.float32]:
        """The score of every text, at least 0; 0 where no token of the question occurs. Shape (len(self),)."""
        if self._ranker is None:
            return np.zeros(self._size, np.float32)
        # A question of nothing but 可以吗 is searched as it is.
        asked = ASKING.sub(" ", tidy(question))
        ids = self._ranker.get_tokens_ids(self.segmenter.tokens(asked if _RUN.search(asked) else question))
        return np.asarray(self._ranker.get_scores_from_ids(ids), np.float32)

    def save(self, folder: Path) -> None:
        """Write the index as .npy and .json files; what was in `folder` is replaced once all is written.

        Raises StorageError.
        """
        written = folder.with_name(f"{folder.name}.{os.getpid()}-{threading.get_ident()}.tmp")
        head = {"format": FORMAT, "size": self._size, "empty": self._ranker is None, "words": self.segmenter.words}
        try:
            written.mkdir(parents=True)
            if self._ranker is not None:
                self._ranker.save(written, show_progress=False)
            (written / "head.json").write_text(json.dumps(head, ensure_ascii=False), encoding="utf-8")
            shutil.rmtree(folder, ignore_errors=True)
            written.rename(folder)
        except OSError as error:
            shutil.rmtree(written, ignore_errors=True)
            raise StorageError(f"词语索引无法写入 {folder}:{error.strerror or error}。") from error

    @classmethod
    def load(cls, folder: Path, *, words: Sequence[str] | None = None, cache: Path | None = None) -> Self:
        """The index saved in `folder`, its arrays mapped rather than read; `cache` as in Segmenter.

        Raises SearchIndexError where it is missing, damaged, of another format or, with `words` given, built with
        other words: build it again.
        """
        try:
            head = json.loads((folder / "head.json").read_text(encoding="utf-8"))
            segmenter = _segmenter(tuple(head["words"] if words is None else words), cache=cache)
            if head["format"] != FORMAT or list(segmenter.words) != head["words"]:
                raise SearchIndexError(f"词语索引 {folder} 是用另一份词典建立的,需要重建。")
            if head["empty"]:
                return cls(None, segmenter, head["size"])
            ranker = bm25s.BM25.load(folder, mmap=True)
            if ranker.scores["num_docs"] != head["size"] or not _sound(ranker):
                raise SearchIndexError(f"词语索引 {folder} 已损坏,需要重建。")
            return cls(ranker, segmenter, head["size"])
        except (OSError, ValueError, KeyError, TypeError, EOFError) as error:
            raise SearchIndexError(f"词语索引 {folder} 不存在或已损坏,需要重建。") from error


def _sound(ranker: bm25s.BM25) -> bool:
    """Whether the arrays fit each other; their mapped contents are not read."""
    starts, values = ranker.scores["indptr"], ranker.scores["data"]
    fit = len(starts) == len(ranker.vocab_dict) + 1 and int(starts[-1]) == len(values) == len(ranker.scores["indices"])
    return bool(fit)
