"""Whether a sentence forbids, requires, allows and denies what its clauses do, and claims no more than they."""

import re
from collections.abc import Iterator
from functools import lru_cache

from assistant.agent.schema import Complaint, DraftSentence
from assistant.agent.verification.dates import STATE
from assistant.agent.verification.text import Basis, grams, nearest, parts, plain, share, stretches

_COMPOUND = re.compile(
    r"供应|应用|响应|对应|适应|相应|效应|反应|应急|应对|应[收付聘届]|必需|需求|所需|[急内]需|须知|可[靠行视控信观比]|[认许]可"
    r"|可持续|可研|可追溯|可能性|可再生|不可或缺|[智功赋性职产效节动]能|能[力源耗效]|新能|不[但仅断同良足善]|不限于|不少于|不低于|不得?超过"
    r"|不多于|不高于|不得少于|不得低于|非[常公]|并非|除非|未来|无[形线]|无论|不论|不管|不过|得到|取得|重要|主要|需要的|要[求素点件闻]|纪要|摘要|只要|转型需要|就可以(?=$)|必要时|不[得能可应](?:少于|低于|超过|多于|高于)|可以是|工作需要"
)
_KINDS = {
    "free": re.compile(
        r"无需|无须|毋须|毋需|不必|不需要?|不用|免于|免[除交缴]|不强制|可不|可以不|不要求|用不着|不一定"
    ),
    "forbid": re.compile(r"不得|不能|不可|不准|不许|禁止|严禁|不予|不应|不允许|不宜|不给予|无权|不会"),
    "must": re.compile(r"应当|应该|应|必须|须|需要|需|务必|一定要|有义务|必要|(?<![不只])要(?=[在由向经按把将报提先])"),
    "may": re.compile(r"可以|可|允许|有权|能够|能|准许"),
    "urge": re.compile(r"鼓励|引导|提倡|倡导"),
}
_SAYS = {"free": "不必", "forbid": "不得", "must": "应当", "may": "可以", "urge": "鼓励"}
_ABLE = re.compile(r"能够|能")
_NOT = re.compile(r"(?:没有|不|未|无|没|非|勿)(?P<what>[^,;:。、()]{1,2})")
_DENY = (
    r"没有|不得|不予|不可|不能|不许|不准|不应|无需|无须|不必|不需要?|不再|不用|用不着|不要求|禁止|严禁|免于"
    r"|[不未无没非勿免]"
)
_DENIED = re.compile(rf"(?:{_DENY})(?P<what>[^,;:。、()]{{2}})")
_LIGHT = frozenset("在按经能有得予以为是于给的")
_REBUTS = re.compile(r"不是|并非|而非|不止|没有(?:规定|写|提|明确|说)|未(?:作|做)?(?:出)?(?:规定|明确|提及)")
_CLAIMS = {
    "only": re.compile(r"只有|仅限?|只(?=[向对由在报给为])|只能|只需|只要(?!求)|唯一|单独|无一"),
    "all": re.compile(
        r"所有|任何|一律|全部|全体|凡是|凡|无论|不论|不管|每[一家名]|均可|都可以?|都能|都会|均会|一切|各类"
    ),
    "one": re.compile(r"其一|任一|之一|任选|[二两三]选一|其中一[项个种]|中的?一[项个种](?:方式|即可|就)?"),
    "sure": re.compile(
        r"必然|必定|肯定|绝对|自动|立即|马上|当场|永久|终身|无条件|长期有效|一定(?!的)|随时|当[日天](?!有效|仍)|即日|同日|[次翌]日|任意|优先|直接"
    ),
}


@lru_cache(maxsize=4096)
def _kinds(text: str) -> frozenset[str]:
    """Which of free, forbid, must, may, urge and able a plain text says; 能 alone tells what somebody is able to do."""
    left, found = _COMPOUND.sub("\u3000", text), set[str]()
    for kind, pattern in _KINDS.items():
        said = pattern.findall(left)
        if said:
            found.add("able" if kind == "may" and all(map(_ABLE.fullmatch, said)) else kind)
        left = pattern.sub("\u3000", left)
    return frozenset(found)


def modals(sentence: DraftSentence, base: Basis) -> Iterator[Complaint]:
    """A part that forbids, requires, allows or frees where the part of the clause it is about does not."""
    text, place = plain(sentence.text), sentence.text[:80]
    for part in base.cut(text):
        piece = nearest(part, base.pieces)
        if len(grams(part)) < 3 or STATE.search(part) or part in base.pieces or not piece or _REBUTS.search(part):
            continue
        told = (piece, *(p for p in base.pieces if share(p, part) >= 0.8))
        own, close = _kinds(part), frozenset[str]().union(*map(_kinds, told))
        around = close or _kinds(nearest(piece, base.stretches))
        wrong = _against(own, close, around) or next(_before_deed(part, base), "")
        if wrong:
            yield Complaint("contradiction", place, f"条款没有说“{wrong}”:写的是“{piece}”。")
        elif left := _left_out(own, close, part, piece, text):
            yield Complaint("negation", place, f"漏了“{left}”:条款写的是“{piece}”。")


def _before_deed(part: str, base: Basis) -> Iterator[str]:
    """What a part says before a verb (必须会同) where the clauses only say something else before it (可会同)."""
    left = _COMPOUND.sub(_blank, part)
    for kind, pattern in _KINDS.items():
        for m in pattern.finditer(left):
            deed = part[m.end() : m.end() + 2]
            if len(deed) < 2:
                continue
            ahead = [
                p[max(0, at - 3) : at]
                for p in base.pieces
                for at in (f.start() for f in re.finditer(re.escape(deed), p))
            ]
            said = [_kinds(words) for words in ahead]
            own = "able" if _ABLE.fullmatch(m[0]) else kind
            if said and all(said):
                every = frozenset[str]().union(*said)
                yield from filter(None, [_against(frozenset((own,)), every, every)])
        left = pattern.sub(_blank, left)


def _blank(m: re.Match[str]) -> str:
    return "\u3000" * len(m[0])


def _against(own: frozenset[str], close: frozenset[str], around: frozenset[str]) -> str:
    if "forbid" in own and not around & {"forbid", "free"}:
        return _SAYS["forbid"]
    if "free" in own and "free" not in around:
        return _SAYS["free"]
    if "must" in own and close & {"may", "urge", "free", "forbid"} and "must" not in close:
        return _SAYS["must"]
    if "may" in own and not around & {"may", "urge"}:
        return _SAYS["may"]
    if "able" in own and not around & {"may", "urge", "able"} and around & {"must", "forbid"}:
        return "能"
    return ""


def _left_out(own: frozenset[str], close: frozenset[str], part: str, piece: str, text: str) -> str:
    """The modal of `piece` that a part lacks which tells most of it: 鼓励…出台 told as 出台."""
    if share(piece, part) < 0.6:
        return ""
    for kind in ("forbid", "free", "urge", "may"):
        softened = own & {"forbid", "free"} if kind in ("forbid", "free") else own & {"may", "urge", "able"}
        if kind == "may" and "会同" in part and "可会同" in piece:
            continue  # with whom is told all the same
        if kind in close and not softened and not _kinds(text) & {kind}:
            return _SAYS[kind]
    return ""


def denials(sentence: DraftSentence, base: Basis) -> Iterator[Complaint]:
    """不, 未, 无 and 没有 that the clause does not say there, or says there and the sentence does not."""
    text, place = plain(sentence.text), sentence.text[:80]
    for part in dict.fromkeys((*base.cut(text), *parts(text))):
        piece = nearest(part, base.pieces)
        if len(grams(part)) < 2 or STATE.search(part) or part in base.pieces or not piece or _REBUTS.search(part):
            continue
        masked = _mask(part)
        for m in _NOT.finditer(masked):
            near = masked[m.start("what") : m.start("what") + 4]
            if (
                m[0] not in base.known
                and not any(_same(near, d) for d in _denied(piece))
                and not _stated(near, piece, base)
            ):
                yield Complaint("negation", place, f"“{m[0]}”在条款中没有:写的是“{piece}”。")
        if left := _unconditioned(piece, part, text):
            yield Complaint("negation", place, f"漏了“{left}”:条款写的是“{piece}”。")
        for source in (piece, nearest(part, base.stretches)):
            if share(source, text) >= 0.5 and _undenied(source, part):
                yield Complaint("negation", place, f"漏了否定:条款写的是“{source[:80]}”。")
                break


def _denied(text: str) -> tuple[str, ...]:
    """The four characters after each denial of a plain text."""
    left = _mask(text)
    return tuple(left[n.start("what") : n.start("what") + 4] for n in _NOT.finditer(left))


def _same(one: str, other: str) -> bool:
    """Whether two denials are of the same thing, as the characters after them tell."""
    shared = (set(one) & set(other)) - _LIGHT
    return len(shared) > 1 or bool(shared and (one[0] == other[0] or len(set(one) - _LIGHT) == 1))


def _stated(near: str, piece: str, base: Basis) -> bool:
    """Whether the sentence of `piece` denies elsewhere what `near` tells: 无异议 for 没有异议."""
    around = next((s for s in base.stretches if piece in s), "")
    if any(m["what"] == near[:2] for m in _DENIED.finditer(_COMPOUND.sub(_blank, around))):
        return True
    return any(len((set(near) & set(other)) - _LIGHT) > 1 for other in _denied(around))


def _unconditioned(piece: str, part: str, text: str) -> str:
    """The denial that a part leaves out which tells the rest of a piece: 无异议 of 经公示无异议; "" when none."""
    for m in _DENIED.finditer(_COMPOUND.sub(_blank, piece)):
        rest = piece[: m.start()] + "\n" + piece[m.end() :]
        if len(grams(rest)) > 2 and share(rest, part) >= 0.8 and m["what"] not in text and not re.search(_DENY, part):
            return m[0]
    return ""


def _undenied(source: str, part: str) -> bool:
    """Whether a part says outright what its source only denies: 给予补助 of 不予补助."""
    masked = _COMPOUND.sub(_blank, source)
    for m in _DENIED.finditer(masked):
        others = source[: m.start()] + "\n" + source[m.end("what") :]
        for length in (2, 4, 6, 8):  # 在我市注册 stands there too, 在我市注册但在青 does not
            what = source[m.start("what") : m.start("what") + length]
            if (
                what in part
                and what not in others
                and not re.search(rf"(?:{_DENY}|(?:不得|不能|禁止|严禁)[^,]*){re.escape(what)}", part)
            ):
                return True
    return False


def _mask(text: str) -> str:
    """A plain text without compounds that only look like modals or denials, and without modals."""
    left = _COMPOUND.sub("\u3000", text)
    for kind in ("free", "forbid"):
        left = _KINDS[kind].sub("\u3000", left)
    return left


def claims(sentence: DraftSentence, base: Basis) -> Iterator[Complaint]:
    """只有, 所有, 一律, 自动 and the like that the clause does not say."""
    text, place = plain(sentence.text), sentence.text[:80]
    for stretch in stretches(text):
        if stretch in base.stretches:
            continue
        source = nearest(stretch, base.stretches)
        for pattern in _CLAIMS.values():
            for m in pattern.finditer(stretch):
                if m[0] not in source and not pattern.search(source):
                    yield Complaint("unsupported", place, f"“{m[0]}”在条款中没有:条款没有说得这么绝对。")
