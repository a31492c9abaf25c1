"""The XML parts of an Office file (ECMA-376 part 2), without entities, links or anything outside the file."""

import posixpath
import re
import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from lxml import etree  # type: ignore[import-untyped]

from ingest.errors import UnreadableError

_SAFE: dict[str, bool] = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
"""For lxml: an entity stays a name, nothing is fetched, and nesting ends at 256 levels."""


class Parts:
    """The parts of an Office file by their names, "/" between folders. The names' case does not matter."""

    def __init__(self, content: bytes) -> None:
        """Raises UnreadableError when the directory is damaged."""
        try:
            self._archive = ZipFile(BytesIO(content))
        except (BadZipFile, OSError, ValueError, NotImplementedError, struct.error, IndexError) as error:
            raise UnreadableError("文件已损坏或不完整,打不开,请重新提交。") from error
        self._parts = {part.filename.replace("\\", "/").lstrip("/").lower(): part for part in self._archive.infolist()}

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._parts

    def read(self, name: str) -> bytes:
        """The bytes of a part. Raises UnreadableError when it is missing, damaged or encrypted."""
        part = self._parts.get(name.lower())
        if part is None:
            raise UnreadableError("文件不完整,缺少必要的内容,请重新提交。")
        if part.flag_bits & 1:
            raise UnreadableError("文件已加密,请提供未加密的版本。")
        try:
            return self._archive.read(part)
        except (BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError, zlib.error, struct.error) as error:
            raise UnreadableError("文件已损坏或不完整,打不开,请重新提交。") from error

    def root(self, name: str) -> Any:
        """The root element of a part; a part that is not there is an empty element."""
        if name not in self:
            return etree.Element("none")
        return tree(self.read(name))

    def related(self, name: str) -> dict[str, tuple[str, str]]:
        """What the part `name` points at: id → (the last word of the relation's type, the name of the part)."""
        folder, file = posixpath.split(name)
        found: dict[str, tuple[str, str]] = {}
        for element in self.root(f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels"):
            if isinstance(element.tag, str) and element.get("TargetMode") != "External":
                target = (element.get("Target") or "").replace("\\", "/")
                path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
                kind = (element.get("Type") or "").rsplit("/", 1)[-1]
                found[element.get("Id") or ""] = (kind, posixpath.normpath(path))
        return found


def tree(part: bytes) -> Any:
    """The root element; an empty one where there is no XML. What stands before a broken end is there. Raises
    UnreadableError on a document type."""
    _refuse_types(part)
    try:
        found = etree.fromstring(part, etree.XMLParser(**_SAFE, recover=True, remove_comments=True))
    except (etree.XMLSyntaxError, ValueError):
        found = None
    return etree.Element("none") if found is None else found


def elements(part: bytes, faults: list[str], *names: str) -> Iterator[Any]:
    """The elements called `names` in any namespace, in the order of their ends, each emptied when the next is asked
    for; those called by the first name also leave the tree. A broken end is left out, and `faults` says why. Raises
    UnreadableError on a document type."""
    _refuse_types(part)
    wanted = [f"{{*}}{name}" for name in names]
    context = etree.iterparse(BytesIO(part), tag=wanted, recover=True, remove_comments=True, **_SAFE)
    for _, element in context:
        yield element
        element.clear()
        while local(element) == names[0] and element.getprevious() is not None:
            del element.getparent()[0]
    faults += [entry.message for entry in context.error_log if entry.level_name == "FATAL"]


def _refuse_types(part: bytes) -> None:
    """No part may declare a document type, and so no entity (ECMA-376 part 2, 8.1.4)."""
    if b"<!DOCTYPE" in part[:65536] or b"<\0!\0D\0O\0C\0T\0Y\0P\0E" in part[:65536]:
        raise UnreadableError("文件里有不允许的 XML 声明,没有读取,请用 Office 重新保存后提交。")


def local(element: Any) -> str:
    """An element's name without its namespace; empty for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def parts_of(root: Any, holder: str, name: str) -> Iterator[Any]:
    """The elements `name` right below the elements `holder` right below `root`, in any namespace."""
    for outer in root:
        if local(outer) == holder:
            yield from (inner for inner in outer if local(inner) == name)


def attribute(element: Any, name: str) -> str | None:
    """An attribute by its name without a namespace."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return None


def integer(text: str | None) -> int:
    """The number that an attribute holds; 0 where it holds none, or none of a sensible length."""
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0


_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescaped(text: str) -> str:
    """Text in which _x000D_ stands for a character that XML cannot hold (ECMA-376 22.9.2.19)."""
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
