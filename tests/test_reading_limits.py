"""The limits of reading: values that make no sense are refused, and each limit ends in a reason that names it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.errors import UsageError
from ingest.limits import Limits

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("seconds", value) for value in (-1, 0, float("nan"), float("inf"), 1e30)),
        *(("memory_mb", value) for value in (1, 0, -5)),
        *((field, 0) for field in ("file_mb", "pages", "pixels", "unpacked_mb", "ratio", "files", "cells")),
        *((field, -1) for field in ("nesting", "processes")),
        ("processes", 100_000),
    ],
)
def test_a_value_without_sense_is_one_sentence_that_names_the_setting(field: str, value: float) -> None:
    with pytest.raises(UsageError, match=f"设置 ASSISTANT_LIMITS__{field.upper()} 不能是 .*,请写"):
        Limits(**{field: value})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "setting", ["LIMITS__SECONDS=-1", "LIMITS__SECONDS=abc", "LIMITS__MEMORY_MB=1", "LIMITS__NONE=1", "LIMITS=abc"]
)
def test_a_wrong_setting_ends_the_program_with_one_sentence(setting: str) -> None:
    name, _, value = f"ASSISTANT_{setting}".partition("=")
    done = subprocess.run(
        [sys.executable, "-m", "ingest", "read", "README.md"],
        cwd=ROOT,
        env={**os.environ, name: value},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "设置" in done.stderr
