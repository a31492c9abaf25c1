"""Which of several applicants a paper speaks of: who leads a joint application, and whose a code or address is.

Role words (牵头单位, 第一申报单位, 联合申报单位) are those of usual forms and agreements of joint applications.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from typing import Literal

from assistant.facts.labels import APPLICANT, CAPITAL, ESTABLISHED, LEAD, PARTNER
from assistant.facts.layout import Line, lines
from assistant.facts.papers import PaperKind
from assistant.facts.width import bare, flat
from assistant.reports.exhibits import exhibit
from assistant.reports.schema import Fact
from ingest.materials import Material, Page

Side = Literal["lead", "partner"]
_UNIT = r"(?:申报|申请)?(?:单位|企业|方|主体|机构|公司|人)"
_LEADS = (
    r"(?<!课题)(?<!任务)(?<!标准)(?<!联盟)"
    rf"(?:(?:申报)?牵头(?:{_UNIT})?|(?:主|第一|首位|主要|主体){_UNIT}|(?:主|第一)申报)"
)
_JOINS = (
    rf"(?:(?:联合|共同|参与|协作|协同|配合|合作申报|第二|第三|参加)(?:体)?(?:成员)?{_UNIT}"
    r"|联合体成员|联合申报)"
)
_SIDE = re.compile(rf"(?P<lead>{_LEADS})|(?P<partner>{_JOINS})")
_HEADING = re.compile(
    r"(?:[(]?[一二三四五六七八九十\d]{1,3}[)]?[、.]?)?(?:的?(?:基本|主要)?(?:情况|信息|资料|概况|简介)(?:表|介绍)?)?[:]?"
)
_ALIAS = re.compile(
    r"\((?:以下|下文|下)?(?:均)?(?:简称|统称|称为?|又称)(?:为|是|:)?[\"“”'‘’]?(?P<alias>[^\"“”'‘’()]{2,14})[\"“”'‘’]?\)"
)
_LICENCE = re.compile(r"营\s*业\s*执\s*照|法\s*人\s*(?:登\s*记\s*)?证\s*书")
_TOGETHER = re.compile(
    r"(?:联合|共同|合作|一起)[^。;\n]{0,40}?(?:申报|申请)|联合体|第[一二]申报"
    r"|(?<!课题)(?<!任务)(?<!标准)牵头(?:申报|单位)"
)
_WORK = r"(?!制|编|承担|研|起草|开发|组织|起来|完成|实施|举办|成立|建)"
_WEIGHT: Mapping[PaperKind, int] = {"form": 6, "pledge": 4, "contract": 3}
_NEAR = 400  # characters from a name to what belongs to it
_OURS = ("我公司", "本公司", "我单位", "本单位", "我院", "我校", "本院", "本校", "我司", "本会", "我会", "本所", "我所")


def side(text: str) -> Side | None:
    """Which side a label, a header or a heading names; None when it names none, or both."""
    found = {"lead" if one["lead"] else "partner" for one in _SIDE.finditer(bare(text))}
    return None if len(found) != 1 else ("lead" if "lead" in found else "partner")


def sides(page: Page) -> list[tuple[int, int, Side]]:
    """The (start, end, side) of the lines and cells of a page that stand behind a label, under a header or below a
    heading that names a side; the label counts most, then the header."""
    made: list[tuple[int, int, Side]] = []
    above: Side | None = None
    heads: dict[int, Side] = {}
    last = -2
    for row, group in groupby(lines(page), key=lambda line: line.row):
        members = list(group)
        if not members[0].is_cell or row != last + 1:
            heads = {}
        if members[0].is_cell:
            last = row
            told = {line.column: side(_words(page, line)) for line in members[1:] if line.end - line.start <= 24}
            named = {column: one for column, one in told.items() if one}
            if len(named) >= 2 and len(set(named.values())) == 2 and side(_words(page, members[0])) is None:
                heads = named
                continue
        for line in members:
            words = _words(page, line)
            alone = len(members) == 1 and len(words) <= 24
            if alone and _SIDE.search(bare(words)) and _HEADING.fullmatch(_SIDE.sub("", bare(words))):
                above = side(words) if not bare(words).endswith(")") or side(words) else above
                continue
            label = _label(page, members, line)
            if one := side(label) if label else None:
                made.append((line.start, line.end, one))
            elif line.column in heads and line.is_cell:
                made.append((line.start, line.end, heads[line.column]))
            elif above:
                made.append((line.start, line.end, above))
    return made


def _label(page: Page, members: Sequence[Line], line: Line) -> str:
    """The cell before a cell that holds a side, or what stands before the first colon of a line."""
    if line.is_cell:
        before = [_words(page, one) for one in members if one.start < line.start and one.end - one.start <= 24]
        return next((words for words in reversed(before) if side(words)), "") if line.column else ""
    head, colon, _ = flat(_words(page, line)).partition(":")
    return head if colon and len(head) <= 24 else ""


def _words(page: Page, line: Line) -> str:
    return page.text[line.start : line.end]


def leaders(materials: Sequence[Material], facts: Sequence[Fact]) -> Iterator[Fact]:
    """Names that sentences call leading (由X牵头, X联合Y申报, 乙方为牵头单位) and joining, as facts of their own."""
    known = {fact.value for fact in facts if fact.kind in ("name", "joint_applicant") and len(fact.value) >= 4}
    for material in materials:
        here = [fact for fact in facts if fact.exhibit.sha256 == material.sha256 and fact.kind == "name"]
        parties = {fact.role: fact.value for fact in reversed(here) if re.fullmatch(r"[甲乙丙丁]方", fact.role)}
        own = next((fact.value for fact in here if fact.role in (APPLICANT, "落款")), None)
        for place, page in enumerate(material.pages):
            even = flat(page.text)
            if not _TOGETHER.search(even):
                continue
            called = {name: name for name in known if name in even} | parties
            called |= dict.fromkeys(_OURS, own) if own else {}
            for found in _ALIAS.finditer(even):
                if full := next((name for name in known if even[: found.start()].endswith(name)), None):
                    called[found["alias"]] = full
            for start, end, spelt, which in _told(even, called):
                shown = exhibit(material, place, start, end)
                if which == "partner" and any(one.kind == "joint_applicant" and one.exhibit == shown for one in facts):
                    continue
                yield (
                    Fact("name", called[spelt], LEAD, shown)
                    if which == "lead"
                    else Fact("joint_applicant", called[spelt], PARTNER, shown)
                )


def _told(even: str, called: Mapping[str, str]) -> Iterator[tuple[int, int, str, Side]]:
    """The (start, end) of each name or short name that a sentence puts on a side."""
    if not called:
        return
    who = "(?P<who>" + "|".join(sorted(map(re.escape, called), key=len, reverse=True)) + ")"
    # a remark may stand behind the name: 某公司(以下简称某某)
    note = r"(?:\([^()]{1,40}\))?"
    leads = (
        rf"由{who}{note}(?:单位)?(?:作为|为|担任|负责)?(?:本次)?(?:联合)?(?:申报|申请|项目)?的?(?:牵头|主导|第一申报|主申报){_WORK}",
        rf"{who}{note}(?:作为|为|是|担任|系)(?:本次)?(?:联合)?(?:申报|申请|联合体|项目)?的?{_LEADS}",
        rf"{who}牵头(?!单位|企业|方|联合单位){_WORK}",
        rf"{who}\((?:简称)?{_LEADS}[^()]{{0,12}}\)",
        rf"{_LEADS}(?:为|是|系|由)?[:\t ]*{who}",
        rf"以{who}{note}为(?:主体|主|牵头)",
        rf"{who}{note}(?:联合|携手|会同|协同)(?!申报|体)[^。;\n]{{2,60}}?(?:申报|申请)",
    )
    joins = (
        rf"(?:联合|携手|会同|协同){who}{note}[^。;\n]{{0,16}}?(?:申报|申请)",
        rf"{who}{note}(?:作为|为|是|担任|系)(?:本次)?{_JOINS}",
        rf"{who}\((?:简称)?{_JOINS}[^()]{{0,12}}\)",
        rf"{_JOINS}(?:为|是|系)?[:\t ]*{who}",
    )
    for which, patterns in (("lead", leads), ("partner", joins)):
        for pattern in patterns:
            for found in re.finditer(pattern, even):
                yield found.start("who"), found.end("who"), found["who"], which  # type: ignore[misc]


def lead(facts: Sequence[Fact], papers: Mapping[str, PaperKind]) -> str | None:
    """Who leads a joint application: whom role words call so, in the form before other papers; else the one party of an
    agreement to apply together that the form or the pledge is of. None where nobody joins."""
    joined = {fact.value for fact in facts if fact.kind == "joint_applicant"}
    called: dict[str, int] = {}
    for fact in facts:
        if fact.kind == "name" and fact.role == LEAD and joined - {fact.value}:
            called[fact.value] = called.get(fact.value, 0) + _WEIGHT.get(papers.get(fact.exhibit.sha256, "other"), 1)
    if called:
        return max(called, key=lambda name: called[name])
    stated = [
        fact.value
        for kind in ("form", "pledge")
        for fact in facts
        if fact.kind == "name" and fact.role == APPLICANT and papers.get(fact.exhibit.sha256) == kind
    ]
    sure = {fact.value for fact in facts if fact.kind == "joint_applicant" and fact.role == PARTNER}
    return next((name for name in stated if name not in sure), None) if joined else None


def attributed(facts: Sequence[Fact], papers: Mapping[str, PaperKind], materials: Sequence[Material]) -> list[Fact]:
    """`facts` with the role of what is told of a partner marked so: its code, people, addresses, capital and day of
    foundation. Nothing changes where no partner is named."""
    first = lead(facts, papers)
    joined = [fact for fact in facts if fact.kind == "joint_applicant" and (first or fact.role == PARTNER)]
    partners = {fact.value for fact in joined} - {first}
    if not partners:
        return list(facts)
    named: dict[tuple[str, int], list[Fact]] = {}
    for fact in facts:
        if fact.kind in ("name", "joint_applicant"):
            named.setdefault((fact.exhibit.sha256, fact.exhibit.place), []).append(fact)
    texts = {material.sha256: material.pages for material in materials}
    made = []
    for fact in facts:
        shown = fact.exhibit
        owners = named.get((shown.sha256, shown.place), [])
        text = texts[shown.sha256][shown.place].text
        if _is_personal(fact) and _is_partners(fact, owners, text, partners, papers, facts):
            fact = replace(fact, role=f"{PARTNER}{fact.role}")
        made.append(fact)
    return made


def _is_personal(fact: Fact) -> bool:
    if fact.role.startswith(PARTNER):
        return False
    return fact.kind in ("uscc", "legal_representative", "address") or fact.role in (CAPITAL, ESTABLISHED)


def _is_partners(
    fact: Fact,
    owners: Sequence[Fact],
    text: str,
    partners: set[str],
    papers: Mapping[str, PaperKind],
    facts: Sequence[Fact],
) -> bool:
    """By the part of a licence that it stands in; else by the line that names somebody last before it. Where this line
    names several, the values of a line follow in the same order, and a single one is the applicant's."""
    at = fact.exhibit.start
    if papers.get(fact.exhibit.sha256) == "licence":
        cuts = [0, *(found.start() for found in _LICENCE.finditer(text)), len(text)]
        begin, end = next(((a, b) for a, b in pairwise(cuts) if a <= at < b), (0, len(text)))
        inside = {one.value for one in owners if begin <= one.exhibit.start < end and one.role == APPLICANT}
        return bool(inside & partners) and not inside - partners
    before = [one for one in owners if one.exhibit.end <= at and at - one.exhibit.end <= _NEAR]
    if not before:
        return False
    last = max(before, key=lambda one: one.exhibit.start)
    begin, end = _line(text, last.exhibit.start)
    names = list(dict.fromkeys(one.value for one in sorted(before, key=_start) if begin <= one.exhibit.start < end))
    if len(names) == 1 or begin <= at < end:
        return last.value in partners
    row, until = _line(text, at)
    same = sorted(
        {
            _start(one)
            for one in facts
            if (one.kind, one.role.removeprefix(PARTNER)) == (fact.kind, fact.role)
            and (one.exhibit.sha256, one.exhibit.place) == (fact.exhibit.sha256, fact.exhibit.place)
            and row <= one.exhibit.start < until
        }
    )  # fmt: skip
    return len(same) > 1 and names[min(same.index(at), len(names) - 1)] in partners


def _start(fact: Fact) -> int:
    return fact.exhibit.start


def _line(text: str, at: int) -> tuple[int, int]:
    end = text.find("\n", at)
    return text.rfind("\n", 0, at) + 1, end if end >= 0 else len(text)
