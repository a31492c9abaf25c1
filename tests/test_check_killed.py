"""A batch that is killed goes on where it was, and leaves nothing of the applicants' files behind."""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from ingest.leftovers import Scratch
from tests.check_fakes import LICENCE

ROOT = Path(__file__).parent.parent
_COUNT = 10


def _batch(folder: Path, out: Path, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "assistant", "check", "--batch", str(folder), "--out", str(out)]
    return subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **environment}, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def test_a_killed_batch_goes_on_where_it_was(tmp_path: Path, data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, out, scratch = tmp_path / "包", tmp_path / "结果", tmp_path / "临时"
    for number in range(_COUNT):
        (folder / f"申报{number:02}").mkdir(parents=True)
        (folder / f"申报{number:02}" / "营业执照.txt").write_text(f"{LICENCE}\n第{number}份", "utf-8")
    scratch.mkdir()
    environment = {"ASSISTANT_DATA_DIR": str(data_dir), "TMPDIR": str(scratch), "ASSISTANT_LIMITS__PROCESSES": "2"}

    with _batch(folder, out, environment) as first:
        assert first.stderr is not None
        while not any(out.glob("*.json")):  # the bar is drawn while packages are checked
            assert first.stderr.read(1), "it ended without a result"
        first.send_signal(signal.SIGKILL)
    done = {path.name: path.stat().st_mtime_ns for path in out.glob("*.json")}
    assert 0 < len(done) < _COUNT

    again = _batch(folder, out, environment)
    told, said = (stream.decode() for stream in again.communicate())
    assert again.returncode == 0, said
    assert f"共 {_COUNT} 份:新预审 {_COUNT - len(done)} 份,先前已完成 {len(done)} 份,未成功 0 份" in told
    assert f"{_COUNT}/{_COUNT}" in said
    assert {name: (out / name).stat().st_mtime_ns for name in done} == done
    assert len(list(out.iterdir())) == _COUNT + 1  # and the summary, nothing half-written

    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    Scratch().remove()  # as whatever reads next does
    assert not [left for left in scratch.rglob("*") if left.is_file()]
