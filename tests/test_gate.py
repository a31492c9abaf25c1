"""The gate: what always holds, the baseline, and the targets beside it; time is never gated."""

import json
from pathlib import Path

import pytest

from evals import __main__ as command
from evals.cases import load_cases
from evals.gate import ALWAYS, LIMITS, SLACK, TARGETS, compare, missed


def baseline(folder: Path, numbers: object) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "answers.json").write_text(json.dumps(numbers), "utf-8")
    return folder


def test_without_a_baseline_only_what_always_holds_is_asked_for(tmp_path: Path) -> None:
    assert compare("answers", {"tuning": {**ALWAYS, "facts_present": 0.0}}, tmp_path / "none") == []


@pytest.mark.parametrize("key", sorted(ALWAYS))
def test_what_always_holds_has_no_slack(key: str, tmp_path: Path) -> None:
    before = baseline(tmp_path, {"aside": {key: ALWAYS[key] - 0.001}})
    (line,) = compare("answers", {"aside": {key: ALWAYS[key] - 0.001}}, before)
    assert "aside" in line
    assert key in line


def test_no_further_behind_the_baseline_than_the_slack(tmp_path: Path) -> None:
    before = baseline(tmp_path, {"tuning": {"facts_present": 0.99, "refused_covered": 0.01}})
    near = {"facts_present": 0.99 - SLACK / 2, "refused_covered": 0.01 + SLACK / 2}
    assert compare("answers", {"tuning": near}, before) == []
    far = {"facts_present": 0.99 - SLACK * 1.1, "refused_covered": 0.01 + SLACK * 1.1}
    lines = compare("answers", {"tuning": far}, before)
    assert len(lines) == 2
    assert all("基线" in line for line in lines)
    better = {"facts_present": 1.0, "refused_covered": 0.0}
    assert compare("answers", {"tuning": better}, before) == []


def test_only_the_same_part_of_the_same_evaluation_is_compared(tmp_path: Path) -> None:
    before = baseline(tmp_path, {"tuning": {"facts_present": 1.0}})
    assert compare("answers", {"aside": {"facts_present": 0.5}}, before) == []
    assert compare("retrieval", {"tuning": {"facts_present": 0.5}}, before) == []
    assert compare("answers", {"tuning": {"facts_present": 0.5}}, before) != []


def test_time_and_counts_are_never_gated(tmp_path: Path) -> None:
    before = baseline(tmp_path, {"tuning": {"ms_p50": 1.0, "ms_p95": 1.0, "questions": 900.0, "characters": 500.0}})
    slow = {"ms_p50": 99.0, "ms_p95": 999.0, "questions": 3.0, "characters": 1.0}
    assert compare("answers", {"tuning": slow}, before) == []


@pytest.mark.parametrize("key", sorted(TARGETS))
def test_a_target_is_missed_below_it(key: str) -> None:
    assert missed({"aside": {key: TARGETS[key]}}) == []
    (line,) = missed({"aside": {key: TARGETS[key] - 0.001}})
    assert key in line


@pytest.mark.parametrize("key", sorted(LIMITS))
def test_a_limit_is_missed_above_it(key: str) -> None:
    assert missed({"aside": {key: LIMITS[key]}}) == []
    (line,) = missed({"aside": {key: LIMITS[key] + 0.001}})
    assert key in line


@pytest.mark.parametrize(("gold", "code"), [("13", 0), ("14", 1)])
def test_the_command_exits_1_below_the_gate(
    gold: str, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    cases = tmp_path / "cases.jsonl"
    row = {"q": "第十三条", "kind": "reference", "status": "answered", "gold": [gold], "must": [["备案"]]}
    lines = [json.dumps({"id": f"x{n}", **row}, ensure_ascii=False) for n in range(8)]
    cases.write_text("\n".join(lines), "utf-8")
    assert {case.aside for case in load_cases(cases)} == {True, False}, "both parts have a question"
    monkeypatch.setattr(command, "CASES", cases)
    monkeypatch.setattr(command, "compare", lambda what, numbers: compare(what, numbers, tmp_path / "baseline"))
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(tmp_path / "data"))
    assert command.main(["retrieval", "--json"]) == code
    given = capsys.readouterr()
    told = json.loads(given.out)
    assert {part: values["gold_first"] for part, values in told["numbers"].items()} == {
        "tuning": 1.0 - code,
        "aside": 1.0 - code,
    }
    assert bool(told["below_gate"]) is bool(code)
    assert "只按字词检索" in given.err
