"""Whether a part of a sentence joins what two parts of a clause keep apart: 对评价优秀的给予通报."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache

from assistant.agent.schema import Complaint, DraftSentence
from assistant.agent.verify_text import Basis, grams, parts, plain

_FUNCTION = re.compile("[的和与及或等了在由对为]")


@lru_cache(maxsize=4096)
def _parallel(one: str, other: str) -> bool:
    """Whether two parts of a clause are of one mould: at least two stretches in common, in the same order."""
    found = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    sizes = [block.size for block in found if block.size > 1]
    return len(sizes) > 1 and sum(sizes) >= max(4, 0.4 * min(len(one), len(other)))


def _own(told: frozenset[str], one: str, other: str) -> int:
    """How many pairs of `told` only `one` of two parts has, without those of 的 and the like."""
    return sum(not _FUNCTION.search(pair) for pair in told & (grams(one) - grams(other)))


def mixed(sentence: DraftSentence, base: Basis) -> Iterator[Complaint]:
    """Parts that take the case from one of two parallel parts of a clause and the outcome from the other."""
    pairs = [
        (one, other)
        for place, one in enumerate(base.pieces)
        for other in base.pieces[place + 1 :]
        if len(grams(one) & grams(other)) >= 3 and _parallel(one, other)
    ]
    for part in parts(plain(sentence.text).replace("、", ",")):
        own = grams(part)
        for one, other in pairs if part not in base.pieces else ():
            first, second = _own(own, one, other), _own(own, other, one)
            if (
                first > 1
                and second > 1
                and own & grams(one) & grams(other)
                and not any(own <= grams(p) for p in base.pieces)
            ):
                yield Complaint("contradiction", sentence.text[:80], f"“{part[:40]}”把“{one}”和“{other}”混在一起了。")
                return
