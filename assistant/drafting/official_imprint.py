"""版记 at the foot of the last page (GB/T 9704-2012 7.4)."""

from collections.abc import Callable
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import qn

from assistant.drafting.official_parts import Imprint, Part, Piece
from assistant.drafting.official_styles import CHARACTER_POINTS, CHARACTERS, STYLES, TEXT_MM, THICK_MM, THIN_MM
from assistant.drafting.official_title import width
from assistant.drafting.official_xml import element, paragraph_element, run_elements, twips

_EMU = 12700
"""To a point."""
_LINE = int(CHARACTERS * CHARACTER_POINTS / STYLES["copies"].points)
"""Characters of 4号 in the width of the text."""
_SPACES = (
    ("w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    ("mc", "http://schemas.openxmlformats.org/markup-compatibility/2006"),
    ("wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
    ("a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
    ("wps", "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"),
)
# A text box at the lower edge of the text area. A floating table would be plainer, but LibreOffice 7.4 lets one as
# wide as the text flow with the text, and a frame of paragraphs loses its place there when they have borders.
_BOX = """
<w:r {spaces}><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>
<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2" behindDoc="0" locked="0"
 layoutInCell="1" allowOverlap="0"><wp:simplePos x="0" y="0"/>
<wp:positionH relativeFrom="margin"><wp:align>left</wp:align></wp:positionH>
<wp:positionV relativeFrom="margin"><wp:align>bottom</wp:align></wp:positionV>
<wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapTopAndBottom/>
<wp:docPr id="1" name="版记"/><wp:cNvGraphicFramePr/>
<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>
<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>
<wps:txbx><w:txbxContent/></wps:txbx>
<wps:bodyPr rot="0" vert="horz" wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="b"><a:noAutofit/></wps:bodyPr>
</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice></mc:AlternateContent></w:r>
"""


def imprint_parts(imprint: Imprint) -> tuple[Part, ...]:
    """抄送, and who printed and when, as far as they are given."""
    made: tuple[Part, ...] = ()
    if imprint.copies:
        made = (Part("copies", (Piece(f"抄送：{imprint.copies.rstrip('。.')}。"),)),)
    if imprint.printer:
        day = f"{imprint.day}印发"
        gap = "\t" if width(imprint.printer) + width(day) <= _LINE - 3 else "\n\t"
        made = (*made, Part("print", (Piece(imprint.printer + gap + day),)))
    return made


def plain_runs(part: Part) -> list[Any]:
    return run_elements(part.text)


def imprint_element(imprint: Imprint, runs: Callable[[Part], list[Any]] = plain_runs) -> Any:
    """Lines as wide as the text, thick above the first part and below the last, thin between (7.4.1); 抄送 with one
    character free at either side, its later lines under the first name (7.4.2); who printed left, the day right
    (7.4.3)."""
    held, lines = [_rule(THICK_MM)], 0
    for n, part in enumerate(imprint_parts(imprint)):
        if n:
            held.append(_rule(THIN_MM))
        held.append(_words(part, runs(part)))
        gone = sum(width(text.text or "") for text in held[-1].iter(qn("w:delText")))
        room = _LINE - 5 if part.role == "copies" else _LINE - 3
        lines += sum(-(-int(width(line) + 1) // room) for line in part.text.split("\n")) + -(-int(gone) // room)
    held.append(_rule(THICK_MM))
    height = min(lines * STYLES["copies"].line + 2 * len(held), TEXT_MM[1] / 25.4 * 72)
    box = parse_xml(
        _BOX.format(
            spaces=" ".join(f'xmlns:{name}="{space}"' for name, space in _SPACES),
            width=round(CHARACTERS * CHARACTER_POINTS * _EMU),
            height=round(height * _EMU),
        ).replace("\n", "")
    )
    box.find(f".//{qn('w:txbxContent')}").extend(held)
    anchor = paragraph_element(Part("rule", ()))
    anchor.append(box)
    return anchor


def _words(part: Part, runs: list[Any]) -> Any:
    made = paragraph_element(part)
    if part.role == "print":
        stops = element("tabs")
        stops.append(element("tab", val="right", pos=twips(CHARACTERS * CHARACTER_POINTS - STYLES["print"].points)))
        made[0].append(stops)
    made.extend(runs)
    return made


def _rule(thickness: float) -> Any:
    """A paragraph of no height with a line under it, in millimetres."""
    made, border = paragraph_element(Part("rule", ())), element("pBdr")
    eighths = round(thickness / 25.4 * 72 * 8)
    border.append(element("bottom", val="single", sz=eighths, space=0, color="000000"))
    made[0].append(border)
    return made
