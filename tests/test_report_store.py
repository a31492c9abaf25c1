"""Reports kept and found again, and what two people say of the same finding."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.reports.records import report_of, report_record
from assistant.reports.schema import Override, Verdict
from assistant.reports.store import ListedFinding, ReportStore
from assistant.store import Store
from ingest.errors import StorageError, UsageError
from tests.report_fakes import CONDITIONS, HOSTILE, report

KEY = report().id
AT = datetime(2022, 3, 21, 9, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ReportStore]:
    made = ReportStore.at(tmp_path / "assistant.db")
    yield made
    made.close()


def said(
    verdict: Verdict = "met", *, condition: str = "7.2", person: str = "甲(虚构)", reason: str = "已核"
) -> Override:
    return Override(KEY, condition, verdict, reason, person, AT)


@given(st.text(), st.one_of(st.integers(), st.text(), st.none()))
def test_a_report_comes_back_from_json_as_it_was(words: str, page: int | str | None) -> None:
    made = report(quote=words, title=words)
    place = replace(made.findings[0].evidence[0], page=page)
    made = replace(made, findings=(replace(made.findings[0], evidence=(place,)), *made.findings[1:]))
    assert report_of(json.loads(json.dumps(report_record(made)))) == made


def test_records_of_other_programs_are_told_apart_from_damaged_ones() -> None:
    record = report_record(report())
    others: list[object] = [{**record, "schema": 99}, {}, None, []]
    for other in others:
        with pytest.raises(StorageError, match="另一个版本"):
            report_of(other)
    with pytest.raises(StorageError, match="已损坏"):
        report_of({**record, "report": {**record["report"], "findings": [{"condition": "7.1"}]}})


def test_a_report_is_kept_whole_and_listed_newest_first(store: ReportStore) -> None:
    old = replace(report("c" * 32, quote=HOSTILE, title=HOSTILE), made=AT - timedelta(days=9))
    for each in (old, report()):
        store.add_report(each)
        assert store.report(each.id) == each
    newest, oldest = store.reports()
    assert (newest.id, oldest.id) == (KEY, old.id)
    assert (newest.applicant, newest.missing, newest.issues, newest.unreadable) == (
        "青岛示例智造科技有限公司(虚构)",
        2,
        1,
        1,
    )
    assert tuple(each.condition for each in newest.findings) == CONDITIONS
    assert newest.findings[2] == ListedFinding("7.3", "第七条第(三)项", "转型服务", "missing", by_person=False)
    assert newest.made == report().made
    assert store.reports(limit=1) == (newest,)


def test_an_applicants_own_report_is_in_no_list(store: ReportStore) -> None:
    store.add_report(report(), private=True)
    assert store.reports() == ()
    assert store.report(KEY, private=True) == report()
    with pytest.raises(UsageError, match="没有这份预审报告"):
        store.report(KEY)
    with pytest.raises(UsageError, match="没有这份预审报告"):
        store.delete_report(KEY)
    store.delete_report(KEY, private=True)


def test_the_last_verdict_stands_and_all_are_kept(store: ReportStore) -> None:
    store.add_report(report())
    store.add_override(said("unmet", reason=HOSTILE), seen=0)
    store.add_override(said("met", person="乙(虚构)"), seen=1)
    store.add_override(said("met", condition="7.3"), seen=0)
    first, second, other = store.overrides(KEY)
    assert (first.verdict, first.reason) == ("unmet", HOSTILE.replace("\ud800", "?").strip())
    assert second == said("met", person="乙(虚构)")
    assert other.condition == "7.3"
    (listed,) = store.reports()
    told = {each.condition: (each.verdict, each.by_person) for each in listed.findings}
    assert (told["7.1"], told["7.2"], told["7.3"]) == (("met", False), ("met", True), ("met", True))
    assert store.report(KEY) == report()  # the machine's own verdicts stay


def test_the_second_of_two_people_is_told_of_the_first(store: ReportStore) -> None:
    store.add_report(report())
    store.add_override(said("unmet", person="甲(虚构)", reason="缺审计报告"), seen=0)
    with pytest.raises(UsageError, match=r"^甲\(虚构\)已于.*核定为“不符合”\(理由:缺审计报告\),您的修改没有保存"):
        store.add_override(said("met", person="乙(虚构)"), seen=0)
    assert len(store.overrides(KEY)) == 1
    store.add_override(said("met", person="乙(虚构)"), seen=1)


def test_of_many_at_once_one_is_kept(store: ReportStore, tmp_path: Path) -> None:
    store.add_report(report())
    stores = [store, ReportStore.at(tmp_path / "assistant.db")]

    def say(number: int) -> bool:
        try:
            stores[number % 2].add_override(said(person=f"{number}(虚构)"), seen=0)
        except UsageError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(say, range(16))) == 1
    assert len(store.overrides(KEY)) == 1
    stores[1].close()


@pytest.mark.parametrize(
    ("override", "told"),
    [
        (said(reason=" "), "理由和经办人"),
        (said(person=""), "理由和经办人"),
        (said("passed"), "选择核定的结论"),  # type: ignore[arg-type]
        (said(condition="9.9"), "没有这一项条件"),
        (replace(said(), report="0" * 32), "没有这份预审报告"),
    ],
)
def test_an_override_that_cannot_be_kept_says_why(store: ReportStore, override: Override, told: str) -> None:
    store.add_report(report())
    with pytest.raises(UsageError, match=told):
        store.add_override(override, seen=0)
    assert store.overrides(KEY) == ()


def test_what_is_deleted_is_gone(store: ReportStore) -> None:
    store.add_report(report())
    store.add_override(said(), seen=0)
    store.delete_report(KEY)
    assert (store.reports(), store.overrides(KEY)) == ((), ())
    for missing in (KEY, "'; DROP TABLE reports; --"):
        with pytest.raises(UsageError, match="没有这份预审报告"):
            store.report(missing)
        with pytest.raises(UsageError, match="没有这份预审报告"):
            store.delete_report(missing)


def test_reports_and_feedback_share_a_file(store: ReportStore, tmp_path: Path) -> None:
    store.add_report(report())
    other = Store.at(tmp_path / "assistant.db")
    assert other.feedback() == ()
    other.close()
    assert len(store.reports()) == 1
