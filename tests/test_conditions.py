"""The conditions file covers its clause word by word, and the loader tells every fault in one sentence."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.checking.rules import RULES
from assistant.conditions.file import conditions_for, fault_of, load_conditions, units
from assistant.conditions.schema import Condition, ConditionSet
from evals.samples.packages import MATERIALS
from ingest.clauses import parse
from ingest.errors import PolicyError
from ingest.schema import Clause
from tests.fakes import CORPUS, FakeLibrary, qingdao, second
from tests.library_fakes import FARMS

FILE = CORPUS / "conditions" / "qingdao-2021.yaml"
TRUTH: dict[str, Any] = json.loads((CORPUS / "samples" / "truth.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def clauses() -> tuple[Clause, ...]:
    policy, source = qingdao()
    return parse(source, policy.id)


@pytest.fixture(scope="module")
def conditions(clauses: tuple[Clause, ...]) -> ConditionSet:
    return load_conditions(FILE, clauses)


def test_every_item_of_the_article_is_a_condition(conditions: ConditionSet) -> None:
    assert [c.id for c in conditions.conditions] == [f"7.{number}" for number in range(1, 11)]
    assert conditions.conditions[0].label == "第七条第(一)项"
    assert (conditions.policy, conditions.city, conditions.reviewed) == ("qingdao-2021", "青岛", True)


def _split(condition: Condition, at: str) -> list[str]:
    words = re.sub(r"^\([一二三四五六七八九十]+\)", "", condition.text)
    return [part for part in re.split(at, words) if part.strip()]


def test_every_demand_of_every_item_is_covered_by_an_aspect(conditions: ConditionSet) -> None:
    for condition in conditions.conditions:
        quotes = [aspect.quote for aspect in condition.aspects]
        for demand in _split(condition, r"[,，。;；]"):
            assert any(quote in demand or demand in quote for quote in quotes), (condition.id, demand)


def test_every_part_of_a_list_is_covered_too(conditions: ConditionSet) -> None:
    for condition in conditions.conditions:
        quotes = [aspect.quote for aspect in condition.aspects]
        for part in _split(condition, r"[,，。;；、]"):
            assert any(quote in part or part in quote for quote in quotes), (condition.id, part)


def test_every_quote_stands_verbatim_in_its_clause(conditions: ConditionSet, clauses: tuple[Clause, ...]) -> None:
    texts = {clause.id: clause.text for clause in clauses}
    for condition in conditions.conditions:
        assert condition.text == texts[condition.id]
        assert all(aspect.quote in condition.text for aspect in condition.aspects)
    assert all(material.quote in texts[material.clause] for material in conditions.materials)


def test_materials_are_those_of_the_ground_truth(conditions: ConditionSet) -> None:
    assert {material.name: material.label for material in conditions.materials} == dict(MATERIALS)
    # 第五条 asks for 申请书, 第七条第(九)项 for 真实性承诺; the measure names no other paper of an applicant.
    assert [material.name for material in conditions.materials if material.named] == ["申报书", "真实性承诺书"]


def test_only_rules_that_exist_are_named(conditions: ConditionSet) -> None:
    assert {c.id: c.rules for c in conditions.conditions if c.rules} == {
        "7.1": ("registered_or_active",),
        "7.9": ("truthfulness_pledge",),
    }
    assert {rule for c in conditions.conditions for rule in c.rules} <= set(RULES)
    assert all(c.human for c in conditions.conditions)


def _matches(expressions: tuple[str, ...], text: str) -> bool:
    return any(re.search(expression, text) for expression in expressions)


def test_the_words_of_the_clause_are_no_substance(conditions: ConditionSet) -> None:
    """Who copies the measure has said nothing of itself; (一), (八) and (九) ask for undertakings and are left out."""
    for condition in conditions.conditions:
        if condition.id not in ("7.1", "7.8", "7.9"):
            for aspect in condition.aspects:
                assert not _matches(aspect.substance, f"我单位{condition.text[3:]}"), (condition.id, aspect.id)


@pytest.mark.parametrize(
    "empty",
    [
        "我院具备较强的数字化转型服务能力,具有较强的产业带动能力和良好的产学研用合作基础",
        "我单位拥有一流的专业团队,技术先进,经费充足",
        "公司高度重视保密工作",
    ],
)
def test_praise_is_no_substance(conditions: ConditionSet, empty: str) -> None:
    assert not any(_matches(aspect.substance, empty) for c in conditions.conditions for aspect in c.aspects)


def test_the_evidence_of_the_samples_is_found_by_cue_and_substance(conditions: ConditionSet) -> None:
    """Words of the forms themselves (申报书) are claims, and those of 7.1 are read by its rule."""
    by_id = {c.id: c for c in conditions.conditions}
    for package in TRUTH.values():
        for key, told in package["conditions"].items():
            for evidence in told["evidence"]:
                if key == "7.1" or "申报书" in evidence["file"]:
                    continue
                own = [a for a in by_id[key].aspects if evidence["aspect"] in (None, a.id)]
                words = evidence["quote"]
                assert any(_matches(a.cues, words) and _matches(a.substance, words) for a in own), (key, words)


MEASURE = parse(FARMS, "farms")


def _table() -> dict[str, Any]:
    def condition(item: int, quote: str) -> dict[str, Any]:
        aspect = {"id": "甲", "quote": quote, "questions": ["多久"], "cues": ["登记"], "substance": ["数量"]}
        return {"id": f"3.{item}", "title": "某项", "aspects": [aspect]}

    return {
        "policy": "farms",
        "article": "3",
        "patterns": {"数量": [r"\d{1,9}亩"]},
        "conditions": [condition(3, "自动灌溉设备"), condition(1, "登记满三年"), condition(2, "不少于五十亩")],
        "materials": [{"name": "申请表", "clause": "4", "quote": "申请表", "named": True, "titles": ["申请表"]}],
    }


def _written(path: Path, table: dict[str, Any]) -> Path:
    path.write_text(yaml.safe_dump(table, allow_unicode=True), "utf-8")
    return path


def test_a_small_file_loads_in_the_order_of_the_clauses(tmp_path: Path) -> None:
    made = load_conditions(_written(tmp_path / "farms.yaml", _table()), MEASURE)
    assert [c.id for c in made.conditions] == ["3.1", "3.2", "3.3"]
    assert made.conditions[0].aspects[0].substance == (r"\d{1,9}亩",)
    assert not made.reviewed  # nobody wrote 已核对


def _aspect(table: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = table["conditions"][0]["aspects"][0]
    return found


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda t: t["conditions"][0].update(id="3.9"), ("3.9", "没有编号")),
        (lambda t: t["conditions"].pop(), ("缺少第三条第(二)项", "3.2")),
        (lambda t: t["conditions"].append(t["conditions"][0]), ("3.3", "重复")),
        (lambda t: t["conditions"][0].update(rules=["magic"]), ("3.3", "rules", "magic")),
        (lambda t: t["conditions"][0].update(aspects=[]), ("3.3", "aspects")),
        (lambda t: t["conditions"][0].update(tilte="x"), ("3.3", "tilte", "没有这个字段")),
        (lambda t: t["conditions"][0].update(title=3.1), ("3.3", "title", "引号")),
        (lambda t: _aspect(t).update(quote="手动灌溉"), ("3.3的“甲”", "quote", "手动灌溉")),
        (lambda t: _aspect(t).update(cues=["(登记"]), ("3.3的“甲”", "cues", "(登记")),
        (lambda t: _aspect(t).update(cues=["(登+)+记"]), ("3.3的“甲”", "cues", "上限")),
        (lambda t: _aspect(t).update(cues=["记" * 201]), ("cues", "200")),
        (lambda t: _aspect(t).update(cues=["登?"]), ("cues", "空白")),
        (lambda t: _aspect(t).update(cues="登记"), ("cues", "列表")),
        (lambda t: _aspect(t).update(materials=["护照"]), ("3.3的“甲”", "materials", "护照")),
        (lambda t: _aspect(t).pop("questions"), ("3.3的“甲”", "questions")),
        (lambda t: t["materials"][0].update(clause="99"), ("申请表", "clause", "99")),
        (lambda t: t["materials"][0].update(named="是"), ("申请表", "named")),
        (lambda t: t["materials"][0].update(of=["farm"]), ("申请表", "of", "farm")),
        (lambda t: t.update(article="33"), ("article", "33")),
        (lambda t: t.update(policy="boats"), ("policy", "boats", "farms")),
        (lambda t: t.update(patterns={"数量": ["a+"]}), ("数量", "上限")),
        (lambda t: t.update(roles={"租金": "租金"}), ("租金",)),
    ],
)
def test_a_fault_is_one_sentence_that_names_its_place(
    tmp_path: Path, change: Callable[[dict[str, Any]], object], told: tuple[str, ...]
) -> None:
    table = _table()
    change(table)
    with pytest.raises(PolicyError) as error:
        load_conditions(_written(tmp_path / "farms.yaml", table), MEASURE)
    message = str(error.value)
    assert message.startswith("条件文件 farms.yaml")
    assert message.count("。") == 1
    assert all(part in message for part in told), message


@pytest.mark.parametrize(
    "content", [b"a: [", b"- 1", b"", "条件".encode("gb18030"), b"a: !!python/object:os.system {}"]
)
def test_a_file_that_is_no_table_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "farms.yaml"
    path.write_bytes(content)
    with pytest.raises(PolicyError, match=r"farms\.yaml"):
        load_conditions(path, MEASURE)


@pytest.mark.parametrize(
    "evil", ["(a+)+b", "(?:a{1,9}){1,9}", "a?a?" * 20 + "b", r".{0,99}x.{0,99}y.{0,99}", "a{2,}", "x*y"]
)
def test_patterns_that_could_take_for_ever_are_refused(evil: str) -> None:
    assert fault_of(evil)


@pytest.mark.parametrize(
    "good", [r"\d{1,3}(?:家|个)", "[*+?]a", r"\+\*", "(?<!a)b(?!c)", "(?i:iso)", "a.{0,20}b.{0,20}c"]
)
def test_ordinary_patterns_are_taken(good: str) -> None:
    assert fault_of(good) is None


def test_a_policy_without_the_file_says_how_to_make_one() -> None:
    found, reason = conditions_for("example-2020", CORPUS, FakeLibrary((second(),)))  # type: ignore[arg-type]
    assert found is None
    assert reason is not None
    assert "conditions draft example-2020" in reason


def test_units_of_an_article() -> None:
    assert [clause.id for clause in units(MEASURE, "3")] == ["3.1", "3.2", "3.3"]
    assert [clause.id for clause in units(MEASURE, "5")] == ["5"]
    assert units(MEASURE, "77") == ()
