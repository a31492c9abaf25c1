"""What a model is told to word a draft's reasons, and the shape in which it answers."""

import secrets
from collections.abc import Sequence

from pydantic import BaseModel, Field

from assistant.agent.schema import Draft, DraftSentence
from assistant.consistency.injection import instruction
from assistant.drafting.schema import Sentence, Source
from assistant.drafting.sources import one_line, printed
from assistant.drafting.unchanged import VERBATIM
from assistant.llm.schema import Prompt
from prompts import render

PROMPT = "reasoning"
_KINDS = {"file": "材料", "report": "预审报告", "person": "初审人员", "form": "表单", "counted": "推算"}


class WordedSentence(BaseModel):
    """One sentence, and the key of the one whose wording it is."""

    text: str = Field(description="一个完整的中文句子")
    keys: list[str] = Field(description="它改写的句子的编号,只写一个,如C1")


class WordedReasons(BaseModel):
    """写出改写后的句子。"""

    sentences: list[WordedSentence]

    def draft(self) -> Draft:
        """The same outside of pydantic, each sentence on one line, with the stops of documents of office."""
        return Draft(True, tuple(DraftSentence(_stopped(each.text), tuple(each.keys)) for each in self.sentences))


def instructed(sentences: Sequence[Sentence]) -> bool:
    """Whether the sentences, or what they stand on, hold words that instruct a checker: no model is told those."""
    return any(
        instruction(words) is not None
        for sentence in sentences
        for words in (sentence.text, *(word for source in _told(sentence) for word in (source.label, source.quote)))
    )


def prompt(sentences: Sequence[Sentence]) -> Prompt:
    """What a model is asked; what comes from materials stands between two lines that are others every time. Who gave
    a verdict is not told."""
    lines = []
    for number, sentence in enumerate(sentences, 1):
        lines.append(f"[C{number}] {_line(sentence.text)}")
        for source in _told(sentence):
            where = "" if source.kind == "person" else f" {_line(source.label)}"
            lines.append(f"  出处({_KINDS[source.kind]}{where}):{_line(source.quote)}")
    told = "\n".join(lines)
    boundary = f"【{secrets.token_hex(6)}】"
    while boundary in told:
        boundary = f"【{secrets.token_hex(6)}】"
    user = render(f"{PROMPT}_sentences", sentences=told, boundary=boundary, count=len(sentences))
    return Prompt(PROMPT, render(PROMPT), user)


def _told(sentence: Sentence) -> tuple[Source, ...]:
    return tuple(source for source in sentence.sources if source.kind in _KINDS and source.quote)


def _stopped(text: str) -> str:
    """`text` as a sentence; what may not change stays as it is."""
    verbatim = VERBATIM.findall(text)
    rest = [printed(one_line(part)) for part in VERBATIM.split(text)]
    made = "".join(part + kept for part, kept in zip(rest, (*verbatim, ""), strict=True))
    return f"{made.rstrip('。；;.')}。" if made else ""


def _line(text: str) -> str:
    return " ".join(text.split())
