"""材料不全: an institute that is located in the city, with materials missing, blank, unsigned or unreadable."""

from datetime import date

from evals.samples import abilities, application, pledges, registration, rosters
from evals.samples.applicants import Applicant, day, staff
from evals.samples.codes import uscc
from evals.samples.document import Break, Document, Grid, Heading, Seal, Signing, Text, Title
from evals.samples.packages import Package, Paper, Planted
from evals.samples.scans import FAINT, Look

APPLICANT = Applicant(
    name="青岛示例海洋装备研究院",
    uscc=uscc("MBFAKE37", region="370000", kind="12"),
    entity_type="institute",
    legal_representative="李示例",
    address="山东省青岛市黄岛区示例海湾路66号",
    registered_city=None,  # 370000: with the province
    located_city="青岛",
    authority="山东省示例事业单位登记管理局",
    established=date(2012, 9, 3),
    capital=1500,
    industry="船舶海工",
    scope="开展海洋装备设计制造、智能控制、数值仿真等应用基础研究。",
    applied=date(2022, 3, 21),
    spent=None,
    budget=None,
    people=staff(count=9, joined=date(2018, 7, 1), first=8, roles=("研究员", "副研究员", "助理研究员", "实验师")),
)
_ASSERTED = (
    "我院具备较强的数字化转型服务能力，具有较强的产业带动能力和良好的产学研用合作基础，"
    "能够为{industry}产业提供全方位的优质服务。"
)
_BASE: abilities.Section = (
    "科研基础与团队",
    (
        "⟦7.2:专业基础|{name}长期从事{industry}装备设计制造与智能控制研究，设有船舶与海洋工程、控制科学两个学科方向⟧，"
        "承担过多项国家和省级课题。",
        "⟦7.2:服务团队|现有专职研究人员{count}人，分为总体设计、智能控制、数值仿真三个课题组⟧。",
        "⟦7.2:环境|建有试验水池、机器人焊接实验室和高性能计算集群⟧，科研用房两层。",
    ),
)


def _funds() -> Document:
    """经费说明, in which every figure was left blank."""
    rows = (
        ("年度", "专项研究与开发经费（万元）", "资金来源"),
        ("2020年", "", ""),
        ("2021年", "", ""),
        ("2022年（预算）", "", ""),
    )
    blocks = (
        Title("专项研究与开发经费情况说明"),
        Text(f"申报单位：{APPLICANT.name}", indent=False),
        Text("我院设立专项研究与开发经费，近三年经费投入情况如下表，有关审计报告另行补充。"),
        Grid(rows, (1.2, 2, 1.6), head=1),
        Signing((f"{APPLICANT.name}", "2022年　　月　　日")),
    )
    return Document(blocks)


def _achievements() -> Document:
    """科研成果证明 on two pages; how they are scanned decides whether the second can be read."""
    blocks = (
        Title("科研成果鉴定证书（摘录）"),
        Text("成果名称：海洋平台焊接机器人群协同控制关键技术", indent=False),
        Text(f"完成单位：{APPLICANT.name}", indent=False),
        Heading("鉴定意见"),
        Text("⟦7.5|该成果解决了大型结构件柔性焊接中轨迹自适应规划的关键技术难题，整体达到国内领先水平⟧。"),
        Text("鉴定委员会听取了课题组的汇报，审阅了技术资料，经质询和讨论，一致同意通过鉴定。"),
        Signing(("组织鉴定单位：示例海洋科技促进中心", day(date(2021, 6, 25))), Seal("示例海洋科技促进中心")),
        Break(),
        Title("用户应用证明"),
        Text("示例船舶重工有限公司自2021年7月起在分段车间应用该成果，焊接一次合格率由百分之八十九提高到百分之九十七。"),
        Signing(("示例船舶重工有限公司（盖章）", day(date(2022, 1, 10))), Seal("示例船舶重工有限公司")),
    )  # fmt: skip
    return Document(blocks)


def package() -> Package:
    one = APPLICANT
    form = application.application(one, services=_ASSERTED, signed=False)
    certificate = registration.certificate(
        one, sponsor="山东省示例科学技术主管部门", valid=(date(2020, 3, 10), date(2025, 3, 10))
    )
    papers = (
        Paper("申报书.docx", form, "word", ("申报书",)),
        Paper("事业单位法人证书.pdf", certificate, "scan", ("法人资格证明",), (Look(angle=-1.1),)),
        Paper(
            "研究院简介及服务能力说明.pdf",
            abilities.abilities(one, ("7.2", "7.6"), extra={"7.2": _BASE}),
            "pdf",
            ("服务能力说明",),
        ),
        Paper("专职人员名单.xlsx", rosters.team(one, degrees=False, insurance=False), "excel", ("专职团队名单",)),
        Paper("经费情况说明.pdf", _funds(), "pdf", ("专项经费证明",)),
        Paper("科研成果证明.pdf", _achievements(), "scan", (), (Look(angle=0.9), FAINT), unread=(2,)),
        Paper(
            "真实性承诺书.docx",
            pledges.commitment(one, dated=None, signed=False, record=False),
            "word",
            ("真实性承诺书",),
        ),
    )
    return Package(
        name="材料不全-青岛示例研究院(虚构)",
        applicant=one,
        papers=papers,
        verdicts={
            "7.1": ("met",),
            "7.2": ("unclear",),
            "7.3": ("missing",),
            "7.4": ("missing",),
            "7.5": ("unclear",),
            "7.6": ("unclear",),
            "7.7": ("missing",),
            "7.8": ("missing",),
            "7.9": ("unclear",),
            "7.10": ("missing",),
        },
        issues=(
            Planted("unsigned", ("真实性承诺书.docx",), "承诺书没有签字、盖章和日期"),
            Planted("unsigned", ("申报书.docx",), "申报书没有签字、盖章和日期"),
            Planted("unreadable", ("科研成果证明.pdf",), "第2页扫描太模糊，无法辨认"),
        ),
        blank=("专项经费证明",),
    )
