"""让模型润色理由 on the page: a new version with what the model changed told, or none and one sentence."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.drafting.worded import worded
from assistant.drafting.wording import words_for
from assistant.llm.schema import Ability
from assistant.llm.sent import SENT, SentRecord
from assistant.reports.store import ReportStore
from assistant.settings import AssistantSettings
from assistant.web.drafting.steps import Steps
from assistant.web.drafting.studio import Sitting, Studio, open_studio
from tests.drafting_page_fakes import PERSON, seed
from tests.fakes import CORPUS
from tests.test_drafting_steps import drafted, edit, last
from tests.wording_fakes import Script, Scripted, given, reply, texts

_BUTTON = "让模型润色理由"


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    seed(tmp_path)
    reports = ReportStore.at(tmp_path / "assistant.db")
    made = open_studio(CORPUS, reports, tmp_path / "assistant.db")
    yield made
    made.close()
    reports.close()


def with_model(studio: Studio, script: Script) -> tuple[Studio, Steps, Sitting]:
    model = Scripted(script)
    made = replace(
        studio,
        words=lambda opinion, *_: worded(
            opinion, model, ability=lambda: Ability(words=True), seconds=20, sent=lambda _: None
        ),
    )
    return made, *drafted(made)


def test_a_wording_becomes_the_next_version(studio: Studio) -> None:
    studio, steps, sitting = with_model(
        studio,
        lambda prompt: reply(*((key, own.replace("核定理由：", "经核定，")) for key, own in given(prompt).items())),
    )
    assert _BUTTON in steps.shown(sitting)[0]
    edit(studio, steps, sitting, act="polish")
    assert not sitting.fault
    assert (last(studio, sitting).number, last(studio, sitting).act) == (2, "edited")
    assert last(studio, sitting).note == "语言模型 scripted 润色 4 段理由"
    assert "每句话都有出处" in steps.shown(sitting)[0]
    assert any(each.startswith("经核定，现场看过原件") for each in texts(last(studio, sitting).opinion))
    edit(studio, steps, sitting, act="undo")
    assert last(studio, sitting).opinion == studio.versions.versions(sitting.draft)[0].opinion


def test_a_wording_that_says_something_else_is_not_kept(studio: Studio) -> None:
    studio, steps, sitting = with_model(
        studio, lambda prompt: reply(*((key, f"{own}建议优先支持。") for key, own in given(prompt).items()))
    )
    edit(studio, steps, sitting, act="polish")
    assert sitting.fault.startswith("没有保存新的一版。第七条第（一）项")
    assert last(studio, sitting).number == 1


def test_without_a_model_there_is_no_such_button(studio: Studio, tmp_path: Path) -> None:
    steps, sitting = drafted(studio)
    assert _BUTTON not in steps.shown(sitting)[0]
    edit(studio, steps, sitting, act="polish")
    assert sitting.fault == "没有可用的语言模型。"
    remote = Scripted(lambda _: reply(), where="remote")
    sent = SentRecord(tmp_path / SENT)
    assert words_for(AssistantSettings(), None, None, sent) is None
    assert words_for(AssistantSettings(), remote, Ability, sent) is None
    assert words_for(AssistantSettings(llm_materials=True), remote, Ability, sent) is not None
    assert last(studio, sitting).person == PERSON
