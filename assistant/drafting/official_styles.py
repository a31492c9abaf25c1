"""How each part of a document of office is set: GB/T 9704-2012 as data.

Lengths along the line are in characters, 28 of 3号 to the text's width; across it in lines, 22 to the text's height
(5.2.3). Font sizes are in points: 3号 16, 2号 22, 4号 14, 小四 12.
"""

from dataclasses import dataclass
from typing import Literal

SONG_TITLE = "方正小标宋简体"
FANGSONG = "仿宋_GB2312"
KAITI = "楷体_GB2312"
HEITI = "黑体"
SONGTI = "宋体"
FALLBACKS = {SONG_TITLE: "华文中宋", FANGSONG: "仿宋", KAITI: "楷体", HEITI: "SimHei", SONGTI: "SimSun"}
"""What Word takes where the font is not installed (w:altName); no font is shipped."""

PAGE_MM = (210, 297)
"""5.1: A4."""
TOP_MM, LEFT_MM, TEXT_MM = 37, 28, (156, 225)
"""5.2.1: 天头, 订口 and 版心."""
LINES, CHARACTERS = 22, 28
"""5.2.3: to a page and to a line."""
BODY_POINTS = 16
"""5.2.2: 3号."""
LINE_POINTS = 28.95
"""A 22nd of 225 mm (637.8 pt), rounded down to twips, so that the 22nd line stays on the page."""
CHARACTER_POINTS = TEXT_MM[0] / 25.4 * 72 / CHARACTERS
"""A 28th of 156 mm: 15.79 pt, a little less than 3号 itself."""
RED = "FF0000"
MARK_TOP_MM = 35
"""7.2.4: from the top of the text area to the top of 发文机关标志."""
RULE_GAP_MM = 4
"""7.2.7: from 发文字号 to the red line."""
THICK_MM, THIN_MM = 0.35, 0.25
"""7.4.1: the outer and the inner lines of 版记."""

Align = Literal["both", "left", "center", "right"]
# fmt: off
Role = Literal[
    "agency", "number", "number_up", "title", "addressee", "heading1", "heading2", "heading3", "heading4", "body",
    "attachment", "signature", "date", "note", "cell", "header_cell", "copies", "print", "mark", "page", "rule",
]
# fmt: on


@dataclass(frozen=True, slots=True)
class Style:
    """`first`, `left`, `right` are indents in characters of the style's size, a negative `first` hangs; `before` is
    space in lines, `line` the fixed pitch in points, `level` the level in Word's outline, 0 for none; `keep` with what
    follows."""

    name: str
    font: str = FANGSONG
    points: float = BODY_POINTS
    align: Align = "both"
    first: float = 0
    left: float = 0
    right: float = 0
    before: float = 0
    line: float = LINE_POINTS
    colour: str = ""
    level: int = 0
    keep: bool = False
    grid: bool = True


STYLES: dict[Role, Style] = {
    # 7.2.4; the size follows from the name's length
    "agency": Style("公文发文机关标志", SONG_TITLE, 42, "center", line=50, colour=RED, grid=False),
    "number": Style("公文发文字号", align="center", before=2),  # 7.2.5
    "number_up": Style("公文上行文字号", align="left", first=1, before=2),  # 7.2.5, 7.2.6
    "title": Style("公文标题", SONG_TITLE, 22, "center", before=2, keep=True, grid=False),  # 7.3.1
    "addressee": Style("公文主送机关", align="left", before=1),  # 7.3.2
    "heading1": Style("公文一级标题", HEITI, first=2, level=1, keep=True),  # 7.3.3
    "heading2": Style("公文二级标题", KAITI, first=2, level=2, keep=True),
    "heading3": Style("公文三级标题", first=2, level=3, keep=True),
    "heading4": Style("公文四级标题", first=2, level=4, keep=True),
    "body": Style("公文正文", first=2),
    "attachment": Style("公文附件说明", align="left"),  # 7.3.4
    "signature": Style("公文署名", align="right", keep=True),  # 7.3.5.1
    "date": Style("公文成文日期", align="right", right=4),  # 7.3.5.1, 7.3.5.4
    "note": Style("公文附注", align="left", left=2),  # 7.3.6
    "cell": Style("公文表格", points=12, align="left", line=18, grid=False),
    "header_cell": Style("公文表头", HEITI, 12, "center", line=18, grid=False),
    "copies": Style("公文抄送", points=14, align="left", first=-3, left=4, right=1, line=24, grid=False),  # 7.4.2
    "print": Style("公文印发", points=14, align="left", left=1, right=1, line=24, grid=False),  # 7.4.3
    "rule": Style("公文版记分隔线", points=1, align="left", line=1, grid=False),  # 7.4.1
    "mark": Style("公文待审标记", HEITI, 14, "center", line=20, colour="808080", grid=False),
    "page": Style("公文页码", SONGTI, 14, line=20, grid=False),  # 7.5
}
