"""Papers made out to somebody else, and dates that cannot follow one another: what is told, and what is not."""

import pytest

from evals.samples.codes import uscc
from ingest.materials import Material
from tests.facts_fakes import ADDRESS, CODE, LICENCE, NAME, material, told

OTHER = "青岛示例远帆软件有限公司"


STRANGERS: list[tuple[Material, ...]] = [
    (
        material(
            "审计报告.pdf",
            f"审计报告\n{OTHER}全体股东：\n我们审计了{OTHER}2021年度财务报表。\n2021年度专项研究与开发经费支出512.60万元\n示例会计师事务所\n2022年3月1日",
        ),
    ),
    (material("专项审计.pdf", f"专项审计报告\n{OTHER}：\n我们审计了贵公司2021年度研发费用。"),),
    (material("社保.pdf", f"单位参保证明\n单位名称：{OTHER}\n缴费人数 12人"),),
    (material("软著.pdf", f"计算机软件著作权登记证书\n软件名称：示例系统\n著作权人：{OTHER}\n登记号：2020SR000001"),),
    (material("租赁合同.pdf", f"房屋租赁合同\n出租方：青岛示例物业有限公司\n承租方：{OTHER}\n房屋坐落：{ADDRESS}"),),
    (material("信用.pdf", f"信用报告\n主体名称：{OTHER}\n行政处罚 0条"),),
    (material("ISO.pdf", f"质量管理体系认证证书\n获证组织：{OTHER}\n有效期至2024年5月1日"),),
    (material("用户证明.pdf", "证明\n青岛示例智造有限公司为我公司提供诊断服务。\n青岛示例注塑有限公司\n2022年1月1日"),),
    (
        material(
            "承诺书.pdf",
            "真实性承诺书\n青岛示例智造科技有限责任公司承诺材料真实。\n单位（盖章）：青岛示例智造科技有限责任公司\n2022年3月18日",
        ),
    ),
    (
        material(
            "承诺书.pdf",
            "真实性承诺书\n青岛示例智造信息科技有限公司承诺材料真实。\n单位（盖章）：青岛示例智造信息科技有限公司\n2022年3月18日",
        ),
    ),
    (material("承诺书.pdf", f"真实性承诺书\n{OTHER}承诺材料真实。\n单位（盖章）：{OTHER}\n2022年3月18日"),),
    (material("审计报告.pdf", "专项审计报告\n青岛老名字软件有限公司：\n我们审计了贵公司2021年度研发费用。"),),
    (material("承诺书.pdf", f"真实性承诺书\n{NAME}承诺材料真实。\n单位（盖章）：{OTHER}\n2022年3月18日"),),
    (material("开户许可证.pdf", f"基本存款账户信息\n账户名称：{OTHER}\n开户银行：示例银行"),),
]
OWN: list[tuple[Material, ...]] = [
    (material("用户证明.pdf", f"用户证明\n兹证明{NAME}为我公司提供服务。\n{OTHER}\n2022年1月1日"),),
    (material("合同.pdf", f"技术服务合同\n甲方：{OTHER}\n乙方：{NAME}"),),
    (material("客户名单.xlsx", f"序号\t服务对象\t金额\n1\t{OTHER}\t5\n2\t青岛示例注塑有限公司\t6"),),
    (
        material("更名通知.pdf", f"准予变更登记通知书\n原名称：{OTHER}\n现名称：{NAME}"),
        material("软著.pdf", f"计算机软件著作权登记证书\n著作权人：{OTHER}\n登记号：2018SR1"),
    ),
    (
        material("说明.pdf", f"关于母公司的说明\n{OTHER}为{NAME}的母公司，房屋由母公司承租后无偿提供使用。"),
        material("租赁合同.pdf", f"房屋租赁合同\n出租方：青岛示例物业有限公司\n承租方：{OTHER}\n房屋坐落：{ADDRESS}"),
    ),
    (
        material("联合申报协议.pdf", f"联合申报协议\n牵头单位：{NAME}\n联合申报单位：{OTHER}"),
        material("营业执照2.pdf", LICENCE.replace(NAME, OTHER).replace(CODE, uscc("MAFAKE99", region="370202"))),
    ),
    (material("协议.pdf", f"合作协议\n甲方：{NAME}\n乙方：青岛示例大学"),),
    (material("鉴定.pdf", f"科技成果鉴定证书\n完成单位：{NAME}\n组织鉴定单位：青岛示例学会"),),
    (material("存款证明.pdf", f"存款证明\n兹证明{NAME}在我行存款\n示例银行股份有限公司青岛分行\n2022年3月1日"),),
    (material("诊断报告.pdf", f"数字化诊断报告\n被诊断企业：{OTHER}\n编制单位：{NAME}"),),
    (material("诊断报告.docx", f"数字化诊断报告\n企业名称：{OTHER}\n诊断单位：{NAME}\n现状：设备联网率20%"),),
    (material("简介.docx", f"公司简介\n示例智造（青岛）成立以来，示例智造服务37家企业。\n{NAME}"),),
]
WRONG: list[tuple[Material, ...]] = [
    (material("租赁合同.pdf", f"房屋租赁合同\n承租方：{NAME}\n租赁期限自2019年1月1日起至2021年12月31日止"),),
    (material("ISO证书.pdf", f"质量管理体系认证证书\n获证组织：{NAME}\n有效期至：2021年5月1日"),),
    (material("高新证书.pdf", f"高新技术企业证书\n企业名称：{NAME}\n发证时间：2018年11月30日\n有效期：三年"),),
    (material("CMMI.pdf", f"软件能力成熟度证书\n单位名称：{NAME}\n有效期 2018-06-01 至 2021-05-31"),),
    (material("合同.pdf", f"技术服务合同\n甲方：{OTHER}\n乙方：{NAME}\n签订日期：2016年3月1日"),),
    (material("用户证明.pdf", f"用户证明\n兹证明{NAME}自2015年3月起为我公司提供服务。\n{OTHER}\n2021年1月1日"),),
    (material("用户证明.pdf", f"用户证明\n兹证明{NAME}为我公司提供服务。\n{OTHER}\n2015年1月1日"),),
    (
        material(
            "合同.pdf", f"技术服务合同\n甲方：{OTHER}\n乙方：{NAME}\n签订日期：2021年3月1日\n验收日期：2020年12月1日"
        ),
    ),
    (material("专利.pdf", f"发明专利证书\n专利权人：{NAME}\n申请日：2020年5月1日\n授权公告日：2019年6月1日"),),
    (material("案例.xlsx", "客户\t签订日期\t验收日期\n" + OTHER + "\t2021-05-01\t2021-03-01"),),
    (material("简介.docx", f"公司简介\n{NAME}成立于2015年，专注数字化。"),),
    (material("简介.docx", "公司简介\n我公司成立于2019年3月，专注数字化。"),),
    (
        material(
            "审计报告.pdf",
            f"2021年度专项审计报告\n{NAME}：\n我们审计了贵公司2021年度研发费用。\n示例会计师事务所\n2021年6月1日",
        ),
    ),
    (material("用户证明.pdf", f"用户证明\n兹证明{NAME}为我公司提供服务。\n{OTHER}\n2023年1月1日"),),
    (
        material(
            "软著.pdf",
            f"计算机软件著作权登记证书\n著作权人：{NAME}\n开发完成日期：2021年6月1日\n首次发表日期：2020年1月1日",
        ),
    ),
]
RIGHT: list[tuple[Material, ...]] = [
    (material("简介.docx", f"公司简介\n{NAME}成立于2017年，前身成立于1998年。研究院成立于2020年。"),),
    (material("租赁合同.pdf", f"房屋租赁合同\n承租方：{NAME}\n租赁期限自2020年1月1日起至2023年12月31日止"),),
    (
        material(
            "合同.pdf",
            f"技术服务合同\n甲方：{OTHER}\n乙方：{NAME}\n服务期限：2019年1月1日至2019年12月31日\n签订日期：2018年12月20日",
        ),
    ),
    (material("案例.docx", f"典型案例\n{OTHER}成立于2003年，主营注塑。{NAME}为其服务。"),),
    (material("专利.pdf", f"发明专利证书\n专利权人：{NAME}\n申请日：2018年5月1日\n授权公告日：2019年6月1日"),),
    (material("简介.docx", "我公司数字化中心成立于2020年6月，现有专职12人。"),),
]


def _kinds(given: tuple[Material, ...]) -> list[str]:
    return [kind for kind, _ in told(*given)]


@pytest.mark.parametrize("given", STRANGERS, ids=lambda given: given[0].name)
def test_papers_of_another_organisation_are_told(given: tuple[Material, ...]) -> None:
    assert "name_mismatch" in _kinds(given)


@pytest.mark.parametrize("given", OWN, ids=lambda given: given[0].name)
def test_clients_partners_and_explained_names_are_not(given: tuple[Material, ...]) -> None:
    assert "name_mismatch" not in _kinds(given)


@pytest.mark.parametrize("given", WRONG, ids=lambda given: given[0].name)
def test_dates_in_an_impossible_order_are_told(given: tuple[Material, ...]) -> None:
    assert "date_conflict" in _kinds(given)


@pytest.mark.parametrize("given", RIGHT, ids=lambda given: given[0].name)
def test_dates_in_order_are_not(given: tuple[Material, ...]) -> None:
    assert "date_conflict" not in _kinds(given)
