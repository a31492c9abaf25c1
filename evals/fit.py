"""Fit the weights of `assistant.answering.coverage` on the tuning part of the cases: `python -m evals fit`.

One logistic regression for each set-up: with and without an embedder, with and without known ways of asking.
"""

from collections.abc import Sequence
from dataclasses import astuple, dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_predict

from assistant.answering.answer_types import asked
from assistant.answering.coverage import signals
from assistant.answering.question import read_question
from assistant.answering.retrieve import retrieve
from evals.cases import Case
from ingest.library import Library

_STRENGTH = 1.0  # C of the regression: inverse of the L2 penalty, on standardised signals


@dataclass(frozen=True, slots=True)
class Fit:
    """`refused_uncovered` and `refused_covered` are cross-validated (10 folds) at probability one half."""

    cases: int
    bias: float
    values: tuple[float, ...]
    refused_uncovered: float
    refused_covered: float


def fit(cases: Sequence[Case], library: Library) -> Fit:
    """The weights for the set-up of `library`, from those `cases` that are decided by coverage."""
    rows: list[tuple[float, ...]] = []
    labels: list[bool] = []
    shelf = library.shelf()
    for case in cases:
        read = read_question(case.q)
        if read.kind != "policy":
            continue
        got = retrieve(read.text, library, shelf=shelf, history=case.history, as_of=case.as_of)
        if got.referred or got.absent or got.validity:
            continue
        whole = f"{got.question.before or ''}{got.question.text}"
        rows.append(astuple(signals(whole, got.found, shelf, asked(got.text))))
        labels.append(case.status == "answered")
    values, covered = np.array(rows), np.array(labels)
    centre, spread = values.mean(0), values.std(0) + 1e-9
    model = LogisticRegression(C=_STRENGTH, class_weight="balanced", max_iter=1000)
    scaled = (values - centre) / spread
    judged = cross_val_predict(model, scaled, covered, cv=10)
    model.fit(scaled, covered)
    weights = model.coef_[0] / spread
    bias = float(model.intercept_[0] - weights @ centre)
    return Fit(
        len(rows),
        round(bias, 2),
        tuple(round(float(w), 2) for w in weights),
        float((~judged[~covered]).mean()),
        float((~judged[covered]).mean()),
    )
