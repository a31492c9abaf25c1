"""What the repository looks like: its top level, the length of files and functions, and what it never names."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TOP = {"assistant", "ingest", "prompts", "corpus", "evals", "tests", "docs", ".ci"} | {
    *("app.py", "pyproject.toml", "constraints.txt", "Makefile", "README.md", "CHANGELOG.md", ".gitignore")
}
LINES, FUNCTION_LINES = 250, 60
HEAVY = {"torch", "sentence_transformers", "transformers", "gradio", "onnxruntime", "langchain"}
FORBIDDEN = re.compile(
    r"pypi\.[a-z]|npmjs|/simple/|index-url|find-links|trusted-host"  # the reader's own pip and npm know where to look
    r"|(?<![\w.])/(?:home|root|work|Users|opt)/\w"  # a path of somebody's machine
    r"|\bTODO\b|\bFIXME\b|\bXXX\b"
)


def tracked() -> list[Path]:
    """The files under version control; in an exported tree, all that no tool has made."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode == 0:
        return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]
    made = {".venv", ".data", "__pycache__", "build", "dist"}
    return [p for p in ROOT.rglob("*") if p.is_file() and not made & set(p.relative_to(ROOT).parts)]


MODULES = sorted(path for path in tracked() if path.suffix == ".py")


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_the_top_level_is_fixed() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in tracked()} == TOP


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_files_and_functions_are_short(path: Path) -> None:
    source = path.read_text("utf-8")
    assert source.count("\n") <= LINES
    long = {
        node.name: length
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or 0) - node.lineno + 1) > FUNCTION_LINES
    }
    assert not long


def test_nothing_imports_the_application() -> None:
    imports = [
        (name(path), node.lineno)
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if (isinstance(node, ast.Import) and any(alias.name == "app" for alias in node.names))
        or (isinstance(node, ast.ImportFrom) and node.module == "app")
    ]
    assert not imports


def test_no_file_names_a_package_index_a_machine_path_or_unfinished_work() -> None:
    found = []
    for path in tracked():
        if path == Path(__file__) or b"\0" in (content := path.read_bytes()):
            continue
        for number, line in enumerate(content.decode("utf-8").splitlines(), start=1):
            found += [f"{name(path)}:{number}: {match.group()}" for match in FORBIDDEN.finditer(line)]
    assert not found


def test_links_in_documents_lead_somewhere() -> None:
    dead = [
        f"{name(path)}: {link}"
        for path in tracked()
        if path.suffix == ".md"
        for link in re.findall(r"\]\(([^)#]+)", path.read_text("utf-8"))
        if not link.startswith("https://") and not (path.parent / link).exists()
    ]
    assert not dead


def test_imports_are_light_and_do_nothing(tmp_path: Path) -> None:
    own = "assistant.answering.answer, assistant.settings, ingest.search, ingest.settings, ingest.embeddings"
    program = f"import sys; sys.dont_write_bytecode = True; import {own}, prompts, app; print(*sys.modules)"
    environment = {"PYTHONPATH": str(ROOT), "HOME": str(tmp_path), "TMPDIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert HEAVY & set(done.stdout.split()) == set()
    assert not list(tmp_path.iterdir())
