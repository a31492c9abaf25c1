"""Read materials on disk: one JSON file, and beside it the places of all characters in one array file."""

import json
import os
from collections.abc import Callable
from dataclasses import fields
from io import BytesIO
from pathlib import Path
from typing import IO, Any

import numpy as np

from ingest.materials import Block, Material, Page, Remark, Table


def save_material(material: Material, folder: Path) -> None:
    """Write `<sha256>.npz`, then `<sha256>.json`: where the second is, both are whole. Raises OSError."""
    places = {str(at): page.boxes for at, page in enumerate(material.pages) if page.boxes is not None}
    array = BytesIO()
    np.savez(array, allow_pickle=False, **places)
    write_whole(folder / f"{material.sha256}.npz", lambda file: file.write(array.getbuffer()))
    write_json(folder / f"{material.sha256}.json", _plain(material))


def load_material(folder: Path, sha256: str) -> Material | None:
    """What `save_material` wrote of the file with this hash, None if it did not. Raises OSError, ValueError, KeyError
    and TypeError for files that were changed since."""
    if not (path := folder / f"{sha256}.json").is_file():
        return None
    told = json.loads(path.read_text("utf-8"))
    with np.load(folder / f"{sha256}.npz", allow_pickle=False) as places:
        pages = tuple(_page(page, places.get(str(at))) for at, page in enumerate(told.pop("pages")))
    remarks = tuple(Remark(**{**remark, "box": _tuple(remark["box"])}) for remark in told.pop("remarks"))
    return Material(**told, pages=pages, remarks=remarks)


def as_json(material: Material) -> dict[str, Any]:
    """What `python -m ingest read --json` shows: no places of characters, tables as rows of cells."""
    told: dict[str, Any] = _plain(material)
    kind = "word" if material.kind == "old_word" else material.kind
    pages = [{**_plain(page), "tables": [table.rows for table in page.tables]} for page in material.pages]
    return {**told, "kind": kind, "pages": pages}


def write_json(path: Path, value: Any) -> None:
    """Write a value as JSON, all of it or nothing. Raises OSError."""
    write_whole(path, lambda file: file.write(json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")))


def write_whole(path: Path, write: Callable[[IO[bytes]], Any]) -> None:
    """Write a file that other processes see either whole or not at all. Raises OSError."""
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("wb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _plain(value: Any) -> Any:
    """Dataclasses as dictionaries, all the way down, without the character boxes."""
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Material | Page | Block | Table | Remark):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value) if f.name != "boxes"}
    return value


def _page(told: dict[str, Any], boxes: Any) -> Page:
    blocks = tuple(Block(**block) for block in told.pop("blocks"))
    tables = tuple(Table(tuple(map(tuple, table["rows"])), _tuple(table["box"])) for table in told.pop("tables"))
    size, margins = _tuple(told.pop("size")), tuple(told.pop("margins"))
    return Page(**told, blocks=blocks, tables=tables, boxes=boxes, size=size, margins=margins)


def _tuple(value: Any) -> Any:
    return None if value is None else tuple(value)
