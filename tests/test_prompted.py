"""Prompts beside the numbers that were measured with them."""

from pathlib import Path

from evals.prompted import FILE, changed, save, versions
from prompts import FOLDER


def test_a_prompt_that_changed_since_the_baseline_is_named(tmp_path: Path) -> None:
    assert changed(tmp_path) == ()
    save({"tuning": {"with": {"facts_present": 0.95555}}}, model="示例模型", path="select", folder=tmp_path)
    assert changed(tmp_path) == ()
    kept = tmp_path / FILE
    kept.write_text(kept.read_text("utf-8").replace(versions()["select"], "0" * 12), "utf-8")
    assert changed(tmp_path) == ("select",)
    assert "0.9556" in kept.read_text("utf-8")


def test_every_prompt_has_a_version_and_a_change_gives_another() -> None:
    assert set(versions()) == {path.stem for path in FOLDER.glob("*.md")}
    assert len(set(versions().values())) == len(versions())


def test_the_committed_baseline_is_of_the_prompts_for_choosing() -> None:
    assert not {"select", "select_question"} & set(changed())
