"""Where packages are put in, and how far those on their way are."""

from collections.abc import Iterable, Sequence
from datetime import date

from markupsafe import Markup

from assistant.web.screening.runs import Run
from ingest.limits import Limits
from ingest.schema import Policy

_LISTED = 6  # files of a run that are named while it is read


def intake(visit: str, policies: Sequence[Policy], samples: Iterable[str], limits: Limits, *, own: bool) -> Markup:
    """The drop zone, what has been put in (screening.js fills that), and the samples."""
    if own:
        heading, told = "申报前先自己查一遍", (
            "上传您准备提交的材料,逐项对照申报条件,看看哪些条件有材料说明、还缺什么、有没有前后不一致的地方。"
            "结果只是建议;除非您选择保存,离开本页时材料和结果就会删除(浏览器异常退出的,最迟约一小时后删除)。"
        )  # fmt: skip
    else:
        heading, told = "上传申报材料", (
            "每个压缩包(ZIP)、每个文件夹算一个申报包;一次拖入的零散文件合为一个申报包。可以一次放入多个申报包。"
            "支持 PDF、Word、Excel、图片、扫描件、网页和文本。"
        )  # fmt: skip
    return Markup(
        '<section class="intake" data-visit="{}" data-most="{}" data-files="{}"><h2 tabindex="-1">{}</h2><p>{}</p>'
        '<div class="drop" role="group" aria-label="放入申报材料">'
        '<p class="drop-hint">把文件、文件夹或 ZIP 拖到这里</p>'
        '<p class="picks"><button type="button" class="quiet" data-do="pick-files">选择文件</button>'
        '<button type="button" class="quiet" data-do="pick-folder">选择文件夹</button></p>'
        '<p class="small">每个文件不超过 {} MB,每个申报包不超过 {} 个文件。</p>'
        '<input type="file" class="files" multiple hidden>'
        '<input type="file" class="folder" webkitdirectory hidden></div>'
        '<ul class="packages" aria-label="待预审的申报包"></ul><p class="intake-fault" role="alert" hidden></p>'
        '<div class="start" hidden>{}<label>依据日期 <input type="date" class="as-of" value="{}"'
        ' min="1949-10-01" max="2099-12-31"></label>{}'
        '<button type="button" class="go" data-do="start">{}</button></div>'
        "{}</section>"
    ).format(
        visit, limits.file_mb, limits.files, heading, told, limits.file_mb, limits.files,
        _policies(policies), date.today().isoformat(),
        Markup('<label><input type="checkbox" class="save"> 保存结果和材料</label>') if own else "",
        "开始自查" if own else "开始预审",
        _samples(samples),
    )  # fmt: skip


def _policies(policies: Sequence[Policy]) -> Markup:
    """The choice of the measure; nothing while there is only one."""
    if len(policies) < 2:
        return Markup("")
    options = Markup("").join(
        Markup('<option value="{}">《{}》</option>').format(policy.id, policy.title) for policy in policies
    )
    return Markup('<label>依据 <select class="policy">{}</select></label>').format(options)


def _samples(names: Iterable[str]) -> Markup:
    buttons = Markup("").join(
        Markup('<li><button type="button" class="example" data-do="sample" data-name="{}">{}</button></li>').format(
            name, name
        )
        for name in names
    )
    if not buttons:
        return Markup("")
    return Markup('<div class="samples"><p>手边没有材料?先用虚构样例试一试:</p><ul>{}</ul></div>').format(buttons)


def progress(runs: Sequence[Run], *, own: bool) -> Markup:
    """How far each package is, the newest last; empty without any."""
    if not runs:
        return Markup("")
    stop = Markup("")
    if any(not run.ended for run in runs):
        stop = Markup('<button type="button" class="quiet" data-do="stop">停止</button>')
    rows = Markup("").join(_run(run) for run in runs)
    return Markup('<section class="runs" aria-label="进度"><header><h3>{}</h3>{}</header><ol>{}</ol></section>').format(
        "自查进度" if own else "预审进度", stop, rows
    )


def _run(run: Run) -> Markup:
    done = sum(pages / of_pages if of_pages else 1 for pages, of_pages in run.files.values())
    share = done / run.of_files if run.of_files else 0
    shown = Markup("")
    if run.state == "done":
        shown = Markup('<button type="button" class="quiet" data-do="open" data-report="{}">查看结果</button>').format(
            run.report or ""
        )
    bar = Markup("")
    if not run.ended:
        bar = Markup('<progress max="1" value="{:.3f}" aria-label="{}"></progress>{}').format(
            0.97 if run.state == "checking" else 0.9 * share, run.title, _files(run)
        )
    return Markup('<li class="run {}" data-state="{}"><p><b>{}</b><span role="status">{}</span>{}</p>{}</li>').format(
        run.state, run.state, run.title, _told(run), shown, bar
    )


def _told(run: Run) -> str:
    match run.state:
        case "waiting":
            return "排队中……"
        case "reading" if not run.of_files:
            return "正在整理文件……"
        case "reading" if run.read >= run.of_files and run.embedded[1]:
            return f"正在建立索引:{run.embedded[0]}/{run.embedded[1]}"
        case "reading":
            return f"正在读取:{run.read}/{run.of_files} 个文件"
        case "checking":
            return "正在逐项核查……"
        case "done":
            return "已完成"
        case "stopped":
            return "已停止,没有留下文件"
        case "failed":
            return run.error


def _files(run: Run) -> Markup:
    """The files that are being recognised, and the last that were read."""
    active = [(name, done) for name, done in run.files.items() if done[0] < done[1]]
    read = [(name, done) for name, done in run.files.items() if done[0] >= done[1]]
    told = [*read[-max(_LISTED - len(active), 1) :], *active[:_LISTED]]
    return Markup('<ul class="run-files">{}</ul>').format(
        Markup("").join(
            Markup('<li class="{}">{}<small>{}</small></li>').format(
                "reading" if pages < of_pages else "read",
                name,
                f"正在识别 {pages}/{of_pages} 页" if pages < of_pages else "已读",
            )
            for name, (pages, of_pages) in told
        )
    )
