"""What contradicts in figures: amounts, sums, dates; and what is unsigned, hidden or unreadable."""

from dataclasses import replace
from datetime import date

import pytest

from ingest.materials import Remark
from tests.facts_fakes import FORM, LICENCE, NAME, issues_of, material, told

SIGNED = "法定代表人（签字）：王示例\n单位（盖章）：{name}\n{day}"


def kinds(*texts: str, ocr: bool = False) -> list[str]:
    return [kind for kind, _ in told(*(material(f"材料{n}.pdf", text, ocr=ocr) for n, text in enumerate(texts)))]


def pledge(*, sign: str = "王示例", name: str = NAME, day: str = "2022年3月18日") -> str:
    closing = f"法定代表人（签字）：{sign}\n单位（盖章）：{name}\n{day}"
    return f"真实性承诺书\n我单位{NAME}承诺申报材料真实。\n{closing}"


@pytest.mark.parametrize(
    "text",
    [
        "专项审计报告\n2021年度专项研究与开发经费支出合计伍佰壹拾贰万陆仟元整（¥5,126,000.00）",
        "专项审计报告\n2020年度专项研究与开发经费支出合计300万元",
        "专项经费\n2022年度专项研究与开发经费预算为600万元(大写:人民币陆佰万元整)",
        "2021年度营业收入5000万元，2021年度技术服务收入300万元",
        "技术服务合同\n合同金额：68万元（大写：人民币陆拾捌万元整）",
        "序号\t科目\t金额（万元）\t占比（%）\n1\t甲\t10.5\t33.3\n2\t乙\t20.5\t66.6\n\t合计\t31\t100",
        "科目\t金额（万元）\n甲\t10\n乙\t20\n小计\t30\n丙\t5\n其中：丙一\t3\n合计\t35",
        "序号\t姓名\t年龄\n1\t甲\t30\n2\t乙\t40\n合计\t2",
        "年度\t经费（万元）\n2020年\t\n2021年\t\n合计\t",
    ],
)
def test_amounts_that_do_not_contradict(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("审计报告\n2021年度专项研究与开发经费支出合计521.60万元", "2021年度的专项经费支出前后不一"),
        (f"{NAME}注册资本2000万元", "注册资本前后不一"),
        ("合同价款：860000元（大写：捌拾陆元整）", "小写与大写不一致"),
        ("序号\t科目\t金额（万元）\n1\t甲\t265\n2\t乙\t205\n合计\t\t480", "合计为480万元,各项相加为470万元"),
    ],
)
def test_amounts_that_contradict(text: str, message: str) -> None:
    ((kind, found),) = told(material("材料.pdf", text))
    assert kind == "amount_conflict"
    assert message in found


def test_a_total_may_add_up_over_two_pages() -> None:
    head = "科目\t金额（万元）\n"
    assert told(material("表.pdf", f"{head}甲\t10\n乙\t20", f"{head}丙\t5\n丁\t1\n合计\t36")) == []
    assert len(told(material("表.pdf", f"{head}甲\t10\n乙\t20", f"{head}丙\t5\n丁\t1\n合计\t37"))) == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("服务期限自2021年9月1日起至2021年3月1日止。", "止日(2021年3月1日)早于起日(2021年9月1日)"),
        ("项目\t开始日期\t结束日期\n甲\t2021-09-01\t2021-03-01", "结束日期早于开始日期"),
        ("会议于2022年2月30日召开", "不是存在的日期"),
        (pledge(day="2021年3月5日"), "早于办法印发之日(2021年10月13日)"),
        (pledge(day="2023年3月5日"), "晚于核查日期"),
        (f"房屋租赁合同\n承租方：{NAME}\n租期自2019年1月1日至2021年12月31日。", "已过期"),
        (f"申请表\n单位名称：{NAME}\n成立日期：2018年5月16日\n单位（盖章）：{NAME}\n2022年3月18日", "成立日期不一致"),
    ],
)
def test_dates_that_cannot_be(text: str, message: str) -> None:
    ((kind, found),) = told(material("材料.pdf", text))
    assert kind == "date_conflict"
    assert message in found


@pytest.mark.parametrize(
    "text",
    [
        "技术合同\n甲方：青岛示例甲有限公司\n签订日期：2019年3月1日",
        "营业期限\t2017年5月16日至长期",
        "本协议自2020年10月12日起生效，有效期三年。",
        "软件版本V2021.13.40,登记号2022SR0130",
        "项目\t开始日期\t结束日期\n甲\t2021-03\t2021-03",
    ],
)
def test_dates_that_are_in_order(text: str) -> None:
    assert kinds(text) == []


def test_a_pledge_signed_before_the_unit_was_founded() -> None:
    licence = material("营业执照.jpg", LICENCE.replace("2017年5月16日", "2022年3月20日"))
    found = issues_of(licence, material("承诺书.pdf", pledge()), policy_issued=None)
    assert ["早于申报单位成立之日" in issue.message for issue in found] == [True]


@pytest.mark.parametrize(
    ("text", "ocr", "lacking"),
    [
        (pledge(sign="", name="", day="　　年　　月　　日"), False, "签字、盖章、日期"),
        (pledge(sign="", name=""), False, "签字、盖章"),
        (pledge(day="年 月 日"), False, "日期"),
        (pledge(sign=""), True, "签字"),
        ("经费承诺函\n我公司承诺设立经费。", False, "签字、盖章、日期"),
    ],
)
def test_what_a_pledge_lacks(text: str, ocr: bool, lacking: str) -> None:
    ((kind, message),) = told(material("承诺书.pdf", text, ocr=ocr))
    assert kind == "unsigned"
    assert f"没有读到{lacking}," in message


@pytest.mark.parametrize(
    "text",
    [
        pledge(sign=""),  # the signature may be a picture
        f"承诺书\n我单位承诺材料真实。\n{NAME}（盖章）\n2022年3月18日",
        f"申报书\n申报单位（盖章）：{NAME}\n法定代表人：王示例\n日期：2022年3月18日",
        f"申请书\n单位名称：{NAME}\n申请单位盖章：{NAME}\n申请日期：2022年3月14日",
        "保密制度\n法定代表人（签字）：\n年 月 日",
    ],
)
def test_what_is_signed_or_need_not_be(text: str) -> None:
    assert kinds(text) == []


def test_an_unread_signature_is_not_called_missing() -> None:
    unread = Remark("low_confidence", "第1页有 1 行看不清,没有读入,请对照原件核对。", "~", 1)
    assert told(material("承诺书.pdf", pledge(sign=""), ocr=True, remarks=[unread])) == []


def test_hidden_words_and_stray_ones() -> None:
    hidden = Remark("hidden_text", "第 1 页有与背景颜色相近的文字,没有计入正文。", "本页内容另有安排", 1)
    ((kind, message),) = told(material("说明.pdf", "说明", remarks=[hidden]))
    assert (kind, "本页内容另有安排" in message) == ("hidden_text", True)
    assert told(material("说明.pdf", "说明", remarks=[replace(hidden, text="公司")])) == []
    parted = Remark("invisible_characters", "文件的词语中间夹有看不见的字符(如零宽空格),已去掉。", "甲乙")
    assert told(material("说明.pdf", "说明", remarks=[parted])) == []
    many = replace(parted, text="\n".join(["符合条件"] * 3))
    assert [kind for kind, _ in told(material("说明.pdf", "说明", remarks=[many]))] == ["hidden_text"]


def test_what_could_not_be_read() -> None:
    locked = replace(material("执照.pdf"), status="unreadable", reason="文件有密码。", pages=())
    faint = material("证明.pdf", "证明内容齐全，印章清楚，日期为二〇二二年。", ocr=True)
    faint = replace(
        faint, pages=(*faint.pages, replace(faint.pages[0], number=2, text="一", confidence=0.5, blocks=()))
    )
    left = Remark("incomplete", "第2页没有读到文字,请人工查看原件。", page=2)
    found = told(locked, faint, material("成果.pdf", "成果", remarks=[left]))
    assert [kind for kind, _ in found] == ["unreadable"] * 3
    assert "文件有密码" in found[0][1]
    assert "第2页几乎没有读到文字" in found[1][1]


def test_the_same_file_many_times_is_told_once() -> None:
    papers = [replace(material("承诺书.pdf", pledge(day="2021年3月5日")), name=f"承诺书({n}).pdf") for n in range(20)]
    assert len(told(*papers)) == 1


def test_no_papers_no_issues() -> None:
    assert issues_of() == ()
    assert issues_of(material("english.pdf", "A company profile"), as_of=date(2026, 1, 1)) == ()
    assert [issue.kind for issue in issues_of(material("申报书.docx", FORM))] == []
