"""Reading policy files as plain text."""

from itertools import pairwise
from pathlib import Path

from ingest.errors import UnreadableError
from ingest.isolated import read_contents
from ingest.limits import Limits
from ingest.materials import Contents
from ingest.readers.plain import decode


def read_policy(path: Path) -> str:
    """The text of a .txt, .md, .docx, .pdf, .html or .ofd file, recognised by content.

    Line ends are "\\n"; clause offsets refer to this text. Raises UnreadableError, with one Chinese sentence that
    names the file.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableError(f"读不到文件“{path.name}”,请确认它存在并且有权限打开。") from error
    try:
        kind, contents = read_contents(content, path.name, Limits())
        # Clauses are counted in the very characters of a text file.
        text = decode(content) if kind == "text" else _joined(contents)
    except UnreadableError as error:
        raise UnreadableError(f"“{path.name}”读不出来:{error}") from error
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        scanned = ",可能是扫描件,请提供带文字的文件" if contents.scans else ""
        raise UnreadableError(f"“{path.name}”里没有文字{scanned}。")
    return text


def _joined(contents: Contents) -> str:
    """One line for each block; a paragraph that runs over a page is one."""
    pages = [page for page in contents.pages if page.text]
    text = pages[0].text if pages else ""
    for before, page in pairwise(pages):
        if not page.continues:
            text += "\n"
        elif before.text[-1].isascii() and page.text[0].isascii():
            text += " "
        text += page.text
    return text
