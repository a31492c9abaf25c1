"""Amounts of money in 元: 500万元, ￥1,200.50, 人民币伍佰万元整, 五百万元, and the units that headers name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from assistant.facts.width import flat
from ingest.numerals import to_int

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?"
_UNITS = {"": 1, "千": 10**3, "百万": 10**6, "千万": 10**7, "万": 10**4, "亿": 10**8, "万亿": 10**12}
_UNIT = "万亿|百万|千万|亿|万|千"
_AMOUNT = re.compile(
    rf"(?P<sign>[¥$]|人民币|RMB|CNY)?(?P<minus> *-)? *(?<![\d.])(?P<number>{_NUMBER}) *(?P<more>[余多来]|\+)? *"
    rf"(?:\( *(?=[万千百亿]*元 *\)))?(?P<unit>{_UNIT})? *(?P<yuan>元|圆|人民币)?(?P<after>[起左以内]|/)?",
    re.IGNORECASE,
)
_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_OTHER = str.maketrans("貳參陸萬億圓弍弎", "贰叁陆万亿圆贰叁")
_PLAIN = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
_CAPITALS = re.compile(
    r"(?:人民币 *[:：]? *)?(?P<yuan>[壹贰叁肆伍陆柒捌玖拾][零壹贰叁肆伍陆柒捌玖拾佰仟万亿 ]*|零) *[元圆]"
    r"(?: *零?(?P<jiao>[零壹贰叁肆伍陆柒捌玖]) *角)?(?: *零?(?P<fen>[零壹贰叁肆伍陆柒捌玖]) *分)?(?: *[整正])?"
)
_SMALL = re.compile(
    r"(?<![第一二三四五六七八九十百千万亿零两])(?P<yuan>[一二三四五六七八九十两][一二三四五六七八九十百千万亿零两]+)元[整正]?"
)
_ABOUT = re.compile(r"(?:约|近|超过?|逾|不少于|不低于|不超过|不高于|以上|至少|最高|最低|达到?|\d *[-~—至到]) *$")
_NAMED = re.compile(rf"单位 *[:为是]? *(?:人民币)? *(?P<unit>{_UNIT})?元|\( *(?:人民币)? *(?P<unit2>{_UNIT})?元 *\)")


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount at `start:end` of a text; `value` is in 元. `capitals`: written in 大写 numerals. `about`: no exact
    amount is told (约, 余, 不低于, 10-20万元)."""

    start: int
    end: int
    value: Decimal
    capitals: bool = False
    about: bool = False

    @property
    def text(self) -> str:
        """The value as a plain decimal string: 5126000, 0.5."""
        return plain(self.value)


def plain(value: Decimal) -> str:
    """A decimal without exponent and without zeros that say nothing."""
    written = format(value, "f")
    return written.rstrip("0").rstrip(".") if "." in written else written


def amounts(text: str) -> tuple[Amount, ...]:
    """All amounts in `text` that name their unit (or the currency), in order."""
    even = flat(text)
    return tuple(sorted((*_digits(even), *_capitals(even), *_small(even)), key=lambda one: one.start))


def _digits(text: str) -> Iterator[Amount]:
    for found in _AMOUNT.finditer(text):
        rest = text[found.end("number") :].lstrip()
        alone = found["unit"] and found["unit"] != "千" and not re.match(rf"(?:{_UNIT}) *[^\s,.;:)/、。；，）]", rest)
        if not (found["yuan"] or (found["sign"] and found["sign"] != "$") or alone) or found["sign"] == "$":
            continue
        value = Decimal(found["number"].replace(",", "")) * _UNITS[found["unit"] or ""]
        start = found.start() + len(found.group()) - len(found.group().lstrip())
        end = max(found.end("number"), found.end("unit"), found.end("yuan"))
        about = bool(
            found["more"] or found["after"] or found["minus"] or _ABOUT.search(text[max(0, start - 6) : start])
        )
        yield Amount(start, end, value, about=about)


def _capitals(text: str) -> Iterator[Amount]:
    for found in _CAPITALS.finditer(text.translate(_OTHER)):
        try:
            yuan = to_int(found["yuan"].translate(_PLAIN))
        except ValueError:
            continue
        jiao, fen = (_DIGITS.index(found[part]) if found[part] else 0 for part in ("jiao", "fen"))
        yield Amount(found.start(), found.end(), yuan + Decimal(10 * jiao + fen) / 100, capitals=True)


def _small(text: str) -> Iterator[Amount]:
    for found in _SMALL.finditer(text):
        try:
            value = Decimal(to_int(found["yuan"]))
        except ValueError:
            continue
        about = bool(_ABOUT.search(text[max(0, found.start() - 6) : found.start()]))
        yield Amount(found.start(), found.end(), value, about=about)


def named_unit(text: str) -> int | None:
    """How many 元 the unit is that a header or a note names (单位：万元, 金额（万元）: 10000); None if none."""
    found = _NAMED.search(flat(text))
    return _UNITS[found["unit"] or found["unit2"] or ""] if found else None


def noted_unit(text: str) -> int | None:
    """The unit that a note names for a whole table or form (单位：万元); the header of one column names none."""
    found = next((one for one in _NAMED.finditer(flat(text)) if one.group().startswith("单位")), None)
    return _UNITS[found["unit"] or ""] if found else None


def number(text: str) -> Decimal | None:
    """The value of a cell that holds a number and nothing else (1,200.50); None for any other."""
    found = re.fullmatch(rf"\s*[¥]?\s*(-?(?:{_NUMBER}))\s*", flat(text))
    return Decimal(found[1].replace(",", "")) if found else None
