"""An answer as a person reads it: in the terminal, on the clipboard, and cut into parts for the page and the export."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.schema import Answer, Citation
from assistant.validity import chinese
from ingest.schema import Policy


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph of the answer; with a citation it is that citation's quote and nothing else."""

    text: str
    citation: Citation | None = None


def parts(answer: Answer) -> tuple[Part, ...]:
    """The answer's text in order, where lines that only quote a citation are recognised as that citation."""
    made: list[Part] = []
    at = 0
    for citation in answer.citations:
        for form in (f"{citation.label}:“{citation.quote}”", f"……“{citation.quote}”", f"“{citation.quote}”"):
            start = answer.text.find(form, at)
            end = start + len(form)
            if start >= 0 and answer.text[start - 1 : start] in ("", "\n") and answer.text[end : end + 1] in ("", "\n"):
                made += _paragraphs(answer.text[at:start])
                made.append(Part(citation.quote, citation))
                at = end
                break
    return (*made, *_paragraphs(answer.text[at:]))


def unquoted(answer: Answer) -> tuple[Citation, ...]:
    """The citations whose words do not stand in the answer's text as a part of their own, each clause once."""
    shown = {part.citation.clause for part in parts(answer) if part.citation}
    rest = {c.clause: c for c in reversed(answer.citations) if c.clause not in shown}
    return tuple(reversed(rest.values()))


def markdown(answer: Answer) -> str:
    """The answer, its quotes and its notices; reads well as plain text too."""
    told = [_part(part) for part in parts(answer)]
    told += _named("依据", unquoted(answer), quoted=True)
    told += _named("相近条款", answer.related, quoted=False)
    told += [f"※ {notice.text}" for notice in answer.notices]
    return "\n\n".join(told)


def version(policy: Policy) -> str:
    """Which version of the text this is, in words: 2021年10月13日印发,2021年11月19日起施行,有效期至2023年11月18日."""
    told = [policy.number or ""]
    told.append(f"{chinese(policy.issued)}印发" if policy.issued else "")
    told.append(f"{chinese(policy.effective)}起施行" if policy.effective else "")
    told.append(f"有效期至{chinese(policy.expires)}" if policy.expires else "")
    return ",".join(filter(None, told)) or "未注明日期"


def _paragraphs(text: str) -> list[Part]:
    return [Part(line.strip()) for line in text.splitlines() if line.strip()]


def _part(part: Part) -> str:
    if part.citation is None:
        return part.text
    return f"{part.citation.label}\n> {_one_line(part.text)}"


def _named(heading: str, citations: Sequence[Citation], *, quoted: bool) -> list[str]:
    if not citations:
        return []
    lines = [f"- {c.label}:“{_one_line(c.quote)}”" if quoted else f"- {c.label}" for c in citations]
    return ["\n".join([f"{heading}:", *lines])]


def _one_line(text: str) -> str:
    return " ".join(text.split())
