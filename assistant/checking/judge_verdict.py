"""What follows from a model's reading: the model reads, Python decides.

`met` needs, for every aspect, words that search found to speak for it, that the model quoted verbatim, that stand in a
file without instructions or hidden words, and that nothing else speaks against. `unmet` and `missing` never come from
a model. A rule that a model contradicts with a quote becomes `unclear`.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.checking.judge_reply import Reading
from assistant.checking.support import Support
from assistant.conditions.schema import Condition
from assistant.materials.statements import statement
from assistant.reports.schema import Exhibit, Finding
from assistant.reports.words import VERDICTS, source

_NEGATION = re.compile(
    r"没有|没能|尚|暂[未无缺]|(?<![前以从来])未(?!来)|从未|并无|均无|缺乏|缺少|无(?!人机|线|纸|缝|损|尘|锡|形|论|偿|忧|障碍|菌|源)"
    r"|不(?:具备|具有|存在|再|设|提供|开展|涉及|足|能|予|满足|符合)|终止|解除|停止|撤销|取消|失效|到期"
)
_WORDS = 30  # characters of a quote in a reason


def decided(
    condition: Condition,
    finding: Finding,
    supports: Sequence[Support],
    read: Sequence[Reading],
    *,
    says_met: bool,
    suspect: frozenset[str],
) -> Finding:
    """The finding after a model has read the evidence; `says_met` is the model's own conclusion."""
    if finding.decided_by == "rule":
        return _beside_rule(finding, read)
    if finding.verdict != "unclear":
        return finding
    held = [_holds(support, reading, suspect) for support, reading in zip(supports, read, strict=True)]
    last = condition.human.rstrip("。") or "是否符合由初审人员核定"
    if condition.aspects and says_met and all(held):
        cited = [each.exhibit for each in read if each.exhibit]
        evidence = tuple(dict.fromkeys((*cited, *finding.evidence)))
        told = ";".join(f"{each.aspect}有{_quoted(each)}" for each in read)
        reason = f"模型阅读材料,每个方面都读到具体依据,引文已逐字核对:{told};{last}。"
        return replace(finding, verdict="met", reason=reason, decided_by="llm", evidence=evidence)
    parts = [*_against(supports), *_read(supports, read, held)]
    return replace(finding, reason=f"{';'.join(parts)};{last}。", decided_by="llm")


def _holds(support: Support, read: Reading, suspect: frozenset[str]) -> bool:
    """Whether the support of an aspect was read, quoted, and is beyond doubt."""
    return (
        read.says == "yes"
        and read.own
        and not read.invented
        and read.exhibit is not None
        and read.exhibit.sha256 not in suspect
        and not (support.planned or support.near or support.adverse or support.denied)
        and not any(_doubtful(each.quote) for each in support.shown)
    )


def _doubtful(words: str) -> bool:
    """Whether words may say that something is not there; more is taken for a denial here than search does, because a
    person looks at what is not called met."""
    return bool(_NEGATION.search(words)) and not statement(words).clear


def _beside_rule(finding: Finding, read: Sequence[Reading]) -> Finding:
    """A rule's finding, unless words that were quoted contradict it."""
    if finding.verdict == "met":
        against = [each for each in read if each.says == "no" and each.exhibit and not each.invented]
    elif finding.verdict == "unmet" and read and all(each.says == "yes" and each.own for each in read):
        against = list(read)
    else:
        return finding
    if not against:
        return finding
    told = "、".join(f"{each.aspect}({_quoted(each)})" for each in against)
    view = "没有得到说明" if finding.verdict == "met" else "有依据"
    reason = (
        f"规则核对为{VERDICTS[finding.verdict]}:{finding.reason.rstrip('。')};模型阅读认为{view}:{told};"
        "两者不一致,由初审人员核定。"
    )
    evidence = tuple(dict.fromkeys((*finding.evidence, *_exhibits(against))))
    return replace(finding, verdict="unclear", reason=reason, decided_by="llm", evidence=evidence)


def _against(supports: Sequence[Support]) -> list[str]:
    adverse = [(each.aspect, each.adverse[0]) for each in supports if each.adverse]
    denied = [(each.aspect, each.denied[0]) for each in supports if each.denied and not each.adverse]
    return [f"{aspect}有不利记载({_words(one)}),需核实" for aspect, one in adverse] + [
        f"{aspect}有材料写明没有({_words(one)})" for aspect, one in denied
    ]


def _read(supports: Sequence[Support], read: Sequence[Reading], held: Sequence[bool]) -> list[str]:
    """What the model read of each aspect, those of one kind together."""
    told: dict[str, list[str]] = {}
    for support, each, sure in zip(supports, read, held, strict=True):
        if sure:
            what = "模型读到具体依据"
        elif not support.shown:
            what = "未见材料"
        elif each.invented:
            what = "模型引用的文字与材料对不上,不予采用"
        elif each.says == "yes" and each.exhibit:
            what = "模型读到依据,但只见计划、出处存疑或另有相反记载"
        elif each.says in ("yes", "partly"):
            what = "模型认为只说明了一部分"
        elif each.says == "no":
            what = "模型认为摘录没有说明"
        else:
            what = "模型没有回答"
        told.setdefault(what, []).append(f"{each.aspect}({_quoted(each)})" if sure else each.aspect)
    return [f"{'、'.join(aspects)}{what}" for what, aspects in told.items()]


def _exhibits(read: Iterable[Reading]) -> list[Exhibit]:
    return [each.exhibit for each in read if each.exhibit]


def _quoted(read: Reading) -> str:
    return f"{source(read.exhibit)}“{_short(read.quote)}”" if read.exhibit else ""


def _words(one: Exhibit) -> str:
    return f"{source(one)}“{_short(one.quote)}”"


def _short(words: str) -> str:
    words = " ".join(words.split()).removesuffix("。")
    return words[:_WORDS] + ("……" if len(words) > _WORDS else "")
