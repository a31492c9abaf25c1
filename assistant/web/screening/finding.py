"""A finding on the page: its row in the matrix, its evidence, and the form in which a person decides."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from assistant.reports.schema import Exhibit, Verdict
from assistant.reports.words import DECIDED_BY, VERDICTS, Standing, moment, quoted, source

_ADVICE: Mapping[Verdict, str] = {
    "met": "您的材料中已有能说明这一条件的内容。",
    "unmet": "您的材料中有与这一条件不一致的内容,建议在申报前核对更正。",
    "unclear": "您的材料中有相关内容,是否充分由主管部门判断,建议对照下面的原文再核对一遍。",
    "missing": "您的材料中没有找到能说明这一条件的内容,建议补充。",
}


def badge(verdict: Verdict) -> Markup:
    """The verdict's word in its colour."""
    return Markup('<span class="badge {}">{}</span>').format(verdict, VERDICTS[verdict])


def evidence_button(exhibit: Exhibit, numbers: Mapping[Exhibit, int]) -> Markup:
    """Opens an exhibit at its place."""
    return Markup('<button type="button" class="evidence" data-do="show" data-exhibit="{}">{}</button>').format(
        numbers[exhibit], source(exhibit)
    )


def fact_button(value: str, exhibit: Exhibit, numbers: Mapping[Exhibit, int]) -> Markup:
    """A fact that opens the place it was read from."""
    return Markup(
        '<button type="button" class="fact" data-do="show" data-exhibit="{}" title="出处:{}">{}</button>'
    ).format(numbers[exhibit], source(exhibit), value)


def finding_row(each: Standing, numbers: Mapping[Exhibit, int], clause: str, *, own: bool) -> Markup:
    """A row of the matrix with what opens under it. `clause` are the words of the clause, empty when unknown."""
    finding = each.finding
    first = finding.evidence[0] if finding.evidence else None
    return Markup(
        '<li class="finding" data-condition="{}"><div class="finding-row">'
        '<button type="button" class="finding-open" data-do="unfold" aria-expanded="false" aria-controls="more-{}">'
        "<b>{}</b><span>{}</span></button>{}"
        '<div class="told"><p class="reason">{}</p><p class="by">{}</p></div><div class="first">{}</div></div>'
        '<div class="finding-more" id="more-{}" hidden>{}</div></li>'
    ).format(
        finding.condition,
        finding.condition,
        finding.label,
        finding.title,
        badge(each.verdict),
        _ADVICE[finding.verdict] if own else each.reason,
        f"{finding.reason}({DECIDED_BY[finding.decided_by]})" if own else _by(each),
        evidence_button(first, numbers) if first else Markup('<span class="none">没有找到证据</span>'),
        finding.condition,
        _more(each, numbers, clause, own=own),
    )


def _by(each: Standing) -> Markup | str:
    if not each.overrides:
        return DECIDED_BY[each.finding.decided_by]
    return Markup('<b>人工核定</b>({});机器预审为<span class="machine">{}</span>').format(
        each.overrides[-1].person, VERDICTS[each.finding.verdict]
    )


def _more(each: Standing, numbers: Mapping[Exhibit, int], clause: str, *, own: bool) -> Markup:
    finding = each.finding
    made = [Markup('<p class="clause">{}</p>').format(clause)] if clause else []
    if each.overrides:
        made.append(
            Markup('<p class="by-machine">机器预审:{} {}({})</p>').format(
                badge(finding.verdict), finding.reason, DECIDED_BY[finding.decided_by]
            )
        )
    shown: set[Exhibit] = set()
    for aspect in finding.aspects:
        told = _exhibits(aspect.evidence, numbers) if aspect.evidence else Markup('<p class="none">没有找到</p>')
        made.append(Markup('<section class="aspect"><h4>{}</h4>{}</section>').format(aspect.aspect, told))
        shown.update(aspect.evidence)
    rest = [exhibit for exhibit in finding.evidence if exhibit not in shown]
    if rest:
        heading = Markup("<h4>其他有关文字</h4>") if finding.aspects else Markup("")
        made.append(Markup('<section class="aspect">{}{}</section>').format(heading, _exhibits(rest, numbers)))
    if not finding.aspects and not finding.evidence:
        made.append(Markup('<p class="none">{}</p>').format("材料中没有找到与这一条件有关的文字。"))
    if not own:
        made += [_history(each), _form(each)]
    return Markup("").join(made)


def _exhibits(exhibits: Sequence[Exhibit], numbers: Mapping[Exhibit, int]) -> Markup:
    return Markup('<ul class="exhibits">{}</ul>').format(
        Markup("").join(
            Markup("<li>{}<q>{}</q></li>").format(evidence_button(exhibit, numbers), quoted(exhibit)[1:-1])
            for exhibit in exhibits
        )
    )


def _history(each: Standing) -> Markup:
    if not each.overrides:
        return Markup("")
    said = Markup("").join(
        Markup("<li>{}<span>{}</span><small>{} {}</small></li>").format(
            badge(given.verdict), given.reason, given.person, moment(given.given_at)
        )
        for given in each.overrides
    )
    return Markup('<section class="history"><h4>核定记录</h4><ol>{}</ol></section>').format(said)


def _form(each: Standing) -> Markup:
    condition = each.finding.condition
    choices = Markup("").join(
        Markup('<label><input type="radio" name="verdict-{}" value="{}"{}><span>{}</span></label>').format(
            condition, verdict, Markup(" checked") if each.overrides and verdict == each.verdict else "", word
        )
        for verdict, word in VERDICTS.items()
    )
    return Markup(
        '<form class="judge" data-condition="{}" data-seen="{}" novalidate><h4>人工核定</h4>'
        '<div class="choices" role="radiogroup" aria-label="核定结论">{}</div>'
        '<label class="wide"><span>理由(必填)</span><textarea name="reason" rows="2" maxlength="1000" required>'
        '</textarea></label><label><span>经办人</span><input name="person" maxlength="40" autocomplete="name" required>'
        '</label><button type="submit" class="go">保存核定</button>'
        '<p class="form-fault" role="alert" hidden></p></form>'
    ).format(condition, len(each.overrides), choices)
