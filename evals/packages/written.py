"""A package written as text → Package: facts of the applicant in TOML between two lines of +++, then its papers.

A paper begins with `=== path | how | materials | options`; a path with {1-20} is as many files with the same content.
Options: frame, landscape, header=…, unread=2 (pages nobody can read). Lines of a paper are those of `papers`. Words in
braces stand for the applicant's: {name} {uscc} {wrong} {address} {legal} {capital} {established} {applied} {industry}.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from evals.packages.lines import document, workbook
from evals.samples.applicants import Applicant, day, money, staff
from evals.samples.codes import uscc, wrong
from evals.samples.document import marks, words_of
from evals.samples.packages import BROKEN, Package, Paper, Planted
from evals.samples.scans import FAINT, Look

CONDITIONS = tuple(f"7.{number}" for number in range(1, 11))
_HEAD = re.compile(r"^=== (.+)$", re.MULTILINE)
_MANY = re.compile(r"\{(\d+)-(\d+)\}")


def read_package(path: Path) -> Package:
    """The package written at `path`. Raises ValueError with the line that is wrong, KeyError for a missing fact."""
    _, front, body = path.read_text("utf-8").split("+++\n", 2)
    told = tomllib.loads(front)
    applicant = _applicant(told)
    papers = tuple(_papers(_filled(body, applicant), applicant))
    return Package(
        name=told["package"],
        applicant=applicant,
        papers=papers,
        verdicts=_verdicts(told.get("verdicts", {}), papers),
        issues=tuple(_planted(row, applicant) for row in told.get("issues", ())),
        blank=tuple(told.get("blank", ())),
        zipped=bool(told.get("zip")),
        utf8=told.get("zip") == "utf-8",
        optional=tuple(told.get("optional", ())),
        tolerated=tuple(_planted(row, applicant) for row in told.get("tolerated", ())),
        as_of=applicant.applied + timedelta(days=5),
        unsaid=tuple(told.get("unsaid", ())),
        unjudged=tuple(told.get("unjudged", ())),
    )


def _applicant(told: Mapping[str, Any]) -> Applicant:
    code = uscc(told["organisation"], region=told.get("region", "370202"), kind=told.get("kind", "91"))
    return Applicant(
        name=told["name"],
        uscc=code,
        entity_type=told.get("type", "enterprise"),
        legal_representative=told["legal"],
        address=told["address"],
        registered_city=told.get("registered", "青岛") or None,
        located_city=told.get("located", "青岛"),
        authority=told.get("authority", "示例行政审批服务局"),
        established=told["established"],
        capital=told["capital"],
        industry=told["industry"],
        scope=told.get("scope", "信息技术咨询服务；软件开发；数据处理服务；技术服务、技术开发、技术推广。"),
        applied=told["applied"],
        spent=told.get("spent"),
        budget=told.get("budget"),
        people=staff(count=told.get("people", 0), joined=date(2019, 7, 1), first=told.get("first", 0)),
        joint=tuple(told.get("joint", ())),
    )


def _filled(body: str, applicant: Applicant) -> str:
    values = {
        "name": applicant.name,
        "uscc": applicant.uscc,
        "wrong": wrong(applicant.uscc),
        "address": applicant.address,
        "legal": applicant.legal_representative,
        "capital": money(applicant.capital),
        "established": day(applicant.established),
        "applied": day(applicant.applied),
        "industry": applicant.industry,
    }
    return re.sub(r"\{(\w+)\}", lambda found: values.get(found.group(1), found.group()), body)


def _papers(body: str, applicant: Applicant) -> Iterator[Paper]:
    pieces = _HEAD.split(body)
    for head, lines in zip(pieces[1::2], pieces[2::2], strict=True):
        path, how, materials, options = ([part.strip() for part in head.split("|")] + ["", ""])[:4]
        chosen = dict(option.partition("=")[::2] for option in options.split())
        listed = how in ("excel", "csv")
        what = workbook(lines, applicant) if listed else document(lines, applicant, chosen)
        unread = tuple(int(page) for page in chosen.get("unread", "").split(",") if page)
        looks = tuple(FAINT if page in unread else Look() for page in range(1, max(unread, default=1) + 1))
        for each in _paths(path):
            yield Paper(each, what, how, tuple(materials.split("、")) if materials else (), looks, unread)  # type: ignore[arg-type]


def _paths(path: str) -> Iterator[str]:
    if found := _MANY.search(path):
        first, last = int(found.group(1)), int(found.group(2))
        yield from (_MANY.sub(str(number), path) for number in range(first, last + 1))
    else:
        yield path


def _verdicts(told: Mapping[str, str], papers: tuple[Paper, ...]) -> dict[str, Any]:
    """Those that are told; else to be judged by a person where there is support, and nothing found where there is
    none."""
    supported = {
        mark.condition
        for paper in papers
        if paper.how not in BROKEN
        for words in words_of(paper.what)
        for mark in marks(words)
    }
    return {
        condition: tuple(told.get(condition, "unclear" if condition in supported else "missing").split())
        for condition in CONDITIONS
    }


def _planted(row: Mapping[str, Any], applicant: Applicant) -> Planted:
    values = tuple(_filled(value, applicant) for value in row.get("values", ()))
    return Planted(row["kind"], tuple(row["files"]), row.get("note", ""), values)
