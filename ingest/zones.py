"""The parts of a policy file: issuing notice, title, contents, body, signature, annexes, web notes."""

import re
from dataclasses import dataclass, replace
from typing import Literal

from ingest.headings import Piece, Style
from ingest.openings import MARKS

ZoneKind = Literal["notice", "title", "contents", "body", "annex", "signature", "note"]

STRUCTURE = frozenset({"part", "chapter", "section", "article"})

_GENRE = (
    "办法|条例|规定|细则|规则|规程|意见|方案|规划|章程|标准|制度|指南|指引|决定|解释|法|准则|公约|安排|批复|通知|公告|通告"
    "|函|纲要|计划|要点|措施|守则|规范|须知|导则|政策|清单|命令|罪名"
)
_TITLE = re.compile(rf".*(?:{_GENRE})(?:\s*[(（〔\[].{{1,30}}[)）〕\]])*")
_NOT_A_TITLE = re.compile(r"附[件录]|[(（【]|.*[。；，：:;,]$")
_DATE = re.compile(
    r"[(（]?\s*(?:\d{4}|[〇○零一二三四五六七八九]{4})\s*年\s*[\d一二三四五六七八九十]{1,3}\s*月\s*[\d一二三四五六七八九十]{1,3}\s*日\s*[)）]?"
)
_ADOPTED = re.compile(r"[(（]?\d{4}年.{0,100}(?:通过|公布|发布|施行|修正|修订|批准|公告)[)）]?")
_TOP_STYLES: tuple[Style, ...] = ("一、", "(一)", "1.")


@dataclass(frozen=True, slots=True)
class Zone:
    """Pieces that follow one another; an annex with clauses of its own comes as `annex` (its heading) and `body`.

    `annex` is 0 in the main text, else the annex's place in the file, from 1; `number` is the 2 of 附件2.
    """

    kind: ZoneKind
    pieces: tuple[Piece, ...]
    annex: int = 0
    number: int | None = None


def zones(source: str, pieces: list[Piece]) -> list[Zone]:
    """Every piece in one zone, in order."""
    pieces = _with_units(pieces)
    pieces = _with_repeated_chapters_as_contents(pieces)
    first = _body_start(source, pieces)
    cuts = [index for index in range(first + 1, len(pieces)) if pieces[index].unit == "annex"]
    found = _front(source, [replace(p, unit="plain") if p.unit == "annex" else p for p in pieces[:first]])
    found += _with_tail(source, pieces[first : cuts[0] if cuts else len(pieces)], 0, None)
    for order, cut in enumerate(cuts, 1):
        stop = cuts[order] if order < len(cuts) else len(pieces)
        found += _with_tail(source, pieces[cut:stop], order, pieces[cut].number)
    return found


def _with_units(pieces: list[Piece]) -> list[Piece]:
    """Where no 第X条 stands, the first list style that counts 一、二、… opens the articles."""
    if any(piece.unit == "article" for piece in pieces):
        return pieces
    counted = [
        style
        for style in _TOP_STYLES
        if {1, 2} <= {piece.number for piece in pieces if piece.unit == "item" and piece.style == style}
    ]
    if not counted:
        return pieces
    top = next(p.style for p in pieces if p.unit == "item" and p.number == 1 and p.style in counted)
    made, last, in_annex = [], 0, False
    for piece in pieces:
        in_annex = in_annex or (piece.unit == "annex" and last > 0)
        if piece.unit in STRUCTURE or piece.unit == "heading":
            last = 0
        if piece.unit == "annex":
            last = 0
        if piece.unit == "item" and piece.style == top and piece.number == last + 1 and (top == "一、" or not in_annex):
            last += 1
            piece = replace(piece, unit="article")
        made.append(piece)
    return made


def _with_repeated_chapters_as_contents(pieces: list[Piece]) -> list[Piece]:
    """Chapters that come twice before the first article: the first run is a table of contents without its name."""
    stop = next((index for index, piece in enumerate(pieces) if piece.unit == "article"), len(pieces))
    named = [(index, (p.unit, p.number)) for index, p in enumerate(pieces[:stop]) if p.unit in STRUCTURE and p.number]
    again = [index for index, key in named[1:] if key == named[0][1]]
    if not again or again[0] - named[0][0] < 2:
        return pieces
    listed = range(named[0][0], again[0])
    if any(len(range(pieces[index].start, pieces[index].end)) > 80 for index in listed):
        return pieces
    return [replace(p, unit="contents") if index in listed else p for index, p in enumerate(pieces)]


def _body_start(source: str, pieces: list[Piece]) -> int:
    for index, piece in enumerate(pieces):
        if piece.unit in STRUCTURE or (piece.unit == "heading" and piece.level > 1):
            while index and pieces[index - 1].unit in ("item", "heading") and pieces[index - 1].level > 1:
                index -= 1
            before = pieces[index - 1] if index else None
            if before and before.unit == "item" and before.style == "一、" and piece.style != "一、":
                words = source[before.start : before.end]
                index -= before.number == 1 and len(words) < 40 and words[-1] not in "。；：:"
            return index
    titled = _title(source, pieces)
    start = titled[-1] + 1 if titled else 0
    while start < len(pieces) and (
        pieces[start].unit == "note" or _ADOPTED.fullmatch(source[pieces[start].start : pieces[start].end][:120])
    ):
        start += 1
    return start


def _title(source: str, pieces: list[Piece]) -> list[int]:
    """The indices of the pieces that make the title, two where it runs over a line."""
    marked = [index for index, piece in enumerate(pieces) if piece.level == 1 and piece.unit in ("heading", "item")]
    if marked:
        return marked[:1]
    texts = [source[piece.start : min(piece.end, piece.start + 120)].strip(MARKS) for piece in pieces]
    likely = [
        index
        for index, text in enumerate(texts)
        if pieces[index].unit == "plain" and len(text) < 100 and not _NOT_A_TITLE.match(text) and _TITLE.fullmatch(text)
    ]
    if not likely:
        plain = bool(texts) and pieces[0].unit == "plain" and 0 < len(texts[0]) < 60
        return [0] if plain and not _NOT_A_TITLE.match(texts[0]) and not _DATE.fullmatch(texts[0]) else []
    last = likely[-1]
    if last and last - 1 not in likely and source.count("\n", pieces[last - 1].end, pieces[last].start) == 1:
        above = texts[last - 1]
        if len(above) < 40 and not _NOT_A_TITLE.match(above) and not _DATE.fullmatch(above):
            return [last - 1, last]
    return [last]


def _front(source: str, pieces: list[Piece]) -> list[Zone]:
    """What stands before the body: runs of title, contents, notes and, for all else, notice."""
    title = _title(source, pieces)
    found: list[tuple[ZoneKind, list[Piece]]] = []
    for index, piece in enumerate(pieces):
        kind: ZoneKind = "notice"
        if index in title:
            kind = "title"
        elif piece.unit == "contents" or piece.unit == "note":
            kind = piece.unit
        if not found or found[-1][0] != kind:
            found.append((kind, []))
        found[-1][1].append(piece)
    return [Zone(kind, tuple(run)) for kind, run in found]


def _with_tail(source: str, pieces: list[Piece], annex: int, number: int | None) -> list[Zone]:
    """A body or an annex, then its signature, then what the web page put behind it."""
    body, tail = pieces, list[Piece]()
    last = max((index for index, piece in enumerate(pieces) if piece.unit in STRUCTURE), default=0)
    dates = (
        index
        for index in range(last + 1, len(pieces))
        if pieces[index].unit == "plain"
        and _DATE.fullmatch(source[pieces[index].body : min(pieces[index].end, pieces[index].body + 40)])
    )
    date = next(dates, None)
    signature: list[Piece] = []
    if date is not None:
        begin = date
        while begin - 1 > last and _signs(source, pieces[begin - 1]):
            begin -= 1
        body, signature, tail = pieces[:begin], pieces[begin : date + 1], pieces[date + 1 :]
    notes: list[Piece] = []
    while not tail and len(body) > 1 and body[-1].unit == "note":
        notes.append(body.pop())
    return [
        *_split_annex(body, annex, number),
        *([Zone("signature", tuple(signature))] if signature else []),
        *([Zone("note" if len(tail) < 4 else "annex", tuple(tail), annex)] if tail else []),
        *([Zone("note", tuple(reversed(notes)))] if notes else []),
    ]


def _split_annex(pieces: list[Piece], annex: int, number: int | None) -> list[Zone]:
    if not annex or not pieces:
        return [Zone("body", tuple(pieces), annex)] if pieces else []
    inside = next((index for index, piece in enumerate(pieces) if index and piece.unit in STRUCTURE), len(pieces))
    found = [Zone("annex", tuple(pieces[:inside]), annex, number)]
    return [*found, Zone("body", tuple(pieces[inside:]), annex, number)] if inside < len(pieces) else found


def _signs(source: str, piece: Piece) -> bool:
    text = source[piece.start : min(piece.end, piece.start + 60)]
    return piece.unit == "plain" and piece.end - piece.start < 45 and text[-1] not in "。；：:，,;、！？”"
