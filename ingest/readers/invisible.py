"""Characters that nobody sees: taken out of the text, and reported where they part a word."""

import re
from collections.abc import Sequence

from ingest.materials import Remark

# Unicode category Cf without the soft hyphen and the marks of Arabic and Syriac numbers, which are printed.
_CHARACTERS = (
    "\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0001\U000e0020-\U000e007f\U0001bca0-\U0001bca3"
)
_INVISIBLE = re.compile(f"[\u00ad{_CHARACTERS}]")
_INSIDE = re.compile(f"(?<=\\w)[{_CHARACTERS}]+(?=\\w)")


def visible(text: str, parted: list[str]) -> str:
    """`text` without invisible characters; the surroundings of those that part a word are added to `parted`."""
    if not _INVISIBLE.search(text):
        return text
    for match in _INSIDE.finditer(text) if len(parted) < 100 else ():
        around = text[max(match.start() - 8, 0) : match.end() + 8]
        parted.append(_INVISIBLE.sub("", " ".join(around.split())))
    return _INVISIBLE.sub("", text)


def invisible_remarks(parted: Sequence[str]) -> tuple[Remark, ...]:
    """One remark for a whole file, none where nothing was parted."""
    if not parted:
        return ()
    message = "文件的词语中间夹有看不见的字符(如零宽空格),已去掉。"
    return (Remark("invisible_characters", message, "\n".join(parted)[:2000]),)
