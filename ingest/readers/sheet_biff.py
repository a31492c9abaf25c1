"""What calamine leaves out of an Excel 97 file (.xls, .et): number formats, hidden rows and columns (MS-XLS 2.4)."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

import olefile

from ingest.errors import UnreadableError
from ingest.readers.sheet_formats import BUILTIN

_CELLS = {0x0006, 0x0203, 0x027E, 0x00FD, 0x0204, 0x0205, 0x00D6}  # FORMULA NUMBER RK LABELSST LABEL BOOLERR RSTRING
_MULTIPLE = 0x00BD  # MULRK
_BLANKS = {0x0201, 0x00BE}  # BLANK MULBLANK
_MOST_SHEETS = 1000
_ROWS, _COLUMNS = 65_536, 256
_DAMAGED = "表格已损坏或不完整,打不开,请另存为 .xlsx 后重新提交。"


@dataclass(slots=True)
class Looks:
    """How a sheet's cells look: number formats by row and column, rows and columns that are hidden; all from 0."""

    formats: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    comments: int = 0


def looks(content: bytes) -> list[Looks]:
    """The looks of each sheet in the order of the workbook. Raises UnreadableError when the file is encrypted, has no
    workbook, or says that it has more rows and columns than there are: calamine would make room for all of them."""
    stream = _stream(content)
    places: list[int] = []
    codes = dict(BUILTIN)
    styles: list[int] = []
    for kind, data in _records(stream, 0):
        if kind == 0x002F:  # FILEPASS
            raise UnreadableError("文件已加密,请提供未加密的版本。")
        if kind == 0x0085 and len(data) >= 4:  # BOUNDSHEET
            places.append(_long(data, 0))
        elif kind == 0x041E and len(data) > 5:  # FORMAT
            encoding = "utf-16-le" if data[4] & 1 else "latin-1"
            codes[_short(data, 0)] = data[5:].decode(encoding, "replace")[: _short(data, 2)]
        elif kind == 0x00E0 and len(data) >= 4:  # XF
            styles.append(_short(data, 2))
    return [_looks(stream, place, codes, styles) for place in places[:_MOST_SHEETS]]


def _looks(stream: bytes, place: int, codes: dict[int, str], styles: list[int]) -> Looks:
    sheet = Looks()
    for kind, data in _records(stream, place):
        if kind == 0x0200:  # DIMENSIONS
            top, bottom, left, right = struct.unpack(
                "<HHHH" if len(data) < 14 else "<IIHH", data[: 8 if len(data) < 14 else 12].ljust(8, b"\0")
            )
            if not (top <= bottom <= _ROWS and left <= right <= _COLUMNS):
                raise UnreadableError(_DAMAGED)
        elif (kind in _CELLS or kind == _MULTIPLE or kind in _BLANKS) and _short(data, 2) >= _COLUMNS:
            raise UnreadableError(_DAMAGED)
        else:
            _cell_looks(kind, data, sheet, codes, styles)
    return sheet


def _cell_looks(kind: int, data: bytes, sheet: Looks, codes: dict[int, str], styles: list[int]) -> None:
    if kind in _CELLS and len(data) >= 6:
        found = [(_short(data, 2), _short(data, 4))]
    elif kind == _MULTIPLE and len(data) >= 12:
        first = _short(data, 2)
        found = [(first + n, _short(data, 4 + 6 * n)) for n in range((len(data) - 6) // 6)]
    else:
        if kind == 0x0208 and len(data) >= 16 and _short(data, 12) & 0x20:  # ROW
            sheet.hidden_rows.add(_short(data, 0))
        elif kind == 0x007D and len(data) >= 10 and _short(data, 8) & 1:  # COLINFO
            sheet.hidden_columns.update(range(_short(data, 0), min(_short(data, 2), _COLUMNS) + 1))
        elif kind == 0x001C:  # NOTE
            sheet.comments += 1
        return
    for column, style in found:
        code = codes.get(styles[style], "") if style < len(styles) else ""
        if code and code not in ("General", "@"):
            sheet.formats[_short(data, 0), column] = code


def _stream(content: bytes) -> bytes:
    try:
        with olefile.OleFileIO(BytesIO(content)) as ole:
            name = next((name for name in ("Workbook", "Book") if ole.exists(name)), None)
            return bytes(ole.openstream(name).read()) if name else b""
    except (OSError, ValueError, IndexError, KeyError, TypeError, struct.error, RecursionError) as error:
        raise UnreadableError(_DAMAGED) from error


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The kind and content of each record from `at` on to the end of the part that begins there."""
    depth = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        depth += kind == 0x0809  # BOF; a chart inside a sheet has one of its own
        if kind == 0x000A:  # EOF
            depth -= 1
            if depth <= 0:
                return
        elif depth <= 1:
            yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _short(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 2], "little")


def _long(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 4], "little")
