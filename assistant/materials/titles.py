"""Lines that could be the title of a paper, and the labels of forms and lists."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from ingest.materials import Block

_LONGEST = 40  # characters of a title
_BEHIND = 8  # characters behind the name of the material: （摘录）, 复印件
_LABEL = 12  # characters of a label
_NUMBERED = re.compile(
    r"第[一二三四五六七八九十\d]{1,3}[章节部条]|[(]?[一二三四五六七八九十]{1,3}[).、.]|[(]?\d{1,2}(?:\.\d{1,2}){0,2}[).、.]"
)
_ANNEX = re.compile(r"(?:附件|附表|附录|证明材料|佐证材料|附)[一二三四五六七八九十\d]{0,3}[:.、\-]?(?:\d{1,2}[.、\-])?")
_CODE = re.compile(r"(?:[A-Z]{1,2}[-_.]?\d{1,3}|[A-Z][-_.、])[-_.、:]?(?=[一-鿿])")  # T08 服务合同, A-表
_NO_TITLE = re.compile(r"[。;!?:…]|\.{3}|\d$|提供|提交|上传|详见|见附|填写|签署|具有|本单位|我单位")
_TAIL = re.compile(r"[(][^()]{0,12}[)]$")  # （摘录）, （2022年2月）


def title_line(line: str, *, chapter: bool) -> str:
    """The words of a line as they are compared with titles, without 附件3 before them, and of a `chapter` without its
    number; "" where the line can be no title."""
    words = tight(line).strip('"《》【】')
    words = _CODE.sub("", words, count=1) if _CODE.match(words) else words
    words = _ANNEX.sub("", words, count=1) if _ANNEX.match(words) else words
    words = _TAIL.sub("", _NUMBERED.sub("", words, count=1) if chapter else words)
    wide = sum(1.0 if char > "\u2e80" else 0.5 for char in words)
    return "" if not 2 <= wide <= _LONGEST or _NO_TITLE.search(words) else words


def is_title(line: str, titles: Sequence[str]) -> bool:
    """Whether a line is a title; of a numbered line only where the title asks for a number."""
    number = _NUMBERED.match(line)
    for title in titles:
        found = re.search(title, line, re.IGNORECASE)
        if (
            found
            and len(line) - found.end() <= _BEHIND
            and not (number and (found.start() > 0 or re.search(title, line[number.end() :], re.IGNORECASE)))
        ):
            return True
    return False


def title_places(text: str, block: Block) -> Iterator[tuple[int, int]]:
    """The lines of a block that could be a title: of a row one cell alone, or a word whose letters stand in cells."""
    cells = [cell for cell in text[block.start : block.end].split("\t") if cell.strip()]
    if block.kind == "row" and len(cells) > 1 and any(len(cell.strip()) > 2 for cell in cells):
        return
    for line in re.finditer(r"[^\n]+", text[block.start : block.end]):
        yield block.start + line.start(), block.start + line.end()


def labels(text: str, block: Block) -> Iterator[str]:
    """The short cells and lines of a block, and what stands before a colon or a gap."""
    for cell in re.split(r"[\t\n]", text[block.start : block.end]):
        if label := tight(re.split(r"[:：]|\s{2,}", cell.strip(), maxsplit=1)[0]):
            yield label if len(label) <= _LABEL else label[: _LABEL // 2]


def tight(text: str) -> str:
    """In half width and without spaces."""
    return "".join(unicodedata.normalize("NFKC", text).split())
