"""Whether the applicant pledged that its materials are true."""

import re
from itertools import islice

from assistant.checking.rule_types import Known, Outcome, Part, once
from assistant.conditions.schema import Condition
from assistant.facts.labels import SIGNED_ON
from assistant.reports.schema import Exhibit, Issue

_TRUE = re.compile(r"真\s*实|属\s*实|如\s*实|虚\s*假|弄虚作假|虚报|瞒报")
_SENTENCE = 12  # characters; a shorter line is the title


def truthfulness_pledge(condition: Condition, known: Known) -> Outcome | None:
    """第七条第(九)项: a pledge in the applicant's name that the materials are true, signed or sealed, and dated."""
    outcomes = [_pledge(part, known) for part in known.parts(condition.id)]
    return next((each for each in outcomes if each.verdict == "met"), outcomes[0] if outcomes else None)


def _pledge(part: Part, known: Known) -> Outcome:
    name = part.material.name
    promised = _promise(part)
    if promised is None:
        return Outcome("unclear", f"“{name}”没有读到承诺材料真实的内容,需看原件", tuple(islice(part.sentences(), 1)))
    marks = [fact.exhibit for fact in known.facts_in((part,), "signed", "sealed")]
    dates = [fact.exhibit for fact in known.facts_in((part,), "date") if fact.role == SIGNED_ON]
    own = part.quoted(known.applicant.name.value) if known.applicant.name else None
    wrong = [issue for issue in known.issues if _touches(issue, part)]
    lacking = [
        *(["没有读到签字或盖章"] if not marks else []),
        *(["没有读到日期"] if not dates else []),
        *(["没有读到申报单位的名称"] if own is None else []),
        *dict.fromkeys(issue.message.rstrip("。") for issue in wrong),
    ]
    places = [place for issue in wrong for place in issue.places if part.holds(place)]
    evidence = once((promised, *((own,) if own else ()), *marks, *dates, *places))
    if lacking:
        return Outcome("unclear", f"有真实性承诺,但{'、'.join(lacking)}", evidence)
    return Outcome("met", "有以申报单位名义作出的真实性承诺,已签字或盖章并写明日期", evidence)


def _promise(part: Part) -> Exhibit | None:
    """The sentence that says that the materials are true; the title alone is none."""
    found = (each for each in part.sentences() if _TRUE.search(each.quote) and len(each.quote) > _SENTENCE)
    return next(found, None)


def _touches(issue: Issue, part: Part) -> bool:
    if issue.kind == "unsigned" and issue.file == part.material.name:
        return True
    kinds = ("bad_uscc", "name_mismatch", "date_conflict", "unsigned")
    return issue.kind in kinds and any(part.holds(place) for place in issue.places)
