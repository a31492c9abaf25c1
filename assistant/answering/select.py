"""Which of the found clauses an answer quotes, and of clauses that were named, which part."""

import re
from collections.abc import Sequence

from assistant.answering.answer_types import AnswerType
from assistant.answering.compose import Passage, passages, whole
from ingest.asked import Asked
from ingest.chunking import SEARCHED
from ingest.normalize import tidy
from ingest.schema import Clause, Evidence
from ingest.search import Found
from ingest.shelf import Shelf

CLOSE = {True: 3.0, False: 0.6}
"""A further clause is quoted when its score is at most this much below the first one's; with and without known ways of
asking, which spread the scores of `ingest.search`."""
SURE = 0.95
"""The score of the nearest phrasing from which a part of a question brings a clause of its own."""
_MOST = 3
_PARTS = 4
_JOINED = re.compile(r"[,;。?!、\s]+|以及|还有|另外|同时|然后|和|与|又|再")
_REFERENCE = re.compile(
    r"第?\s*[\d零〇一二两三四五六七八九十百]+\s*(?:条|章|款|项|目)|\(\s*[\d一二三四五六七八九十]+\s*\)|\d+\.\d+|[的之第,,??!!。\s]"
    r"|(?:管理)?办法|请问|请|帮我|给我|看看?|查一?下|一下|原文|原话|全文|内容|具体|规定|讲|说|写|是|了|什么|啥|怎么|咋|哪些|意思|解释|念|贴|发|呢|吗|吧|article|里|中|到底|条文|翻译|告诉我|想知道|有|都"
)


def best(found: Found, validity: bool) -> tuple[Evidence, ...]:
    """The first clause and those nearly as good, at most three."""
    first = found.evidence[0]
    known = any(phrasing.policy == first.clause.policy for phrasing, _ in found.phrasings)
    near = [e for e in found.evidence[1:] if e.score >= first.score - CLOSE[known] and not validity]
    return (first, *near[: _MOST - 1])


def parts(question: str) -> tuple[str, ...]:
    """The questions in a question that has several (更名多久备案?评价分几等?); () for a single one."""
    found = [part for part in _JOINED.split(tidy(question)) if len(part) >= 3]
    return tuple(found[:_PARTS]) if 1 < len(found) <= _PARTS else ()


def further(chosen: Sequence[Evidence], parts: Sequence[Asked], shelf: Shelf) -> tuple[Evidence, ...]:
    """`chosen` and a clause for each part that is surely asked about: its nearest phrasing is of one, and close."""
    more = list(chosen)
    for asked in parts:
        score = asked.phrasings[0][1] if asked.phrasings else 0.0
        if asked.place is not None and score >= SURE and len(more) < _MOST + 1:
            clause = shelf.units[asked.place]
            if all(clause.id != m.clause.id for m in more) and clause.policy == more[0].clause.policy:
                more.append(Evidence(clause, 0.0, 0.0, 0.0))
    return tuple(more)


def named(
    clauses: Sequence[Clause], question: str, found: Found, shelf: Shelf, types: Sequence[AnswerType]
) -> tuple[Passage, ...]:
    """Of each clause that the question names all its leaves, or the part that answers when more is asked of it."""
    more = len(_REFERENCE.sub("", tidy(question))) >= 4
    made: list[Passage] = []
    for clause in dict.fromkeys(clauses):
        leaves = _leaves(clause, shelf)
        inside = [e for e in found.evidence if e.clause in leaves]
        if more and inside and clause.kind in ("chapter", "article") and len(leaves) > 1:
            made += passages(inside[:1], question, shelf, types)
        elif more and inside and len(leaves) == 1:
            made += passages(inside, question, shelf, types)
        else:
            made += [whole(leaf) for leaf in leaves]
    return tuple(made)


def _leaves(clause: Clause, shelf: Shelf) -> tuple[Clause, ...]:
    return tuple(
        c
        for c in shelf.clauses[clause.policy]
        if c.leaf and c.kind in SEARCHED and clause.start <= c.start and c.end <= clause.end
    )
