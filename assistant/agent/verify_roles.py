"""Whether the offices and bodies in a sentence are those of its clauses, and do there what it says they do."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.agent.schema import Complaint, DraftSentence, Handed
from assistant.agent.verify_text import Basis, grams, parts, plain, stretches

_HEAD = re.compile(
    r"委员会|(?<=[\u4e00-\u9fff])委(?![托派任员办])|领导小组|办公室|秘书处|办事处|部门|政府|机构|单位|主体|专家(?!委)组?"
    r"|(?<=[\u4e00-\u9fff])局(?![部面长限势])|(?<=[\u4e00-\u9fff])厅|院所|院校|(?<=[法学医究])院|高校|协会|商会|联盟|企业|公司|法人(?!资|代|实|单)"
    r"|(?<!行政)(?<!司法)机关|中心(?![城化])|申请人|申报人|社会资本|银行|基金会|大学|工作人员|负责人"
)
_EDGE = re.compile(
    r".*(?:会同|联合|委托|组织|负责|支持|鼓励|引导|协助|提交|上报|报送|提出|协调|指导|开展|依托|面向|帮助|获评|确定|通过"
    r"|(?<!申)报|(?<!理)由|经(?![济费营理])|[向将被给是的在到其可须并且但如若则都均也还再就把使让送从]|对(?!象)|按(?!照)|按照|应(?!用|急)|^[和与及或、]+|需(?!求))"
)
_LOOSE = re.compile(
    r"^(?:各有关|各|有关|相关|该|本|其|当地|所在地的?|所在|属地|本地|上述|所属|区\(市\)|区市|这些|同级|您的?|您所在)+"
)
_ASKER = frozenset(
    ("您", "贵单位", "单位", "申报单位", "申请单位", "申请人", "申报主体", "主体", "企业", "机构", "有关部门")
)
_ASKED = re.compile(r"(?:报|报请|报经|提请)$")
_TO = re.compile(
    r"(?:向|报送|上报|报请|报给|报经|(?<!申)报|提交给|交给|交由|送|呈报|反馈给|提供给)(?:各|本地|当地|所在地)?$"
)
_BY = re.compile(r"(?:由|经|被|受)(?:各|本地|当地|所在地|有关|相关)?$")
_WITH = re.compile(
    r"(?:会同|联合|委托|组织|帮助|面向|指导|支持|鼓励|引导|协调|对|为|给|和|与|及|、|或|依托|监督)(?:各|有关|相关)?$"
)
_LEVEL = re.compile("[省市县区国央级部]")
_BRACKET = re.compile(r"\([^()]*\)")
Role = str


@dataclass(frozen=True, slots=True)
class Actor:
    """A body in a part of a text: `name` without 各, 有关 and the like; `role`: asked (报…审核), to, by, with, opens or
    inside."""

    name: str
    role: Role
    after: str


@lru_cache(maxsize=2048)
def actors(part: str) -> tuple[Actor, ...]:
    """The bodies that a plain part names, in order."""
    text = _BRACKET.sub("", part)
    found: list[Actor] = []
    begin = 0
    for m in _HEAD.finditer(text):
        if m.start() < begin:
            continue
        before = text[begin : m.start()]
        edge = _EDGE.match(before)
        start = begin + (edge.end() if edge else 0)
        start = max(start, begin + before.rfind("、") + 1)
        name = text[start : m.end()]
        ahead = text[:start]
        role = next(
            (r for r, p in (("asked", _ASKED), ("to", _TO), ("by", _BY), ("with", _WITH)) if p.search(ahead)), ""
        )
        found.append(
            Actor(_LOOSE.sub("", name) or name, role or ("opens" if not ahead.strip() else "inside"), text[m.end() :])
        )
        begin = m.end()
    return tuple(found)


def names(sentence: DraftSentence, base: Basis, aliases: Mapping[str, Sequence[str]]) -> Iterator[Complaint]:
    """Bodies that no cited clause names."""
    source = _BRACKET.sub("", base.known)
    held = {actor.name for piece in (*base.pieces, *map(_bodies, base.cited)) for actor in actors(piece)}
    for part in parts(plain(sentence.text)):
        for actor in actors(part):
            name = actor.name
            if name in source or name in _ASKER or any(_short(name, other) for other in held):
                continue
            if any(
                name.endswith(other) and not _LEVEL.search(name.removesuffix(other)) for other in held if len(other) > 2
            ):
                continue
            if any(name == said and any(term in source for term in terms) for said, terms in aliases.items()):
                continue
            yield Complaint("name", sentence.text[:80], f"“{name}”在所引条款中没有。")


def _bodies(given: Handed) -> str:
    return plain(given.policy.issuer)


def _short(name: str, whole: str) -> bool:
    """Whether `name` is a shorter writing of `whole`: 市发改委 of 市发展改革委, 青岛市发展和改革委员会."""
    if len(name) < 3 or name[-1] not in whole[-3:] or len(whole) - len(name) > 9:
        return False
    rest = iter(whole)
    return name[0] in whole and all(char in rest for char in name)


def roles(sentence: DraftSentence, base: Basis) -> Iterator[Complaint]:
    """Bodies that do, or are given, what in the clause another does or is given."""
    place = sentence.text[:80]
    for stretch in stretches(plain(sentence.text)):
        for part in parts(stretch):
            for actor in actors(part):
                if actor.role in ("asked", "to"):
                    wrong = _receives(actor, part, base)
                elif actor.role in ("by", "opens") and len(grams(actor.after)) >= 2:
                    wrong = _acts(actor, base)
                else:
                    wrong = ""
                if wrong:
                    yield Complaint("contradiction", place, wrong)


def _same(one: str, other: str) -> bool:
    return one == other or _short(one, other) or _short(other, one)


def _receives(actor: Actor, part: str, base: Basis) -> str:
    known = [a for piece in base.pieces for a in actors(piece) if _same(actor.name, a.name)]
    if not known or any(a.role in ("asked", "to") for a in known):
        return ""
    to = {a.name for piece in base.pieces for a in actors(piece) if a.role in ("asked", "to")}
    return f"条款没有说向{actor.name}报送或提交" + (f",写的是向{'、'.join(sorted(to))}。" if to else "。")


def _acts(actor: Actor, base: Basis) -> str:
    """Who does in the clause what `actor` does here, where that is another."""
    deed = actor.after
    best: list[tuple[int, str]] = []
    for stretch in base.stretches:
        doer = ""
        for piece in parts(stretch):
            own = actors(piece)
            for body in own:
                if body.role in ("by", "opens"):
                    doer = body.name
                    break
            inner = [a.name for a in own if a.role == "asked" and grams(a.after) & grams(deed)]
            common = len(grams(piece) & grams(deed))
            for name in (doer, *inner):
                if name:
                    best.append((common, name))
    if not best:
        return ""
    most = max(common for common, _ in best)
    if most < max(2, 0.3 * len(grams(deed))):
        return ""
    doers = {name for common, name in best if common >= 0.7 * most}
    if any(_same(actor.name, name) for name in doers):
        return ""
    return f"条款中做这件事的是{'、'.join(sorted(doers))},不是{actor.name}:“{deed[:30]}”。"
