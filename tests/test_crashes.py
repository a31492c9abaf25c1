"""A writer killed at any step leaves the old or the new state, and the next opening puts things in order."""

import shutil
from pathlib import Path

import pytest

from tests.library_fakes import LATER, NEW, OLD, best, boats, farms, generations, in_process, opened, quiet

KILLED = -9


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index with two policies, to be copied."""
    folder = tmp_path_factory.mktemp("ready")
    assert in_process(folder, "sync", [farms(), boats()]) == 0
    return folder


@pytest.fixture
def folder(ready: Path, tmp_path: Path) -> Path:
    return shutil.copytree(ready, tmp_path / "data")


@pytest.mark.parametrize(
    ("action", "step", "state"),
    [
        *(("replace", step, OLD) for step in ("begin", "embed", "complete", "row")),
        *(("replace", step, NEW) for step in ("publish", "sweep")),
        *(("sync", step, OLD) for step in ("embed", "row")),
        ("sync", "publish", NEW),
        ("remove", "publish", None),
    ],
)
def test_a_writer_killed_at_any_step_leaves_the_old_or_the_new_state(
    folder: Path, data_dir: Path, action: str, step: str, state: str | None
) -> None:
    with opened(folder, data_dir) as before:
        assert best(before, OLD)[2] == 1.0
        if action == "remove":
            code = in_process(folder, "remove", "boats-2020", dies_after=step)
        elif action == "sync":
            code = in_process(folder, "sync", [farms(), boats(LATER)], dies_after=step)
        else:
            code = in_process(folder, "add", *boats(LATER), replace=True, dies_after=step)
        assert code == KILLED
        if state:
            assert best(before, state, policies=["boats-2020"]) == ("boats-2020", f"第二条{state}", 1.0)
        else:
            assert [p.id for p in before.policies()] == ["farms-2022"]
        live = set(before.shelf().generations.values())
        shipped = [farms(), boats(LATER) if action == "sync" else boats()]
        before.sync(shipped, progress=quiet)  # as at the next start
        if action == "sync":
            live = set(before.shelf().generations.values())
            assert best(before, NEW)[1:] == (f"第二条{NEW}", 1.0)
        assert generations(folder) == live
        before.sync(shipped, progress=quiet)
    # The work that was lost can be done again.
    assert in_process(folder, "add", *boats(LATER), replace=True) == 0
    with opened(folder, data_dir) as after:
        assert best(after, NEW) == ("boats-2020", f"第二条{NEW}", 1.0)
        assert generations(folder) == set(after.shelf().generations.values())


@pytest.mark.parametrize("step", ["begin", "embed", "row"])
def test_the_very_first_indexing_can_be_killed(tmp_path: Path, data_dir: Path, step: str) -> None:
    assert in_process(tmp_path, "sync", [farms()], dies_after=step) == KILLED
    with opened(tmp_path, data_dir) as library:
        assert library.policies() == ()
        library.sync([farms()], progress=quiet)
        assert best(library, "温室面积不少于五十亩。")[2] == 1.0
        assert generations(tmp_path) == set(library.shelf().generations.values())
