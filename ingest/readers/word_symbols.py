"""Characters of symbol fonts as Unicode: what is a box to tick in Wingdings is "R" or a private character otherwise."""

CHECK_BOXES = frozenset("☐☑☒✓✗")

_WINGDINGS = {
    0x6F: "☐",
    0x71: "☐",
    0xA8: "☐",
    0x72: "☐",
    0xFB: "✗",
    0xFC: "✓",
    0xFD: "☒",
    0xFE: "☑",
    0x6C: "●",
    0x6E: "■",
    0x75: "◆",
    0x9F: "•",
    0xA7: "▪",
    0xA1: "○",
    0xAB: "★",
    0xB5: "✪",
    0xD8: "➢",
    0xE0: "→",
    0xDF: "←",
    0xE1: "↑",
    0xE2: "↓",
    0xE8: "→",
    0xF0: "⇨",
    0x28: "☎",
    0x2A: "✉",
    0x80: "⓪",
    **{0x81 + n: chr(ord("①") + n) for n in range(10)},
    0x8B: "⓿",
    **{0x8C + n: chr(ord("❶") + n) for n in range(10)},
}
_WINGDINGS_2 = {
    0x4F: "✗",
    0x50: "✓",
    0x51: "☒",
    0x52: "☑",
    0x53: "☒",
    0x54: "☒",
    0x55: "⊗",
    0x56: "⊗",
    0xA2: "■",
    0xA3: "☐",
    0x97: "●",
    0x98: "●",
    0x99: "○",
    0x9A: "○",
    0x9E: "•",
    0x9F: "·",
    0x69: "⓪",
    **{0x6A + n: chr(ord("①") + n) for n in range(10)},
    0x74: "⓿",
    **{0x75 + n: chr(ord("❶") + n) for n in range(10)},
}
_GREEK = {
    **dict(zip(range(0x41, 0x5B), "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", strict=True)),
    **dict(zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True)),
    0xA3: "≤",
    0xA5: "∞",
    0xAB: "↔",
    0xAC: "←",
    0xAD: "↑",
    0xAE: "→",
    0xAF: "↓",
    0xB0: "°",
    0xB1: "±",
    0xB3: "≥",
    0xB4: "×",
    0xB6: "∂",
    0xB7: "•",
    0xB8: "÷",
    0xB9: "≠",
    0xBA: "≡",
    0xBB: "≈",
    0xC6: "∅",
    0xC7: "∩",
    0xC8: "∪",
    0xCE: "∈",
    0xD1: "∇",
    0xD5: "∏",
    0xD6: "√",
    0xD7: "⋅",
    0xDE: "⇒",
    0xE5: "∑",
    0xF2: "∫",
}
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _GREEK}


def symbols(text: str, font: str) -> str:
    """`text` set in `font` as a reader sees it. Other fonts change nothing; an unknown ornament becomes nothing."""
    table = _FONTS.get(font.strip().lower())
    if table is None:
        return text
    return "".join(_symbol(char, table, table is _GREEK) for char in text)


def symbol(code: str, font: str) -> str:
    """The character of a w:sym: a hexadecimal `code`, with or without the F0 of the private area."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    if font.strip().lower() in _FONTS:
        return symbols(chr(0xF000 + (number & 0xFF)), font)
    return chr(number) if 0x20 <= number < 0xE000 or 0xF900 <= number < 0x110000 else ""


def _symbol(char: str, table: dict[int, str], readable: bool) -> str:
    code = ord(char)
    if 0xF020 <= code <= 0xF0FF:
        code &= 0xFF
    elif code > 0xFF or char.isspace():
        return char  # a Chinese character beside symbols is set in the East Asian font
    return table.get(code, chr(code) if readable and code < 0x80 else "")
