"""The page before a draft is open: kind of document, reports and form to draft from, and the drafts that there are."""

from collections.abc import Sequence

from markupsafe import Markup

from assistant.drafting.kinds import DocumentKind
from assistant.drafting.versions import ListedDraft
from assistant.reports.store import Listed
from assistant.reports.words import moment
from assistant.web.drafting.form import fields
from assistant.web.drafting.studio import Sitting, Studio, key_of

PERSON = Markup(
    '<label class="person"><span>经办人</span><input name="person" maxlength="40" autocomplete="name"></label>'
)
_FILTERED = 8  # reports from which on there is a filter


def opening(studio: Studio, sitting: Sitting, *, note: str = "") -> Markup:
    """Raises AssistantError when reports or drafts cannot be read."""
    chosen = studio.chosen(sitting.kind)
    told = Markup('<p class="note" role="alert">{}</p>').format(note) if note else Markup("")
    drafts = _drafts(studio.versions.drafts())
    if chosen is None:
        return told + Markup(
            '<section class="card"><h2 tabindex="-1">意见起草</h2><p>还没有可以起草的文书。</p></section>{}'
        ).format(drafts)
    measure, kind = chosen
    least, most = kind.reports
    reports = [each for each in studio.reports.reports() if each.policy == measure.policy.id] if most else []
    return told + Markup(
        '<section class="card start" data-state="start"><h2 tabindex="-1">意见起草</h2>'
        "<p>只写核定过的结论、表单和办法里有的内容,每句话都带出处;没有的写成××,没有核定的写成【待核实】。</p>"
        '<label class="kind"><span>文种</span><select data-do="kind">{}</select></label>{}{}{}'
        '<div class="tools">{}<button type="button" class="go" data-do="draft"{}>起草</button></div></section>{}'
    ).format(
        _kinds(studio, key_of(measure, kind)),
        _basis(kind),
        _reports(reports, sitting.reports, least, most),
        fields(kind, sitting.form),
        PERSON,
        Markup(" disabled") if least and not reports else "",
        drafts,
    )


def _kinds(studio: Studio, chosen: str) -> Markup:
    groups = []
    measures = studio.measures()
    for measure in measures:
        options = Markup("").join(
            Markup('<option value="{}"{}>{}</option>').format(
                key_of(measure, kind), Markup(" selected") if key_of(measure, kind) == chosen else "", kind.name
            )
            for kind in measure.kinds
        )
        group = Markup('<optgroup label="《{}》">{}</optgroup>').format(measure.policy.title, options)
        groups.append(group if len(measures) > 1 else options)
    return Markup("").join(groups)


def _basis(kind: DocumentKind) -> Markup:
    labels = "、".join(dict.fromkeys(source.label for source in kind.basis))
    return Markup('<p class="small">依据:{}</p>').format(labels)


def _reports(reports: Sequence[Listed], chosen: Sequence[str], least: int, most: int) -> Markup:
    if not most:
        return Markup('<p class="small">这种文书不用预审报告,按表单起草。</p>')
    wanted = "可以选多份" if most > 1 else "选一份" if least else "可以不选"
    if not reports:
        return Markup(
            '<div class="none">还没有预审报告。请先到 <a href="/screening">材料预审</a> 预审申报材料并逐项核定。</div>'
        )
    kind = "checkbox" if most > 1 or not least else "radio"
    rows = Markup("").join(_report(each, kind, chosen) for each in reports)
    narrow = Markup('<input type="search" class="filter" placeholder="按名称筛选" aria-label="按名称筛选报告">')
    every = Markup('<button type="button" class="quiet" data-do="every">全选</button>')
    return Markup(
        '<fieldset class="reports"><legend>预审报告({})</legend>{}{}<ul data-most="{}">{}</ul></fieldset>'
    ).format(
        wanted, narrow if len(reports) >= _FILTERED else "", every if most > 1 else "", most, rows
    )  # fmt: skip


def _report(each: Listed, kind: str, chosen: Sequence[str]) -> Markup:
    done = sum(finding.by_person for finding in each.findings)
    return Markup(
        '<li data-words="{0} {1}"><label><input type="{2}" name="report" value="{3}"{4}><b>{0}</b>'
        "<small>{5} · 已核定 {6}/{7} · {8}</small></label></li>"
    ).format(
        each.title, each.applicant, kind, each.id, Markup(" checked") if each.id in chosen else "",
        each.applicant or "未读到单位名称", done, len(each.findings), moment(each.made),
    )  # fmt: skip


def _drafts(drafts: Sequence[ListedDraft]) -> Markup:
    if not drafts:
        return Markup('<section class="card drafts"><h3>已有文稿</h3><p class="none">还没有文稿。</p></section>')
    rows = Markup("").join(_draft(each) for each in drafts)
    return Markup('<section class="card drafts"><h3>已有文稿</h3><ul>{}</ul></section>').format(rows)


def _draft(each: ListedDraft) -> Markup:
    state = ("signed", "已签发") if each.signed else ("waiting", "待审核")
    delete = Markup(
        '<button type="button" class="quiet danger" data-do="delete" data-draft="{}" aria-label="删除 {}">删除</button>'
    ).format(each.id, each.title)
    return Markup(
        '<li><button type="button" class="open" data-do="open" data-draft="{}">{}</button>'
        '<span class="badge {}">{}</span><small>{} · 第{}版 · {} · {}</small>{}</li>'
    ).format(
        each.id, each.title, *state, each.kind, each.versions, each.person, moment(each.at),
        "" if each.signed else delete,
    )  # fmt: skip
