"""Whether a sentence keeps together what its clauses do: a case and its outcome, what comes first and what then."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from assistant.agent.schema import Complaint, DraftSentence
from assistant.agent.verification.text import Basis, grams, nearest, parts, plain, share, stretches

_OPENS_CASE = re.compile(r"^(?:对于?|凡)(?![象照]).*的|^(?:对于?)?其他|的(?=给予|应|不予|可以|将|处)")
_CASE = re.compile(r"(?:的(?:项目|企业|单位|机构|材料|情形|人)?|时|期间)$")
_SAYS = re.compile(r"应当|应|由|给予|可以|不得|负责")
_THEN = re.compile(r"(?:之后|以后|后|然后)再?|再")
_BETWEEN = re.compile("、|以及|或者|[和及与或]")
_TAIL = re.compile("[等的都均也应须可要在将并给做进提]|方面")
_FUNCTION = re.compile("[的和与及或等了在由对为后再]")


@lru_cache(maxsize=1024)
def cases(stretch: str) -> tuple[str, ...]:
    """A sentence of a clause cut where it goes on to another case: 对评价优秀的给予支持, 对评价不合格的给予通报."""
    made: list[str] = []
    before = ""
    for piece in parts(stretch):
        if made and (not _OPENS_CASE.search(piece) or before.endswith("的")):
            made[-1] += f",{piece}"
        else:
            made.append(piece)
        before = piece
    return tuple(made)


def paired(sentence: DraftSentence, base: Basis) -> Iterator[Complaint]:
    """A case of one sentence of a clause with the outcome of another: 获评单位自行要求撤销的,给予通报."""
    held = [case for stretch in base.stretches for case in cases(stretch)]
    for stretch in stretches(plain(sentence.text)):
        told = parts(stretch) if stretch not in base.stretches else ()
        for one, other in pairwise(told):
            if not _CASE.search(one) or _SAYS.search(one):
                continue
            own = max(held, key=lambda case: share(one, case), default="")
            outcome = max(held, key=lambda case: share(other, case), default="")
            apart = share(one, own) >= 0.7 and share(other, outcome) >= 0.7
            if apart and share(one, outcome) <= 0.4 and share(other, own) <= 0.4:
                yield Complaint(
                    "contradiction",
                    sentence.text[:80],
                    f"“{one[-30:]}”不是“{other[:30]}”的情形:条款写的是“{own[:80]}”。",
                )


def listed(sentence: DraftSentence, base: Basis, aliases: Mapping[str, Sequence[str]]) -> Iterator[Complaint]:
    """Members of a list that the clauses do not have beside its other members: 更名、股权变更和经营范围变更."""
    for part in parts(plain(sentence.text)):
        members = [_TAIL.split(m)[0] for m in _BETWEEN.split(part)] if "、" in part else []
        known = [m for m in members if len(m) > 1 and m in base.text]
        for member in members[1:] if known else ():
            pairs = _terms(member)
            held = len(pairs & grams(base.known))
            if len(pairs) > 1 and held < 0.5 * len(pairs) and not any(said in member for said in aliases):
                yield Complaint("unsupported", sentence.text[:80], f"所引条款列举的没有“{member}”。")


def _terms(member: str) -> frozenset[str]:
    return frozenset(pair for pair in grams(member) if not _FUNCTION.search(pair))


def ordered(sentence: DraftSentence, base: Basis) -> Iterator[Complaint]:
    """先 and 后 the other way round: 发布名单后再公示."""
    for stretch in stretches(plain(sentence.text)):
        for m in _THEN.finditer(stretch):
            first, then = (
                grams(parts(stretch[: m.start()] or " ")[-1][-8:]),
                grams(parts(stretch[m.end() :] or " ")[0][:10]),
            )
            source = nearest(stretch, base.stretches)
            if any(len(then & grams(s)) > len(then & grams(source)) for s in base.stretches):
                continue
            if source:
                one = [source.find(p) for p in first if source.count(p) == 1 and not _FUNCTION.search(p)]
                two = [source.find(p) for p in then if source.count(p) == 1 and not _FUNCTION.search(p)]
                if one and two and min(one) > max(two):
                    yield Complaint("contradiction", sentence.text[:80], f"先后相反:条款写的是“{source[:80]}”。")
                    return
