"""A conversation as a Word file: what was asked, what was answered, on which words of which text."""

import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from docx import Document

from assistant.render.answer_markdown import parts, unquoted, version
from assistant.render.word_layout import set_foot, set_page
from assistant.reports.words import printable
from assistant.schema import Answer, Citation
from assistant.validity import chinese
from ingest.schema import Policy


def conversation_docx(answers: Sequence[Answer], policies: Sequence[Policy], *, made_at: datetime) -> bytes:
    """The .docx of a conversation; of `policies`, those that the answers name are described at its head."""
    document = Document()
    set_page(document)
    title = document.add_paragraph(style="Title")
    title.add_run("政策问答记录")
    cited = {c.policy for answer in answers for c in (*answer.citations, *answer.related)}
    _line(document, "导出时间", f"{chinese(made_at.date())} {made_at:%H:%M}")
    for policy in policies:
        if policy.id in cited:
            _line(document, "依据文本", f"《{policy.title}》({policy.issuer};{version(policy)})")
    for number, answer in enumerate(answers, start=1):
        _turn(document, number, answer)
    set_foot(document, "本记录由政策助手生成,只供参考,以政策原文和主管部门的解释为准。")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _turn(document: Any, number: int, answer: Answer) -> None:
    document.add_heading(printable(f"{number}. {answer.question}"), level=2)
    _line(document, "依据日期", _basis(answer))
    for part in parts(answer):
        if part.citation is None:
            document.add_paragraph(printable(part.text))
        else:
            _quote(document, part.citation)
    for citation in unquoted(answer):
        _quote(document, citation)
    if answer.related:
        _line(document, "相近条款", "、".join(c.label for c in answer.related))
    for notice in answer.notices:
        document.add_paragraph(style="Notice").add_run(printable(f"※ {notice.text}"))


def _basis(answer: Answer) -> str:
    day: date = answer.as_of
    return f"{chinese(day)}{'(原文未作规定)' if answer.status == 'refused' else ''}"


def _line(document: Any, name: str, value: str) -> None:
    paragraph = document.add_paragraph(style="Fact")
    paragraph.add_run(f"{name}:").bold = True
    paragraph.add_run(printable(value))


def _quote(document: Any, citation: Citation) -> None:
    paragraph = document.add_paragraph(style="Clause")
    paragraph.add_run(f"{citation.label}  ").bold = True
    paragraph.add_run(printable(f"“{' '.join(citation.quote.split())}”"))
