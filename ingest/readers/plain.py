"""Text files in the encodings that Chinese offices use."""

import codecs
import re

from ingest.errors import UnreadableError
from ingest.limits import Limits
from ingest.materials import Contents, Remark, Table
from ingest.readers.invisible import invisible_remarks, visible
from ingest.readers.markdown import is_markdown, markdown_pieces, without_comments
from ingest.readers.text_page import Piece, text_page

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


_NO_TEXT = "不是能识别的文本文件,请另存为 UTF-8 编码的文本后再提交。"
_CONTROL = re.compile("[\\0-\x08\x0e-\x1b\x1f\x7f]")
_LINE_ENDS = re.compile("\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
# The most frequent characters of traditional writing that simplified writing does not have.
_TRADITIONAL = frozenset("這國來們為時會對於後過發經說學與點關業產開員應將實體機條標號項資產權處務證審請據辦規")
_BROKEN = 1000  # characters to one that may be broken in a text that is still read


def read(content: bytes, limits: Limits) -> Contents:
    """One page without a number; each line a paragraph, with the headings and tables of Markdown. Raises
    UnreadableError."""
    remarks: list[Remark] = []
    try:
        found = decode(content)
    except UnreadableError:
        found = _patched(content)
        broken = found.count("\ufffd")
        if not found or broken * _BROKEN > len(found) or "\0" in found:
            raise
        remarks.append(Remark("incomplete", f"文本里有 {broken} 处字符已损坏,没有读出。"))
    kept = _CONTROL.sub("", found)
    if (len(found) - len(kept)) * 200 > len(found):
        raise UnreadableError(_NO_TEXT)
    parted: list[str] = []
    found = visible(kept, parted)
    tables: list[Table] = []
    pieces: list[Piece]
    if is_markdown(found):
        found, comments = without_comments(found)
        if comments:
            words = "\n".join(comments)[:2000]
            remarks.append(Remark("hidden_text", "文本里有不显示的注释,没有计入正文。", words))
        pieces = list(markdown_pieces(_LINE_ENDS.split(found), tables))
    else:
        pieces = [("paragraph", line.strip(), 0) for line in _LINE_ENDS.split(found)]
    return Contents((text_page(pieces, tables),), (*remarks, *invisible_remarks(parted)))


def _patched(content: bytes) -> str:
    """The text with U+FFFD for what no encoding has, in the encoding that needs fewer of them."""
    tries = [content.decode(encoding, "replace") for encoding in _encodings(content)[:2]]
    return min(tries, key=lambda text: text.count("\ufffd"))


def decode(content: bytes) -> str:
    """UTF-8, GB18030 (and so GBK), UTF-16 or Big5, with or without a byte order mark. Raises UnreadableError."""
    for encoding in _encodings(content):
        try:
            found = content.decode(encoding).removeprefix("\ufeff")
        except UnicodeDecodeError:
            continue
        if "\0" not in found:
            return found
    raise UnreadableError(_NO_TEXT)


def beginning(content: bytes) -> str:
    """The first 64 KB as text; empty when they are none: bytes of no encoding, or full of control characters."""
    head = content[:65536]
    for encoding in _encodings(head):
        try:
            found = codecs.getincrementaldecoder(encoding)().decode(head, final=len(content) <= len(head))
        except UnicodeDecodeError:
            continue
        strange = sum(char < " " and char not in "\t\n\v\f\r\x1a" for char in found)
        return found.removeprefix("\ufeff") if strange * 200 <= len(found) else ""
    return ""


def _encodings(content: bytes) -> list[str]:
    """Those that `content` may be in, the likeliest first."""
    marked = [encoding for bom, encoding in _BOMS if content.startswith(bom)]
    if marked:
        return marked
    if b"\0" in content:  # only UTF-16 text holds zero bytes: those of its ASCII characters
        return ["utf-16-le" if content[1::2].count(0) > content[::2].count(0) else "utf-16-be"]
    head = content[:65536]
    shared = len(_TRADITIONAL & set(head.decode("big5", "ignore")))
    # Traditional characters in such number are no accident: as GB18030 the same bytes are rare characters.
    likely = shared >= 8 and shared > 4 * len(_TRADITIONAL & set(head.decode("gb18030", "ignore")))
    return ["utf-8", "big5", "gb18030"] if likely else ["utf-8", "gb18030", "big5"]
