"""What LibreOffice makes of our Word files: pages, lines and characters as they stand on paper.

The fonts of the standard are not on most machines, so shapes are another font's; sizes and places are not.
"""

import shutil
import subprocess
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pdfplumber
import pytest

from assistant.drafting.official import official_docx
from assistant.drafting.schema import MARK
from tests.official_fakes import BODY, opinion, paragraph, table

MM = 72 / 25.4


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[list[dict[str, Any]]]]:
    """The characters of each page of each file, converted in one run."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    folder: Path = tmp_path_factory.mktemp("pdf")
    full = "青岛虚构工业互联网有限公司申报材料" * 90
    files = {
        "whole": opinion(),
        "full": opinion(blocks=(paragraph(full),), agency="", number="", title="公示", copies="", printer=""),
        "rows": opinion(blocks=(table(60),)),
        # The last page has little room below the date: 版记 goes to a page with room.
        "tight": opinion(blocks=(paragraph(BODY * 4),), note="", attachments=()),
    }
    for name, made in files.items():
        (folder / f"{name}.docx").write_bytes(official_docx(made))
    profile = f"-env:UserInstallation=file://{folder}/profile"
    given = [str(folder / f"{name}.docx") for name in files]
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *given]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    read = {}
    for name in files:
        with pdfplumber.open(folder / f"{name}.pdf") as document:
            assert {(round(float(p.width) / MM), round(float(p.height) / MM)) for p in document.pages} == {(210, 297)}
            read[name] = [page.chars for page in document.pages]
    return read


def rows(page: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """The lines of 3号 within the text area, from the top."""
    lines: dict[int, list[dict[str, Any]]] = {}
    for char in page:
        if char["text"].strip() and abs(char["size"] - 16) < 0.3 and 37 * MM - 2 < char["top"] < 262 * MM:
            lines.setdefault(round(char["bottom"]), []).append(char)
    return [lines[bottom] for bottom in sorted(lines)]


def test_a_full_page_has_22_lines_of_28_characters(pages: dict[str, list[list[dict[str, Any]]]]) -> None:
    lines = rows(pages["full"][1])
    assert len(lines) == 22
    assert Counter(len(line) for line in lines) == {28: 22}
    gaps = [b[0]["bottom"] - a[0]["bottom"] for a, b in pairwise(lines)]
    assert all(abs(gap - 28.95) < 0.2 for gap in gaps)


def test_text_stays_within_the_text_area_and_fills_its_width(pages: dict[str, list[list[dict[str, Any]]]]) -> None:
    for page in pages["full"][1:2] + pages["whole"]:
        for line in rows(page):
            assert min(char["x0"] for char in line) > 28 * MM - 0.5
            assert max(char["x1"] for char in line) < 184 * MM + 1
    widest = max(char["x1"] for line in rows(pages["full"][1]) for char in line)
    assert widest == pytest.approx(184 * MM, abs=1.5)


def test_page_numbers_stand_at_the_outer_side_below_the_text(pages: dict[str, list[list[dict[str, Any]]]]) -> None:
    for n, page in enumerate(pages["whole"], start=1):
        foot = [char for char in page if char["top"] > 262 * MM and char["text"].strip()]
        assert "".join(char["text"] for char in foot) == f"—{n}—"
        assert {round(char["size"]) for char in foot} == {14}
        middle = (foot[0]["top"] + foot[0]["bottom"]) / 2
        assert middle == pytest.approx((262 + 7) * MM, abs=1.5 * MM)
        if n % 2:
            assert foot[-1]["x1"] == pytest.approx(184 * MM - 14, abs=2)
        else:
            assert foot[0]["x0"] == pytest.approx(28 * MM + 14, abs=2)


def test_the_mark_is_on_every_page(pages: dict[str, list[list[dict[str, Any]]]]) -> None:
    for page in pages["whole"]:
        head = "".join(char["text"] for char in page if char["bottom"] < 37 * MM)
        assert head.replace(" ", "") == MARK.replace(" ", "")


def test_the_table_s_header_is_on_every_page_with_rows(pages: dict[str, list[list[dict[str, Any]]]]) -> None:
    texts = ["".join(char["text"] for char in page) for page in pages["rows"]]
    with_rows = [text for text in texts if "见第七条" in text]
    assert len(with_rows) > 1
    assert all("序号申报单位结论备注" in text for text in with_rows)


@pytest.mark.parametrize("name", ["whole", "rows", "tight"])
def test_the_imprint_ends_at_the_last_page_s_foot(name: str, pages: dict[str, list[list[dict[str, Any]]]]) -> None:
    last = pages[name][-1]
    text = "".join(char["text"] for char in last)
    at = text.index("抄送：")
    foot = [char for char in last[at:] if char["top"] < 262 * MM]
    assert "".join(char["text"] for char in foot).rstrip().endswith("印发")
    assert foot[-1]["bottom"] == pytest.approx(262 * MM, abs=3 * MM)
    above = [char for char in last[:at] if char["text"].strip()]
    assert max(char["bottom"] for char in above if char["top"] < 262 * MM) < foot[0]["top"]


def test_the_first_page_shows_text_and_sizes_are_the_standard_s(pages: dict[str, list[list[dict[str, Any]]]]) -> None:
    first = pages["whole"][0]
    assert len(rows(first)) > 4
    sizes = Counter(round(char["size"]) for char in first if char["text"].strip())
    assert sizes[22] > 20
    assert sizes[16] > 60
    top = min(char["top"] for char in first if char["size"] > 25)
    assert top == pytest.approx((37 + 35) * MM, abs=3 * MM)
