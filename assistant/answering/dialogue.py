"""A follow-up ("那高校呢?", "期限呢?") made whole from the conversation; a new topic is left alone."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.schema import Turn
from ingest.normalize import tidy
from ingest.references import Reference, references

_TURNS = 4  # how many of the user's turns are looked back on
_OPENING = re.compile(
    r"^(?:那么?|还有|另外|以及|然后|再|如果|要是|万一|假如|换成|哦|嗯|好的?|对了|可是|但是?|所以|比如)[,,\s]*"
)
_POINTING = re.compile(
    r"(?:它|他们?|她|其中?|这个?|那个?|这些|那些|该|此|上述|上面|前面|前者|后者|刚才|刚刚)(?![个份]?(?:办法|文件|政策|中心|赋能|通知|系统))"
)
_ENDING = re.compile(r"(?:呢|呐)[\s??!!。.]*$")
_NEIGHBOUR = re.compile(r"([上下前后])一([条项])")
_EDGES = " ?!。.,"
_FRAGMENT = 8  # characters up to which a question in a conversation is never taken as whole
_SELF_CONTAINED = 14  # characters from which a question without pointing words is taken as whole


@dataclass(frozen=True, slots=True)
class Standalone:
    """`text` is searched; `before` is the earlier question it leans on; `article` the last article spoken of."""

    text: str
    before: str | None = None
    article: Reference | None = None


def standalone(question: str, history: Sequence[Turn]) -> Standalone:
    """`question` with what it leans on in the conversation."""
    asked = [turn.content for turn in history if turn.role == "user"][-_TURNS:]
    if not asked:
        return Standalone(question)
    spoken = next((r for turn in reversed(history) for r in references(turn.content) if r.article), None)
    if spoken and spoken.article and (m := _NEIGHBOUR.search(tidy(question))):
        step = 1 if m[1] in "下后" else -1
        if m[2] == "条":
            return Standalone(f"第{spoken.article + step}条")
        if spoken.item:
            return Standalone(f"第{spoken.article}条第{spoken.item + step}项")
    if not leans(question):
        return Standalone(question, article=spoken)
    before = next((text for text in reversed(asked) if not _points(text)), asked[0])
    return Standalone(question, before=before, article=spoken)


def leans(question: str) -> bool:
    """Whether `question` says too little to be understood alone."""
    return _points(question) or len(_bare(question)) <= _FRAGMENT


def _points(question: str) -> bool:
    """Whether `question` points back to what was said before it."""
    text, bare = tidy(question), _bare(question)
    core = _OPENING.sub("", text)
    if _ENDING.search(text) and len(bare) <= 2 * _SELF_CONTAINED:
        return True
    if core != text and len(bare) <= _SELF_CONTAINED:
        return True
    return bool(_POINTING.search(text)) and len(bare) <= 2 * _SELF_CONTAINED


def _bare(question: str) -> str:
    return re.sub(r"[\s??!!。.,,]", "", tidy(question))


def topic(question: str) -> str:
    """The words of a follow-up without its opening and ending: 那高校呢? → 高校."""
    return _ENDING.sub("", _OPENING.sub("", tidy(question))).strip(_EDGES)
