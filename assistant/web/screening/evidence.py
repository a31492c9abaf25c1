"""One piece of evidence at its place: the page as a picture with the words marked, or an excerpt where there are no
pages."""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from markupsafe import Markup
from PIL import Image

from assistant.render.excerpt import excerpt
from assistant.render.pages import page_image
from assistant.reports.schema import Exhibit, Report
from assistant.reports.words import place, quoted
from ingest.applications import Applications
from ingest.errors import UnreadableError
from ingest.limits import Limits
from ingest.materials import Box, Kind, Material, Page
from ingest.sandbox import Sandbox

_WIDTH = 1200  # pixels
_HEAVY = 300_000  # bytes above which a PNG is sent as JPEG

EMPTY = Markup(
    '<div class="evidence-none"><p>点任意一处证据,这里会显示它在材料中的原样。</p>'
    "<p>PDF 和图片显示整页并标出位置,Word 和 Excel 显示前后文。</p></div>"
)


def exhibits(report: Report) -> tuple[Exhibit, ...]:
    """Every exhibit of a report once, in a fixed order: the page names them by their place in it."""
    return tuple(dict.fromkeys(_all(report)))


def evidence(applications: Applications, sandbox: Sandbox, report: Report, number: int, turned: int) -> Markup:
    """The exhibit `number` of the report, `turned` pages further. Empty for a number that is none."""
    every = exhibits(report)
    if not 0 <= number < len(every):
        return EMPTY
    shown = every[number]
    material = applications.kept(report.application, shown.sha256)
    if material is None or not material.pages:
        return _frame(shown, number, Markup('<p class="evidence-fault">原来的文件已经不在了。</p>'))
    at = min(max(shown.place + turned, 0), len(material.pages) - 1)
    page = material.pages[at]
    if material.kind not in ("pdf", "image"):
        return _frame(shown, number, excerpt(material.pages[shown.place], shown.start, shown.end))
    try:
        boxes = shown.boxes if at == shown.place else ()
        path = applications.file(report.application, shown.sha256)
        told = _picture(sandbox, path, material, page, boxes)
    except UnreadableError as error:
        words = excerpt(page, shown.start, shown.end) if at == shown.place else Markup("")
        told = Markup('<p class="evidence-fault">{}</p>{}').format(error, words)
    return _frame(shown, number, told, _turning(material, shown, number, at), turned)


def prepare() -> None:
    """Runs in the child process before the first picture is asked for, so that nobody waits for its start."""


def drawn(path: Path, kind: Kind, page: Page, boxes: Sequence[Box], limits: Limits) -> tuple[str, bytes]:
    """The type and bytes of a page's picture; runs in a child process. Raises UnreadableError."""
    png = page_image(path, kind, page, boxes=boxes, width=_WIDTH, limits=limits)
    if len(png) < _HEAVY:
        return "image/png", png
    written = BytesIO()
    with Image.open(BytesIO(png)) as picture:
        picture.convert("RGB").save(written, "JPEG", quality=85)
    return "image/jpeg", written.getvalue()


def _all(report: Report) -> Iterator[Exhibit]:
    told = report.applicant
    for fact in (told.name, told.uscc, told.legal_representative, told.address, *told.joint):
        if fact:
            yield fact.exhibit
    for finding in report.findings:
        for aspect in finding.aspects:
            yield from aspect.evidence
        yield from finding.evidence
    for issue in report.issues:
        yield from issue.places


def _picture(sandbox: Sandbox, path: Path, material: Material, page: Page, boxes: Sequence[Box]) -> Markup:
    # The places of all characters would be sent to the child for nothing.
    bare = replace(page, text="", blocks=(), tables=(), boxes=None)
    kind, content = sandbox.outcome(
        sandbox.start(drawn, path, material.kind, bare, boxes, sandbox.limits, lasting=True)
    )
    top = min(box[1] for box in boxes) / page.size[1] if boxes and page.size and page.size[1] else 0
    return Markup(
        '<button type="button" class="page-picture" data-do="zoom" aria-label="放大或缩小" data-top="{:.4f}">'
        '<img src="data:{};base64,{}" alt="{} 第{}页的原样"></button>'
    ).format(top, kind, b64encode(content).decode(), material.name, page.number)


def _turning(material: Material, shown: Exhibit, number: int, at: int) -> Markup:
    count = len(material.pages)
    if count < 2:
        return Markup("")
    steps = Markup("").join(
        Markup(
            '<button type="button" class="quiet" data-do="turn" data-exhibit="{}" data-turned="{}"{}>{}</button>'
        ).format(number, to - shown.place, Markup("") if 0 <= to < count else Markup(" disabled"), name)
        for to, name in ((at - 1, "上一页"), (at + 1, "下一页"))
    )
    back = Markup("")
    if at != shown.place:
        back = Markup(
            '<button type="button" class="quiet" data-do="turn" data-exhibit="{}" data-turned="0">{}</button>'
        )
        back = back.format(number, "回到证据所在页")
    return Markup('<div class="turning"><span>第{}页,共{}页</span>{}{}</div>').format(at + 1, count, steps, back)


def _frame(shown: Exhibit, number: int, told: Markup, turning: Markup | str = "", turned: int = 0) -> Markup:
    return Markup(
        '<header class="evidence-head"><div><p class="where">{}</p><h2 tabindex="-1">{}</h2></div>'
        '<button type="button" class="quiet back" data-do="close">返回</button></header>'
        '<blockquote class="evidence-words">{}</blockquote>{}'
        '<div class="evidence-page" tabindex="0" role="region" aria-label="材料原样" data-shown="{}:{}">{}</div>'
    ).format(place(shown) or "全文(没有页码)", shown.file, quoted(shown), turning, number, turned, told)
