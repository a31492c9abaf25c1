"""Instructions to whoever reads or checks a package by machine: they are reported, never followed.

An applicant may ask people for support (请予以支持, 请予批准) and claim to fulfil conditions (我单位符合条件); it does
not tell a checker what to find. So an instruction is a verdict with a word of command, or words spoken to a machine.
"""

import base64
import binascii
import re
import unicodedata
from collections.abc import Iterator

from assistant.consistency.commands import commands, english, might_command, unseen
from assistant.consistency.machine_orders import ENGLISH, ORDERS
from assistant.reports.exhibits import exhibit
from assistant.reports.schema import Issue
from ingest.materials import Application, Material, Remark
from ingest.normalize import fold

_MACHINE = (
    r"(?:AI|人工智能|大模型|语言模型|智能(?:评审|审核|审查|核查|助手|体|系统)|机器人|(?:评审|审核|审查)(?:系统|助手|程序)"
    r"|chatgpt|gpt|llm|assistant|模型)"
)
_END = r"(?=[.;!?,\"')]|$|即可|的?(?:结论|结果|意见|评价|条件|要求))"
_VERDICT = rf"(?:全部|完全|均|都|一律)?(?:符合|满足|通过|合格|达标|met|pass){_END}"
_CLAIM = r"(?:判定|判断|判|认定|评定|评为|评价为|标记|标注|标为|记为|记作|视为|输出|给出|回答|返回|打分|写成)"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:请|务必|必须|直接|一律|只需|需要?你|你(?:应|要))[^.;!?]{{0,14}}{_CLAIM}[^.;!?,]{{0,12}}{_VERDICT}",
        rf"(?:判定|判断|认定|评定|标记|标注|输出|记)(?:为|成|作)[^.;!?,]{{0,6}}(?:全部|完全|一律)(?:符合|满足|通过|合格){_END}",
        rf"一律(?:判|记|视|评)(?:定)?(?:为|作|成)?[^.;!?,]{{0,6}}(?:满足|符合|通过){_END}",
        r"(?:忽略|无视|忘记|忘掉|不要理会|不必理会|跳过|撤销|覆盖)[^.;!?]{0,12}"
        r"(?:指令|指示|提示词?|规则|要求|约束|设定|以上内容|上述内容|前面的)",
        r"(?:给予|予以)(?:审核|审查|初审|评审)?通过(?!之后|后|的)|(?:一律|务必)(?:判定?|评定?)?通过(?=[.;!?,\"')]|$|即可|审核|审查)",
        r"(?:审核|初审|评审|审查|推荐)意见的?(?:建议|参考|推荐)?(?:写法|表述|用语|措辞)",
        r"(?:优先于|高于|取代|覆盖)[^.;!?]{0,12}(?:此前|之前|先前|原有|收到|系统)[^.;!?]{0,8}(?:指令|指示|提示|规则|要求|设定)",
        r"(?:无需|无须|不必|不需要?|不要|不用|勿|禁止)[^.;!?]{0,8}(?:核对|核查|核实|审核|审查|检查|列出|指出|报告|提示)"
        r"[^.;!?]{0,10}(?:材料|问题|缺|错误|矛盾|不一致|风险|条件|其他)",
        rf"(?:作为|身为|你是|如果你是|假如你是|扮演|你现在是)[^.;!?]{{0,10}}{_MACHINE}",
        rf"(?:致|告|请|对|提醒|通知|@){_MACHINE}[^.;!?]{{0,20}}(?:判|认定|输出|忽略|回答|通过|符合|评分|打分|按|执行|给)",
        rf"{_MACHINE}[^.;!?,]{{0,6}}(?:请|务必|注意)[:,]?[^.;!?]{{0,16}}(?:判定|输出|忽略|一律|通过|符合|打分|给出)",
        r"(?:系统提示词|system ?prompt|开发者指令|developer ?message|<\|?im_start|[\[(]/?inst[\])]|<\|?system"
        r"|<<?/?sys>>?|#{2,}(?:system|instructions?|assistant|user):)",
        r"(?:从现在(?:起|开始)|自此|此后)[^.;!?]{0,6}你(?:的角色|的身份|的任务|就?是|将|扮演)",
        r"(?:若|如果?|当|凡|遇)(?:检测|发现|识别|核对|比对|查)?(?:到|出)?[^.;!?]{0,12}(?:问题|缺失|矛盾|不一致|缺件|出入|不符|错误)"
        r"[^.;!?]{0,8}(?:视为|视作|当作|按)(?:笔误|正常|一致|无(?!效)|没有|符合|已)",
        r"(?:本|我|该|此)(?:单位|公司|企业|院|校|所|会|申报|材料)[^.;!?]{0,8}(?:得分|评分|分数)[^.;!?]{0,4}(?:不得|不能|不应)(?:低|少)于",
        r"(?:审核|审查|初审|推荐|评审|核查|预审)(?:意见|报告|结论|结果|表)(?:栏|中|里|内|上)[^.;!?]{0,4}(?:写|填|注明|载明)[^.;!?]{0,24}"
        r"(?:符合|满足|通过|合格|同意(?:上报|推荐))",
        r"overrid(?:e|es|ing)(?:the|all|any|previous|your)*(?:rubric|scoring|instruction|prompt|system)",
        r"发现的?(?:问题|缺失|矛盾|不一致|瑕疵)[^.;!?,]{0,4}(?:不予|不作|不做|不用|不必|无需)(?:记录|记载|列出|指出|处理|体现|上报)(?!的|者)",
        r"(?:请|望|恳)[^.;!?,]{0,14}从宽",
        r"(?:ignore|disregard|forget|override)[^.;!?]{0,20}(?:previous|prior|above|all|earlier|system|preceding)"
        r"[^.;!?]{0,20}(?:instruction|prompt|rule|message|text|context|direction)",
        r"(?:you ?(?:must|should|shall|are ?to|will|need ?to)|please|always)[^.;!?]{0,20}"
        r"(?:approve|mark|pass|accept|rate|classify|output|report|return|respond|answer)[^.;!?]{0,40}"
        r"(?:applicant|condition|satisf|met|pass|approv|complian|qualif|no ?issue|as ?true)",
        r"you ?are ?(?:now ?)?(?:an?|the) ?(?:ai|assistant|language ?model|reviewer|chatbot|helpful)",
        r"as ?an? ?(?:ai|language ?model|assistant)",
        r"mark ?(?:every|all|each)[^.;!?]{0,20}(?:as)? ?(?:satisfied|met|passed|compliant)",
        r"do ?not ?(?:report|list|mention|flag|check|verify)[^.;!?]{0,30}"
        r"(?:issue|problem|missing|error|inconsisten|conflict|material|document)",
    )
)
_QUOTED = re.compile(
    r"(?:不得|严禁|禁止|防止|避免|不能|不可|不应|不予|同意|一致|决定|建议|如何|能否)[^.;,]{0,6}$"
    r"|(?:用户|操作员|员工|学员|操作人员)(?:可|可以)?[^.;,]{0,4}$"
)
_BASE64 = re.compile(r"(?<![A-Za-z0-9+/=])[A-Za-z0-9+/]{24,}={0,2}(?![A-Za-z0-9+/=])")
_PLACES: dict[str, str] = {
    "hidden_text": "不显示的文字里",
    "comment": "批注里",
    "property": "文件属性里",
    "revision": "修订内容里",
    "invisible_characters": "夹有看不见字符的文字里",
    "low_confidence": "识别把握不大的文字里",
    "seal": "印章处的文字里",
}
_SHOWN = 80
_STOPS = str.maketrans(
    {"。": ".", "、": ",", "“": '"', "”": '"', "‘": "'", "’": "'", "「": '"', "」": '"', "【": "(", "】": ")"}
)
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")


def injections(application: Application) -> tuple[Issue, ...]:
    """One issue for each page, remark and file name that holds instructions; files with equal bytes count once."""
    once = {material.sha256 or material.name: material for material in reversed(application.materials)}
    return tuple(issue for material in reversed(once.values()) for issue in _of(material))


def _of(material: Material) -> Iterator[Issue]:
    name = material.name.rsplit("/", 1)[-1]
    if found := instruction(re.sub(r"\.[A-Za-z0-9]{1,5}$", "", name)):
        yield _issue(material, "文件名里", found, None)
    for remark in material.remarks:
        found = instruction(remark.text) if remark.text else None
        if found is None and remark.kind == "hidden_text" and unseen(_quickly(remark.text)):
            found = remark.text
        if found:
            yield _issue(material, _PLACES.get(remark.kind, ""), found, remark)
    for place, page in enumerate(material.pages):
        for start, end in spans(page.text)[:3]:
            shown = exhibit(material, place, start, end)
            message = f"“{name}”的正文里有对审核程序的指令:“{_short(shown.quote)}”,没有照办,请核对。"
            yield Issue("injection", material.name, page.number, message, (shown,))
        for words in page.margins:
            if found := instruction(words):
                yield _issue(material, "页眉页脚里", found, None)


def _issue(material: Material, where: str, found: str, remark: Remark | None) -> Issue:
    name = material.name.rsplit("/", 1)[-1]
    message = f"“{name}”的{where}有对审核程序的指令:“{_short(found)}”,没有照办,请核对。"
    return Issue("injection", material.name, remark.page if remark else None, message)


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words[:_SHOWN] + ("……" if len(words) > _SHOWN else "")


def instruction(text: str) -> str | None:
    """The first sentence of `text` that instructs a checker; None for ordinary words."""
    found = spans(text)
    return text[found[0][0] : found[0][1]] if found else None


def spans(text: str) -> list[tuple[int, int]]:
    """The (start, end) of the sentences of `text` that hold an instruction, spaced out (请 判 定), full width or in
    base64; those that overlap once."""
    made: list[tuple[int, int]] = []
    for written in dict.fromkeys((text, text.replace("\n", "。"))):  # a line may end a sentence, or be a break in one
        quick = _quickly(written)
        suspect = [pattern for pattern in (*_PATTERNS, *ORDERS) if pattern.search(quick)]
        folded, places = fold(written) if suspect else ("", [])
        for pattern in suspect:
            for found in pattern.finditer(folded):
                if not _QUOTED.search(folded[max(0, found.start() - 10) : found.start()]):
                    made.append(_sentence(text, places[found.start()], places[found.end() - 1] + 1))
    made += _told(text)
    for found in _BASE64.finditer(text):
        if _decodes(found.group()):
            made.append((found.start(), found.end()))
    kept: list[tuple[int, int]] = []
    for start, end in sorted(made):
        if kept and start < kept[-1][1]:
            kept[-1] = (kept[-1][0], max(end, kept[-1][1]))
        else:
            kept.append((start, end))
    return kept


def _told(text: str) -> Iterator[tuple[int, int]]:
    """The sentences that are instructions by their parts; a cell is a sentence, a long line may go on in the next."""
    written = re.sub(r"\t|(?<=[。;；!！?？:：])\n|(?<!\S.{18})\n", "。", text)
    if might_command(_quickly(written)):
        folded, places = fold(written)
        for start, end in commands(folded):
            yield _sentence(text, places[start], places[end - 1] + 1)
    plain = "".join(map(_lower, text))
    if might_command(plain):
        for start, end in english(plain):
            yield start, end
    for found in ENGLISH.finditer(plain):
        yield _sentence(text, found.start(), found.end())


def _lower(char: str) -> str:
    small = unicodedata.normalize("NFKC", char).lower()
    return small if len(small) == 1 else char


def _quickly(text: str) -> str:
    """What `fold` makes of a text, without the places: twenty times as fast."""
    plain = unicodedata.normalize("NFKC", text).lower().translate(_STOPS)
    return "".join(_UNSEEN.sub("", plain).split())


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence around `start:end`."""
    ends = "。;；!！?？\n\t"
    while start > 0 and text[start - 1] not in ends:
        start -= 1
    while end < len(text) and text[end - 1] not in ends:
        end += 1
    return start + len(text[start:end]) - len(text[start:end].lstrip()), start + len(text[start:end].rstrip())


def _decodes(words: str) -> bool:
    """Whether base64 holds an instruction in UTF-8 or GBK."""
    try:
        data = base64.b64decode(words + "=" * (-len(words) % 4), validate=True)
    except (binascii.Error, ValueError):
        return False
    for coding in ("utf-8", "gbk"):
        try:
            told = data.decode(coding)
        except UnicodeDecodeError:
            continue
        plain = unicodedata.normalize("NFKC", told)
        if any(pattern.search(fold(plain)[0]) for pattern in _PATTERNS):
            return True
    return False
