"""Drafts as a careful clerk would write them are let through."""

from pathlib import Path

import pytest

from assistant.agent.verification.verify import verify
from ingest.glossary import Glossary, load_glossary
from tests.adversary import Trial, honest
from tests.fakes import CORPUS

LEAST = {
    ("honest", False): 0.98,
    ("honest", True): 0.85,
    ("honest_second", False): 0.9,
    ("honest_second", True): 0.8,
    ("honest_third", False): 0.9,
    ("honest_third", True): 0.83,
    ("honest_fourth", False): 0.9,
    ("honest_fourth", True): 0.8,
}
"""The share that passes: of the drafts that were tuned on, and of the third that was never looked at."""


@pytest.fixture(scope="module")
def glossary() -> Glossary:
    return load_glossary(Path(CORPUS) / "glossary.yaml")


def passes(trial: Trial, glossary: Glossary) -> bool:
    return not verify(trial.draft, trial.handed, trial.question, as_of=trial.as_of, glossary=glossary)


def test_there_are_enough_drafts() -> None:
    assert len(honest()) >= 60
    assert len(honest("honest_second")) >= 60


@pytest.mark.parametrize("aside", [False, True])
@pytest.mark.parametrize("name", ["honest", "honest_second", "honest_third", "honest_fourth"])
def test_honest_drafts_are_let_through(name: str, aside: bool, glossary: Glossary) -> None:
    results = [passes(trial, glossary) for trial in honest(name) if trial.aside == aside]
    print(f"{name}, {'aside' if aside else 'tuning'}: {sum(results)} of {len(results)} let through")
    assert sum(results) >= LEAST[name, aside] * len(results)


def test_nine_of_ten_honest_drafts_are_let_through(glossary: Glossary) -> None:
    results = [passes(trial, glossary) for trial in honest()]
    assert sum(results) >= 0.9 * len(results)


def test_every_sentence_of_the_measure_stands_on_itself(glossary: Glossary) -> None:
    from assistant.agent.schema import Draft, DraftSentence, Handed
    from ingest.chunking import sentence_spans
    from tests.adversary import measures

    stopped = []
    for policy, clauses in measures().values():
        for clause in clauses.values():
            if not clause.leaf or clause.kind not in ("article", "paragraph", "item"):
                continue
            for start, end in sentence_spans(clause):
                words = clause.text[start - clause.start : end - clause.start]
                draft = Draft(True, (DraftSentence(words, ("C1",)),))
                day = policy.effective
                assert day
                if found := verify(draft, (Handed("C1", policy, clause),), "怎么规定的", as_of=day, glossary=glossary):
                    stopped.append((clause.id, words, found))
    assert not stopped
