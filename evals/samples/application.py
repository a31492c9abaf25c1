"""申报书, the form that every applicant fills in (第五条、第六条)."""

from evals.samples.applicants import ENTITY_NAMES, Applicant, day, money
from evals.samples.document import (
    LEFT,
    UP,
    Block,
    Choices,
    Document,
    Framed,
    Grid,
    Heading,
    Hidden,
    Seal,
    Signing,
    Text,
    Title,
)

HEADER = "青岛市重点产业数字化转型赋能中心申报材料"
_OWN = (
    "⟦7.3|面向{industry}产业链企业提供数字化诊断、个性化改造方案和跟踪指导服务⟧，"
    "⟦7.4|向产业链供应链企业开放共享工业互联网平台和开发工具⟧，组织数字化转型培训，"
    "承担行业咨询和实施路径规划。"
)


def application(
    applicant: Applicant,
    *,
    services: str = _OWN,
    address: str | None = None,
    signed: bool = True,
    hidden: str | None = None,
) -> Document:
    """The form, filled in. `services` says what the applicant does, where it may name {industry}; `address` is written
    where it differs from the registered one; `hidden` is a white line after the table."""
    blocks: list[Block] = [
        Title("青岛市重点产业数字化转型赋能中心申报书", 19),
        Framed("填表说明：本表由申报单位如实填写，金额单位为万元；申报单位对所填内容的真实性负责。"),
        Choices("申报单位类型", tuple(ENTITY_NAMES.values()), (list(ENTITY_NAMES).index(applicant.entity_type),)),
        Heading("申报单位基本情况"),
        _facts(applicant, address or applicant.address),
        *([Hidden(hidden)] if hidden else []),
        Heading("申报产业领域的主要任务和服务内容"),
        Text(services.format(industry=applicant.industry)),
        Heading("申报条件对照"),
        Text("申报单位具有独立法人资格，见法人资格证明。", numbered=True),
        Text("有关团队、场地、产品、经费和服务案例的证明见附件材料。", numbered=True),
        Heading("申报单位意见"),
        Text("本单位自愿申报，所填内容属实。"),
        Signing(
            (
                "法定代表人（签字）：",
                f"申报单位（盖章）：{applicant.name if signed else ''}",
                f"日期：{day(applicant.applied)}" if signed else "日期：　　　年　　月　　日",
            ),
            Seal(applicant.name) if signed else None,
            applicant.legal_representative if signed else None,
        ),
    ]
    return Document(tuple(blocks), header=HEADER)


def _facts(applicant: Applicant, address: str) -> Grid:
    degrees = [person.degree for person in applicant.people]
    rows = (
        ("单位名称", f"⟦7.1|{applicant.name}⟧", LEFT, LEFT),
        ("统一社会信用代码", applicant.uscc, "法定代表人", applicant.legal_representative),
        ("注册地址", f"⟦7.1|{address}⟧", LEFT, LEFT),
        (
            "成立日期",
            day(applicant.established),
            "注册资本" if applicant.entity_type == "enterprise" else "开办资金",
            money(applicant.capital),
        ),
        ("申报产业领域", f"{applicant.industry}产业", "专职服务人员", f"{len(degrees)}人"),
        (
            "人员学历",
            f"博士{degrees.count('博士')}人、硕士{degrees.count('硕士')}人、本科{degrees.count('本科')}人",
            "联合申报单位",
            "、".join(applicant.joint) or "无",
        ),
        (
            "专项研究与开发经费",
            f"{applicant.year - 1}年度支出",
            money(applicant.spent) if applicant.spent is None else f"⟦7.2:专项经费|{money(applicant.spent)}⟧",
            LEFT,
        ),
        (UP, f"{applicant.year}年度预算", money(applicant.budget), LEFT),
    )
    return Grid(rows, (1.55, 2.1, 1.3, 1.6), controls=True)
