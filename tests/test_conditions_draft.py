"""A drafted conditions file loads as it is, covers its article and marks everything as unreviewed."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant import __main__ as command
from assistant.conditions.draft import UNREVIEWED, condition_articles, demands, draft
from assistant.conditions.file import load_conditions
from assistant.conditions.schema import ConditionSet
from ingest.clauses import parse
from ingest.commands import run
from ingest.errors import PolicyError
from ingest.lexical import Segmenter
from ingest.schema import Clause, Policy
from tests.fakes import qingdao, second
from tests.library_fakes import FARMS, policy

REGULATIONS = Path(__file__).parents[2] / "shared" / "data" / "regulations"


@pytest.fixture(scope="module")
def cut() -> Callable[[str], list[str]]:
    return Segmenter().cut


Drafted = tuple[str, ConditionSet, tuple[Clause, ...]]


def drafted(given: tuple[Policy, str], cut: Callable[[str], list[str]], folder: Path) -> Drafted:
    held, source = given
    clauses = parse(source, held.id)
    text = draft(held, clauses, cut)
    path = folder / f"{held.id}.yaml"
    path.write_text(text, "utf-8")
    return text, load_conditions(path, clauses), clauses


def test_the_draft_of_the_measure_has_all_ten_items(tmp_path: Path, cut: Callable[[str], list[str]]) -> None:
    text, made, _ = drafted(qingdao(), cut, tmp_path)
    assert [c.id for c in made.conditions] == [f"7.{number}" for number in range(1, 11)]
    assert made.city == "青岛"
    assert not made.reviewed
    assert f"status: {UNREVIEWED}" in text
    assert all(UNREVIEWED in c.human for c in made.conditions)
    assert all(UNREVIEWED in material.note for material in made.materials)
    named = {material.name: material.clause for material in made.materials}
    assert named["申请书"] == "5"
    assert named["真实性承诺"] == "7.9"


def test_lists_of_three_are_parted_and_pairs_are_not(tmp_path: Path, cut: Callable[[str], list[str]]) -> None:
    _, made, _ = drafted(qingdao(), cut, tmp_path)
    quotes = {c.id: [aspect.quote for aspect in c.aspects] for c in made.conditions}
    assert quotes["7.2"][1:3] == ["环境", "技术"]
    assert quotes["7.4"][:2] == ["具有较强的产业带动能力", "能够面向产业链、供应链相关企业"]
    assert quotes["7.10"] == ["符合国家、省和市其他相关规定"]


def test_names_are_whole_words(tmp_path: Path, cut: Callable[[str], list[str]]) -> None:
    _, made, _ = drafted(qingdao(), cut, tmp_path)
    assert [c.title for c in made.conditions][2] == "产业数字化转型服务能力"
    assert "技术" in made.conditions[1].aspects[2].cues[0]


def test_another_measure_is_drafted(tmp_path: Path, cut: Callable[[str], list[str]]) -> None:
    _, made, _ = drafted(policy("farms", "云帆市智慧农场示范点管理办法", FARMS), cut, tmp_path)
    assert [(c.id, c.title) for c in made.conditions] == [
        ("3.1", "在云帆市登记满三年"),
        ("3.2", "温室面积不少于五十亩"),
        ("3.3", "配备自动灌溉设备"),
    ]
    assert made.city == "云帆"


def test_a_measure_without_conditions_says_so(cut: Callable[[str], list[str]]) -> None:
    held, source = second()
    with pytest.raises(PolicyError, match="--article"):
        draft(held, parse(source, held.id), cut)


def test_an_article_can_be_named(tmp_path: Path, cut: Callable[[str], list[str]]) -> None:
    held, source = second()
    clauses = parse(source, held.id)
    path = tmp_path / "x.yaml"
    path.write_text(draft(held, clauses, cut, "2"), "utf-8")
    assert [c.id for c in load_conditions(path, clauses).conditions] == ["2"]
    with pytest.raises(PolicyError, match="99"):
        draft(held, clauses, cut, "99")


def test_demands_are_verbatim() -> None:
    assert demands("（二）有固定的场所、设备和人员，经费（含自筹）充足；") == [
        "有固定的场所、设备和人员",
        "经费（含自筹）充足",
    ]
    assert demands("(三)甲、乙、丙、《丁、戊》。") == ["甲", "乙", "丙", "《丁、戊》"]


@pytest.mark.parametrize(
    "name", ["直销管理条例(2017-03-01)", "青岛市供热条例(2017-12-01)", "民办非企业单位登记管理暂行条例(1998-10-25)"]
)
def test_real_regulations_are_drafted(name: str, tmp_path: Path, cut: Callable[[str], list[str]]) -> None:
    path = REGULATIONS / f"{name}.md"
    if not path.is_file():
        pytest.skip("没有真实法规的文件夹 shared/data/regulations")
    _, made, clauses = drafted(policy("real", name, path.read_text("utf-8")), cut, tmp_path)
    texts = {clause.id: clause.text for clause in clauses}
    assert len(made.conditions) >= 4
    for condition in made.conditions:
        for demand in demands(condition.text):
            assert demand in texts[condition.id]
            assert any(demand == aspect.quote for aspect in condition.aspects)


def test_the_article_for_applicants_comes_first() -> None:
    source = """某办法

第一条  使用设施应当符合下列条件:
(一)安全;
(二)整洁。
第二条  申请认定的单位应当具备下列条件:
(一)依法设立;
(二)有固定场所。
第三条  有下列情形之一、符合下列条件的,给予处罚:
(一)造假;
(二)拒检。
"""
    assert [clause.id for clause in condition_articles(parse(source, "x"))] == ["2", "1", "3"]


Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def cli(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], data_dir: Path) -> Command:
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(data_dir))

    def called(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["assistant", *arguments])
        with pytest.raises(SystemExit) as left:
            run(command.main)
        given = capsys.readouterr()
        return int(left.value.code or 0), given.out, given.err

    return called


def test_show_prints_the_conditions_and_materials(cli: Command) -> None:
    code, out, _ = cli("conditions", "show", "qingdao-2021")
    assert code == 0
    assert "第七条第(十)项 其他相关规定" in out
    assert "真实性承诺书(第七条第(九)项,办法点名)" in out
    assert "草稿" not in out


def test_draft_prints_or_writes_and_never_overwrites(cli: Command, tmp_path: Path) -> None:
    code, out, _ = cli("conditions", "draft", "qingdao-2021")
    assert code == 0
    assert out.startswith("# 《青岛市")
    path = tmp_path / "draft.yaml"
    assert cli("conditions", "draft", "qingdao-2021", "--out", str(path))[:2] == (0, "")
    assert path.read_text("utf-8") == out
    code, _, err = cli("conditions", "draft", "qingdao-2021", "--out", str(path))
    assert code == 2
    assert "已存在" in err.splitlines()[-1]


@pytest.mark.parametrize("what", ["draft", "show"])
def test_an_unknown_policy_is_one_sentence(cli: Command, what: str) -> None:
    code, out, err = cli("conditions", what, "nope")
    assert (code, out) == (2, "")
    assert err.splitlines()[-1].startswith("没有编号为“nope”的政策")
