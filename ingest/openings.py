"""Which 第X编, 第X章, 第X节 and 第X条 open a clause, and which only mention one.

Words decide first: 第七条规定的…, 第七条、第八条…, 第七条第一款… mention. Then the running number: a heading inside
running text, or one that no space follows, must carry the next number.
"""

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from ingest.numerals import CHINESE, DIGITS, to_int

Line = tuple[int, int]
Level = Literal["part", "chapter", "section", "article"]

MARKS = "#>*_ \t\u3000\xa0\ufeff\u200b"  # what Markdown and editors put before a heading


@dataclass(frozen=True, slots=True)
class Opening:
    """第七条 at `start:end`; `suffix` is the 1 of 第十条之一, `line` the index of its line."""

    start: int
    end: int
    level: Level
    number: int
    suffix: int | None
    line: int
    opens_line: bool


_LEVELS: dict[str, Level] = {"编": "part", "篇": "part", "章": "chapter", "节": "section", "条": "article"}
_SPACE = r"[ \t\u3000\xa0]"
_STRUCTURE = re.compile(
    rf"第{_SPACE}{{0,4}}((?:[{CHINESE}{DIGITS}]{_SPACE}{{0,2}}){{1,12}}){_SPACE}{{0,2}}([编篇章节条])"
    rf"(?:{_SPACE}?之{_SPACE}?([一二三四五六七八九十]{{1,3}}|[{DIGITS}]{{1,2}}))?\**"
)
_ONE = rf"[{CHINESE}{DIGITS}]{{1,4}}"
_MENTION = re.compile(
    rf"规定|所[称列述指规涉示]|的|中(?:的|所|规定|，|,)|[、，,]|(?:至|到|和|或者?|及|以及|与)\s?(?:第[{CHINESE}{DIGITS}（(]|本|前|其他)|以外|之外"
    rf"|款|项(?!目)|情形|关于|有关规定|修改为|改为|作为|删去|列明|明确的|要求的"
    rf"|\s?[（(]{_ONE}[)）]\s?(?:项(?!目)|[、至和或款])"
)
_NEVER_FIRST_WORDS = re.compile(rf"\s*(?:的|[、，,]|第{_ONE}[款项])")
_SENTENCE_END = "。；！？;!?：:>"
_TITLE_BREAK = re.compile("[。；;：:！？]")
_TITLE_END = re.compile(r"(?:办法|条例|规定|细则|规则|规程|意见|方案|章程|法|[)）])$")
_TITLE_LIMIT = 45
_LEADS_TO_MENTION = "第、，,(（《“依照据按本法例办定则和与或及的在由对以至到从合经有因除反如用将把为改了行履守于"


def openings(
    source: str, lines: Sequence[Line], skipped: Container[int], annexes: Sequence[int]
) -> tuple[list[Opening], set[int]]:
    """The openings in order, and those of the annex lines after which the numbers do not simply run on."""
    candidates = [found for found in _candidates(source, lines) if found.line not in skipped]
    following = _following_numbers(source, lines, candidates)
    quotes, quote = _quotes(source), 0
    accepted: list[Opening] = []
    kept: set[int] = set()
    pending: list[int] = []
    last, last_suffix, fresh, annex = 0, 0, True, 0
    for index, candidate in enumerate(candidates):
        while annex < len(annexes) and annexes[annex] < candidate.line:
            pending.append(annexes[annex])
            annex += 1
        while quote < len(quotes) and quotes[quote][1] <= candidate.start:
            quote += 1
        if quote < len(quotes) and quotes[quote][0] < candidate.start:
            continue
        stop = lines[candidate.line][1]
        joined = _follows_heading(source, candidate, accepted)
        if candidate.level != "article":
            behind = candidates[index + 1] if index + 1 < len(candidates) else None
            if _opens_chapter(source, candidate, behind, stop, joined):
                accepted.append(candidate)
                fresh = fresh or candidate.level == "part"
            continue
        runs_on = candidate.suffix is None and candidate.number == last + 1
        runs_on = runs_on or (candidate.suffix == last_suffix + 1 and candidate.number == last)
        if not _may_open(source, candidate, stop, runs_on, joined, following[index]):
            continue
        mistyped = not runs_on and candidate.suffix is None and following[index] == last + 2
        if not runs_on:
            restarts = candidate.number == 1 and (fresh or pending or last == 0 or following[index] == 2)
            skips = _spaced(source, candidate, stop) and _sentence_ended(source, candidate.start)
            skips = skips and (fresh or bool(pending) or candidate.number >= last or mistyped)
            if not candidate.opens_line or not (restarts or skips):
                continue
        if not runs_on or last == 0:
            kept.update(pending)
        pending, fresh = [], False
        last = last + 1 if mistyped else candidate.number
        last_suffix = candidate.suffix or 0
        accepted.append(candidate)
    return accepted, kept.union(pending, annexes[annex:])


def _may_open(source: str, candidate: Opening, stop: int, runs_on: bool, joined: bool, following: int | None) -> bool:
    """What the words around 第X条 allow."""
    rest = source[candidate.end : min(stop, candidate.end + 16)]
    if _NEVER_FIRST_WORDS.match(rest) or (_MENTION.match(rest) and not (runs_on and rest[:1].isspace())):
        return False
    if candidate.opens_line:
        wrapped = source[candidate.start - 1 : candidate.start] == "\n" and not joined
        wrapped = wrapped and "一" <= source[candidate.start - 2 : candidate.start - 1] <= "龥"
        return not wrapped or _spaced(source, candidate, stop)
    if not runs_on:
        return False
    if joined or _sentence_ended(source, candidate.start):
        return True
    # Glued into a broken sentence: nothing else can be the heading between the last one and the next.
    before = source[max(0, candidate.start - 1) : candidate.start]
    return following == candidate.number + 1 and before not in tuple(_LEADS_TO_MENTION) and not before.isspace()


def _opens_chapter(source: str, candidate: Opening, behind: Opening | None, stop: int, joined: bool) -> bool:
    cut = behind is not None and behind.start < stop
    limit = behind.start if behind is not None and cut else stop
    title = source[candidate.end : min(limit, candidate.end + 2 * _TITLE_LIMIT)]
    if candidate.opens_line and "#" in source[max(0, candidate.start - 8) : candidate.start]:
        return True
    if len(title.strip()) > _TITLE_LIMIT or _TITLE_BREAK.search(title):
        return False
    if _MENTION.match(title) or _NEVER_FIRST_WORDS.match(title) or ("，" in title and len(title) > 25):
        return False
    if candidate.opens_line:
        return True
    return bool(title.strip()) and (joined or _sentence_ended(source, candidate.start))


def _follows_heading(source: str, candidate: Opening, accepted: Sequence[Opening]) -> bool:
    """Whether only a title stands between the last 编, 章 or 节 (or the beginning) and this one."""
    if not accepted and candidate.number == 1 and candidate.start < 2 * _TITLE_LIMIT:
        before = source[: candidate.start]
        return (before[-1:].isspace() or bool(_TITLE_END.search(before))) and not _TITLE_BREAK.search(before)
    if not accepted or accepted[-1].level == "article":
        return False
    between = source[accepted[-1].end : min(candidate.start, accepted[-1].end + 2 * _TITLE_LIMIT)]
    return candidate.start - accepted[-1].end < 2 * _TITLE_LIMIT and not _TITLE_BREAK.search(between)


def _spaced(source: str, candidate: Opening, stop: int) -> bool:
    return candidate.end >= stop or source[candidate.end] in " \t\u3000\xa0【〔［[:：（("


def _sentence_ended(source: str, place: int) -> bool:
    """Whether a sentence, a heading line or nothing stands before `place`; a blank line ends one too."""
    before = source[max(0, place - 12) : place].rstrip(MARKS)
    if before.endswith("\n"):
        before = before.rstrip(MARKS + "\r")
        if before.endswith("\n\n") or not before.strip():
            return True
    before = before.rstrip()
    return not before or before[-1] in _SENTENCE_END or (before[-1] in "”」）)" and before[-2:-1] in tuple("。；！？"))


def _candidates(source: str, lines: Sequence[Line]) -> Iterator[Opening]:
    line = 0
    for found in _STRUCTURE.finditer(source):
        while lines[line][1] <= found.start():
            line += 1
        try:
            number = to_int(found[1])
            suffix = to_int(found[3]) if found[3] else None
        except ValueError:
            continue
        begin = lines[line][0]
        opens = found.start() - begin <= 16 and not source[begin : found.start()].strip(MARKS)
        yield Opening(found.start(), found.end(), _LEVELS[found[2]], number, suffix, line, opens)


def _following_numbers(source: str, lines: Sequence[Line], candidates: Sequence[Opening]) -> list[int | None]:
    """For each candidate the number of the next 第X条 that begins a line."""
    numbers: list[int | None] = []
    following: int | None = None
    for candidate in reversed(candidates):
        numbers.append(following)
        plain = candidate.level == "article" and candidate.opens_line and candidate.suffix is None
        if plain and _spaced(source, candidate, lines[candidate.line][1]):
            following = candidate.number
    return numbers[::-1]


def _quotes(source: str) -> list[Line]:
    """Where amendment decisions quote whole articles over several lines: “第十条 …\\n…”. In order, not nested."""
    if "“第" not in source:
        return []
    lines, opened = 0, list[tuple[int, int]]()
    found: list[Line] = []
    for mark in re.finditer("[“”\n]", source):
        if mark[0] == "\n":
            lines += 1
        elif mark[0] == "“":
            opened.append((mark.start(), lines))
        elif opened:
            start, line = opened.pop()
            if source.startswith("第", start + 1) and lines > line:
                found.append((start, mark.start()))
    return sorted(found)
