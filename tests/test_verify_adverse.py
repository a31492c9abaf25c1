"""Drafts that say what no clause says are caught, and say precisely what stands nowhere."""

from pathlib import Path

import pytest

from assistant.agent.verification.verify import verify
from ingest.glossary import Glossary, load_glossary
from tests.adversary import Trial, adverse
from tests.fakes import CORPUS

LEAST = {False: 1.0, True: 0.91}
"""The share that is caught: of the drafts that were tuned on, and of the third that was never looked at."""


@pytest.fixture(scope="module")
def glossary() -> Glossary:
    return load_glossary(Path(CORPUS) / "glossary.yaml")


def caught(trial: Trial, glossary: Glossary) -> bool:
    return bool(verify(trial.draft, trial.handed, trial.question, as_of=trial.as_of, glossary=glossary))


def test_there_are_enough_drafts() -> None:
    assert len(adverse()) >= 120


@pytest.mark.parametrize("aside", [False, True])
def test_lies_are_caught(aside: bool, glossary: Glossary) -> None:
    results = [caught(trial, glossary) for trial in adverse() if trial.aside == aside]
    print(f"adverse, {'aside' if aside else 'tuning'}: {sum(results)} of {len(results)} caught")
    assert sum(results) >= LEAST[aside] * len(results)
