"""A model that fails, hangs or cannot read so much leaves the findings as they were, and one line says so."""

import threading
from collections.abc import Callable

import pytest

from assistant.checking.judge_reply import ConditionReply
from assistant.errors import (
    ContextError,
    ModelError,
    ModelReplyError,
    ModelSettingError,
    ModelTimeout,
    ModelUnavailable,
)
from assistant.llm.schema import Prompt
from tests.judge_fakes import FUNDS, SECRET, TEAM, Scripted, careful, checked, exhibits, finding, judge, paper

WHOLE = (paper(FUNDS, TEAM, SECRET),)


def failing(error: Exception) -> Callable[[Prompt], ConditionReply]:
    def script(_prompt: Prompt) -> ConditionReply:
        raise error

    return script


def test_a_prompt_that_is_too_long_all_the_same_is_halved() -> None:
    def script(prompt: Prompt) -> ConditionReply:
        if len(exhibits(prompt)) > 1:
            raise ContextError("材料太长。")
        return careful(prompt)

    model = Scripted(script)
    report = checked(judge(model), *WHOLE)
    assert [len(exhibits(prompt)) for prompt in model.told if "第(二)项" in prompt.user] == [2, 1]
    assert finding(report, "7.2").decided_by == "llm"
    assert finding(report, "7.2").verdict == "unclear"


@pytest.mark.parametrize(
    "error",
    [
        ModelError("坏了。"),
        ModelSettingError("密钥不对,请检查 LLM_API_KEY。"),
        ModelUnavailable("连不上。"),
        ModelTimeout("太慢。"),
        ContextError("太长。"),
        ModelReplyError("不是 JSON。"),
    ],
)
def test_a_model_that_fails_changes_nothing_but_one_line(error: Exception) -> None:
    without, report = checked(None, *WHOLE), checked(judge(Scripted(failing(error))), *WHOLE)
    assert report.findings == without.findings
    (line,) = [notice.text for notice in report.notices if notice.kind == "model"]
    assert str(error).rstrip("。") in line
    assert "第七条第(二)项" in line


def test_a_model_that_hangs_costs_no_more_than_the_deadline() -> None:
    let_go = threading.Event()

    def script(prompt: Prompt) -> ConditionReply:
        if "第(二)项" in prompt.user:
            let_go.wait(30)
        return careful(prompt)

    report = checked(judge(Scripted(script, where="remote"), seconds=0.3), *WHOLE)
    let_go.set()
    assert finding(report, "7.2") == finding(checked(None, *WHOLE), "7.2")
    assert finding(report, "7.8").verdict == "met"
    (line,) = [notice.text for notice in report.notices if notice.kind == "model"]
    assert "第七条第(二)项没有得到" in line
    assert "第七条第(八)项的材料摘录" in line
