"""Names that are nearly the applicant's or somebody else's, and harmless ones that look alike."""

import pytest

from tests.facts_fakes import NAME, material, told

Papers = list[tuple[str, str]]


def _changed(part: str, into: str) -> str:
    return NAME.replace(part, into)


def _proof(name: str) -> Papers:
    return [
        (
            "用户证明.pdf",
            f"用户证明\n兹证明{name}为我公司提供数字化服务，效果良好。\n青岛示例注塑有限公司\n2022年1月1日",
        )
    ]


BAD: dict[str, Papers] = {
    "one char prose": _proof(_changed("智造", "制造")),
    "one char form contract": [
        (
            "合同.pdf",
            f"技术服务合同\n甲方：青岛示例注塑有限公司\n乙方：{_changed('科技', '科枝')}",
        )
    ],
    "有限责任公司": [
        (
            "合同.pdf",
            f"技术服务合同\n甲方：青岛示例注塑有限公司\n乙方：{_changed('有限公司', '有限责任公司')}",
        )
    ],
    "股份": [
        ("软著.pdf", f"计算机软件著作权登记证书\n著作权人：{_changed('有限公司', '股份有限公司')}\n登记号：2020SR1")
    ],
    "missing 科技": [("社保.pdf", f"单位参保证明\n单位名称：{_changed('科技', '')}\n缴费人数 12人")],
    "extra char": [("专利.pdf", f"发明专利证书\n专利权人：{_changed('智造', '智造云')}\n专利号：ZL1")],
    "swap": [
        (
            "租赁合同.pdf",
            f"房屋租赁合同\n出租方：青岛示例物业有限公司\n承租方：{_changed('智造科技', '科技智造')}",
        )
    ],
    "bank": [("开户许可证.pdf", f"开户许可证\n账户名称：{_changed('智造', '智慧')}\n开户银行：示例银行青岛分行")],
    "bank 户名": [
        ("银行回单.pdf", f"银行电子回单\n收款人户名：{_changed('智造', '致造')}\n收款账号：000\n金额：5万元")
    ],
    "payee": [
        (
            "发票.pdf",
            f"增值税专用发票\n销售方名称：{_changed('科技', '技术')}\n购买方名称：青岛示例注塑有限公司",
        )
    ],
    "old name": [("软著2.pdf", "计算机软件著作权登记证书\n著作权人：青岛示例旧名信息有限公司\n登记号：2018SR1")],
    "old name sheet": [
        (
            "软著清单.xlsx",
            "序号\t软件名称\t著作权人\n1\t示例系统\t青岛示例旧名信息有限公司\n2\t示例平台\t青岛示例旧名信息有限公司",
        )
    ],
    "city": [("合同2.pdf", f"技术服务合同\n甲方：青岛示例注塑有限公司\n乙方：{NAME.replace('青岛', '青岛市')}\n")],
    "seal": [
        (
            "承诺书.pdf",
            f"真实性承诺书\n我单位承诺材料真实。\n承诺单位（盖章）：{_changed('智造', '智选')}\n2022年3月1日",
        )
    ],
    "credit other": [("信用.pdf", f"信用查询结果\n主体名称：{_changed('示例', '例示')}\n行政处罚 0条")],
    "insured column": [
        (
            "社保明细.xlsx",
            "姓名\t单位名称\t缴费月数\n张示例\t青岛示例别家软件有限公司\t6\n李示例\t青岛示例别家软件有限公司\t6",
        )
    ],
}
GOOD: dict[str, Papers] = {
    "exact": _proof(NAME),
    "client": [("合同.pdf", f"技术服务合同\n甲方：青岛示例制造科技服务有限公司\n乙方：{NAME}\n")],
    "branch": _proof(NAME + "崂山分公司"),
    "group": [("简介.docx", f"{NAME}是青岛示例智造集团有限公司的成员企业。")],
    "short": [("简介.docx", f"{NAME}（以下简称“示例智造”）成立于2017年。示例智造为行业提供服务。")],
    "renamed": [
        ("更名.pdf", f"准予变更登记通知书\n原名称：青岛示例旧名信息有限公司\n现名称：{NAME}"),
        ("软著.pdf", "计算机软件著作权登记证书\n著作权人：青岛示例旧名信息有限公司\n登记号：2018SR1"),
    ],
    "formerly": [
        ("简介.docx", f"{NAME}（曾用名：青岛示例旧名信息有限公司）。"),
        ("专利.pdf", "发明专利证书\n专利权人：青岛示例旧名信息有限公司\n专利号：ZL1"),
    ],
    "split line": _proof("青岛示例智造\n科技有限公司"),
    "spaces": _proof("青 岛 示 例 智 造 科 技 有 限 公 司"),
    "full width": [("合同.pdf", f"技术服务合同\n甲方：青岛示例注塑有限公司\n乙方：{NAME}（盖章）")],
    "list of clients": [
        ("客户.xlsx", "序号\t客户名称\t金额\n1\t青岛示例制造有限公司\t5\n2\t青岛示例智能科技有限公司\t6")
    ],
    "landlord": [("租赁合同.pdf", f"房屋租赁合同\n出租方：青岛示例智造产业园有限公司\n承租方：{NAME}")],
    "other city": [("案例.docx", f"{NAME}为济南示例智造科技有限公司提供诊断。")],
    "bank": [("开户许可证.pdf", f"开户许可证\n账户名称：{NAME}\n开户银行：示例银行青岛分行")],
    "invoice": [("发票.pdf", f"增值税专用发票\n销售方名称：{NAME}\n购买方名称：青岛示例注塑有限公司")],
    "english": [("简介.docx", f"{NAME} Qingdao Shili Zhizao Technology Co., Ltd.")],
    "invoice bought": [("发票.pdf", f"增值税专用发票\n购买方名称：{NAME}\n销售方名称：青岛示例设备有限公司")],
}


def _mismatches(papers: Papers) -> list[str]:
    given = [material(name, text) for name, text in papers]
    return [message for kind, message in told(*given) if kind == "name_mismatch"]


@pytest.mark.parametrize("what", BAD)
def test_other_names_are_told(what: str) -> None:
    assert _mismatches(BAD[what])


@pytest.mark.parametrize("what", GOOD)
def test_harmless_names_are_not(what: str) -> None:
    assert not _mismatches(GOOD[what])
