"""Whether every word of a draft stands in the clauses it cites; what does not is a Complaint, and nothing is shown."""

from collections.abc import Iterator, Sequence
from datetime import date

from assistant.agent.schema import Complaint, Draft, DraftSentence, Handed
from assistant.agent.verify_places import articles, keys, quoted, quotes
from assistant.agent.verify_shape import shape
from assistant.agent.verify_support import Embed
from assistant.agent.verify_text import basis
from ingest.glossary import Glossary

MOST = 12
"""Complaints that are worth telling a model."""


def verify(
    draft: Draft,
    handed: Sequence[Handed],
    question: str,
    *,
    as_of: date,
    embed: Embed | None = None,
    told: Sequence[str] = (),
    glossary: Glossary | None = None,
) -> tuple[Complaint, ...]:
    """Everything that is wrong with `draft`, at most `MOST`; () when it may be shown.

    `told` are the texts that tools gave beside the clauses (a computed deadline), `glossary` what people say for terms
    of art; `embed` turns texts into vectors of length 1. A draft that says nothing is covered, without a sentence, has
    nothing to complain of.
    """
    found = [*shape(draft), *keys(draft, handed), *quotes(draft, handed)]
    if not any(c.kind in ("length", "language", "empty") for c in found):
        for sentence in draft.sentences:
            found += _sentence(sentence, handed, told)
    return tuple(dict.fromkeys(found))[:MOST]


def _sentence(sentence: DraftSentence, handed: Sequence[Handed], told: Sequence[str]) -> Iterator[Complaint]:
    base = basis(sentence, handed, told)
    if not base.cited:
        return
    yield from quoted(sentence, base)
    yield from articles(sentence, base)
