"""Numbers with check characters, and amounts in capitals."""

from ingest.numerals import to_chinese

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The characters of GB 32100-2015: no I, O, S, V, Z."""
_CAPITALS = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")


def uscc(organisation: str, *, region: str = "370212", kind: str = "91") -> str:
    """A 统一社会信用代码 (18 characters) with right check characters.

    `kind`: 91 企业, 12 事业单位, 51 社会团体, 52 民办非企业单位. `region`: six digits, 3702xx is Qingdao.
    `organisation`: the first eight characters of the 组织机构代码; the ninth is its check character by GB 11714-1997.
    """
    body = kind + region + organisation + _organisation_check(organisation)
    return body + check_character(body)


def check_character(body: str) -> str:
    """The eighteenth character to seventeen, by GB 32100-2015: weights 3^(i-1) mod 31."""
    total = sum(ALPHABET.index(char) * pow(3, place, 31) for place, char in enumerate(body))
    return ALPHABET[(31 - total % 31) % 31]


def wrong(code: str) -> str:
    """`code` with a check character that does not fit."""
    return code[:-1] + ALPHABET[(ALPHABET.index(code[-1]) + 1) % 31]


def capitals(yuan: int) -> str:
    """An amount as banks write it: 5000000 is 人民币伍佰万元整."""
    words = to_chinese(yuan)
    if words.startswith("十"):
        words = "一" + words
    return f"人民币{words.translate(_CAPITALS)}元整"


def _organisation_check(body: str) -> str:
    """By GB 11714-1997: modulo 11, where ten is written X."""
    total = sum(int(char, 36) * weight for char, weight in zip(body, (3, 7, 9, 10, 5, 8, 4, 2), strict=True))
    return "0123456789X0"[11 - total % 11]
