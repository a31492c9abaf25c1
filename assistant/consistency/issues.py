"""What in an application contradicts itself, is hidden, unsigned or could not be read: one Issue for each."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from assistant.consistency.addresses import address_issues
from assistant.consistency.amounts import amount_issues
from assistant.consistency.case import Case, case_of, short
from assistant.consistency.codes import code_issues
from assistant.consistency.dates import date_issues
from assistant.consistency.injection import injections
from assistant.consistency.names import name_issues
from assistant.consistency.signing import signing_issues
from assistant.facts.places import Regions
from assistant.reports.schema import Applicant, Fact, Issue
from ingest.materials import Application, Material, Page

_WORD = re.compile(r"\w")
_SURE, _FEW = 0.8, 15
_LEAST = 6  # characters of hidden words; a line that runs over the edge of a page leaves one or two
_MANY = 3  # places in a file from which on invisible characters inside words are no accident
_ALIKE = 20  # files that could not be read for one reason, from which on they are told together
_NAMED = 5  # of these, how many are named
_SHOWN = 60  # characters of a hidden text that a message shows


def issues(
    application: Application,
    facts: Sequence[Fact],
    applicant: Applicant,
    *,
    kinds: Mapping[str, tuple[str, ...]],
    regions: Regions,
    policy_issued: date | None,
    as_of: date,
) -> tuple[Issue, ...]:
    """All issues of an application, one kind after the other; files with equal bytes count once.

    `kinds` names the expected materials that each file is, by sha256; `policy_issued` is the day before which no paper
    can speak of this application; `as_of` is the day of checking.
    """
    case = case_of(
        application, facts, applicant, kinds=kinds, regions=regions, policy_issued=policy_issued, as_of=as_of
    )
    return (
        *name_issues(case),
        *code_issues(case),
        *amount_issues(case),
        *address_issues(case),
        *date_issues(case),
        *_hidden(case),
        *injections(application),
        *_unreadable(application),
        *signing_issues(case),
    )


def _hidden(case: Case) -> Iterator[Issue]:
    """Words that readers do not see, and many invisible characters inside words."""
    for material in case.materials:
        for remark in material.remarks:
            hides = remark.kind == "hidden_text" and len(_WORD.findall(remark.text)) >= _LEAST
            parts = remark.kind == "invisible_characters" and len(remark.text.split("\n")) >= _MANY
            if hides or parts:
                words = " ".join(remark.text.split())
                words = words[:_SHOWN] + ("……" if len(words) > _SHOWN else "")
                message = f"“{short(material.name)}”:{remark.message.rstrip('。')}:“{words}”,请核对。"
                yield Issue("hidden_text", material.name, remark.page, message)


def _unreadable(application: Application) -> Iterator[Issue]:
    """One issue for each file; one for all where many could not be read for the same reason."""
    told: set[str] = set()
    many = _many(application)
    for reason, names in many.items():
        shown = "、".join(f"“{short(name)}”" for name in names[:_NAMED])
        message = f"有{len(names)}份材料没有读出来:{reason}({shown}等),请人工查看原件。"
        yield Issue("unreadable", names[0], None, message)
    for material in application.materials:
        if material.sha256 and material.sha256 in told:
            continue
        told.add(material.sha256)
        if material.status == "unreadable":
            if (reason := _reason(material)) in many:
                continue
            yield Issue(
                "unreadable", material.name, None, f"“{short(material.name)}”没有读出来:{reason},请人工查看原件。"
            )
            continue
        left = [remark for remark in material.remarks if remark.kind == "incomplete"]
        faint = [page.number for page in material.pages if _is_faint(page)]
        said = [remark.message for remark in left] + [
            f"第{number}页几乎没有读到文字,请人工查看原件。" for number in faint
        ]
        if said:
            message = "".join(dict.fromkeys(said))
            first = left[0].page if left else faint[0]
            yield Issue("unreadable", material.name, first, f"“{short(material.name)}”没有读全:{message}")


def _many(application: Application) -> dict[str, list[str]]:
    """The names of files by the reason why they could not be read, where it is that of more than `_ALIKE`."""
    found: dict[str, dict[str, str]] = {}
    for material in application.materials:
        if material.status == "unreadable":
            found.setdefault(_reason(material), {}).setdefault(material.sha256 or material.name, material.name)
    return {reason: list(names.values()) for reason, names in found.items() if len(names) > _ALIKE}


def _reason(material: Material) -> str:
    return (material.reason or "读不出来。").rstrip("。")


def _is_faint(page: Page) -> bool:
    """A recognised page of which a few doubtful characters were read."""
    sure = page.confidence is not None and page.confidence >= _SURE
    return page.ocr and not sure and 0 < len(_WORD.findall(page.text)) < _FEW
