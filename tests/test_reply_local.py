"""A question through both ways of answering with a real small model: whatever it says, the answer stands."""

from datetime import date

import pytest

from assistant.agent.reply import reply
from assistant.agent.schema import Shown
from assistant.answering.answer import answer
from assistant.llm.local import LocalModel
from assistant.llm.schema import Ability
from ingest.library import Library
from tests.test_llm_local import real  # noqa: F401 (a fixture)

DAY = date(2022, 5, 1)
QUESTION = "更名要备案吗"


@pytest.mark.parametrize(
    "ability",
    [Ability(selects=True), Ability(words=True), Ability(words=True, tools=True)],
    ids=["select", "word", "agent"],
)
def test_a_real_model_leaves_a_verified_answer(
    ability: Ability,
    real: LocalModel,  # noqa: F811
    library_by_words: Library,
) -> None:
    *_, last = reply(QUESTION, library_by_words, real, ability=ability, as_of=DAY, seconds=120)
    assert isinstance(last, Shown)
    assert last.final
    composed = answer(QUESTION, library_by_words, as_of=DAY)
    assert {c.clause for c in last.answer.citations} >= {c.clause for c in composed.citations}
    assert "30个工作日" in last.answer.text
    if last.answer.model is None:
        assert [n.kind for n in last.answer.notices].count("model") == 1
