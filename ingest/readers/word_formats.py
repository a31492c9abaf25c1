"""Automatic numbers as Word writes them: 一, 壹, 甲, ①, IV, aa (ST_NumberFormat, ECMA-376 part 1, 17.18.59)."""

from ingest.numerals import to_chinese

_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_LEGAL = str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")
_FULL = {ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)}
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"))
_ROMAN_SMALL = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_COUNTING = {
    *("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting"),
    *("taiwaneseCountingThousand", "koreanCounting"),
}
_LEGAL_STYLES = {"chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"}
_DIGITAL = {"ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital", "koreanDigital", "koreanDigital2"}
_ENCLOSED = {
    "decimalEnclosedCircle": ("①", 20),
    "decimalEnclosedCircleChinese": ("①", 20),
    "decimalEnclosedFullstop": ("⒈", 20),
    "decimalEnclosedParen": ("⑴", 20),
    "ideographEnclosedCircle": ("㊀", 10),
}


def written(number: int, style: str) -> str:
    """`number` in the number format `style`; in Arabic digits where the format has no sign for it."""
    if style == "none" or style == "bullet":
        return ""
    if number < 1 or number > 99_999:
        return str(number)
    if style in _COUNTING:
        return to_chinese(number)
    if style in _LEGAL_STYLES:
        words = to_chinese(number)
        return ("一" + words if words.startswith("十") else words).translate(_LEGAL)
    if style in _DIGITAL:
        return str(number).translate(_DIGITS)
    if style in _ENCLOSED:
        first, most = _ENCLOSED[style]
        if first == "①" and most < number <= 50:
            return chr((0x3251 - 21 if number <= 35 else 0x32B1 - 36) + number)
        return chr(ord(first) + number - 1) if number <= most else str(number)
    if style in ("lowerLetter", "upperLetter"):  # z is followed by aa, bb
        turn, place = divmod(number - 1, 26)
        return (chr(ord("a") + place) if style == "lowerLetter" else chr(ord("A") + place)) * min(turn + 1, 30)
    return _rarer(number, style)


def _rarer(number: int, style: str) -> str:
    if style in ("upperRoman", "lowerRoman"):
        roman = _roman(number) if number < 4000 else str(number)
        return roman.lower() if style == "lowerRoman" else roman
    if style == "ideographTraditional":
        return _STEMS[number - 1] if number <= 10 else str(number)
    if style == "ideographZodiac":
        return _BRANCHES[number - 1] if number <= 12 else str(number)
    if style == "ideographZodiacTraditional":
        return _STEMS[(number - 1) % 10] + _BRANCHES[(number - 1) % 12] if number <= 60 else str(number)
    if style in ("decimalFullWidth", "decimalFullWidth2"):
        return str(number).translate(_FULL)
    if style == "decimalZero":
        return f"{number:02}"
    if style == "numberInDash":
        return f"- {number} -"
    if style == "ordinal":
        ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
        return f"{number}{ending}"
    return str(number)


def _roman(number: int) -> str:
    words = ""
    for size, sign in (*_ROMAN, *_ROMAN_SMALL):
        count, number = divmod(number, size)
        words += sign * count
    return words
