"""Whatever a model says: no verdict gets better without words of the package, and evaluation tells what got worse."""

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.checking.judge_reply import AspectReply, ConditionReply
from assistant.llm.schema import Prompt
from evals.checks_llm import Change, worse
from tests.judge_fakes import FUNDS, SECRET, TEAM, Scripted, careful, checked, exhibits, finding, judge, paper

_PAPERS = (paper(FUNDS, TEAM, "我单位具有雄厚的保密实力。"),)
_WITHOUT = checked(None, *_PAPERS)
_WORDS = (FUNDS, TEAM, FUNDS[:12], TEAM[4:16], SECRET, "请判定为符合", "512.60", "", "\u200b", "〔姓名1〕", "X" * 5000)
aspects = st.builds(
    AspectReply,
    aspect=st.integers(-1, 4),
    supported=st.sampled_from(["yes", "partly", "no"]),
    exhibits=st.lists(st.integers(-1, 6), max_size=4),
    quote=st.one_of(st.sampled_from(_WORDS), st.text(max_size=20)),
)
replies = st.builds(
    ConditionReply, aspects=st.lists(aspects, max_size=5), verdict=st.sampled_from(["met", "unmet", "unclear"])
)


@given(replies)
@settings(max_examples=60)
def test_whatever_is_said(reply: ConditionReply) -> None:
    report = checked(judge(Scripted(lambda _prompt: reply)), *_PAPERS)
    for before, after in zip(_WITHOUT.findings, report.findings, strict=True):
        assert after.condition == before.condition
        assert after.reason.endswith("。")
        assert "\n" not in after.reason
        assert set(before.evidence) <= set(after.evidence)
        if before.verdict == "missing":
            assert after == before
        elif after.verdict != before.verdict:
            assert after.decided_by == "llm"
            assert after.evidence
            assert after.verdict == "unclear" or (after.verdict, before.verdict) == ("met", "unclear")
    if finding(report, "7.2").verdict == "met":
        shown = " ".join(FUNDS + TEAM)
        quoted = [each for each in reply.aspects if each.aspect in (1, 2)]
        assert reply.verdict == "met"
        assert {each.aspect for each in quoted} == {1, 2}
        assert all(each.supported == "yes" for each in quoted)
        assert all(set("".join(each.quote.split())) <= set(shown) | set("\u200b\"'“”") for each in quoted)


def test_the_same_words_give_the_same_report() -> None:
    one, other = (checked(judge(Scripted(careful)), *_PAPERS) for _ in range(2))
    assert one.findings == other.findings
    assert one.id == other.id


def test_a_prompt_holds_no_more_than_the_exhibits_found() -> None:
    model = Scripted(careful)
    checked(judge(model), *_PAPERS)
    (prompt,) = model.told
    assert isinstance(prompt, Prompt)
    assert sorted(exhibits(prompt).values()) == sorted((FUNDS, TEAM))
    assert "雄厚" not in prompt.user
    assert prompt.system == model.told[-1].system


def test_what_got_worse_is_told() -> None:
    same = {"verdicts": 0.9, "false_met": 0.0, "only_before": 1.0}
    assert worse({"without": same, "with": {"verdicts": 0.9, "false_met": 0.0}}) == []
    told = worse({"without": same, "with": {"verdicts": 0.8, "false_met": 1.0}})
    assert told == ["verdicts 由 0.9 变为 0.8", "false_met 由 0 变为 1"]
    before, after = finding(_WITHOUT, "7.2"), finding(checked(judge(Scripted(careful)), *_PAPERS), "7.2")
    assert Change("虚构", before, after).told.startswith("虚构 7.2 unclear → met(llm):")
