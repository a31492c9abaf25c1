"""统一社会信用代码 that are wrong, or differ from one another."""

from collections.abc import Iterator

from assistant.consistency.case import Case, short
from assistant.facts.applicant import alike
from assistant.facts.codes import LIKENESS, check
from assistant.facts.labels import PARTNER
from assistant.reports.schema import Fact, Issue


def code_issues(case: Case) -> Iterator[Issue]:
    """Codes that cannot be (GB 32100-2015), and codes of the applicant that are not the one on its licence."""
    told: set[tuple[str, str]] = set()
    best = case.applicant.uscc
    for fact in case.of("uscc", own=False):
        key = (fact.exhibit.sha256, fact.value)
        if key in told:
            continue
        told.add(key)
        fault = check(fact.value)
        beside = best if best and best.value != fact.value and _is_own(case, fact) else None
        if fault is None and beside is None:
            continue
        yield _issue(case, fact, fault, beside)


def _issue(case: Case, fact: Fact, fault: str | None, best: Fact | None) -> Issue:
    where = f"“{short(fact.exhibit.file)}”"
    doubt = ""
    if case.is_recognised(fact.exhibit):
        same = best and fact.value.translate(LIKENESS) == best.value
        doubt = f",该页由图像识别{',字形相近' if same else ''},可能是识别误差"
    if fault is None and best:
        other = f"“{short(best.exhibit.file)}”"
        message = f"{where}中的统一社会信用代码{fact.value}与{other}中的{best.value}不同{doubt},请核对。"
    else:
        beside = f",与“{short(best.exhibit.file)}”中的{best.value}也不同" if best else ""
        message = f"{where}中的统一社会信用代码{fact.value}有误:{fault}{beside}{doubt},请核对。"
    places = (fact.exhibit, best.exhibit) if best else (fact.exhibit,)
    return Issue("bad_uscc", fact.exhibit.file, fact.exhibit.page, message, places)


def _is_own(case: Case, fact: Fact) -> bool:
    """Whether the code is given as the applicant's: the name before it says so; without one, the sort of paper does."""
    name, owner = case.applicant.name, case.owner(fact)
    if fact.role.startswith(PARTNER):
        return False
    if name is not None and owner is not None:
        return alike(owner, name.value)
    if case.paper(fact) == "licence" and name is not None:
        names = [one.value for one in case.of("name", own=False) if one.exhibit.sha256 == fact.exhibit.sha256]
        return any(alike(one, name.value) for one in names)
    return case.paper(fact) in ("form", "pledge") and fact.exhibit.sha256 in case.own
