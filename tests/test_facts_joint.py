"""Joint applications: who leads, who joins, and whose a code, a person and an address are."""

import pytest

from evals.samples.codes import uscc
from ingest.materials import Material
from tests.facts_fakes import CODE, LICENCE, NAME, applicant_of, issues_of, material

LEADER = "山东示例岱云软件有限公司"
LEADERS = uscc("MAFAKED1", region="370102")
SEAT = "山东省济南市历下区示例路9号"
LEADING = f"""营业执照
统一社会信用代码\t{LEADERS}
名称\t{LEADER}
法定代表人\t桑示例
注册资本\t900万元
成立日期\t2012年3月4日
住所\t{SEAT}
登记机关：济南市示例审批服务局"""
MINE, THEIRS = material("岱云执照.pdf", LEADING), material("智造执照.pdf", LICENCE)
PLEDGE = material("承诺书.pdf", f"承诺书\n我们承诺材料真实。\n{LEADER}（盖章）\n{NAME}（盖章）\n2022年3月1日")
MORE = tuple(
    material(f"{what}.pdf", f"{what}\n{NAME}\n统一社会信用代码：{CODE}\n法定代表人：王示例")
    for what in ("企业简介", "技术说明", "获奖情况")
)

PACKAGES: dict[str, tuple[Material, ...]] = {
    "columns": (
        material(
            "申报表.docx",
            f"申报表\n项目\t牵头单位\t联合申报单位\n单位名称\t{LEADER}\t{NAME}\n统一社会信用代码\t{LEADERS}\t{CODE}\n法定代表人\t桑示例\t王示例",
        ),
        THEIRS,
    ),
    "columns, partner first": (
        material(
            "申报表.docx",
            f"申报表\n项目\t联合申报单位\t牵头单位\n单位名称\t{NAME}\t{LEADER}\n统一社会信用代码\t{CODE}\t{LEADERS}\n法定代表人\t王示例\t桑示例\n住所\t青岛市崂山区示例路1号\t{SEAT}",
        ),
        THEIRS,
    ),
    "rows of one table": (
        material(
            "申报书.docx",
            f"申报书\n牵头单位\t{LEADER}\t统一社会信用代码\t{LEADERS}\n联合单位\t{NAME}\t统一社会信用代码\t{CODE}",
        ),
        THEIRS,
        MINE,
    ),
    "headings": (
        material(
            "申报书.docx",
            f"申报书\n一、牵头单位基本情况\n单位名称：{LEADER}\n统一社会信用代码：{LEADERS}\n法定代表人：桑示例\n二、联合申报单位基本情况\n单位名称：{NAME}\n统一社会信用代码：{CODE}\n法定代表人：王示例",
        ),
        THEIRS,
    ),
    "headings, partner first": (
        material(
            "申报书.docx",
            f"申报书\n一、联合申报单位基本情况\n单位名称\t{NAME}\n统一社会信用代码\t{CODE}\n法定代表人\t王示例\n二、牵头单位基本情况\n单位名称\t{LEADER}\n统一社会信用代码\t{LEADERS}\n法定代表人\t桑示例",
        ),
        THEIRS,
    ),
    "agreement, second party leads": (
        material(
            "联合申报协议.pdf",
            f"联合申报协议\n甲方：{NAME}\n统一社会信用代码：{CODE}\n乙方：{LEADER}\n统一社会信用代码：{LEADERS}\n双方商定由乙方作为牵头单位申报，甲方为联合申报单位。",
        ),
        THEIRS,
        MINE,
    ),
    "agreement and form": (
        material("合作申报协议.pdf", f"联合申报协议\n甲方：{NAME}\n乙方：{LEADER}\n甲乙双方共同申报赋能中心。"),
        material("申报书.docx", f"申报书\n申报单位\t{LEADER}\n统一社会信用代码\t{LEADERS}\n法定代表人\t桑示例"),
        THEIRS,
    ),
    "letter": (
        material(
            "请示.pdf",
            f"关于联合申报的请示\n市南区发展和改革局：\n{LEADER}（以下简称“岱云”）联合{NAME}（以下简称“智造”）共同申报赋能中心，由岱云牵头。\n{LEADER}\n{NAME}\n2022年3月1日",
        ),
        THEIRS,
        MINE,
    ),
    "narrative": (
        material(
            "申请书.docx", f"申请书\n我公司{LEADER}与{NAME}联合申报本次赋能中心，我公司为第一申报单位，负责技术。"
        ),
        THEIRS,
        MINE,
        PLEDGE,
    ),
    "first and second": (
        material(
            "申报表.docx",
            f"申报表\n第一申报单位\t{LEADER}\t第二申报单位\t{NAME}\n统一社会信用代码\t{LEADERS}\t法定代表人\t桑示例",
        ),
        THEIRS,
    ),
    "one file": (
        material("证照.pdf", LICENCE, LEADING),
        material("申报书.docx", f"申报书\n申报单位：{LEADER}\n联合申报单位：{NAME}"),
    ),
    "one page": (
        material("证照.pdf", f"{LICENCE}\n{LEADING}"),
        material("申报书.docx", f"申报书\n申报单位：{LEADER}\n联合申报单位：{NAME}"),
    ),
    "many papers of the partner": (
        material("申报书.docx", f"申报书\n申报单位：{LEADER}\n联合申报单位：{NAME}\n统一社会信用代码：{LEADERS}"),
        *MORE,
        THEIRS,
        MINE,
    ),
    "brackets": (
        material(
            "申报书.docx",
            f"申报书\n申报单位：{LEADER}（牵头）、{NAME}（联合申报）\n社会信用代码：{LEADERS}\n法定代表人：桑示例",
        ),
        THEIRS,
    ),
    "prefixed labels": (
        material(
            "申报书.docx",
            f"申报书\n联合申报单位名称：{NAME}\n联合申报单位统一社会信用代码：{CODE}\n联合申报单位法定代表人：王示例\n牵头单位名称：{LEADER}\n牵头单位统一社会信用代码：{LEADERS}\n牵头单位法定代表人：桑示例",
        ),
        THEIRS,
    ),
    "main and joint": (
        material("申报书.docx", f"申报书\n主申报单位\t{LEADER}\n联合申报企业\t{NAME}\n法定代表人\t桑示例"),
        THEIRS,
        MINE,
    ),
    "consortium": (
        material("申报书.docx", f"申报书\n联合体牵头单位：{LEADER}\n联合体成员单位：{NAME}"),
        THEIRS,
        MINE,
        *MORE,
    ),
}


@pytest.mark.parametrize("how", PACKAGES)
def test_facts_are_those_of_who_leads(how: str) -> None:
    found = applicant_of(*PACKAGES[how])
    told = [fact and fact.value for fact in (found.name, found.uscc, found.legal_representative, found.address)]
    assert told[0] == LEADER
    assert [one.value for one in found.joint] == [NAME]
    for value, right in zip(told[1:], (LEADERS, "桑示例", SEAT), strict=True):
        assert value in (right, None)
    if MINE in PACKAGES[how]:
        assert told == [LEADER, LEADERS, "桑示例", SEAT]


@pytest.mark.parametrize("how", PACKAGES)
def test_partners_papers_are_no_contradiction(how: str) -> None:
    assert not [
        issue.message for issue in issues_of(*PACKAGES[how]) if issue.kind not in ("unsigned", "address_conflict")
    ]


@pytest.mark.parametrize(
    "said",
    [
        f"标准由{LEADER}牵头制定，{NAME}参与起草。",
        f"{NAME}与{LEADER}联合承担国家课题，由{LEADER}牵头。",
        f"项目由青岛示例大学牵头申报，{NAME}参与。",
        f"{NAME}与{LEADER}联合举办培训三期。",
        "联合申报单位：无",
        f"课题牵头单位：{LEADER}，参与单位：{NAME}。",
    ],
)
def test_leading_other_things_does_not_make_an_applicant(said: str) -> None:
    form = material("申报书.docx", f"申报书\n申报单位\t{NAME}\n统一社会信用代码\t{CODE}\n法定代表人\t王示例")
    found = applicant_of(THEIRS, form, material("说明.docx", f"能力说明\n{said}"))
    assert [fact and fact.value for fact in (found.name, found.uscc)] == [NAME, CODE]
    assert not found.joint
