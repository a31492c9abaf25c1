"""The side panel: the whole text of a policy, with the cited place marked."""

import re
from collections.abc import Iterable, Sequence

from markupsafe import Markup

from assistant.render.answer_markdown import version
from assistant.schema import Citation
from ingest.schema import Clause, Policy

_LINE = re.compile(r"[^\n]+")


def panel(policy: Policy, source: str, clauses: Sequence[Clause], cited: Citation | None = None) -> str:
    """The text line by line; every character between the line breaks is shown, in order."""
    clause = next((c for c in clauses if cited and c.id == cited.clause), None)
    lines = Markup("").join(_lines(source, clauses, clause, cited))
    return Markup(
        '<header class="source-head"><div><p class="where">{}</p>'
        '<h2 tabindex="-1">{}</h2><p class="version">{}</p></div>'
        '<button type="button" class="quiet back" data-do="close">返回对话</button></header>'
        '<div class="source-text" tabindex="0" role="region" aria-label="条款原文" data-place="{}">{}</div>'
    ).format(
        _where(clause),
        clause.label if clause else "办法全文",
        f"《{policy.title}》 {version(policy)}",
        location(cited) if cited else policy.id,
        lines,
    )


def location(cited: Citation) -> str:
    """Names a place, so that page.js can tell whether the panel already shows it."""
    return f"{cited.policy}:{cited.start}-{cited.end}"


def _where(clause: Clause | None) -> str:
    if clause is None:
        return "点回答中的条款标签,可定位到原文"
    return " · ".join(filter(None, (clause.part, clause.chapter, clause.section))) or "正文"


def _lines(source: str, clauses: Sequence[Clause], clause: Clause | None, cited: Citation | None) -> Iterable[Markup]:
    starting = {c.start: c for c in clauses if c.leaf}
    for found in _LINE.finditer(source):
        start, end = found.span()
        while start < end and source[start].isspace():
            start += 1
        if start == end:
            continue
        first = starting.get(start)
        classes = [_style(first)] if first else ["line"]
        if clause and clause.start < end and start < clause.end:
            classes.append("cited")
        yield Markup('<p class="{}">{}</p>').format(" ".join(classes), _marked(source, start, end, first, cited))


def _style(clause: Clause) -> str:
    """How the line that begins a clause is set; a chapter's heading is a leaf of kind title under the chapter."""
    if clause.kind == "title":
        return "chapter" if clause.parent else "title"
    return clause.kind


def _marked(source: str, start: int, end: int, first: Clause | None, cited: Citation | None) -> Markup:
    head = _number(source[start:end], first)
    low = min(max(cited.start, start), end) if cited else end
    high = min(max(cited.end, start), end) if cited else end
    told = Markup("")
    for left, right, tag in ((start, low, None), (low, high, "mark"), (high, end, None)):
        bold = max(0, min(right, start + head) - left)
        words = Markup("<b>{}</b>{}").format(source[left : left + bold], source[left + bold : right])
        words = words if bold else Markup.escape(source[left:right])
        if right > left:
            told += Markup("<mark>{}</mark>").format(words) if tag else words
    return told


def _number(line: str, first: Clause | None) -> int:
    """The length of the 第七条 that opens an article's line."""
    if first is None or first.article is None or first.kind not in ("article", "paragraph"):
        return 0
    return found.end() if (found := re.match(r"第[^条]{1,12}条(?:之[一二三四五六七八九十]+)?", line)) else 0
