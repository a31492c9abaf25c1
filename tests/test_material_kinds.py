"""Which expected material a file is: by titles and words, page by page; names of files alone prove nothing."""

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.conditions.file import load_conditions
from assistant.conditions.schema import ExpectedMaterial
from assistant.materials.kinds import kinds_of, material_kinds, missing_materials, placed_kinds
from ingest.clauses import parse
from ingest.isolated import read_contents
from ingest.limits import Limits
from ingest.materials import Application, Block, BlockKind, Kind, Material, Page
from tests.fakes import CORPUS, qingdao

EXPECTED: tuple[ExpectedMaterial, ...] = load_conditions(
    CORPUS / "conditions" / "qingdao-2021.yaml", parse(qingdao()[1], "qingdao-2021")
).materials
PLEDGE = "真实性承诺书\n我单位青岛示例公司郑重承诺:所提交的材料真实、准确、完整。\n日期:2022年3月18日"
LICENCE = "营业执照\n统一社会信用代码\t91370212MAFAKE211W\n名称\t青岛示例智造科技有限公司\n登记机关:示例局"


def page(text: str, number: int | str | None = 1) -> Page:
    """A page with a block for each line: a row where it has tabs."""
    blocks, at = [], 0
    for line in text.split("\n"):
        kind: BlockKind = "row" if "\t" in line else "paragraph"
        blocks.append(Block(kind, at, at + len(line)))
        at += len(line) + 1
    return Page(number, text, tuple(block for block in blocks if block.end > block.start))


def material(name: str, *texts: str, kind: Kind = "pdf", sheets: tuple[str, ...] = ()) -> Material:
    sha256 = hashlib.sha256("\f".join((name, *texts)).encode()).hexdigest()
    numbers: list[int | str | None] = list(sheets) or [*range(1, len(texts) + 1)]
    pages = tuple(page(text, None if kind == "word" else n) for n, text in zip(numbers, texts, strict=True))
    return Material(name, kind, "read", sha256, 1, pages=pages)


def names(found: Material) -> list[str]:
    return [kind.name for kind in kinds_of(found, EXPECTED)]


def application(*materials: Material) -> Application:
    return Application("0" * 32, "虚构", datetime(2022, 3, 18, tzinfo=UTC), materials)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (LICENCE, "法人资格证明"),
        (LICENCE.replace("营业执照", "营 业 执 照"), "法人资格证明"),
        (LICENCE.replace("营业执照", "营\t业\t执\t照"), "法人资格证明"),
        (LICENCE.replace("营业执照", "社会团体法人登记证书（副本）"), "法人资格证明"),
        (PLEDGE, "真实性承诺书"),
        (PLEDGE.replace("真实性承诺书", "承诺书"), "真实性承诺书"),
        (PLEDGE.replace("真实性承诺书", "附件3：申报材料真实性承诺函"), "真实性承诺书"),
        ("申 报 书\n单位名称\t青岛示例公司\n申报产业领域\t智能家电", "申报书"),
        ("青岛市重点产业数字化转型赋能中心申报表\n申报单位\t青岛示例公司", "申报书"),
        ("房屋租赁合同\n甲方将坐落于青岛市的房屋出租给乙方,面积1260平方米。", "场地证明"),
        ("不动产权证书\n坐落\t青岛市崂山区示例路1号\n面积\t1260平方米", "场地证明"),
        ("专职服务团队名单\n序号\t姓名\t岗位\t学历\n1\t赵示例\t顾问\t硕士", "专职团队名单"),
        ("社会保险参保缴费证明\n参保单位\t青岛示例公司\n缴费月份\t2022年2月", "社保证明"),
        ("2021年度研发费用专项审计报告\n贵单位研发费用支出512.60万元。", "专项经费证明"),
        ("关于设立专项研究与开发经费的说明\n我单位设立研究与开发经费600万元。", "专项经费证明"),
        ("计算机软件著作权登记证书\n软件名称\t示例系统\n登记号\t2019SR0101", "软硬件产品或著作权证明"),
        ("青岛示例公司数字化转型服务能力情况介绍\n我单位提供数字化服务。", "服务能力说明"),
        ("技术服务合同\n乙方为甲方开展数字化诊断。", "服务案例或用户证明"),
        ("关于青岛示例公司的用户使用证明\n完成了数字化改造。", "服务案例或用户证明"),
        ("校企合作协议\n乙方:示例海洋大学", "产学研合作证明"),
        ("《数据安全管理制度》\n数据按敏感程度分级,保密期限五年。", "数据共享与保密制度"),
        ("公共信用信息报告\n行政处罚\t0条\n失信记录\t无", "信用证明"),
    ],
)
def test_the_title_tells_the_material(text: str, name: str) -> None:
    assert names(material("扫描0001.pdf", text)) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "公司简介\n公司专注数字化服务,拥有营业执照和多项软件著作权。",
        "管理制度与收费标准\n服务项目\t收费标准\n数字化诊断\t免费",
        "科研成果鉴定证书\n成果名称:示例技术\n一致同意通过鉴定。",
        "目录\n营业执照\n真实性承诺书\n专职团队名单\n信用报告",
        "目录\n营业执照\n专职团队名单\n信用报告\n公司简介\n公司专注数字化服务,服务网络覆盖山东半岛。",
        "目录\n一、营业执照........3\n二、真实性承诺书........5",
        "物业服务合同\n乙方为甲方提供保洁服务。",
        "战略合作协议\n甲方与示例银行开展授信合作。",
        "会议纪要\n会上介绍了服务案例清单。",
    ],
)
def test_other_papers_are_none(text: str) -> None:
    assert names(material("材料.pdf", text)) == []


def test_a_name_that_says_otherwise_proves_nothing() -> None:
    assert names(material("真实性承诺书.docx", "会议通知\n定于3月1日召开座谈会。", kind="word")) == []
    assert names(material("真实性承诺书.docx", LICENCE, kind="word")) == ["法人资格证明"]


def test_a_name_counts_together_with_the_words() -> None:
    untitled = "2021年度研发经费投入如下:研究与开发经费512.60万元,资金来源为自有资金。"
    assert names(material("06 专项经费情况说明.pdf", untitled)) == ["专项经费证明"]
    assert names(material("扫描件.pdf", untitled)) == []


def test_a_file_without_title_is_told_by_its_labels() -> None:
    roster = "序号\t姓名\t岗位\t学历\t职称\t用工形式\n1\t赵示例\t顾问\t硕士\t工程师\t专职"
    assert names(material("附件4.xlsx", roster, kind="sheet", sheets=("Sheet1",))) == ["专职团队名单"]
    assert names(material("公司简介.pdf", "姓名、岗位、学历和职称另行报送。")) == []


def test_each_sheet_is_its_own_material() -> None:
    team = "专职服务团队名单\n序号\t姓名\t学历\n1\t赵示例\t硕士"
    insured = "社会保险缴纳明细\n序号\t姓名\t险种\n1\t赵示例\t养老"
    found = kinds_of(material("名单.xlsx", team, insured, kind="sheet", sheets=("名单", "社保")), EXPECTED)
    assert [(kind.name, kind.place, kind.last) for kind in found] == [("专职团队名单", 0, 0), ("社保证明", 1, 1)]


def test_a_combined_file_is_parted_at_its_titles() -> None:
    form = "青岛市重点产业数字化转型赋能中心申报书\n单位名称\t青岛示例公司"
    more = "二、主要任务\n面向产业链企业提供数字化诊断服务。"
    found = kinds_of(material("全部材料.pdf", form, more, LICENCE, PLEDGE), EXPECTED)
    places = [(kind.name, kind.place, kind.last) for kind in found]
    assert places == [("申报书", 0, 1), ("法人资格证明", 2, 2), ("真实性承诺书", 3, 3)]
    assert [kind.title for kind in found][1:] == ["营业执照", "真实性承诺书"]


def test_a_combined_word_file_has_places_within_its_one_page() -> None:
    text = f"申报书\n申报单位\t青岛示例公司\n法定代表人\t王示例\n{PLEDGE}"
    first, second = kinds_of(material("材料.docx", text, kind="word"), EXPECTED)
    assert (first.name, first.start, second.name) == ("申报书", 0, "真实性承诺书")
    assert first.end == second.start == text.index(PLEDGE)


def test_a_list_of_attachments_and_dividers_part_nothing() -> None:
    form = "申报书\n单位名称\t青岛示例公司\n附件:\n营业执照\n真实性承诺书\n信用报告"
    found = [
        (kind.name, kind.place) for kind in kinds_of(material("材料.pdf", form, "附件1 营业执照", LICENCE), EXPECTED)
    ]
    assert found == [("申报书", 0), ("法人资格证明", 2)]


def test_headings_inside_a_paper_begin_no_other() -> None:
    text = (
        "青岛示例公司服务能力说明\n一、单位概况\n数字化转型。\n四、典型案例\n改造方案。\n五、产学研合作协议\n示例大学。"
    )
    assert names(material("说明.pdf", text, "典型案例\n服务了数字化改造企业46家。")) == ["服务能力说明"]


def test_a_pledge_as_a_section_of_the_form_is_one() -> None:
    text = "申报书\n单位名称\t青岛示例公司\n五、真实性承诺\n本单位承诺所填内容和所附材料真实可靠。"
    assert names(material("申报书.pdf", text)) == ["申报书", "真实性承诺书"]


def test_a_title_repeated_on_every_page_is_one_material() -> None:
    text = "青岛示例公司服务能力说明\n数字化转型服务。"
    (found,) = kinds_of(material("说明.pdf", text, text, text), EXPECTED)
    assert (found.place, found.last) == (0, 2)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "专项研究与开发经费情况说明\n我院设立专项研究与开发经费,审计报告另行补充。\n年度\t经费(万元)\n2020年\t\n2021年\t",
            "没有填写",
        ),
        ("专项研究与开发经费情况说明\n我单位设立专项研究与开发经费,经费充足,保障有力,将持续投入。", "没有读到"),
        ("专职服务团队名单\n序号\t姓名\t岗位\t学历\n1\t\t\t\n2\t\t\t\n3\t\t\t", "没有填写"),
        ("真实性承诺书\n我单位________(统一社会信用代码:________)承诺材料真实。\n年   月   日", "空白样表"),
        ("用户证明\n兹证明XXXX公司自  年  月起为我单位提供数字化服务。", "空白样表"),
        ("申报书\n单位名称\t\n统一社会信用代码\t\t法定代表人\t\n申报产业领域\t\t成立日期\t\n联系人\t", "空白样表"),
        ("真实性承诺书", "只有标题"),
    ],
)
def test_a_material_that_proves_nothing_is_blank(text: str, told: str) -> None:
    (found,) = kinds_of(material("材料.pdf", text), EXPECTED)
    assert told in found.blank


@pytest.mark.parametrize("text", [PLEDGE, LICENCE, PLEDGE.replace("2022年3月18日", "   年  月  日")])
def test_a_filled_material_is_not_blank(text: str) -> None:
    assert [kind.blank for kind in kinds_of(material("材料.pdf", text), EXPECTED)] == [""]


def test_amounts_in_a_table_prove_funds() -> None:
    table = "研发经费支出明细\n序号\t科目\t金额(万元)\n1\t人工费\t268.40\n2\t设备\t120"
    (found,) = kinds_of(material("明细.xlsx", table, kind="sheet", sheets=("Sheet1",)), EXPECTED)
    assert found.blank == ""


def test_what_could_not_be_read_is_none() -> None:
    unread = Material("真实性承诺书.pdf", "pdf", "unreadable", "1" * 64, 1, reason="已加密。")
    assert material_kinds(application(unread, material("营业执照.jpg", "")), EXPECTED)["1" * 64] == ()


def test_missing_materials_name_the_blank_ones() -> None:
    funds = material("经费.pdf", "专项经费情况说明\n我单位设立专项研究与开发经费,经费充足。")
    missing = missing_materials(application(material("a.jpg", LICENCE), funds), EXPECTED, "enterprise")
    told = {each.name: each for each in missing}
    assert "法人资格证明" not in told
    assert told["专项经费证明"].note.startswith("已有“经费.pdf”,但其中没有读到")
    assert (told["真实性承诺书"].basis, told["真实性承诺书"].named) == ("第七条第(九)项", True)
    assert [each.name for each in missing] == [each.name for each in EXPECTED if each.name in told]


def test_a_material_of_other_applicants_is_not_missed() -> None:
    only = ExpectedMaterial("会员名册", "7.1", "第七条", "x", False, ("会员名册",), (), ("association",))
    assert missing_materials(application(), [only], "enterprise") == ()
    assert [each.name for each in missing_materials(application(), [only], "association")] == ["会员名册"]


@given(
    st.lists(st.text(alphabet="营业执照真实性承诺书\t\n:、一1。材料清单名 ", max_size=60), max_size=4), st.booleans()
)
def test_places_stand_in_the_pages(texts: list[str], sheet: bool) -> None:
    sheets = tuple(f"S{n}" for n in range(len(texts))) if sheet else ()
    read = material("营业执照.xlsx", *texts, kind="sheet" if sheet else "pdf", sheets=sheets)
    for kind in kinds_of(read, EXPECTED):
        assert read.pages[kind.place].text[kind.start :].startswith(kind.title)
        assert (kind.place, kind.start) <= (kind.last, kind.end)
        assert kind.end <= len(read.pages[kind.last].text)


def _digital() -> list[tuple[str, Path, list[str], list[str]]]:
    truth: dict[str, Any] = json.loads((CORPUS / "samples" / "truth.json").read_text("utf-8"))
    return [
        (file["name"], path, file["materials"], [each["name"] for each in package["missing_materials"]])
        for package in truth.values()
        for file in package["files"]
        if file["digital"] and (path := CORPUS / "samples" / package["path"] / file["name"]).is_file()
    ]


@pytest.mark.parametrize(("name", "path", "materials", "missing"), _digital(), ids=lambda value: str(value)[-20:])
def test_the_samples_are_told(name: str, path: Path, materials: list[str], missing: list[str]) -> None:
    """Those without pictures; all three packages, recognised pages among them, are measured by `evals checks`."""
    kind, contents = read_contents(path.read_bytes(), name, Limits())
    read = Material(name, kind, "read", "1" * 64, 1, pages=contents.pages)
    assert list(material_kinds(application(read), EXPECTED)["1" * 64]) == materials
    blanks = [each.name for kinds in placed_kinds(application(read), EXPECTED).values() for each in kinds if each.blank]
    assert blanks == [material for material in materials if material in missing]
