"""Document templates: reviewed text that quotes the clauses, each fault of a file one sentence, any measure will do."""

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from assistant.__main__ import main
from assistant.drafting.blocks import FIELD
from assistant.drafting.founded import sentences, unfounded
from assistant.drafting.templates import load_kind, open_measure
from assistant.drafting.write import draft
from ingest.__main__ import main as ingest_main
from ingest.errors import PolicyError, UsageError
from ingest.normalize import find_quote
from tests.drafting_fakes import measure
from tests.test_drafting import templates
from tests.test_layout import ROOT

FOLDER = ROOT / "corpus" / "documents" / "qingdao-2021"
_MEASURE = """示例市创新中心管理办法

第一条 为了规范创新中心的管理,制定本办法。
第二条 县级部门应当在收到申请后的10个工作日内提出初审意见,报市级部门备案。
第三条 本办法自2020年1月1日起施行。
"""
_KIND = """
name: 初审报告
reports: none
upward: true
numbered: true
title: 关于{申请人}的初审报告
addressee: "{制定机关}"
basis:
  - {name: 初审, clause: "2", quote: 县级部门应当在收到申请后的10个工作日内提出初审意见}
form:
  - {name: 申请人, required: true}
  - {name: 收到日期, type: date}
  - {name: 提出日期, type: date}
  - name: 成员
    type: rows
    columns: [{name: 单位}]
terms:
  - {name: 期限, start: 收到日期, end: 提出日期, by: 初审}
blocks:
  - heading: 情况
  - paragraph:
      - {text: "{申请人}的申请于{收到日期}收到，{期限说明}。", by: [初审]}
  - each: 成员
    paragraph:
      - {text: "成员：{单位}。", by: [初审]}
"""


def test_the_kinds_of_the_measure_stand_on_the_clauses_that_ask_for_them() -> None:
    asked = {kind.name: {source.label for source in kind.basis} for kind in measure().kinds}
    wanted = {
        "初审推荐意见": {"第八条", "第九条第(二)项"},
        "不予推荐的说明": {"第八条", "第九条第(二)项"},
        "补正通知": {"第九条第(一)项", "第九条第(二)项"},
        "年度评估初审意见": {"第十八条"},
        "变更备案报告": {"第十三条"},
        "调整请示": {"第十三条"},
        "拟评定名单公示": {"第九条第(四)项"},
        "评价结果通报": {"第十七条"},
        "撤销资格决定建议稿": {"第十七条"},
        "申报情况汇总表": {"第八条"},
    }
    assert list(asked) == list(wanted)
    for name, labels in wanted.items():
        assert labels <= asked[name]


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_template_has_nothing_to_spare(path: Path) -> None:
    kind = next(kind for kind in measure().kinds if kind.id == path.stem)
    text = path.read_text("utf-8")
    used = {source for template in templates(kind.blocks) for source in template.sources}
    used |= {source for source in kind.basis if find_quote(kind.addressee, source.quote)}
    assert set(kind.basis) == used
    for entry in yaml.safe_load(text)["form"]:
        assert text.count(entry["name"]) > 1, entry["name"]
    # Full-width stops in what is printed; figures come from fields, or stand in a clause.
    for template in templates(kind.blocks):
        words = FIELD.sub("", template.text)
        assert not set(words) & set(",;:()0123456789")


def other_measure(folder: Path, kind: str = _KIND) -> Path:
    (folder / "documents" / "example-2020").mkdir(parents=True)
    (folder / "documents" / "example-2020" / "report.yaml").write_text(kind, "utf-8")
    (folder / "example.txt").write_text(_MEASURE, "utf-8")
    digest = hashlib.sha256(_MEASURE.encode()).hexdigest()
    (folder / "policies.toml").write_text(
        f'[[policy]]\nid = "example-2020"\ntitle = "示例市创新中心管理办法"\nissuer = "示例市科学技术局"\n'
        f'path = "example.txt"\nsha256 = "{digest}"\neffective = 2020-01-01\n',
        "utf-8",
    )
    return folder


def test_another_measure_needs_data_alone(tmp_path: Path) -> None:
    other = open_measure(other_measure(tmp_path))
    form = {
        "申请人": "示例研究院(虚构)",
        "发文机关": "示例县科学技术局(虚构)",
        "收到日期": "2022-03-04",
        "提出日期": "2022-03-18",
        "成员": [{"单位": "示例大学(虚构)"}],
    }
    opinion = draft(other.kind("初审报告"), other, form=form)
    assert opinion.addressee == "示例市科学技术局"
    told = [sentence.text for sentence in sentences(opinion)]
    assert "第10个工作日为2022年3月18日；至2022年3月18日共10个工作日，在规定期限内" in told[0]
    assert told[1] == "成员：示例大学(虚构)。"
    assert unfounded(opinion, other, form=form) == ()


_FAULTS: list[tuple[Callable[[str], str], str]] = [
    (lambda text: text.replace("应当在收到", "可以在收到"), "依据“初审”的 quote 有误:第二条中没有"),
    (lambda text: text.replace('clause: "2"', 'clause: "9"'), "政策中没有编号为 9 的条款"),
    (lambda text: text.replace("{申请人}的申请", "{申请者}的申请"), "没有名为“申请者”的字段"),
    (lambda text: text.replace("{单位}", "{申报单位"), "花括号不成对"),
    (lambda text: text.replace("by: [初审]}\n  - each", "by: []}\n  - each"), "by 有误:列表不能为空"),
    (lambda text: text.replace("by: [初审]}\n  - each", "by: [甲]}\n  - each"), "没有名为“甲”的依据,可用的有 初审"),
    (lambda text: text.replace("each: 成员", "each: 单位"), "没有“单位”可以逐一列出"),
    (lambda text: text.replace("type: rows", "type: table"), "没有“table”"),
    (lambda text: text.replace("reports: none", "reports: 3"), "没有“3”"),
    (lambda text: text.replace("upward: true", "upward: 是"), "应写 true 或 false"),
    (lambda text: text.replace("start: 收到日期", "start: 申请人"), "表单中没有名为“申请人”的日期"),
    (lambda text: text.replace("收到申请后的10个工作日内", ""), "中没有"),
    (lambda text: text.replace("name: 申请人", "name: 发文机关"), "“发文机关”重复"),
    (lambda text: text.replace("heading: 情况", "heading: 情况\n    level: 5"), "level 有误:应为 1 到 4"),
    (lambda text: text + "other: 1\n", "没有这个字段"),
    (lambda text: text.replace("- heading: 情况", "- heading: [") + "]", "YAML 格式有误"),
    (lambda _: "[]", "最外层应是"),
    (lambda text: text + "confirm: {疑点: 申请人}\n", "confirm 有误"),
    (lambda text: text + "needs: [good]\n", "没有“good”"),
]


@pytest.mark.parametrize(("change", "told"), _FAULTS)
def test_a_fault_is_one_sentence(tmp_path: Path, change: Callable[[str], str], told: str) -> None:
    folder = other_measure(tmp_path, change(_KIND))
    with pytest.raises(PolicyError) as error:
        open_measure(folder)
    assert str(error.value).startswith("文书模板 report.yaml ")
    assert told in str(error.value)
    assert "\n" not in str(error.value)


def test_a_file_that_is_no_utf8(tmp_path: Path) -> None:
    path = tmp_path / "report.yaml"
    path.write_bytes("name: 报告".encode("gb18030"))
    with pytest.raises(PolicyError, match=r"report\.yaml 不是 UTF-8"):
        load_kind(path, measure().clauses)


def test_a_corpus_without_documents(tmp_path: Path) -> None:
    other_measure(tmp_path)
    (tmp_path / "documents" / "example-2020" / "report.yaml").unlink()
    with pytest.raises(UsageError, match="还没有文书模板"):
        open_measure(tmp_path)
    (tmp_path / "documents" / "example-2020").rmdir()
    with pytest.raises(UsageError, match="还没有可以起草的文书"):
        open_measure(tmp_path)
    with pytest.raises(UsageError, match="没有编号为“other”的政策"):
        open_measure(tmp_path, "other")


def test_a_measure_that_was_added_by_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = other_measure(tmp_path / "corpus")
    (corpus / "policies.toml").write_text("", "utf-8")
    for name in ("glossary.yaml", "places.txt"):
        shutil.copy(ROOT / "corpus" / name, corpus)
    for name, value in (("CORPUS_DIR", corpus), ("DATA_DIR", tmp_path / "data"), ("EMBEDDER", "none")):
        monkeypatch.setenv(f"ASSISTANT_{name}", str(value))
    assert (
        ingest_main(["policy", str(corpus / "example.txt"), "--id", "example-2020", "--issuer", "示例市科学技术局"])
        == 0
    )
    out = tmp_path / "o.docx"
    filled = ("--set", "申请人=示例研究院(虚构)", "--set", "发文机关=示例县科学技术局(虚构)")
    assert main(["draft", "--kind", "初审报告", "--policy", "example-2020", "--out", str(out), *filled]) == 0
    assert out.stat().st_size > 1000
