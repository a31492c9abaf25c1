"""From a question to clauses: explicit references are looked up, everything else is searched."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.answering.dialogue import Standalone, standalone, topic
from assistant.answering.scope import scope
from assistant.answering.select import parts
from assistant.schema import Turn
from assistant.validity import chinese
from ingest.asked import Asked
from ingest.library import Library
from ingest.normalize import tidy
from ingest.references import Reference, references, resolve
from ingest.schema import Clause, Evidence
from ingest.search import Found, known_ways, search
from ingest.shelf import Shelf

_VALIDITY = re.compile(
    r"有效|失效|过期|作废|废止|生效|施行|停用|到期|还算数|管用|expire|valid"
    r"|(?:还|仍|继续)(?:能|可以|在|是)?(?:用|适用|执行|申报|报|实施|依据|按|有用|算)"
    r"|(?:开始|正式)(?:执行|实施|实行)|(?:适用|实施|执行)(?:吗|这|本|该|到|期|时间|日期|了没)|哪天起|什么时候(?:结束|停)"
)
_DATED = re.compile(r"(?:19|20)\d{2}\s*年|现在|今年|目前|眼下|如今")
_APPLYING = re.compile(r"能(?:不能|否)?(?:再|还)?(?:申报|申请|报名|报(?!送|告))")
_OF_SOMETHING = re.compile(
    r"(?:牌子|牌匾|铭牌|资格|称号|证书|证件|驾照|执照|身份证|护照|合同|评价|结果|承诺)[^,。?]{0,8}(?:有效|算数|失效|过期|作废|到期)"
)
_THE_TEXT = re.compile(r"办法|文件|政策|规定|细则|试行|条例|通知|它|policy")
_BARE = 6  # characters up to which 7.11 is surely meant as a reference
_POOL = 60  # clauses looked at before two searches are joined


@dataclass(frozen=True, slots=True)
class Retrieved:
    """What stands for a question: clauses best first, and how they were found.

    `text` is the question with its spelling put right, `policies` the ids that were searched.
    `referred` clauses were named by the question; `shared` says that several policies in scope have the first of them;
    `absent` is a reference that no policy in scope has. `validity`: the question is about whether the text is in force;
    `text_named`: and says so of the text itself. `parts` are the ways of asking nearest to each part of a question.
    """

    text: str
    question: Standalone
    policies: tuple[str, ...]
    found: Found
    referred: tuple[Clause, ...] = ()
    shared: int = 0
    absent: Reference | None = None
    validity: bool = False
    text_named: bool = False
    parts: tuple[Asked, ...] = ()


def retrieve(
    question: str,
    library: Library,
    *,
    shelf: Shelf,
    history: Sequence[Turn] = (),
    policy: str | None = None,
    as_of: date | None = None,
    count: int = 10,
) -> Retrieved:
    """The clauses for `question`, best first: of `policy`, or of those it names, or of each measure's version in force.

    Words misspelt by sound are put right first.
    """
    known = tuple(shelf.policies.values())
    text = shelf.spelling.correct(question)
    policies = scope(known, policy, as_of or date.today(), text)
    asked = standalone(text, history)
    narrowed = policies if len(policies) < len(shelf.policies) else ()
    found = search(asked.text, library, shelf=shelf, policies=narrowed, count=_POOL)
    if asked.before is not None:
        whole = f"{asked.before} {topic(asked.text)}"
        found = _both(search(whole, library, shelf=shelf, policies=narrowed, count=_POOL), found)
    found = replace(found, evidence=found.evidence[:count])
    named = _complete(references(asked.text), asked)
    order = list(dict.fromkeys([e.clause.policy for e in found.evidence] + list(policies)))
    referred = tuple(c for r in named if (c := _resolve(r, order, shelf)) is not None)
    shared = sum(resolve(named[0], shelf.clauses[p]) is not None for p in policies) if referred else 0
    sure = len(asked.text) <= _BARE
    absent = next((r for r in named if (r.certain or sure) and _resolve(r, order, shelf) is None), None)
    period = _period(shelf, order) if _about_validity(text) and not referred else None
    text_named = bool(_THE_TEXT.search(text) or (_DATED.search(text) and _APPLYING.search(text)))
    leading = period is not None and (text_named or period in [e.clause for e in found.evidence[:2]])
    if period is not None and leading:
        found = _first(period, found)
    own = () if referred else parts(asked.text)
    ways = tuple(known_ways(part, library, shelf, policies=narrowed) for part in own)
    return Retrieved(text, asked, policies, found, referred, shared, absent, leading, leading and text_named, ways)


def _about_validity(question: str) -> bool:
    """Whether a question is about the text being in force; not about a plate, a title or a result being so."""
    text = tidy(question)
    asked = _VALIDITY.search(text) or (_DATED.search(text) and _APPLYING.search(text))
    return bool(asked) and not _OF_SOMETHING.search(text)


def _both(whole: Found, alone: Found) -> Found:
    """What a follow-up finds behind the earlier question and by itself, scores added: the earlier question gives
    the subject, but a change of subject must show. Of each phrasing the better score."""
    scores = {(e.clause.policy, e.clause.id): e.score for e in alone.evidence}
    floor = min(scores.values(), default=0.0)
    summed = [replace(e, score=e.score + scores.get((e.clause.policy, e.clause.id), floor)) for e in whole.evidence]
    phrasings = dict(whole.phrasings)
    for phrasing, score in alone.phrasings:
        phrasings[phrasing] = max(score, phrasings.get(phrasing, score))
    return Found(
        tuple(sorted(summed, key=lambda e: -e.score)), tuple(sorted(phrasings.items(), key=lambda pair: -pair[1]))
    )


def _complete(named: Sequence[Reference], asked: Standalone) -> tuple[Reference, ...]:
    """第三项 alone belongs to the article that was spoken of last."""
    spoken = asked.article
    return tuple(
        Reference(spoken.article, spoken.suffix, item=r.item)
        if r.article is None and r.chapter is None and spoken
        else r
        for r in named
    )


def _resolve(reference: Reference, policies: Sequence[str], shelf: Shelf) -> Clause | None:
    if reference.article is None and reference.chapter is None:
        return None
    return next((c for p in policies if (c := resolve(reference, shelf.clauses[p])) is not None), None)


def _period(shelf: Shelf, policies: Sequence[str]) -> Clause | None:
    """The clause of the first policy that states its period of validity."""
    if not policies:
        return None
    policy = shelf.policies[policies[0]]
    days = [chinese(day) for day in (policy.effective, policy.expires) if day]
    stating = (
        u for u in shelf.units if u.policy == policy.id and u.kind != "notice" and all(d in u.text for d in days)
    )
    return next(stating, None) if days else None


def _first(clause: Clause, found: Found) -> Found:
    known = next((e for e in found.evidence if e.clause == clause), Evidence(clause, 0.0, 0.0, 0.0))
    return replace(found, evidence=(known, *(e for e in found.evidence if e.clause != clause)))
