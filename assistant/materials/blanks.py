"""Whether a material that is there proves anything: not a form nobody filled in, an empty table or a bare title."""

import re
import unicodedata
from collections.abc import Sequence

from ingest.materials import Page

_BARE = 8  # characters below a title that are no content
_PROSE = 200  # characters outside of tables from which on an empty table does not make the material blank
_EMPTY_CELL = re.compile(r"[\s/—\-_]*(?:万?元|年?\s*月?\s*日?|[人%个项])?[\s/—\-_]*")
_GAP = re.compile(  # where the name or the code of somebody is left out; a missing date alone leaves no blank form
    r"_{2,}|[xX×]{2,}|某{2,}|某(?:公司|单位|企业)|\((?:单位|公司|企业)(?:全称|名称)\)|代码:?\s{0,20}[)\n]|(?:单位|证明)\s{3}"
)
_FILLED = re.compile(
    r"(?<![0-9A-Za-z])[0-9A-Za-z]{18}(?![0-9A-Za-z])|[\u4e00-\u9fff]{3}[^\W我本贵各子分某的为]公司"
    r"|[\u4e00-\u9fff]{4}(?:研究院|研究所|大学|学院|(?<!行业)协会|学会|商会|事务所)"
)


def blank(parts: Sequence[tuple[Page, int, int]], proof: Sequence[str]) -> str:
    """Why the stretches (page, start, end) below a title prove nothing, in one sentence; "" when they may.

    `proof` are regular expressions of which one must match where there are any.
    """
    text = unicodedata.normalize("NFKC", "\n".join(page.text[start:end] for page, start, end in parts))
    if len("".join(text.split())) < _BARE:
        return "只有标题,没有内容。"
    rows, prose = _rows(parts)
    filled = [sum(not _EMPTY_CELL.fullmatch(cell) for cell in row) for row in rows]
    if len(rows) >= 2 and sum(count >= 2 for count in filled) <= 1 and prose < _PROSE:
        return "其中的表格没有填写。"
    half_empty = len(rows) >= 3 and sum(filled) <= 0.6 * sum(map(len, rows))
    if (_GAP.search(text) or half_empty) and not _FILLED.search(text) and not re.search(r"\d{2}", text):
        return "是没有填写的空白样表。"
    if proof and not any(re.search(each, text) for each in proof):
        return "其中没有读到能作证明的数字或内容。"
    return ""


def _rows(parts: Sequence[tuple[Page, int, int]]) -> tuple[list[list[str]], int]:
    """The table rows of two cells or more, and how many characters stand outside of tables."""
    rows: list[list[str]] = []
    prose = 0
    for page, start, end in parts:
        for block in page.blocks:
            if start <= block.start and block.end <= end:
                words = unicodedata.normalize("NFKC", page.text[block.start : block.end])
                if block.kind == "row" and "\t" in words:
                    rows.append(words.split("\t"))
                else:
                    prose += len("".join(words.split()))
    return rows, prose
