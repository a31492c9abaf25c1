"""Numbers and addresses that belong to a person: identity cards, telephones, accounts, e-mail.

Found as they are typed, scanned and disguised: full width, in groups, digit by digit, with characters nobody sees.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Literal

PersonalKind = Literal["身份证", "手机", "电话", "邮箱", "账号", "姓名"]
Numbered = tuple[PersonalKind, int, int]
"""Kind, start, end."""

UNSEEN = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
_DIGIT = "[0-9０-９]"
_APART = rf"[{UNSEEN}]*[ \u00a0\u3000\-－—–.]?[{UNSEEN}]*"  # never a tab: cells of a table are numbers of their own
_GROUPED = re.compile(rf"{_DIGIT}(?:{_APART}{_DIGIT})*(?:{_APART}[XxＸｘ](?![A-Za-zＡ-Ｚａ-ｚ]))?")
_GROUP = re.compile(rf"{_DIGIT}(?:[{UNSEEN}]*{_DIGIT})*(?:{_APART}[XxＸｘ](?![A-Za-zＡ-Ｚａ-ｚ]))?")
_FIXED = re.compile(
    rf"[(（]?(?<!{_DIGIT})[0０][1-9１-９]{_DIGIT}{{1,2}}[)）]?{_APART}{_DIGIT}{{3,4}}{_APART}{_DIGIT}{{4}}"
    rf"(?:{_APART}(?:转|[Ee]xt)?\s?{_DIGIT}{{1,5}})?(?!{_DIGIT})"
    rf"|(?<!{_DIGIT})[48４８][0０][0０]{_APART}{_DIGIT}{{3,4}}{_APART}{_DIGIT}{{3,4}}(?!{_DIGIT})"
)
_CALLED = re.compile(
    rf"(?:电\s*话|传\s*真|手\s*机|座\s*机|热\s*线|联系方式|[Tt][Ee][Ll]|[Ff][Aa][Xx])号?码?[^0-9０-９\n]{{0,8}}"
    rf"({_DIGIT}(?:{_APART}{_DIGIT}){{6,14}})"
)
_ACCOUNT = re.compile(rf"(?:账|帐|卡)\s*(?:号|户)\s*码?[^0-9０-９\n]{{0,12}}({_DIGIT}(?:{_APART}{_DIGIT}){{6,29}})")
_CARD_NUMBER = re.compile(
    rf"(?:身\s*份\s*证|证\s*件)\s*(?:件|号)?\s*码?[^0-9０-９\n]{{0,8}}"
    rf"({_DIGIT}(?:{_APART}{_DIGIT}){{13,17}}(?:{_APART}[XxＸｘ])?)"
)
_EMAIL = re.compile(
    r"[A-Za-z0-9Ａ-Ｚａ-ｚ０-９_.+\-．]{1,64}\s?[@＠]\s?[A-Za-z0-9Ａ-Ｚａ-ｚ０-９\-]{1,63}"
    r"(?:\s?[.．]\s?[A-Za-z0-9Ａ-Ｚａ-ｚ０-９\-]{1,63}){1,4}"
)
_IDENTITY = re.compile(r"[1-9]\d{5}(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]")
_OLD_IDENTITY = re.compile(r"[1-9]\d{5}\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}")  # 15 digits, until 1999
_PATTERNS: tuple[tuple[re.Pattern[str], PersonalKind, int], ...] = (
    (_EMAIL, "邮箱", 0),
    (_FIXED, "电话", 0),
    (_CALLED, "电话", 1),
    (_ACCOUNT, "账号", 1),
    (_CARD_NUMBER, "身份证", 1),
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_MOBILE = re.compile(r"(?:(?:00)?86)?1[3-9]\d{9}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_LONGEST = 24  # digits that are looked at together


def numbers(text: str) -> Iterator[Numbered]:
    """The numbers of people in a text, in any order; they may overlap."""
    for run in _GROUPED.finditer(text):
        if run.end() - run.start() >= 11:
            groups = [(g.group(), run.start() + g.start(), run.start() + g.end()) for g in _GROUP.finditer(run.group())]
            yield from _windows(groups)
    for pattern, kind, group in _PATTERNS:
        yield from ((kind, *each.span(group)) for each in pattern.finditer(text))


def is_identity(number: str) -> bool:
    """Whether 18 or 15 characters are an identity card's, by checksum or by shape (GB 11643-1999)."""
    if len(number) == 15:
        return bool(_OLD_IDENTITY.fullmatch(number))
    if len(number) != 18 or not number[:17].isdigit():
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return number[17] == "10X98765432"[total % 11] or bool(_IDENTITY.fullmatch(number))


def _windows(groups: Sequence[tuple[str, int, int]]) -> Iterator[Numbered]:
    """The longest stretches of groups that are one number, from the left."""
    at = 0
    while at < len(groups):
        taken = 1
        digits = [_plain(group) for group, _, _ in groups[at : at + _LONGEST]]
        for count in range(len(digits), 0, -1):
            if kind := _kind(digits[:count]):
                yield kind, groups[at][1], groups[at + count - 1][2]
                taken = count
                break
        at += taken


def _kind(groups: Sequence[str]) -> PersonalKind | None:
    """What digits in groups are. Groups count as one number when a person would write it so: digit by digit, in fours,
    3-4-4 for a telephone, 6-8-4 for an identity card."""
    number = "".join(groups)
    sizes = tuple(map(len, groups))
    alone = len(groups) == 1 or set(sizes) == {1}
    local = sizes[1:] if len(groups) > 1 and groups[0] in ("86", "0086") else sizes
    if _MOBILE.fullmatch(number) and (alone or local in ((11,), (3, 4, 4), (3, 3, 5), (4, 4, 3), (3, 8), (7, 4))):
        return "手机"
    fours = len(groups) > 2 and set(sizes[:-1]) == {4} and sizes[-1] <= 4
    if is_identity(number) and (alone or fours or sizes in ((6, 8, 4), (6, 4, 4, 4), (14, 4), (6, 12), (3, 3, 8, 4))):
        return "身份证"
    years = all(_YEAR.fullmatch(group) for group in groups)
    if number.isdigit() and 16 <= len(number) <= 19 and (alone or (fours and not years)):
        return "账号"  # GB/T 14504: cards have 16 to 19 digits
    return None


def _plain(digits: str) -> str:
    return re.sub(r"[^0-9X]", "", unicodedata.normalize("NFKC", digits).upper())
