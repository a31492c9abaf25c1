"""Compilations whose chapters are papers, and titles that papers of several kinds have."""

import pytest

from assistant.materials.kinds import kinds_of
from tests.test_material_kinds import EXPECTED, material, names

COVER = "青岛市重点产业数字化转型赋能中心\n申报材料汇编\n二〇二二年四月"


def test_numbered_chapters_of_a_compilation_are_papers() -> None:
    compiled = material(
        "汇编.pdf",
        COVER,
        "一、申报书\n单位全称\t青岛示例公司",
        "二、综合能力报告\n一、总体情况\n为配套企业做数字化诊断,制定改造方案。",
        "三、专项经费情况\n2021年度列支研究与开发经费3680万元。",
        "七、场地情况\n坐落于青岛市城阳区示例路,面积2100平方米。",
        "九、真实性承诺书\n本公司郑重承诺:所报材料真实。",
        "十、信用信息\n未被列入失信惩戒对象。",
    )
    found = [(kind.name, kind.place, kind.last) for kind in kinds_of(compiled, EXPECTED)]
    assert found == [
        ("申报书", 1, 1),
        ("服务能力说明", 2, 2),
        ("专项经费证明", 3, 3),
        ("场地证明", 4, 4),
        ("真实性承诺书", 5, 5),
        ("信用证明", 6, 6),
    ]


def test_without_a_cover_a_numbered_chapter_must_be_called_as_a_paper_is() -> None:
    form = "申报书\n单位全称\t青岛示例公司"
    chapters = ("四、场地情况\n坐落于青岛市城阳区,面积2100平方米。", "九、真实性承诺书\n本公司承诺材料真实。")
    assert names(material("材料.pdf", form, *chapters)) == ["申报书", "真实性承诺书"]


@pytest.mark.parametrize("heading", ["二、专业基础与服务团队", "二、服务团队", "四、服务案例", "六、信用情况"])
def test_numbered_headings_of_a_paper_are_no_titles(heading: str) -> None:
    text = f"青岛示例公司服务能力说明\n数字化诊断。\n{heading}\n工程师18人,完成改造项目,数据保密,无失信记录。"
    assert names(material("说明.pdf", text)) == ["服务能力说明"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("证明\n该公司到我厂看了三天,给出改造方案,装了拆单软件。", ["服务案例或用户证明"]),
        ("证明\n兹证明张示例系我单位职工。", []),
        ("情况说明\n我们为企业做诊断,出改造方案,组织培训,运营平台。", ["服务能力说明"]),
        ("情况说明\n因系统升级,材料延期报送。", []),
        ("公司简介\n公司提供数字化服务,服务网络覆盖山东半岛。", []),
        ("企业宣传册\n技术领先,为客户解决难题,深受好评。", ["服务能力说明"]),
    ],
)
def test_a_title_that_others_have_too_needs_more_words(text: str, name: list[str]) -> None:
    assert names(material("扫描.pdf", text)) == name


def test_a_clear_title_goes_before_a_vague_one() -> None:
    assert names(material("1.pdf", "研发经费情况说明\n研发经费512万元,用于平台、培训、技术攻关。")) == ["专项经费证明"]


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("信用中国查询.txt", "查询对象:青岛示例公司\n严重失信主体名单:无;行政处罚:无", ["信用证明"]),
        ("信用中国查询.txt", "查询对象:青岛示例公司", []),
        ("2022年研发支出.csv", "项目\t金额\n研究与开发人工费\t2860000", ["专项经费证明"]),
        (
            "Application Form.docx",
            "Application for a Center\nApplicant: Sample Ltd\nAddress: 1 Sample Road",
            ["申报书"],
        ),
    ],
)
def test_a_name_needs_two_words(name: str, text: str, kind: list[str]) -> None:
    assert names(material(name, text)) == kind


@pytest.mark.parametrize(
    "title",
    ["机关事业单位养老保险参保人员(2022年2月)", "2022年5月社会保险缴费人员", "社会保险单位参保证明", "社保缴纳明细表"],
)
def test_insurance_has_many_names(title: str) -> None:
    assert names(material("社保.xlsx", f"{title}\n序号\t姓名\t缴费基数\n1\t赵示例\t3852")) == ["社保证明"]
