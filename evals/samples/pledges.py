"""Papers in which an applicant binds itself: 管理制度, 数据安全与保密制度, 真实性承诺书."""

from datetime import date

from evals.samples.applicants import Applicant, day
from evals.samples.document import Block, Document, Grid, Heading, Seal, Signing, Text, Title

_RECORD = "⟦7.10|近三年未发生重大安全、质量、环境污染事故和严重违法失信行为⟧。"


def security(applicant: Applicant, *, sharing: bool = True, secrecy: bool = True, dated: date) -> Document:
    """数据安全与商业秘密保护制度, with or without what 第七条(八) asks: `sharing` with the city's platform and
    reports to the authorities, `secrecy` towards the clients."""
    blocks: list[Block] = [
        Title("数据安全与商业秘密保护制度"),
        Text(f"（{applicant.name}，自{day(dated)}起施行）", align="center", indent=False),
        Heading("总则"),
        Text(
            "为规范赋能服务过程中的数据处理活动，保障数据安全，依据《中华人民共和国数据安全法》等法律法规制定本制度。"
        ),
        Text("数据安全工作由法定代表人负总责，设数据安全管理员两名，各项目组设兼职安全员。"),
        Heading("数据分类分级与保护"),
        Text("数据按敏感程度分为公开、内部、秘密三级，分别采取相应的存储、传输和访问控制措施。", numbered=True),
        Text("重要数据加密存储，异地备份，访问留痕，日志保存不少于六个月。", numbered=True),
        Text("每半年开展一次安全检查和应急演练，发生数据安全事件的，两小时内报告主管部门。", numbered=True),
    ]
    if sharing:
        blocks += [
            Heading("数据共享与报送"),
            Text("⟦7.8:数据共享|在青岛市开展赋能服务过程中产生归集的数据，按规定与青岛市公共数据服务平台开放共享⟧，"
                 "共享前完成脱敏处理。"),
            Text("⟦7.8:诊断报告|按要求每年向市发展改革委（市新旧动能办）和行业主管部门提供行业诊断咨询报告⟧。"),
        ]  # fmt: skip
    if secrecy:
        blocks += [
            Heading("商业秘密保护"),
            Text(
                "⟦7.8:保密|对赋能企业的商业秘密履行保密义务，与接触商业秘密的全体人员签订保密协议⟧，保密期限不少于五年。"
            ),
            Text("项目结束后三十日内返还或者销毁企业提供的资料，违反规定的，依法承担赔偿责任。"),
        ]
    blocks += [
        Heading("附则"),
        Text("本制度由综合管理部负责解释。"),
        Signing((f"{applicant.name}（盖章）", day(dated)), Seal(applicant.name)),
    ]
    return Document(tuple(blocks), header=applicant.name)


def management(applicant: Applicant, *, dated: date) -> Document:
    """管理制度、服务流程与收费标准."""
    prices = (
        ("服务项目", "收费标准", "说明"),
        ("数字化初步诊断", "免费", "公益服务，每家企业一次"),
        ("公开培训", "免费", "每月一期"),
        ("深度诊断与改造方案", "2万元起", "低于市场平均价格30%"),
        ("平台接入", "首年免费", "次年起按设备数量收取"),
    )
    blocks = (
        Title("管理制度、服务流程与收费标准"),
        Text(f"（{applicant.name}，自{day(dated)}起施行）", align="center", indent=False),
        Heading("运行管理"),
        Text("赋能中心实行主任负责制，下设诊断咨询部、平台研发部、实施交付部和综合管理部。", numbered=True),
        Text("建立项目立项、实施、验收、回访全过程台账，每年编制运行报告。", numbered=True),
        Heading("服务流程"),
        Text("受理登记：收到企业需求后两个工作日内联系。", numbered=True),
        Text("现场诊断：五个工作日内进场，出具数字化诊断书。", numbered=True),
        Text("方案与实施：⟦7.3|组织专家制定方案并与企业确认，按月跟踪指导⟧。", numbered=True),
        Heading("收费标准"),
        Grid(prices, (1.6, 1.1, 2.2), head=1),
        Text("收费标准在服务场所和网站公示，接受企业监督。"),
    )
    return Document(blocks, header=applicant.name)


def commitment(
    applicant: Applicant, *, uscc: str | None = None, dated: date | None, signed: bool = True, record: bool = True
) -> Document:
    """真实性承诺书; `uscc` where another code is written, without `dated` or `signed` these places stay blank.
    `record` adds what bears on 第七条(十)."""
    records = (Text(_RECORD, numbered=True),) if record else ()
    blocks: tuple[Block, ...] = (
        Title("真实性承诺书", 22),
        Text("青岛市发展和改革委员会：", indent=False),
        Text(
            f"我单位{applicant.name}（统一社会信用代码：{uscc or applicant.uscc}）"
            "申报青岛市重点产业数字化转型赋能中心，现郑重承诺如下："
        ),
        Text("⟦7.9|所提交的申请认定材料和评价材料真实、准确、完整，无虚假记载和重大遗漏⟧。", numbered=True),
        *records,
        Text("如有弄虚作假，自愿接受撤销资格处理，并承担由此产生的一切法律责任。", numbered=True),
        Signing(
            (
                "法定代表人（签字）：",
                f"单位（盖章）：{applicant.name if signed else ''}",
                day(dated) if dated else "　　　　年　　月　　日",
            ),
            Seal(applicant.name) if signed else None,
            applicant.legal_representative if signed else None,
        ),
    )
    return Document(blocks, numbered=False)
