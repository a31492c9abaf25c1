"""What the words of a material amount to."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.materials.sources import Names, Source, sources
from assistant.materials.statements import Wording, statement
from ingest.materials import Material
from tests.check_fakes import NAME, material

_ABSENCE = (re.compile("未发现|未列入"),)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("公司成立5年，尚未设立专项经费。", "公司成立5年，"),
        ("具备较强的服务能力，服务企业46家。", "服务企业46家。"),
        ("实力雄厚，技术领先。", ""),
        ("甲方将坐落于示例路的房屋出租给乙方使用。", "甲方将坐落于示例路的房屋出租给乙方使用。"),
        ("没有受到行政处罚。", "没有受到行政处罚。"),
        ("授权专利\t无", ""),
        ("行政处罚\t无", "行政处罚\t无"),
    ],
)
def test_praise_and_denials_are_set_apart(words: str, told: str) -> None:
    assert statement(words).told == told


@pytest.mark.parametrize(
    ("words", "planned"),
    [
        ("拟投入500万元。", True),
        ("公司将于2023年建设实验室。", True),
        ("计划投入500万元。", True),
        ("预计培训100人次。", True),
        ("计划达成率提高到96%。", False),
        ("甲方将房屋交付乙方。", False),
        ("编制实施计划3份。", False),
    ],
)
def test_plans_are_told_from_deeds(words: str, planned: bool) -> None:
    assert statement(words).planned is planned


@pytest.mark.parametrize(
    ("words", "adverse", "clear"),
    [
        ("严重失信主体名单\t已列入（2022年1月17日起，尚未移出）", True, False),
        ("行政处罚：1条", True, False),
        ("行政处罚\t0条", False, True),
        ("经营异常名录：无；", False, True),
        ("未列入严重失信主体名单", False, True),
        ("服务企业12家", False, False),
    ],
)
def test_records_speak_for_or_against(words: str, adverse: bool, clear: bool) -> None:
    said = statement(words, absence=_ABSENCE)
    assert (said.adverse, said.clear) == (adverse, clear)


@given(st.text(max_size=60))
def test_any_words(words: str) -> None:
    said = statement(words, heading=words, absence=_ABSENCE)
    assert set(said.told + said.denied + said.praise) <= set(words)


def test_the_words_of_the_measure_are_found_in_a_copy() -> None:
    wording = Wording(("设立专项研究与开发经费,经费充足,保障有力。",))
    assert wording.own("设立专项研究与开发经费，经费充足") == ("", 1.0)
    own, copied = wording.own("设立专项研究与开发经费600万元")
    assert own == "600万元"
    assert copied > 0.6
    assert wording.own("租赁合同")[1] == 0.0


def _source(paper: Material, *owners: str) -> Source:
    return sources((paper,), {}, names=Names((NAME,)), owners={paper.sha256: owners})[paper.sha256]


def test_what_a_material_is_as_a_witness() -> None:
    assert _source(material("a.pdf", f"申报书\n{NAME}")).form
    assert _source(material("a.pdf", f"专项审计报告\n{NAME}")).others
    assert _source(material("a.pdf", f"{NAME}\n商业秘密保护制度")).binding
    assert _source(material("a.pdf", "济南示例软件有限公司服务能力说明\n专职18人")).stranger
    assert _source(material("a.pdf", "人员名单\n专职18人"), "济南示例软件有限公司").stranger
    assert not _source(material("a.pdf", "项目汇总\n1\t青岛示例冷链有限公司\t诊断")).stranger
    assert not _source(material("a.pdf", f"服务案例\n{NAME.replace('智', '知')}"), "别家").stranger


def test_without_a_name_nobody_is_a_stranger() -> None:
    paper = material("a.pdf", "济南示例软件有限公司介绍")
    assert not sources((paper,), {}, names=Names(()), owners={})[paper.sha256].stranger


DENIALS = """我公司未与企业签订保密协议。
公司尚没有同任何企业签过保密协议。
目前未向公共数据平台推送数据。
未在青岛设立研发机构。
本单位未对外开展培训。
公司未就诊断咨询形成报告。
专项经费未单独核算，未在账上列支。
我单位未单独设立研发经费。
未为员工配备实验设备。
从来没搞过诊断服务。
目前还不具有技术团队。
暂时不能提供改造方案。
尚不掌握核心技术。
未曾向任何单位开放平台。
没同高校合作过。
并未实际投入经费。
未按要求制定保密制度。"""
NO_DENIALS = """已与36家企业签订保密协议。
未来三年与高校共建实验室，已签订协议。
未经企业许可不得对外提供数据。
未签订保密协议的人员不得参与项目，全年签订保密协议46份。
未被列入失信名单。
未发生安全事故。
为未上云的企业提供诊断28次。
解决了企业未联网设备的数据采集问题。
针对尚未开展数字化的企业提供培训12场。
未按时完成任务的员工扣发绩效。
未验收的项目不计入。
帮助从未建设系统的企业完成改造9家。"""


@pytest.mark.parametrize("words", DENIALS.split("\n"))
def test_denials_with_words_between_are_denials(words: str) -> None:
    assert statement(words).denied


@pytest.mark.parametrize("words", NO_DENIALS.split("\n"))
def test_what_others_lack_is_no_denial(words: str) -> None:
    assert not statement(words).denied
