"""Whether the offices and bodies in a sentence are those of its clauses, and do there what it says they do."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.agent.schema import Complaint, DraftSentence
from assistant.agent.verification.text import Basis, grams, parts, plain, stretches

_HEAD = re.compile(
    r"委员会|(?<=[\u4e00-\u9fff])委(?![托派任员办])|领导小组|办公室|秘书处|办事处|部门|政府|机构|单位|主体(?!责任|地位)|专家(?!委)组?"
    r"|(?<=[\u4e00-\u9fff])局(?![部面长限势])|(?<=[\u4e00-\u9fff])厅|院所|院校|(?<=[法学医究])院|高校|协会|商会|联盟|企业|公司|法人(?!资|代|实|单)"
    r"|(?<!行政)(?<!司法)机关(?!(?:[\u4e00-\u9fff]{2}|[\u4e00-\u9fff]{2,4}监督)管理部门)|中心(?![城化])|申请人|申报人|社会资本|银行|基金会|大学|工作人员|负责人|个人|自然人|个体工商户|个体户|公民|市民|学生|群众"
)
_EDGE = re.compile(
    r".*(?:会同|联合|委托|组织|负责|支持|鼓励|引导|协助|提交|上报|报送|提出|协调|指导|开展|规划|建设|加强|参与|打造|形成|依托|面向|帮助|获评|确定|通过"
    r"|(?<!申)报|(?<!理)由|经(?![济费营理])|其中|其(?!他)|至少|\d+[名位个家人]?|有(?![关限])|(?<!高)等|(?<![成作认行])为|可以|牵头(?:成立|组建)?|下设|设有|[向将被给是的在到可须并且但如若则都均也还再就把使让送从]|对(?!象)|按(?!照)|按照|(?<![供响反对适相])应(?!用|急)|^(?:或者|以及|[和与及或、])+|需(?!求))"
)
_GENERIC = re.compile(r"(?:企业|公司|单位|机构|主体|法人|申请人|申报人|负责人|工作人员|大学|高校|院校|院所|协会)$")
_JOINT = re.compile("(?:[、和及或]|以及|或者)")
_LOOSE = re.compile(
    r"^(?:各有关|各|有关|相关|该|本|其|当地|所在地的?|所在|属地|本地|上述|所属|区\(市\)|区市|这些|同级|您的?|您所在)+"
)
_ASKED = re.compile(r"(?:报|报请|报经|提请)$")
_TO = re.compile(
    r"(?:向|报送|上报|报请|报给|报经|(?<!申)报|提交给|交给|交由|送|呈报|反馈给|提供给)(?:各|本地|当地|所在地)?$"
)
_BY = re.compile(r"(?:由|经|被|受)(?:各|本地|当地|所在地|有关|相关)?$")
_FOR = re.compile(r"(?:面向|对|为|给|依托|监督)(?:各|有关|相关|当地|本地)?$|(?:面向|为|对)[^,、]{1,8}、$")
_PLACE = re.compile("(?:[\u4e00-\u9fff]{2,3}[省市区县]|[全省市区县])")
_LOOSE_JOINT = re.compile("(?:各有关|各|有关|相关|其他)+$")
_PIVOT = re.compile(r"(?:会同|联合|委托|组织|鼓励|引导|帮助|支持|指导)(?:各|有关|相关)*$")
_DOES = re.compile("负责|应|须|需|可|不|将|对|在|向|会同|按|给予|组织|提出|自|有权|收回|与")
_OFFICE = re.compile("主管|申报|申请|行政|司法|第三方|智库|评审")
_APPLIES = re.compile("(?:申报|申请)(?:单位|主体|人|者)")
_LEVEL = re.compile("[省市县区国央级部]")
_BRACKET = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Actor:
    """A body in a part of a text: `name` without 各, 有关 and the like, at `start`, and what comes `after`.

    `role`: asked (报…审核), to (向), by (由), for (对), pivot (委托), opens (begins the part) or inside.
    `joint`: 、 or 和 joins it to the one before.
    """

    name: str
    role: str
    start: int
    after: str
    joint: bool = False


@lru_cache(maxsize=2048)
def actors(part: str) -> tuple[Actor, ...]:
    """The bodies that a plain part names, in order; those joined by 、 or 和 have one role."""
    text = _BRACKET.sub("", part)
    found: list[Actor] = []
    begin = 0
    for m in _HEAD.finditer(text):
        if m.start() < begin:
            continue
        before = text[begin : m.start()]
        edge = _EDGE.match(before)
        start = max(begin + (edge.end() if edge else 0), begin + before.rfind("、") + 1)
        ahead, name = text[:start], text[start : m.end()]
        role = next(
            (
                r
                for r, p in (("pivot", _PIVOT), ("asked", _ASKED), ("to", _TO), ("by", _BY), ("for", _FOR))
                if p.search(ahead)
            ),
            "",
        )
        joint = bool(found and _JOINT.fullmatch(_LOOSE_JOINT.sub("", text[begin:start])))
        if joint:
            role = found[-1].role
        elif found and start == begin and len(before) < 3 and not role:
            role = found.pop().role  # 赋能中心申报主体
        role = role or ("inside" if ahead.strip() else "opens")
        found.append(Actor(_LOOSE.sub("", name) or name, role, start, text[m.end() :], joint))
        begin = m.end()
    for place in range(len(found) - 2, -1, -1):
        if found[place + 1].joint:
            found[place] = replace(found[place], after=found[place + 1].after)
    return tuple(found)


def names(sentence: DraftSentence, base: Basis, aliases: Mapping[str, Sequence[str]]) -> Iterator[Complaint]:
    """Bodies that no cited clause names; 企业, 单位 and the like are no names."""
    source = _BRACKET.sub("", base.known)
    issuers = (plain(given.policy.issuer) for given in base.cited)
    held = {actor.name for piece in (*base.pieces, *issuers) for actor in actors(piece)}
    for part in parts(plain(sentence.text)):
        for actor in actors(part):
            name = actor.name
            if (
                name in source
                or re.split("[和与及]", name)[-1] in held
                or _GENERIC.search(name)
                or any(_short(name, other) for other in held)
            ):
                continue
            if any(len(o) > 2 and name.endswith(o) and not _LEVEL.search(name.removesuffix(o)) for o in held):
                continue
            if any(name == said and any(term in source for term in terms) for said, terms in aliases.items()):
                continue
            yield Complaint("name", sentence.text[:80], f"“{name}”在所引条款中没有。")


def _short(name: str, whole: str) -> bool:
    """Whether `name` is a shorter writing of `whole`: 市发改委 of 市发展改革委, 青岛市发展和改革委员会."""
    if len(name) < 3 or name[-1] not in whole[-3:] or len(whole) - len(name) > 9:
        return False
    if whole.endswith(name) and not _PLACE.fullmatch(whole.removesuffix(name)):
        return name.endswith("中心") and len(name) > 3  # 行业主管部门 is not 主管部门
    rest = iter(whole)
    return name[0] in whole and all(char in rest for char in name)


def _same(one: str, other: str) -> bool:
    if one == other or _short(one, other) or _short(other, one):
        return True
    kinds = _GENERIC.search(one), _GENERIC.search(other)
    if _APPLIES.fullmatch(one) and kinds[1] and not _OFFICE.search(other):
        return True
    if not kinds[0] or not kinds[1] or kinds[0][0] != kinds[1][0]:
        return False
    return not (_OFFICE.search(one) or _OFFICE.search(other)) or kinds[0][0] in (one, other)


def roles(sentence: DraftSentence, base: Basis, aliases: Mapping[str, Sequence[str]]) -> Iterator[Complaint]:
    """Bodies that do, or are given, what in the clause another does or is given."""
    for stretch in stretches(plain(sentence.text)):
        for part in parts(stretch) if stretch not in base.stretches else ():
            for actor in actors(part):
                wrong, actor = "", _termed(actor, base, aliases)
                if actor.role in ("asked", "to"):
                    wrong = _receives(actor, base)
                elif actor.role == "for":
                    wrong = _serves(actor, base)
                elif actor.role == "pivot":
                    wrong = _entrusted(actor, part, base)
                elif actor.role == "by" and len(grams(actor.after)) < 2:  # 意见由主管部门出具
                    ahead = _BRACKET.sub("", part)[: actor.start - 1]
                    wrong = _acts(replace(actor, after=ahead + actor.after), base) if len(grams(ahead)) > 1 else ""
                elif actor.role == "by" or (actor.role == "opens" and not re.search("由|被", actor.after)):
                    wrong = _acts(actor, base) if len(grams(actor.after)) > 1 else ""
                if wrong:
                    yield Complaint("contradiction", sentence.text[:80], wrong)


def _termed(actor: Actor, base: Basis, aliases: Mapping[str, Sequence[str]]) -> Actor:
    """A body by the name that the clauses have for it: 高校 as 高等院校."""
    if actor.name in base.text:
        return actor
    term = next((t for said, terms in aliases.items() if said == actor.name for t in terms if t in base.text), None)
    return replace(actor, name=term) if term and actors(term) else actor


def _receives(actor: Actor, base: Basis) -> str:
    known = [a for piece in base.pieces for a in actors(piece) if _same(actor.name, a.name)]
    to = {a.name for piece in base.pieces for a in actors(piece) if a.role in ("asked", "to")}
    longer = any(name != actor.name and name.endswith(actor.name) for name in to)  # 行业主管部门 is not 主管部门
    if any(a.role in ("asked", "to") for a in known) or not (known or longer):
        return ""
    return f"条款没有说向{actor.name}报送或提交" + (f",写的是向{'、'.join(sorted(to))}。" if to else "。")


def _serves(actor: Actor, base: Basis) -> str:
    """For whom the clause has what is done for `actor` here, where that is another."""
    deed = grams(actor.after)
    bodies = [a for piece in base.pieces for a in actors(piece) if a.role == "for"]
    others = [a.name for a in bodies if len(deed & grams(a.after)) >= max(2, 0.5 * len(deed))]
    if not others or any(_same(actor.name, name) for name in others):
        return ""
    return f"条款中对着的是{'、'.join(dict.fromkeys(others))},不是{actor.name}。"


def _entrusted(actor: Actor, part: str, base: Basis) -> str:
    """Whom the clause has 委托 or 会同, where that is another."""
    verb = _BRACKET.sub("", part)[max(0, actor.start - 2) : actor.start]
    others: list[str] = []
    for piece in base.pieces:
        before = ""
        for body in actors(piece):
            before = before if body.joint else _BRACKET.sub("", piece)[max(0, body.start - 2) : body.start]
            others += [body.name] if before == verb else []
    if not others or any(_same(actor.name, name) for name in others):
        return ""
    return f"条款写的是{verb}{'、'.join(dict.fromkeys(others))},不是{verb}{actor.name}。"


def _acts(actor: Actor, base: Basis) -> str:
    """Who does in the clause what `actor` does here, where that is another."""
    named = actor.after.startswith("是")
    deed = grams(actor.name + actor.after if named else actor.after)
    stretch = max(base.stretches, key=lambda s: len(grams(s) & deed), default="")
    common = [len(grams(piece) & deed) for piece in parts(stretch)]
    if not common or max(common) < max(2, 0.3 * len(deed)) or (named and actor.name in _BRACKET.sub("", stretch)):
        return ""
    doers: list[str] = []
    for at, shared in enumerate(common):
        if shared >= max(2, 0.5 * max(common)):
            doers += _doers(parts(stretch)[: at + 1], deed, last=not named)
    if not doers or any(_same(actor.name, name) for name in doers):
        return ""
    return f"条款中做这件事的是{'、'.join(dict.fromkeys(doers))},不是{actor.name}:“{actor.after[:30]}”。"


def _doers(pieces: Sequence[str], deed: frozenset[str], *, last: bool) -> list[str]:
    """Who does what the last of `pieces` tells; with `last`, only those that stand before it there."""
    doers: list[str] = []
    for number, piece in enumerate(pieces):
        bare = _BRACKET.sub("", piece)
        first = len(bare)
        if last and number == len(pieces) - 1:
            first = min((bare.find(pair) for pair in deed if pair in bare), default=0)
        for body in actors(piece):
            alone = body.role == "by" or (body.role == "opens" and (body.joint or _DOES.match(body.after)))
            if body.start <= first and alone:
                doers = [*doers, body.name] if body.joint else [body.name]
                continue
            ahead = body.role in ("opens", "by") or (body.role == "inside" and not body.after)
            reach = {"asked": 4, "pivot": 12}.get(body.role, 0)
            if (ahead and body.start <= first) or grams(body.after[:reach]) & deed:
                doers.append(body.name)
    return doers
