"""Running heads, feet and page numbers: lines that stand at the same place on several pages of a document."""

import re
from collections import Counter
from collections.abc import Sequence

from ingest.readers.pdf_drafts import Draft
from ingest.readers.pdf_lines import Line

_NUMBER = re.compile(
    r"[-—–―－·~\s]*\d{1,4}[-—–―－·~\s]*|第\s*[\d一二三四五六七八九十百]{1,5}\s*页(?:\s*[,，/]?\s*共\s*[\d一二三四五六七八九十百]{1,5}\s*页)?"
    r"|\d{1,4}\s*[/／]\s*\d{1,4}|[Pp]age\s*\d{1,4}(?:\s*of\s*\d{1,4})?|[ivxlcIVXLC]{1,7}|[Ⅰ-ⅿ]{1,4}"
)
_BARE = re.compile(
    r"[-—–―－·\s]*\d{1,4}[-—–―－·\s]*|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?|\d{1,4}\s*/\s*\d{1,4}"
)
_DASHED = re.compile(r"[-—–―]\s*\d{1,4}\s*[-—–―]|第\s*\d{1,4}\s*页.{0,12}")
_ZONE = 0.14  # of the page's height at its head and at its foot
_DEEPEST = 3  # lines from the edge


def margins(drafts: Sequence[Draft]) -> list[set[int]]:
    """For each page the places of the lines that are not part of its text."""
    edges = [_edges(draft) for draft in drafts]
    counted: Counter[tuple[str, int, bool]] = Counter()
    bands: Counter[tuple[int, int, bool]] = Counter()
    for draft, (head, foot) in zip(drafts, edges, strict=True):
        for at_foot, lines in ((False, head), (True, foot)):
            keys = {(_form(draft.lines[place].text), at_foot, _band(draft, draft.lines[place])) for place in lines}
            counted.update((form, band + near, at_foot) for form, at_foot, band in keys for near in (-1, 0, 1))
            bands.update(
                {(_band(draft, draft.lines[place]), _size(draft.lines[place]), at_foot) for place in lines[:1]}
            )
    found: list[set[int]] = []
    for draft, (head, foot) in zip(drafts, edges, strict=True):
        apart: set[int] = set()
        for at_foot, lines in ((False, head), (True, foot)):
            for depth, place in enumerate(lines):
                line = draft.lines[place]
                band = _band(draft, line)
                repeated = counted[(_form(line.text), band, at_foot)] >= (3 if len(drafts) > 3 else 2)
                repeated = repeated and (len(drafts) > 2 or _outermost(draft, line))
                usual = len(drafts) >= 6 and bands[(band, _size(line), at_foot)] >= 0.6 * len(drafts) and depth == 0
                if (
                    repeated
                    or _page_number(draft, line, at_foot, len(drafts))
                    or (usual and _loose(draft, line, at_foot))
                ):
                    apart.add(place)
                elif not any(0 < abs(draft.lines[other].top - line.top) < 3 for other in lines):
                    # A page number with dashes is one even above another line.
                    inner = [
                        other for other in lines[depth + 1 :] if at_foot and _DASHED.fullmatch(draft.lines[other].text)
                    ]
                    apart.update(inner)
                    break
        found.append(apart)
    return found


def _edges(draft: Draft) -> tuple[list[int], list[int]]:
    """The places of the few lines nearest to the head and to the foot of the page, the outermost first."""
    height = draft.size[1]
    upright = [place for place, line in enumerate(draft.lines) if line.turn == 0 and line.table is None]
    head = sorted(
        (place for place in upright if draft.lines[place].bottom < _ZONE * height), key=lambda p: draft.lines[p].top
    )
    foot = sorted(
        (p for p in upright if draft.lines[p].top > (1 - _ZONE) * height), key=lambda p: -draft.lines[p].bottom
    )
    return head[:_DEEPEST], foot[:_DEEPEST]


def _form(text: str) -> str:
    """The words with every number alike."""
    return re.sub(r"\d+", "#", re.sub(r"(?<=第)[一二三四五六七八九十百]+(?=页)", "#", "".join(text.split())))


def _band(draft: Draft, line: Line) -> int:
    return round((line.top + line.bottom) / 2 / 4)


def _size(line: Line) -> int:
    return round(line.size)


def _outermost(draft: Draft, line: Line) -> bool:
    height = draft.size[1]
    return line.bottom < 0.09 * height or line.top > 0.91 * height


def _page_number(draft: Draft, line: Line, at_foot: bool, pages: int) -> bool:
    if pages == 1:
        return at_foot and _BARE.fullmatch(line.text) is not None
    return _NUMBER.fullmatch(line.text) is not None


def _loose(draft: Draft, line: Line, at_foot: bool) -> bool:
    """Whether `line` stands clearly apart from the nearest line of the text."""
    others = [other for other in draft.lines if other is not line and other.turn == 0]
    if at_foot:
        gap = line.top - max((other.bottom for other in others if other.bottom <= line.top + 2), default=0.0)
    else:
        gap = min((other.top for other in others if other.top >= line.bottom - 2), default=draft.size[1]) - line.bottom
    return gap > 0.7 * line.size
