"""The Noto CJK fonts that samples are printed with."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fontTools import subset  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from PIL import ImageFont

from evals.samples.document import FICTION

FOLDERS = (Path("/usr/share/fonts/opentype/noto"), Path("/usr/share/fonts/noto-cjk"), Path("/Library/Fonts"))
SONG, HEI = "NotoSerifCJK-Regular.ttc", "NotoSansCJK-Bold.ttc"
_SIMPLIFIED = 2  # the number of the SC face in the collections, which run JP, KR, SC, TC, HK

_ALWAYS = "一二三四五六七八九十百（）、，。：■□—"  # what papers add by themselves


@dataclass(frozen=True, slots=True)
class Faces:
    """Font files with a few characters each: `song` for text, `hei` for headings."""

    song: Path
    hei: Path


def available() -> bool:
    return all(any((folder / name).is_file() for folder in FOLDERS) for name in (SONG, HEI))


def cut(words: Iterable[str], folder: Path) -> Faces:
    """Fonts with the characters of `words` alone, written to `folder`: opening a whole collection for each paper takes
    five times as long as printing it. Raises FileNotFoundError without Noto CJK."""
    characters = {char for piece in (*words, FICTION, _ALWAYS) for char in piece} | set(map(chr, range(32, 127)))
    made = {}
    for name in (SONG, HEI):
        made[name] = folder / f"{Path(name).stem}.otf"
        options = subset.Options(
            layout_features=[], name_IDs=["*"], notdef_outline=True, recalc_timestamp=False, desubroutinize=True
        )
        options.drop_tables += ["GSUB", "GPOS", "vhea", "vmtx", "VORG", "BASE"]
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=[ord(char) for char in characters])
        with TTFont(_path(name), fontNumber=_SIMPLIFIED, lazy=True, recalcTimestamp=False, recalcBBoxes=False) as font:
            cutter.subset(font)
            font.save(made[name])
    return Faces(song=made[SONG], hei=made[HEI])


@lru_cache(maxsize=64)
def drawn(name: str, size: int) -> ImageFont.FreeTypeFont:
    """A font for Pillow, `size` in pixels."""
    return ImageFont.truetype(str(_path(name)), size, index=_SIMPLIFIED)


def _path(name: str) -> Path:
    for folder in FOLDERS:
        if (folder / name).is_file():
            return folder / name
    raise FileNotFoundError(f"{name} was not found in {', '.join(map(str, FOLDERS))}")
