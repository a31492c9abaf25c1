"""What a ZIP file would unpack to, found out before anything is unpacked."""

import struct
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from ingest.errors import UnreadableError
from ingest.limits import Limits

_MB = 1024 * 1024
_SMALL = 10 * _MB  # a part below this may be packed as tightly as it likes
_TIGHTEST = 1032  # deflate cannot pack more bytes than these into one
_ENCRYPTED = 0x1
_STEP = _MB


def check_unpacked(content: bytes, limits: Limits) -> None:
    """Raises UnreadableError when the parts of the ZIP file `content` are larger than `limits` allow, whatever its
    directory says of them, or when the directory is damaged. Costs no more memory than a megabyte."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
    # zipfile raises the last four on a directory that was tampered with.
    except (BadZipFile, OSError, ValueError, NotImplementedError, struct.error, IndexError) as error:
        raise UnreadableError("文件已损坏或不完整,打不开,请重新提交。") from error
    if any(part.header_offset < 0 for part in parts):  # cut out of the middle: zipfile would stumble when it reads it
        raise UnreadableError("文件已损坏或不完整,打不开,请重新提交。")
    total = 0
    for part in parts:
        most = part.compress_size if part.compress_type == ZIP_STORED else part.compress_size * _TIGHTEST
        # Only what could be too large is unpacked to be measured: the directory may lie.
        size = max(part.file_size, _measured(content, part, limits) if most > _SMALL else 0)
        total += size
        if total > limits.unpacked_mb * _MB:
            raise UnreadableError(f"文件解压后超过 {limits.unpacked_mb} MB,没有读取,请拆分或压缩内容后再提交。")
        if size > _SMALL and size > limits.ratio * max(part.compress_size, 1):
            raise UnreadableError("文件的压缩比异常,可能是“压缩炸弹”,没有读取,请重新制作后提交。")


def _measured(content: bytes, part: ZipInfo, limits: Limits) -> int:
    """How many bytes `part` unpacks to; 0 where it is not deflated, is encrypted or is damaged: nobody unpacks it."""
    if part.compress_type != ZIP_DEFLATED or part.flag_bits & _ENCRYPTED:
        return 0
    header = content[part.header_offset : part.header_offset + 30]
    if len(header) < 30:
        return 0
    name, extra = struct.unpack("<HH", header[26:30])
    start = part.header_offset + 30 + name + extra
    packed = memoryview(content)[start : start + part.compress_size]
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    size, most = 0, limits.unpacked_mb * _MB
    try:
        for at in range(0, len(packed), _STEP):
            rest: bytes | memoryview = packed[at : at + _STEP]
            while rest and not inflate.eof and size <= most:
                size += len(inflate.decompress(rest, _STEP))
                rest = inflate.unconsumed_tail
    except zlib.error:
        return size
    return size
