"""A .docx file as its parts: XML trees and what is related to them, read without entities, links or macros."""

import posixpath
import re
import struct
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import unquote
from zipfile import BadZipFile, ZipFile, ZipInfo

from lxml import etree  # type: ignore[import-untyped]

from ingest.errors import UnreadableError
from ingest.limits import Limits
from ingest.readers.unpacked import check_unpacked

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
V = "{urn:schemas-microsoft-com:vml}"

DAMAGED = "Word 文件已损坏,打不开,请用 Word 或 WPS 重新保存后再提交。"
_PARTS = 10_000
_ENCRYPTED = 0x1
_MAIN = re.compile(rb'PartName="/?([^"]+)"[^>]*ContentType="[^"]*(?:document|template)[^"]*\.main\+xml"')
# ISO/IEC 29500 Strict names the same things otherwise; Word and WPS write it on request.
_STRICT = (
    (
        rb"http://purl\.oclc\.org/ooxml/(wordprocessingml|drawingml)/main",
        rb"http://schemas.openxmlformats.org/\1/2006/main",
    ),
    (
        rb"http://purl\.oclc\.org/ooxml/drawingml/(\w+)",
        rb"http://schemas.openxmlformats.org/drawingml/2006/\1",
    ),
    (
        rb"http://purl\.oclc\.org/ooxml/officeDocument/(relationships|math|customXml|extendedProperties|customProperties|docPropsVTypes)",
        rb"http://schemas.openxmlformats.org/officeDocument/2006/\1",
    ),
)


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part is related to. `kind` is the last word of the type; `target` a part's name, or an address outside."""

    kind: str
    target: str
    outside: bool


class Package:
    """The parts of a .docx file by name. Raises UnreadableError for what is damaged, encrypted or too large."""

    def __init__(self, content: bytes, limits: Limits) -> None:
        check_unpacked(content, limits)
        self._largest = limits.memory_mb * 1_000_000 // 10  # a tree takes about eight times the bytes of its XML
        try:
            self._archive = ZipFile(BytesIO(content))
        except (BadZipFile, OSError, ValueError, NotImplementedError, struct.error, IndexError) as error:
            raise UnreadableError(DAMAGED) from error
        parts = self._archive.infolist()
        if len(parts) > _PARTS:
            raise UnreadableError("Word 文件的结构异常(内部文件过多),没有读取,请重新保存后再提交。")
        # Part names are compared without case; some programs write them with backslashes.
        self._parts: dict[str, ZipInfo] = {part.filename.replace("\\", "/").lstrip("/").lower(): part for part in parts}
        self._relations: dict[str, dict[str, Relation]] = {}
        self._damaged: list[str] = []
        self.main = self._main()

    @property
    def damaged(self) -> tuple[str, ...]:
        """The parts asked for that could not be read."""
        return tuple(self._damaged)

    def names(self) -> list[str]:
        """The names of all parts, in lower case."""
        return list(self._parts)

    def part(self, name: str) -> bytes | None:
        """The bytes of a part; None where there is none or it is damaged."""
        found = self._parts.get(name.lower())
        if found is None:
            return None
        if found.flag_bits & _ENCRYPTED:
            raise UnreadableError("文件已加密,请提供未加密的版本。")
        try:
            return self._archive.read(found)
        except (BadZipFile, OSError, ValueError, NotImplementedError, EOFError, zlib.error, struct.error):
            self._damaged.append(name)
            return None

    def tree(self, name: str) -> Any:
        """The root element of a part in transitional namespaces; None where there is none or it is damaged."""
        content = self.part(name)
        if content is None:
            return None
        if len(content) > self._largest:
            raise UnreadableError("Word 文件的内容过大,没有读取,请拆分后再提交。")
        if b"<!DOCTYPE" in content:  # no program writes one; entities are declared there
            raise UnreadableError("Word 文件的结构异常(含有实体声明),没有读取,请重新保存后再提交。")
        if b"purl.oclc.org" in content:
            for strict, transitional in _STRICT:
                content = re.sub(strict, transitional, content)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
        )
        try:
            root = etree.fromstring(content, parser)
        except (etree.XMLSyntaxError, ValueError):
            self._damaged.append(name)
            return None
        if root.getroottree().docinfo.internalDTD is not None:
            raise UnreadableError("Word 文件的结构异常(含有实体声明),没有读取,请重新保存后再提交。")
        return root

    def relations(self, name: str) -> dict[str, Relation]:
        """What the part `name` is related to, by id; "" asks for the package itself."""
        if name not in self._relations:
            folder, last = posixpath.split(name)
            root = self.tree(posixpath.join(folder, "_rels", last + ".rels"))
            found: dict[str, Relation] = {}
            for relation in root if root is not None else ():
                target = relation.get("Target") or ""
                outside = relation.get("TargetMode") == "External"
                if not outside:
                    target = posixpath.normpath(posixpath.join("/", folder, unquote(target).replace("\\", "/")))[1:]
                kind = (relation.get("Type") or "").rsplit("/", 1)[-1]
                found[relation.get("Id") or ""] = Relation(kind, target, outside)
            self._relations[name] = found
        return self._relations[name]

    def related(self, kind: str) -> Any:
        """The tree of the first part of this kind that the document is related to; None where there is none."""
        names = (relation.target for relation in self.relations(self.main).values() if relation.kind == kind)
        return next((tree for name in names if (tree := self.tree(name)) is not None), None)

    def _main(self) -> str:
        """The name of the main part: by relation, by content type, or by its usual name."""
        types = self.part("[Content_Types].xml") or b""
        candidates = [relation.target for relation in self.relations("").values() if relation.kind == "officeDocument"]
        candidates += [name.decode("utf-8", "replace") for name in _MAIN.findall(types)]
        candidates.append("word/document.xml")
        for name in candidates:
            if name.lower() in self._parts:
                return name
        raise UnreadableError("文件里没有 Word 正文,可能已损坏,请用 Word 或 WPS 重新保存后再提交。")


def value(element: Any, tag: str, default: str | None = None) -> str | None:
    """The w:val of the child w:`tag` of `element`, which may be None."""
    child = element.find(W + tag) if element is not None else None
    return child.get(W + "val", default) if child is not None else None


def switched(element: Any, tag: str) -> bool | None:
    """Whether the child w:`tag` turns a property on; None where it is not there."""
    child = element.find(W + tag) if element is not None else None
    return None if child is None else child.get(W + "val", "1") not in ("0", "false", "off", "none")


def whole(text: str | None, default: int) -> int:
    """`text` as an integer that fits any sane document; `default` where it is none."""
    try:
        number = int(float(text or ""))
    except (ValueError, OverflowError):
        return default
    return number if abs(number) < 1_000_000_000 else default


def chosen(alternate: Any) -> Any:
    """The branch of mc:AlternateContent that Word shows: the first it understands; None where there is none."""
    for branch in alternate.iterchildren(MC + "Choice"):
        names = [branch.nsmap.get(prefix, "") for prefix in (branch.get("Requires") or "").split()]
        if all(
            name.startswith(("http://schemas.microsoft.com/office/", "http://schemas.openxmlformats.org/"))
            for name in names
        ):
            return branch
    return alternate.find(MC + "Fallback")
