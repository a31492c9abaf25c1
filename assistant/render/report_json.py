"""A report in the shape that docs promise to scripts: fields may be added, none renamed or dropped."""

from collections.abc import Mapping
from typing import Any

from assistant.reports.records import SCHEMA
from assistant.reports.schema import Applicant, Exhibit, Fact, Finding, Report


def report_object(report: Report) -> dict[str, Any]:
    """What `python -m assistant check --json` prints, as plain values."""
    return {
        "schema": SCHEMA,
        "id": report.id,
        "application": report.application,
        "title": report.title,
        "policy": report.policy,
        "policy_title": report.policy_title,
        "version": report.version,
        "as_of": report.as_of.isoformat(),
        "made": report.made.isoformat(timespec="seconds"),
        "files": [
            {
                "name": row.name,
                "kind": row.kind,
                "pages": row.pages,
                "status": row.status,
                "reason": row.reason,
                "sha256": row.sha256,
                "remarks": list(row.remarks),
                "materials": list(row.materials),
            }
            for row in report.files
        ],
        "applicant": _applicant(report.applicant),
        "findings": [_finding(finding) for finding in report.findings],
        "missing_materials": [
            {"name": each.name, "basis": each.basis, "quote": each.quote, "named": each.named, "note": each.note}
            for each in report.missing
        ],
        "issues": [
            {
                "kind": issue.kind,
                "file": issue.file,
                "page": issue.page,
                "message": issue.message,
                "places": [_exhibit(place) for place in issue.places],
            }
            for issue in report.issues
        ],
        "advice": report.advice,
        "notices": [notice.text for notice in report.notices],
        "model": report.model,
        "prompts": list(report.prompts),
        "facts": [
            {"kind": fact.kind, "value": fact.value, "role": fact.role, "evidence": _exhibit(fact.exhibit)}
            for fact in report.facts
        ],
    }


def _applicant(applicant: Applicant) -> Mapping[str, Any]:
    def value(fact: Fact | None) -> str | None:
        return fact.value if fact else None

    return {
        "name": value(applicant.name),
        "uscc": value(applicant.uscc),
        "entity_type": applicant.entity_type,
        "legal_representative": value(applicant.legal_representative),
        "address": value(applicant.address),
        "registered_city": applicant.registered_city,
        "located_city": applicant.located_city,
        "joint_applicants": [fact.value for fact in applicant.joint],
    }


def _finding(finding: Finding) -> Mapping[str, Any]:
    return {
        "condition": finding.condition,
        "label": finding.label,
        "title": finding.title,
        "verdict": finding.verdict,
        "reason": finding.reason,
        "decided_by": finding.decided_by,
        "evidence": [_exhibit(each) for each in finding.evidence],
        "aspects": [
            {"aspect": aspect.aspect, "evidence": [_exhibit(each) for each in aspect.evidence]}
            for aspect in finding.aspects
        ],
    }


def _exhibit(exhibit: Exhibit) -> Mapping[str, Any]:
    return {
        "file": exhibit.file,
        "sha256": exhibit.sha256,
        "place": exhibit.place,
        "page": exhibit.page,
        "quote": exhibit.quote,
        "boxes": [list(box) for box in exhibit.boxes],
        "start": exhibit.start,
        "end": exhibit.end,
    }
