"""From clauses to what is embedded: each leaf clause with its context, and each of its sentences."""

from collections.abc import Sequence

from ingest.normalize import sentences
from ingest.schema import Chunk, Clause, ClauseKind, Policy

SEARCHED: frozenset[ClauseKind] = frozenset({"notice", "article", "paragraph", "item", "subitem"})
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
        context = [policy.title, clause.chapter or "", clause.section or ""]
        context.append(lead.get(clause.parent, "") if clause.kind in ("item", "subitem") else "")
        heading = " ".join(part for part in context if part)
        made.append(_chunk(clause, heading, "", clause.start, clause.end))
        spans = sentences(clause.text)
        for number, (start, end) in enumerate(spans if len(spans) > 1 else (), 1):
            if end - start >= _SHORT:
                made.append(_chunk(clause, heading, f":s{number}", clause.start + start, clause.start + end))
    return tuple(made)


def _chunk(clause: Clause, context: str, suffix: str, start: int, end: int) -> Chunk:
    text = clause.text[start - clause.start : end - clause.start]
    kind = "sentence" if suffix else "clause"
    return Chunk(f"{clause.id}{suffix}", clause.policy, clause.id, kind, text, context, start, end)  # type: ignore[arg-type]
