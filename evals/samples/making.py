"""A Package → its files."""

import random
import zlib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Literal

from evals.samples import archives, forms, lists, ofd, paper, scans, texts
from evals.samples.document import Document, Workbook, plain, words_of
from evals.samples.fonts import Faces, cut
from evals.samples.packages import Package, Paper


def faces_for(packages: Iterable[Package], folder: Path) -> Faces:
    """Fonts with all characters of `packages`, written to `folder`. Raises FileNotFoundError without Noto CJK."""
    return cut((plain(words) for package in packages for one in package.papers for words in words_of(one.what)), folder)


def files(package: Package, faces: Faces) -> Mapping[str, bytes]:
    """Every file by its path in the package, those of inner ZIPs too, and not these ZIPs."""
    return {one.path: made(one, faces) for one in package.papers}


def made(one: Paper, faces: Faces) -> bytes:
    seed = zlib.crc32(one.path.encode()) % 1000
    if isinstance(one.what, Workbook):
        return texts.table(one.what).encode("gbk") if one.how == "csv" else lists.workbook(one.what)
    match one.how:
        case "word":
            return forms.form(one.what, seed=seed)
        case "cut":
            return forms.form(one.what, seed=seed)[:9000]
        case "text" | "utf8":
            return texts.text(one.what).encode("gbk" if one.how == "text" else "utf-8")
        case "html":
            return texts.web(one.what).encode()
        case "ofd":
            return ofd.written(one.what)
        case "pdf":
            return printed(one, faces)
        case "scan":
            return scans.scanned(printed(one, faces), one.looks, seed=seed)
        case "photo":
            return scans.photo(printed(one, faces), seed=seed)
        case "jpeg":
            return scans.flat(printed(one, faces), one.looks[0], seed=seed)
        case "screenshot":
            return scans.screenshot(printed(one, faces), title="信用信息查询")
        case "locked":
            return paper.printed(one.what, faces, seed=seed, password="sample")
        case "empty":
            return b""
        case "rar":
            return b"Rar!\x1a\x07\x01\x00" + bytes(random.Random(seed).randbytes(3000))
        case "excel" | "csv":
            raise ValueError(f"{one.path} is no list")


@lru_cache(maxsize=256)
def printed(one: Paper, faces: Faces) -> bytes:
    """A Document as the digital PDF that scans and photos are made of, whatever the paper is in the end."""
    if not isinstance(one.what, Document):
        raise ValueError(f"{one.path} is a list")
    return paper.printed(one.what, faces, seed=zlib.crc32(one.path.encode()) % 1000)


def write(package: Package, folder: Path, content: Mapping[str, bytes]) -> None:
    """The package below `folder`, as a folder of its own or as a ZIP with names in GBK. Inner ZIPs are packed."""
    inner: dict[str, dict[str, bytes]] = {}
    outer: dict[str, bytes] = {}
    for path, data in content.items():
        archive, ending, rest = path.partition(".zip/")
        if ending:
            inner.setdefault(f"{archive}.zip", {})[rest] = data
        else:
            outer[path] = data
    names: Literal["utf-8", "gbk"] = "utf-8" if package.utf8 else "gbk"
    outer.update({path: archives.packed(parts, names=names) for path, parts in inner.items()})
    if package.zipped:
        (folder / f"{package.name}.zip").write_bytes(archives.packed(outer, names=names))
        return
    (folder / package.name).mkdir(exist_ok=True)  # also of a package without any file
    for path, data in outer.items():
        target = folder / package.name / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
