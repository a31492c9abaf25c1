"""服务能力说明: what an applicant says and shows about 第七条(二) to (七), section by section."""

from collections.abc import Iterable, Mapping

from evals.samples.applicants import Applicant, day, money
from evals.samples.document import Block, Document, Grid, Heading, Text, Title

_HEADER = "服务能力说明"

_PLANS = (
    "完善服务网点，配强区（市）驻点人员，缩短响应时间。",
    "每季度召开一次服务对象座谈会，收集意见建议，限期整改。",
    "健全考核激励办法，把服务对象满意度作为主要考核指标。",
)

Section = tuple[str, tuple[str | Grid, ...]]
"""A heading, and paragraphs or tables; {name}, {industry} and {count} (people) stand for the applicant's."""

SECTIONS: Mapping[str, Section] = {
    "7.2": (
        "专业基础与服务团队",
        (
            "⟦7.2:专业基础|{name}长期从事{industry}产业数字化研究与服务，通过软件能力成熟度三级和信息安全管理体系认证⟧，"
            "建有设备互联、工艺仿真、数据治理三个实验室，形成了从诊断咨询、方案设计到实施交付的完整业务链条。",
            "⟦7.2:服务团队|现有专职服务人员{count}人，设诊断咨询、平台研发、实施交付、培训推广四个小组⟧，"
            "骨干成员均有五年以上制造业信息化项目经验。",
            "⟦7.2:环境|设有独立的研发办公场地、体验中心和40个机柜的机房⟧，能够同时开展三场现场诊断和一场百人规模的培训。",
        ),
    ),
    "7.3": (
        "数字化转型服务能力",
        (
            "针对{industry}企业多品种、小批量、订单波动大的特点，⟦7.3|建立了“诊断—方案—实施—评估”四步服务流程，"
            "累计为46家企业出具数字化诊断报告，制定个性化解决方案21份⟧。每份方案经企业、专家和实施方三方会审后执行。",
            "⟦7.3|对每家服务企业指派专职顾问，按月回访、按季评估，跟踪指导企业分阶段完成数字化改造⟧，"
            "已有14家企业完成车间级改造，设备联网率平均提高52个百分点。",
            "服务过程形成诊断底稿、访谈记录、方案评审意见、阶段验收单等成套资料，逐户归档。各服务环节的内容和交付成果如下表。",
            Grid(
                (
                    ("服务环节", "主要内容", "交付成果", "平均周期"),
                    ("现场诊断", "设备、流程、数据、组织四个维度评估", "数字化诊断报告", "10个工作日"),
                    ("方案设计", "改造目标、技术路线、投资估算、实施计划", "数字化改造方案", "20个工作日"),
                    ("实施辅导", "选型、部署、联调、试运行", "阶段验收记录", "3至6个月"),
                    ("效果评估", "效率、质量、成本指标对比", "评估报告", "每季度"),
                ),
                (1.1, 3, 1.7, 1.3),
                head=1,
            ),
        ),
    ),
    "7.4": (
        "产业带动能力",
        (
            "⟦7.4|建设并运营{industry}产业工业互联网平台，向链上127家中小企业免费开放设备接入、看板和低代码开发工具⟧，"
            "平台接入设备8600余台。",
            "⟦7.4|工程化实验室和中试线面向产业链供应链企业开放共享，每年提供不少于60个工作日的试验机时⟧。",
            "⟦7.4|近两年举办数字化转型专业培训28场，培训企业管理和技术人员1900余人次⟧，设立服务热线提供技术支持。",
        ),
    ),
    "7.5": (
        "技术攻关能力",
        (
            "⟦7.5|围绕老旧设备数据采集、工艺参数自优化等行业共性难题开展技术攻关，突破关键技术7项，获授权发明专利9件⟧。",
            "⟦7.5|牵头承担市级以上科技攻关项目3项，解决了注塑、钣金等传统工序改造中的异构协议互通问题⟧，"
            "并在共享生产、按需定制等新模式培育中得到应用。",
        ),
    ),
    "7.6": (
        "智库支撑服务能力",
        (
            "⟦7.6|组建由12名行业专家组成的智库小组，提供行业咨询、战略规划和转型实施路径设计服务⟧，"
            "编制《{industry}产业数字化转型实施指南》。",
            "⟦7.6|建立转型风险评估模型和生产线数字孪生仿真试验环境，为9个改造项目提供投资前的风险评估与仿真验证⟧，"
            "并协助园区开展产业组织管理促进工作。",
        ),
    ),
    "7.7": (
        "产学研用合作与资源整合能力",
        (
            "⟦7.7|与两所高校、三家科研院所签订产学研用合作协议，共建联合实验室2个⟧，每年联合培养研究生15名。",
            "⟦7.7|近三年转化创新成果11项，形成可复制推广的产品4个，实现技术服务收入3180万元⟧，"
            "并与银行、设备商、软件商组成服务联盟，以市场化方式共同服务企业。",
        ),
    ),
}


def abilities(
    applicant: Applicant, conditions: Iterable[str], *, extra: Mapping[str, Section] | None = None
) -> Document:
    """The paper with a section for each of `conditions` (7.2 to 7.7), in that order; `extra` replaces sections."""
    sections = {**SECTIONS, **(extra or {})}
    values = {"name": applicant.name, "industry": applicant.industry, "count": str(len(applicant.people))}
    blocks: list[Block] = [
        Title(f"{applicant.name}\n服务能力说明", 17),
        Heading("单位概况"),
        Text(
            f"{applicant.name}成立于{day(applicant.established)}，注册地址为{applicant.address}，"
            f"法定代表人{applicant.legal_representative}，注册资本（开办资金）{money(applicant.capital)}。"
        ),
        Text(f"业务范围：{applicant.scope}"),
    ]
    for condition in conditions:
        heading, parts = sections[condition]
        blocks.append(Heading(heading))
        blocks += [part if isinstance(part, Grid) else Text(part.format(**values)) for part in parts]
    blocks += [Heading("下一步工作计划"), *(Text(words, numbered=True) for words in _PLANS)]
    return Document(tuple(blocks), header=_HEADER)
