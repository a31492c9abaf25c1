"""Dates that contradict one another or the day of the check, and harmless ones that look alike."""

import pytest

from tests.facts_fakes import ADDRESS, NAME, material, told

N = NAME
BAD: dict[str, list[tuple[str, str]]] = {
    "pledge before founding": [
        ("承诺书.pdf", f"真实性承诺书\n{N}承诺申报材料真实有效。\n承诺单位（盖章）：{N}\n2016年3月1日")
    ],
    "lease ended 止": [
        (
            "租赁合同.pdf",
            f"房屋租赁合同\n出租方：青岛示例物业有限公司\n承租方：{N}\n房屋坐落：{ADDRESS}\n租赁期限：2019年1月1日至2021年12月31日",
        )
    ],
    "lease ended prose": [
        (
            "场地租赁协议.pdf",
            f"场地租赁协议\n甲方：青岛示例物业有限公司\n乙方：{N}\n甲方将{ADDRESS}租给乙方使用，租期三年，自2018年6月1日起至2021年5月31日止。",
        )
    ],
    "lease years": [
        (
            "租赁合同.pdf",
            f"房屋租赁合同\n出租方：青岛示例物业有限公司\n承租方：{N}\n租赁期自2018年10月1日起算，共三年。\n签订日期：2018年9月20日",
        )
    ],
    "lease 租期叁年": [
        ("租房协议.pdf", f"租房协议\n出租方：青岛示例物业有限公司\n承租方：{N}\n一、租期：2年，从2019年3月1日起。")
    ],
    "iso until": [
        ("ISO证书.pdf", f"质量管理体系认证证书\n获证组织：{N}\n发证日期：2018年9月1日\n有效期至：2021年8月31日")
    ],
    "hitech 3 years": [("高新证书.pdf", f"高新技术企业证书\n企业名称：{N}\n发证时间：2018年11月30日\n有效期：三年")],
    "iso term": [("体系证书.pdf", f"信息安全管理体系认证证书\n兹证明\n{N}\n证书有效期：2018年12月1日—2021年11月30日")],
    "accept before contract": [
        ("合同与验收.pdf", f"技术服务合同\n委托方：青岛示例注塑有限公司\n受托方：{N}\n签订日期：2021年6月10日"),
        (
            "验收报告.pdf",
            f"项目验收报告\n委托方：青岛示例注塑有限公司\n承担单位：{N}\n合同签订日期：2021年6月10日\n验收日期：2021年3月5日",
        ),
    ],
    "accept before contract rows": [
        (
            "验收单.pdf",
            f"验收单\n项目名称\t注塑车间改造\n合同签订时间\t2021年6月10日\n验收时间\t2021年5月5日\n承接单位\t{N}",
        )
    ],
    "accept before contract prose": [
        (
            "用户证明.pdf",
            f"用户证明\n兹证明{N}于2021年8月与我公司签订技术服务合同，项目于2021年3月通过验收。\n青岛示例注塑有限公司\n2021年12月1日",
        )
    ],
    "term end before start": [
        ("服务合同.pdf", f"技术服务合同\n甲方：青岛示例注塑有限公司\n乙方：{N}\n服务期限：2021年5月1日至2020年4月30日")
    ],
    "term prose": [
        (
            "合作协议.pdf",
            f"产学研合作协议\n甲方：{N}\n乙方：青岛示例大学\n本协议有效期自2022年1月1日起至2021年12月31日止。",
        )
    ],
    "future pledge": [("承诺书.pdf", f"真实性承诺书\n{N}承诺申报材料真实有效。\n承诺单位（盖章）：{N}\n2023年3月1日")],
    "future contract": [
        ("合同.pdf", f"技术服务合同\n委托方：青岛示例注塑有限公司\n受托方：{N}\n签订日期：2023年1月5日")
    ],
    "future proof": [
        ("用户证明.pdf", f"用户证明\n{N}为我公司完成数字化改造。\n青岛示例注塑有限公司（盖章）\n2022年9月1日")
    ],
    "audit": [
        (
            "审计报告.pdf",
            f"2021年度专项审计报告\n{N}：\n我们审计了贵公司2021年度研发费用。\n示例会计师事务所\n2021年7月1日",
        )
    ],
    "audit text": [
        (
            "专项审计.pdf",
            f"专项审计报告\n{N}：\n我们审计了贵公司2022年度专项研究与开发经费。\n示例会计师事务所\n2022年3月1日",
        )
    ],
    "contract before founding": [
        ("合同.pdf", f"技术服务合同\n甲方：青岛示例注塑有限公司\n乙方：{N}\n签订日期：2015年1月5日")
    ],
    "lease after pledge? lease signed after end": [
        (
            "租赁合同.pdf",
            f"房屋租赁合同\n出租方：青岛示例物业有限公司\n承租方：{N}\n房屋坐落：{ADDRESS}\n租赁期限自2022年1月1日至2021年1月1日",
        )
    ],
    "softcopyright before founding": [
        ("软著.pdf", f"计算机软件著作权登记证书\n著作权人：{N}\n开发完成日期：2016年3月1日\n首次发表日期：2016年2月1日")
    ],
    "patent": [("专利.pdf", f"实用新型专利证书\n专利权人：{N}\n专利申请日：2020年5月6日\n授权公告日：2019年11月6日")],
    "social security future": [
        ("社保.pdf", f"社会保险缴费证明\n参保单位：{N}\n费款所属期：2022年8月\n打印日期：2022年9月1日")
    ],
    "credit future": [("信用.pdf", f"信用查询结果\n主体名称：{N}\n查询日期：2022年12月20日\n行政处罚 0条")],
    "staff served before": [
        ("用户评价.pdf", f"用户评价\n{N}自2014年5月起为我公司提供数字化服务。\n青岛示例注塑有限公司\n2021年1月1日")
    ],
}
GOOD: dict[str, list[tuple[str, str]]] = {
    "pledge": [("承诺书.pdf", f"真实性承诺书\n{N}承诺申报材料真实有效。\n承诺单位（盖章）：{N}\n2022年3月17日")],
    "lease open": [
        (
            "租赁合同.pdf",
            f"房屋租赁合同\n出租方：青岛示例物业有限公司\n承租方：{N}\n房屋坐落：{ADDRESS}\n租赁期限：2019年1月1日至2024年12月31日",
        )
    ],
    "lease renewed": [
        ("租赁合同.pdf", f"房屋租赁合同\n承租方：{N}\n租赁期自2018年10月1日起，共三年，期满自动续租至2025年9月30日。")
    ],
    "lease years": [("租赁合同.pdf", f"房屋租赁合同\n承租方：{N}\n租期五年，自2019年3月1日起。")],
    "lease two terms": [
        (
            "租赁合同.pdf",
            f"房屋租赁合同\n承租方：{N}\n第一期2018年1月1日至2020年12月31日，第二期2021年1月1日至2023年12月31日。",
        )
    ],
    "iso": [("ISO证书.pdf", f"质量管理体系认证证书\n获证组织：{N}\n发证日期：2021年9月1日\n有效期至：2024年8月31日")],
    "contract ended": [
        ("服务合同.pdf", f"技术服务合同\n甲方：青岛示例注塑有限公司\n乙方：{N}\n服务期限：2019年5月1日至2020年4月30日")
    ],
    "accept": [("验收单.pdf", f"验收单\n合同签订时间\t2020年6月10日\n验收时间\t2021年5月5日\n承接单位\t{N}")],
    "accept prose": [
        (
            "用户证明.pdf",
            f"用户证明\n{N}2019年3月完成一期验收，2020年8月与我公司签订二期合同。\n青岛示例注塑有限公司\n2021年12月1日",
        )
    ],
    "future delivery": [
        (
            "合同.pdf",
            f"技术服务合同\n甲方：青岛示例注塑有限公司\n乙方：{N}\n签订日期：2022年1月5日\n交付日期：2022年12月1日",
        )
    ],
    "plan": [("方案.docx", f"建设方案\n{N}计划于2023年6月30日前完成平台建设。")],
    "audit": [
        (
            "审计报告.pdf",
            f"2021年度专项审计报告\n{N}：\n我们审计了贵公司2021年度研发费用。\n示例会计师事务所\n2022年2月1日",
        )
    ],
    "midyear audit": [
        (
            "审计报告.pdf",
            f"专项审计报告\n{N}：\n我们审计了贵公司2021年1月至6月研发费用。\n示例会计师事务所\n2021年7月20日",
        )
    ],
    "people": [("团队.docx", "团队介绍\n张示例，2008年毕业，2010年起从事数字化工作，2018年7月1日入职。")],
    "partner history": [
        ("合作.docx", "合作单位介绍\n青岛示例大学成立于1958年，2012年5月1日与青岛示例注塑有限公司共建实验室。")
    ],
    "lab": [("设备.docx", "设备清单\n名称\t购置日期\t检定有效期至\n三坐标\t2018年1月1日\t2021年1月1日\n")],
    "law": [
        ("制度.docx", f"保密制度\n依据2010年4月29日修订的《保守国家秘密法》，{N}制定本制度，自2022年1月1日起施行。")
    ],
    "policy": [("方案.docx", "办法自2021年11月19日起施行，有效期至2023年11月18日。")],
    "old iso as history": [("简介.docx", f"{N}2018年通过ISO9001认证，2021年换证。")],
    "credit": [("信用.pdf", f"信用查询结果\n主体名称：{N}\n查询日期：2022年3月10日\n行政处罚 0条")],
}


def _conflicts(papers: list[tuple[str, str]]) -> list[str]:
    given = [material(name, text) for name, text in papers]
    return [message for kind, message in told(*given) if kind == "date_conflict"]


@pytest.mark.parametrize("what", BAD)
def test_dates_that_contradict_are_told(what: str) -> None:
    assert _conflicts(BAD[what])


@pytest.mark.parametrize("what", GOOD)
def test_harmless_dates_are_not(what: str) -> None:
    assert not _conflicts(GOOD[what])
