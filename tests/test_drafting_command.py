"""`python -m assistant draft`: a whole Word file or none, exit 0 or 2 with one sentence (command-line contracts)."""

import json
import sys
from base64 import b64decode
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document

from assistant import __main__ as command
from assistant.render.report_json import report_object
from assistant.reports.records import report_record
from assistant.web.screening.exports import report_file
from ingest.commands import run
from tests.drafting_fakes import AGENCY, confirmed
from tests.report_fakes import CONDITIONS, report

Draft = Callable[..., tuple[int, str]]
_SET = ("--set", f"发文机关={AGENCY}")


@pytest.fixture
def draft(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Draft:
    """The command in this process; its exit code and what it says on stderr. Nothing goes to stdout."""

    def called(*arguments: str | Path) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["assistant", "draft", *map(str, arguments)])
        with pytest.raises(SystemExit) as left:
            run(command.main)
        given = capsys.readouterr()
        assert given.out == ""
        return int(left.value.code or 0), given.err

    return called


def printed(**changed: Any) -> dict[str, Any]:
    said = [
        {"condition": each, "verdict": "met", "reason": "原件已核对", "person": "甲某(虚构)"} for each in CONDITIONS[:2]
    ]
    return {**json.loads(json.dumps(report_object(report()))), "overrides": said, **changed}


def written(path: Path, told: Any) -> Path:
    path.write_text(json.dumps(told, ensure_ascii=False), "utf-8", errors="surrogatepass")
    return path


def text_of(path: Path) -> str:
    return "\n".join(paragraph.text for paragraph in Document(str(path)).paragraphs)


def test_a_printed_report_becomes_a_word_file(draft: Draft, tmp_path: Path) -> None:
    source, out = written(tmp_path / "报告.json", printed()), tmp_path / "意见.docx"
    code, told = draft(source, "--kind", "推荐意见", "--out", out, *_SET)
    assert code == 0
    assert told.count("\n") == 1
    assert "待审核" in told
    text = text_of(out)
    assert "第七条第（一）项“主体资格”：符合。" in text
    assert "第七条第（三）项“转型服务”：【待核实】。" in text
    assert "02 营业执照.jpg 第1页" in ZipFile(BytesIO(out.read_bytes())).read("word/comments.xml").decode()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["意见.docx", "报告.json"]


def test_the_kept_form_and_overrides_of_their_own(draft: Draft, tmp_path: Path) -> None:
    kept = {**report_record(report()), "overrides": []}
    source, out = written(tmp_path / "r.json", json.loads(json.dumps(kept))), tmp_path / "o.docx"
    assert "还没有经人工核定" in draft(source, "--kind", "推荐意见", "--out", out, *_SET)[1]
    overrides = written(tmp_path / "v.json", printed()["overrides"])
    assert draft(source, "--kind", "推荐意见", "--out", out, *_SET, "--overrides", overrides)[0] == 0
    assert "经人工核定2项" in text_of(out)


def test_a_draft_of_a_day_after_the_measure_ended_says_so(draft: Draft, tmp_path: Path) -> None:
    source, out = written(tmp_path / "r.json", printed()), tmp_path / "o.docx"
    code, told = draft(source, "--kind", "推荐意见", "--out", out, *_SET, "--set", "成文日期=2024-01-05")
    assert code == 0
    assert "提示:本办法已于2023年11月18日失效" in told


def test_the_least_that_the_contract_promises_is_enough(draft: Draft, tmp_path: Path) -> None:
    told = {
        "files": [{"name": "营业执照.jpg", "kind": "image", "pages": 1, "status": "ocr", "reason": None}],
        "applicant": {
            "name": "青岛示例有限公司(虚构)",
            "uscc": None,
            "entity_type": "enterprise",
            "registered_city": "青岛",
        },
        "findings": [
            {
                "condition": "7.1",
                "label": "第七条第(一)项",
                "verdict": "met",
                "reason": "证照齐全",
                "decided_by": "person",
                "evidence": [{"file": "营业执照.jpg", "page": 1, "quote": "住所 青岛", "boxes": [[1, 2, 3, 4]]}],
            }
        ],
        "missing_materials": [{"name": "真实性承诺书", "basis": "第七条第(九)项"}],
        "issues": [{"kind": "unsigned", "file": "申报表.docx", "page": None, "message": "承诺书没有签字。"}],
        "advice": "",
    }
    out = tmp_path / "o.docx"
    assert draft(written(tmp_path / "r.json", told), "--kind", "推荐意见", "--out", out, *_SET)[0] == 0
    assert "核定理由：证照齐全。材料载明：“住所 青岛”（营业执照.jpg 第1页）。" in text_of(out)


def test_what_the_page_exports_and_who_decided(draft: Draft, tmp_path: Path) -> None:
    exported = json.loads(report_file(report(), confirmed()[:3], "json", own=False))
    source, out = tmp_path / "r.json", tmp_path / "o.docx"
    source.write_bytes(b64decode(exported["data"]))
    assert draft(source, "--kind", "推荐意见", "--out", out, *_SET)[0] == 0
    assert "经人工核定3项" in text_of(out)
    told = printed(overrides=[])
    told["findings"][4] |= {"verdict": "met", "decided_by": "person", "verdict_by": "乙某(虚构)"}
    assert draft(written(source, told), "--kind", "推荐意见", "--out", out, *_SET)[0] == 0
    assert "经人工核定1项" in text_of(out)
    assert "乙某(虚构)核定" in ZipFile(BytesIO(out.read_bytes())).read("word/comments.xml").decode()


@pytest.mark.parametrize("name", ["form.yaml", "form.json"])
def test_a_form_in_a_file_with_rows(draft: Draft, tmp_path: Path, name: str) -> None:
    form = {"评价年度": 2022, "评价结果": [{"单位名称": "青岛示例大学(虚构)", "等次": "优秀"}]}
    written(tmp_path / name, form)  # JSON is YAML
    out = tmp_path / "o.docx"
    assert draft("--kind", "通报", "--form", tmp_path / name, "--set", "成文日期=2023-03-01", "--out", out)[0] == 0
    text = text_of(out)
    assert "青岛示例大学(虚构)评价结果为优秀，按规定给予支持。" in text
    assert "2023年3月1日" in text


def test_many_reports_become_one_table(draft: Draft, tmp_path: Path) -> None:
    sources = [written(tmp_path / f"{n}.json", printed(id=f"{n:032}", title=f"材料{n}")) for n in range(3)]
    out = tmp_path / "o.docx"
    assert draft(*sources, "--kind", "汇总表", "--out", out, *_SET)[0] == 0
    table = next(t for t in Document(str(out)).tables if t.rows[0].cells[0].text == "序号")
    assert [row.cells[0].text for row in table.rows] == ["序号", "1", "2", "3"]
    assert [cell.text for cell in table.rows[1].cells][-5:] == ["2", "0", "0", "0", "8"]


_BAD: list[tuple[Any, str]] = [
    (printed(schema=2), "另一个版本"),
    ({"schema": 1, "report": {"id": 1}}, "已损坏"),
    ({"files": []}, "不是完整的预审报告"),
    ([], "不是预审报告"),
    (printed(overrides=[]), "还没有经人工核定的结论"),
    (printed(overrides=[{"condition": "7.1", "verdict": "met", "reason": "", "person": "甲"}]), "没有写明理由和经办人"),
    (
        printed(overrides=[{"condition": "9.9", "verdict": "met", "reason": "核", "person": "甲"}]),
        "没有编号为 9.9 的条件",
    ),
    (printed(overrides=[{"condition": "7.1", "verdict": "good"}]), "第 1 条人工核定"),
    (printed(overrides={"7.1": "met"}), "应是一个列表"),
    (
        printed(overrides=[{**printed()["overrides"][0], "given_at": "9999-12-31T23:59:59Z"}]),
        "第 1 条人工核定的时间不对",
    ),
    (printed(as_of="2020-01-01"), "早于"),
    (printed(policy="other"), "没有编号为“other”的政策"),
]


@pytest.mark.parametrize(("told", "sentence"), _BAD)
def test_a_report_with_a_fault_leaves_nothing(draft: Draft, tmp_path: Path, told: Any, sentence: str) -> None:
    source = written(tmp_path / "r.json", told)
    code, said = draft(source, "--kind", "推荐意见", "--out", tmp_path / "o.docx", *_SET)
    assert code == 2
    assert sentence in said
    assert said.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["r.json"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--kind", "表扬信", "--out", "o.docx"), "没有“表扬信”这种文书"),
        (("--kind", "推荐意见", "--out", "o.docx"), "缺少“发文机关”"),
        (("--kind", "推荐意见", "--out", "nowhere/o.docx"), "不存在,请先建立"),
        (("--kind", "推荐意见", "--out", "."), "是一个文件夹"),
        (("--kind", "推荐意见", "--out", "o.docx", "--set", "发文机关"), "--set 应写成 字段=值"),
        (("--kind", "推荐意见", "--out", "o.docx", "--policy", "none"), "没有编号为“none”的政策"),
        (("--kind", "推荐意见", "--out", "o.docx", "--form", "none.yaml"), "不能读取表单“none.yaml”"),
        (("--kind", "推荐意见", "--out", "o.docx", "--form", "r.json", *_SET), "的表单没有“schema”"),
        (("--kind", "推荐意见"), "缺少 --out"),
        (("none.json", "--kind", "汇总表", "--out", "o.docx", *_SET), "不能读取预审报告“none.json”"),
    ],
)
def test_usage_with_a_fault(
    draft: Draft, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], sentence: str
) -> None:
    monkeypatch.chdir(tmp_path)
    written(tmp_path / "r.json", printed())
    code, said = draft("r.json", *arguments)
    assert code == 2
    assert sentence in said
    assert [path.name for path in tmp_path.iterdir()] == ["r.json"]


def test_a_folder_that_cannot_be_written(draft: Draft, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, out = written(tmp_path / "r.json", printed()), tmp_path / "o.docx"
    out.write_bytes(b"before")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    code, said = draft(source, "--kind", "推荐意见", "--out", out, *_SET)
    assert code == 2
    assert "不能写入" in said
    assert out.read_bytes() == b"before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["o.docx", "r.json"]


def test_a_remote_model_that_may_not_see_materials_words_nothing(
    draft: Draft, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, out = written(tmp_path / "报告.json", printed()), tmp_path / "意见.docx"
    given = (source, "--kind", "推荐意见", "--out", out, *_SET)
    code, told = draft(*given, "--llm", "remote")
    assert (code, out.exists()) == (2, False)
    assert "ASSISTANT_LLM_MATERIALS" in told
    monkeypatch.setenv("ASSISTANT_LLM", "remote")
    code, told = draft(*given)
    assert (code, out.exists()) == (0, True)
    assert "这次起草不使用它" in told
