"""Sentences that tell a checker what to find, told by their parts: who is spoken to, what is asked, what comes out.

No part alone is suspicious: 审核人员 is a word of rules, 请 of every letter, 判定为合格 of quality control. An
instruction has a wish, an outcome of checking (or checking that is to be left undone), and speaks to a checker or of
the application; or it says that it is for machines to read.
"""

import re
from collections.abc import Iterator

_GOOD = (
    r"(?:符合|满足|通过|合格|达标|满分|最高分|高分|优秀|优等|一等|合规|具备|没有?问题|(?:无|未发现|未见)(?:任何)?(?:问题|异常|风险|缺失|缺项|矛盾|意见)|推荐|已(?:提供|提交|具备"
    r"|盖章|签署|签字|核|附|有)|有效|齐全|完整|齐备|met|pass|satisf\w{0,5}|yes|true|ok)"
)
_ALL = r"(?:[\"'(]|全部|完全|均|都|一律|已|基本|项|各项|为|是|成|作|:|=|,?即|“){0,4}"
_MAKE = (
    r"(?:判定|判断|判作|判为|定为|认定|认作|视(?:同|作|为)|看作|当作|标记|标注|记录|默认|填写|填成|写成|写明|注明|勾选|勾成|打勾|选择|选成|点击|点选|评定|评价|评为"
    r"|[判填写勾选打给标记评算列置改设](?=[为成作上到个予\"'(]|全部|满分|高分|最高)|填|给出|给个|算作|归为|列为|处理成|设为|置为|改为|调整|输出|返回|回复|回答|应答|显示|生成|写入|得出"
    r"|形成|出具"
    r"|概括|总结|归纳|摘要|描述|表述|结论|结果|意见)"
)
_GAP = r"(?:(?!不|未|是否|没|非|或)[^.;!?,]){0,10}"
_MADE = (
    rf"(?:按|按照|以){_ALL}(?:有|已有|{_GOOD})(?:条件|要求)?[\"']?(?:的?(?:结论|结果|口径|标准|情形|方式)?)?(?:来)?"
    r"(?:处理|填|办|对待|计|登记|上报|录入|记|出|掌握|把握|认定|写|通过|算)"
    rf"|{_MAKE}(?:上|下|为|成|作|个|予|到|了)?{_GAP}(?:{_GOOD}|[\"(](?:是|√|有)[\")])"
    r"|(?:全部|都|直接|一律|统统|均)(?:给|予以|让|放)?(?:过|通过|放行|打勾|打√)(?:了|吧|即可|就行|处理)?"
)
_OUTCOME = re.compile(_MADE)
_CHECKING = (
    r"(?:核对|核查|核验|核实|审核|审查|复核|检查|验证|查验|比对|细看|深究|追究|追问|过问|较真|提示|列出|指出|报告|标注|标记|质疑|提及|写出|告警|报(?!名|销|价|送)|退回|补正|扣分|展开"
    r"|现场)"
)
_LEAVE = (
    r"(?:不要|不必|不用|不需要?|无需|无须|毋须|勿|别(?!的)|不再|可不|可以不|免(?:于|去|予)|略过|跳过|忽略|省略|绕过|停止|放弃"
    r"|免了)"
)
_FAULTS = r"(?:问题|缺失|矛盾|不一致|缺件|缺项|瑕疵|出入|差异|不足|不符|疑点|错误|风险|冲突)"
_LEFT = re.compile(
    rf"{_LEAVE}(?!人工)(?:(?!通过)[^.;!?,]){{0,10}}{_CHECKING}"
    rf"|{_LEAVE}[^.;!?,]{{0,10}}{_FAULTS}|{_FAULTS}[^.;!?,]{{0,6}}(?:不要|不必|不用|无需|无须|勿|别|忽略|略过"
    rf"|不予)[^.;!?,]{{0,4}}(?:核|列|报|提|写|说|标|指|理|管|追|扣|即可)"
    rf"|{_LEAVE}(?:再)?(?:另外|单独)?看(?:了|附件|材料|后面|其他|其余)|{_LEAVE}第?\d{{1,3}}[^.;!?,]{{0,5}}页"
)
_NEVER = re.compile(
    r"(?:不得|不要|不能|不可|禁止|勿|别)[^.;!?,]{0,10}(?:判|认定|标|记|填|写|给出|输出|出现)[^.;!?,]{0,8}(?:不符合|不满足|不通过|不合格|缺失|未见|未签"
    r"|待核实|存疑|unmet|unclear|missing|fail)|(?:勿|不要|不得|不可|不能)(?:再)?(?:改判|推翻|更改(?:结论|判定))"
)
_WISH = re.compile(
    r"请(?!示|求书)|烦|务必|务请|麻烦|拜托|劳驾|恳|希望|望(?=贵|各|您|审|评|能|予|按|在|将|把)|直接|一律|统一(?!社会|规划|部署|思想)|应(?!用|急|对|收|付|税|届|变|链|市场|力"
    r"|答)|须(?!知)|必须|需(?=要|将|按|把)"
    r"|只需|只要|就行|即可|就可以|好吗|吧$|帮[我忙]|关照|通融|不要|勿|无需|无须|不必|不用|跳过|忽略|略过|ensure|please|must|should|shall|instruction|指令"
    r"|为准|照此|令其|你(?:的任务|应|要|需|必须|现在)"
)
_SLANT = re.compile(
    r"(?:突出|强调|只(?:写|说|提|列|讲|保留))[^.;!?]{0,10}(?:优势|优点|亮点|成绩|长处)|(?:略去|隐去|淡化|不提|回避|省去|弱化)[^.;!?]{0,10}(?:不足|缺点|问题"
    r"|缺失|短板)"
)
_FOR_MACHINES = re.compile(
    r"(?:本|此|这|该|以下|下列|上述)(?:段|行|页|句|节|部分|内容|文字|文件|文档|附件|材料|说明|备注)[^.;!?]{0,12}(?:供|由|给|面向|用于|为)[^.;!?,]{0,8}"
    r"(?:机器|ai|模型|智能|自动|系统|程序|算法)[^.;!?,]{0,6}(?:读|阅|识别|解析|核查|审核|审查|预审|评审|参考)"
    r"|(?:给|致|对|写给)(?:ai|大?模型|机器|人工智能|程序)的?(?:话|说明|提示|备注|信|指令)"
    r"|(?:结论|判定)字段|(?:issues|verdicts?|findings|missing_materials)[^a-z]{0,3}(?:置|设|固定|留|为|写|一律|统一)"
)
_COPIED = re.compile(r"(?:照抄|照填|照写|照搬|抄到|复制到|粘贴到)[^.;!?]{0,12}(?:结论|意见|报告|审核|初审)")
_IGNORED = re.compile(r"忽略|无视|不(?:要|必|用)(?:理会|考虑|相信|采信|在意|管)")
_MACHINE = (
    r"(?:(?<![a-z])ai(?![a-z])|ai(?=工具|系统|助手|模型|审|评|预|程序|智能|阅|读|自动)|人工智能(?=系统|助手|模型|工具|审|评|程序)|大模型|语言模型|智能体|机器人|gpt"
    r"|llm|chatbot|assistant|(?:审核|评审|审查|预审|核查|初审|阅读|识别|解析|审阅|智能|机)(?:模型|程序|系统|工具|助手|软件|算法|引擎|机器人|平台|智能体|agent)"
    r"|(?:自动|智能)(?:审核|评审|审查|预审|核查|初审)(?:程序|系统|工具)?|自动化(?:工具|程序|系统|审核|评审|核查)|机审|你的任务|你(?:看|读|收)到|你(?:是|要|应|需|必须|现在)"
    r"|(?:若|如果?|当|假如)(?:系统|程序|机器|模型)(?:检测|发现|识别|判断|遇|提示|报)|(?:阅读|处理|解析|读取|看到|读到)(?:本|此|这|该)(?:文件|文档|材料|申报|段|处|句|行|里"
    r"|页))"
)
_READER = re.compile(
    rf"{_MACHINE}|(?:审核|评审|初审|预审|审查|核查|评估|复核|审阅|阅卷|受理|评议|经办|把关)(?:组)?(?:人员|老师|员(?!工)|专家|同志|领导|组|者|方|时|环节|单位|工作人员"
    rf"|的(?:老师|同志|专家|领导))"
    r"|评委|阅读者|贵单位(?:工作人员|审核|经办|初审)|各位(?:老师|专家|领导)|(?:老师|专家|领导|主任|科长|处长)(?:们)?(?:您|你|好|[:,])|(?:审核|评审|初审|预审|审查|核查"
    r"|复核)(?:报告|意见|结论|表|单|结果)|(?:结论|审核|初审)栏|贵(?:局|委|处|科|部门|中心)"
)
_HEARD_BY_MACHINE = re.compile(_MACHINE)
_SPEAKS = re.compile(
    rf"^[^.;!?]{{0,16}}(?:{_READER.pattern})[^.;!?]{{0,6}}(?:您好|你好|:|,|$)|^(?:致|给|敬告|提醒|通知"
    rf"|to)[^.;!?]{{0,16}}(?:{_READER.pattern})"
)
_SYSTEM = re.compile(
    r"^[\W_]{0,4}(?:新的?|最新的?|重要|附加)?(?:系统(?:提示|消息|指令|说明|通知)|(?:审核|评审|审查|机审|核查|处理)(?:提示|指令|说明|备注|须知|注意)|ai(?:提示|指令"
    r"|须知)|指令|prompt|system|instructions?|note ?to ?(?:ai|reviewer|system|assistant"
    r"|model)\w{0,3})[\W_]{0,3}[:)\]】.]"
)
_SUBJECT = re.compile(
    r"(?:本|我|该|此|这)(?:单位|公司|企业|司|院|校|会|所|社|们|家|方|份|申报|申请|材料|文件|文档|表|包|中心|机构)|申报(?:单位|材料|条件|包|书|主体)|第?七条"
    r"|第[一二三四五六七八九十]项|[(][一二三四五六七八九十][)]项?|(?:各|每|全部|所有|十|上述|以下|前述)(?:项|条|个)?(?:条件|条款|要求|指标|材料)|各项|逐项|每一?项|认定条件"
    r"|7[.]\d"
)
_RULED = re.compile(
    r"(?<!\")是否|或者?不|不得(?=给予|予以|通过|作|出)|合格(?:或|、|和|与|/)不合格|符合(?:或|、|和|与|/)不符合|通过(?:或|、|和|与|/)不通过"
    r"|(?<![判定认标记为作成])不(?:合格|符合|通过)(?:的|者|品|项|时)|(?:合格|通过|达标|满足|符合)(?:后|方|者|的(?!结论|结果|意见)|率|证|线|之后|时|才|以后)"
    r"|同意通过|一致(?:认为|同意)|经(?:专家)?(?:审核|评审|审查|鉴定|验收)[,组]?|员工|操作工|学员|考生|供应商|检验员|质检|承包|乙方|甲方"
)
_EN_READER = (
    r"\b(?:reviewers?|evaluators?|assessors?|examiners?|auditors?|screeners?|(?:language |ai )?models?|ai|llm"
    r"|assistant|chatbot|bot|agent|screening tool|automated (?:checks?|review|screening)|system|your (?:summary"
    r"|report|review|answer|response|output|assessment|findings)|when (?:generating|processing|summari[sz]ing"
    r"|reviewing|reading|evaluating|checking|parsing))\b"
)
_EN_SUBJECT = (
    r"\b(?:(?:this|our|the) (?:applica\w{2,5}|submission|package|company|document|file|institute|university|centre"
    r"|center|firm)|(?:all|every|each|any)(?: of)?(?: the)? (?:\w+ )?(?:condition|criteri\w{1,2}|item|requirement"
    r"|article|check|material|document)s?|conditions?|criteri(?:a|on)|requirements|article 7|missing)\b"
)
_EN_GOOD = (
    r"\b(?:satisf\w{3,5}|fulfill?(?:ed|s)?|met|meets?|pass(?:ed|es)?|approv\w{2,4}|complian(?:t|ce)|qualif\w{2,5}"
    r"|eligible|full marks|highest|maximum|top score|verified|complete|no (?:further )?(?:issues?|problems?|errors?"
    r"|conflicts?|missing|inconsisten\w{2,4})|yes|true|empty|signed|fully)\b"
)
_EN_MAKE = (
    r"\b(?:mark|rate|score|approve|accept|treat|consider|regard|deem|conclude|set|record|classif\w|grade|return"
    r"|output|respond|reply|answer|assign|give|grant|state|say|report|confirm|declare|assume|write|recommend|list"
    r"|leave)\b"
)
_EN_WISH = (
    r"\b(?:please|kindly|must|should|shall|always|only|simply|just|ensure|make sure|need to|have to|instructed to"
    r"|required to|do not|don't|never|instructions?|note to|attention|important|if you are)\b"
)
_EN_LEFT = (
    r"\b(?:do not|don't|never|should not|must not|need not|without|skip|ignore|omit|bypass|disregard"
    r"|no need to)\b[^.;!?]{0,24}\b(?:flag|report|raise|mention|list|check|verif\w{1,8}|question|reject|checks"
    r"|issues?|problems?|missing|errors?|instructions?|inconsisten\w{2,4}|review)\b"
)
_ENGLISH = (
    rf"{_EN_WISH}[^.;!?]{{0,60}}{_EN_MAKE}[^.;!?]{{0,50}}{_EN_GOOD}",
    rf"{_EN_READER}[^.;!?]{{0,60}}{_EN_MAKE}[^.;!?]{{0,50}}{_EN_GOOD}",
    _EN_LEFT,
)
_EN_ORDER = re.compile("|".join(_ENGLISH))
_EN_SAYS = re.compile(
    rf"{_EN_MAKE}[^.;!?]{{0,50}}{_EN_GOOD}|all (?:the )?(?:conditions|requirements|items|criteria|checks) (?:are"
    rf"|were|have(?: been)?) (?:satisfied|met|fulfilled|passed)"
)
_EN_SPEAKS = re.compile(
    rf"^\W{{0,4}}(?:to|dear|note to|attention|for|hi|hello)\b[^.;!?]{{0,30}}{_EN_READER}|^\W{{0,4}}(?:assistant"
    rf"|system)\W{{0,2}}:"
)
_EN_ANY = re.compile(f"{_EN_READER}|{_EN_SUBJECT}")
_VALUES = re.compile(
    r"[\"']role[\"'] ?: ?[\"'](?:system|assistant|user)[\"']|(?:all|every|each) (?:findings?|verdicts?|conditions?"
    r"|items?) must be (?:met|satisfied|passed)|"
    r"verdict[^a-z.]{1,6}(?:met|pass|approved|true|yes|符合|满足|通过)|(?:condition|clause|article|条件"
    r"|第?七条?)[\w]{0,8}[\"']? ?=+ ?[\"']?(?:met|pass|true|yes|符合|满足|通过)"
)
_WINDOW = 60  # characters that an instruction takes
_HEARS = 3  # sentences after a greeting that are spoken to the same reader


def might_command(text: str) -> bool:
    """Whether a text, in lower case, is worth a closer look."""
    return any(
        part.search(text)
        for part in (_OUTCOME, _LEFT, _FOR_MACHINES, _COPIED, _NEVER, _SLANT, _IGNORED, _EN_ORDER, _EN_SAYS, _VALUES)
    )


_ASKS = re.compile(
    r"请(?!示|求)|务必|切勿|勿|不要|不必|无需|一律|应(?:视|判|认|给|予|输|当)|须"
    r"|please|must|should|ignore|disregard|overlook|override|approve|generous|lenient|actas|answerfor|forai|reviewer"
    r"|assistant|languagemodel|instruction|pretend|condition|verdict"
)
_TEMPLATE = re.compile(r"填写|输入|单击|点击|插入|粘贴|打印|参见|参阅|联系|样本|模板|clickortap")


def unseen(quick: str) -> bool:
    """Whether words that no reader sees, without spaces and in lower case, ask for something or claim an outcome: there
    they speak to a machine alone. Notes that a template left behind do not."""
    if _TEMPLATE.search(quick) and not _READER.search(quick):
        return False
    claimed = _SUBJECT.search(quick) and re.search(_GOOD, quick)
    spoken = any(part.search(quick) for part in (_OUTCOME, _LEFT, _NEVER, _SLANT, _COPIED, _FOR_MACHINES, _ASKS))
    return spoken or bool(claimed)


def commands(folded: str) -> Iterator[tuple[int, int]]:
    """The (start, end) of sentences of `folded` (see ingest.normalize.fold; line ends and cells end sentences) that
    tell a checker what to find."""
    hears = 0
    for sentence in re.finditer(r"[^.;!?]+(?:(?<=\d)\.(?=\d)[^.;!?]+)*", folded):
        words = sentence.group()
        spoken = bool(_READER.search(words))
        system = _SYSTEM.search(words)
        if _SPEAKS.search(words) or system:
            hears = _HEARS
        if _is_command(words, heard=spoken or hears > 0, system=bool(system)):
            yield sentence.start(), sentence.end()
        hears -= hears > 0


def english(text: str) -> Iterator[tuple[int, int]]:
    """The (start, end) of English sentences of `text`, which is in lower case, that tell a checker what to find, and of
    verdicts written for a machine (verdict=met)."""
    hears = 0
    for sentence in re.finditer(r"[^.;!?\n\t。；！？]+", text):
        words = sentence.group()
        hears = _HEARS if _EN_SPEAKS.search(words) else max(0, hears - 1)
        order = _EN_ORDER.search(words) or (hears and _EN_SAYS.search(words))
        if _VALUES.search(words) or (order and (hears or _EN_ANY.search(words))):
            yield sentence.start(), sentence.end()


def _is_command(words: str, *, heard: bool, system: bool) -> bool:
    if _FOR_MACHINES.search(words) or (heard and _COPIED.search(words)):
        return True
    if _NEVER.search(words) and (heard or _SUBJECT.search(words)):
        return True
    if _SLANT.search(words) and _HEARD_BY_MACHINE.search(words) and _WISH.search(words):
        return True
    if _IGNORED.search(words) and heard and _WISH.search(words) and _SUBJECT.search(words):
        return True
    made, left = _OUTCOME.search(words), _LEFT.search(words)
    if _RULED.search(words) or not (made or left):
        return False
    at = min(found.start() for found in (made, left) if found)
    around = words[max(0, at - _WINDOW) : at + _WINDOW]
    greets = _SPEAKS.search(words) is not None
    wish = system or bool(_WISH.search(around)) or (greets and re.search("把|将", around) is not None)
    subject = bool(_SUBJECT.search(around))
    if made:
        return wish and (heard or subject)
    return (heard and subject) or (heard and wish)
