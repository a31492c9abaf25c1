"""What runs in the child processes: one file read, one picture recognised. Reader modules are loaded where they run."""

from functools import cache
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import is_zipfile

from ingest.errors import UnreadableError
from ingest.limits import Limits
from ingest.materials import Contents, Kind, Page, PageNumber, Remark

if TYPE_CHECKING:
    from ingest.ocr import Recognizer

_MODULES: dict[Kind, str] = {
    "pdf": "ingest.readers.pdf",
    "word": "ingest.readers.word",
    "old_word": "ingest.readers.old_word",
    "sheet": "ingest.readers.sheet",
    "image": "ingest.readers.image",
    "text": "ingest.readers.plain",
    "html": "ingest.readers.html",
    "ofd": "ingest.readers.ofd",
}
READERS = tuple(_MODULES.values())


def read_contents(content: bytes, name: str, limits: Limits) -> tuple[Kind, Contents]:
    """The kind of a file, told by its bytes, and what its reader returns. Raises UnreadableError, without the name."""
    from ingest.readers.kinds import kind_of, reason_unknown

    kind = kind_of(content, name)
    if kind == "unknown" or not content:
        raise UnreadableError(reason_unknown(content))
    if kind == "archive":
        whole = is_zipfile(BytesIO(content))
        reason = "这是压缩包,请解压后逐个读取里面的文件。" if whole else "文件已损坏,打不开,请重新导出后再提交。"
        raise UnreadableError(reason)
    contents: Contents = _reader(kind).read(content, limits)
    return kind, contents


def read_file(path: Path, name: str, limits: Limits) -> tuple[Kind, Contents]:
    """As `read_contents`, of the file at `path`, whose name in the package is `name`."""
    return read_contents(_bytes(path, limits), name, limits)


def recognise_picture(
    path: Path, kind: Kind, number: int, page: PageNumber, limits: Limits
) -> tuple[Page, tuple[Remark, ...]]:
    """The words of the picture `number` of a file. Raises UnreadableError."""
    picture, size = _reader(kind).picture(_bytes(path, limits), number, limits)
    return _recognizer().recognise(picture, size=size, number=page)


def _bytes(path: Path, limits: Limits) -> bytes:
    """A file, no more of it than it may be large: it may still grow."""
    from ingest.readers.archive import MEGABYTE, too_large
    from ingest.staging_copy import why_not

    try:
        with path.open("rb") as file:
            content = file.read(limits.file_mb * MEGABYTE + 1)
    except OSError as error:
        raise UnreadableError(why_not(error)) from error
    if len(content) > limits.file_mb * MEGABYTE:
        raise UnreadableError(too_large(limits))
    return content


def _reader(kind: Kind) -> Any:
    return import_module(_MODULES[kind])


@cache
def _recognizer() -> "Recognizer":
    """One model for the life of a process; on one thread, since as many processes run as there are cores."""
    from ingest.ocr import Recognizer

    return Recognizer(threads=1)
