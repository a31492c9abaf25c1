"""Sentences that say what a text does not say: true only when no clause that was handed out says it."""

import re
from collections.abc import Iterator, Sequence

from assistant.agent.schema import Complaint, DraftSentence, Handed
from assistant.agent.verification.text import grams, plain, stretches, words
from assistant.answering.answer_types import asked

SILENT = re.compile(
    r"(?:没有?|未|并未|尚未|无)(?:作出|做出|作|做|进行|给出)?(?:明确|具体|专门|直接|另外?)?(?:的|地)?"
    r"(?:规定|明确|写明|写到|提到|提及|涉及|说明|列明|载明|限定|相关规定|有关规定)"
)
_AROUND = re.compile(
    r"本办法|该办法|《[^》]*》|办法|条款|条文|所引|对于?|关于|就|的|中|里|具体|明确|也|均|都|并|[,。;:]"
)
_KIND = re.compile("金额|期限|时限|天数|时间|日期|比例|数量|名额|标准|分数|电话|联系方式|地址|这一点|只|规定")
_SURE = frozenset(("amount", "duration", "date", "share", "score", "contact", "person", "name", "place", "form"))


def silence(sentence: DraftSentence, handed: Sequence[Handed], question: str) -> Iterator[Complaint]:
    """A silence that a handed clause breaks."""
    text = plain(sentence.text)
    if any(text.rstrip(".。;") in words(given.clause) for given in handed):
        return
    found = SILENT.search(text)
    if not found:
        return
    topic = _AROUND.sub("", text[: found.start()] + text[found.end() :])
    kinds = [t for t in dict.fromkeys((*asked(question), *asked(f"{topic}是多少"))) if t.kind in _SURE]
    named = _KIND.sub("\n", topic)
    known = any(grams(named) & grams(words(given.clause)) for given in handed)
    for given in handed:
        for stretch in stretches(words(given.clause)):
            near = len(grams(topic) & grams(stretch)) / max(1, len(grams(topic)))
            about = not known or grams(named) & grams(stretch)  # 这一点 may be anything that was asked
            value = next((m for t in kinds if about and (m := t.holds.search(stretch))), None)
            if value or (near >= 0.75 and len(grams(topic)) >= 3):
                shown = value[0] if value else stretch[:40]
                yield Complaint("contradiction", sentence.text[:80], f"{given.clause.label}写了:“{shown}”。")
                return
