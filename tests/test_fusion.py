"""Fusion: what each kind of evidence may and may not change."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from ingest.fusion import Candidates, Weights, best_of, document_vote, fuse, pool, standardize

Array = NDArray[np.float64]
counts = st.integers(1, 30)
numbers = counts.flatmap(lambda n: arrays(np.float64, n, elements=st.floats(-1, 1)))


def candidates(words: Array, **more: object) -> Candidates:
    return dataclasses.replace(Candidates(np.arange(len(words)), words), **more)  # type: ignore[arg-type]


def test_nothing_found_is_no_error() -> None:
    assert fuse(candidates(np.array([]), clause=np.array([]))).shape == (0,)


def test_a_better_match_of_any_kind_ranks_higher() -> None:
    same = np.ones(3)
    better = np.array([0.2, 0.9, 0.2])
    assert fuse(candidates(better)).argmax() == 1
    assert fuse(candidates(same, clause=better)).argmax() == 1
    assert fuse(candidates(same, clause=same, sentence=better)).argmax() == 1


def test_without_an_embedder_the_words_decide() -> None:
    assert np.argsort(-fuse(candidates(np.array([1.0, 5.0, 3.0])))).tolist() == [1, 2, 0]


def test_a_clause_without_sentences_counts_as_its_own() -> None:
    clause, words = np.array([0.7, 0.5, 0.3]), np.zeros(3)
    missing = fuse(candidates(words, clause=clause, sentence=np.array([np.nan, 0.6, 0.2])))
    given_ = fuse(candidates(words, clause=clause, sentence=np.array([0.7, 0.6, 0.2])))
    assert missing.tolist() == given_.tolist()


def test_another_place_is_put_behind_an_equal_match() -> None:
    score = fuse(candidates(np.array([1.0, 1.0, 0.0]), elsewhere=np.array([True, False, False])))
    assert np.argsort(-score).tolist()[0] == 1


def test_a_document_that_matches_throughout_lifts_its_clauses() -> None:
    words = np.array([5.0, 5.0, 4.5, 4.5, 0.0, 0.0])
    score = fuse(Candidates(np.array([1, 2, 2, 2, 3, 4]), words))
    assert score.argmax() == 1


@given(numbers, st.floats(0, 0.99))
def test_one_document_is_ordered_by_its_clauses_alone(score: Array, share: float) -> None:
    vote = document_vote(score * 5, np.zeros(len(score), np.int64), spread=2.0)
    order = np.argsort(score, kind="stable")
    assert (np.diff((score * 5 + 2.0 * share * vote)[order]) >= -1e-9).all()


@given(numbers, st.floats(0.5, 20), st.floats(-5, 5))
def test_units_of_the_evidence_do_not_matter(words: Array, factor: float, shift: float) -> None:
    if words.std() < 1e-3:
        return
    assert np.allclose(fuse(candidates(words)), fuse(candidates(words * factor + shift)), atol=1e-5)


@given(numbers, st.randoms(use_true_random=False))
def test_the_order_of_candidates_does_not_matter(words: Array, random: st.DataObject) -> None:
    order = list(range(len(words)))
    random.shuffle(order)  # type: ignore[attr-defined]
    documents = np.arange(len(words)) % 3
    assert np.allclose(fuse(Candidates(documents, words))[order], fuse(Candidates(documents[order], words[order])))


def test_equal_values_say_nothing() -> None:
    assert standardize(np.full(4, 0.1, np.float32)).tolist() == [0, 0, 0, 0]


def test_best_of_rolls_sentences_up() -> None:
    best = best_of(np.array([0.1, 0.9, 0.4]), np.array([2, 0, 2]), 4)
    assert np.array_equal(best, [0.9, np.nan, 0.4, np.nan], equal_nan=True)


def test_a_pooled_question_lies_between_the_whole_and_its_parts() -> None:
    whole = np.array([1, 0, 0], np.float32)
    parts = np.array([[0, 1, 0], [0, 1, 0]], np.float32)
    assert pool(whole, parts) == pytest.approx([2**-0.5, 2**-0.5, 0])
    assert pool(whole, parts[:0]) is whole
    assert pool(whole, np.array([[0, 1, 0], [0, -1, 0]], np.float32)) is whole


def test_weights_that_could_reorder_a_document_are_refused() -> None:
    with pytest.raises(ValueError, match="spread"):
        Weights(document=2.0, spread=2.0)
