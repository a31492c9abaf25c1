"""The findings of one application: one for each condition, in order, whatever could not be read."""

from collections.abc import Mapping, Sequence
from itertools import chain, zip_longest

from assistant.checking.rule_types import Known, Outcome
from assistant.checking.rules import RULES
from assistant.checking.support import Support
from assistant.conditions.schema import Condition
from assistant.reports.schema import AspectFinding, Exhibit, Finding

_SHOWN = 12  # exhibits of one finding
_WORDS = 40  # characters of a quote in a reason

Supports = Mapping[str, Sequence[Support]]
"""The support for each condition's aspects, in their order, by the condition's id."""


def findings(known: Known, supports: Supports) -> tuple[Finding, ...]:
    """One finding for each condition. Raises PolicyError for a conditions file that names an unknown rule."""
    return tuple(_finding(condition, known, supports[condition.id]) for condition in known.conditions.conditions)


def _finding(condition: Condition, known: Known, supports: Sequence[Support]) -> Finding:
    outcome = _ruled(condition, known)
    aspects = tuple(AspectFinding(support.aspect, support.shown) for support in supports)
    adverse = [each for support in supports for each in support.adverse]
    # The strongest first: what is shown first is what a reviewer opens.
    ranked = sorted((support for support in supports if support.shown), key=lambda support: -round(support.best, 6))
    found = tuple(dict.fromkeys((*adverse, *_by_turns([support.shown for support in ranked]))))
    if outcome is not None and (outcome.evidence or (outcome.verdict == "missing" and not found)):
        # A rule that could not say who is right leaves the rest of the evidence in sight.
        evidence = outcome.evidence if outcome.verdict in ("met", "unmet") else (*outcome.evidence, *found)
        evidence = tuple(dict.fromkeys(evidence))[:_SHOWN]
        reason = _sentence(outcome.reason, condition, decided=outcome.verdict in ("met", "unmet"))
        return Finding(
            condition.id, condition.label, condition.title, outcome.verdict, reason, "rule", evidence, aspects
        )
    verdict, reason = ("unclear", _told(supports)) if found else ("missing", _absent(supports))
    return Finding(
        condition.id,
        condition.label,
        condition.title,
        "unclear" if verdict == "unclear" else "missing",
        _sentence(reason, condition, decided=False),
        "retrieval",
        found[:_SHOWN],
        aspects,
    )


def _ruled(condition: Condition, known: Known) -> Outcome | None:
    """What the first of the condition's rules says that has something to say."""
    for name in condition.rules:
        if outcome := RULES[name](condition, known):
            return outcome
    return None


def _by_turns(shown: Sequence[Sequence[Exhibit]]) -> tuple[Exhibit, ...]:
    """The best of each aspect, then the second best of each, and so on; no words twice."""
    turns = chain.from_iterable(zip_longest(*shown))
    return tuple(dict.fromkeys(each for each in turns if each is not None))


def _told(supports: Sequence[Support]) -> str:
    """Which aspects have support and which have none."""
    parts = [f"{each.aspect}有不利记载({_quoted(each.adverse[0])}),需核实" for each in supports if each.adverse]
    with_it = [
        each.aspect + ("(只见计划)" if each.planned else "(仅语义相近)" if each.near else "")
        for each in supports
        if each.shown
    ]
    parts += [f"{'、'.join(with_it)}有材料支持"] if with_it else []
    without = [each for each in supports if not each.shown and not each.adverse]
    if without:
        parts.append(_absent(without))
    if denied := [each for each in supports if each.shown and each.denied]:
        parts.append(f"{'、'.join(each.aspect for each in denied)}另有材料写明没有({_quoted(denied[0].denied[0])})")
    return ";".join(parts)


def _absent(supports: Sequence[Support]) -> str:
    """What is known of aspects without support: nothing, praise, a denial, somebody else's words."""
    told: dict[str, list[str]] = {}
    for each in supports:
        if each.denied:
            what = f"写明没有({_quoted(each.denied[0])})"
        elif each.planned:
            what = "只见计划"
        elif each.strangers:
            what = "只见其他单位的材料"
        else:
            what = "只有概括性表述,没有具体事实" if each.asserted else "未见材料"
        told.setdefault(what, []).append(each.aspect)
    return ";".join(f"{'、'.join(aspects)}{what}" for what, aspects in told.items()) or "未见材料"


def _quoted(exhibit: Exhibit) -> str:
    words = " ".join(exhibit.quote.split()).removesuffix("。")
    return f"{exhibit.file}:“{words[:_WORDS]}{'……' if len(words) > _WORDS else ''}”"


def _sentence(reason: str, condition: Condition, *, decided: bool) -> str:
    last = "以上由规则核对,最终由初审人员确认" if decided else condition.human.rstrip("。") or "是否符合由初审人员核定"
    return f"{reason};{last}。"
