"""Drafts kept as versions: who, when, what; what undoing leads to; two people at the same draft."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.drafting.schema import Opinion, Paragraph, Sentence
from assistant.drafting.versions import Origin, Version, VersionStore, before
from assistant.reports.store import ReportStore
from ingest.errors import StorageError, UsageError
from tests.drafting_page_fakes import opinion
from tests.report_fakes import report

AT = datetime(2022, 3, 21, 9, 0, tzinfo=UTC)
ORIGIN = Origin("qingdao-2021", "01-recommend", (report().id,), {"受理日期": "2022-03-20", "名单": [{"单位": "甲"}]})
PERSON, OTHER = "甲(虚构)", "乙(虚构)"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[VersionStore]:
    made = VersionStore.at(tmp_path / "assistant.db")
    yield made
    made.close()


def titled(words: str) -> Opinion:
    return replace(opinion(), title=words)


def followed(store: VersionStore, last: Version, words: str, *, hours: int = 1) -> Version:
    return store.follow(last, titled(words), "edited", person=OTHER, at=AT + timedelta(hours=hours), note="改标题")


def test_every_version_comes_back_whole_with_who_and_when(store: VersionStore, tmp_path: Path) -> None:
    first = store.begin(opinion(), ORIGIN, person=f"  {PERSON} ", at=AT)
    second = followed(store, first, "改过的标题")
    signed = replace(second.opinion, signed=AT, day=date(2022, 3, 22))
    third = store.follow(second, signed, "signed", person=PERSON, at=AT + timedelta(hours=2))
    store.close()
    again = VersionStore.at(tmp_path / "assistant.db")
    assert again.versions(first.draft) == (first, second, third)
    assert (first.person, first.at, first.opinion, first.origin) == (PERSON, AT, opinion(), ORIGIN)
    assert (second.person, second.note, second.number, second.of) == (OTHER, "改标题", 2, 2)
    [listed] = again.drafts()
    assert (listed.id, listed.title, listed.versions, listed.person) == (first.draft, "改过的标题", 3, PERSON)
    assert (listed.at, listed.signed, listed.kind) == (AT + timedelta(hours=2), True, opinion().kind)
    again.close()


@given(st.text(alphabet=st.characters(codec=None)), st.text())
def test_any_words_come_back_and_halves_of_characters_harm_nothing(words: str, label: str) -> None:
    source = replace(opinion().blocks[1].sentences[0].sources[0], label=label, quote=label)  # type: ignore[union-attr]
    made = replace(opinion(), title=words, blocks=(Paragraph((Sentence(words, (source,)),)),))
    held = VersionStore("sqlite://")
    kept = held.begin(made, ORIGIN, person=PERSON, at=AT)
    assert held.versions(kept.draft)[0].opinion == made
    assert len(held.drafts()) == 1
    held.close()


def test_the_draft_that_was_worked_on_last_is_first(store: VersionStore) -> None:
    old = store.begin(titled("先"), ORIGIN, person=PERSON, at=AT)
    store.begin(titled("后"), ORIGIN, person=PERSON, at=AT + timedelta(minutes=5))
    assert [each.title for each in store.drafts()] == ["后", "先"]
    followed(store, old, "先,改过")
    assert [each.title for each in store.drafts(limit=1)] == ["先,改过"]


def test_undoing_leads_back_one_edit_at_a_time(store: VersionStore) -> None:
    last = store.begin(titled("一"), ORIGIN, person=PERSON, at=AT)
    for words in ("二", "三"):
        last = followed(store, last, words)
    seen = []
    while earlier := before(store.versions(last.draft)):
        last = store.follow(last, earlier.opinion, "restored", person=PERSON, at=AT, of=earlier.of)
        seen.append(last.opinion.title)
    assert seen == ["二", "一"]
    last = followed(store, last, "四")
    earlier = before(store.versions(last.draft))
    assert earlier is not None
    assert earlier.opinion.title == "一"
    assert [each.number for each in store.versions(last.draft)] == [1, 2, 3, 4, 5, 6]


def test_of_two_people_the_slower_one_is_told_and_overwrites_nothing(store: VersionStore) -> None:
    first = store.begin(opinion(), ORIGIN, person=PERSON, at=AT)
    followed(store, first, "乙的标题")
    with pytest.raises(UsageError, match=r"乙\(虚构\)已于.*保存了第2版,您的修改没有保存"):
        store.follow(first, titled("甲的标题"), "edited", person=PERSON, at=AT)
    assert [each.opinion.title for each in store.versions(first.draft)] == [opinion().title, "乙的标题"]

    def write(number: int) -> bool:
        try:
            store.follow(replace(first, number=2), titled(str(number)), "edited", person=PERSON, at=AT)
        except UsageError:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(write, range(8))) == 1
    assert len(store.versions(first.draft)) == 3


def test_without_a_person_nothing_is_kept(store: VersionStore) -> None:
    with pytest.raises(UsageError, match="请填写经办人"):
        store.begin(opinion(), ORIGIN, person=" \n", at=AT)
    assert store.drafts() == ()
    first = store.begin(opinion(), ORIGIN, person=PERSON, at=AT)
    with pytest.raises(UsageError, match="请填写经办人"):
        store.follow(first, titled("改"), "edited", person="", at=AT)
    assert len(store.versions(first.draft)) == 1


def test_what_was_signed_is_not_deleted(store: VersionStore) -> None:
    first = store.begin(opinion(), ORIGIN, person=PERSON, at=AT)
    store.delete(first.draft)
    assert store.drafts() == ()
    for gone in (store.versions, store.delete):
        with pytest.raises(UsageError, match="没有这份文稿"):
            gone(first.draft)
    with pytest.raises(UsageError, match="没有这份文稿"):
        followed(store, first, "改")
    second = store.begin(opinion(), ORIGIN, person=PERSON, at=AT)
    signed = store.follow(second, replace(opinion(), signed=AT), "signed", person=PERSON, at=AT)
    followed(store, signed, "签发后又改")
    with pytest.raises(UsageError, match="已签发的文稿要留存"):
        store.delete(second.draft)
    assert len(store.versions(second.draft)) == 3


def test_records_of_other_programs_are_told_apart_from_damaged_ones(store: VersionStore, tmp_path: Path) -> None:
    first = store.begin(opinion(), ORIGIN, person=PERSON, at=AT)
    for record, told in (('{"schema": 99}', "另一个版本"), ('{"schema": 1, "opinion": {}}', "已损坏")):
        with sqlite3.connect(tmp_path / "assistant.db") as file:
            file.execute("update draft_versions set record = ?", [record])
        with pytest.raises(StorageError, match=told):
            store.versions(first.draft)
    assert len(store.drafts()) == 1  # the list needs no record


def test_reports_and_drafts_live_in_one_database(store: VersionStore, tmp_path: Path) -> None:
    reports = ReportStore.at(tmp_path / "assistant.db")
    reports.add_report(report())
    store.begin(opinion(), ORIGIN, person=PERSON, at=AT)
    assert len(reports.reports()) == len(store.drafts()) == 1
    reports.close()
