"""What is written inside the drawings of a Word document: text boxes, SmartArt, charts, artistic lettering."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ingest.readers.word_looks import WHITE, Ground
from ingest.readers.word_package import MC, A, Package, R, V, W, chosen, whole

_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_WPG = "{http://schemas.microsoft.com/office/word/2010/wordprocessingGroup}"
_GROUPS = {_WPG + "wgp", _WPG + "grpSp", "{http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas}wpc"}
_HIDDEN_STYLE = re.compile(r"visibility:\s*hidden|mso-hide:\s*all", re.IGNORECASE)
_VML_COLOUR = re.compile(r"#([0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b")
_POINT = 12_700  # EMU
_WIDEST = 22 * 72 * _POINT  # the largest page that Word can set
_BESIDE = 2 * 72 * _POINT  # left of or above the text by more than any margin


@dataclass(frozen=True, slots=True)
class Shape:
    """Either the paragraphs inside a text box (`content`, a w:txbxContent) or plain `lines`."""

    content: Any
    lines: tuple[str, ...]
    ground: Ground
    hidden: bool


def shapes(drawing: Any, package: Package, part: str, ground: Ground) -> Iterator[Shape]:
    """The shapes with words in a w:drawing, w:pict or w:object of `part`, in order, each once."""
    yield from _inside(drawing, package, part, ground, False)


def _inside(node: Any, package: Package, part: str, ground: Ground, hidden: bool) -> Iterator[Shape]:
    for child in node:
        tag = child.tag
        if tag == W + "txbxContent":
            yield Shape(child, (), ground, hidden)
        elif tag == MC + "AlternateContent":
            branch = chosen(child)
            if branch is not None:
                yield from _inside(branch, package, part, ground, hidden)
        elif tag == V + "textpath" and child.get("string"):
            yield Shape(None, (child.get("string"),), ground, hidden)
        elif tag == A + "txBody":
            yield Shape(None, _paragraphs(child), ground, hidden)
        elif tag == _DGM + "relIds":
            yield Shape(None, _diagram(package, part, child.get(R + "dm")), None, hidden)
        elif tag == _C + "chart":
            yield Shape(None, _chart(package, part, child.get(R + "id")), None, hidden)
        elif tag in (_WP + "inline", _WP + "anchor"):
            yield from _inside(child, package, part, ground, hidden or out_of_sight(child))
        elif tag in _GROUPS:
            yield from _inside(child, package, part, _group_ground(child, ground), hidden)
        elif tag == _WPS + "wsp":
            yield from _inside(child, package, part, _fill(child, ground), hidden)
        elif isinstance(tag, str) and tag.startswith(V):
            unseen = hidden or _HIDDEN_STYLE.search(child.get("style") or "") is not None
            shape = tag != V + "group" and tag != V + "textbox"
            yield from _inside(child, package, part, _vml_fill(child, ground) if shape else ground, unseen)
        elif isinstance(tag, str):
            yield from _inside(child, package, part, ground, hidden)


def out_of_sight(place: Any) -> bool:
    """Whether a wp:inline or wp:anchor is hidden, outside the page or smaller than 3 pt."""
    properties = place.find(_WP + "docPr")
    if properties is not None and properties.get("hidden") in ("1", "true"):
        return True
    extent = place.find(_WP + "extent")
    width, height = (whole(extent.get(side) if extent is not None else None, _BESIDE) for side in ("cx", "cy"))
    if 0 <= min(width, height) < 3 * _POINT and max(width, height) > 0:
        return True
    for axis, size in (("positionH", width), ("positionV", height)):
        position = place.find(_WP + axis)
        offset = position.find(_WP + "posOffset") if position is not None else None
        if offset is not None:
            at = whole(offset.text, 0)
            edge = 0 if position.get("relativeFrom") == "page" else -_BESIDE
            if at + size <= edge or at >= _WIDEST:
                return True
    return False


def _group_ground(group: Any, under: Ground) -> Ground:
    """What a box without a fill stands on in a group: perhaps on the picture or the filled shape beside it."""
    filled = any(_fill(shape, WHITE) != WHITE for shape in group.iter(_WPS + "wsp"))
    return None if filled or group.find(f".//{A}blip") is not None else under


def _fill(shape: Any, under: Ground) -> Ground:
    """What the text of a wps:wsp stands on; None for pictures, patterns and computed colours."""
    properties = shape.find(_WPS + "spPr")
    for fill in properties if properties is not None else ():
        if fill.tag == A + "noFill":
            return under
        if fill.tag == A + "solidFill":
            return _solid(fill)
        if fill.tag in (A + "gradFill", A + "blipFill", A + "pattFill", A + "grpFill"):
            return None
    reference = shape.find(f"{_WPS}style/{A}fillRef")
    return under if reference is None or reference.get("idx") in (None, "0") else _solid(reference)


def _solid(fill: Any) -> Ground:
    for colour in fill:
        name = colour.get("val") or ""
        if len(colour) == 0 and colour.tag == A + "srgbClr" and re.fullmatch("[0-9A-Fa-f]{6}", name):
            return int(name[:2], 16), int(name[2:4], 16), int(name[4:], 16)
        if len(colour) == 0 and name in ("bg1", "lt1", "white"):
            return WHITE
    return None


def _vml_fill(shape: Any, under: Ground) -> Ground:
    if shape.get("filled") in ("f", "false", "0"):
        return under
    named = shape.get("fillcolor")
    if named is None:
        return under
    match = _VML_COLOUR.match(named)
    if match is None:
        return WHITE if named.startswith(("white", "window")) else None
    digits = match[1] if len(match[1]) == 6 else "".join(digit * 2 for digit in match[1])
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)


def _paragraphs(body: Any) -> tuple[str, ...]:
    """The lines of DrawingML text."""
    lines = ("".join(node.text or "" for node in paragraph.iter(A + "t")) for paragraph in body.iter(A + "p"))
    return tuple(line for line in lines if line.strip())


def _related(package: Package, part: str, key: str | None) -> Any:
    relation = package.relations(part).get(key or "")
    return None if relation is None or relation.outside else package.tree(relation.target)


def _diagram(package: Package, part: str, key: str | None) -> tuple[str, ...]:
    """The words of a SmartArt, one line for each of its points."""
    root = _related(package, part, key)
    return () if root is None else _paragraphs(root)


def _chart(package: Package, part: str, key: str | None) -> tuple[str, ...]:
    """The titles of a chart, the names of its series and of its categories; not the values, which are drawn."""
    root = _related(package, part, key)
    if root is None:
        return ()
    lines = list(_paragraphs(root))
    for series in root.iter(_C + "ser"):
        for tag in ("tx", "cat"):
            named = series.find(_C + tag)
            values = [node.text or "" for node in named.iter(_C + "v")] if named is not None else []
            lines.append(" ".join(values))
    return tuple(dict.fromkeys(line for line in lines if line.strip()))
