"""Drafts that say what no clause says are caught, and say precisely what stands nowhere."""

from pathlib import Path

import pytest

from assistant.agent.verification.verify import verify
from ingest.glossary import Glossary, load_glossary
from tests.adversary import Trial, adverse
from tests.fakes import CORPUS

LEAST = {
    ("adverse", False): 1.0,
    ("adverse", True): 0.92,
    ("adverse_second", False): 0.99,
    ("adverse_second", True): 0.92,
    ("adverse_third", False): 0.99,
    ("adverse_third", True): 0.92,
    ("adverse_fourth", False): 0.99,
    ("adverse_fourth", True): 0.84,
}
"""The share that is caught: of the drafts that were tuned on, and of the third that was never looked at."""
CHECKABLE = frozenset(("article", "number", "date", "name", "key", "quote", "version"))
SECOND = frozenset(
    f"second {kind}"
    for kind in ("article", "date", "name", "day kind", "quantity", "deadline", "other quantity", "other deadline")
)


@pytest.fixture(scope="module")
def glossary() -> Glossary:
    return load_glossary(Path(CORPUS) / "glossary.yaml")


def caught(trial: Trial, glossary: Glossary) -> bool:
    return bool(verify(trial.draft, trial.handed, trial.question, as_of=trial.as_of, glossary=glossary))


def test_there_are_enough_drafts() -> None:
    assert len(adverse()) >= 120
    assert len(adverse("adverse_second")) >= 120


@pytest.mark.parametrize("aside", [False, True])
@pytest.mark.parametrize("name", ["adverse", "adverse_second", "adverse_third", "adverse_fourth"])
def test_lies_are_caught(name: str, aside: bool, glossary: Glossary) -> None:
    results = [caught(trial, glossary) for trial in adverse(name) if trial.aside == aside]
    print(f"{name}, {'aside' if aside else 'tuning'}: {sum(results)} of {len(results)} caught")
    assert sum(results) >= LEAST[name, aside] * len(results)


def test_what_rules_can_check_never_passes(glossary: Glossary) -> None:
    trials = [*adverse(), *adverse("adverse_second"), *adverse("adverse_third")]
    passed = [
        t.text
        for t in trials
        if t.kind in CHECKABLE | SECOND | {"third day kind", "third deadline"} and not caught(t, glossary)
    ]
    assert not passed
