"""One finding for each condition, what is missing, and advice."""

from dataclasses import replace

import pytest

from assistant.checking.advice import advice, unseen
from assistant.checking.findings import findings
from assistant.checking.support import Support
from assistant.materials.missing import missing
from assistant.reports.schema import Finding, Issue
from ingest.materials import Remark
from tests.check_fakes import LICENCE, NAME, application, conditions, known, material, supports

_NOTHING = {"7.1": (), "7.2": (Support("专项经费"), Support("服务团队")), "7.8": (Support("保密"),), "7.9": ()}


def test_a_finding_for_each_condition_whatever_could_be_read() -> None:
    found = findings(known(material("坏.pdf", status="unreadable")), _NOTHING)
    assert [each.condition for each in found] == ["7.1", "7.2", "7.8", "7.9"]
    assert {each.verdict for each in found} == {"missing"}
    assert all(each.reason.endswith("。") and each.reason.count("。") == 1 and not each.evidence for each in found)


def test_text_support_alone_is_unclear_and_says_what_was_found() -> None:
    paper = material("说明.pdf", f"{NAME}\n2021年专项经费支出512万元。\n我单位团队专职服务能力较强。")
    support = supports(paper)
    found = findings(known(paper), {**_NOTHING, "7.2": (support, Support("服务团队", asserted=support.shown))})[1]
    assert found.verdict == "unclear"
    assert found.decided_by == "retrieval"
    assert found.reason == "专项经费有材料支持;服务团队只有概括性表述,没有具体事实;是否符合由初审人员核定。"
    assert [aspect.aspect for aspect in found.aspects] == ["专项经费", "服务团队"]


def test_denials_strangers_and_plans_are_told_apart() -> None:
    shown = supports(material("说明.pdf", f"{NAME}\n2021年专项经费支出512万元。")).shown
    told = findings(
        known(), {**_NOTHING, "7.2": (Support("专项经费", denied=shown), Support("服务团队", strangers=shown))}
    )[1]
    assert told.verdict == "missing"
    assert "专项经费写明没有(说明.pdf:“2021年专项经费支出512万元”);服务团队只见其他单位的材料" in told.reason
    planned = findings(known(), {**_NOTHING, "7.8": (Support("保密", shown, planned=True),)})[2]
    assert planned.reason == "保密(只见计划)有材料支持;保密措施是否有效由人工判断。"


def test_no_wording_rejects() -> None:
    for found in findings(known(), _NOTHING):
        assert not any(word in found.reason for word in ("不予", "驳回", "不通过", "拒绝"))


def test_what_is_there_is_not_missing() -> None:
    papers = (material("a.pdf", LICENCE), material("b.pdf", f"真实性承诺书\n{NAME}承诺所提交的材料真实。"))
    found = missing(conditions(), application(*papers), entity="enterprise")
    assert [each.name for each in found] == ["专项经费证明", "专职团队名单", "数据共享与保密制度"]
    assert len(missing(conditions(), application(), entity="enterprise")) == len(conditions().materials)


def test_an_unreadable_paper_is_missing_with_a_note() -> None:
    bad = material("附件/真实性承诺书.pdf", status="unreadable")
    found = missing(conditions(), application(bad), entity="enterprise")[-1]
    assert (found.name, found.named, found.basis) == ("真实性承诺书", True, "第七条第(九)项")
    assert found.note.startswith("有同名文件“附件/真实性承诺书.pdf”,但读不出内容,")


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("03_经费说明(扫描).pdf", "", "有同名文件"),
        ("3.情况说明.pdf", "", "可能是这份材料,但读不出内容"),
        ("扫描0001.jpg", "情况说明\n模糊", "可能是这份材料,但没有读全"),
        ("扫描0001.jpg", "专项经费\n模糊", "可能是这份材料,但没有读全"),
        ("扫描0001.jpg", "", None),
        ("会议情况说明会通知.pdf", "", None),
    ],
)
def test_a_file_that_could_hardly_be_read_may_be_what_is_missing(name: str, text: str, words: str | None) -> None:
    held = conditions()
    vague = replace(held.materials[1], vague=("情况说明$",), words=("经费", "研发", "支出"))
    paper = replace(material(name, text), status="ocr")
    found = missing(replace(held, materials=(vague,)), application(paper), entity="enterprise")
    assert len(found) == 1
    assert (words in found[0].note) if words else not found[0].note


def test_a_file_of_the_very_name_goes_before_others_and_few_are_named() -> None:
    bad = [
        material(f"{name}.pdf", status="unreadable") for name in ("承诺", "1真实性承诺", "2真实性承诺书", "真实性承诺3")
    ]
    held = replace(conditions(), materials=(replace(conditions().materials[-1], vague=("^承诺$",)),))
    note = missing(held, application(*bad, *bad), entity="enterprise")[0].note
    assert (note.count("有同名文件"), note.count("可能是")) == (3, 0)
    assert missing(held, application(bad[0]), entity="enterprise")[0].note.startswith("“承诺.pdf”可能是这份材料")


def test_a_package_says_what_it_does_not_show() -> None:
    bad, good = material("a.pdf", status="unreadable"), material("b.pdf", "为企业提供数字化诊断服务。")
    cut = replace(good, sha256="c" * 64, remarks=(Remark("incomplete", "有一处图像没有识别。", page=1),))
    assert unseen(application(good)) == ""
    assert unseen(application()).startswith("没有收到任何文件")
    assert unseen(application(bad, bad)).startswith("收到的 2 个文件都没有读出内容")
    assert unseen(application(bad, cut, good)).startswith("本次预审不完整:1 个文件没有读出、1 个文件没有读全")
    assert "没有文字" in unseen(application(material("c.pdf", "")))
    assert "中文译本" in unseen(application(material("d.pdf", "Application Form 申报书. We employ 40 engineers.")))


def test_materials_of_other_applicants_are_not_expected() -> None:
    held = conditions()
    others = replace(held, materials=tuple(replace(each, of=("university",)) for each in held.materials))
    assert missing(others, application(), entity="enterprise") == ()


def test_advice_only_advises() -> None:
    lacking = missing(conditions(), application(), entity="enterprise")
    told = advice(findings(known(), _NOTHING), lacking, (Issue("unsigned", "a.pdf", 1, "没有签字。"),))
    assert told.startswith("建议补充办法要求提交的真实性承诺书(第七条第(九)项)")
    assert "初审人员核定" in told
    assert "1 处" in told
    clean = (Finding("7.1", "第七条第(一)项", "法人资格", "met", "。", "rule"),)
    assert "未发现需要补充的材料" in advice(clean, (), ())
