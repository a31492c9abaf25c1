"""What is read from materials: whose names, which addresses, amounts and dates, who signed and sealed."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.materials import Material, Remark
from tests.facts_fakes import CODE, FORM, LICENCE, NAME, facts_of, material, page, values


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("单位名称：青岛示例大学（盖章）", [("青岛示例大学", "申报单位")]),
        ("名　　　　称 青岛示例协会", [("青岛示例协会", "申报单位")]),
        ("名\t称\t青岛示例研究院", [("青岛示例研究院", "申报单位")]),
        ("单 位 名 称\t青岛示例商会", [("青岛示例商会", "申报单位")]),
        ("企业（单位）名称\t青岛示例（集团）股份有限公司", [("青岛示例(集团)股份有限公司", "申报单位")]),
        ("申报单位名称\n青岛示例学会", [("青岛示例学会", "申报单位")]),
        ("1.申报单位：青岛示例智造有限公司（以下简称“智造”）", [("青岛示例智造有限公司", "申报单位")]),
        ("我公司（青岛示例智造有限公司）承诺", [("青岛示例智造有限公司", "申报单位")]),
        ("单位名称：无", []),
        ("归属于上市公司股东的净利润", []),
        ("登记机关：青岛市示例审批服务局", [("青岛市示例审批服务局", "登记机关")]),
        ("兹证明青岛示例智造有限公司自2019年起服务", [("青岛示例智造有限公司", "提及")]),
        ("服务对象\t金额\n青岛示例注塑有限公司\t5", [("青岛示例注塑有限公司", "服务对象")]),
        (
            "公司名称\t法定代表人\n青岛示例丙有限公司\t王示例",
            [("青岛示例丙有限公司", "申报单位")],
        ),
        (
            "合同编号：SL-018委托方（甲方）：青岛示例甲有限公司 受托方（乙方）：青岛示例乙有限公司",
            [("青岛示例甲有限公司", "委托方"), ("青岛示例乙有限公司", "受托方")],
        ),
    ],
)
def test_names_and_whose_they_are(text: str, found: list[tuple[str, str]]) -> None:
    assert values(text, "name") == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("联合申报单位\t青岛示例甲有限公司、青岛示例乙大学", ["青岛示例甲有限公司", "青岛示例乙大学"]),
        ("联合申报单位：无", []),
        ("联合申报单位\t/", []),
        ("与青岛示例甲有限公司联合申报", ["青岛示例甲有限公司"]),
        ("联合申报协议\n甲方：青岛示例甲有限公司\n乙方：青岛示例乙学院", ["青岛示例甲有限公司", "青岛示例乙学院"]),
    ],
)
def test_joint_applicants(text: str, found: list[str]) -> None:
    assert [value for value, _ in values(text, "joint_applicant")] == found


def test_codes_are_facts_right_or_wrong_and_other_numbers_are_none() -> None:
    assert values(f"统一社会信用代码：{CODE[:-1]}", "uscc") == [(CODE[:-1], "申报单位")]
    assert values(f"代码{CODE.replace('0', 'O', 1)}", "uscc") == [(CODE.replace("0", "O", 1), "申报单位")]
    others = "统一社会信用代码/注册号：370212230012345\n身份证号 370202199001011234\n账号 380202000001011234"
    assert values(others, "uscc") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("住\t所\t山东省青岛市崂山区示例路1号", [("山东省青岛市崂山区示例路1号", "住所")]),
        ("在青经营场所\t青岛市黄岛区示例路1号", [("青岛市黄岛区示例路1号", "经营场所")]),
        ("甲方将坐落于青岛市即墨区示例三路9号的房屋出租给乙方", [("青岛市即墨区示例三路9号", "租赁房屋")]),
        ("申报单位注册地址：山东省 青岛市 示例路1号", [("山东省青岛市示例路1号", "注册地址")]),
        (
            "注册地址为山东省青岛市市北区示例路5号，经营场所位于青岛市即墨区示例路9号。",
            [("山东省青岛市市北区示例路5号", "注册地址"), ("青岛市即墨区示例路9号", "经营场所")],
        ),
        ("地址栏请如实填写", []),
        ("用户注册地址为青岛市示例路5号，", []),
    ],
)
def test_addresses_and_what_they_are_of(text: str, found: list[tuple[str, str]]) -> None:
    assert values(text, "address") == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("注册资本：人民币叁仟万元整", [("30000000", "注册资本")]),
        ("注册资本（万元）\t3000", [("30000000", "注册资本")]),
        ("注册资本\t3000（万元）", [("30000000", "注册资本")]),
        ("专项研究与开发经费\t2021年度支出\t512.60万元", [("5126000", "专项经费支出")]),
        ("年度\t专项研究与开发经费支出（万元）\n2021年\t512.6", [("5126000", "专项经费支出")]),
        (
            "单位：万元\n项目\t年度支出\t年度预算\n专项\t512.6\t600",
            [("5126000", "专项经费支出"), ("6000000", "专项经费预算")],
        ),
        (
            "2021年度专项研究与开发经费支出表\n科目\t金额（万元）\t占比（%）\n合计\t480\t100",
            [("4800000", "专项经费支出")],
        ),
        (
            "2022年度设立专项研究与开发经费480万元(大写:人民币伍佰捌拾万元整)",
            [("4800000", "专项经费预算"), ("5800000", "专项经费预算")],
        ),
        ("专项研究与开发经费\t2021年度支出\t万元", []),
        ("年度支出约300万元", []),
        ("租金为每平方米每天1.20元", []),
    ],
)
def test_amounts_by_row_column_and_sentence(text: str, found: list[tuple[str, str]]) -> None:
    assert values(text, "amount") == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("成立日期\t2017-05-16", [("2017-05-16", "成立日期")]),
        ("公司成立于二〇一七年五月十六日", [("2017-05-16", "成立日期")]),
        ("有效期\t自2020年3月10日至2025年3月10日", [("2020-03-10", "期限起"), ("2025-03-10", "有效期至")]),
        ("有效期至：2025年12月31日", [("2025-12-31", "有效期至")]),
        ("租期从2021年5月1日起至2024年4月30日止", [("2021-05-01", "期限起"), ("2024-04-30", "期限止")]),
        ("申报单位（盖章）：\n2022年3月18日", [("2022-03-18", "签署日期")]),
        ("登记机关：示例局\n2017年5月16日", [("2017-05-16", "发证日期")]),
        ("日期：　　年　　月　　日", []),
    ],
)
def test_dates_and_what_they_are_of(text: str, found: list[tuple[str, str]]) -> None:
    assert values(text, "date") == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("单位类型：☑企业 ☐高等院校 ☐科研院所", ["enterprise"]),
        ("单位类型\t企业□ 高等院校□ 科研院所☑", ["institute"]),
        ("主体类型：[√]行业协会 [ ]企业", ["association"]),
        ("□企业 ■智库机构 □高等院校", ["thinktank"]),
        ("单位类型：智库机构（民办非企业单位）", ["thinktank"]),
        ("单位类型：□企业 □高等院校 □科研院所", []),
    ],
)
def test_ticked_boxes(text: str, found: list[str]) -> None:
    assert [value for value, _ in values(text, "entity_type")] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("专职服务人员\t18人", [("18", "专职人员")]),
        ("为18名专职人员缴纳社会保险", [("18", "专职人员")]),
        ("职工人数\t56", [("56", "职工")]),
        ("培训企业管理和技术人员1900余人次", []),
    ],
)
def test_numbers_of_people(text: str, found: list[tuple[str, str]]) -> None:
    assert values(text, "staff") == found


def test_representatives_and_signatures_are_told_apart() -> None:
    assert values("法定代表人\t王示例\t联系电话\t1", "legal_representative") == [("王示例", "法定代表人")]
    assert values("法定代表人（签字）：王示例", "legal_representative") == []
    assert values("法定代表人（签字）王示例", "signed") == [("王示例", "签字")]
    assert values("法定代表人（签字）：\n单位（盖章）：", "signed") == []
    assert values("数据安全工作由法定代表人负总责，另设两名", "legal_representative") == []
    assert values("自双方签字盖章之日起生效。", "signed") == []


def test_a_seal_stands_at_the_line_it_was_pressed_on() -> None:
    words = f"法定代表人（签字）：王示例\n单位（盖章）：{NAME}\n2022年3月18日"
    spots = [(number, place) for number, line in enumerate(words.split("\n")) for place in range(len(line) + 1)]
    rows = [(10.0 + 10 * at, 100.0 + 20 * row, 20.0 + 10 * at, 112.0 + 20 * row) for row, at in spots[: len(words)]]
    told = "第1页有印章,印文好像是“青岛示测智造科技有限公司”(机器辨认,不一定准),请对照原件核对。"
    seal = Remark("seal", told, "青岛示测智造科技有限公司", 1, (150.0, 60.0, 400.0, 160.0))
    printed = replace(page(words, ocr=True), boxes=np.array(rows, dtype=np.float32))
    sealed = Material("承诺.pdf", "pdf", "ocr", "1" * 64, 1, pages=(printed,), remarks=(seal,))
    found = [fact for fact in facts_of(sealed) if fact.kind == "sealed"]
    assert [(fact.value, fact.exhibit.quote) for fact in found] == [
        ("青岛示测智造科技有限公司", f"单位（盖章）：{NAME}")
    ]


def test_equal_files_count_once_and_exhibits_hold_the_words() -> None:
    licence = material("营业执照.jpg", LICENCE)
    once = facts_of(licence)
    assert facts_of(licence, licence) == once
    for fact in once:
        assert fact.exhibit.quote == licence.pages[0].text[fact.exhibit.start : fact.exhibit.end]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([*FORM.split("\n"), *LICENCE.split("\n"), "：", "\t\t", "（", "年 月 日", "①", ""])))
def test_any_order_of_lines_can_be_read(rows: list[str]) -> None:
    for fact in facts_of(material("材料.pdf", "\n".join(rows))):
        assert fact.value
        assert fact.exhibit.quote.strip()


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="单位名称:：（）()盖章签字\t\n 0123456789年月日万元合计,.有限公司青岛市路号□☑", max_size=120))
def test_any_text_can_be_read(text: str) -> None:
    facts_of(material("材料.pdf", text))
