"""Whether the words of a sentence stand in the clauses it cites, by characters and by meaning."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from assistant.agent.schema import Complaint, DraftSentence, Handed
from assistant.agent.verification.dates import STATE
from assistant.agent.verification.numbers import numbers
from assistant.agent.verification.silence import SILENT
from assistant.agent.verification.text import Basis, basis, grams, nearest, parts, plain, stretches
from ingest.embeddings import Vectors

Embed = Callable[[Sequence[str]], Vectors]

COVERED = 0.8
"""The least share of the characters of a part that its clauses have; see tests/test_verify_support.py."""
NOVEL = 2
"""Characters in a row that no clause has, from which a part says something of its own."""
CLEAR = 0.95
"""The share from which the meaning is not asked for."""
ASKED = 3
"""Sentences of a draft that are embedded, which takes some 5 ms each."""
ALIKE = 0.6
"""The least cosine between a doubtful sentence and the nearest sentence of its clauses."""
BETTER = 0.22
"""By how much more another handed clause has of a sentence than all those it cites, for these to be wrong."""

_PLAIN_WORDS = re.compile(
    "也就是说|承担|递送|送交|送到|送达|上交|收到|拿到|做出|选定|形成|归属|划分|区分|档次|种类|类别|类型|以下|以上|如下|下列|前者|后者|两者|二者|本身|自身|原则|目标|宗旨|意思|含义|定义|概念|"
    "范围|对象|涵盖|机会|可能|一般|首先|回答|问题|截至|截止|到期|起始|开始|启动|继续|维持|保持|资格|身份|数额|额度|金额|总额|上限|下限|占比|目前|现在|今天|当前|此后|其后|最后一天|是的|不是|必须|"
    "当天|当日|当时|比例|申报单位|申请单位|不少于|之日起|也就是|写的是|意味着|所在地|指的是|本办法|目的是|"
    "相当于|该办法|贵单位|一共|一年|一并|一次|一起|上报|不会|不再|不可|不得|不必|不是|不用|"
    "不能|不过|两次|严格|为了|为此|主体|主要|义务|之内|之前|之后|也可|也应|予以|事项|交给|"
    "什么|仍可|仍须|从而|他们|以内|以前|以及|以后|任务|会被|但是|作出|使得|例如|依据|依照|"
    "做好|做法|共有|关于|其中|其他|其余|其它|其次|具体|内容|写明|出现|分为|分别|分工|分成|"
    "最少|保证(?!金|人)|讲究|同样|再次|最终|简单|当然|其实|实际|总的来说|简言之|换句话说|具体而言|如何|哪些|哪个|哪里|按规定|事先|事后|完毕|后续|阶段|整体|凭借|"
    "另行|交由|经由|该项|该条|上述|前述|如此|因而|于是|直至|过后|随之|各项|几项|几个|这里|那里|举例|换言之|即是|便是|称为|叫做|简称|用来|用于|来自|出自|本(?=区)|切实|列明|前提|办好|办完|办法|办理|包含|包括|协助|单位|即可|参加|及时|发生|取得|变化|"
    "另外|可以|可否|各自|同时|后果|因此|围绕|均应|均须|坚持|处理|外地|多久|多少|如期|如果|"
    "存在|它们|完成|对于|对此|将会|将被|就会|届时|属于|工作|帮助|并且|并非|应当|应该|开展|"
    "当地|得到|必须|怎么|总共|您的|情况|情形|情节|或者|所以|所说|手续|才会|才可|才能|报到|"
    "报给|报送|指出|按时|按期|按照|接着|提交|提供|提到|改变|方可|方式|方法|方面|无需|无须|"
    "日常|日期|时间|时限|明确|是否|是指|最低|最后|最多|最高|有关|期限|本地|材料|条件|"
    "条文|条款|来说|标准|根据|此外|此时|步骤|每年|比如|没有|注明|流程|涉及|渠道|满足|然后|"
    "环节|由于|的是|的话|目的|相关|相应|确定|程序|符合|等于|等次|等级|算作|结束|结果|给予|"
    "而且|而是|而言|职责|能否|能够|自己|至少|获得|表明|要求|规则|规定|譬如|计算|认真|说明|"
    "负责|责任|起算|超过|达到|还应|还需|还须|这个|这些|这样|这种|这项|进行|连同|适用|递交|"
    "途径|遵守|遵循|遵照|那么|那些|部分|针对|随后|需要|顺序|首先|先|每|计|"
    "[的了没是在由向把将对和与或及并也还又则就才都均被给为以从到至于后前内起时如若因且而但所其该此各这那等做会有共即让使再另之者个上下中里完好要须需应可能得您不已仍只仅谁几哪经按用交报年月日零一二三四五六七八九十百千万亿两半]"
)
"""Words that say nothing of a measure; what they may turn round (不, 可, 应, 都) is looked at by other checks."""
_LIGHT = frozenset(
    "来去看家归算它外面步权负必找管着过呢吗吧啊很更最较受做拿搞得便即曾尚单审处样点走号位段层方说讲称叫问答知见指写列载"
    "记次类种条款项件间期头尾边侧旁当真实正反同异相互彼此何某每凡亦皆若止起由吃住行务各自身本人事物东西并连带含括止例像似"
    "跟随照依据靠凭拟已未勿莫非否无没别多少大小长短高低快慢新旧好坏对错难易轻重早晚迟延续停止留存"
)
"""Single characters beside known words that say nothing by themselves."""
_SKIPPED = re.compile(
    r"第\(?[\d一二三四五六七八九十百千零〇]+\)?(?:章|节|条|款|项|目)(?:之[\d一二三四五六七八九十])?|\(?[一二三四五六七八九十\d]+\)|第[一二三四五六七八九十]步|[^\u3400-\u9fff]"
)


def unseen(part: str, source: str, aliases: Mapping[str, Sequence[str]]) -> tuple[float, str]:
    """The share (0..1) of what a plain part says that `source` has too, and the longest run of what it has not."""
    have, state = grams(source), [""] * len(part)
    for at in range(len(part) - 1):
        if part[at : at + 2] in have:
            state[at] = state[at + 1] = "+"
    near = nearest(part, stretches(source)) if aliases else ""
    for said, terms in aliases.items():
        if said in part and any(term in near for term in terms):
            for m in re.finditer(re.escape(said), part):
                state[m.start() : m.end()] = "+" * len(said)
    for number in numbers(part):
        for m in re.finditer(re.escape(number.words), part):
            state[m.start() : m.end()] = "." * len(m[0])
    for pattern in (_SKIPPED, _PLAIN_WORDS):
        for m in pattern.finditer(part):
            for at in range(*m.span()):
                state[at] = state[at] or "."
    for m in re.finditer("-+", "".join(mark or "-" for mark in state)):
        first, last = part[m.start()], part[m.end() - 1]
        if len(m[0]) == 2 and re.search(f"{first}[\u4e00-\u9fff]{{1,2}}{last}", source):  # 军车 of 军用车辆
            state[m.start() : m.end()] = "++"
    marks = "".join(mark or "-" for mark in state)
    runs = [part[m.start() : m.end()] for m in re.finditer("-+", marks)]
    said = marks.replace(".", "")
    return (said.count("+") / len(said) if said else 1.0), max(runs, key=len, default="")


def supported(
    sentence: DraftSentence,
    base: Basis,
    handed: Sequence[Handed],
    aliases: Mapping[str, Sequence[str]],
) -> Iterator[Complaint]:
    """Parts of a sentence whose words no cited clause has, and keys that another should stand for."""
    text, place = plain(sentence.text), sentence.text[:80]
    silent = False
    for part in parts(text):
        if part in base.pieces:
            continue
        if SILENT.search(part):
            silent = True
            continue
        found, novel = unseen(STATE.sub("", part), base.known, aliases)
        if (
            len(novel) >= NOVEL
            or (novel and novel not in base.known and novel not in _LIGHT)
            or (found < COVERED and len(part) >= 4)
        ):
            yield Complaint(
                "unsupported", place, f"所引条款没有说“{part[:40]}”" + (f":没有“{novel}”。" if novel else "。")
            )
            return
        if (deed := _bare_duty(part)) and deed not in base.text:
            yield Complaint("unsupported", place, f"所引条款没有说“{part[:40]}”。")
    if not silent:
        yield from _keys(sentence, base, handed, aliases, text)


def meant(
    pairs: Sequence[tuple[DraftSentence, Basis]], aliases: Mapping[str, Sequence[str]], embed: Embed
) -> Iterator[Complaint]:
    """Of the sentences not wholly in the words of their clauses, the `ASKED` least so, where the meaning is another."""
    told = [(unseen(text := plain(given.text), base.known, aliases)[0], text, given, base) for given, base in pairs]
    asked = sorted((row for row in told if row[0] < CLEAR and not SILENT.search(row[1])), key=lambda row: row[0])[
        :ASKED
    ]
    sources = [nearest(text, base.stretches) for _, text, _, base in asked]
    vectors = (
        embed([text for row, source in zip(asked, sources, strict=True) for text in (row[1], source)]) if asked else ()
    )
    for place, ((_, _, given, _), source) in enumerate(zip(asked, sources, strict=True)):
        if float(vectors[2 * place] @ vectors[2 * place + 1]) < ALIKE:
            says = f"这句话与所引条款说的不是一件事;最接近的是“{source[:60]}”。"
            yield Complaint("unsupported", given.text[:80], says)


def _bare_duty(part: str) -> str:
    """The verb of a part that says nothing but a duty (应当说明); "" for any other."""
    m = re.fullmatch(r"(?:也|均|都|还|则|就)?(?:应当|应该|应|必须|须|不得|不能)(?P<deed>[\u3400-\u9fff]{2,4})", part)
    return m["deed"] if m else ""


def _keys(
    sentence: DraftSentence, base: Basis, handed: Sequence[Handed], aliases: Mapping[str, Sequence[str]], text: str
) -> Iterator[Complaint]:
    """Keys that lend a sentence nothing, and another one that has more of it."""
    own = unseen(text, base.text, aliases)[0]
    told = grams(text)
    for given in handed:
        one = basis(DraftSentence("", (given.key,)), (given,))
        if given.key in sentence.keys:
            if len(base.cited) > 1 and len(told & grams(one.text)) < 2:
                yield Complaint("key", sentence.text[:80], f"{given.key}({given.clause.label})与这句话无关。")
        elif unseen(text, one.text, aliases)[0] >= own + BETTER:
            yield Complaint("key", sentence.text[:80], f"这句话的依据应是{given.key}({given.clause.label})。")
            return
