"""What kind of thing was typed, before anything is searched; and the fixed replies that need no search."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from bs4 import BeautifulSoup

from ingest.normalize import tidy

LIMIT = 1000  # characters; a long story around a question fits, a pasted document does not

QuestionKind = Literal["policy", "empty", "long", "foreign", "greeting", "thanks", "system", "injection"]

_GREETING = re.compile(
    r"(?:您|你|大家)?(?:好|早)(?:啊|呀|吗|哇|上好)?|(?:早上|上午|中午|下午|晚上)好|hi|hello|hey|嗨|哈喽|哈啰|喂|在(?:吗|么|不在|不)?|有人(?:吗|在吗)?|再见|拜拜|bye|88"
    r"|吃了(?:吗|么|没)"
)
_THANKS = re.compile(
    r"(?:非常|十分|太|多)?(?:谢谢|感谢|多谢|谢了|谢啦|thank ?you|thanks?|thx|辛苦了?)(?:你|您|啦|了|哈|啊)*"
    r"(?:的?(?:解答|帮助|回答|回复))?"
    r"|(?:好的?|嗯+|哦+|ok|okay|行|可以|明白了?|知道了|懂了|收到|了解了?|没问题|没事了|不用了)(?:啦|吧|哈|呀|的)?"
)
# Several in a row (您好,在吗); possessive, so that a long row of them is read once and not in every possible way.
_GREETINGS = re.compile(f"(?>{_GREETING.pattern})++")
_PLEASANTRIES = re.compile(f"(?>{_THANKS.pattern}|{_GREETING.pattern})++")
_POLITE = re.compile(r"[\s,。.!！~～?？、;；…]+")
_SYSTEM = re.compile(
    r"你(?:是|叫)(?:谁|什么|啥|机器人|人工|真人|ai|人)|(?:你|这个?(?:系统|助手|机器人|网站|页面|工具|软件))(?:都|还)?(?:能|会|可以)(?:干|做|帮我做?|提供)?(?:什么|啥|哪些)"
    r"|(?:这个?|本)?(?:系统|助手|机器人|网页|网站|页面|工具|软件|平台页面)(?:怎么|如何|咋)(?:用|使用|操作)|怎么(?:用|使用)(?:你|这个(?:系统|助手|工具|网站|页面))|^怎么用$"
    r"|(?:转|找|要|有没有|有|换)(?:一?个?)人工(?:客服|服务)?|(?:是|不是)(?:真人|人工|机器人|ai)"
    r"|(?:可以|能|能不能|怎么|如何|哪里|在哪|支持)(?:在这里?|在这儿|直接|给你)?(?:上传|导出|复制|打印)(?!.*(?:公示|名单|诊断|报告应|申报表|通知))"
    r"|(?:回答|答案|对话|聊天|记录|结果)[^,。?]{0,6}下载|下载[^,。?]{0,4}(?:回答|答案|对话|聊天|记录)"
    r"|(?:对话|聊天|聊天记录|对话记录|记录|问答)(?:能|可以|怎么|如何)?(?:保存|导出|清空|删除|下载)|(?:清空|清除|删除|导出|保存)(?:对话|聊天|记录|历史)"
    r"|你的?(?:回答|答案|依据|数据|资料)(?:准|可靠|可信|来自|从哪|哪来|靠谱|有(?:法律)?效力)|你(?:会不会|会)(?:出错|瞎编|编造|胡说|乱说)|你用的?(?:什么|啥|哪个)(?:模型|大模型)"
    r"|你(?:里面|这里|那里|这儿)?都?(?:装|收录|收集|包含|存)了?(?:哪些|什么|啥|多少)|(?:可以|能|能不能|可不可以)(?:问|查)(?:其他|别的|哪些|什么)"
    r"|(?:怎么|如何|在哪(?:里|儿)?|咋)(?:换|选|改|设置|调)(?:一?个)?(?:依据)?(?:日期|时间)"
    r"|我问的(?:问题|内容)(?:会|会不会)?(?:被)?(?:保存|记录|泄露)"
)
_INJECTION = re.compile(
    r"(?:忽略|无视|忘记|忘掉|跳过|不要管|别管|抛开)(?:掉|了)?(?:以上|之前|前面|上面|所有|你的|一切|全部|先前|此前|原来)?.{0,8}(?:规则|指令|指示|设定|提示词?)"
    r"|(?:忽略|无视|忘记|忘掉|不要管|别管|抛开)(?:掉|了)?(?:以上|之前|前面|上面|所有|你的|一切|全部|先前|此前|原来).{0,8}(?:限制|要求|提示|约束|条款|内容|对话)"
    r"|(?:system|系统)\s*(?:prompt|提示词?|指令)|提示词|(?:ignore|disregard|forget).{0,30}(?:instruction|rule|prompt|above|previous)"
    r"|(?:你现在是|从现在起你是|假装(?:你|自己)|扮演|角色扮演|开发者模式|越狱|jailbreak|dan模式)"
    r"|(?:直接|只要?|就)(?:回答|回复|输出|说|判定为?)[\"“']?(?:符合|通过|同意|合格|是|可以)[\"”']?(?:就行|即可)?[。.!]*$"
    r"|(?:不要|别|不用|无需)(?:引用|给出?|提供)(?:依据|条款|来源)"
)
_NUMBERED = re.compile(r"\d+\s*[(.]\s*\d+|\b(?:article|clause|art\.?)\s*\d")
_CHINESE = re.compile(r"[㐀-鿿]")


@dataclass(frozen=True, slots=True)
class Question:
    """`text` is the question without markup and control characters, as typed otherwise."""

    kind: QuestionKind
    text: str


def read_question(raw: str) -> Question:
    """What was typed. HTML tags are dropped and their text kept; nothing is ever run or interpreted."""
    if len(raw) > LIMIT:
        return Question("long", "")
    text = _plain(raw)
    folded = tidy(text)
    bare = _POLITE.sub("", folded)
    if not any(unicodedata.category(c)[0] in "LN" for c in bare):
        return Question("empty", text)
    if _INJECTION.search(folded):
        return Question("injection", text)
    if _GREETINGS.fullmatch(bare):
        return Question("greeting", text)
    if _PLEASANTRIES.fullmatch(bare):
        return Question("thanks", text)
    if not _CHINESE.search(folded) and not _NUMBERED.search(folded):
        return Question("foreign", text)
    if _SYSTEM.search(bare):
        return Question("system", text)
    return Question("policy", text)


def _plain(raw: str) -> str:
    text = "".join(c for c in raw if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    if re.search(r"<[a-zA-Z/!]", text):
        page = BeautifulSoup(text, "lxml")
        for code in page(["script", "style"]):
            code.decompose()
        text = page.get_text(" ")
    return " ".join(text.split())
