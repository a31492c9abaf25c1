"""The written packages: all can be read, name their own faults rightly, and leave nothing of the scale untried."""

import re
from collections import Counter
from typing import get_args

import pytest

from evals.packages.made import aside, written
from evals.samples.codes import check_character
from evals.samples.document import plain, words_of
from evals.samples.packages import BROKEN, MATERIALS, How, IssueKind, Package

PACKAGES = written()
NAMES = [package.name for package in PACKAGES]
_CODE = re.compile(r"(?<![0-9A-Z])(?:91|92|93|12|51|52)\d{6}[0-9A-Z]{10}(?![0-9A-Z])")


@pytest.mark.parametrize("package", PACKAGES, ids=NAMES)
def test_the_faults_of_a_package_lie_in_its_own_papers(package: Package) -> None:
    paths = {paper.path for paper in package.papers}
    for issue in (*package.issues, *package.tolerated):
        assert set(issue.paths) <= paths
    assert set(package.blank) <= {material for paper in package.papers for material in paper.materials}
    assert {material for paper in package.papers for material in paper.materials} <= set(MATERIALS)


@pytest.mark.parametrize("package", PACKAGES, ids=NAMES)
def test_every_code_is_right_unless_it_is_the_fault(package: Package) -> None:
    known = {
        path for issue in (*package.issues, *package.tolerated) if issue.kind == "bad_uscc" for path in issue.paths
    }
    for paper in package.papers:
        said = "\n".join(plain(words) for words in words_of(paper.what))
        for code in _CODE.findall(said):
            assert paper.path in known or code[-1] == check_character(code[:-1]), f"{paper.path}: {code}"


@pytest.mark.parametrize("package", PACKAGES, ids=NAMES)
def test_what_nobody_can_read_is_told(package: Package) -> None:
    told = {path for issue in package.issues if issue.kind == "unreadable" for path in issue.paths}
    assert told == {paper.path for paper in package.papers if paper.how in BROKEN or paper.unread}


def test_names_and_codes_are_used_once() -> None:
    assert max(Counter(NAMES).values()) == 1
    assert max(Counter(package.applicant.uscc for package in PACKAGES).values()) == 1


def test_every_way_of_making_a_paper_is_used() -> None:
    assert {paper.how for package in PACKAGES for paper in package.papers} == set(get_args(How))


@pytest.mark.parametrize("kept", [False, True], ids=["tuning", "aside"])
def test_each_part_has_every_kind_of_fault_every_finding_and_clean_packages(kept: bool) -> None:
    part = [package for package in PACKAGES if aside(package.name) is kept]
    assert {issue.kind for package in part for issue in package.issues} == set(get_args(IssueKind))
    for number in range(1, 11):
        found = {package.verdicts[f"7.{number}"][0] for package in part}
        assert found >= {"unclear", "missing"}
        assert number not in (1, 9) or "met" in found
    assert "unmet" in {package.verdicts["7.1"][0] for package in part}
    assert sum(not package.issues and not package.tolerated for package in part) >= 6


def test_a_third_is_kept_aside() -> None:
    assert 0.3 <= sum(aside(name) for name in NAMES) / len(NAMES) <= 0.45
