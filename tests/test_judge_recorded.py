"""What follows from the replies that the real local model gave: recorded, so that no test has to load it."""

import json

import pytest

from assistant.checking.judge_reply import ConditionReply
from assistant.errors import ModelTimeout
from assistant.llm.schema import Prompt
from tests.judge_fakes import Scripted, checked, finding, judge, paper
from tests.judge_recorded import FILE, PACKAGES, label

_RECORD = json.loads(FILE.read_text("utf-8"))


@pytest.mark.parametrize("name", PACKAGES)
def test_a_small_model_makes_nothing_met_that_the_package_does_not_show(name: str) -> None:
    replies = _RECORD["replies"][name]

    def script(prompt: Prompt) -> ConditionReply:
        if label(prompt) not in replies:
            raise ModelTimeout("没有录下这一项的答复。")
        return ConditionReply.model_validate(replies[label(prompt)])

    papers = (paper(*PACKAGES[name]),)
    without, report = checked(None, *papers), checked(judge(Scripted(script)), *papers)
    assert replies
    verdicts = {each.condition: each.verdict for each in report.findings}
    changed = {
        each for each, before in zip(verdicts, without.findings, strict=True) if verdicts[each] != before.verdict
    }
    may = {"齐全": {"7.2", "7.8"}, "只有经费": set(), "只有计划": set(), "写明没有": set()}.get(name, {"7.8"})
    assert {each for each in changed if verdicts[each] == "met"} <= may
    assert "unmet" not in verdicts.values()
    assert all(verdicts[each] in ("met", "unclear") for each in changed)
    read = finding(report, "7.2")
    assert read.decided_by == "llm"
    assert read.evidence
