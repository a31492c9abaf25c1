"""Whether a part of a sentence joins what two parts of a clause keep apart: 对评价优秀的给予通报."""

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise

from assistant.agent.schema import Complaint, DraftSentence
from assistant.agent.verification.numbers import numbers
from assistant.agent.verification.pairs import cases
from assistant.agent.verification.roles import actors
from assistant.agent.verification.support import unseen
from assistant.agent.verification.text import Basis, grams, nearest, plain, share

_DIGITS = re.compile(r"[\d年月日]+")
_EQUALS = re.compile("属于|视为|等同于|等于|算作|算是|视同")
_LEVEL = frozenset("省市区县国")
_BRACKET = re.compile(r"\([^()]*\)")
_FUNCTION = re.compile("[的和与及或等了在由对为]")
_JOINS = re.compile("[、和及与并或]")
_BESIDES = re.compile("(?:以外|之外|除.*外)的?其他")
_LEADS = re.compile("下列|以下|如下")


@lru_cache(maxsize=4096)
def _parallel(one: str, other: str) -> bool:
    """Whether two parts of a clause are of one mould: at least two stretches in common, in the same order, or a long
    one."""
    one, other = _DIGITS.sub("", one), _DIGITS.sub("", other)
    found = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    sizes = [block.size for block in found if block.size > 1]
    long = any(block.size > 5 and "的" in one[block.a : block.a + block.size] for block in found)
    return (len(sizes) > 1 or long) and sum(sizes) >= max(4, 0.4 * min(len(one), len(other)))


def _own(told: frozenset[str], one: str, other: str) -> int:
    """How many pairs of `told` only `one` of two parts has, without those of 的 and the like."""
    return sum(not _FUNCTION.search(pair) for pair in told & (grams(one) - grams(other)))


def crossed(sentence: DraftSentence, base: Basis) -> Iterator[Complaint]:
    """Parts that begin in one sentence of a clause and end in another: 逾期未报送评价材料的给予通报."""
    held = [case for stretch in base.stretches for case in cases(stretch)]
    for part in base.cut(plain(sentence.text)):
        bare = part
        for number in numbers(part):
            bare = bare.replace(number.words, "\n")
        own = [pair for pair in pairwise(bare) if "".join(pair) in grams(bare) and not _FUNCTION.search("".join(pair))]
        told = ["".join(pair) for pair in own]
        if not told or part in base.pieces or _BESIDES.search(part):
            continue
        best = max(held, key=lambda s: len(set(told) & grams(s)), default="")
        left = [n for n, pair in enumerate(told) if pair not in grams(best)]
        for other in held if not _LEADS.search(best) else ():
            if _LEADS.search(other) or _items(best, other, part, base):
                continue  # an item goes with the words that lead to it
            alone = [n for n in left if told[n] in grams(other)]
            apart = told[0] not in grams(best) and sum(pair not in grams(other) for pair in set(told) & grams(best)) > 2
            last = alone[-1:] == [len(told) - 1] and len(told) > 3 and bool(unseen(told[-1], "", {})[1])
            last = last and not any({told[0], told[-1]} <= grams(s) for s in held)
            split = last or (len(alone) >= 2 and (alone[0] >= len(told) / 2 or alone[-1] < len(told) / 2))
            if min(len(best), len(other)) > 7 and (split or (len(alone) > 1 and alone[0] == 0 and apart)):
                yield Complaint(
                    "contradiction", sentence.text[:80], f"“{part[:40]}”把“{best[:40]}”和“{other[:40]}”混在一起了。"
                )
                return


def _items(one: str, other: str, part: str, base: Basis) -> bool:
    """Whether a part joins two items of one list as its head does: with 或 where any will do, else without."""
    if not (one.startswith("(") and other.startswith("(") and _JOINS.search(part)):
        return False
    return "之一" in base.text or "或" not in part


def equated(sentence: DraftSentence, base: Basis) -> Iterator[Complaint]:
    """属于 and 视为 between what no sentence of a clause names together: 更名属于其他调整."""
    for part in base.cut(plain(sentence.text)):
        head, _, tail = _EQUALS.sub("\n", part, count=1).partition("\n")
        held = grams(base.text)
        one, other = _content(head) & held, _content(tail) & held
        if (
            one
            and other
            and not any(
                len(one & grams(s)) >= 0.5 * len(one) and len(other & grams(s)) >= 0.5 * len(other)
                for s in base.stretches
            )
        ):
            yield Complaint("contradiction", sentence.text[:80], f"条款没有说“{head[-20:]}”就是“{tail[:20]}”。")


def _content(words: str) -> frozenset[str]:
    return frozenset(pair for pair in grams(words) if not _FUNCTION.search(pair))


def replaced(sentence: DraftSentence, base: Basis, aliases: Mapping[str, Sequence[str]]) -> Iterator[Complaint]:
    """Parts that are a part of a clause with one word for another: 对评价良好的给予支持."""
    for part in base.cut(plain(sentence.text)):
        for whole in (nearest(part, base.pieces),) if part not in base.pieces else ():
            piece = _BRACKET.sub("", whole)
            if len(grams(part) & grams(piece)) < 0.5 * len(grams(part)):
                continue
            part = _BRACKET.sub("", part)
            steps = SequenceMatcher(None, piece, part, autojunk=False).get_opcodes()
            for before, (step, a, b, c, d), after in zip(steps, steps[1:], steps[2:], strict=False):
                kept = before[0] == after[0] == "equal" and min(before[2] - before[1], after[2] - after[1]) > 1
                swapped = b - a == d - c == 1 and before[2] - before[1] > 2
                if swapped and unseen(piece[a:b], "", {})[1] and unseen(part[c:d], "", {})[1]:  # 公告 for 公示
                    a, c = a - 1, c - 1
                if (
                    step != "replace"
                    or not kept
                    or 0 < part.count(part[c:d]) <= piece.count(part[c:d])  # only moved
                    or unseen(part[c:d], "", {})[0]
                    or not (1 < b - a < 7 and (1 < d - c < 7 or part[c:d] in _LEVEL))
                ):
                    continue
                if (
                    unseen(part[c:d], "", aliases)[1]
                    and unseen(piece[a:b], "", {})[1]
                    and not any(piece[a:b] in term for term in aliases.get(part[c:d], ()))
                ):
                    yield Complaint(
                        "contradiction", sentence.text[:80], f"条款写的是“{piece[a:b]}”,不是“{part[c:d]}”:“{piece}”。"
                    )
                    return


def mixed(sentence: DraftSentence, base: Basis) -> Iterator[Complaint]:
    """Parts that take the case from one of two parallel parts of a clause and the outcome from the other."""
    pairs = [
        (one, other)
        for place, one in enumerate(base.pieces)
        for other in base.pieces[place + 1 :]
        if len(grams(one) & grams(other)) >= 3 and _parallel(one, other)
    ]
    for part in base.cut(plain(sentence.text).replace("、", ",")):
        opening = actors(part)[0].name if actors(part) else ""
        own = grams(part) - (grams(opening) if f"简称{opening})" in base.text else frozenset())
        for one, other in pairs if part not in base.pieces and not _BESIDES.search(part) else ():
            first, second = _own(own, one, other), _own(own, other, one)
            whole = share(one, part) + share(other, part) >= 1.6  # both are told, one after the other
            if (
                not whole
                and first > 1
                and second > 1
                and own & grams(one) & grams(other)
                and not any(own <= grams(p) for p in base.pieces)
            ):
                yield Complaint("contradiction", sentence.text[:80], f"“{part[:40]}”把“{one}”和“{other}”混在一起了。")
                return
