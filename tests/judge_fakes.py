"""Scripted models for judging, and packages for them to read."""

import threading
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from pydantic import BaseModel

from assistant.checking.check import Desk, check
from assistant.checking.judge import Judge
from assistant.checking.judge_reply import AspectReply, ConditionReply
from assistant.llm.schema import Filled, Prompt, Shape, Where
from assistant.llm.sent import Sent
from assistant.reports.schema import Finding, Report
from ingest.materials import Material
from tests.check_fakes import LICENCE, NAME, REGIONS, application, conditions, material
from tests.fakes import qingdao

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

DAY = date(2022, 5, 1)
FUNDS = "2021年度专项研究与开发经费支出合计512.60万元。"
TEAM = "现有专职服务人员18人,设诊断咨询、平台研发两个小组。"
SECRET = "与赋能企业签订保密协议,保密期限三年。"

Script = Callable[[Prompt], BaseModel]


class Scripted:
    """A model that answers as `script` says, and remembers what it was told."""

    def __init__(self, script: Script, *, where: Where = "local", context: int = 8192) -> None:
        self._script = script
        self._where: Where = where
        self._context = context
        self._turn = threading.Lock()
        self.told: list[Prompt] = []
        self.seconds: list[float] = []

    @property
    def name(self) -> str:
        return "scripted"

    @property
    def where(self) -> Where:
        return self._where

    @property
    def context(self) -> int:
        return self._context

    def fill(self, prompt: Prompt, shape: type[Shape], *, seconds: float, tokens: int = 400) -> Filled[Shape]:
        with self._turn:
            self.told.append(prompt)
            self.seconds.append(seconds)
        return Filled(shape.model_validate(self._script(prompt).model_dump()))

    def chat(self, *, seconds: float, tokens: int = 800) -> "BaseChatModel":
        raise AssertionError("neither judging nor wording chats")


def exhibits(prompt: Prompt) -> dict[int, str]:
    """The numbered exhibits of a prompt."""
    lines = [line for line in prompt.user.split("\n") if line.startswith("[")]
    return {int(line[1 : line.index("]")]): line[line.index("]") + 2 : line.rindex(" ——")] for line in lines}


def asked(prompt: Prompt) -> dict[int, list[int]]:
    """The aspects of a prompt and the numbers of their exhibits."""
    found: dict[int, list[int]] = {}
    for line in prompt.user.split("\n"):
        if "(摘录 " in line and line[0].isdigit():
            told = line[line.index("(摘录 ") + 4 : -1]
            found[int(line.split(".")[0])] = [int(each) for each in told.split("、")] if told != "无" else []
    return found


def careful(prompt: Prompt) -> ConditionReply:
    """What a good reader says: yes with the words of the first exhibit of each aspect, no where there is none."""
    shown = exhibits(prompt)
    replies = [
        AspectReply(aspect=at, supported="yes", exhibits=own[:1], quote=shown[own[0]][:30])
        if own
        else AspectReply(aspect=at, supported="no", exhibits=[], quote="")
        for at, own in asked(prompt).items()
    ]
    met = all(each.supported == "yes" for each in replies)
    return ConditionReply(aspects=replies, verdict="met" if met else "unclear")


def judge(
    model: Scripted, *, sent: Callable[[Sent], None] = lambda _: None, seconds: float = 20, parallel: int = 4
) -> Judge:
    return Judge(model, sent=sent, seconds=seconds, parallel=parallel)


def desk(judge: Judge | None) -> Desk:
    policy, source = qingdao()
    return Desk(policy, source, conditions(), REGIONS, judge=judge)


def paper(*lines: str, name: str = "服务能力说明.pdf") -> Material:
    return material(name, "\n".join((f"{NAME}服务能力说明", *lines)))


def checked(judge: Judge | None, *materials: Material) -> Report:
    return check(application(material("营业执照.pdf", LICENCE), *materials), desk(judge), as_of=DAY)


def finding(report: Report, condition: str) -> Finding:
    return next(each for each in report.findings if each.condition == condition)
