"""Scripted models that word the reasons of a draft, and a draft for them."""

import re
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from assistant.drafting.reasons import WordedReasons, WordedSentence
from assistant.drafting.schema import Opinion, Paragraph
from assistant.drafting.worded import Worded, worded
from assistant.drafting.write import draft
from assistant.llm.schema import Ability, Prompt
from assistant.llm.sent import Sent
from tests.drafting_fakes import FORMS, measure, said
from tests.judge_fakes import Scripted as Scripted
from tests.report_fakes import report

if TYPE_CHECKING:
    pass

Script = Callable[[Prompt], WordedReasons]
REASON = "第三方审计报告与申报书一致,专项经费512.60万元,不少于规定的500万元;承诺书未签字,拟于4月8日前补签"
OWN = f"核定理由：{REASON}。"
HONEST = (
    "经核定，第三方审计报告与申报书一致，专项经费为512.60万元，不少于规定的500万元；承诺书未签字，拟于4月8日前补签。"
)
OVERRIDES = (said("7.1", reason=REASON), said("7.9", "unmet", reason="承诺书没有签字"))


@cache
def opinion() -> Opinion:
    kind = measure().kind("推荐意见")
    return draft(kind, measure(), reports=[report()], overrides=OVERRIDES, form=FORMS["初审推荐意见"])


def given(prompt: Prompt) -> dict[str, str]:
    """The sentences of a prompt by their keys."""
    return dict(re.findall(r"^\[(C\d)\] (.+)$", prompt.user, re.MULTILINE))


def reply(*told: tuple[str, str]) -> WordedReasons:
    return WordedReasons(sentences=[WordedSentence(text=text, keys=[key]) for key, text in told])


def saying(text: str) -> Script:
    """The honest wording of everything but the long reason, which becomes `text`."""
    return lambda prompt: reply(*((key, text if own == OWN else own) for key, own in given(prompt).items()))


def by(model: Scripted, *, seconds: float = 20, base: Opinion | None = None, materials: bool = False) -> Worded:
    sent: list[Sent] = []
    made = worded(
        base or opinion(),
        model,
        ability=lambda: Ability(words=True),
        seconds=seconds,
        sent=sent.append,
        materials=materials,
    )
    assert len(sent) == (len(model.told) if model.where == "remote" else 0)
    return made


def texts(made: Opinion) -> list[str]:
    return [sentence.text for block in made.blocks if isinstance(block, Paragraph) for sentence in block.sentences]
