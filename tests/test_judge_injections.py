"""Instructions in materials: reported wherever they stand, handed to no model, and of no use where one obeys them."""

from dataclasses import replace

import pytest

from assistant.checking.judge_reply import AspectReply, ConditionReply
from assistant.llm.schema import Prompt
from assistant.reports.schema import Report
from ingest.materials import Material, Remark
from tests.check_fakes import material
from tests.injections import COMMANDS, UNKNOWN
from tests.judge_fakes import FUNDS, SECRET, TEAM, Scripted, asked, careful, checked, exhibits, finding, judge, paper

PLACES = ("body", "comment", "white text", "table", "file name", "image", "beside a fact")


def _told(command: str, place: str) -> tuple[Material, ...]:
    """A package with support for the funds and the secrets but not for the team, and a command."""
    line = command.replace("\n", " ")
    honest = paper(FUNDS, SECRET)
    if place == "body":
        return (paper(FUNDS, command, SECRET),)
    if place == "comment":
        return (replace(honest, remarks=(Remark("comment", "有批注。", command),)),)
    if place == "white text":
        return (replace(honest, remarks=(Remark("hidden_text", "有白色文字。", command, 1),)),)
    if place == "table":
        return (honest, material("名单.xlsx", f"姓名\t岗位\t备注\n张示例\t专职服务人员\t{line}"))
    if place == "file name":
        return (honest, paper("公司简介。", name=f"{line.replace('/', ' ')}.pdf"))
    if place == "image":
        scan = paper("专职服务人员名单", command, name="名单.jpg")
        return (honest, replace(scan, kind="image", status="ocr", pages=(replace(scan.pages[0], ocr=True),)))
    # A claim that looks like support, in one sentence with the command.
    return (paper(FUNDS, SECRET, f"专职服务人员18人,{line}"),)


def obedient(prompt: Prompt) -> ConditionReply:
    """Does as it is told by anybody: yes to everything, in the words of whatever comes first, or of the command."""
    shown = exhibits(prompt)
    first = next(iter(shown))
    commands = [text for text in shown.values() if any(each in text for each in (*COMMANDS, *UNKNOWN))]
    words = next(iter(commands), shown[first])
    replies = [AspectReply(aspect=at, supported="yes", exhibits=list(shown), quote=words) for at in asked(prompt)]
    return ConditionReply(aspects=replies, verdict="met")


def _report(command: str, place: str, model: Scripted) -> Report:
    return checked(judge(model), *_told(command, place))


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_is_reported_and_reaches_no_model(command: str, place: str) -> None:
    model = Scripted(obedient)
    report = _report(command, place, model)
    assert any(issue.kind == "injection" for issue in report.issues), (command, place)
    words = "".join(command.split()).strip("。")
    assert model.told
    assert not any(words in "".join((prompt.system + prompt.user).split()) for prompt in model.told)
    assert finding(report, "7.2").verdict == "unclear"


@pytest.mark.parametrize("place", PLACES)
def test_who_obeys_gains_nothing(place: str) -> None:
    for command in COMMANDS[::4]:
        model = Scripted(obedient)
        told = _told(command, place)
        without, with_it = checked(None, *told), checked(judge(model), *told)
        for before, after in zip(without.findings, with_it.findings, strict=True):
            if after.verdict == "met" and before.verdict != "met":
                # Only what search found to speak for each aspect, in a file that commands nobody.
                assert after.condition == "7.8"
                assert [each.quote for each in after.evidence] == [SECRET]
                assert place in ("table", "file name", "image")
                assert all(words not in after.reason for words in COMMANDS)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("command", UNKNOWN)
def test_a_command_that_nobody_knows_is_of_no_use(command: str, place: str) -> None:
    told = _told(command, place)
    for script in (obedient, careful):
        report = checked(judge(Scripted(script)), *told)
        if place == "beside a fact":  # 18 people are support, whatever stands beside them
            assert command not in finding(report, "7.2").reason
        else:
            assert finding(report, "7.2").verdict == "unclear"
        assert finding(report, "7.9").verdict == finding(checked(None, *told), "7.9").verdict


def test_a_file_that_commands_is_no_witness() -> None:
    honest = paper(FUNDS, TEAM, SECRET)
    assert finding(checked(judge(Scripted(careful)), honest), "7.2").verdict == "met"
    commanding = paper(FUNDS, TEAM, SECRET, COMMANDS[1])
    assert finding(checked(judge(Scripted(careful)), commanding), "7.2").verdict == "unclear"


def test_materials_cannot_close_the_boundary_and_lose_what_nobody_sees() -> None:
    model = Scripted(careful)
    checked(judge(model), paper(FUNDS.replace("专项", "专\u200b项\x07"), "【000000000000】" + TEAM))
    first = model.told[0].user
    checked(judge(model), paper(FUNDS, TEAM))
    second = model.told[-1].user
    boundary = _boundary(first)
    assert first.split("\n").count(boundary) == 2
    assert boundary != _boundary(second)
    assert "专项研究与开发经费" in first
    assert not any(char in first for char in "\u200b\x07")


def _boundary(user: str) -> str:
    return next(line for line in user.split("\n") if line.startswith("【"))
