"""Which stretches of a policy text open a clause (第一章, 第七条, (一), 1., ①, 附件2) and which only mention one."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ingest.numerals import CHINESE, DIGITS, to_int
from ingest.openings import MARKS, Line, Opening, openings

Unit = Literal["part", "chapter", "section", "article", "item", "heading", "contents", "annex", "note", "plain"]
Style = Literal["(一)", "一、", "(1)", "1.", "①", "a)", ""]


@dataclass(frozen=True, slots=True)
class Piece:
    """A line or a part of one, without outer white space. `body` is where the words after the marker begin;
    `level` counts the Markdown heading marks before it; `suffix` is the 1 of 第十条之一."""

    start: int
    end: int
    body: int
    unit: Unit = "plain"
    number: int | None = None
    suffix: int | None = None
    style: Style = ""
    level: int = 0


_LINE = re.compile(r"\S[^\n]*")
_PREFIX = re.compile(rf"[{MARKS}]*")
_SPACES = re.compile(r"[ \t\u3000\xa0]{0,8}")
_ITEM = re.compile(
    rf"[（(〔]\s?(?P<paren>[{CHINESE}]{{1,4}})\s?[)）〕]|(?P<enclosed>[㈠-㈩])"
    rf"|(?P<dun>[{CHINESE}]{{1,4}})[、．.](?![{CHINESE}])"
    rf"|[（(]\s?(?P<arabic>[{DIGITS}]{{1,2}})\s?[)）]|(?P<printed>[⑴-⒇])"
    rf"|(?P<dot>[{DIGITS}]{{1,2}})(?:[、．]|[.](?![{DIGITS}])|[)）])|(?P<full>[⒈-⒛])"
    rf"|(?P<circle>[①-⑳])|(?P<letter>[a-z])[)）]"
)
_STYLES: dict[str, Style] = {
    "paren": "(一)",
    "enclosed": "(一)",
    "dun": "一、",
    "arabic": "(1)",
    "printed": "(1)",
    "dot": "1.",
    "full": "1.",
    "circle": "①",
    "letter": "a)",
}
_ITEM_MENTION = re.compile(
    rf"\s?(?:[、，,至和或及与]\s?(?:[（(]\s?[{CHINESE}{DIGITS}]{{1,4}}\s?[)）]|第[（(]?[{CHINESE}{DIGITS}]{{1,4}}[)）]?[条款项目])"
    r"|项(?:规定|所|的|、|和|或|至|情形|中|以外))"
)
_INLINE_ITEM = re.compile(rf"(?<=[：:；;。])\s{{0,4}}(?=[（(]\s?[{CHINESE}]{{1,4}}\s?[)）]|[①-⑳])")
_ANNEX = re.compile(
    rf"附\s{{0,4}}(?:件|录|表|图)?\s{{0,4}}([{CHINESE}{DIGITS}]{{1,3}})?\s{{0,4}}"
    r"(?:[:：].{0,80}|[ \t\u3000\xa0].{0,60}|)"
)
_UNNUMBERED = re.compile(r"[附总]\s{0,6}则")
_CONTENTS = re.compile(r"目\s{0,6}[录次]")
_CONTENTS_LINE = re.compile(rf".{{1,80}}?(?:[.．…·]{{2,}}|\s)\s?[{DIGITS}]{{1,4}}")
_ENTRY = re.compile(
    rf"第[{CHINESE}{DIGITS}]{{1,8}}[编篇章节条]|附[件录表]|[{CHINESE}]{{1,3}}、|[（(][{CHINESE}]{{1,3}}[)）]"
)
_PAGE = re.compile(rf"[.．…·]*[{DIGITS}]{{0,4}}$")
_NOTE = re.compile(
    r"<!--.*?-->|[（(]此件.{0,12}[)）]|.{0,20}(?:来[自源]于?网络|如有侵权|联系删除|仅供参考，?请以).{0,60}"
    r"|(?:责任编辑|信息来源|文章来源|来源|发布时间|浏览次数|点击数|字号|字体|分享到|上一篇|下一篇|扫一扫)\s?[:：].{0,40}"
    r"|【?(?:打印本页|关闭窗口|返回顶部|打印|关闭)】?(?:\s?【?(?:打印本页|关闭窗口|返回顶部|打印|关闭)】?)*"
)


def split(source: str) -> list[Piece]:
    """The text as pieces in order; together they hold every character that is not white space."""
    lines, tails = _lines(source)
    contents = _contents(source, lines)
    annexes = [
        index
        for index, (start, end) in enumerate(lines)
        if end - start < 120 and index not in contents and _ANNEX.fullmatch(source[start:end].strip(MARKS))
    ]
    found, kept = openings(source, lines, contents, annexes)
    pieces: list[Piece] = []
    place = 0
    for index, (start, end) in enumerate(lines):
        first = place
        while place < len(found) and found[place].line == index:
            place += 1
        if index in contents:
            pieces.append(Piece(start, end, start, "contents"))
        elif index in kept:
            pieces.append(_annex(source, start, end))
        else:
            pieces.extend(_line(source, start, end, found[first:place]))
        if index in tails:
            pieces[-1] = replace(pieces[-1], end=tails[index])
    return pieces


def _lines(source: str) -> tuple[list[Line], dict[int, int]]:
    """The lines, and where those end behind which only zero-width characters and Markdown rules follow."""
    lines: list[Line] = []
    tails: dict[int, int] = {}
    for found in _LINE.finditer(source):
        text = found.group().rstrip()
        span = (found.start(), found.start() + len(text))
        if lines and not text.strip(MARKS):
            tails[len(lines) - 1] = span[1]
        else:
            lines.append(span)
    return lines, tails


def _line(source: str, start: int, end: int, found: list[Opening]) -> Iterator[Piece]:
    """One line, cut where headings stand in it."""
    cuts = [start if opening.opens_line else opening.start for opening in found]
    if not cuts or cuts[0] > start:
        yield from _items(source, _plain(source, start, cuts[0] if cuts else end))
    for opening, cut, stop in zip(found, cuts, [*cuts[1:], end][: len(cuts)], strict=True):
        stop = cut + len(source[cut:stop].rstrip())
        level = source[cut : opening.start].count("#")
        piece = Piece(cut, stop, min(opening.end, stop), opening.level, opening.number, opening.suffix, level=level)
        yield from _items(source, piece) if opening.level == "article" else (piece,)


def _plain(source: str, start: int, end: int) -> Piece:
    """A piece that no 第X条 opens: an item, a Markdown heading, a note or words."""
    end = start + len(source[start:end].rstrip())
    prefix = _PREFIX.match(source, start, min(end, start + 16))
    body = prefix.end() if prefix else start
    level = source[start:body].count("#")
    item = _item_at(source, body, end)
    if item:
        return Piece(start, end, item[2], "item", item[1], style=item[0], level=level)
    if end - start < 200 and _NOTE.fullmatch(source, body, end):
        return Piece(start, end, body, "note")
    if end - body < 20 and _UNNUMBERED.fullmatch(source[body:end].strip(MARKS)):
        return Piece(start, end, body, "chapter", level=level)
    return Piece(start, end, body, "heading" if level else "plain", level=level)


def _item_at(source: str, start: int, end: int) -> tuple[Style, int, int] | None:
    """Style, number and end of the item marker that stands at `start`."""
    found = _ITEM.match(source, start, end)
    if found is None or _ITEM_MENTION.match(source, found.end(), end):
        return None
    name = found.lastgroup or ""
    number = ord(found[name]) - ord("a") + 1 if name == "letter" else _number(found[name])
    return None if number is None else (_STYLES[name], number, found.end())


def _items(source: str, piece: Piece) -> Iterator[Piece]:
    """The piece, cut where items stand in its running text: …条件:(一)…;(二)…"""
    places = [found.end() for found in _INLINE_ITEM.finditer(source, piece.body, piece.end)]
    if piece.unit == "article":
        head = _SPACES.match(source, piece.body, piece.end)
        places.insert(0, head.end() if head else piece.body)
    marks = [(place, mark) for place in places if (mark := _item_at(source, place, piece.end))]
    last: dict[Style, int] = {piece.style: piece.number or 0}
    cuts: list[tuple[int, tuple[Style, int, int]]] = []
    for index, (place, mark) in enumerate(marks):
        style, number, _ = mark
        starts = number == 1 and (
            (place == places[0] and piece.unit == "article")
            or [m[:2] for _, m in marks[index + 1 : index + 2]] == [(style, 2)]
        )
        if starts or (number > 1 and last.get(style) == number - 1):
            last[style] = number
            cuts.append((place, mark))
    if not cuts:
        yield piece
        return
    first = piece.start + len(source[piece.start : cuts[0][0]].rstrip())
    yield replace(piece, end=first, body=min(piece.body, first))
    for (place, (style, number, body)), stop in zip(cuts, [*(cut[0] for cut in cuts[1:]), piece.end], strict=True):
        yield Piece(place, place + len(source[place:stop].rstrip()), body, "item", number, style=style)


def _annex(source: str, start: int, end: int) -> Piece:
    prefix = _PREFIX.match(source, start, end)
    found = _ANNEX.match(source, prefix.end() if prefix else start, end)
    number = _number(found[1]) if found and found[1] else None
    return Piece(start, end, start, "annex", number)


def _number(text: str) -> int | None:
    try:
        return to_int(text)
    except ValueError:
        return None


def _contents(source: str, lines: Sequence[Line]) -> set[int]:
    """The lines of tables of contents: from 目录 until its first entry comes again or something else begins."""
    found: set[int] = set()
    index = 0
    while index < len(lines):
        start, end = lines[index]
        index += 1
        text = source[start : min(end, start + 20)].strip(MARKS)
        heading = _CONTENTS.match(text)
        if heading is None or (end - start > 20 and "第" not in text):
            continue
        if end - start > 12 and not (heading.end() < len(text) and text[heading.end()] in " \t\u3000\xa0第"):
            continue
        entries: list[int] = []
        first = ""
        for entry in range(index, len(lines)):
            key = _entry(source[lines[entry][0] : min(lines[entry][1], lines[entry][0] + 120)])
            if not key or key == first:
                break
            first = first or key
            entries.append(entry)
        if len(entries) > 1 or end - start > 12:
            found.update([index - 1, *entries])
            index += len(entries)
    return found


def _entry(line: str) -> str:
    """What names the entry of a table of contents, without page number and spaces; empty when it is none."""
    text = "".join(line.strip(MARKS).split())
    if len(text) > 80 or text.endswith(("。", "；", "，")):
        return ""
    if _ENTRY.match(text) or _UNNUMBERED.fullmatch(text) or _CONTENTS_LINE.fullmatch(line):
        return _PAGE.sub("", text)
    return ""
