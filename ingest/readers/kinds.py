"""What kind of file some bytes are, told by the bytes and never by the ending of a name."""

import re
import struct
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

import olefile

from ingest.materials import Kind
from ingest.readers.foreign import foreign
from ingest.readers.plain import beginning
from ingest.readers.sheet_csv import delimiter

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_PHOTO = re.compile(rb"....ftyp(?:hei[cxms]|hev[cx]|mif1|msf1|avif)|RIFF....WEBP", re.DOTALL)  # ISO/IEC 23008-12
_BITMAP = re.compile(rb"BM.{4}\0{4}.{4}[\x0c\x28\x34\x38\x40\x6c\x7c]\0\0\0", re.DOTALL)
_PDF = re.compile(rb"%PDF-\d")
_WEB = re.compile(
    r"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table|meta|style)[\s>]|.{,4000}^\s*<html[\s>]",
    re.DOTALL | re.IGNORECASE | re.MULTILINE,
)
_SAVED_PAGE = re.compile(r"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){,20}content-type:\s*multipart/related", re.IGNORECASE)
_LOCAL_HEADER = re.compile(rb"PK\x03\x04.{22}(..)..", re.DOTALL)
_MAIN_PARTS: tuple[tuple[bytes, Kind], ...] = (  # ECMA-376, [Content_Types].xml
    (b"wordprocessingml.document.main", "word"),
    (b"wordprocessingml.template.main", "word"),
    (b"ms-word.document.macroEnabled.main", "word"),
    (b"ms-word.template.macroEnabledTemplate.main", "word"),
    (b"spreadsheetml.sheet.main", "sheet"),
    (b"spreadsheetml.template.main", "sheet"),
    (b"ms-excel.sheet.macroEnabled.main", "sheet"),
    (b"ms-excel.sheet.binary.macroEnabled.main", "sheet"),
    (b"ms-excel.template.macroEnabled.main", "sheet"),
    (b"presentationml.", "unknown"),
    (b"ms-powerpoint.", "unknown"),
    (b"ms-package.xps-fixeddocument", "unknown"),
    (b"vnd.ms-visio.", "unknown"),
)
_OPEN_DOCUMENT: tuple[tuple[bytes, Kind], ...] = (
    (b"application/vnd.oasis.opendocument.spreadsheet", "sheet"),
    (b"application/vnd.oasis.opendocument.text", "old_word"),
    (b"application/vnd.oasis.opendocument.", "unknown"),
    (b"application/epub+zip", "unknown"),
)


def kind_of(content: bytes, name: str = "") -> Kind:
    """The kind of a file; `name` only tips the scale for a text that may or may not be a delimited table."""
    if content.startswith(_ZIP):
        return _packed_kind(content)
    if content.startswith(_OLE):
        streams = _streams(content)
        # What is encrypted may be either; `reason_unknown` says so.
        if "EncryptedPackage" in streams:
            return "unknown"
        if "WordDocument" in streams:
            return "old_word"
        return "sheet" if "Workbook" in streams or "Book" in streams else "unknown"
    if content.startswith(_IMAGES) or _PHOTO.match(content) or _BITMAP.match(content):
        return "image"
    if _PDF.search(content, 0, 1024):
        return "pdf"
    if content.startswith(b"{\\rt"):
        return "old_word"
    text = beginning(content).lstrip()
    if _SAVED_PAGE.match(text):
        return "html"
    return "unknown" if not text or foreign(content) else _text_kind(text, name)


def reason_unknown(content: bytes) -> str:
    """One Chinese sentence on what a file of the kind "unknown" is, and what to do about it."""
    if not content:
        return "文件是空的(0 字节),请重新提交。"
    if content.startswith(_OLE):
        streams = _streams(content)
        if "EncryptedPackage" in streams:
            return "文件已加密,请提供未加密的版本。"
        if "PowerPoint Document" in streams:
            return "这是演示文稿,请另存为 PDF 后提交。"
        if any(stream.startswith("__substg1.0_") for stream in streams):
            return "这是 Outlook 邮件,请把正文和附件分别另存后提交。"
        return "文件已损坏,或不是 Word、Excel 文档,请另存为 PDF 后提交。"
    if content.startswith(_ZIP):
        return "这是演示文稿或其他版式的文件,请另存为 PDF 后提交。"
    reason = foreign(content)
    if reason is None and not content.strip(b"\0\xef\xbb\xbf\xff\xfe \t\r\n"):
        return "文件里没有内容,请重新提交。"
    return reason or "认不出这种文件,可能已损坏,请另存为 PDF、Word、Excel 或图片后提交。"


def _packed_kind(content: bytes) -> Kind:
    try:
        with ZipFile(BytesIO(content)) as archive:
            names = {part.filename.replace("\\", "/").lower(): part for part in archive.infolist()}
            types = _start(archive, names.get("[content_types].xml"))
            mimetype = _start(archive, names.get("mimetype"))
            found = set(names)
    # No directory or a damaged one: what is there is told by the headers before each part.
    except (BadZipFile, OSError, ValueError, NotImplementedError, struct.error, IndexError):
        types, mimetype, found = b"", content[30:128] if content[30:38] == b"mimetype" else b"", set()
        for header in _LOCAL_HEADER.finditer(content):
            part = content[header.end() : header.end() + int.from_bytes(header[1], "little")]
            found.add(part.decode("utf-8", "replace").replace("\\", "/").lower())
    if "ofd.xml" in found:
        return "ofd"
    for mark, kind in _MAIN_PARTS:
        if mark in types:
            return kind
    for mark, kind in _OPEN_DOCUMENT:
        if mark in mimetype:
            return kind
    if "word/document.xml" in found:
        return "word"
    if "xl/workbook.xml" in found or "xl/workbook.bin" in found:
        return "sheet"
    return "unknown" if "ppt/presentation.xml" in found or "index/document.iwa" in found else "archive"


def _start(archive: ZipFile, part: ZipInfo | None) -> bytes:
    """The first 256 KB of a part; empty where there is none or it does not unpack.

    Only stored and deflated parts are opened: zipfile unpacks the others without a bound.
    """
    if part is None or part.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        return b""
    try:
        with archive.open(part) as stream:
            return stream.read(262_144)
    except (BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError, zlib.error, struct.error):
        return b""


def _streams(content: bytes) -> set[str]:
    """The names of the streams at the top of an OLE2 file, also of a truncated one."""
    try:
        with olefile.OleFileIO(BytesIO(content)) as ole:
            return {path[0] for path in ole.listdir(streams=True, storages=True)}
    except (OSError, ValueError, IndexError, KeyError, TypeError, struct.error, RecursionError):
        known = ("EncryptedPackage", "WordDocument", "Workbook", "Book", "PowerPoint Document")
        return {name for name in known if name.encode("utf-16-le") + b"\0\0" in content}


def _text_kind(text: str, name: str) -> Kind:
    """`text` is the beginning of the file without white space before it."""
    if text.startswith(("<?xml", "<?mso")):
        if "urn:schemas-microsoft-com:office:spreadsheet" in text[:4096]:
            return "sheet"
        if "schemas.microsoft.com/office/word/2003/wordml" in text or "oasis:names:tc:opendocument" in text[:4096]:
            return "old_word"
    if _WEB.match(text):
        return "html"
    return "sheet" if delimiter(text, hinted=name.lower().endswith((".csv", ".tsv"))) else "text"
