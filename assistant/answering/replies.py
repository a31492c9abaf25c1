"""The fixed sentences: greetings, what the assistant can do, and why something is not answered."""

from assistant.answering.question import LIMIT, QuestionKind

_ABOUT = (
    "我是政策助手,一个程序,不是工作人员:我根据已收录的政策原文回答问题,每条回答都注明出自第几条并引用原话;"
    "原文没有写的,我会直接说没有规定。"
)
_USE = (
    "使用方法:在输入框里写下问题后按回车;点回答下面的条款标签可以看原文和它在全文中的位置;"
    "可以选择“依据日期”,回答下方可以复制、评价,整段对话可以导出为 Word 文档。"
    "回答只供参考,办理事项以主管部门的解释为准。"
)

FIXED: dict[QuestionKind, str] = {
    "empty": "没有看到文字问题。请用一句话写下想问的内容,例如“申报要具备哪些条件?”",
    "long": f"问题太长了,请控制在{LIMIT}字以内;如果是整份材料,请只写出您想问的那一点。",
    "foreign": "请用中文提问,例如“更名后多久要备案?”。本助手只回答已收录政策中的内容。",
    "greeting": "您好!请直接提问,例如“申报要具备哪些条件?”“更名后多久要备案?”。我会引用政策原文回答。",
    "thanks": "不客气。还有政策方面的问题,请继续提问。",
    "system": f"{_ABOUT}{_USE}",
    "injection": "我只按已收录的政策原文回答,不能更改这一做法,也不能替代审查结论。请写下您想了解的政策内容。",
}

UNSURE = "不能确定政策原文是否直接回答了这个问题,最接近的是下面所引的条款,请对照原文判断。"
NO_POLICY = "还没有收录任何政策,请联系管理员用 python -m ingest policy 添加。"


def silent(title: str, says: str, issuer: str, nearest: str) -> str:
    """The refusal for something near the matter of a policy that its text does not say."""
    shown = f"相近的条款是{nearest},供参考。" if nearest else ""
    silence = f"《{title}》没有规定这一点{f'({says})' if says else ''}。"
    return f"{silence}{shown}具体请向{issuer}或主管部门咨询。"


def outside(title: str, issuer: str) -> str:
    """The refusal for something that is not the matter of any policy here."""
    silence = f"这个问题不在《{title}》的内容之内,我没有可以引用的条文,不能回答。"
    return f"{silence}如与本办法有关,请换一种说法再问,或向{issuer}咨询。"


def no_clause(title: str, label: str, count: int, unit: str) -> str:
    """The refusal for a clause that does not exist."""
    return f"《{title}》共{count}{unit},没有{label}。"


def no_part(title: str, article: str, part: str) -> str:
    """The refusal for a 款 or 项 that an existing article does not have."""
    return f"《{title}》{article}没有{part}。"


def one_of(count: int, title: str) -> str:
    """Said when a clause was named without its text, and several texts have it."""
    return f"已收录的{count}份文件都有这一条,以下出自《{title}》;要看别的文件,请写明名称或在页面上选择。"


def other_place(place: str, title: str) -> str:
    """The refusal for another place's rules."""
    return f"这里没有收录{place}的规定,只能回答《{title}》的内容;{place}的政策请向当地主管部门咨询。"
