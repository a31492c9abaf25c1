"""What the words of a material amount to: something done, a plan, a denial, praise of oneself, the clause's own words.

The patterns are of the language of applications, not of any measure.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ingest.normalize import fold

_PARTS = re.compile(r"[^,，。；;!！?？\n\t]+[,，。；;!！?？\n\t]*")
_PRAISE = re.compile(
    r"(?:具有|具备|拥有|有着|形成了?|建有|有)(?:了|较|很|非常|十分|一定|相当)?"
    r"(?:强大?|高|好|良好|雄厚|丰富|扎实|坚实|完善|完备|健全|先进|一流|领先|优秀|优越|突出|充足|广泛|深厚|专业|成熟|的)"
    r"[^,，。；;\n]*|(?:实力|力量|经验|基础|技术|水平|能力|经费|环境|团队|条件|资源)(?:较为?|十分|非常|很|相当)?"
    r"(?:雄厚|丰富|扎实|先进|充足|突出|一流|领先|过硬|优良|完善|优秀|较强|强大)|能够?为[^,，。；;\n]*(?:优质|全方位|一流|满意)[^,，。；;\n]*"
)
COUNTED = re.compile(
    r"[0-9０-９]|[一二两三四五六七八九十百千万亿]+(?:个|家|项|名|人|件|所|次|场|间|套|台|年|级|亩|栋|层|元|平)"
)
_DONE = (
    r"(?:设立|设置|设有|建立|建成|建设|开展|签订|签署|签|取得|获得|获批|形成|配备|组建|制定|制订|投入|落实|提供|实施|购置|列支|编制|安排|申请"
    r"|拥有|承担|参与|推送|共享|开放|报送|提交|核算|组织|合作|培训|能)"
)
_DENIAL = re.compile(
    r"没有(?!办法|先例|现成|中断|间断|停过|出现|发生)|尚未|尚无|暂无|暂未|暂缺|从未|未曾|并无|均无|不具备|不具有|不设|不开展|缺乏|缺少|无需|不涉及|不提供"
    r"|从来[没不]|暂时(?:没|不能|无法)|尚不(?:具|掌握|能|拥有)|没(?=[同与跟和向对搞做办开建签投配](?!法))"
    rf"|未(?={_DONE})"
    rf"|未(?=(?:[与同和跟向对在为就给按将把从]|单独|另行|实际|专门|独立)[^,，。；;\n的]{{0,14}}{_DONE})"
    r"|无(?=专项|专职|专门|专业|相关|此类|该|固定|独立|自有|自主|授权|专利|软件|产学研|合作|场地|实验|研发|团队|平台|案例|培训|项目)"
)
_FOR_THOSE = re.compile(r"(?:针对|面向|帮助|指导|协助|支持|服务|[为给对向])[^,，。；;]{0,4}$")
_WHO = re.compile(
    r"[^,，。；;]{0,14}的(?:人员|员工|企业|单位|项目|客户|学员|部门)(?:不得|须|应|一律|不予|不[得能计]|按|扣|由)"
)
# Their absence is good.
_WANTED_ABSENT = re.compile(
    r"违法|违规|违纪|处罚|失信|不良|虚假|遗漏|逾期|纠纷|诉讼|泄|事故|异常|侵权|投诉|欠|抵押|查封|污染|伪造|隐瞒|黑名单"
)
_ABSENT_VALUE = re.compile(r"(?:\t|[:：])\s*(?:无|没有|暂无|尚无|/|-+|—+|0|零)\s*$")
_NONE = re.compile(
    r"未(?:被)?(?:列入|发现|受|查询到|发生|曾)|(?<!\d)0\s*条|(?:无|没有|不存在)[^,，。;；\n]{0,16}(?:记录|行为|处罚|失信|事故)"
)
_ENDS = ",，。;；.!！ "
_PLAN = re.compile(
    r"拟(?=于|在|建|设|投|购|引|组|开|与|申|新|增|定|用|采)|(?<!按)(?<!年度)计划(?=于|在|投|建|设|购|引|组|开|安排|到|今|明|新|增|通过|\d{1,4}\s*(?:年|个?月))"
    r"|(?:^|[,，院司校会位心业们]|还|均|也|即|并|年度?|月|后|未来|今后|下一步)将(?=于|在|会|要|继续|进一步|逐步|建|设|投|开展|组|购|引|不断|按|与|为|向|面向|提供|完善|加大|打造|形成|推|成立)"
    r"|预计|力争|筹建|筹备|争取(?=在|于|到|年|建|实)|未来[一二三两0-9]年|有望|正在(?:申请|申报|筹|规划|洽谈)|待(?=建|定|完善|补充)|另行补充"
)
_PLANNED_HEADING = re.compile(r"下一步|工作计划|工作打算|未来规划|发展规划|发展目标|建设规划|实施计划$|工作安排|展望")
_ADVERSE = re.compile(
    r"(?<![未没有不无])(?<!未被)列入[^,，。;；\n]{0,14}(?:名单|名录)"
    r"|(?<![未无])(?:罚款|罚没|没收)[^,，。;；\n]{0,8}(?:[\d一二三四五六七八九十百千万.]{1,12}\s*元|违法所得)"
    r"|被[^,，。;；\n]{0,24}(?:罚款|处罚|查处|责令改正|吊销|通报批评|立案)|(?:已|被)(?:列入|纳入|处以|处罚|吊销|责令|立案|起诉|通报|撤销)|存在[^,，。;；\n]{0,12}(?:违法|违规|失信|不良|处罚)"
    r"|(?:处罚|失信|违法|违规|异常|黑名单|不良)[^\d\n]{0,12}[\t:：][^\d\n]{0,6}[1-9]\d*\s*(?:条|次|项|起)|受到[^,，。;；\n]{0,16}(?:处罚|处分)"
)
_GRAM = 5  # characters


@dataclass(frozen=True, slots=True)
class Statement:
    """`told` is what a sentence says without praise and denials; `denied` are the parts that say that something is not
    there; `praise` the parts that only assert. `planned`: it speaks of the future; `adverse`: something bad is there
    (列入失信名单); `clear`: something bad is not (行政处罚:无)."""

    told: str
    denied: str
    praise: str
    planned: bool
    adverse: bool
    clear: bool


def statement(words: str, *, heading: str = "", absence: Iterable[re.Pattern[str]] = ()) -> Statement:
    """What `words` under `heading` say. `absence` are patterns for which words of absence (未列入) speak."""
    told, denied, praise = [], [], []
    spared = tuple(absence)
    for part in _PARTS.findall(words):
        if _denies(part, spared):
            denied.append(part)
        elif _PRAISE.search(part) and not COUNTED.search(part):
            praise.append(part)
        else:
            told.append(part)
    if _ABSENT_VALUE.search(words) and "".join(told).count("\t") == 1 and not _spared(words, spared):
        told, denied = [], [words]
    planned = bool(_PLAN.search("".join(told)) or _PLANNED_HEADING.search(heading))
    clear = bool(_WANTED_ABSENT.search(words) and (_ABSENT_VALUE.search(words.rstrip(_ENDS)) or _NONE.search(words)))
    adverse = bool(_ADVERSE.search(words)) and not clear
    return Statement("".join(told), "".join(denied), "".join(praise), planned, adverse, clear)


def _denies(part: str, absence: tuple[re.Pattern[str], ...]) -> bool:
    found = _DENIAL.search(part)
    if found and (_WHO.match(part, found.end()) or _is_of_those(part, found)):
        return False
    return bool(found) and not _WANTED_ABSENT.search(part) and not _spared(part, absence)


def _is_of_those(part: str, found: re.Match[str]) -> bool:
    """Whether a denial is told of those who were served (为尚未上云的企业)."""
    return "的" in part[found.end() : found.end() + 18] and _FOR_THOSE.search(part[: found.start()]) is not None


def _spared(part: str, absence: tuple[re.Pattern[str], ...]) -> bool:
    denial = _DENIAL.search(part) or _ABSENT_VALUE.search(part)
    if denial is None or _WANTED_ABSENT.search(part):
        return True
    spans = [m.span() for pattern in absence for m in pattern.finditer(part)]
    return any(start < denial.end() and denial.start() < end and end - start > 1 for start, end in spans)


class Wording:
    """The words of a measure, to tell what was copied from them."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._grams = {gram for text in texts for gram in _grams(_letters(text))}

    def own(self, words: str) -> tuple[str, float]:
        """What of `words` is not the measure's, and the share of the measure's in it (0 to 1): characters that stand
        in five or more that the measure has in the same order."""
        letters = _letters(words)
        copied = [False] * len(letters)
        for at, gram in enumerate(_grams(letters)):
            if gram in self._grams:
                copied[at : at + _GRAM] = [True] * _GRAM
        own = "".join(" " if taken else letter for letter, taken in zip(letters, copied, strict=True))
        return " ".join(own.split()), sum(copied) / len(letters) if letters else 0.0


def _letters(text: str) -> str:
    return re.sub(r"[^\w%]", "", fold(text)[0])


def _grams(letters: str) -> list[str]:
    return [letters[at : at + _GRAM] for at in range(len(letters) - _GRAM + 1)]
