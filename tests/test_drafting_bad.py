"""What cannot be drafted is told in one sentence, and nothing is drafted of it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from assistant.drafting.write import draft
from assistant.reports.schema import Fact, Override, Report
from ingest.errors import UsageError
from tests.drafting_fakes import AGENCY, FORMS, confirmed, measure, reports_for, said
from tests.report_fakes import NAME, report

_ONE = (said("7.1"),)


def refused(
    kind: str = "推荐意见",
    *,
    made: Report | None = None,
    overrides: tuple[Override, ...] = _ONE,
    **form: Any,
) -> str:
    wanted = measure().kind(kind)
    with pytest.raises(UsageError) as error:
        draft(wanted, measure(), reports=reports_for(wanted, made), overrides=overrides, form=form)
    told = str(error.value)
    assert told.endswith("。")
    assert "\n" not in told
    return told


@pytest.mark.parametrize("kind", measure().kinds, ids=lambda kind: kind.id)
def test_what_is_required_must_be_filled_in(kind: Any) -> None:
    for field in kind.form:
        if field.required:
            form = {name: value for name, value in FORMS[kind.name].items() if name != field.name}
            assert f"缺少“{field.name}”" in refused(kind.name, overrides=confirmed(), **form)


def test_an_unknown_kind_lists_those_there_are() -> None:
    with pytest.raises(
        UsageError, match=r"没有“表扬信”这种文书,可以起草的有:初审推荐意见、不予推荐的说明、补正通知"
    ) as error:
        measure().kind("表扬信")
    assert all(kind.name in str(error.value) for kind in measure().kinds)


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("推荐意见", "初审推荐意见"),
        ("补正通知", "补正通知"),
        ("评估初审意见", "年度评估初审意见"),
        ("备案报告", "变更备案报告"),
        (" recommend ", ""),
        ("01-recommend", "初审推荐意见"),
        ("汇总表", "申报情况汇总表"),
    ],
)
def test_kinds_go_by_several_names(name: str, wanted: str) -> None:
    if wanted:
        assert measure().kind(name).name == wanted
    else:
        with pytest.raises(UsageError):
            measure().kind(name)


def test_nothing_is_recommended_before_a_person_has_confirmed_anything() -> None:
    assert "还没有经人工核定的结论" in refused(overrides=(), 发文机关=AGENCY)
    other = said("7.1", key="c" * 32)  # of another report
    assert "还没有经人工核定的结论" in refused(overrides=(other,), 发文机关=AGENCY)


def test_reports_that_do_not_fit() -> None:
    name = Fact("name", "青" * 300, "单位名称", NAME)
    long = replace(report(), applicant=replace(report().applicant, name=name))
    assert "300 个字" in refused(made=long, 发文机关=AGENCY)
    forbidden = replace(long, applicant=replace(long.applicant, name=replace(name, value="青\x01岛")))
    assert "Word 不能保存" in refused(made=forbidden, 发文机关=AGENCY)
    assert "Word 不能保存" in refused(overrides=(said("7.1", reason="已\x0b核"),), 发文机关=AGENCY)
    early = replace(report(), as_of=date(2021, 11, 18))
    assert "施行之日(2021年11月19日)" in refused(made=early, 发文机关=AGENCY)
    assert "另一份政策(other-1)" in refused(made=replace(report(), policy="other-1"), 发文机关=AGENCY)
    kind = measure().kind("汇总表")
    with pytest.raises(UsageError, match="给了两次"):
        draft(kind, measure(), reports=[report(), report()], form={"发文机关": AGENCY})
    with pytest.raises(UsageError, match="要有预审报告,收到的是 0 份"):
        draft(kind, measure(), form={"发文机关": AGENCY})
    with pytest.raises(UsageError, match="不用预审报告,收到的是 1 份"):
        draft(measure().kind("公示"), measure(), reports=[report()])


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"受理日期": "2021-11-18"}, "“受理日期”(2021年11月18日)早于"),
        ({"受理日期": "2022-02-30"}, "不是日期:“2022-02-30”"),
        ({"受理日期": "明天"}, "不是日期"),
        ({"推荐结论": "随便"}, "没有“随便”这个选项,可选:同意推荐、建议优先推荐"),
        ({"签发人": "甲" * 101}, "有 101 个字,最多 100 个字"),
        ({"推荐理由": "甲" * 3001}, "最多 3000 个字"),
        ({"签发人": "甲\x08"}, "有 Word 不能保存的字符"),
        ({"签发人": "\ud800"}, "有 Word 不能保存的字符"),
        ({"签发人": ["甲"]}, "应填写文字"),
        ({"签发人": {"甲": 1}}, "应填写文字"),
        ({"不相干": "甲"}, "的表单没有“不相干”,可填的有:申报产业领域、"),
        ({"发文机关": "  "}, "缺少“发文机关”"),
    ],
)
def test_a_form_with_a_fault(form: dict[str, Any], told: str) -> None:
    assert told in refused(**{"发文机关": AGENCY, **form})


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("甲", "应逐行填写,每行写明 单位名称、产业领域、主管部门"),
        (["甲"], "应逐行填写"),
        ([{"产业领域": "海洋"}], "第 1 行缺少“单位名称”"),
        ([{"单位名称": "甲", "电话": "1"}], "第 1 行没有“电话”这一列"),
        ([{"单位名称": "甲" * 300}], "第 1 行的“单位名称”有 300 个字"),
        ([{"单位名称": "甲"}] * 501, "有 501 行,最多 500 行"),
        ([], "缺少“拟评定名单”"),
        ([{}], "缺少“拟评定名单”"),
    ],
)
def test_rows_with_a_fault(rows: Any, told: str) -> None:
    assert told in refused("公示", 拟评定名单=rows)


def test_days_in_the_wrong_order() -> None:
    form = {**FORMS["变更备案报告"], "报送日期": "2022-01-09"}
    assert "“报送日期”(2022年1月9日)早于“手续办理日期”(2022年1月10日)" in refused("备案报告", **form)


def test_a_number_is_a_whole_number() -> None:
    assert "应为整数" in refused("评估初审意见", 发文机关=AGENCY, 评价年度="二〇二二")
