"""How much one file and one package may cost before it is called unreadable."""

from dataclasses import dataclass, fields

from ingest.errors import UsageError

_LEAST = {"seconds": 1, "memory_mb": 256, "ocr_pages": 0, "nesting": 0, "processes": 0}
"""Below this nothing at all could be read; 1 for what is not named."""
_MOST = {"processes": 1000}
"""A billion for what is not named."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of reading. A file beyond one of them becomes unreadable with the reason; the others are read. Raises
    UsageError, naming the setting, for a value with which nothing could be read."""

    seconds: float = 30.0
    """for one file without OCR, and for each page of OCR"""
    memory_mb: int = 1024
    """of the process that reads a file"""
    file_mb: int = 200
    pages: int = 1000
    """of one file"""
    ocr_pages: int = 120
    """of one package that are recognised, pictures inside of files among them: 1 to 2.5 s each on two cores"""
    pixels: int = 100_000_000
    """of one picture"""
    unpacked_mb: int = 1000
    """of all files of a package together, unpacked; also of the parts inside one Office file"""
    ratio: int = 200
    """unpacked size to packed size of one part above 10 MB"""
    files: int = 300
    """of one package"""
    nesting: int = 1
    """archives inside an archive"""
    cells: int = 1_000_000
    """of one workbook"""
    processes: int = 0
    """that read files at once; 0 takes one per core"""

    def __post_init__(self) -> None:
        for field in fields(self):
            value, least, most = getattr(self, field.name), _LEAST.get(field.name, 1), _MOST.get(field.name, 10**9)
            if not least <= value <= most:  # nor is "nan" between anything
                name = f"ASSISTANT_LIMITS__{field.name.upper()}"
                raise UsageError(f"设置 {name} 不能是 {value:g},请写 {least} 到 {most} 之间的数。")
