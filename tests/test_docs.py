"""What the documents name exists: files, commands and settings."""

import re
from pathlib import Path

import pytest

from ingest.limits import Limits
from tests.test_layout import ROOT, name, tracked

_DOCUMENTS = [path for path in tracked() if path.suffix == ".md" and path.parts[-2] != "prompts"]
_LINK = re.compile(r"\[`([^`]+)`\]\(([^)#\s]+)")
_FILE = re.compile(r"(?<![\w./<*{-])((?:assistant|ingest|evals|tests|corpus|docs|prompts)/[\w./-]+\.\w+)")


@pytest.mark.parametrize("path", _DOCUMENTS, ids=name)
def test_a_link_leads_to_the_file_that_it_names(path: Path) -> None:
    for label, link in _LINK.findall(path.read_text("utf-8")):
        if re.fullmatch(r"[\w./-]+(?:\.\w+|/)", label):
            assert link.rstrip("/").endswith(label.rstrip("/").rsplit("/", 1)[-1]), f"{label} → {link}"


@pytest.mark.parametrize("path", _DOCUMENTS, ids=name)
def test_files_that_a_document_names_are_there(path: Path) -> None:
    assert [found for found in _FILE.findall(path.read_text("utf-8")) if not (ROOT / found).exists()] == []


def test_the_readme_names_every_limit() -> None:
    told = (ROOT / "README.md").read_text("utf-8")
    row = next(line for line in told.splitlines() if "ASSISTANT_LIMITS__" in line)
    assert set(re.findall(r"__([A-Z_]+)`", row)) == {field.upper() for field in Limits.__dataclass_fields__}
