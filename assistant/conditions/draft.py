"""A conditions file for another measure, proposed from its own words and by rules alone, for a person to edit.

The article whose lead says 应具备以下条件 gives the conditions; each demand in it is an aspect. A draft only says where
to look: `status` and the notes say 待人工核对 until somebody has compared it with the text.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import yaml

from assistant.conditions.file import fault_of, units
from ingest.errors import PolicyError
from ingest.lexical import place
from ingest.schema import Clause, Policy
from ingest.vocabulary import content_words

UNREVIEWED = "待人工核对"
_PAPERS = 20  # materials of a draft
_NAME = 14  # characters of the name of an aspect
_SIGNS = (  # of an article of conditions in its lead → how much each speaks for it
    (re.compile(r"申请|申报|认定"), 3),
    (re.compile(r"应当?|须|必须"), 2),
    (re.compile(r"(?:具备|符合|满足|达到)[^。]{0,12}条件"), 3),
    (re.compile(r"设立|举办|从事|取得|成为"), 1),
    (re.compile(r"之一|给予|不予|撤销|处罚|起诉"), -4),
)
_LISTED = re.compile(r"(?:具备|符合|满足|达到)[^。]{0,20}(?:条件|要求)[^。]{0,40}[:：]$|条件[:：]$")
_PLAIN = re.compile(r"(?:申请|申报)[^。]{0,40}应当?(?:同时)?(?:具备|符合|满足)|申[请报][^。]{0,20}的?条件(?:是|为)")
_LEADING = re.compile(
    r"^(?:(?:应当|应|须|必须|能够|能|可以|可|并|且|以及|和|与|及|有|具有|具备|符合|满足|提供|积极|较强的|良好的|相应的|必要的|与其|其|的)|\s)+"
)
_MARK = re.compile(
    r"^\s*(?:[(（][一二三四五六七八九十百\d]{1,4}[)）]|第[一二三四五六七八九十百]{1,6}条|\d{1,2}[.、])[\s\u3000]*"
)
_COMMON_WORDS = """
    应当 应该 必须 能够 可以 具有 具备 符合 满足 提供 开展 进行 按照 根据 以及 或者 相关 有关 其他 规定 条件 要求
    下列 以下 单位 一定 较强 良好 相应 必要 国家 本市 我市 我省 本省 人民政府 包括 以上 以下 所需 需要 方面 实施
    工作 活动 情况 并且
"""
_COMMON = frozenset(_COMMON_WORDS.split())
_PAPER = re.compile(
    r"[\u4e00-\u9fff]{0,12}?(?:(?:申请|申报|承诺|委托|说明)书|(?:申请|申报|登记|审批|情况|信息|汇总|一览|审核)表|承诺(?!书)"
    r"|执照|许可证|(?:资格|资质|法人|登记|产权|认证)证书?|证书|证明(?:材料|文件)?|(?:审计|评估|验资|可行性研究|检测|咨询)报告|章程)"
)
_HANDED_IN = re.compile(r"提交|提供|报送|填报|填写|出具|附具|递交|申请书|申报")
_QUOTED = re.compile(r"《([^》]{2,30}(?:书|表|证|证明|报告))》")
_BEFORE_WORDS = """
    提交 提供 报送 填报 填写 出具 附具 递交 取得 持有 具有 签订 办理 形成 作出 开具 依法 有关 相关 相应 单位 主体
    部门 主管部门 负责 逾期 的 和 及 与 或 以及 并 将 对 在 向 由 按 按照 凭 未 其 本 所 有 应 应当 须 可 能 能够 需
    关 为 经 以 等 后 申报单位 申请人 企业 机关 机构
"""
_BEFORE = frozenset(_BEFORE_WORDS.split())
_SUBSTANCE = {
    "数量": [r"\d[\d,.]{0,12}\s?[余多]?\s?(?:家|个|项|份|次|场|人|名|件|套|台|年|处|间|平方米|亩)"],
    "金额": [r"\d[\d,.]{0,14}\s?[百千万亿]{0,2}元"],
    "名称": [r"《[^》]{2,60}》"],
    "日期": [r"(?:19|20)\d\d\s?年\s?\d{1,2}\s?月"],
    "证书": [r"(?:证书|登记|许可|批准|备案)(?:编)?号"],
}
_HEAD = """\
# {title}的申报条件,由程序按条文起草,{mark}。
# 请逐项对照原文:方面分得对不对,检索问题、线索词(cues)是否贴切,材料是不是办法自己要求的;
# 核对完把 status 改为“已核对”。各字段的含义见 corpus/conditions/qingdao-2021.yaml 开头。
"""


class _Plain(yaml.SafeDumper):
    """Writes equal lists out again instead of pointing to the first."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def condition_articles(clauses: Sequence[Clause]) -> tuple[Clause, ...]:
    """The articles that list conditions, the likeliest to be those of applicants first."""
    found: list[tuple[int, int, Clause]] = []
    for number, clause in enumerate(clauses):
        if clause.kind != "article":
            continue
        parts = units(clauses, clause.id)
        listed = parts[0].kind == "item"
        lead = clause.text[: parts[0].start - clause.start].strip() if listed else clause.text
        if (_LISTED if listed else _PLAIN).search(lead):
            score = sum(weight for sign, weight in _SIGNS if sign.search(lead)) + 3 * listed
            found.append((-score, number, clause))
    return tuple(clause for _, _, clause in sorted(found, key=lambda row: row[:2]))


def draft(
    policy: Policy, clauses: Sequence[Clause], cut: Callable[[str], list[str]], article: str | None = None
) -> str:
    """The file's text, which `load_conditions` reads as it is. `cut` gives the words of a text; `article` is the id of
    the article of conditions where it is known. Raises PolicyError when there is none."""
    likely = condition_articles(clauses)
    if article is None and not likely:
        raise PolicyError(f"《{policy.title}》中没有找到列举条件的条款,请用 --article 指定,如 --article 7。")
    chosen = article or likely[0].id
    parts = units(clauses, chosen)
    if not parts:
        raise PolicyError(f"《{policy.title}》中没有编号为 {chosen} 的条。")
    materials = _materials(clauses, parts, cut)
    table: dict[str, Any] = {
        "policy": policy.id,
        "article": chosen,
        "city": place(policy.title) or "",
        "status": UNREVIEWED,
        "patterns": _SUBSTANCE,
        "conditions": [_condition(part, cut, materials) for part in parts],
        "materials": materials,
    }
    text = _HEAD.format(title=f"《{policy.title}》", mark=UNREVIEWED)
    if others := [clause.label for clause in likely if clause.id != chosen]:
        text += f"# 按{next(c for c in clauses if c.id == chosen).label}起草;列举条件的还有{'、'.join(others[:8])}。\n"
    return text + yaml.dump(
        table, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=110, default_flow_style=None
    )


def demands(text: str) -> list[str]:
    """What a clause asks for, one by one and verbatim: its parts between ，；。, and those of a list of three."""
    found: list[str] = []
    for part in re.split(r"[,，;；。:：\n]", _MARK.sub("", text)):
        listed = re.split(r"、(?![^《(（]*[》)）])", part)
        if len(listed) < 3:
            listed = [part]
        found += [piece.strip() for piece in listed if re.search(r"\w", piece)]
    return list(dict.fromkeys(found))


def _condition(clause: Clause, cut: Callable[[str], list[str]], materials: Sequence[dict[str, Any]]) -> dict[str, Any]:
    pieces = demands(clause.text) or [clause.text.strip()]
    named = [material["name"] for material in materials if material["clause"] == clause.id]
    names = _names(pieces, cut)
    aspects = [
        {
            "id": name,
            "quote": piece,
            "questions": list(dict.fromkeys([_bare(piece), " ".join(_words(piece, cut)) or _bare(piece)])),
            "cues": _cues(piece, cut),
            "substance": list(_SUBSTANCE),
            "materials": named,
        }
        for name, piece in zip(names, pieces, strict=True)
    ]
    return {
        "id": clause.id,
        "title": names[0],
        "human": f"{UNREVIEWED}:本项的各个方面是否齐全、是否满足,由人判断。",
        "aspects": aspects,
    }


def _names(pieces: Sequence[str], cut: Callable[[str], list[str]]) -> list[str]:
    """A short name for each piece, no name twice: its first words."""
    names: list[str] = []
    for piece in pieces:
        short = ""
        for word in cut(_bare(piece)):
            if short and len(short) + len(word) > _NAME:
                break
            short += word
        short = short.strip().rstrip("的或和与及未")[: 2 * _NAME] or piece[:_NAME]
        same = sum(name == short or name.startswith(f"{short}-") for name in names)
        names.append(f"{short}-{same + 1}" if same else short)
    return names


def _bare(piece: str) -> str:
    return _LEADING.sub("", " ".join(piece.split())) or " ".join(piece.split())


def _words(piece: str, cut: Callable[[str], list[str]]) -> list[str]:
    """The piece's own words of two characters or more, in order, without those that every measure uses."""
    told = content_words(piece, cut)
    return list(dict.fromkeys(w for w in cut(piece) if len(w) > 1 and w in told and w not in _COMMON))[:10]


def _cues(piece: str, cut: Callable[[str], list[str]]) -> list[str]:
    words = _words(piece, cut) or [_bare(piece)[:40]]
    return [cue for cue in ("|".join(map(re.escape, words)),) if not fault_of(cue)] or [re.escape(words[0][:40])]


def _materials(
    clauses: Sequence[Clause], parts: Sequence[Clause], cut: Callable[[str], list[str]]
) -> list[dict[str, Any]]:
    """The papers named in a condition, or where the same chapter says what is handed in."""
    made: dict[str, dict[str, Any]] = {}
    for clause in clauses:
        within = any(part.id == clause.id for part in parts)
        if not clause.leaf or clause.article is None or clause.chapter != parts[0].chapter:
            continue
        for name in _papers(clause.text, cut, always=within):
            entry = {
                "name": name,
                "clause": clause.id,
                "quote": name,
                "named": True,
                "titles": [re.escape(name)],
                "words": _words(name, cut) or [name],
                "note": f"{UNREVIEWED}:是否由申报单位提交。",
            }
            made.setdefault(name, entry)
    return list(made.values())[:_PAPERS]


def _papers(text: str, cut: Callable[[str], list[str]], *, always: bool) -> Iterator[str]:
    for sentence in re.split(r"[。;；\n]", _MARK.sub("", text)):
        if always or _HANDED_IN.search(sentence):
            yield from (found[1] for found in _QUOTED.finditer(sentence))
            for found in _PAPER.finditer(_QUOTED.sub(" ", sentence)):
                words = cut(found[0])
                last = max((number for number, word in enumerate(words) if word in _BEFORE), default=-1)
                name = "".join(words[last + 1 :])
                if len(name) > 2 and name not in ("证明材料", "证明文件", "许可证") and name in sentence:
                    yield name
