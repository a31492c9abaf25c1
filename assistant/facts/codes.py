"""统一社会信用代码 by GB 32100-2015: what is wrong with one, and what it tells of its owner."""

import re
from collections.abc import Iterator

from assistant.facts.width import flat

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""GB 32100-2015, table 2: no I, O, S, V, Z"""
LIKENESS = str.maketrans({"O": "0", "I": "1", "Z": "2", "S": "5"})
"""Letters that no code holds → the digits that they are misread or mistyped for"""
_LENGTH = 18
# GB 32100-2015, table 1 (登记管理部门代码) with the kinds of organisation below it.
_KINDS = {
    "11": "机关",
    "12": "事业单位",
    "13": "中央编办直接管理机构编制的群众团体",
    "19": "其他由机构编制部门登记的单位",
    "51": "社会团体",
    "52": "民办非企业单位",
    "53": "基金会",
    "59": "其他由民政部门登记的组织",
    "91": "企业",
    "92": "个体工商户",
    "93": "农民专业合作社",
}
# GB/T 2260, the first two digits; 10 is what national authorities write (100000).
_PROVINCES = re.compile(r"1[0-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12]")
_CODE = re.compile(r"(?<![0-9A-Za-z])(?:[0-9A-Za-z]{18}|[0-9A-Za-z]{8} ?[0-9A-Za-z]{9} ?[0-9A-Za-z])(?![0-9A-Za-z])")
_PERSON = re.compile(r"[1-6]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dX]")  # 身份证号, GB 11643-1999
_SHAPE = re.compile(r"[1-9A-GNY][1-9][0-9OI]{6}[0-9A-Z]{10}")


def check_character(body: str) -> str:
    """The eighteenth character to seventeen (GB 32100-2015, 5.2: weights 3^(i-1) mod 31). Raises ValueError for a
    character that no code holds."""
    total = sum(ALPHABET.index(char) * pow(3, place, 31) for place, char in enumerate(body))
    return ALPHABET[-total % 31]


def check(code: str) -> str | None:
    """What is wrong with `code`, as a Chinese phrase; None for one that is well-formed."""
    if len(code) != _LENGTH:
        return f"应为18位,这里是{len(code)}位"
    if strange := [char for char in code if char not in ALPHABET]:
        return f"含有代码中不会出现的字符“{'、'.join(dict.fromkeys(strange))}”"
    if not code[2:8].isdigit() or not _PROVINCES.fullmatch(code[2:4]):
        return f"第3至8位“{code[2:8]}”不是行政区划代码"
    expected = check_character(code[:-1])
    return None if code[-1] == expected else f"校验位应为“{expected}”,这里是“{code[-1]}”"


def registered_as(code: str) -> str | None:
    """What sort of organisation has such a code (企业, 事业单位, 社会团体, …), by its first two characters."""
    return _KINDS.get(code[:2])


def region(code: str) -> str:
    """The six digits of the authority that registered the owner (GB/T 2260); for well-formed codes."""
    return code[2:8]


def codes(text: str) -> Iterator[tuple[int, int, str]]:
    """The (start, end, code) of what has the shape of a code in `text`, in capitals, right or wrong: letters that are
    taken for digits stay as they are. 15-digit registration numbers,
    组织机构代码 and 身份证号 are something else."""
    for found in _CODE.finditer(flat(text)):
        code = found.group().replace(" ", "").upper()
        if _SHAPE.fullmatch(code) and sum(char.isdigit() for char in code) >= 8 and not _PERSON.fullmatch(code):
            yield found.start(), found.end(), code
