"""Lines of a Word document: printed lines made one, and headings that only their look tells."""

import re
from typing import Any

from ingest.readers.word_package import W, switched, whole
from ingest.readers.word_styles import Styles

_NUMBERED = (
    re.compile(r"第[〇零一二三四五六七八九十百\d]{1,5}[编篇章部]|[一二三四五六七八九十]{1,3}、"),
    re.compile(r"第[〇零一二三四五六七八九十百\d]{1,5}节|[(（][一二三四五六七八九十]{1,3}[)）]"),
    re.compile(r"\d{1,2}[.．、](?!\d)|\d{1,2}(?:\.\d{1,2}){1,3}(?=\s|[\u4e00-\u9fff])"),
)
_LONGEST = 50  # characters of a heading
_TITLE = 36  # half-points: 小二, the smallest size that a title has beside text of 三号
_FONTS = re.compile(r"黑体|楷体|小标宋|hei\b|kai\b|simhei|simkai|kaiti|heiti", re.IGNORECASE)


def level_by_look(words: str, paragraph: Any, styles: Styles) -> int:
    """The depth of a heading that no style marks, 0 for other text: a large line in the middle is a title, a numbered
    one that is bold or in a font of headings (GB/T 9704-2012, 7.3.3: 黑体 and 楷体 over 仿宋) stands below it."""
    if not words or len(words) > _LONGEST or re.search(r"[。；;，,：:]$|[。；]", words):
        return 0
    numbered = next((level for level, pattern in enumerate(_NUMBERED, 2) if pattern.match(words)), 0)
    properties = paragraph.find(W + "pPr")
    centred = styles.centred(properties)
    if not numbered and not centred:
        return 0
    chain = styles.paragraph(properties)
    runs = [run for run in paragraph.iter(W + "r") if any((text.text or "").strip() for text in run.iter(W + "t"))]
    looks = [list(styles.runs(run.find(W + "rPr"), chain)) for run in runs]
    if not looks:
        return 0
    if numbered and all(_is_bold(look) for look in looks):
        return numbered
    if numbered and numbered < 4 and all(_FONTS.search(_font(look)) for look in looks):
        return numbered
    return int(centred and all(_size(look) >= _TITLE for look in looks) and re.search(r"[^\W\d_]", words) is not None)


def _is_bold(look: list[Any]) -> bool:
    return bool(next((on for holder in look if (on := switched(holder, "b")) is not None), False))


def _font(look: list[Any]) -> str:
    fonts = (holder.find(W + "rFonts") for holder in look)
    return next((name for font in fonts if font is not None and (name := font.get(W + "eastAsia"))), "")


def _size(look: list[Any]) -> int:
    sizes = (holder.find(W + "sz") for holder in look)
    return next((whole(size.get(W + "val"), 0) for size in sizes if size is not None), 0)


def joined(lines: list[str]) -> str:
    """Printed lines as one: a space only between Latin letters or digits."""
    text = lines[0]
    for line in lines[1:]:
        text += (" " if text[-1:].isascii() and line[:1].isascii() else "") + line
    return text


def one_line(lines: list[str]) -> str:
    """The paragraphs of a cell as one line; a label written downwards, a character or two to a line, as one word."""
    downwards = len(lines) > 1 and all(len(line) <= 2 and not line.isascii() for line in lines)
    return ("" if downwards else " ").join(lines)
