"""The fictional packages: made the same each time, marked as fictional, and with the faults that truth.json names."""

import json
import shutil
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import openpyxl
import pypdfium2
import pytest
from PIL import Image

from evals.samples import contradictory, fonts
from evals.samples.__main__ import TRUTH, make, packages
from evals.samples.codes import capitals, check_character, uscc, wrong
from evals.samples.document import FICTION, Document, Grid, Hidden, plain, words_of
from evals.samples.fonts import cut
from evals.samples.making import made, printed
from evals.samples.packages import MATERIALS
from evals.samples.paper import spans
from ingest.limits import Limits
from ingest.normalize import find_quote
from ingest.staging import stage

SAMPLES = Path(__file__).parent.parent / "corpus" / "samples"
CONDITIONS = [f"7.{number}" for number in range(1, 11)]
NAMES = [package.name for package in packages()]
needs_fonts = pytest.mark.skipif(not fonts.available(), reason="没有 Noto CJK 字体(fonts-noto-cjk),此项跳过")


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((SAMPLES / TRUTH).read_text("utf-8"))
    return found


@pytest.fixture(scope="module")
def content(told: dict[str, Any]) -> dict[str, dict[str, bytes]]:
    """The committed files of each package by the names of truth.json."""
    return {name: dict(_files(SAMPLES / package["path"])) for name, package in told.items()}


def _files(path: Path) -> Iterator[tuple[str, bytes]]:
    if path.is_dir():
        yield from ((file.relative_to(path).as_posix(), file.read_bytes()) for file in path.rglob("*"))
    else:
        yield from _members(path.name, path.read_bytes())


def _members(name: str, packed: bytes) -> Iterator[tuple[str, bytes]]:
    with ZipFile(BytesIO(packed)) as archive:
        for part in archive.infolist():
            assert not part.flag_bits & 0x800  # no sign of UTF-8: Windows writes GBK and says nothing
            inner, data = f"{name}/{part.filename.encode('cp437').decode('gbk')}", archive.read(part)
            yield from _members(inner, data) if inner.endswith(".zip") else [(inner, data)]


def text_of(name: str, data: bytes, page: int | str | None) -> str:
    """What a library reads on one page, sheet, or in the whole of a Word file; nothing for a picture."""
    match name.rpartition(".")[2]:
        case "pdf":
            document = pypdfium2.PdfDocument(data)
            text = str(document[int(page or 1) - 1].get_textpage().get_text_bounded())
            document.close()
            return text
        case "docx":
            body = docx.Document(BytesIO(data))
            controls = "".join(node.text or "" for node in body.element.body.iter() if node.tag.endswith("}t"))
            return f"{controls}{body.sections[0].footer.paragraphs[0].text}"
        case "xlsx":
            sheet = openpyxl.load_workbook(BytesIO(data))[str(page)]
            return "\n".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None)
        case "txt":
            return data.decode("gbk")
        case _:
            return ""


@needs_fonts
def test_the_script_makes_the_same_facts_each_time(tmp_path: Path, told: dict[str, Any]) -> None:
    make(tmp_path / "made")
    assert json.loads((tmp_path / "made" / TRUTH).read_text("utf-8")) == told
    assert sorted(path.relative_to(tmp_path / "made").as_posix() for path in (tmp_path / "made").rglob("*")) == sorted(
        path.relative_to(SAMPLES).as_posix() for path in SAMPLES.rglob("*") if path.name != "README.md"
    )


@needs_fonts
def test_the_same_paper_has_the_same_bytes_each_time(tmp_path: Path) -> None:
    papers = [paper for paper in packages()[0].papers if paper.path[:2] in ("06", "13", "14")]  # Excel, Word, a scan
    faces = cut((plain(words) for paper in papers for words in words_of(paper.what)), tmp_path)
    first = [made(paper, faces) for paper in papers]
    printed.cache_clear()
    assert [made(paper, faces) for paper in papers] == first


def test_the_committed_samples_are_small_and_marked(content: dict[str, dict[str, bytes]]) -> None:
    assert sum(path.stat().st_size for path in SAMPLES.rglob("*") if path.is_file()) <= 3_000_000
    assert "虚构" in (SAMPLES / "README.md").read_text("utf-8")
    for package, files in content.items():
        assert "虚构" in package
        for name, data in files.items():
            if name.endswith(".pdf"):
                document = pypdfium2.PdfDocument(data)
                assert all(FICTION in (text_of(name, data, n + 1) or FICTION) for n in range(len(document)))
            elif name.endswith(".xlsx"):
                sheets = openpyxl.load_workbook(BytesIO(data)).sheetnames
                assert all(FICTION in text_of(name, data, sheet) for sheet in sheets)
            elif name.endswith((".jpg", ".png")):
                assert Image.open(BytesIO(data)).size > (900, 600)
            else:
                assert "虚构样例" in text_of(name, data, None)


@pytest.mark.parametrize("name", NAMES)
def test_evidence_stands_where_the_truth_says(
    name: str, told: dict[str, Any], content: dict[str, dict[str, bytes]]
) -> None:
    package, checked = told[name], 0
    assert list(package["conditions"]) == CONDITIONS
    assert {file["name"] for file in package["files"]} == set(content[name])
    for condition in package["conditions"].values():
        assert condition["support"] == bool(condition["evidence"]) == (condition["verdict"] != "missing")
        for evidence in condition["evidence"]:
            if text := text_of(evidence["file"], content[name][evidence["file"]], evidence["page"]):
                assert find_quote(evidence["quote"], text), evidence
                checked += 1
    assert checked >= 7


@pytest.mark.parametrize("name", NAMES)
def test_scans_have_no_text_layer(name: str, told: dict[str, Any], content: dict[str, dict[str, bytes]]) -> None:
    for file in told[name]["files"]:
        text = text_of(file["name"], content[name][file["name"]], 1) if file["kind"] == "pdf" else ""
        assert bool(text) == (file["kind"] == "pdf" and file["digital"])


def test_only_the_planted_code_has_a_wrong_check_character(told: dict[str, Any]) -> None:
    for package in packages():
        code = package.applicant.uscc
        assert len(code) == 18
        assert check_character(code[:17]) == code[17]
        printed_codes = {
            word[: len(code)]
            for paper in package.papers
            for words in words_of(paper.what)
            for word in plain(words).split("：")
            if word.startswith(code[:17])
        }
        bad = {code for code in printed_codes if check_character(code[:17]) != code[17]}
        planted = {value for issue in package.issues if issue.kind == "bad_uscc" for value in issue.values[:1]}
        assert bad == planted
    assert uscc("MAFAKE21", region="370212").startswith("91370212MAFAKE21")
    assert wrong(told[NAMES[0]]["facts"]["uscc"]) != told[NAMES[0]]["facts"]["uscc"]


def test_the_complete_package_misses_nothing_and_the_others_say_what_they_miss(told: dict[str, Any]) -> None:
    complete, incomplete, contradictory_ = (told[name] for name in NAMES)
    assert complete["missing_materials"] == complete["issues"] == []
    assert {missing["name"] for missing in incomplete["missing_materials"]} >= {"专项经费证明", "信用证明"}
    assert {issue["kind"] for issue in incomplete["issues"]} == {"unsigned", "unreadable"}
    assert {issue["kind"] for issue in contradictory_["issues"]} == {
        *("name_mismatch", "bad_uscc", "amount_conflict", "address_conflict"),
        *("date_conflict", "hidden_text", "injection"),
    }
    assert all(missing["basis"] == MATERIALS[missing["name"]] for missing in incomplete["missing_materials"])


def test_what_is_planted_stands_in_the_digital_files(
    told: dict[str, Any], content: dict[str, dict[str, bytes]]
) -> None:
    digital = {file["name"] for file in told[NAMES[2]]["files"] if file["digital"]}
    for issue in told[NAMES[2]]["issues"]:
        texts = [text_of(name, content[NAMES[2]][name], 1) for name in issue["files"] if name in digital]
        for value in issue["values"] if len(texts) == len(issue["files"]) else ():
            assert any(find_quote(value, text) for text in texts)
    form = next(paper.what for paper in contradictory.package().papers)
    assert isinstance(form, Document)
    assert [block.words for block in form.blocks if isinstance(block, Hidden)] == [contradictory.INSTRUCTION]


@pytest.mark.parametrize("name", NAMES)
def test_names_are_those_that_taking_a_package_in_gives(name: str, told: dict[str, Any], tmp_path: Path) -> None:
    staged = stage([SAMPLES / told[name]["path"]], tmp_path / "staged", limits=Limits())
    assert {one.name for one in staged} == {file["name"] for file in told[name]["files"]}
    assert all(one.reason is None for one in staged)
    shutil.rmtree(tmp_path / "staged")


def test_amounts_in_capitals() -> None:
    assert capitals(5_000_000) == "人民币伍佰万元整"
    assert capitals(150_000) == "人民币壹拾伍万元整"
    assert capitals(4_862_500) == "人民币肆佰捌拾陆万贰仟伍佰元整"


def test_merged_cells_span_to_the_left_and_down() -> None:
    rows = (("a", "←", "b"), ("c", "d", "e"), ("↑", "f", "←"))
    assert spans(rows, 0, 0) == (2, 1)
    assert spans(rows, 1, 0) == (1, 2)
    assert spans(rows, 2, 1) == (2, 1)


def test_grids_are_rectangular() -> None:
    for package in packages():
        for paper in package.papers:
            blocks = paper.what.blocks if isinstance(paper.what, Document) else ()
            grids = [block for block in blocks if isinstance(block, Grid)]
            assert all(len(one) == len(other) for grid in grids for one, other in pairwise(grid.rows))
