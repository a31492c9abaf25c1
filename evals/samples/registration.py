"""Papers that show who an applicant is and where: 营业执照, 法人证书, 租赁合同."""

from datetime import date

from evals.samples.applicants import Applicant, day, money
from evals.samples.document import Document, Fields, Heading, Seal, Signing, Text, Title


def licence(applicant: Applicant) -> Document:
    """营业执照(副本)."""
    rows = (
        ("统一社会信用代码", f"⟦7.1|{applicant.uscc}⟧"),
        ("名　　　　称", f"⟦7.1|{applicant.name}⟧"),
        ("类　　　　型", "有限责任公司（自然人投资或控股）"),
        ("法 定 代 表 人", applicant.legal_representative),
        ("注 册 资 本", money(applicant.capital)),
        ("成 立 日 期", day(applicant.established)),
        ("营 业 期 限", f"{day(applicant.established)}至长期"),
        ("住　　　　所", f"⟦7.1|{applicant.address}⟧"),
        ("经 营 范 围", applicant.scope),
    )
    signing = Signing((f"登记机关：{applicant.authority}", day(applicant.established)), Seal(applicant.authority))
    blocks = (Title("营 业 执 照", 30), Text("（副　本）", indent=False, align="center"), Fields(rows, 12), signing)
    return Document(blocks, landscape=True, frame=True, numbered=False)


def certificate(applicant: Applicant, *, sponsor: str, valid: tuple[date, date]) -> Document:
    """事业单位法人证书; for an association 社会团体法人登记证书, for a thinktank 民办非企业单位登记证书."""
    title = {"association": "社会团体法人登记证书", "thinktank": "民办非企业单位登记证书"}
    rows = (
        ("统一社会信用代码", f"⟦7.1|{applicant.uscc}⟧"),
        ("名　　　　称", f"⟦7.1|{applicant.name}⟧"),
        ("宗旨和业务范围", applicant.scope),
        ("住　　　　所", f"⟦7.1|{applicant.address}⟧"),
        ("法 定 代 表 人", applicant.legal_representative),
        ("开 办 资 金", money(applicant.capital)),
        ("举 办 单 位", sponsor),
        ("有 效 期", f"自{day(valid[0])}至{day(valid[1])}"),
    )
    signing = Signing((f"登记管理机关：{applicant.authority}", day(valid[0])), Seal(applicant.authority))
    name = title.get(applicant.entity_type, "事业单位法人证书")
    return Document((Title(name, 26), Fields(rows, 12.5), signing), landscape=True, frame=True, numbered=False)


def lease(
    applicant: Applicant, *, lessor: str, start: date, end: date, area: int, address: str | None = None
) -> Document:
    """房屋租赁合同 for the applicant's premises, at `address` where that differs from the registered one."""
    place = (address or applicant.address).removeprefix("山东省")
    blocks = (
        Title("房屋租赁合同"),
        Text(f"出租方（甲方）：{lessor}", indent=False),
        Text(f"承租方（乙方）：{applicant.name}", indent=False),
        Text("根据《中华人民共和国民法典》及有关规定，甲乙双方在平等、自愿的基础上，就房屋租赁事宜订立本合同。"),
        Heading("房屋坐落与用途"),
        Text(
            f"甲方将坐落于{place}的房屋出租给乙方使用，⟦7.2:环境|建筑面积{area}平方米，用作数字化转型展示体验、"
            "诊断咨询、培训和研发办公场所⟧。房屋已通过消防验收，配有双路供电和千兆光纤接入。"
        ),
        Heading("租赁期限"),
        Text(f"租赁期限自{day(start)}起至{day(end)}止。期满后乙方继续承租的，应提前三个月书面通知甲方。"),
        Heading("租金及支付方式"),
        Text("租金为每平方米每天1.20元，按季度支付，乙方应于每季度首月十日前付清当季租金。物业费、水电费由乙方承担。"),
        Heading("双方责任"),
        Text("甲方保证房屋权属清楚，无抵押和查封。乙方不得擅自转租，不得改变房屋主体结构。", numbered=True),
        Text("因不可抗力致使合同不能履行的，双方互不承担责任，已付租金据实结算。", numbered=True),
        Text("本合同一式四份，甲乙双方各执两份，自双方签字盖章之日起生效。", numbered=True),
        Signing((f"甲方：{lessor}", f"签订日期：{day(start)}"), Seal(lessor, "合同专用章"), side="left"),
        Signing((f"乙方：{applicant.name}", f"签订日期：{day(start)}"), Seal(applicant.name, "合同专用章")),
    )
    return Document(blocks)
