"""From clauses to what is embedded: each leaf clause with its context, and each of its sentences."""

import re
from collections.abc import Sequence

from ingest.normalize import sentences
from ingest.schema import Chunk, Clause, ClauseKind, Policy

SEARCHED: frozenset[ClauseKind] = frozenset({"notice", "article", "paragraph", "item", "subitem"})
_MARK = re.compile(
    r"\s*(?:[*#\s]*第\s*(?:[0-9\uff10-\uff19〇零一二两三四五六七八九十百千]\s*)+条(?:\s*之\s*[0-9一二三四五六七八九十]+)?(?:\*+)?"
    r"|[(\uff08]\s*[0-9\uff10-\uff19一二三四五六七八九十百]+\s*[)\uff09]|[0-9\uff10-\uff19]+\s*[.\uff0e、]|[①-⑳])\s*"
)
_SHORT = 4  # characters under which a sentence says nothing of its own ("(一)", "附件")


def chunks(policy: Policy, clauses: Sequence[Clause]) -> tuple[Chunk, ...]:
    """The clause chunks and, after each, its sentence chunks; titles, contents and annex lists are not searched.

    An item is embedded behind the sentence that introduces it (申请赋能中心的单位应具备以下条件:), since alone it
    often has no subject.
    """
    made: list[Chunk] = []
    lead: dict[str | None, str] = {}
    for clause in clauses:
        if not clause.leaf or clause.kind not in SEARCHED:
            continue
        if clause.kind == "paragraph" and clause.text.rstrip().endswith((":", "：")):
            lead[clause.parent] = clause.text.strip()
        context = [policy.title, clause.chapter or "", clause.section or "", clause.label]
        context.append(lead.get(clause.parent, "") if clause.kind in ("item", "subitem") else "")
        heading = " ".join(part for part in context if part)
        begin = clause.start + body(clause)
        made.append(_chunk(clause, heading, "", begin, clause.end))
        spans = sentence_spans(clause)
        for number, (start, end) in enumerate(spans, 1):
            if end - start >= _SHORT:
                made.append(_chunk(clause, heading, f":s{number}", start, end))
    return tuple(made)


def body(clause: Clause) -> int:
    """Where the words of a leaf begin behind its own number (第十三条, (一), 1.), counted from its start."""
    if clause.kind in ("article", "paragraph", "item", "subitem") and (m := _MARK.match(clause.text)):
        return m.end()
    return 0


def sentence_spans(clause: Clause) -> tuple[tuple[int, int], ...]:
    """The (start, end) in the source of each sentence of a leaf, without its number."""
    begin = body(clause)
    return tuple((clause.start + begin + s, clause.start + begin + e) for s, e in sentences(clause.text[begin:]))


def _chunk(clause: Clause, context: str, suffix: str, start: int, end: int) -> Chunk:
    text = clause.text[start - clause.start : end - clause.start]
    kind = "sentence" if suffix else "clause"
    return Chunk(f"{clause.id}{suffix}", clause.policy, clause.id, kind, text, context, start, end)  # type: ignore[arg-type]
