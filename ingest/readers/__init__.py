"""Reading policy files as plain text."""

from pathlib import Path
from zipfile import BadZipFile, ZipFile

from ingest.errors import UnreadableError
from ingest.readers import html, pdf, plain, word


def read_policy(path: Path) -> str:
    """The text of a .txt, .md, .docx, .pdf or .html file, recognised by content first, by ending second.

    Line ends are "\\n"; clause offsets refer to this text. Raises UnreadableError, with one Chinese sentence that
    names the file.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableError(f"读不到文件“{path.name}”,请确认它存在并且有权限打开。") from error
    head = content[:1024].lstrip().lower()
    if head.startswith(b"%pdf") or b"\n%pdf-" in head:
        text = pdf.text(content, path.name)
    elif content.startswith(b"PK\x03\x04") and _is_word(path):
        text = word.text(content, path.name)
    elif content.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableError(f"“{path.name}”是旧版 Office 文件或已加密,请另存为未加密的 .docx 后再试。")
    elif content.startswith(b"PK\x03\x04"):
        raise UnreadableError(
            f"“{path.name}”是压缩包或表格,不能作为政策文件读取,请提供 .docx、.pdf、.html 或文本文件。"
        )
    elif b"<html" in head or b"<!doctype html" in head or path.suffix.lower() in (".html", ".htm"):
        text = html.text(content, path.name)
    else:
        text = plain.text(content, path.name)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise UnreadableError(f"“{path.name}”里没有文字。")
    return text


def _is_word(path: Path) -> bool:
    try:
        with ZipFile(path) as archive:
            return "word/document.xml" in archive.namelist()
    except (BadZipFile, OSError) as error:
        raise UnreadableError(f"“{path.name}”已损坏,打不开。") from error
