"""完整: an enterprise whose package holds everything, without a contradiction."""

from datetime import date

from evals.samples import abilities, application, pledges, proofs, registration, rosters
from evals.samples.applicants import Applicant, staff
from evals.samples.codes import uscc
from evals.samples.packages import Package, Paper
from evals.samples.rosters import Case
from evals.samples.scans import CLEAN

APPLICANT = Applicant(
    name="青岛示例智造科技有限公司",
    uscc=uscc("MAFAKE21", region="370212"),
    entity_type="enterprise",
    legal_representative="王示例",
    address="山东省青岛市崂山区示例路1号创新大厦8层",
    registered_city="青岛",
    located_city="青岛",
    authority="青岛市崂山区示例审批服务局",
    established=date(2017, 5, 16),
    capital=3000,
    industry="智能家电",
    scope="工业互联网数据服务；软件开发；信息系统集成服务；信息技术咨询服务；技术开发、技术转让、技术推广。"
    "（依法须经批准的项目，经相关部门批准后方可开展经营活动）",
    applied=date(2022, 3, 18),
    spent=512.6,
    budget=600,
    people=staff(count=18, joined=date(2019, 3, 1)),
)
_SPENDING = (("研发人员人工费", 268.4), ("设备和软件购置", 121.75), ("委托研究与测试", 76.25), ("培训与推广", 46.2))
_CASES = (
    Case(
        "青岛示例电机制造有限公司",
        "数字化诊断与改造方案",
        86.5,
        date(2019, 9, 2),
        date(2020, 6, 30),
        "设备联网率提高到92%",
    ),
    Case("青岛示例注塑有限公司", "数字化改造方案与实施", 128, date(2020, 3, 16), date(2020, 12, 18), "能耗降低11%"),
    Case("胶州示例钣金有限公司", "生产执行系统实施", 64.8, date(2020, 8, 3), date(2021, 4, 30), "计划达成率提高到96%"),
    Case("青岛示例模具有限公司", "数字化诊断", 9.6, date(2021, 1, 11), date(2021, 3, 26), "出具诊断报告一份"),
    Case("平度示例配件有限公司", "数字化改造方案与实施", 73.2, date(2021, 4, 6), date(2021, 11, 30), "不良率降低37%"),
    Case("即墨示例包装有限公司", "仓储数字化改造方案", 42, date(2021, 6, 15), date(2021, 12, 24), "盘点时间缩短八成"),
)
_PRODUCTS = (
    ("示例设备互联网关", "硬件", "2019SRFAKE0101", "2019年8月20日"),
    ("示例工业互联网平台", "软件", "2019SRFAKE0356", "2019年11月5日"),
    ("示例数字化诊断系统", "软件", "2020SRFAKE0218", "2020年4月28日"),
    ("示例工艺仿真软件", "软件", "2020SRFAKE0677", "2020年9月15日"),
    ("示例低代码开发工具", "软件", "2021SRFAKE0142", "2021年3月9日"),
)


def package() -> Package:
    one = APPLICANT
    everything = ("7.2", "7.3", "7.4", "7.5", "7.6", "7.7")
    rent = registration.lease(
        one, lessor="青岛示例产业园运营有限公司", start=date(2020, 6, 1), end=date(2023, 5, 31), area=1260
    )
    audit = proofs.audit(one, auditor="青岛示例会计师事务所", items=_SPENDING, dated=date(2022, 2, 25))
    products = proofs.products(one, _PRODUCTS)
    letter = proofs.user_letter(one, user="青岛示例电机制造有限公司", since=date(2019, 9, 2), dated=date(2022, 3, 2))
    cooperation = proofs.cooperation(one, partner="示例海洋工程大学", signed=date(2020, 10, 12))
    security = pledges.security(one, dated=date(2021, 12, 1))
    papers = (
        Paper("01 申报书.docx", application.application(one), "word", ("申报书",)),
        Paper("02 营业执照.jpg", registration.licence(one), "photo", ("法人资格证明",)),
        Paper("03 场地租赁合同.pdf", rent, "scan", ("场地证明",)),
        Paper("04 专职团队名单及社保.xlsx", rosters.team(one), "excel", ("专职团队名单", "社保证明")),
        Paper("05 专项审计报告.pdf", audit, "scan", ("专项经费证明",), (CLEAN,)),
        Paper("06 专项经费支出明细.xlsx", rosters.spending(one, _SPENDING), "excel", ("专项经费证明",)),
        Paper("07 软硬件产品清单.pdf", products, "pdf", ("软硬件产品或著作权证明",)),
        Paper("08 服务能力说明.pdf", abilities.abilities(one, everything), "pdf", ("服务能力说明",)),
        Paper("09 服务案例清单.xlsx", rosters.cases(one, _CASES), "excel", ("服务案例或用户证明",)),
        Paper("10 用户证明.pdf", letter, "scan", ("服务案例或用户证明",)),
        Paper("11 产学研合作协议.pdf", cooperation, "scan", ("产学研合作证明",)),
        Paper("12 数据安全与商业秘密保护制度.pdf", security, "pdf", ("数据共享与保密制度",)),
        Paper("13 管理制度与收费标准.docx", pledges.management(one, dated=date(2021, 12, 1)), "word"),
        Paper("14 真实性承诺书.pdf", pledges.commitment(one, dated=one.applied), "scan", ("真实性承诺书",)),
        Paper("15 信用查询截图.png", proofs.credit(one, checked=date(2022, 3, 15)), "screenshot", ("信用证明",)),
    )  # fmt: skip
    return Package(
        name="完整-青岛示例智造科技(虚构)",
        applicant=one,
        papers=papers,
        verdicts={
            "7.1": ("met",),
            **{f"7.{number}": ("unclear",) for number in range(2, 9)},
            "7.9": ("met", "unclear"),
            "7.10": ("unclear",),
        },
    )
