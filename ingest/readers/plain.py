"""Text files in the encodings that Chinese offices use."""

import codecs

from ingest.errors import UnreadableError

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def text(content: bytes, name: str) -> str:
    """UTF-8, GB18030 (and so GBK) or UTF-16, with or without a byte order mark. Raises UnreadableError."""
    encodings = [encoding for bom, encoding in _BOMS if content.startswith(bom)] or ["utf-8", "gb18030"]
    if b"\0" in content and len(encodings) > 1:  # only UTF-16 text holds zero bytes: those of its ASCII characters
        encodings = ["utf-16-le" if content[1::2].count(0) > content[::2].count(0) else "utf-16-be"]
    for encoding in encodings:
        try:
            found = content.decode(encoding).removeprefix("\ufeff")
        except UnicodeDecodeError:
            continue
        if "\0" not in found:
            return found
    raise UnreadableError(f"“{name}”不是能识别的文本文件,请另存为 UTF-8 编码的文本后再试。")
