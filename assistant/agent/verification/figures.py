"""Whether each number of a sentence stands in its clauses, with the same bounds and about the same thing."""

import re
from collections.abc import Iterator, Sequence

from assistant.agent.schema import Complaint, DraftSentence
from assistant.agent.verification.numbers import TIME, Number, numbers
from assistant.agent.verification.support import unseen
from assistant.agent.verification.text import Basis, grams, parts, plain, stretches

_OWN = re.compile(r"您|你|提到|所说|问题中|贵")
_DENIED = re.compile(r"(?:不是|并非|而非|而不是|不为)$")
_LISTED = re.compile(
    r"(?:[^、,。;:()]{1,14}、)+[^、,。;:()]{1,14}?(?:(?:和|及|以及|与|或)[^、,。;:()]{1,10})?(?=[,。;:)\n等]|$)"
)
_BOUNDS = re.compile("至少|最少|不少于|不低于|不超过|最高|以上|以下|以内|之内|连续|累计")
_WITHIN = re.compile("^(?:以内|之内|内)")
_SINCE = re.compile("(?P<what>[\u3400-\u9fff]{2,4})(?:之|以)?后的?第?$")
_RUNS = re.compile("起|算|自|从|后|前")
_COUNTED = frozenset(("", "级", "个", "项", "类", "种", "条", "点", "步", "方面", "份", "件"))
_KEPT = {"running": "连续", "total": "累计"}
_SAYS = {"least": "至少", "most": "不超过", "running": "连续", "total": "累计", "later": "之后", "ago": "之前"}


def figures(sentence: DraftSentence, base: Basis, question: str) -> Iterator[Complaint]:
    """Numbers that no cited clause has, or has with another bound (至少, 以内, 连续), or says of something else."""
    text, place = plain(sentence.text), sentence.text[:80]
    held = numbers(base.text)
    asked = {(n.value, n.unit) for n in numbers(plain(question))}
    for own in numbers(text):
        told = own.place[: own.place.find(own.words)]
        if (own.value, own.unit) in asked and (_OWN.search(own.place) or _DENIED.search(told)):
            continue
        same = [h for h in held if h.value == own.value and _same_unit(own, h)]
        if not same:
            if not _counted(own, text, base):
                yield Complaint("number", place, f"“{own.words}”在所引条款中没有{_instead(own, held)}。")
            continue
        if all(wrong := [_bounded(own, h) for h in same]):
            yield Complaint("number", place, f"“{own.words}”与条款不符:{wrong[0]}。")
        elif _contrasted(own, held, text):
            continue
        elif all("每月" in {n.unit for n in numbers(h.place)} for h in same) and not _often(text):
            yield Complaint("number", place, f"漏了“每年”一类的词:条款写的是“{same[0].place}”。")
        elif all(anchors := [_anchor(own, h) for h in same]):
            yield Complaint("number", place, f"“{own.words}”不是从“{anchors[0]}”算起:条款写的是“{same[0].place}”。")
        elif after := _turned(own, same, base):
            yield Complaint("number", place, f"“{own.words}”不是“{after}”的期限:条款写的是“{same[0].place}”。")
        elif other := _misplaced(own, same, held, text, base):
            yield Complaint("number", place, f"“{own.words}”在条款中说的是别的事;条款写的是“{other.place}”。")
    if "原则上" in base.text and "原则上" not in text:
        yield from _principle(text, base, place)
    yield from _dropped(text, held, place)


def _contrasted(own: Number, held: Sequence[Number], text: str) -> bool:
    """Whether a single time is told beside the 连续两次 of the clauses, from which it differs."""
    running = [n for n in numbers(text) if n.unit == own.unit and "running" in n.marks]
    return (
        own.value == 1
        and own.unit == "次"
        and any(n.value == h.value and "running" in h.marks for n in running for h in held)
    )


def _same_unit(own: Number, held: Number) -> bool:
    return own.unit == held.unit or (not own.unit and held.unit == "元" and own.value >= 1000)


def _instead(own: Number, held: Sequence[Number]) -> str:
    near = [h for h in held if (h.unit == own.unit or {h.unit, own.unit} <= TIME) and h.unit != "每月"]
    return f",条款写的是“{near[0].words}”" if len({h.words for h in near}) == 1 else ""


def _bounded(own: Number, held: Number) -> str:
    """What is wrong with the bounds of a number against one of the same value; "" when nothing is."""
    for mark in ("least", "most", "running", "total", "later", "ago"):
        if mark in own.marks and mark not in held.marks:
            return f"条款没有说“{_SAYS[mark]}”"
    if "least" in own.marks & held.marks and ("over" in own.marks) != ("over" in held.marks):
        return "“超过”不是“不少于”"
    for mark in ("least", "running", "total"):
        if mark in held.marks and mark not in own.marks:
            return f"漏了“{_SAYS[mark]}”"
    if "most" in held.marks and "most" not in own.marks and own.unit not in TIME:
        return "漏了“不超过”或“最高”"
    if {"from", "until"} <= (own.marks | held.marks) and not own.marks & held.marks & {"from", "until"}:
        return "“前”与“后”相反"
    return ""


def _counted(own: Number, text: str, base: Basis) -> bool:
    """Whether a count is that of a list in the clauses which the sentence gives or speaks of: 四个等级, 十项条件."""
    if own.unit not in _COUNTED:
        return False
    items = sum(given.clause.item is not None for given in base.cited)
    marks = [len(re.findall(r"^\([一二三四五六七八九十\d]+\)", part, re.MULTILINE)) for part in base.texts]
    if own.value > 1 and own.value in (items, *marks):
        return True
    for found in _LISTED.finditer(base.text):
        members = re.split(r"、|以及|和|及|与|或", re.sub(r"^.*(?:分为|包括|包含|以下)", "", found[0]))
        given = sum(len(m) > 1 and m in text for m in members)
        said = "分为" in base.text[: found.start()][-4:] + found[0]
        if len(members) == own.value and (given >= 2 or (said and own.unit == "级")):
            return True
    return False


def _misplaced(own: Number, same: Sequence[Number], held: Sequence[Number], text: str, base: Basis) -> Number | None:
    """The number of the same unit that the clauses give for what the sentence speaks of, when it is another one."""
    about = _about(own)
    tail = own.place[own.place.rfind(own.words) + len(own.words) :]
    if own.unit == "次" and len(tail) > 1 and all(unseen(tail, h.place, {})[0] <= 0.5 for h in same):
        return same[0]  # 每年开展一次认定, where the clause has 每年开展一次评价
    others = [h for h in held if h.unit == own.unit and h.value != own.value]

    def nearness(number: Number) -> int:
        return len(about & _about(number))

    best = max(map(nearness, same))
    elsewhere = max((h for h in held if h.value != own.value), key=nearness, default=None)
    if best == 0 and elsewhere is not None and nearness(elsewhere) >= 3:
        return elsewhere
    rival = max(others, key=nearness, default=None)
    if rival is not None and nearness(rival) >= best + 2 and nearness(rival) > 1.4 * best:
        return rival
    return None


def _often(text: str) -> bool:
    return any(number.unit == "每月" for number in numbers(text)) or "每" in text or "年度" in text


def _anchor(own: Number, held: Number) -> str:
    """What a term runs from here, where the clause has it run from something else; "" when nothing."""
    told = _SINCE.search(own.place[: own.place.find(own.words)])
    source = held.place[: held.place.find(held.words)]
    runs = told and own.unit in TIME and _SINCE.search(source)
    return told["what"] if told and runs and not grams(told["what"]) & grams(source) else ""


def _turned(own: Number, same: Sequence[Number], base: Basis) -> str:
    """What follows a number of days here and in the clause only precedes it: 30个工作日内办理变更; "" when nothing."""
    tail = _WITHIN.sub("", own.place[own.place.rfind(own.words) + len(own.words) :])
    if own.unit not in TIME or _RUNS.search(tail):
        return ""
    for held in same:
        stretch = next((s for s in base.stretches if held.place in s), held.place)
        before, _, after = stretch.partition(held.words)
        if not grams(tail) & grams(before) - grams(after) or grams(tail) & grams(after):
            return ""
    return tail


def _about(number: Number) -> frozenset[str]:
    """What the part around a number is about: its pairs without the number and what bounds it."""
    return grams(_BOUNDS.sub("\n", number.place.replace(number.words, "\n")))


def _principle(text: str, base: Basis, place: str) -> Iterator[Complaint]:
    """原则上 left out of the sentence that it softens."""
    for stretch in base.stretches:
        if "原则上" not in stretch:
            continue
        piece = next(p for p in parts(stretch) if "原则上" in p)
        rest = piece.replace("原则上", "\n")
        for part in parts(text):
            if len(grams(part) & grams(rest)) >= 0.6 * len(grams(rest)):
                yield Complaint("number", place, f"漏了“原则上”:条款写的是“{piece}”。")


def _dropped(text: str, held: Sequence[Number], place: str) -> Iterator[Complaint]:
    """连续两次 or 累计 left out where the sentence tells the rest of that part of the clause."""
    said = numbers(text)
    for mark, word in _KEPT.items():
        bounded = [number for number in held if mark in number.marks]
        for part in parts(text) if bounded else ():
            if word in part and not any(n.place == part and mark in n.marks for n in said):
                yield Complaint("number", place, f"“{word}”说的是“{bounded[0].words}”:“{bounded[0].place}”。")
    for number in held:
        kept = [word for mark, word in _KEPT.items() if mark in number.marks]
        if not kept or any(n.value == number.value and n.unit == number.unit for n in said):
            continue
        rest = grams(number.place.replace(number.words, "\n").replace(kept[0], "\n"))
        outcome = number.place[number.place.find(number.words) + len(number.words) :][-6:]
        for stretch in stretches(text):
            for part in parts(stretch):
                own = grams(part)
                if len(own & rest) >= 0.6 * len(rest) and own & grams(outcome):
                    yield Complaint("number", place, f"漏了“{kept[0]}{number.words}”:条款写的是“{number.place}”。")
