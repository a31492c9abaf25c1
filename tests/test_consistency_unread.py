"""Many files that could not be read for one reason are told together; few are told one by one."""

from ingest.materials import Material
from tests.facts_fakes import issues_of


def _broken(count: int, reason: str) -> list[Material]:
    return [
        Material(f"{reason}{number}.dat", "unknown", "unreadable", f"{reason}{number}", 1, reason=f"{reason}。")
        for number in range(count)
    ]


def test_many_unreadable_files_of_one_reason_are_one_issue() -> None:
    told = [
        issue
        for issue in issues_of(*_broken(2700, "不是能读的格式"), *_broken(2, "已加密"))
        if issue.kind == "unreadable"
    ]
    assert len(told) == 3
    assert "有2700份材料没有读出来" in told[0].message


def test_twenty_are_told_one_by_one() -> None:
    assert len([issue for issue in issues_of(*_broken(20, "已加密")) if issue.kind == "unreadable"]) == 20
