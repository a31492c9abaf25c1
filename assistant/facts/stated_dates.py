"""Dates of a page with what they are of: 成立日期, 签署日期, 有效期至, and the two ends of a term."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.facts.dates import Written, dates
from assistant.facts.labels import BEGINS, DATES, ENDS, ESTABLISHED, SIGNED_ON, VALID_UNTIL
from assistant.facts.layout import Field, Line, lines
from assistant.facts.width import bare, flat
from ingest.materials import Page

_BETWEEN = re.compile(r" *(?:起|开始|起算)? *[,]? *(?:至|到|-+|—+|~|–) *")
_SIGNING = re.compile(r"签字|签名|签章|盖章|公章|\(章\)|法定代表人|负责人|申报单位|登记机关|甲方|乙方|日期:")
_MARK = re.compile(r"[(（](?:签字|签名|签章|盖章|公章|章|签字盖章|加盖公章)[)）]|(?:签字|签名|盖章|公章):")
_SENTENCE = re.compile(r"[,。;]|生效")
_TOLD = (
    (ESTABLISHED, r"(?:成立|设立|注册成立|创建|创立|组建|始建)于 *$"),
    (SIGNED_ON, r"(?:签订|签署|签订日期|签署日期)(?:于|:)? *$"),
    (VALID_UNTIL, r"有效期(?:限)?(?:至|到|截至|截止) *:? *$"),
)
_ISSUER = re.compile(r"登记(?:管理)?机关|发证机关")


@dataclass(frozen=True, slots=True)
class NamedDate:
    """A date with its role. `of` counts the terms of a page from 1: both ends of one term share it; 0 for no term."""

    start: int
    end: int
    value: str
    role: str
    exists: bool
    of: int = 0


def named_dates(page: Page, given: Sequence[Field], roles: Mapping[str, tuple[str, ...]]) -> tuple[NamedDate, ...]:
    """The dates on a page whose role is told by a field, by the words before them, or by closing a paper."""
    made: dict[int, NamedDate] = {}
    for one in (*_terms(page), *_in_fields(page, given), *_in_words(page, roles), *_closing(page)):
        made.setdefault(one.start, one)
    return tuple(sorted(made.values(), key=lambda one: one.start))


def _terms(page: Page) -> Iterator[NamedDate]:
    """自2020年6月1日起至2023年5月31日止; of a licence's 有效期 the end is when it expires."""
    even, count = flat(page.text), 0
    found = dates(page.text)
    for first, second in pairwise(found):
        if not _BETWEEN.fullmatch(even[first.end : second.start]):
            continue
        count += 1
        before = even[max(0, first.start - 20) : first.start]
        valid = re.search(r"有效[^\n]{0,10}$|有 *效 *期 *限?[\t :]*自?[\t ]*$", before)
        yield NamedDate(first.start, first.end, first.value, BEGINS, first.exists, count)
        yield NamedDate(second.start, second.end, second.value, VALID_UNTIL if valid else ENDS, second.exists, count)


def _in_fields(page: Page, given: Sequence[Field]) -> Iterator[NamedDate]:
    for field in given:
        role = DATES.get(field.label) or DATES.get(field.head)
        found = dates(page.text[field.start : field.end]) if role else ()
        if role and len(found) == 1:
            if role == VALID_UNTIL and not re.search(r"至|到|止|截", field.label + page.text[field.start : field.end]):
                role = BEGINS if "自" in page.text[field.start : field.end] else VALID_UNTIL
            elif role == "营业期限":
                role = BEGINS
            yield _named(found[0], role, field.start)


def _in_words(page: Page, roles: Mapping[str, tuple[str, ...]]) -> Iterator[NamedDate]:
    even = flat(page.text)
    for one in dates(page.text):
        before = even[max(even.rfind("\n", 0, one.start) + 1, one.start - 30) : one.start]
        for role, pattern in (
            *_TOLD,
            *((role, rf"(?:{'|'.join(words)})[^,。;]{{0,6}}$") for role, words in roles.items()),
        ):
            if re.search(pattern, before):
                yield _named(one, role, 0)
                break


def _closing(page: Page) -> Iterator[NamedDate]:
    """A line that is nothing but a date, below the lines to sign in or at the end of a page: when it was signed.
    Below 登记机关 it is when a licence was issued."""
    all_lines = lines(page)
    for number, line in enumerate(all_lines):
        text = page.text[line.start : line.end]
        found = dates(text)
        if len(found) != 1:
            continue
        rest = bare(text[: found[0].start] + text[found[0].end :]).strip("。,.:()日期")
        if rest and _closes(rest, bare(text[found[0].end :])) and not line.is_cell:
            yield _named(found[0], SIGNED_ON, line.start)
        if rest:
            continue
        above = [_words(page, other) for other in all_lines[max(0, number - 4) : number]]
        if any(_ISSUER.search(words) for words in above[-2:]):
            yield _named(found[0], "发证日期", line.start)
        elif (not line.is_cell and len(all_lines) - number <= 5) or any(map(_SIGNING.search, above)):
            yield _named(found[0], SIGNED_ON, line.start)


def _closes(rest: str, behind: str) -> bool:
    """Whether a date ends a line to sign or seal on (单位(盖章):某公司2022年3月18日)."""
    return not behind.strip("。.()") and len(rest) <= 90 and not _SENTENCE.search(rest) and bool(_MARK.search(rest))


def _words(page: Page, line: Line) -> str:
    return bare(page.text[line.start : line.end])


def _named(one: Written, role: str, offset: int) -> NamedDate:
    return NamedDate(offset + one.start, offset + one.end, one.value, role, one.exists)
