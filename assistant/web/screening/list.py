"""The reports that were made before, as a grid of packages and conditions that sorts and filters."""

from collections.abc import Sequence
from itertools import groupby

from markupsafe import Markup

from assistant.reports.store import Listed, ListedFinding
from assistant.reports.words import VERDICTS

_ORDER = {"unmet": 0, "missing": 1, "unclear": 2, "met": 3}


def listing(reports: Sequence[Listed], unfinished: Sequence[tuple[str, str]], *, note: str = "") -> Markup:
    """`reports` newest first; `unfinished` are id and title of packages that were uploaded and not read to the end."""
    told = Markup('<p class="note" role="alert">{}</p>').format(note) if note else Markup("")
    told += _unfinished(unfinished)
    if not reports:
        return told + Markup('<section class="earlier"><h3>已有报告</h3><p class="none">还没有预审报告。</p></section>')
    policies = sorted(reports, key=lambda each: each.policy)
    grids = Markup("").join(
        _grid(sorted(group, key=lambda each: each.made, reverse=True), several=len({r.policy for r in reports}) > 1)
        for _, group in groupby(policies, key=lambda each: each.policy)
    )
    return told + Markup('<section class="earlier"><header><h3>已有报告</h3>{}</header>{}</section>').format(
        _tools(reports[0]), grids
    )


def _unfinished(unfinished: Sequence[tuple[str, str]]) -> Markup:
    if not unfinished:
        return Markup("")
    rows = Markup("").join(
        Markup(
            '<li><b>{}</b><button type="button" class="quiet" data-do="resume" data-application="{}">继续</button>'
            '<button type="button" class="quiet danger" data-do="drop" data-application="{}">删除</button></li>'
        ).format(title, key, key)
        for key, title in unfinished
    )
    return Markup('<section class="unfinished"><h3>上次没有读完的申报包</h3><ul>{}</ul></section>').format(rows)


def _tools(first: Listed) -> Markup:
    conditions = Markup("").join(
        Markup('<option value="{}">{} {}</option>').format(each.condition, each.label, each.title)
        for each in first.findings
    )
    verdicts = Markup("").join(Markup('<option value="{}">{}</option>').format(*each) for each in VERDICTS.items())
    return Markup(
        '<div class="tools"><input type="search" class="filter" placeholder="按名称筛选" aria-label="按名称筛选">'
        '<select class="condition" aria-label="条件"><option value="">任一条件</option>{}</select>'
        '<select class="verdict" aria-label="结论"><option value="">全部结论</option>{}'
        '<option value="issues">有疑点</option><option value="lacking">缺材料</option></select>'
        '<span class="shown" role="status"></span>'
        '<button type="button" class="quiet" data-do="export">导出 Excel</button></div>'
    ).format(conditions, verdicts)


def _grid(reports: Sequence[Listed], *, several: bool) -> Markup:
    columns = reports[0].findings
    heads = [("title", "申报包", "")]
    heads += [(each.condition, _short(each), f"{each.label} {each.title}") for each in columns]
    heads += [("missing", "缺材料", ""), ("issues", "疑点", ""), ("made", "时间", "")]
    head = Markup("").join(
        Markup('<th scope="col" aria-sort="{}"><button type="button" data-do="sort" data-key="{}" title="{}">{}'
               "</button></th>").format("descending" if key == "made" else "none", key, told or name, name)
        for key, name, told in heads
    )  # fmt: skip
    rows = Markup("").join(_row(each, [column.condition for column in columns]) for each in reports)
    caption = Markup("<caption>《{}》</caption>").format(reports[0].policy_title) if several else Markup("")
    return Markup(
        '<div class="wide-table"><table class="grid">{}<thead><tr>{}'
        '<th scope="col"><span class="unseen">操作</span></th></tr>'
        "</thead><tbody>{}</tbody></table></div>"
    ).format(caption, head, rows)


def _short(finding: ListedFinding) -> str:
    """(一) of 第七条第(一)项, where the label has such a part."""
    at = finding.label.rfind("(")
    return finding.label[at : finding.label.find(")", at) + 1] if at >= 0 else finding.label


def _row(each: Listed, conditions: Sequence[str]) -> Markup:
    by = {finding.condition: finding for finding in each.findings}
    cells = Markup("").join(_cell(by.get(condition)) for condition in conditions)
    unread = f",{each.unreadable} 个文件未能读取" if each.unreadable else ""
    return Markup(
        '<tr data-report="{}" data-words="{}" data-issues="{}" data-missing="{}"><th scope="row" data-sort="{}">'
        '<button type="button" class="open" data-do="open" data-report="{}">{}</button><small>{}{}</small></th>{}'
        '<td class="number" data-sort="{}" data-name="缺材料">{}</td>'
        '<td class="number" data-sort="{}" data-name="疑点">{}</td>'
        '<td class="when" data-sort="{}"><span>{:%Y-%m-%d}</span> <span>{:%H:%M}</span></td>'
        '<td class="end"><button type="button" class="quiet danger"'
        ' data-do="delete" data-report="{}" aria-label="删除 {}">删除</button></td></tr>'
    ).format(
        each.id, f"{each.title} {each.applicant}", each.issues, each.missing, each.title,
        each.id, each.title, each.applicant or "未读到单位名称", unread, cells,
        each.missing, each.missing or "—", each.issues, each.issues or "—",
        each.made.isoformat(), each.made.astimezone(), each.made.astimezone(), each.id, each.title,
    )  # fmt: skip


def _cell(finding: ListedFinding | None) -> Markup:
    if finding is None:
        return Markup('<td data-sort="9"></td>')
    person = "(人工核定)" if finding.by_person else ""
    return Markup(
        '<td class="cell" data-condition="{}" data-verdict="{}" data-sort="{}" data-name="{}">'
        '<span class="badge {}{}" title="{}">{}'
        "</span></td>"
    ).format(
        finding.condition, finding.verdict, _ORDER[finding.verdict], _short(finding), finding.verdict,
        " by-person" if finding.by_person else "",
        f"{finding.label} {finding.title}:{VERDICTS[finding.verdict]}{person}",
        VERDICTS[finding.verdict],
    )  # fmt: skip
