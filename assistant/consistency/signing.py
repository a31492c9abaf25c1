"""Forms and pledges that nobody signed, sealed or dated."""

from collections.abc import Iterator

from assistant.consistency.case import Case, short
from assistant.facts.signing import Mark, SigningPlace, seal_prints, signing_places, unread_beside
from assistant.reports.exhibits import exhibit
from assistant.reports.schema import Exhibit, Issue
from ingest.materials import Material

_WORDS: dict[Mark, str] = {"signature": "签字", "seal": "盖章", "date": "日期"}
_PAPERS = {"form": "申报书", "pledge": "承诺书"}
_SHOWN = 3
_NEAR = 120  # characters


def signing_issues(case: Case) -> Iterator[Issue]:
    """One issue for each form or pledge that lacks something."""
    for material in case.materials:
        paper = case.papers.get(material.sha256)
        if paper not in _PAPERS or not any(page.text.strip() for page in material.pages):
            continue
        places = signing_places(material)
        lacking = _lacking(case, material, places)
        if not lacking:
            continue
        words = "、".join(_WORDS[mark] for mark in lacking)
        blank = [one for one in places if one.mark in lacking and not one.filled][-_SHOWN:]
        shown = tuple(exhibit(material, one.place, one.start, one.end) for one in blank) or _end(material)
        message = f"“{short(material.name)}”没有读到{words},请核对是否为空白或未签署的文件。"
        yield Issue("unsigned", material.name, shown[0].page if shown else None, message, shown)


def _lacking(case: Case, material: Material, places: tuple[SigningPlace, ...]) -> list[Mark]:
    """What is not there. Pictures of signatures and seals are not seen in digital files: there a blank place beside
    places that are filled says nothing."""
    recognised = any(page.ocr for page in material.pages)
    prints = seal_prints(material)
    marks = [one for one in places if one.mark != "date"]
    filled = {
        mark: any(one.mark == mark and one.filled and (mark != "date" or _is_near(one, marks)) for one in places)
        for mark in _WORDS
    }
    named = filled["seal"] or bool(prints) or _closes_with_name(case, material)
    signed = filled["signature"] or any(
        one.mark == "signature" and unread_beside(material, one.place, one.start, one.end) for one in places
    )
    dated = filled["date"] or any(
        fact.kind == "date" and fact.exhibit.sha256 == material.sha256 and fact.role in ("签署日期", "申报日期")
        for fact in case.facts
    )
    if any(one.mark == "date" and not one.filled and _is_near(one, marks) for one in places):
        dated = filled["date"]
    asked = {mark: any(one.mark == mark for one in places) for mark in _WORDS}
    lacking: list[Mark] = []
    if not signed and (not named or (recognised and asked["signature"])) and (asked["signature"] or not named):
        lacking.append("signature")
    if not named:
        lacking.append("seal")
    if not dated:
        lacking.append("date")
    # A signature is mark enough where nobody asks for a seal.
    return [] if signed and dated and not asked["seal"] else lacking


def _is_near(one: SigningPlace, marks: list[SigningPlace]) -> bool:
    """Whether a date stands at a place to sign or seal, and is not that of something else."""
    return any(one.place == mark.place and abs(one.start - mark.start) <= _NEAR for mark in marks)


def _closes_with_name(case: Case, material: Material) -> bool:
    return any(
        fact.kind == "name" and fact.role == "落款" and fact.exhibit.sha256 == material.sha256 for fact in case.facts
    )


def _end(material: Material) -> tuple[Exhibit, ...]:
    """The last line of a paper that has no places to sign."""
    for place in reversed(range(len(material.pages))):
        for block in reversed(material.pages[place].blocks):
            if material.pages[place].text[block.start : block.end].strip():
                return (exhibit(material, place, block.start, block.end),)
    return ()
