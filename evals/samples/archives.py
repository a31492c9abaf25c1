"""ZIP files that are the same each time, with names as Windows writes them."""

import re
from collections.abc import Mapping
from io import BytesIO
from typing import Literal
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from evals.samples.paper import MADE

_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms)")


def packed(files: Mapping[str, bytes], *, names: Literal["utf-8", "gbk"] = "utf-8") -> bytes:
    """A ZIP of `files` by path. With `gbk` the names stand as raw GBK bytes without any flag, as the Chinese Windows
    makes them. Raises UnicodeEncodeError for a name that GBK does not have."""
    written = {path: path if names == "utf-8" else _placeholder(path, number) for number, path in enumerate(files)}
    held = BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as archive:
        for path, content in files.items():
            part = ZipInfo(written[path], MADE.timetuple()[:6])
            part.compress_type = ZIP_DEFLATED
            part.create_system = 0
            archive.writestr(part, content)
    content = held.getvalue()
    if names == "gbk":
        for path, placeholder in written.items():
            content = content.replace(placeholder.encode(), path.encode("gbk"))
    return content


def settled(office: bytes) -> bytes:
    """An Office file with fixed times instead of the present one."""
    stamp = MADE.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with ZipFile(BytesIO(office)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    core = "docProps/core.xml"
    parts[core] = _STAMP.sub(lambda found: found.group(1) + stamp + found.group(2), parts[core])
    return packed(parts)


def _placeholder(path: str, number: int) -> str:
    """A name of as many bytes as `path` has in GBK, found nowhere else: zipfile itself writes only UTF-8."""
    return f"@{number:03d}@".ljust(len(path.encode("gbk")), "~")
