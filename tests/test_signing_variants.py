"""Pledges signed, sealed and dated in many ways, and left blank in as many."""

import pytest

from tests.facts_fakes import material, told

PLEDGE = "真实性承诺书\n青岛示例智造科技有限公司承诺：所提交的材料真实、完整，没有弄虚作假。\n"
SIGNED = [
    "法定代表人（签字）：王示例\n单位（盖章）：青岛示例智造科技有限公司\n2022年3月18日",
    "法定代表人（签字）：王示例单位（盖章）：青岛示例智造科技有限公司2022年3月18日",
    "法定代表人（签字）：王示例　单位（盖章）：青岛示例智造科技有限公司　2022年3月18日",
    "承诺单位：青岛示例智造科技有限公司（公章）\n法定代表人：王示例（签字）\n承诺日期：2022-03-18",
    "承诺人（盖章）：青岛示例智造科技有限公司\n法人签字：王示例\n二〇二二年三月十八日",
    "青岛示例智造科技有限公司（盖章）\n2022.3.18",
    "青岛示例智造科技有限公司\n2022年3月18日",
    "签字：王示例\n日期：2022年3月18日",
    "理事长（签字）：王示例 // 青岛示例智造科技有限公司（盖章） 2022/3/18",
    "单位（盖章）：青岛示例智造科技有限公司\n提交日期：2022年8月9日",
    "法定代表人（或授权代表）签字：王示例\n申报单位（盖章）：青岛示例智造科技有限公司\n申报时间：2022年3月",
    "承诺单位\t青岛示例智造科技有限公司（盖章）\n法定代表人\t王示例（签字）\n日期\t2022年3月18日",
    "法定代表人签名：王示例\t（单位公章）青岛示例智造科技有限公司\n\t2022年3月18日",
]
BLANK = [
    "法定代表人（签字）：\n单位（盖章）：\n　　　年　　月　　日",
    "法定代表人（签字）：　　　　单位（盖章）：　　　　　年　月　日",
    "承诺单位（公章）：\n法定代表人：\n日期：",
    "承诺人：\n日期：   年  月  日",
    "法定代表人签字：____________\n单位盖章：____________\n日期：____年__月__日",
    "法定代表人（签字）：\n承诺单位（盖章）：\n2022年　月　日",
    "（加盖单位公章）\n年 月 日",
    "",
    "特此承诺。",
    "承诺单位（盖章）：\t\n法定代表人（签字）：\t\n日期：\t",
    "单位（盖章处）\n法定代表人（签字处）",
    "法定代表人/授权代表（签章）：\n申报单位（章）：\n时间：",
]


@pytest.mark.parametrize("words", SIGNED)
def test_signed_pledges_lack_nothing(words: str) -> None:
    assert "unsigned" not in [kind for kind, _ in told(material("承诺书.docx", PLEDGE + words))]


@pytest.mark.parametrize("words", BLANK)
def test_blank_pledges_are_told(words: str) -> None:
    assert "unsigned" in [kind for kind, _ in told(material("承诺书.docx", PLEDGE + words))]
