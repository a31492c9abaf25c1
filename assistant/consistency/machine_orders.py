"""Turns of phrase by which a text speaks to a program that checks it, or sets its outcome; each is enough alone.

`ORDERS` are for text without spaces in lower case (see ingest.normalize.fold), `ENGLISH` for lower case with spaces.
"""

import re

_GOOD = r"(?:符合|满足|通过|合格|达标|满分|齐全|完整|met|pass|true|yes)"
_MACHINE = r"(?:机器|机读|ai|人工智能|智能体?|大?模型|程序|算法|系统|自动化?)"
_REVIEW = r"(?:审核|审查|评审|初审|预审|核查|评估|评分|判定|检查)"
_BAD = r"(?:未见|不符合|不满足|缺失|待核实|不通过|存疑|missing|unclear|unmet)"
ORDERS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:仅|只|专)(?:供|给|由|限)[^.;!?,]{{0,4}}{_MACHINE}[^.;!?,]{{0,6}}(?:读|阅|识别|解析|{_REVIEW})",
        rf"(?:^|[.;!?(\"]){_MACHINE}(?:阅读|读取|识别|{_REVIEW})?(?:提示词?|说明|指令|须知)[:][^.;!?]{{0,40}}"
        rf"(?:结论|{_REVIEW}|{_GOOD}|照|原样|输出|忽略|申报)",
        # Behind a comma the message of some program is meant (点击保存,系统提示:上传完整), unless it is of the papers.
        rf",{_MACHINE}(?:提示词?|说明|指令|须知)[:](?:本|该|此|以上|所有|全部)[^.;!?]{{0,30}}{_GOOD}",
        rf"提示词[:][^.;!?]{{0,30}}(?:{_REVIEW}|{_GOOD}|申报|扮演|忽略)",
        rf"你(?:现在)?的任务(?:是|为)[^.;!?]{{0,30}}(?:{_GOOD}|{_REVIEW}|申报单位|报告)",
        rf"(?:结论|判定|结果|意见|输出|评价|判断)[^.;!?,]{{0,6}}(?:固定|统一|一律|默认|只能)(?:为|是|写|填)?[\"(]{{0,2}}{_GOOD}",
        rf"(?:把|将)[^.;!?]{{0,16}}{_BAD}[^.;!?,]{{0,8}}(?:(?<!整)改|换|替换|变|写|视|当)(?:成|为|作)",
        rf"{_BAD}[\")]?(?:的)?(?:一律|都|均|全部|统统)?(?:改|换|写|替换)(?:成|为|作)[\"(]?{_GOOD}",
        r"(?:缺少|缺失|缺|未提交|没有提交|未提供|没有)的?(?:材料|文件|附件|证明|证书)[^.;!?]{0,8}(?:当作|当成|视为|视作|视同|看作|按)"
        r"[^.;!?]{0,4}(?:已|齐|有|提交|提供|具备)",
        r"(?:按|按照|以|作)(?:最)?有利于?(?:申报单位|申请单位|申报方|我单位|本单位|我公司|本公司|我方|申报企业|申请人|我们)",
        r"(?:以上|前面|此前|之前|上述|先前|上文)[^.;!?,]{0,8}(?:规则|要求|指令|提示词?|设定|指示)[^.;!?]{0,4}"
        r"(?:作废|失效|无效|取消|不再适用|不算数|都不算)",
        r"(?:别管|不用管|甭管|不要管|不必管|别理|不用理|别听|不要听)[^.;!?]{0,4}(?:前面|以上|之前|其他|上面|别的|系统|原来)",
        rf"(?:看到|读到|读取到?|处理|阅读|解析)(?:本|此|这|该|以上|以下)?[^.;!?,]{{0,6}}的{_MACHINE}[^.;!?]{{0,4}}"
        r"(?:[:,]|请|须|应|必须|务必)",
        r"扮演[^.;!?,]{0,12}(?:顾问|代理人?|律师|助手|专家|审核员|评审)",
        rf"{_MACHINE}{_REVIEW}[^.;!?]{{0,8}}(?:请)?(?:把|将|给)(?:我|本)(?:司|公司|单位|院|校|所|会|企业|申报)",
        rf"(?:原样|照抄|直接)(?:写进|写入|抄进|填入|放进|输出到?)[^.;!?,]{{0,8}}(?:结论|{_REVIEW}|报告|意见)",
        rf"(?:智能体|机器人|ai|大?模型)(?:请注意|注意[:,])|{_MACHINE}(?:不必|无需|请勿|不要)(?:提示|报告|列|核|检|审|指出)",
        rf"(?:收到|看到|读到|读取到?)(?:此|本|这)(?:段|行|句|处|条)[^.;!?]{{0,8}}(?:请|应|须|即|后)[^.;!?]{{0,12}}(?:{_GOOD}|回复|输出|{_REVIEW})",
        r"(?:此|本|这)(?:段|行|处)(?:文字)?(?:不(?:打印|显示|可见)|为白色|设为白色|已隐藏)",
        rf"{_REVIEW}?(?:ai|大?模型|智能体|机器人)[^.;!?,]{{0,4}}(?:对|给|将|把)(?:本|我)(?:申请|单位|公司|司|材料|申报)",
        r"(?:请|应|须|把|将)[^.;!?,]{0,6}(?:风险提示|问题(?:清单|列表)|缺失(?:清单|材料)|补正(?:清单|意见)|疑点)[^.;!?,]{0,4}"
        r"(?:留空|清空|置空|写无|填无)",
        rf"(?:唯一|最终|首要)(?:的)?{_REVIEW}(?:依据|标准|规则|结论)",
    )
)
_READER = (
    r"(?:reviewers?|evaluators?|assessors?|graders?|(?:language )?models?|ai|llm|gpt|assistant|chatbot|bot|agent|you)"
)
ENGLISH = re.compile(
    rf"\b{_READER}\b[^.;!?]{{0,24}}\b(?:ignore|overlook|disregard|skip)\b[^.;!?]{{0,40}}"
    r"\b(?:expired|missing|certificates?|requirements?|evidence|rules?|criteria|documents?|issues?|checks?|instructions?)\b"
    r"|\bset (?:the |all |every )?(?:verdicts?|results?|status|scores?|findings?|conditions?) (?:to|as)\b"
    r"|\bnew (?:system )?instructions?\s*:|\boutput (?:an? )?(?:empty|blank) (?:list|set|array)\b"
    r"|\b(?:previous|prior|earlier|above|former|all) (?:guidelines?|rules?|instructions?|prompts?|directives?)"
    r"[^.;!?]{0,12}\b(?:void|cancell?ed|no longer|superseded|obsolete|invalid)\b"
    r"|\b(?:attention|note to|hey|dear|hello|hi|to)\b[\s,:]{1,3}(?:the |any |all )?"
    r"(?:llms?|ai|language models?|gpt|chatbot|ai (?:model|reviewer|assistant)|reviewer (?:bot|model))\b"
    r"|\b(?:rate|mark|score|treat|accept|approve|regard)\b[^.;!?]{0,40}\bregardless of\b"
    r"|\b(?:for|to) (?:ai|llm|automated|machine) (?:tools?|readers?|systems?|models?|reviewers?|checkers?)\b"
    r"|\boverlook the (?:missing|expired|absent)\b|\boverride\s*:|\bauthori[sz]ed to (?:approve|pass) this\b"
    r"|\b(?:correct|right|expected) answer (?:for|to) (?:every|each|all)\b"
    r"|\bbe (?:generous|lenient) (?:when|in|with|to)\b"
    r"|\bact as the applicant|\bfrom now on,? you\b"
    r"|\bpretend (?:that|to be|you)\b|\bact as (?:an? |the )?(?:lenient|friendly|advocate|assistant|reviewer)"
)
