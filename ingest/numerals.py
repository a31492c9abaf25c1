"""Chinese numerals and integers: 十三, 一百零二, 廿三, 二〇二一, full-width digits, ③ and Ⅳ."""

import re
import unicodedata

DIGITS = "0-9０-９"
CHINESE = "〇○零一二两三四五六七八九十百千廿卅"  # what may stand between 第 and 条; 万 and 亿 never do

_VALUES = {"〇": 0, "○": 0, "零": 0, "两": 2, **{char: n for n, char in enumerate("一二三四五六七八九", 1)}}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_BIG = (("亿", 100_000_000), ("万", 10_000))
_ENCLOSED = re.compile("[①-⑳⑴-⒇⒈-⒛㈠-㈩Ⅰ-Ⅻⅰ-ⅻ]")
_ARABIC = re.compile(f"[{DIGITS}]+")
_LIMIT = 1_000_000_000_000


def to_int(text: str) -> int:
    """The number that `text` writes, spaces ignored; 二百三 is 230. Raises ValueError when it writes none."""
    word = "".join(text.split())
    if len(word) == 1 and _ENCLOSED.match(word):
        return int(unicodedata.numeric(word))
    if len(word) <= 18 and _ARABIC.fullmatch(word):
        return int(word)
    if len(word) > 1 and len(word) <= 18 and all(char in _VALUES for char in word):  # 二〇二一
        return int("".join(str(_VALUES[char]) for char in word))
    if not word or len(word) > 30:
        raise ValueError(f"not a number: {text[:30]!r}")
    value = _above(word.replace("廿", "二十").replace("卅", "三十"), 0)
    if value is None:
        raise ValueError(f"not a number: {text!r}")
    return value


def _above(word: str, level: int) -> int | None:
    """The value of `word`, which holds no unit above `_BIG[level]`."""
    if level == len(_BIG):
        return _section(word)
    char, unit = _BIG[level]
    if char not in word:
        return _above(word, level + 1)
    left, _, right = word.partition(char)
    high = _above(left, level + 1)
    if not high or char in right:
        return None
    if not right:
        return high * unit
    if len(right) == 1 and _VALUES.get(right, 0) > 0:  # 一万三 is 13000
        return high * unit + _VALUES[right] * unit // 10
    low = _above(right.lstrip("零〇"), level + 1)
    return None if low is None else high * unit + low


def _section(word: str) -> int | None:
    """A number below ten thousand."""
    if word in _VALUES:
        return _VALUES[word]
    total, digit, smallest, zero = 0, None, 10_000, False
    for place, char in enumerate(word):
        if char in _UNITS:
            unit = _UNITS[char]
            if unit >= smallest or (digit is None and (unit != 10 or (place > 0 and not zero))):
                return None
            total += (1 if digit is None else digit) * unit
            digit, smallest, zero = None, unit, False
        elif _VALUES.get(char) == 0:
            if place == 0 or digit is not None or zero:
                return None
            zero = True
        elif char in _VALUES and digit is None:
            digit = _VALUES[char]
        else:
            return None
    if digit is None:
        return None if zero or smallest == 10_000 else total
    if zero or smallest in (10, 10_000):
        return None if smallest == 10_000 and total == 0 and len(word) > 1 else total + digit
    return total + digit * smallest // 10  # 二百三 is 230


def to_chinese(number: int) -> str:
    """The numeral as statutes write it: 10 is 十, 102 is 一百零二. Raises ValueError outside 0 to 10^12."""
    if not 0 <= number < _LIMIT:
        raise ValueError(f"no numeral for {number}")
    for char, unit in _BIG:
        if number >= unit:
            high, low = divmod(number, unit)
            joint = "零" if low and low < unit // 10 else ""
            rest = _below_ten_thousand(low) if low < 10_000 else to_chinese(low)
            return to_chinese(high) + char + (joint + rest if low else "")
    words = _below_ten_thousand(number)
    return words.removeprefix("一") if 10 <= number < 20 else words


def _below_ten_thousand(number: int) -> str:
    words, pending = "", False
    for char, unit in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit, number = divmod(number, unit)
        if digit:
            words += ("零" if pending and words else "") + "零一二三四五六七八九"[digit] + char
            pending = False
        else:
            pending = True
    return words or "零"
