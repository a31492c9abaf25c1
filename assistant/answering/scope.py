"""Which policy texts a question is asked of: the one chosen, the ones it names, else the version in force of each."""

import re
from collections.abc import Sequence
from datetime import date

from assistant.validity import moment
from ingest.lexical import place
from ingest.normalize import tidy
from ingest.schema import Policy

_VERSION = re.compile(r"\((?:试行|暂行|修订|\d{4}年?(?:修订|版)?)\)|[\s《》]")
_TRIAL = re.compile(r"试行|暂行")
_SHORTEST = 4  # characters from which a title without its place counts as named
_PLACE_MARK = re.compile(r"^(?:省|市|自治区|自治州|县|区)")


def scope(policies: Sequence[Policy], policy: str | None, as_of: date, question: str = "") -> tuple[str, ...]:
    """The ids of the policies that are searched. Of each measure one version: the one that is called by its name
    (试行), else the one in force on the day the question speaks of, else on `as_of`, else the latest that had begun;
    so two versions never mix in one answer."""
    if policy is not None:
        return (policy,)
    told = tidy(question).replace(" ", "")
    named = [p for p in policies if any(name in told for name in names(p))]
    families: dict[str, list[Policy]] = {}
    for p in named or policies:
        families.setdefault(family(p.title), []).append(p)
    when = moment(question, as_of)
    day = when.first if when else as_of
    trial = bool(_TRIAL.search(told))

    def order(p: Policy) -> tuple[bool, bool, bool, date]:
        begun = (p.effective or date.min) <= day
        return trial and bool(_TRIAL.search(p.title)), p.in_force(day), begun, p.effective or date.min

    return tuple(max(versions, key=order).id for versions in families.values())


def family(title: str) -> str:
    """A title without what tells versions apart: 青岛市…管理办法(试行) and 青岛市…管理办法 are one measure."""
    return _VERSION.sub("", tidy(title))


def names(policy: Policy) -> tuple[str, ...]:
    """What a policy is called, longest first: its title, and the title without its version and its place."""
    whole = family(policy.title)
    where = place(policy.title)
    bare = _PLACE_MARK.sub("", whole.removeprefix(where)) if where else whole
    bare = bare.removeprefix("中华人民共和国")
    return tuple(dict.fromkeys(name for name in (whole, bare) if len(name) >= _SHORTEST))


def without_names(question: str, policies: Sequence[Policy]) -> str:
    """`question` without the titles of policies, to see what else it asks."""
    text = tidy(question).replace(" ", "")
    for name in sorted({n for p in policies for n in names(p)}, key=len, reverse=True):
        text = text.replace(name, "")
    return text
