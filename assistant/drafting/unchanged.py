"""Whether a worded reason says what the template's sentence says, no more and no less.

All that the sentence says is still there in its order, and nothing else, but for stops and words that only join: a
reviewer's reason is too short for a wider allowance, under which 自有, 如果 and 申报单位负责的 came in. Quotations,
verdicts, ××, 【待核实】, numbers, articles and names are compared besides; the checks of worded answers come on top.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from assistant.agent.schema import Complaint, Draft, DraftSentence
from assistant.agent.verification.dates import version, when
from assistant.agent.verification.figures import figures
from assistant.agent.verification.mixed import crossed, equated, mixed, replaced
from assistant.agent.verification.modals import claims, denials, modals
from assistant.agent.verification.numbers import numbers
from assistant.agent.verification.pairs import listed, ordered, paired, turned
from assistant.agent.verification.places import quoted
from assistant.agent.verification.roles import names, roles
from assistant.agent.verification.shape import shape
from assistant.agent.verification.support import supported
from assistant.agent.verification.text import Basis, plain
from assistant.consistency.injection import instruction
from assistant.drafting.founded import unbacked
from assistant.drafting.schema import UNCONFIRMED, UNKNOWN, Sentence
from assistant.llm.personal import personal
from ingest.references import references

VERBATIM = re.compile("“[^“”]*”|《[^《》]*》|（[^（）]*）|\\([^()]*\\)")
"""Quotations, titles, and brackets, which hold the file and page of a quotation: not a character of them changes."""
_KEPT = re.compile(
    rf"{UNCONFIRMED}|{UNKNOWN}|[^\W_\u3400-\u9fff]+(?:[.,:/_-][^\W_\u3400-\u9fff]+)*[%‰]?"
    # Verdicts, and what an office decides or finds.
    r"|未见材料|待核实|符合|合格|满足|具备|达到|达标|通过|推荐|同意|批准|核准|认可|撤销|驳回|取消|属实|真实|虚假|伪造|造假|有效|失效"
    r"|齐全|完整|充分|准确|规范|一致|矛盾|违法|违规|处罚|欠缺|缺少|不足"
    # Denials, duties, plans, how sure, how much.
    r"|[不未无没非勿否免]|禁止|应|须|必|需|可(?!靠|行)|能(?!力|源|耗|中心)|要求|鼓励|建议|拟|将|计划|预计|准备|正在|已|曾|尚|仍|仅|只|才"
    r"|约|近|超|逾|以[上下内外]|至少|至多|最[多少高低大小]|全部|所有|一律|均|都|各|每|部分|部份|个别|主要|基本|大致|大体|初步|可能|疑似|似"
    r"|原则上|被|受|由|向|给|替|代|暂|临时|长期|连续|累计|合计|共计|多|少|高|低|早|晚|先|后|前|大于|小于|优于|首|唯一|另|除|或"
    r"|[零〇一二三四五六七八九十百千万亿两半]"
)
_LIGHT = re.compile(
    "其中|同时|此外|以及|并且|因此|据此|(?<=核定)理由|日期(?=为?\\d)|申报(?=材料)|共(?=\\d|计)"
    "|的|该|且|也|而|于|了(?!解)|其(?![他它余次])|(?<!合)并(?![购列])|经(?![营费济办理过销历])|(?<![认视作成行])为|是(?!否)"
    "|在(?![建研职用售产线岗校场])|和(?!解)|(?<!参)与(?!会)|(?<!普)及(?![格时])|(?<![原规细])则|中(?![标心试国央小型介层])"
    "|(?<![数依根证占])据|(?<![关体联])系(?![统列数])"
)
"""Words that only join others, or name what a sentence is: they may come, go or change."""
_SAID = {"申报材料": ("材料",), "据": ("核定", "核对", "材料"), "系": ("",)}


def changes(before: Sequence[Sentence], after: Draft, *, as_of: date) -> tuple[str, ...]:
    """What `after` says otherwise than `before`, one sentence for each; () when it may stand in its place. Key Cn is
    the sentence number n of `before`, from 1; every sentence is of one key, in their order."""
    bare = tuple(replace(sentence, text=VERBATIM.sub("", sentence.text)) for sentence in after.sentences)
    faults = [complaint.says for complaint in shape(replace(after, sentences=bare))]
    keys = [sentence.keys for sentence in after.sentences]
    wanted = [f"C{number}" for number in range(1, len(before) + 1)]
    if faults or any(len(own) != 1 for own in keys) or list(dict.fromkeys(key for (key,) in keys)) != wanted:
        return tuple(faults) or ("句子和编号对不上。",)
    if [key for (key,) in keys] != sorted((key for (key,) in keys), key=wanted.index):
        return ("句子的先后变了。",)
    for key, old in zip(wanted, before, strict=True):
        own = [sentence for sentence in after.sentences if sentence.keys == (key,)]
        if [sentence.text for sentence in own] == [old.text]:
            continue
        faults += _changed(old, "".join(sentence.text for sentence in own))
        for sentence in own:
            faults += unbacked(Sentence(sentence.text, old.sources))
            faults += [complaint.says for complaint in _said(sentence, _basis(old), as_of)]
    return tuple(dict.fromkeys(faults))


def _changed(old: Sentence, text: str) -> Iterator[str]:
    """What is in one of the two texts and not in the other, or stands elsewhere."""
    if instruction(text) is not None:
        yield "有对审核程序的指令。"
    for what, one, two in (
        ("引文", VERBATIM.findall(old.text), VERBATIM.findall(text)),
        ("不能改的词", _kept(old.text), _kept(text)),
        ("数", [(n.value, n.unit, n.marks) for n in numbers(plain(old.text))], _numbers(text)),
        ("条款", references(plain(old.text)), references(plain(text))),
        ("人名", _people(old.text), _people(text)),
    ):
        if list(one) != list(two):
            yield f"{what}变了:{_first(one, two)}。"
    if _bare(old.text) != _bare(text):
        yield f"不是原来的话,改动的不只是标点和连接的词:“{text[:40]}”。"


def _kept(text: str) -> list[str]:
    """What may not change, in order, but for the words in quotation marks, which are compared whole."""
    return [match.group() for match in _KEPT.finditer(_LIGHT.sub("", VERBATIM.sub("\u3000", text)))]


def _numbers(text: str) -> list[object]:
    return [(number.value, number.unit, number.marks) for number in numbers(plain(text))]


def _people(text: str) -> list[str]:
    return [text[each.start : each.end] for each in personal(text)]


def _bare(text: str) -> str:
    """The words of a text in their order, without stops and what only joins."""
    return re.sub(r"\W+", "", _LIGHT.sub("", plain(text)))


def _first(one: Sequence[object], two: Sequence[object]) -> str:
    """The first of `one` and of `two` that differ, as far as there are any."""
    at = next((n for n, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))
    return "、".join(str(each)[:40] for each in (*one[at : at + 1], *two[at : at + 1]))


def _basis(old: Sentence) -> Basis:
    """The sentence and its sources but for the clauses: what the measure asks for is no fact of an applicant."""
    own = (f"{source.label}\n{source.quote}" for source in old.sources if source.kind not in ("clause", "fixed"))
    return Basis((), (old.text, *own))


def _said(sentence: DraftSentence, base: Basis, as_of: date) -> Iterator[Complaint]:
    """What the checks of worded answers find, each on the words alone."""
    yield from quoted(sentence, base)
    yield from figures(sentence, base, "")
    yield from when(sentence, base, as_of=as_of)
    yield from version(sentence, base, as_of=as_of)
    yield from names(sentence, base, {})
    yield from roles(sentence, base, {})
    for check in (modals, denials, claims, mixed, crossed, paired, ordered, turned, equated):
        yield from check(sentence, base)
    yield from listed(sentence, base, {})
    yield from replaced(sentence, base, {})
    yield from supported(sentence, base, (), _SAID)
