"""Whether the words of a sentence stand in the clauses it cites, by characters and by meaning."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from assistant.agent.schema import Complaint, DraftSentence, Handed
from assistant.agent.verify_numbers import numbers
from assistant.agent.verify_silence import SILENT
from assistant.agent.verify_text import Basis, basis, grams, nearest, parts, plain
from ingest.embeddings import Vectors

Embed = Callable[[Sequence[str]], Vectors]

COVERED = 0.62
"""The least share of the characters of a part that its clauses have; see tests/test_verify_support.py."""
NOVEL = 3
"""Characters in a row that no clause has, from which a part says something of its own."""
CLEAR = 0.85
"""The share from which the meaning is not asked for."""
ALIKE = 0.55
"""The least cosine between a doubtful sentence and the nearest sentence of its clauses."""
BETTER = 0.22
"""By how much more another handed clause has of a sentence than all those it cites, for these to be wrong."""

_PLAIN_WORDS = re.compile(
    "本办法|该办法|办法|条款|规定|根据|按照|依据|依照|其中|如果|的话|应当|应该|必须|需要|可以|能够|以及|或者|并且|而且|同时|此外|另外|因此|所以"
    "|但是|不过|例如|比如|包括|包含|分别|即可|也就是说|也就是|具体|情况|情形|方面|内容|事项|有关|相关|之后|以后|之前|以前|之内|以内|之日起|期间"
    "|期限|时限|时间|日期|进行|作出|属于|对于|关于|由于|为了|目的是|目的|主要|一共|总共|共有|分为|等级|等次|分成|才能|才会|就会|将会|将被|会被"
    "|您的|您|贵单位|自己|它们|他们|这些|那些|这样|这个|这种|那么|什么|要求|写明|写的是|指的是|是指|所说|提到|的是|条件|要|须|需|应|可|能|得"
    "|不是|并非|而是|的|了|是|在|由|向|把|将|对|和|与|或|及|并|也|还|又|则|就|才|都|均|被|给|为|以|从|到|至|于|后|前|内|起|时|如|若|因|且|而|但|所|其|该|此|各|这|那|等|做"
    "|会|有|共|即|让|使|再|先|另|之|者|个|上|下|中|里|完|好|一|二|三|四|五|六|七|八|九|十|百|千|万|亿|两|零|半"
)
_SKIPPED = re.compile(
    r"第\(?[\d一二三四五六七八九十百千零〇]+\)?(?:章|节|条|款|项|目)(?:之[\d一二三四五六七八九十])?|\(?[一二三四五六七八九十\d]+\)|[^\u3400-\u9fff]"
)


def unseen(part: str, source: str, aliases: Mapping[str, Sequence[str]]) -> tuple[float, str]:
    """The share (0..1) of what a plain part says that `source` has too, and the longest run of what it has not."""
    have, state = grams(source), [""] * len(part)
    for at in range(len(part) - 1):
        if part[at : at + 2] in have:
            state[at] = state[at + 1] = "+"
    for said, terms in aliases.items():
        if said in part and any(term in source for term in terms):
            for m in re.finditer(re.escape(said), part):
                state[m.start() : m.end()] = "+" * len(said)
    for number in numbers(part):
        for m in re.finditer(re.escape(number.words), part):
            state[m.start() : m.end()] = "." * len(m[0])
    for pattern in (_SKIPPED, _PLAIN_WORDS):
        for m in pattern.finditer(part):
            for at in range(*m.span()):
                state[at] = state[at] or "."
    marks = "".join(mark or "-" for mark in state)
    runs = [part[m.start() : m.end()] for m in re.finditer("-+", marks)]
    said = marks.replace(".", "")
    return (said.count("+") / len(said) if said else 1.0), max(runs, key=len, default="")


def supported(
    sentence: DraftSentence,
    base: Basis,
    handed: Sequence[Handed],
    aliases: Mapping[str, Sequence[str]],
    embed: Embed | None,
) -> Iterator[Complaint]:
    """Parts of a sentence whose words or meaning no cited clause has, and keys that another should stand for."""
    text, place = plain(sentence.text), sentence.text[:80]
    doubtful = silent = False
    for part in parts(text):
        if SILENT.search(part):
            silent = True
            continue
        found, novel = unseen(part, base.known, aliases)
        if len(novel) >= NOVEL or (found < COVERED and len(part) >= 4):
            yield Complaint(
                "unsupported", place, f"所引条款没有说“{part[:40]}”" + (f":没有“{novel}”。" if novel else "。")
            )
            return
        doubtful = doubtful or found < CLEAR
    if doubtful and embed is not None:
        source = nearest(text, base.stretches)
        own, other = embed([text, source])
        if float(own @ other) < ALIKE:
            yield Complaint("unsupported", place, f"这句话与所引条款说的不是一件事;最接近的是“{source[:60]}”。")
    if not silent:
        yield from _keys(sentence, base, handed, aliases, text)


def _keys(
    sentence: DraftSentence, base: Basis, handed: Sequence[Handed], aliases: Mapping[str, Sequence[str]], text: str
) -> Iterator[Complaint]:
    """Keys that lend a sentence nothing, and another one that has more of it."""
    own = unseen(text, base.text, aliases)[0]
    told = grams(text)
    for given in handed:
        one = basis(DraftSentence("", (given.key,)), (given,))
        if given.key in sentence.keys:
            if len(base.cited) > 1 and len(told & grams(one.text)) < 2:
                yield Complaint("key", sentence.text[:80], f"{given.key}({given.clause.label})与这句话无关。")
        elif unseen(text, one.text, aliases)[0] >= own + BETTER:
            yield Complaint("key", sentence.text[:80], f"这句话的依据应是{given.key}({given.clause.label})。")
            return
