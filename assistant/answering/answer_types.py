"""What kind of value a question asks for, and whether a sentence holds such a value.

A question for an amount, a number of days, a date, a score, a count, a person or a phone number can only be answered by
a sentence that has one; otherwise the measure is silent and the answer says so (design, flow 1 ③).
"""

import re
from dataclasses import dataclass, replace
from typing import Literal

from ingest.normalize import tidy

ValueKind = Literal[
    "amount",
    "duration",
    "date",
    "frequency",
    "score",
    "count",
    "grades",
    "person",
    "name",
    "contact",
    "place",
    "share",
    "form",
]

_N = r"[0-9零〇一二两三四五六七八九十百千万亿.,几数]+"


@dataclass(frozen=True, slots=True)
class AnswerType:
    """`asks` recognises the question, `holds` a text with such a value; `name` is for the refusal.

    `strict` kinds (金额, 联系方式) hardly ever stand in a clause by chance, so that their absence means silence.
    """

    kind: ValueKind
    name: str
    asks: re.Pattern[str]
    holds: re.Pattern[str]
    strict: bool = False


_TYPES = (
    AnswerType(
        "contact",
        "联系方式或网址",
        re.compile(
            r"(?:电话|联系方式|手机号?|热线|传真|邮箱|e-?mail|邮编|网址|官网|链接|公众号|微信群?|qq群?)(?:号码?|地址)?"
            r"(?:是|多少|有|呢|吗|发|给|在|怎么|$|[??,。])|(?:怎么|如何|咋)联系|联系谁|打(?:哪个|什么|啥)电话"
        ),
        re.compile(r"\d{3,4}-\d{7,8}|1[3-9]\d{9}|\d{8}|@|https?:|www\."),
    ),
    AnswerType(
        "amount",
        "金额",
        re.compile(
            r"多少(?:钱|元|万|块|资金|补贴|补助|奖金|奖励|费用|经费)|(?:补贴|补助|奖金|奖励|资助|扶持资金|费用|经费|资金|资本|营收|收入|投入|产值|罚款|保证金|押金)(?:[^,。?]{0,6})(?:多少|几何|几万|几百万|多大|多高|上限|标准|额度)"
            r"|几(?:万|百万|千万|亿|块)(?:元|钱)?|(?:给|发|补|奖|罚|收|交)(?:多少|几)(?:钱|万|元)?$"
            r"|(?:要不要|需不需要|需要|用不用|要)(?:交|缴|收|付|花)?(?:费|钱)|收费|交费|缴费|免费吗|[\u4e00-\u9fff]费(?:用)?的?(?:标准|是多少|多少|怎么收)|(?:有|能拿|能领|拿到|领)(?:没有|什么|啥|多少|哪些)?(?:补贴|补助|奖金|奖励资金|资金支持|资金奖励|资助)"
        ),
        re.compile(rf"{_N}(?:余|多)?(?:万|亿|千|百)?元|{_N}%|收费|免费|缴纳"),
    ),
    AnswerType(
        "duration",
        "期限",
        re.compile(
            r"多少(?:个)?(?:工作日|天|日|周|个?月|年)|几(?:个)?(?:工作日|天|日|周|个?月|年)(?!一次|评|考|开展)|多久(?!.{0,6}(?:一次|一回|评|考核|开展))|多长时间(?!.{0,4}一次)|期限|时限|几年有效|有效(?:期|多)(?:多长|多久|几年)"
        ),
        re.compile(
            r"(?<!\d)(?:\d{1,3}|[一二两三四五六七八九十]+)个?(?:工作日|日内|天|周|月内|个月|年(?!度|[一二三四]季))|有效期"
        ),
    ),
    AnswerType(
        "frequency",
        "频次",
        re.compile(
            r"(?:多久|多长时间|几年|几个?月|多少年)[^,。?]{0,8}(?:一次|一回|评|考核|开展|认定)|(?:一年|每年)(?:几|多少)(?:次|回)|频率|频次|周期"
        ),
        re.compile(r"每(?:半?年|季度|月|两年|三年|周)|一年[一两二三]次|定期|动态"),
    ),
    AnswerType(
        "score",
        "分数或评分标准",
        re.compile(r"多少分|几分|评分(?:标准|细则|表|办法)|打分(?:标准|表|细则)|分值|权重|及格线|分数线|满分"),
        re.compile(rf"{_N}分(?!级|等|别|类)|权重|分值"),
    ),
    AnswerType(
        "share",
        "比例",
        re.compile(r"百分之几|多少比例|占比|比例(?:是|要|为|达)?多少|几成|通过率|百分比"),
        re.compile(rf"{_N}%|百分之|{_N}成"),
    ),
    AnswerType(
        "count",
        "数量",
        re.compile(
            r"(?<![那这])(?:多少|几)(?:个(?!例|方面|问题)|家|人|名|位|份|次|所|处|套|批|轮|本|台|件|章)|名额|人数|家数|数量(?:是|有|要)?多少"
        ),
        re.compile(
            rf"(?:至少|不少于|不超过|共|连续)?{_N}(?:个|家|人|名|位|项|份|次|所|处|套|批|轮|档|级)|\([一二三四]\)"
        ),
    ),
    AnswerType(
        "person",
        "人员姓名",
        re.compile(
            r"(?:负责人|联系人|主任|局长|处长|科长|领导|经办人|成员|专家)(?:都|具体)?(?:是|有|叫|包括)?(?:谁(?:$|[??呀啊])|哪些人|哪几位|什么名字|名字)|谁(?:是|当|担任)(?:主任|局长|处长|负责人)|姓名|名单上(?:有|都)"
        ),
        re.compile(r"(?!x)x"),  # no measure names a person
    ),
    AnswerType(
        "name",
        "名称或名单",
        re.compile(
            r"叫什么(?!.*办法)|什么名字|(?:具体)?(?:是|有)哪[一几]?家|哪(?:几|些)家|(?:都)?有谁(?:$|[??,。])|都是谁|名单(?:里|上|中)?(?:有|都|是)(?:谁|哪|什么)|花落谁家"
        ),
        re.compile(r"(?!x)x"),
    ),
    AnswerType(
        "form",
        "尺寸、样式或格式",
        re.compile(
            r"尺寸|材质|(?:什么|啥)(?:颜色|样式|样子的|格式|字体|规格|尺寸|材料做)|多(?:大|重|高|宽|厚)(?:$|[??的])|几号字|a4|装订"
        ),
        re.compile(r"尺寸|材质|格式|装订|毫米|厘米"),
        strict=True,
    ),
    AnswerType(
        "date",
        "日期",
        re.compile(
            r"几月几[号日]|几[号日](?!楼)|哪[一]?(?:天|年|月|日)|什么(?:时候|时间|日期|日子)|啥时候?|何时|截止(?:日期|时间|到)?|哪天|时间(?:表|节点|安排)|deadline|日期"
        ),
        re.compile(r"\d{4}年|\d{1,2}月\d{1,2}日"),
    ),
    AnswerType(
        "place",
        "地址",
        re.compile(
            r"(?:地址|地点|几楼|哪个窗口|哪个大厅|什么地方|在哪(?:里|儿)?(?:交|办|受理|提交|递交|办公)|(?:去|到|往)(?:哪里|哪儿|哪)(?:交|办|提交|递交|报))"
        ),
        re.compile(r"(?:路|街|大厦|大厅|楼|室|窗口)\d*号?"),
    ),
)


_UNIT = re.compile(
    r"(?:多少|几)(?P<unit>个(?:工作日|档|等级|等次|月)?|家|人|名|位|项|条|份|次|所|处|套|批|轮|台|件|种|类|点|步|章|档|级)"
)


def asked(question: str) -> tuple[AnswerType, ...]:
    """The kinds of value that `question` asks for; usually one or none. A count is held only in the unit asked for."""
    text = tidy(question)
    found = [t for t in _TYPES if t.asks.search(text)]
    if (unit := _UNIT.search(text)) and unit["unit"] in "家人名位份套批轮台件":
        holds = re.compile(rf"{_N}{unit['unit']}")
        found = [replace(t, holds=holds, strict=True) if t.kind == "count" else t for t in found]
    return tuple(found)
