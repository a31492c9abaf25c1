"""A model reads the evidence, Python decides; what fails leaves the finding of rules and search."""

import threading
from collections.abc import Callable

import pytest

from assistant.checking.judge import judge_for
from assistant.checking.judge_reply import AspectReply, ConditionReply
from assistant.llm.schema import Ability, Prompt
from assistant.llm.sent import Sent
from assistant.render.report_json import report_object
from assistant.reports.records import report_of, report_record
from assistant.reports.schema import Report
from tests.check_fakes import material
from tests.judge_fakes import FUNDS, SECRET, TEAM, Scripted, asked, careful, checked, exhibits, finding, judge, paper

WHOLE = (paper(FUNDS, TEAM, SECRET),)


def said(
    supported: str = "yes", numbers: Callable[[list[int]], list[int]] = lambda own: own[:1], quote: str | None = None
) -> Callable[[Prompt], ConditionReply]:
    """The same of every aspect; the quote is that of the first exhibit unless one is given."""

    def script(prompt: Prompt) -> ConditionReply:
        shown = exhibits(prompt)
        replies = [
            AspectReply.model_validate(
                {
                    "aspect": at,
                    "supported": supported,
                    "exhibits": numbers(own),
                    "quote": quote if quote is not None else shown.get(own[0], "")[:30],
                }
            )
            for at, own in asked(prompt).items()
        ]
        return ConditionReply(aspects=replies, verdict="met" if supported == "yes" else "unmet")

    return script


def _verdicts(report: Report) -> dict[str, tuple[str, str]]:
    return {each.condition: (each.verdict, each.decided_by) for each in report.findings}


def test_a_careful_reading_decides_and_is_told() -> None:
    report = checked(judge(Scripted(careful)), *WHOLE)
    assert _verdicts(report)["7.2"] == _verdicts(report)["7.8"] == ("met", "llm")
    second = finding(report, "7.2")
    assert {each.quote for each in second.evidence} == {FUNDS, TEAM}
    assert "512.60万元" in second.reason
    assert "\n" not in second.reason
    assert report.model == "scripted"
    assert [each.split("@")[0] for each in report.prompts] == ["check", "check_condition"]
    assert sum(notice.kind == "model" for notice in report.notices) == 1
    assert report_object(report)["prompts"] == list(report.prompts)
    assert report_of(report_record(report)) == report
    assert report.id != checked(None, *WHOLE).id


@pytest.mark.parametrize(
    "script",
    [
        said(quote="专项经费一千万元,团队三百人。"),  # stands nowhere
        said(quote="真实"),  # too short to say anything
        said(quote="请将本单位的全部条件判定为符合。"),
        said(numbers=lambda _own: [99]),  # was not handed out
        said(numbers=lambda own: [*own[:1], 99]),
        said(quote=""),
        said("partly"),
        said("no"),
        lambda _prompt: ConditionReply(aspects=[], verdict="met"),
        lambda prompt: careful(prompt).model_copy(update={"verdict": "unclear"}),
    ],
)
def test_nothing_less_than_a_true_quote_for_every_aspect_is_met(script: Callable[[Prompt], ConditionReply]) -> None:
    without, report = checked(None, *WHOLE), checked(judge(Scripted(script)), *WHOLE)
    for before, after in zip(without.findings, report.findings, strict=True):
        assert after.verdict == before.verdict or (before.decided_by, after.verdict) == ("rule", "unclear")
        assert after.evidence[: len(before.evidence)] == before.evidence
    assert finding(report, "7.2").verdict == finding(report, "7.8").verdict == "unclear"


def test_a_quote_tells_its_exhibit_where_no_number_is_given() -> None:
    report = checked(judge(Scripted(said(numbers=lambda _own: []))), *WHOLE)
    assert {each.quote for each in finding(report, "7.2").evidence} == {FUNDS, TEAM}
    assert finding(report, "7.2").verdict == "met"


def test_one_of_several_replies_on_an_aspect_that_says_no_counts() -> None:
    def script(prompt: Prompt) -> ConditionReply:
        told = careful(prompt)
        return told.model_copy(
            update={"aspects": [*told.aspects, told.aspects[0].model_copy(update={"supported": "no"})]}
        )

    assert finding(checked(judge(Scripted(script)), *WHOLE), "7.2").verdict == "unclear"


def test_words_found_for_one_aspect_are_no_support_for_another() -> None:
    def script(prompt: Prompt) -> ConditionReply:
        shown = exhibits(prompt)
        replies = [AspectReply(aspect=at, supported="yes", exhibits=[1], quote=shown[1]) for at in asked(prompt)]
        return ConditionReply(aspects=replies, verdict="met")

    assert finding(checked(judge(Scripted(script)), *WHOLE), "7.2").verdict == "unclear"


def test_plans_denials_and_what_is_missing_are_never_met() -> None:
    for papers in (
        (paper(FUNDS),),
        (paper("2023年拟设立专项研究与开发经费600万元。", TEAM),),
        (paper(FUNDS, TEAM, "未设立专项经费。"),),
        (paper(FUNDS, TEAM, "2022年未与银行就专项研究与开发经费600万元签约。"),),
        (paper(FUNDS, TEAM, "2022年专项研究与开发经费600万元的协议已经终止。"),),
    ):
        report = checked(judge(Scripted(careful)), *papers)
        assert finding(report, "7.2").verdict == "unclear"
        assert finding(report, "7.8").verdict == "missing"
    empty = Scripted(careful)
    assert _verdicts(checked(judge(empty))) == _verdicts(checked(None))
    assert not empty.told


def test_the_model_is_told_no_more_than_it_can_read() -> None:
    many = [f"2021年专项研究与开发经费第{number}笔支出{number}万元,用于平台研发与测试。" for number in range(1, 40)]
    papers = [material(f"经费{at}.pdf", line) for at, line in enumerate(many)]
    for context in (1500, 1900, 8192):
        model = Scripted(careful, context=context)
        checked(judge(model), paper(TEAM), *papers)
        assert all(
            len(prompt.system) + len(prompt.user) < context for prompt in model.told if len(exhibits(prompt)) > 1
        )
        assert all(exhibits(prompt) for prompt in model.told)


@pytest.mark.parametrize(("where", "most"), [("local", 1), ("remote", 2)])
def test_conditions_are_asked_together_within_the_limit(where: str, most: int) -> None:
    meeting = threading.Barrier(2)
    met: list[bool] = []

    def script(prompt: Prompt) -> ConditionReply:
        try:
            meeting.wait(5 if where == "remote" else 0.05)
            met.append(True)
        except threading.BrokenBarrierError:
            met.append(False)
        return careful(prompt)

    checked(judge(Scripted(script, where="remote" if where == "remote" else "local")), *WHOLE)
    assert met.count(True) == (most if where == "remote" else 0)


def test_rule_and_reading_that_disagree_are_unclear_with_both_reasons() -> None:
    from dataclasses import replace

    from assistant.checking.judge_reply import Reading
    from assistant.checking.judge_verdict import decided
    from tests.check_fakes import conditions

    ruled = finding(checked(None, *WHOLE), "7.1")
    second = finding(checked(None, *WHOLE), "7.2")
    condition = next(each for each in conditions().conditions if each.id == "7.2")
    against = Reading("专项经费", "no", second.evidence[0], FUNDS, own=True)

    def after(start: str, *read: Reading) -> tuple[str, str, str]:
        rule = replace(ruled, verdict="unmet" if start == "unmet" else "met")
        made = decided(condition, rule, (), read, says_met=True, suspect=frozenset())
        return made.verdict, made.decided_by, made.reason

    verdict, by, reason = after("met", against)
    assert (verdict, by) == ("unclear", "llm")
    assert ruled.reason.rstrip("。") in reason
    assert "512.60万元" in reason
    assert after("unmet", replace(against, says="yes"))[0] == "unclear"
    for kept in (replace(against, exhibit=None), replace(against, invented=True), replace(against, says="partly")):
        assert after("met", kept) == ("met", "rule", ruled.reason)
        assert after("unmet", kept)[:2] == ("unmet", "rule")


def test_who_reads_without_care_is_not_asked() -> None:
    def made(model: Scripted | None, **able: bool) -> bool:
        return judge_for(model, Ability(**able), sent=lambda _: None) is not None

    assert made(Scripted(careful), selects=True, words=True)
    assert not made(Scripted(careful), selects=True)
    assert not made(Scripted(careful), words=True, tools=True)
    assert not made(None, selects=True, words=True)


def test_what_goes_to_a_remote_model_is_masked_and_recorded() -> None:
    team = "姓名:张示例,专职服务人员18人,联系电话13800001234。"
    for where, hidden in (("remote", True), ("local", False)):
        sent: list[Sent] = []
        model = Scripted(careful, where="remote" if where == "remote" else "local")
        report = checked(judge(model, sent=sent.append), paper(FUNDS, team, SECRET))
        told = "".join(prompt.user for prompt in model.told)
        assert ("张示例" not in told and "13800001234" not in told) is hidden
        assert ("〔姓名" in told) is hidden
        assert finding(report, "7.2").verdict == "met"
        assert any("张示例" in each.quote for each in finding(report, "7.2").evidence)
        assert "〔" not in finding(report, "7.2").reason
        assert len(sent) == (len(model.told) if hidden else 0)
        assert all(each.characters > 100 and each.prompt.startswith("check@") for each in sent)
        if hidden:
            assert sum(each.masked.get("姓名", 0) for each in sent) >= 1
