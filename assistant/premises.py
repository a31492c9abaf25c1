"""What a question takes for granted, against what the clauses say: numbers with units, counts of grades, who does it.

Only a difference that can be shown word against word is named; everything else is left to the quoted clause.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.normalize import tidy
from ingest.numerals import to_int

_NUMBER = r"\d+|[零〇一二两三四五六七八九十百]+|半"
_UNITS = (
    ("时间", r"个?工作日|天|日(?!常)|周|星期|个?月(?!\d|份)|年(?!\d|初|底|末|度|的时候)"),
    ("次数", r"次|回"),
    ("等级", r"个?(?:档|等级|等次|级)次?"),
    ("数量", r"家|名|人(?!民|员|才)|位"),
    ("比例", r"%"),
)
_CLAIM = re.compile("|".join(rf"(?P<n{i}>{_NUMBER})(?P<u{i}>{unit})" for i, (_, unit) in enumerate(_UNITS)))
_GRADES = re.compile(r"分为((?:[^,。;、和]{1,6}、)+[^,。;、和]{1,6}和[^,。;、和]{1,6})")
_YEAR = re.compile(
    r"\d{4}\s*年(?:\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*[日号])?)?|\d{1,2}月\d{1,2}[日号]|第[零〇一二三四五六七八九十百\d]+[条款项章]"
)
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


def confirms(question: str) -> bool:
    """Whether the question states something and wants it confirmed."""
    return bool(_CONFIRM.search(tidy(question)))


def corrections(question: str, sentences: Sequence[str]) -> tuple[Correction, ...]:
    """Each number of `question` whose kind the quoted `sentences` give with another value, and none with the same."""
    written = [amount for sentence in sentences for amount in _amounts(sentence)]
    found: list[Correction] = []
    for claim in _amounts(_YEAR.sub(" ", tidy(question))):
        same_kind = [w for w in written if w.kind == claim.kind]
        if same_kind and not any(w.value == claim.value and w.unit == claim.unit for w in same_kind):
            found.append(Correction(claim.words, same_kind[0].words))
    return tuple(dict.fromkeys(found))


def _amounts(text: str) -> list[_Amount]:
    plain = _YEAR.sub(" ", tidy(text))
    found: list[_Amount] = []
    for m in _CLAIM.finditer(plain):
        place = next(i for i in range(len(_UNITS)) if m[f"n{i}"])
        number, unit = m[f"n{place}"], m[f"u{place}"].lstrip("个")
        try:
            value = 0.5 if number == "半" else float(to_int(number))
        except ValueError:
            continue
        if _UNITS[place][0] == "时间" and unit in ("天", "日"):
            unit = "天"
        if _UNITS[place][0] == "等级":
            unit = "档"
        found.append(_Amount(_UNITS[place][0], value, unit, m[0]))
    for m in _GRADES.finditer(text.replace(",", ",")):
        grades = re.split("[、和]", m[1])
        found.append(_Amount("等级", float(len(grades)), "档", m[1]))
    return found
