"""Whether a worded reason says what the template's sentence says, no more and no less.

All that the sentence says is still there, word for word and in its order, but for what only joins; numbers, articles,
quotations, verdicts, ××, 【待核实】, denials, duties, plans, and how sure or how much stand as often as before. What
came is held against the sentence and its sources by the checks that worded answers pass.
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
_LIGHT = re.compile("其中|同时|以及|并且|因此|据此|上述|[的了其该并且经为是在和与及也而则于]")
"""Words that join others and may come, go or change."""
_SAID = {"申报材料": ("材料",), "据": ("核定", "核对", "材料")}
"""What may be said of a sentence that has such a word."""
_DROPPED = re.compile("理由|情况")  # names of what a sentence is, which it may leave out: 核定理由


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
    told, at = _LIGHT.sub("", "".join(_words(text))), 0
    for words in (piece for part in _words(old.text) for piece in _LIGHT.split(part)):
        found = told.find(words, at)
        if found < 0:
            yield f"漏了“{words[:20]}”,或者它的次序变了。"
            return
        at = found + len(words)


def _kept(text: str) -> list[str]:
    """What may not change, in order, but for the words in quotation marks, which are compared whole."""
    return [match.group() for match in _KEPT.finditer(_DROPPED.sub("", VERBATIM.sub("\u3000", text)))]


def _numbers(text: str) -> list[object]:
    return [(number.value, number.unit, number.marks) for number in numbers(plain(text))]


def _people(text: str) -> list[str]:
    return [text[each.start : each.end] for each in personal(text)]


def _words(text: str) -> list[str]:
    """The words of a text between its stops, without the name of what it is."""
    return re.split(r"\W+", _DROPPED.sub("", plain(text)))


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
