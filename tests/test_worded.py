"""The evaluation with a model counts the same measures on both sides, and what only the model has."""

from pathlib import Path

import pytest

from evals import worded
from evals.cases import load_cases
from ingest.library import Library
from tests.fakes import ScriptedModel

CASES = load_cases()


def test_a_sample_is_the_same_every_time_and_part_of_the_larger_one() -> None:
    small, large = worded.sample(CASES, 20), worded.sample(CASES, 40)
    assert small == large[:20] == worded.sample(reversed(CASES), 20)
    assert len(worded.sample(CASES, None)) == len(CASES)


@pytest.mark.parametrize(("ids", "worse"), [([0], True), ([1], False)])
def test_both_sides_are_measured(ids: list[int], worse: bool, library_by_words: Library) -> None:
    model = ScriptedModel(*([{"ids": ids}] * 12))
    done = worded.run(worded.sample(CASES, 12), library_by_words, model, ability=worded.PATHS["select"], seconds=30)
    numbers = worded.summary(done, library_by_words)
    assert numbers["without"].keys() < numbers["with"].keys()
    assert numbers["with"]["questions"] == numbers["without"]["questions"] == 12
    assert numbers["with"]["quotes_hold"] == 1.0
    assert bool(worded.worse(numbers)) == worse
    assert "有模型" in worded.table({"tuning": numbers})


def test_a_model_that_fails_falls_back_and_is_counted(library_by_words: Library) -> None:
    cases = [case for case in CASES if case.q == "更名后多久备案" or case.kind == "plain"][:3]
    done = worded.run(cases, library_by_words, ScriptedModel(), ability=worded.PATHS["word"], seconds=30)
    numbers = worded.summary(done, library_by_words)
    assert numbers["with"]["fallback"] == 1.0
    assert numbers["with"]["facts_present"] == numbers["without"]["facts_present"]


def test_worse_is_told_by_name() -> None:
    without = {"facts_present": 0.9, "refused_uncovered": 0.9}
    assert worded.worse({"without": without, "with": {**without, "facts_present": 0.8}}) == [
        "facts_present 有模型时为 0.8,无模型时为 0.9"
    ]


def test_prompts_of_answers_are_there() -> None:
    folder = Path(worded.__file__).parent.parent / "prompts"
    assert {"select.md", "select_question.md", "answer.md", "answer_question.md", "tools.md", "retry.md"} <= {
        path.name for path in folder.glob("*.md")
    }
