"""The thresholds of support: sentences of honest drafts on their own clauses, and on clauses of other things."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from assistant.agent.verification.support import Embed, meant, supported
from assistant.agent.verification.text import basis
from ingest.library import Library
from tests.adversary import honest

PRECISION, RECALL = 0.98, 0.95


def judged(aside: bool, embed: Embed | None) -> Iterator[tuple[bool, bool]]:
    """(whether the clause is another one, whether the sentence is stopped) for each sentence and handed clause."""
    for trial in honest():
        for sentence in trial.draft.sentences if trial.aside == aside else ():
            others = [(given.key,) for given in trial.handed if given.key not in sentence.keys]
            for keys in (sentence.keys, *others):
                claimed = replace(sentence, keys=keys)
                base = basis(claimed, trial.handed)
                stopped = any(supported(claimed, base, trial.handed, {}))
                if embed is not None and not stopped:
                    stopped = any(meant(((claimed, base),), {}, embed))
                yield keys != sentence.keys, stopped


def scores(aside: bool, embed: Embed | None) -> tuple[float, float]:
    rows = list(judged(aside, embed))
    right = sum(other and stopped for other, stopped in rows)
    precision, recall = right / sum(stopped for _, stopped in rows), right / sum(other for other, _ in rows)
    print(f"support, {'aside' if aside else 'tuning'}: precision {precision:.3f}, recall {recall:.3f}")
    return precision, recall


@pytest.mark.parametrize("aside", [False, True])
def test_sentences_on_other_clauses_are_stopped_by_words(aside: bool) -> None:
    precision, recall = scores(aside, None)
    assert precision >= PRECISION
    assert recall >= RECALL


@pytest.mark.parametrize("aside", [False, True])
def test_meaning_stops_no_honest_sentence_that_words_let_through(aside: bool, library_by_vectors: Library) -> None:
    embedder = library_by_vectors.embedder
    assert embedder is not None
    precision, recall = scores(aside, embedder.embed)
    assert precision >= PRECISION
    assert recall >= RECALL
