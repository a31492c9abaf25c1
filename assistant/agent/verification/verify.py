"""Whether every word of a draft stands in the clauses it cites; what does not is a Complaint, and nothing is shown."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from assistant.agent.schema import Complaint, Draft, DraftSentence, Handed
from assistant.agent.verification.dates import version, when
from assistant.agent.verification.figures import figures
from assistant.agent.verification.mixed import crossed, equated, mixed, replaced
from assistant.agent.verification.modals import claims, denials, modals
from assistant.agent.verification.pairs import listed, ordered, paired, turned
from assistant.agent.verification.places import articles, keys, quoted, quotes
from assistant.agent.verification.roles import names, roles
from assistant.agent.verification.scope import scope
from assistant.agent.verification.shape import shape
from assistant.agent.verification.silence import silence
from assistant.agent.verification.support import Embed, meant, supported
from assistant.agent.verification.text import Basis, basis
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
        aliases = glossary.said if glossary else {}
        pairs: list[tuple[DraftSentence, Basis]] = []
        for sentence in draft.sentences:
            found += silence(sentence, handed, question)
            base = basis(sentence, handed, told)
            if base.cited:
                found += _sentence(sentence, base, question, aliases, as_of)
                found += supported(sentence, base, handed, aliases)
                pairs.append((sentence, base))
        if embed is not None and not found:  # meaning is asked for last, since it takes longest
            found += meant(pairs, aliases, embed)
    return tuple(dict.fromkeys(found))[:MOST]


def _sentence(
    sentence: DraftSentence, base: Basis, question: str, aliases: Mapping[str, Sequence[str]], as_of: date
) -> Iterator[Complaint]:
    """What the clauses of a sentence say otherwise."""
    yield from quoted(sentence, base)
    yield from articles(sentence, base)
    yield from figures(sentence, base, question)
    yield from when(sentence, base, as_of=as_of)
    yield from version(sentence, base, as_of=as_of)
    yield from names(sentence, base, aliases)
    yield from roles(sentence, base, aliases)
    yield from modals(sentence, base)
    yield from denials(sentence, base)
    yield from claims(sentence, base)
    yield from mixed(sentence, base)
    yield from crossed(sentence, base)
    yield from paired(sentence, base)
    yield from ordered(sentence, base)
    yield from scope(sentence, base)
    yield from turned(sentence, base)
    yield from listed(sentence, base, aliases)
    yield from equated(sentence, base)
    yield from replaced(sentence, base, aliases)
