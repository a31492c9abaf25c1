"""Text files in the encodings that Chinese offices use."""

import codecs

from ingest.errors import UnreadableError

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def text(content: bytes, name: str) -> str:
    """The text of a file called `name`. Raises UnreadableError."""
    try:
        return decode(content)
    except UnreadableError as error:
        raise UnreadableError(f"“{name}”不是能识别的文本文件,请另存为 UTF-8 编码的文本后再试。") from error


def decode(content: bytes) -> str:
    """UTF-8, GB18030 (and so GBK), UTF-16 or Big5, with or without a byte order mark. Raises UnreadableError."""
    for encoding in _encodings(content):
        try:
            found = content.decode(encoding).removeprefix("\ufeff")
        except UnicodeDecodeError:
            continue
        if "\0" not in found:
            return found
    raise UnreadableError("不是能识别的文本文件,请另存为 UTF-8 编码的文本后再提交。")


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
    return ["utf-8", "gb18030", "big5"]
