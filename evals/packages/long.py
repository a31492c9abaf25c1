"""四十页: a digital package of forty pages, for the time that one takes."""

from datetime import date, timedelta

from evals.samples import abilities, application, pledges, proofs, registration, rosters
from evals.samples.applicants import Applicant, staff
from evals.samples.codes import uscc
from evals.samples.document import Block, Break, Document, Heading, Text, Title
from evals.samples.packages import Package, Paper

_APPLICANT = Applicant(
    name="青岛示例大港智慧物流有限公司",
    uscc=uscc("MAFAKE40", region="370203"),
    entity_type="enterprise",
    legal_representative="何示例",
    address="山东省青岛市市北区示例港华路40号",
    registered_city="青岛",
    located_city="青岛",
    authority="青岛市市北区示例行政审批服务局",
    established=date(2014, 10, 20),
    capital=5000,
    industry="现代物流",
    scope="供应链管理服务；软件开发；信息系统集成服务；数据处理服务；技术咨询。",
    applied=date(2022, 9, 15),
    spent=690,
    budget=750,
    people=staff(count=15, joined=date(2019, 2, 1), first=4),
)
_RECORDS = 34
"""pages of the records of visits"""
_SERVICES = (
    "⟦7.3|面向{industry}产业链企业提供数字化诊断、个性化改造方案和跟踪指导服务⟧，"
    "⟦7.4|向产业链供应链企业开放共享仓配协同平台和开发工具⟧。"
)
_ITEMS = (("人员费", 402.0), ("软硬件购置", 188.5), ("外协开发", 99.5))


def forty_pages() -> Package:
    one = _APPLICANT
    lease = registration.lease(
        one, lessor="青岛示例港务资产有限公司", start=date(2021, 1, 1), end=date(2025, 12, 31), area=900
    )
    papers = (
        Paper("1申报书.pdf", application.application(one, services=_SERVICES), "pdf", ("申报书",)),
        Paper("2营业执照.pdf", registration.licence(one), "pdf", ("法人资格证明",)),
        Paper("3租赁合同.pdf", lease, "pdf", ("场地证明",)),
        Paper("4服务台账.pdf", _records(one), "pdf", ("服务案例或用户证明",)),
        Paper("5能力说明.pdf", abilities.abilities(one, ("7.2", "7.3", "7.4")), "pdf", ("服务能力说明",)),
        Paper("6审计报告.pdf", proofs.audit(one, auditor="青岛示例海港会计师事务所", items=_ITEMS,
              dated=date(2022, 3, 1)), "pdf", ("专项经费证明",)),
        Paper("7人员.xlsx", rosters.team(one), "excel", ("专职团队名单", "社保证明")),
        Paper("8承诺书.docx", pledges.commitment(one, dated=one.applied), "word", ("真实性承诺书",)),
    )  # fmt: skip
    supported = ("7.2", "7.3", "7.4", "7.10")
    return Package(
        name="四十页-大港(虚构)",
        applicant=one,
        papers=papers,
        verdicts={
            "7.1": ("met",),
            **{f"7.{n}": ("unclear",) if f"7.{n}" in supported else ("missing",) for n in range(2, 9)},
            "7.9": ("met", "unclear"),
            "7.10": ("unclear",),
        },
        as_of=one.applied + timedelta(days=5),
    )


def _records(one: Applicant) -> Document:
    """服务台账: a visit on each page."""
    blocks: list[Block] = [Title("服务台账"), Text(f"记录单位：{one.name}", indent=False)]
    for number in range(1, _RECORDS + 1):
        when = date(2019, 3, 4) + timedelta(days=29 * number)
        blocks += [
            *([Break()] if number > 1 else []),
            Heading(f"第{number}户 青岛示例货运{number}部"),
            Text(f"走访时间为{when.year}年{when.month}月，现场查看仓库、车队和单证岗位，访谈{number % 5 + 3}人。"),
            Text(f"⟦7.3|发现{number % 4 + 2}处断点，给出第{number}号改造建议书，安排顾问按月跟进⟧。"),
            *(
                Text(f"工序{step}：登记、复核、交接环节的等待时间为{(number * step) % 17 + 2}分钟，单证差错{step}起。")
                for step in range(1, 12)
            ),
        ]
    return Document(tuple(blocks), header="服务台账")
