"""Web pages: their visible words, one block a line."""

import email
import email.policy
import re

from lxml import etree  # type: ignore[import-untyped]

from ingest.errors import UnreadableError
from ingest.limits import Limits
from ingest.materials import Contents, Remark
from ingest.readers import plain
from ingest.readers.html_blocks import WebPage
from ingest.readers.html_styles import concealed_names
from ingest.readers.invisible import invisible_remarks, visible
from ingest.readers.text_page import text_page

_SAVED = re.compile(rb"^MIME-Version:", re.IGNORECASE | re.MULTILINE)
_BIG5 = re.compile(rb"charset=[\"\' ]?big5", re.IGNORECASE)


def read(content: bytes, limits: Limits) -> Contents:
    """One page without a number; also of a page saved as one file (MHTML). Raises UnreadableError."""
    if not content.lstrip().startswith(b"<") and _SAVED.search(content, 0, 4096):
        content = _saved_page(content)
    words = content.decode("big5", "replace") if _BIG5.search(content, 0, 2048) else plain.decode(content)
    parted: list[str] = []
    # A deep page is read too: no entity can make an HTML document larger than it is.
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_pis=True, huge_tree=True)
    try:
        root = etree.fromstring(words.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        raise UnreadableError("网页已损坏或没有内容,请重新保存后提交。")
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise UnreadableError("网页的结构异常,层次过深,没有读取,请另存为 PDF 后提交。")
    sheet = "\n".join(element.text or "" for element in root.iter("style"))
    page = WebPage(limits, concealed_names(sheet))
    page.walk(root)
    pieces = [
        (kind, visible(text, parted).replace("\u00a0", " ").strip(" "), level) for kind, text, level in page.pieces
    ]
    comments = [" ".join((comment.text or "").split()) for comment in root.iter(etree.Comment)]
    # Conditional comments are markup for old browsers.
    hidden = page.hidden + [comment for comment in comments if comment and not comment.startswith(("[if", "<!["))]
    remarks = []
    if hidden:
        message = "网页里有不显示的文字或注释,没有计入正文。"
        remarks.append(Remark("hidden_text", message, visible("\n".join(hidden), [])[:2000]))
    pictures = sum(1 for _ in root.iter("img"))
    if pictures:
        remarks.append(Remark("incomplete", f"网页里有 {pictures} 张图片,没有识别。"))
    return Contents((text_page(pieces, page.tables),), (*remarks, *invisible_remarks(parted)))


def _saved_page(content: bytes) -> bytes:
    """The first web page inside an MHTML file (RFC 2557). Raises UnreadableError."""
    message = email.message_from_bytes(content, policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes) and payload.strip():
                return payload
    raise UnreadableError("保存的网页里没有正文,请另存为 PDF 后提交。")
