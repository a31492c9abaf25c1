"""What a question takes for granted, against what the clauses say: numbers with units, counts of grades, how often.

Only a difference that can be shown word against word is named; everything else is left to the quoted clause.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.normalize import tidy
from ingest.numerals import to_int

_NUMBER = r"\d+|[零〇一二两三四五六七八九十百]+|半"
_UNITS = (
    ("时间", r"个?工作日|个?自然日|天|日(?!常)|周|星期|个?月(?!\d|份)|年(?!\d|初|底|末|度|的时候)"),
    ("次数", r"次|回"),
    ("等级", r"个?(?:档|等级|等次|级)次?"),
    ("数量", r"家|名|人(?!民|员|才)|位"),
    ("比例", r"%"),
)
_CLAIM = re.compile("|".join(rf"(?P<n{i}>{_NUMBER})(?P<u{i}>{unit})" for i, (_, unit) in enumerate(_UNITS)))
_EVERY = re.compile(r"每(?:个)?(半年|[一两二三四五1-5]年|年|季度|月|周)|(半年)一[次回]")
_MONTHS = {"半年": 6.0, "年": 12.0, "季度": 3.0, "月": 1.0, "周": 0.25}
_AT_LEAST = re.compile(r"(?:至少|不少于|不低于|最少|起码)(?:要|得|需要?)?(?:联合)?\s*$")
_AT_MOST = re.compile(r"(?:不超过|至多|最多|不多于)\s*$")
_GRADES = re.compile(r"分为((?:[^,。;、和]{1,6}、)+[^,。;、和]{1,6}和[^,。;、和]{1,6})")
_YEAR = re.compile(
    r"[零〇一二三四五六七八九\d]{4}\s*年(?:\s*[一二三四五六七八九十\d]{1,2}\s*月(?:\s*[一二三四五六七八九十\d]{1,3}\s*[日号])?)?"
    r"|[一二三四五六七八九十\d]{1,2}月[一二三四五六七八九十\d]{1,3}[日号]|第[零〇一二三四五六七八九十百\d]+[条款项章]"
)
_BESIDE = 6  # characters on each side of a number that tell which number of a clause it is to be held against
_OWN = re.compile(r"(?:(?<![只共])有|成立|注册|经营|运营|[等干做过超晚迟拖])(?:了|已经?|才|着)*\s*$|[哪那这第头]$")
_LOOSE = re.compile(r"一(?:天|日|年)(?![之以]?内)")
_ONCE = re.compile(r"一[次回]")
"""What stands before a number that tells of the asker (我们有5家子公司,成立3年) or asks (哪一天), and numbers that only
sound like one (一年里; 一次, unless it is to be confirmed): none of them says what is prescribed."""
_CONFIRM = re.compile(
    r"(?:对吧|对吗|对不对|是吧|是吗|是不是|没错吧|吧|对么|是么|真的吗|吗|么|属实)[\s??!!。.]*$|听说|据说|不是说|有人说|是不是|是否"
)


@dataclass(frozen=True, slots=True)
class Correction:
    """The words of the question and the words of the clause that differ from them."""

    said: str
    written: str


@dataclass(frozen=True, slots=True)
class _Amount:
    kind: str
    value: float
    unit: str
    words: str
    around: frozenset[str]  # characters beside the number
    bound: int = 0  # 1 where the number is the least that is allowed, -1 the most

    def allows(self, claim: "_Amount") -> bool:
        """Whether a claimed amount of the same kind agrees with this one: 2家 with 至少1家, but not 至少3家."""
        if self.unit != claim.unit:
            return False
        return claim.value == self.value or (not claim.bound and (claim.value - self.value) * self.bound > 0)


def confirms(question: str) -> bool:
    """Whether the question states something and wants it confirmed."""
    return bool(_CONFIRM.search(tidy(question)))


def corrections(question: str, sentences: Sequence[str]) -> tuple[Correction, ...]:
    """Each number of `question` whose kind the quoted `sentences` give with another value, and none with the same."""
    written = [amount for sentence in sentences for amount in _amounts(sentence)]
    found: list[Correction] = []
    for claim in _amounts(question, claimed=True):
        same_kind = [w for w in written if w.kind == claim.kind]
        if same_kind and not any(w.allows(claim) for w in same_kind):
            meant = max(same_kind, key=lambda w: len(w.around & claim.around))
            found.append(Correction(claim.words, meant.words))
    return tuple(dict.fromkeys(found))


def _idle(question: str, start: int) -> bool:
    """Whether the number at `start` claims nothing of what is prescribed."""
    if _OWN.search(question[:start]) or _LOOSE.match(question, start):
        return True
    return bool(_ONCE.match(question, start)) and not confirms(question)


def _amounts(text: str, *, claimed: bool = False) -> list[_Amount]:
    plain = _YEAR.sub(" ", tidy(text))
    found: list[_Amount] = []
    for m in _CLAIM.finditer(plain):
        if claimed and _idle(plain, m.start()):
            continue
        place = next(i for i in range(len(_UNITS)) if m[f"n{i}"])
        number, unit = m[f"n{place}"], m[f"u{place}"].lstrip("个")
        try:
            value = 0.5 if number == "半" else float(to_int(number))
        except ValueError:
            continue
        unit = {"日": "天", "星期": "周", "回": "次"}.get(unit, unit)
        if _UNITS[place][0] == "等级":
            unit = "档"
        before = plain[: m.start()]
        bound = 1 if _AT_LEAST.search(before) else -1 if _AT_MOST.search(before) else 0
        around = frozenset(plain[max(0, m.start() - _BESIDE) : m.start()] + plain[m.end() : m.end() + _BESIDE])
        found.append(_Amount(_UNITS[place][0], value, unit, m[0], around, bound))
    for m in _EVERY.finditer(plain):
        span = m[1] or m[2]
        months = _MONTHS.get(span) or 12.0 * to_int(span[0])
        found.append(_Amount("频次", months, "月", m[0], frozenset()))
    for m in _GRADES.finditer(text.replace(",", ",")):
        grades = re.split("[、和]", m[1])
        found.append(_Amount("等级", float(len(grades)), "档", m[1], frozenset()))
    return found
