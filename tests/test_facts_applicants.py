"""What an applicant calls itself: its name beside denials, and that it is a think tank."""

import pytest

from evals.samples.codes import uscc
from tests.facts_fakes import NAME, applicant_of, material, values

TANK = "青岛示例海智发展研究中心"
CODE = uscc("50FAKEM1", region="370202", kind="52")


@pytest.mark.parametrize(
    "words",
    [
        "我单位未与青岛示例大学签订合作协议。",
        "我公司没有青岛示例研究院的授权。",
        "我公司目前无青岛示例大学的技术支持。",
        "本单位尚未委托青岛示例会计师事务所审计。",
        "我公司不是青岛示例集团有限公司的子公司。",
        "我公司并非青岛示例研究院下属单位。",
        "我单位从未向青岛示例大学购买服务。",
        "我公司暂未加入青岛示例软件协会。",
        "我公司已委托青岛示例会计师事务所审计。",
        "我公司同青岛示例大学没有关系。",
    ],
)
def test_what_is_said_of_others_names_no_applicant(words: str) -> None:
    assert not [value for value, role in values(f"情况说明\n{words}", "name") if role == "申报单位"]
    note = material("说明.docx", f"情况说明\n{words}\n{NAME}\n2022年1月1日")
    found = applicant_of(note).name
    assert found is not None
    assert found.value == NAME


def _kind(words: str) -> str:
    licence = f"民办非企业单位登记证书\n统一社会信用代码\t{CODE}\n名称\t{TANK}\n法定代表人\t桑示例"
    form = f"申报书\n申报单位\t{TANK}\n统一社会信用代码\t{CODE}\n{words}"
    return applicant_of(material("登记证书.pdf", licence), material("申报书.docx", form)).entity_type


@pytest.mark.parametrize(
    "words",
    [
        "单位类型\t智库机构",
        "单位性质：社会智库",
        "我中心是市级重点智库，成立于2012年。",
        f"{TANK}是青岛市首批新型智库建设试点单位。",
        "本机构为社会智库，",
        "作为民间智库，我们服务产业。",
        f"{TANK}（新型智库）",
        "按智库机构申报",
        "我中心以智库机构身份申报",
        "单位简介：我们是一家独立的社会智库。",
        "类型：非营利智库机构",
    ],
)
def test_a_think_tank_may_say_so_anywhere(words: str) -> None:
    assert _kind(words) == "thinktank"


@pytest.mark.parametrize(
    "words",
    [
        "我们为智库机构提供数据服务。",
        "邀请智库专家12人。",
        "我中心与示例智库合作。",
        "我中心建有产业智库数据库。",
        "单位类型\t科研院所",
        "申报主体类型\t□智库机构 ☑科研院所",
    ],
)
def test_working_with_think_tanks_makes_none(words: str) -> None:
    assert _kind(words) == "institute"
