"""Whether a sentence keeps together what its clauses do: a case and its outcome, what comes first and what then."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from assistant.agent.schema import Complaint, DraftSentence
from assistant.agent.verification.roles import actors
from assistant.agent.verification.text import Basis, grams, nearest, parts, plain, share, stretches

_OPENS_CASE = re.compile(r"^(?:对于?|凡)(?![象照]).*的|^(?:对于?)?其他|的(?=给予|应|不予|可以|将|处)")
_CASE = re.compile(r"(?:的(?:项目|企业|单位|机构|材料|情形|人)?|时|期间)$")
_SAYS = re.compile(r"应当|应|由|给予|可以|不得|负责")
_THEN = re.compile(r"(?:之后|以后|后|然后)再?|再")
_BETWEEN = re.compile("、|以及|或者|[和及与或]")
_TAIL = re.compile(
    "[等的都均也应须可要在将并给做]|进行|提[供交出]|方面|[一二三四五六七八九十两几\\d]+个?[个项种类步等档]"
)
_SIDE = re.compile("(?P<what>[\u3400-\u9fff]{2}|\\d日)[之以]?(?P<side>前(?![款提置条期])|后(?![者续]))")
_EITHER = re.compile("或者?")
_BOTH = re.compile("并|且|同时|[,;]")
_LEFT_OUT = re.compile("不(?:包括|包含|含|属于|适用于)(?P<what>[^,;。\n]{2,})")
_HELD = re.compile("属于|包括|包含|适用|算|视为")
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
            deed = _deed(other)
            if apart and share(one, outcome) <= 0.4 and (share(deed, own) <= 0.4 < share(deed, outcome)):
                yield Complaint(
                    "contradiction",
                    sentence.text[:80],
                    f"“{one[-30:]}”不是“{other[:30]}”的情形:条款写的是“{own[:80]}”。",
                )


def _deed(part: str) -> str:
    """A part without the bodies that it names."""
    for body in actors(part):
        part = part.replace(body.name, "\n")
    return part


def turned(sentence: DraftSentence, base: Basis) -> Iterator[Complaint]:
    """前 for 后, 或 for 并, and what a clause leaves out taken in: each said the other way round."""
    text, place = plain(sentence.text), sentence.text[:80]
    for m in _SIDE.finditer(text):
        other = "后" if m["side"] == "前" else "前"
        sides = set(re.findall(f"{m['what']}[之以]?([前后])", base.text))
        if sides == {other}:
            yield Complaint("contradiction", place, f"“{m[0]}”与条款相反:条款写的是“{m['what']}{other}”。")
    for stretch in stretches(text):
        for m in _EITHER.finditer(stretch):
            ends = [stretch[at : at + 2] for at in range(m.end(), m.end() + 5)]
            for source in base.stretches:
                two = next((source.find(pair) for pair in ends if len(pair) == 2 and pair in source), -1)
                one = source.rfind(stretch[m.start() - 2 : m.start()], 0, max(0, two)) if m.start() > 1 else -1
                between = source[one + 2 : two] if one >= 0 else ""
                if _BOTH.search(between) and not re.search("或|的[,;]", between):
                    yield Complaint("contradiction", place, f"条款写的不是“{m[0]}”,两者都要:“{source[:80]}”。")
                    break
        for source in base.stretches:
            for out in _LEFT_OUT.finditer(source):
                told = [part for part in parts(stretch) if _HELD.search(part) and not re.search("[不未非]", part)]
                for member in _BETWEEN.split(out["what"]):
                    if any(member in part or share(member, part) >= 0.8 for part in told):
                        yield Complaint("contradiction", place, f"条款写的是“{out[0]}”。")


def listed(sentence: DraftSentence, base: Basis, aliases: Mapping[str, Sequence[str]]) -> Iterator[Complaint]:
    """Members of a list that the clauses do not have beside its other members: 更名、股权变更和经营范围变更."""
    for part in parts(plain(sentence.text)):
        members = [_TAIL.split(m)[0] for m in _BETWEEN.split(part)] if "、" in part else []
        known = [m for m in members if len(m) > 1 and m in base.text]
        for member in members[1:] if known else ():
            pairs = _terms(member)
            held = len(pairs & grams(base.known))
            if len(pairs) > 1 and held < 0.5 * len(pairs) and not _termed(member, base, aliases):
                yield Complaint("unsupported", sentence.text[:80], f"所引条款列举的没有“{member}”。")


def _termed(member: str, base: Basis, aliases: Mapping[str, Sequence[str]]) -> bool:
    return any(said in member and any(term in base.text for term in terms) for said, terms in aliases.items())


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
            for source in (nearest(stretch, base.stretches), nearest(stretch, base.texts)):
                if any(len(then & grams(s)) > len(then & grams(source)) for s in base.stretches):
                    continue
                one = [source.find(p) for p in first if source.count(p) == 1 and not _FUNCTION.search(p)]
                two = [source.find(p) for p in then if source.count(p) == 1 and not _FUNCTION.search(p)]
                if one and two and min(one) > max(two):
                    yield Complaint("contradiction", sentence.text[:80], f"先后相反:条款写的是“{source[:80]}”。")
                    return
