"""Places to sign, seal and date in a paper, and what is there."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from assistant.facts.dates import blank_date, dates
from assistant.facts.layout import Line, lines
from assistant.facts.width import bare, flat
from ingest.materials import Box, Material, Page

Mark = Literal["signature", "seal", "date"]

_SIGN = re.compile(r"[(（]?(?:签 *字|签 *名|签 *章|亲 *笔 *签 *名)(?:或盖章|/盖章|盖章)?[)）]?[ :]*")
_SEAL = re.compile(
    r"[(（] *(?:加盖)?(?:单位)?(?:盖 *章|公 *章|签 *章|章|盖公章|单位公章)(?:处)?[)）][ :]*|(?:盖章|公章)(?:处)? *:"
)
_NEXT = re.compile(r"[^\s:]{2,12}(?:\([^()]*\))? *:|(?:年|日期)")
_SAYS = re.compile(r"印文[^“]{0,6}“([^”]*)”")
_LONG = 90  # characters of a line to sign on
_NEAR = 30.0  # points
_PERSON = re.compile(r"[一-鿿·]{2,8}|[A-Za-z][A-Za-z .]{2,30}")
_PROSE = re.compile(r"[,。;].|[。;]$|生效|后生效|签字盖章")
_BLANK = re.compile(r"[\s_:：()（）.。年月日]*")


@dataclass(frozen=True, slots=True)
class SigningPlace:
    """A place for a mark at `start:end` of page `place`; `filled` are the words in it, "" where it was left blank."""

    mark: Mark
    place: int
    start: int
    end: int
    filled: str


@dataclass(frozen=True, slots=True)
class SealPrint:
    """A seal on page `place` that the reader saw: `words` as read (often wrong), `start:end` the line it stands on or
    nearest to."""

    place: int
    words: str
    start: int
    end: int


def signing_places(material: Material) -> tuple[SigningPlace, ...]:
    """The places to sign, seal and date, in order, whether filled or not."""
    return tuple(one for place, page in enumerate(material.pages) for one in _on_page(place, page))


def _on_page(place: int, page: Page) -> Iterator[SigningPlace]:
    for line in lines(page):
        text = page.text[line.start : line.end]
        even = flat(text)
        if len(even) > _LONG:
            continue
        marks = [] if _PROSE.search(even) else list(_marks(place, line, even))
        yield from marks
        if blank := blank_date(even):
            yield SigningPlace("date", place, line.start + blank[0], line.start + blank[1], "")
        elif found := [one for one in dates(text) if marks or not bare(_without(text, one.start, one.end))]:
            yield SigningPlace("date", place, line.start, line.end, found[0].value)


def _marks(place: int, line: Line, even: str) -> Iterator[SigningPlace]:
    """The places to sign and to seal on one line, each with what is filled in behind it, or before it."""
    seals = list(_SEAL.finditer(even))
    for sign in _SIGN.finditer(even):
        alone = sign.start() == 0 and sign.end() == len(even)
        inside = any(seal.start() <= sign.start() < seal.end() for seal in seals)
        if inside or alone or len(sign.group()) <= 2:
            continue
        before = re.search(r": *([^:\s][^:]*?) *$", even[: sign.start()])
        until = next((seal.start() for seal in seals if seal.start() > sign.end()), len(even))
        filled = (
            _signer(even[sign.end() : until])
            or _behind(even[:until], sign.end())
            or (before[1] if before and _is_signer(before[1]) else "")
        )
        yield SigningPlace("signature", place, line.start, line.end, filled)
    for seal in seals:
        named = re.sub(r"^.*:", "", even[: seal.start()]).strip(" (")
        filled = _behind(even, seal.end()) or ("" if _is_label(bare(named)) else named)
        yield SigningPlace("seal", place, line.start, line.end, filled)


def _signer(words: str) -> str:
    """The name between a place to sign and the label of the place to seal right behind it (张示例单位)."""
    name = re.sub(r"(?:申报|申请|承诺)?(?:单位|企业|机构|公司|主体|组织)$", "", bare(words).strip("_:"))
    return name if name and _is_signer(name) else ""


def _without(text: str, start: int, end: int) -> str:
    """What stands beside a date in its line, apart from 日期 and the like."""
    return re.sub(
        r"(?:签订|签署|承诺|填报|申报|落款|提交|报送|上报|填表|填写|编制|签字|签名|盖章)?(?:日|时)\s*[期间]|[:：。,，()（）]",
        "",
        text[:start] + text[end:],
    )


def _is_label(words: str) -> bool:
    """单位, 申报单位, 承诺单位 …: what is before (盖章) is no name."""
    return len(words) <= 8 and not re.search(r"有限|公司|大学|学院|研究院|研究所|协会|学会|商会", words)


def _behind(text: str, start: int) -> str:
    """What is filled in behind a label, up to the next label."""
    rest = text[start:]
    stop = _NEXT.search(rest)
    words = rest[: stop.start()] if stop and stop.start() else ("" if stop and not stop.start() else rest)
    words = words.strip(" :_()")
    return "" if _BLANK.fullmatch(words) else words


def _is_signer(words: str) -> bool:
    return person(words) and not re.search(r"代表|负责|授权|经办|单位|盖章|责任人", words)


def person(words: str) -> bool:
    """Whether what is filled in looks like the name of a person."""
    return _PERSON.fullmatch(words) is not None


def seal_prints(material: Material) -> tuple[SealPrint, ...]:
    """The seals that the reader told of, each with the line that it was pressed over or beside."""
    made = []
    numbers = {page.number: place for place, page in enumerate(material.pages)}
    for remark in material.remarks:
        if remark.kind == "seal" and "印文" in remark.message and remark.page in numbers:
            place = numbers[remark.page]
            told = _SAYS.search(remark.message)
            words = told[1] if told else ""
            if spot := _beside(material.pages[place], remark.box, words):
                made.append(SealPrint(place, words, *spot))
    return tuple(made)


def _beside(page: Page, seal: Box | None, words: str) -> tuple[int, int] | None:
    """The line near a seal that says most of what the seal does, then one that speaks of sealing."""
    if page.boxes is None or seal is None:
        return None
    best: tuple[bool, float, int, int, int] | None = None
    for line in lines(page):
        box = _box(page, line.start, line.end)
        if box is None:
            continue
        printed = bare(page.text[line.start : line.end])
        alike = SequenceMatcher(a=printed, b=bare(words), autojunk=False).ratio()
        rank = (
            _apart(box, seal) > _NEAR,
            -round(alike, 1),
            -bool(_SEAL.search(flat(printed))),
            line.start,
            line.end,
        )
        best = min(best or rank, rank)
    return best[-2:] if best else None


def _box(page: Page, start: int, end: int) -> Box | None:
    if page.boxes is None:
        return None
    printed = [row for row in page.boxes[start:end].tolist() if row[0] == row[0]]
    if not printed:
        return None
    lefts, tops, rights, bottoms = zip(*printed, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _apart(one: Box, other: Box) -> float:
    """How far two boxes are from each other; 0 when they overlap."""
    across = max(one[0] - other[2], other[0] - one[2], 0.0)
    down = max(one[1] - other[3], other[1] - one[3], 0.0)
    return across + down


def unread_beside(material: Material, place: int, start: int, end: int) -> bool:
    """Whether something that could not be read may stand behind `start:end` on the same line of a recognised page."""
    page = material.pages[place]
    box = _box(page, start, end)
    left_out = [
        remark.box
        for remark in material.remarks
        if remark.kind == "low_confidence" and remark.page == page.number and "没有读入" in remark.message
    ]
    return any(
        box is None or other is None or (min(box[3], other[3]) > max(box[1], other[1]) and other[2] > box[2])
        for other in left_out
    )
