"""What is true of a Package, as plain values for JSON."""

from collections.abc import Iterator, Mapping
from typing import Any

import pypdfium2

from evals.samples.applicants import Applicant
from evals.samples.document import Workbook, marks, plain, words_of
from evals.samples.fonts import Faces
from evals.samples.making import printed
from evals.samples.packages import BROKEN, MATERIALS, Package, Paper, Planted
from ingest.normalize import find_quote

_KINDS = {"pdf": "pdf", "scan": "pdf", "photo": "image", "jpeg": "image", "screenshot": "image", "word": "word",
          "excel": "sheet", "text": "text", "utf8": "text", "html": "html", "csv": "sheet", "ofd": "ofd",
          "locked": "pdf", "cut": "unknown", "empty": "unknown", "rar": "unknown"}  # fmt: skip
_PAGELESS = ("word", "text", "utf8", "html", "csv")
_PICTURES = ("scan", "photo", "jpeg", "screenshot")


def truth(package: Package, faces: Faces) -> dict[str, Any]:
    """Facts, files, findings, missing materials and issues of `package`. File names are those that reading it gives;
    pages count from 1, are a sheet's name in a workbook and None in Word. All evidence is right, the form last."""
    found: dict[str, list[dict[str, Any]]] = {condition: [] for condition in package.verdicts}
    told = []
    for paper in package.papers:
        pages = _pages(paper, faces)
        for condition, evidence in _evidence(paper, pages):
            found[condition].append({"file": package.name_of(paper.path), **evidence})
        told.append(
            {
                "name": package.name_of(paper.path),
                "kind": _KINDS[paper.how],
                "digital": paper.how not in _PICTURES,
                "pages": len(paper.what.sheets) if isinstance(paper.what, Workbook) else len(pages),
                "unreadable_pages": list(paper.unread),
                "materials": list(paper.materials),
            }
        )
    forms = {package.name_of(paper.path) for paper in package.papers if "申报书" in paper.materials}
    for evidences in found.values():  # what the applicant writes of itself in the form is the weakest
        evidences.sort(key=lambda evidence: evidence["file"] in forms)
    return {
        "path": f"{package.name}.zip" if package.zipped else package.name,
        "facts": {**facts(package.applicant), **dict.fromkeys(package.unsaid)},
        "files": told,
        "conditions": {
            condition: {
                "verdict": verdicts[0],
                "accepted": list(verdicts),
                "support": bool(found[condition]),
                "evidence": found[condition],
            }
            for condition, verdicts in package.verdicts.items()
        },
        "missing_materials": [{"name": name, "basis": MATERIALS[name]} for name in package.missing],
        "issues": [_issue(issue, package) for issue in package.issues],
        **_leeway(package),
    }


def _issue(issue: Planted, package: Package) -> dict[str, Any]:
    files = [package.name_of(path) for path in issue.paths]
    return {"kind": issue.kind, "files": files, "values": list(issue.values), "note": issue.note}


def _leeway(package: Package) -> dict[str, Any]:
    """What may be told or not, and the day of the check; nothing of what the package does not say."""
    leeway = {
        "optional_missing": list(package.optional),
        "tolerated": [_issue(issue, package) for issue in package.tolerated],
        "unjudged_facts": list(package.unjudged),
        "as_of": package.as_of and package.as_of.isoformat(),
    }
    return {key: value for key, value in leeway.items() if value}


def facts(applicant: Applicant) -> dict[str, Any]:
    """What is to be read of the applicant; amounts in 元."""
    return {
        "name": applicant.name,
        "uscc": applicant.uscc,
        "entity_type": applicant.entity_type,
        "legal_representative": applicant.legal_representative,
        "address": applicant.address,
        "registered_city": applicant.registered_city,
        "located_city": applicant.located_city,
        "joint_applicants": list(applicant.joint),
        "amounts": {
            "registered_capital": _yuan(applicant.capital),
            "special_funds_spent": _yuan(applicant.spent),
            "special_funds_budget": _yuan(applicant.budget),
        },
        "dates": {"established": applicant.established.isoformat(), "applied": applicant.applied.isoformat()},
        "staff": len(applicant.people),
    }


def _yuan(amount: float | None) -> int | None:
    return None if amount is None else round(amount * 10_000)


def _evidence(paper: Paper, pages: Mapping[int, str]) -> Iterator[tuple[str, dict[str, Any]]]:
    if paper.how in BROKEN:
        return
    if isinstance(paper.what, Workbook):
        for sheet in paper.what.sheets:
            name = None if paper.how == "csv" else sheet.name
            for mark in (mark for words in words_of(Workbook((sheet,))) for mark in marks(words)):
                yield mark.condition, {"page": name, "aspect": mark.aspect, "quote": mark.quote}
        return
    for mark in (mark for words in words_of(paper.what) for mark in marks(words)):
        page: int | str | None = _page_of(mark.quote, pages, paper)
        if page not in paper.unread:
            shown = None if paper.how in _PAGELESS else page
            yield mark.condition, {"page": shown, "aspect": mark.aspect, "quote": mark.quote}


def _page_of(quote: str, pages: Mapping[int, str], paper: Paper) -> int:
    """The page on which `quote` stands, or begins. Raises ValueError when it does not stand there at all."""
    for number, text in pages.items():
        following = pages.get(number + 1, "")
        if find_quote(quote, text) or (not find_quote(quote, following) and find_quote(quote, text + following)):
            return number
    raise ValueError(f"{paper.path} does not hold {quote}")


def _pages(paper: Paper, faces: Faces) -> dict[int, str]:
    """The words of each page as printed, without running head and foot; one page for what has none."""
    if isinstance(paper.what, Workbook) or paper.how in (*_PAGELESS, *BROKEN, "ofd"):
        return {1: "\n".join(plain(words) for words in words_of(paper.what))}
    document = pypdfium2.PdfDocument(printed(paper, faces))
    try:
        return {number: _body(page) for number, page in enumerate(document, 1)}
    finally:
        document.close()


def _body(page: pypdfium2.PdfPage) -> str:
    text: str = page.get_textpage().get_text_bounded(bottom=60, top=page.get_height() - 56)
    return text
