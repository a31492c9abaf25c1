"""A report as Markdown, Word and Excel: everything is said, and what a material says stays text."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import docx
import openpyxl
from hypothesis import given
from hypothesis import strategies as st

from assistant.render.report_docx import report_docx, supplement_docx
from assistant.render.report_markdown import report_markdown, supplement_text
from assistant.render.report_xlsx import grid_xlsx
from assistant.reports.schema import Override, Report
from tests.report_fakes import HOSTILE, report, words

AT = datetime(2022, 3, 22, 1, 0, tzinfo=UTC)
SAID = Override(report().id, "7.2", "met", "已电话核实,审计报告原件无误。", "甲(虚构)", AT)
SEEN = HOSTILE.replace("\x01", "").replace("\ud800", "")


def hostile() -> Report:
    made = report(quote=HOSTILE, title=HOSTILE)
    place = words(HOSTILE, HOSTILE)
    issue = replace(made.issues[0], message=HOSTILE, places=(place,))
    finding = replace(made.findings[0], reason=HOSTILE, evidence=(place,))
    files = (replace(made.files[0], name=HOSTILE, remarks=(HOSTILE,)),)
    return replace(made, issues=(issue,), findings=(finding, *made.findings[1:]), files=files, advice=HOSTILE)


def lines(content: bytes) -> list[str]:
    document = docx.Document(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for paragraph in document.paragraphs] + cells


def sheet(content: bytes, title: str) -> Any:
    return openpyxl.load_workbook(BytesIO(content))[title]


def test_every_part_of_a_report_is_in_markdown_and_in_word() -> None:
    told = re.sub(r"\\(.)", r"\1", report_markdown(report(), [SAID]))
    word = "\n".join(lines(report_docx(report(), [SAID])))
    for wanted in (
        *("机器预审结果不作为审批决定,由人工核定。", "青岛示例智造科技有限公司(虚构)", "91370212MAFAKE211W"),
        *("02 营业执照.jpg 第1页", "04 专职团队名单.xlsx 工作表“专职人员名单”", "“合计专职服务人员18人”"),
        *("第七条第(一)项 主体资格:符合", "第七条第(三)项 转型服务:未见材料", "第七条第(九)项 真实性承诺:不符合"),
        *("第七条第(二)项 基础条件:符合", "待核实。材料中有相关内容", "已电话核实,审计报告原件无误。(甲(虚构),2022年"),
        *("材料中没有找到。", "办法明确要求提交", "办法没有列明", "第七条第(二)项“环境”", "租赁合同或产权证明均可。"),
        *("用户证明中的单位名称与营业执照差一个字。", "“青岛示例智遣科技有限公司(虚构)”", "文件已加密"),
        *(
            "第1页有白色文字。",
            "由检索得到,未作判断",
            "建议(仅供参考)",
            "请先补齐承诺书的签字和日期",
            "已于2023年11月18日失效",
        ),
        "符合 2 项、不符合 1 项、待核实 6 项、未见材料 1 项;缺少材料 2 种,疑点 1 处,未能读取的文件 1 个。",
    ):
        assert wanted in told, wanted
        assert wanted in word, wanted


def test_an_applicants_own_report_is_advice() -> None:
    told = report_markdown(report(), own=True)
    assert told.startswith("# 申报材料自查结果\n")
    assert "自查结果仅供参考" in told
    assert "申报材料自查结果" in lines(report_docx(report(), own=True))


def test_hostile_words_are_text_in_markdown() -> None:
    told = report_markdown(hostile(), [replace(SAID, reason=HOSTILE)])
    assert "\x01" not in told
    assert "\ud800" not in told
    assert re.search(r"(?<!\\)[<`]|(?<!\\)\*\*粗|\*\*粗(?<!\\)\*", told) is None
    rows = [line for line in told.splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} <= {3, 4, 5, 6}  # cells hold no bar of their own


@given(st.text(min_size=1))
def test_any_words_stay_one_paragraph_of_markdown(text: str) -> None:
    first, *_ = report_markdown(replace(report(), advice=text)).split("## 建议(仅供参考)\n\n")[1].split("\n\n")
    assert "\n" not in first
    assert re.match(r"[#>+-]|\d+[.)]|[=~]", first) is None or first.startswith("> **注意")


def test_hostile_words_are_text_in_word() -> None:
    told = lines(report_docx(hostile(), [replace(SAID, reason=HOSTILE, person="\x00乙")]))
    assert f"申报材料:{SEEN}" in told
    assert any(line.startswith(f"“{SEEN}”") for line in told)


def test_the_report_is_set_on_a4_with_chinese_fonts_and_repeated_heads() -> None:
    document = docx.Document(BytesIO(report_docx(report())))
    section = document.sections[0]
    for length, wanted in ((section.page_width, 21), (section.page_height, 29.7)):
        assert length is not None
        assert round(length.cm, 1) == wanted
    assert 'w:eastAsia="宋体"' in document.styles["Normal"].element.xml
    assert all("w:tblHeader" in table.rows[0]._tr.xml for table in document.tables)
    assert "机器预审结果不作为审批决定" in section.footer.paragraphs[0].text


def test_the_draft_of_what_is_to_be_supplied() -> None:
    told = supplement_text(report(), [SAID])
    assert told.splitlines()[0] == "补正材料告知(草稿)"
    assert "待审核" in told
    assert "1.真实性承诺书。依据:第七条第(九)项“作出真实性承诺”;办法明确要求提交。" in told
    assert "2.场地证明。依据:第七条第(二)项“环境”;办法没有列明" in told
    assert "第七条第(三)项“转型服务”:未见材料" in told
    assert "第七条第(二)项“基础条件”" not in told  # a person has found it met
    assert "10 用户证明.pdf 第1页为“青岛示例智遣科技有限公司(虚构)”" in told
    assert "扫描件.pdf:文件已加密" in told
    assert "[补正期限]" in told
    assert "不予" not in told
    word = lines(supplement_docx(report(), [SAID]))
    assert [line for line in told.splitlines() if line not in word and f"※ {line}" not in word] == []


def test_nothing_to_supply_is_said_so() -> None:
    made = report()
    clean = replace(made, findings=made.findings[:1], missing=(), issues=(), files=made.files[:2])
    assert "没有发现需要补正的事项" in supplement_text(clean)


def test_the_workbook_holds_every_package_and_finding() -> None:
    other = replace(report("c" * 32, title="另一个(虚构)"), missing=(), issues=())
    content = grid_xlsx([report(), other], [SAID])
    overview = sheet(content, "一览")
    head, first, second = (list(row) for row in overview.iter_rows(values_only=True))
    assert head[:2] == ["申报材料", "申报单位"]
    at = head.index("第七条第(二)项")
    assert (first[at], second[at]) == ("符合", "待核实")
    assert (first[head.index("缺少材料数")], second[head.index("疑点数")]) == (2, 0)
    assert overview.auto_filter.ref == f"A1:{overview.cell(1, len(head)).column_letter}3"
    assert overview.freeze_panes == "B2"
    details = sheet(content, "逐项")
    assert details.max_row == 21
    assert [cell.value for cell in details[3]][3:8] == ["符合", "人工核定", SAID.reason, "待核实", "甲(虚构)"]
    assert sheet(grid_xlsx([]), "一览").max_row == 1


@given(st.sampled_from(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")', HOSTILE]), st.text())
def test_no_cell_is_a_formula(start: str, rest: str) -> None:
    made = report(title=start + rest, quote=start + rest)
    for row in sheet(grid_xlsx([made]), "一览").iter_rows(min_row=2):
        for cell in row:
            assert cell.data_type in ("s", "n")
            assert cell.quotePrefix or str(cell.value)[:1] not in ("=", "+", "@")
