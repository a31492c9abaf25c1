"""Numbers of a sheet as they are shown: number formats of ECMA-376 18.8.30 and 18.8.31, with those of Chinese Excel."""

import operator
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal, DecimalException
from functools import lru_cache

from ingest.numerals import to_chinese

BUILTIN = {
    number: code
    for code, numbers in {
        "0": (1,),
        "0.00": (2,),
        "#,##0": (3, 37, 38, 41),
        "#,##0.00": (4, 39, 40, 43),
        "¥#,##0": (42,),
        "¥#,##0.00": (44,),
        "0%": (9,),
        "0.00%": (10,),
        "yyyy-m-d": (14, 15, 30, 31),
        "yyyy-m": (17, 27, 36, 50, 52, 57),
        "m-d": (16, 28, 29, 51, 53, 54, 58),
        "yyyy-m-d h:mm": (22,),
        "h:mm": (18, 20, 32, 34, 55),
        "h:mm:ss": (19, 21, 33, 35, 45, 47, 56),
        "[h]:mm:ss": (46,),
    }.items()
    for number in numbers
}
"""numFmtId → a format of the same parts; 27 to 58 as Chinese Excel has them"""

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|[_*](?P<skipped>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General|G/通用格式)|(?P<science>[eE][+-])|(?P<noon>AM/PM|A/P|上午/下午)"
    r"|(?P<date>[yYeE]+|[mM]+|[dD]+|[hH]+|[sS]+|a{3,4}|b{2,4})|(?P<digit>[0#?])|(?P<mark>[.,%/@])|(?P<other>.)",
    re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)")
_COMPARE = {
    "<=": operator.le,
    ">=": operator.ge,
    "<>": operator.ne,
    "<": operator.lt,
    ">": operator.gt,
    "=": operator.eq,
}
_FORMAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
_FIFTEEN = Context(prec=15)


@dataclass(frozen=True, slots=True)
class _Section:
    """One of the parts of a format that ";" sets apart. `dates` are the letters of the day and time it shows."""

    tokens: tuple[tuple[str, str], ...]
    dates: frozenset[str]
    condition: tuple[str, Decimal] | None
    numerals: str


@lru_cache(maxsize=4096)  # days and shares come again and again
def shown(raw: str, code: str, *, date1904: bool = False) -> str:
    """The number `raw` under the format `code` ("" is General). A day is always 2022-01-10, whichever order the format
    has; a number of many digits is never 1.23E+17. Text that is no number comes back as it is."""
    try:
        value = Decimal(raw)
        if not value.is_finite():
            return raw
        sections = _sections(code)
        section, magnitude = _chosen(sections, value)
        if section.dates:
            return _day(value, section, date1904)
        return _number(magnitude, section, raw if magnitude == value else raw.lstrip("-"))
    except (DecimalException, OverflowError, ValueError):
        return raw


def hides_all(code: str) -> bool:
    """Whether the format shows no number at all, as ";;;" does."""
    return ";" in code and not any(section.tokens for section in _sections(code)[:3])


@lru_cache(maxsize=4096)
def _sections(code: str) -> tuple[_Section, ...]:
    parts: list[list[tuple[str, str]]] = [[]]
    for match in _TOKEN.finditer(code or "General"):
        name = match.lastgroup or "quoted"
        if name == "other" and match["other"] == ";":
            parts.append([])
        else:
            parts[-1].append((name, match[name] or ""))
    return tuple(map(_section, parts))


def _section(tokens: list[tuple[str, str]]) -> _Section:
    dates: set[str] = set()
    condition, numerals = None, ""
    kept: list[tuple[str, str]] = []
    for name, words in tokens:
        if name == "date":
            dates.add({"e": "y", "b": "y"}.get(words[0].lower(), words[0].lower()))
        elif name == "bracket" and words.lower().strip("hms") == "" and words:
            dates.add("elapsed")
        elif name == "bracket" and (match := _CONDITION.fullmatch(words)):
            condition = (match[1], Decimal(match[2]))
        elif name == "bracket" and words.startswith("DBNum"):
            numerals = words
        elif name == "bracket" and words.startswith("$"):
            kept.append(("quoted", words[1:].split("-")[0]))
        elif name not in ("bracket", "skipped", "noon"):
            kept.append((name, words))
    if any(name == "general" for name, _ in kept):
        dates.clear()
    return _Section(tuple(kept), frozenset(dates), condition, numerals)


def _chosen(sections: tuple[_Section, ...], value: Decimal) -> tuple[_Section, Decimal]:
    """The section for `value`, and what it prints: without its sign where a section of its own is for negatives."""
    if any(section.condition for section in sections):
        for section in sections[:3]:
            if section.condition is None or _COMPARE[section.condition[0]](value, section.condition[1]):
                return section, value
        return sections[-1], value
    if value < 0 and len(sections) > 1:
        return sections[1], -value
    if value == 0 and len(sections) > 2:
        return sections[2], value
    return sections[0], value


def _day(value: Decimal, section: _Section, date1904: bool) -> str:
    has = section.dates
    if not 0 <= value < 2_958_466:  # the year 10000
        return plain(str(value))
    seconds = int((value * 86_400).quantize(Decimal(1), ROUND_HALF_UP))
    if "elapsed" in has:
        text = f"{seconds // 3600}:{seconds // 60 % 60:02}"
        return f"{text}:{seconds % 60:02}" if "s" in has else text
    # 1900 is taken for a leap year: before March the count is one day behind.
    start = datetime(1904, 1, 1) if date1904 else datetime(1899, 12, 30 if value >= 60 else 31)
    moment = start + timedelta(seconds=seconds)
    time = "h" in has or "s" in has
    month = "m" in has and ("y" in has or "d" in has or not time)
    if "y" in has and month and "d" not in has:
        parts = [f"{moment.year}年{moment.month}月"]
    elif month and "y" not in has:
        parts = [f"{moment.month}月{moment.day}日" if "d" in has else f"{moment.month}月"]
    elif "y" in has and not month and "d" not in has:
        parts = [f"{moment.year}"]
    else:
        parts = [] if time and "d" not in has else [f"{moment:%Y-%m-%d}"]
    if time:
        parts.append(f"{moment:%H:%M:%S}" if "s" in has else f"{moment:%H:%M}")
    return " ".join(parts)


def plain(raw: str) -> str:
    """A number with all its digits: no exponent, no ".0", and no digits that only the binary form has."""
    if raw.lstrip("-").isdigit():
        return raw
    return f"{_FIFTEEN.create_decimal(raw).normalize():f}"


def _number(value: Decimal, section: _Section, raw: str) -> str:
    tokens = section.tokens
    names = [name for name, _ in tokens]
    marks = {words for name, words in tokens if name == "mark"}
    if "digit" not in names or "science" in names or "/" in marks:
        body = _numerals(plain(raw), section.numerals)
        if "science" in names or "/" in marks:
            return body
        words = "".join(body if name == "general" or words == "@" else words for name, words in tokens)
        return (words or "").strip()
    return _filled(value, section)


def _filled(value: Decimal, section: _Section) -> str:
    """The digits of `value` in the places that the format keeps for them."""
    tokens = section.tokens
    digits = [place for place, (name, _) in enumerate(tokens) if name == "digit"]
    point = next((p for p, token in enumerate(tokens) if token == ("mark", ".") and p > digits[0] - 2), len(tokens))
    whole, fraction = [p for p in digits if p < point], [p for p in digits if p > point]
    commas = [p for p, token in enumerate(tokens) if token == ("mark", ",")]
    scale = sum(p > (whole or digits)[-1] for p in commas)
    shift = 2 * tokens.count(("mark", "%")) - 3 * scale
    rounded = abs(value.scaleb(shift)).quantize(Decimal(1).scaleb(-len(fraction)), ROUND_HALF_UP)
    ahead, _, behind = f"{rounded:f}".partition(".")
    ahead = ahead.lstrip("0").rjust(sum(tokens[p][1] == "0" for p in whole), "0")
    if any(whole and whole[0] < p < whole[-1] for p in commas):
        ahead = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", ",", ahead)
        whole = whole[:1]
    least = max((n for n, p in enumerate(fraction, 1) if tokens[p][1] == "0"), default=0)
    behind = behind[:least] + behind[least:].rstrip("0")
    printed = dict.fromkeys(digits, "")
    for place in reversed(whole[1:]):
        printed[place], ahead = ahead[-1:], ahead[:-1]
    if whole:
        printed[whole[0]] = ahead
    printed.update(dict(zip(fraction, behind, strict=False)))
    parts: list[str] = []
    for place, (name, words) in enumerate(tokens):
        if name == "digit":
            parts.append(printed[place])
        elif (name, words) == ("mark", "."):
            parts.append("." if behind else "")
        elif (name, words) != ("mark", ","):
            parts.append(words)
    text = _numerals("".join(parts), section.numerals).strip()
    return f"-{text}" if value < 0 and rounded else text


def _numerals(text: str, style: str) -> str:
    """The number in Chinese numerals where the format wants them: [DBNum1] 一百二十, [DBNum2] 壹佰贰拾."""
    if not style.startswith(("DBNum1", "DBNum2")):
        return text

    def written(match: re.Match[str]) -> str:
        words = to_chinese(int(match[1]))
        if match[2]:
            words += "点" + "".join("零" if digit == "0" else to_chinese(int(digit)) for digit in match[2])
        return words.translate(_FORMAL) if style.startswith("DBNum2") else words

    return re.sub(r"(\d+)(?:\.(\d+))?", written, text)
