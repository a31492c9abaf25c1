"""Papers of other people and offices about an applicant: audit, contracts, letters of users, copyrights, credit."""

from datetime import date

from evals.samples.applicants import Applicant, day, money
from evals.samples.codes import capitals
from evals.samples.document import Block, Document, Grid, Heading, Seal, Signing, Text, Title


def audit(applicant: Applicant, *, auditor: str, items: tuple[tuple[str, float], ...], dated: date) -> Document:
    """专项审计报告(摘录) on the money of the year before."""
    year = applicant.year - 1
    spent = sum(amount for _, amount in items)
    rows = (("支出科目", "金额（万元）"), *((name, f"{amount:.2f}") for name, amount in items),
            ("合计", f"{spent:.2f}"))  # fmt: skip
    blocks = (
        Title("专项审计报告（摘录）"),
        Text(f"{applicant.name}：", indent=False),
        Text(
            f"我们接受委托，审计了贵单位{year}年度专项研究与开发经费的归集和使用情况。编制专项经费支出明细表是贵单位"
            "管理层的责任，我们的责任是在实施审计工作的基础上发表审计意见。"
        ),
        Heading("审计意见"),
        Text(
            f"我们认为，贵单位{year}年度专项研究与开发经费支出明细表在所有重大方面公允反映了经费使用情况，"
            f"⟦7.2:专项经费|{year}年度专项研究与开发经费支出合计{money(spent)}⟧"
            f"（大写：{capitals(round(spent * 10_000))}）。"
        ),
        Heading("支出明细"),
        Grid(rows, (2, 1), head=1),
        Heading("经费保障"),
        Text(f"截至{year}年12月31日，贵单位货币资金余额2360.18万元，无逾期债务，{applicant.year}年度预算已列入"
             f"专项研究与开发经费{money(applicant.budget)}。"),
        Signing((f"{auditor}", "注册会计师（签章）：", day(dated)), Seal(auditor), None, "吴示例"),
    )  # fmt: skip
    return Document(blocks)


def fund_pledge(applicant: Applicant, *, amount: float, written: str | None = None, dated: date) -> Document:
    """专项经费承诺书 for `amount` 万元; `written` is the amount in capitals where it is another one."""
    words = written or capitals(round(amount * 10_000))
    blocks = (
        Title("专项研究与开发经费承诺书"),
        Text("青岛市发展和改革委员会：", indent=False),
        Text(
            f"我单位{applicant.name}（统一社会信用代码：{applicant.uscc}）申报青岛市重点产业数字化转型赋能中心，"
            f"现承诺：⟦7.2:专项经费|{applicant.year}年度设立专项研究与开发经费{money(amount)}⟧（大写：{words}），"
            "单独设账，专款专用，用于数字化诊断工具、行业解决方案和公共服务平台的研究与开发。"
        ),
        Text("经费来源为单位自有资金，按季度拨付，接受主管部门和审计机构的监督检查。"),
        Signing(("法定代表人（签字）：", f"单位（盖章）：{applicant.name}", day(dated)), Seal(applicant.name),
                applicant.legal_representative),
    )  # fmt: skip
    return Document(blocks)


def products(applicant: Applicant, rows: tuple[tuple[str, str, str, str], ...]) -> Document:
    """软硬件产品及著作权清单: name, kind, registration number and date of each."""
    head = ("序号", "产品名称", "类别", "登记号", "登记日期")
    blocks = (
        Title("软硬件产品及软件著作权清单"),
        Text(f"申报单位：{applicant.name}", indent=False),
        Text(f"⟦7.2:产品|我单位拥有自主研发的软硬件产品{len(rows)}项⟧，均已投入应用。⟦7.2:技术|核心技术包括设备协议解析、"
             "边缘计算、数据治理和机理模型库⟧，全部为自主研发。"),
        Grid((head, *((str(n), *row) for n, row in enumerate(rows, 1))), (0.6, 3, 1.1, 1.9, 1.6), head=1),
        Text("著作权证书原件备查，复印件与原件一致。"),
        Signing((f"单位（盖章）：{applicant.name}", day(applicant.applied)), Seal(applicant.name)),
    )  # fmt: skip
    return Document(blocks)


def user_letter(applicant: Applicant, *, user: str, name: str | None = None, since: date, dated: date) -> Document:
    """用户证明 by `user`; `name` is how it writes the applicant's name where that differs."""
    called = name or applicant.name
    blocks = (
        Title("用户证明"),
        Text("青岛市发展和改革委员会：", indent=False),
        Text(
            f"兹证明{called}自{since.year}年{since.month}月起为我公司提供数字化转型服务，"
            "⟦7.3|完成了生产、仓储、质量三个环节的数字化诊断，制定了切合我公司实际的数字化改造方案⟧，"
            "并派驻工程师跟踪指导方案实施。"
        ),
        Text(
            "项目实施后，⟦7.3|我公司设备联网率由31%提高到92%，订单交付周期缩短18%⟧，达到预期目标。服务团队专业、响应及时。"
        ),
        Text("特此证明。"),
        Signing((f"{user}（盖章）", "联系人：许示例", day(dated)), Seal(user)),
    )
    return Document(blocks)


def contract(
    applicant: Applicant, *, client: str, amount: float, signed: date, start: date, end: date, numbered: str
) -> Document:
    """技术服务合同(摘录), `amount` in 万元."""
    blocks: tuple[Block, ...] = (
        Title("技术服务合同（摘录）"),
        Text(f"合同编号：{numbered}", indent=False, align="right"),
        Text(f"委托方（甲方）：{client}", indent=False),
        Text(f"受托方（乙方）：{applicant.name}", indent=False),
        Heading("服务内容"),
        Text("⟦7.3|乙方为甲方开展数字化诊断，出具诊断报告，制定个性化数字化改造方案，并跟踪指导实施⟧。"),
        Heading("服务期限"),
        Text(f"服务期限自{day(start)}起至{day(end)}止。"),
        Heading("合同金额"),
        Text(f"合同总金额为{money(amount)}（大写：{capitals(round(amount * 10_000))}），含税。"),
        Heading("保密条款"),
        Text("⟦7.8:保密|乙方对在服务过程中知悉的甲方商业秘密承担保密义务⟧，未经甲方书面同意不得向第三方披露。"),
        Signing((f"甲方：{client}", f"签订日期：{day(signed)}"), Seal(client, "合同专用章"), side="left"),
        Signing((f"乙方：{applicant.name}", f"签订日期：{day(signed)}"), Seal(applicant.name, "合同专用章")),
    )
    return Document(blocks)


def cooperation(applicant: Applicant, *, partner: str, signed: date) -> Document:
    """产学研合作协议."""
    blocks = (
        Title("产学研合作协议"),
        Text(f"甲方：{applicant.name}", indent=False),
        Text(f"乙方：{partner}", indent=False),
        Text(f"为推进{applicant.industry}产业数字化转型，甲乙双方本着优势互补、共同发展的原则，达成如下协议。"),
        Heading("合作内容"),
        Text("⟦7.7|共建智能制造联合实验室，开展关键技术联合攻关和人才培养⟧。", numbered=True),
        Text("⟦7.7|双方共有的科技成果由甲方负责产业化，收益按六比四分配⟧。", numbered=True),
        Heading("合作期限"),
        Text(f"本协议自{day(signed)}起生效，有效期三年。"),
        Signing((f"甲方：{applicant.name}", day(signed)), Seal(applicant.name), side="left"),
        Signing((f"乙方：{partner}", day(signed)), Seal(partner)),
    )
    return Document(blocks)


def credit(applicant: Applicant, *, checked: date) -> Document:
    """The page of a public credit search that lists nothing against the applicant, for `scans.screenshot`."""
    rows = (
        ("企业（单位）名称", applicant.name), ("统一社会信用代码", applicant.uscc),
        ("法定代表人", applicant.legal_representative), ("登记机关", applicant.authority),
        ("行政处罚", "0条"), ("严重失信主体名单", "⟦7.10|未列入严重失信主体名单⟧"), ("经营异常名录", "未列入"),
        ("查询时间", day(checked)),
    )  # fmt: skip
    blocks = (Title("信用信息查询结果", 20), Grid(rows, (1, 2.2)),
              Text("⟦7.10|经查询，未发现该主体存在行政处罚、严重失信等记录⟧。"))  # fmt: skip
    return Document(blocks, landscape=True, numbered=False)
