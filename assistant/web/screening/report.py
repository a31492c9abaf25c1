"""A report on the page: the matrix of findings, what is missing, what contradicts, the files."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from assistant.render.report_markdown import supplement_text
from assistant.reports.outline import location
from assistant.reports.schema import Exhibit, Override, Report
from assistant.reports.words import (
    CAUTION,
    ISSUES,
    STATUS,
    UNREAD,
    VERDICTS,
    Standing,
    basis,
    facts_of,
    moment,
    quoted,
    standings,
)
from assistant.validity import chinese
from assistant.web.screening.evidence import exhibits
from assistant.web.screening.finding import evidence_button, fact_button, finding_row

_DOWNLOADS = (("docx", "Word"), ("md", "Markdown"), ("json", "JSON"), ("xlsx", "Excel"))
_OWN_CAUTION = "自查结果只是建议,是否符合条件以主管部门的审核为准。"


def report_page(
    report: Report,
    overrides: Sequence[Override],
    *,
    clauses: Mapping[str, str],
    own: bool = False,
    kept: bool = True,
    note: str = "",
) -> Markup:
    """The whole report. `clauses`: condition → its words; `own`: it is an applicant's own check, and `kept` whether
    they asked for it to be stored; `note`: a sentence about the last step."""
    standing = standings(report, overrides)
    numbers = {exhibit: number for number, exhibit in enumerate(exhibits(report))}
    rows = Markup("").join(
        finding_row(each, numbers, clauses.get(each.finding.condition, ""), own=own) for each in standing
    )
    return Markup('<article class="report" data-report="{}" data-address="{}">{}{}{}{}{}{}{}{}{}{}</article>').format(
        report.id,
        report.id if kept else "",
        _head(report, own=own, kept=kept),
        Markup('<p class="note" role="alert">{}</p>').format(note) if note else "",
        _unread(report),
        _applicant(report, numbers),
        _jumps(report, standing),
        Markup('<section id="findings"><h3>逐项核查</h3><ol class="matrix">{}</ol></section>').format(rows),
        _missing(report, overrides, own=own),
        _issues(report, numbers, own=own),
        _files(report),
        Markup('<section id="advice"><h3>建议(仅供参考)</h3><p>{}</p></section>').format(report.advice or "无。"),
    )


def _head(report: Report, *, own: bool, kept: bool) -> Markup:
    downloads = Markup("").join(
        Markup('<button type="button" class="quiet" data-do="download" data-form="{}">{}</button>').format(form, name)
        for form, name in _DOWNLOADS
    )
    notices = Markup("").join(Markup('<p class="notice">※ {}</p>').format(notice.text) for notice in report.notices)
    stay = ""
    if own:
        stay = (
            "已按您的要求保存,凭本页网址可再次打开。"
            if kept
            else "没有保存:离开本页时,上传的材料和结果就会删除,需要的请先下载。"
        )
    return Markup(
        '<header class="report-head"><div class="title-row">'
        '<button type="button" class="quiet home" data-do="home">← {}</button><h2 tabindex="-1">{}</h2></div>'
        '<p class="about">依据《{}》 · 依据日期 {} · {} · <span>文本和条件版本 {}</span></p>'
        '<div class="tools"><span>下载</span>{}{}<span class="apart"></span>'
        '<button type="button" class="quiet danger" data-do="delete" data-report="{}">删除</button></div>'
        '<p class="caution">{}{}</p>{}</header>'
    ).format(
        "返回" if own else "全部报告",
        report.title,
        report.policy_title,
        chinese(report.as_of),
        f"{'自查' if own else '预审'}于 {moment(report.made)}",
        report.version,
        downloads,
        "" if own else Markup('<a class="quiet" href="/drafting?report={}">起草意见</a>').format(report.id),
        report.id,
        _OWN_CAUTION if own else CAUTION,
        stay,
        notices,
    )


def _unread(report: Report) -> Markup:
    """What a verdict is worth where files could not be read: 未见材料 then says nothing of the applicant."""
    unread = sum(file.status == "unreadable" for file in report.files)
    if unread < len(report.files):
        told = f"有 {unread} 个文件未能读取,它们的内容没有参加核查" if unread else ""
    else:
        told = "没有一个文件能够读取" if report.files else "这份材料里没有文件"
        told += ",下面的“未见材料”只说明没有读到内容"
    return Markup('<p class="note" role="status">{},请查看“文件”一节。</p>').format(told) if told else Markup("")


def _applicant(report: Report, numbers: Mapping[Exhibit, int]) -> Markup:
    known = [(name, value, fact) for name, value, fact in facts_of(report.applicant) if value != UNREAD]
    unread = "、".join(name for name, value, _ in facts_of(report.applicant) if value == UNREAD)
    told = Markup("").join(
        Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(
            name, fact_button(value, fact.exhibit, numbers) if fact else value
        )
        for name, value, fact in known
    )
    return Markup('<section class="applicant" aria-label="申报单位"><dl>{}</dl>{}</section>').format(
        told, Markup('<p class="small">材料中没有读到:{}。</p>').format(unread) if unread else ""
    )


def _jumps(report: Report, standing: Sequence[Standing]) -> Markup:
    counts = Markup("").join(
        Markup('<button type="button" class="count {0}" data-do="only" data-verdict="{0}" aria-pressed="false">'
               "{1} <b>{2}</b></button>").format(verdict, word, sum(each.verdict == verdict for each in standing))
        for verdict, word in VERDICTS.items()
    )  # fmt: skip
    unread = sum(file.status == "unreadable" for file in report.files)
    links = (("missing", "缺少材料", len(report.missing)), ("issues", "疑点", len(report.issues)))
    told = f"文件 {len(report.files)}" + (f"(未能读取 {unread})" if unread else "")
    return Markup('<nav class="jumps" aria-label="结果概览">{}{}<a href="#files" data-do="jump">{}</a></nav>').format(
        counts,
        Markup("").join(
            Markup('<a href="#{}" data-do="jump">{} <b>{}</b></a>').format(key, name, count)
            for key, name, count in links
        ),
        told,
    )


def _missing(report: Report, overrides: Sequence[Override], *, own: bool) -> Markup:
    rows = Markup("").join(
        Markup("<li><b>{}</b><span>{}“{}”</span><small>{}{}</small></li>").format(
            each.name,
            each.basis,
            each.quote,
            basis(named=each.named),
            f"。{each.note}" if each.note else "",
        )
        for each in report.missing
    )
    none = "您的材料中常见的材料都已找到。" if own else "没有发现缺少的材料。"
    told = Markup('<ul class="lacking">{}</ul>').format(rows) if rows else Markup("<p>{}</p>").format(none)
    draft = Markup("")
    if not own:
        draft = Markup(
            '<details class="draft"><summary>补正材料告知(草稿,待审核)</summary><div class="tools">'
            '<button type="button" class="quiet" data-do="copy">复制</button>'
            '<button type="button" class="quiet" data-do="download" data-form="supplement">下载 Word</button></div>'
            '<textarea readonly rows="16" aria-label="补正材料告知草稿">{}</textarea></details>'
        ).format(supplement_text(report, overrides))
    return Markup('<section id="missing"><h3>{}</h3>{}{}</section>').format(
        "您的材料中没有找到的" if own else "缺少的材料", told, draft
    )


def _issues(report: Report, numbers: Mapping[Exhibit, int], *, own: bool) -> Markup:
    made = []
    for issue in report.issues:
        places = Markup("").join(
            Markup("<div>{}<q>{}</q></div>").format(evidence_button(exhibit, numbers), quoted(exhibit)[1:-1])
            for exhibit in issue.places
        )
        where = Markup("") if places else Markup('<p class="where">{}</p>').format(location(issue))
        made.append(
            Markup('<li><b class="kind">{}</b><p>{}</p>{}<div class="places">{}</div></li>').format(
                ISSUES[issue.kind], issue.message, where, places
            )
        )
    none = "没有发现前后不一致或不规范之处。"
    told = (
        Markup('<ul class="doubts">{}</ul>').format(Markup("").join(made)) if made else Markup("<p>{}</p>").format(none)
    )
    heading = "您的材料中建议核对的地方" if own else "需要人工核对的疑点"
    return Markup('<section id="issues"><h3>{}</h3>{}</section>').format(heading, told)


def _files(report: Report) -> Markup:
    rows = Markup("").join(
        Markup('<tr class="{}"><th scope="row">{}</th><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>').format(
            file.status,
            file.name,
            file.pages or "",
            STATUS[file.status],
            "、".join(file.materials),
            Markup("<br>").join([*([file.reason] if file.reason else []), *file.remarks]),
        )
        for file in report.files
    )
    return Markup(
        '<section id="files"><h3>文件</h3><div class="wide-table"><table class="files"><thead><tr><th>文件</th>'
        "<th>页数</th><th>读取</th><th>作为</th><th>说明</th></tr></thead><tbody>{}</tbody></table></div></section>"
    ).format(rows)
