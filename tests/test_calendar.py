"""Working days as the State Council's yearly holiday notices (国务院办公厅关于部分节假日安排的通知) set them."""

import json
from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.__main__ import main
from assistant.calendar import deadline, workdays_until
from ingest.errors import UsageError

# Counted by hand from the notices: start, working days, last day, weekdays off on the way.
NOTICES = [
    # 2022: 1月31日至2月6日春节放假,1月29日、30日上班
    (date(2022, 1, 10), 30, date(2022, 2, 24), [date(2022, 1, 31), *(date(2022, 2, n) for n in range(1, 5))]),
    (date(2022, 1, 28), 1, date(2022, 1, 29), []),
    (date(2022, 1, 28), 3, date(2022, 2, 7), [date(2022, 1, 31), *(date(2022, 2, n) for n in range(1, 5))]),
    # 2022: 9月10日至12日中秋节放假
    (date(2022, 9, 9), 1, date(2022, 9, 13), [date(2022, 9, 12)]),
    # 2021: 10月1日至7日国庆节放假,9月26日、10月9日上班
    (date(2021, 9, 24), 5, date(2021, 9, 30), []),
    (date(2021, 9, 30), 2, date(2021, 10, 9), [date(2021, 10, n) for n in (1, 4, 5, 6, 7)]),
    # 2023: 1月21日至27日春节放假,1月28日、29日上班
    (date(2023, 1, 20), 2, date(2023, 1, 29), [date(2023, 1, n) for n in range(23, 28)]),
    # 2020: 春节假期延长至2月2日
    (date(2020, 1, 23), 1, date(2020, 2, 3), [date(2020, 1, n) for n in (24, 27, 28, 29, 30, 31)]),
    # 2025: 10月1日至8日国庆节、中秋节放假,10月11日上班
    (date(2025, 9, 30), 3, date(2025, 10, 11), [date(2025, 10, n) for n in (1, 2, 3, 6, 7, 8)]),
    # no holiday on the way: a plain week
    (date(2022, 3, 4), 5, date(2022, 3, 11), []),
    # the start is not counted, be it a working day or not
    (date(2022, 3, 5), 1, date(2022, 3, 7), []),
]


@pytest.mark.parametrize(("start", "workdays", "due", "skipped"), NOTICES)
def test_the_last_day_is_the_one_counted_by_hand(start: date, workdays: int, due: date, skipped: list[date]) -> None:
    made = deadline(start, workdays)
    assert made.due == due
    assert list(made.skipped_holidays) == skipped
    assert (made.start, made.workdays) == (start, workdays)


@given(st.dates(date(2004, 1, 1), date(2025, 1, 1)), st.integers(1, 250))
def test_as_many_working_days_lie_between_as_were_asked_for(start: date, workdays: int) -> None:
    made = deadline(start, workdays)
    days = [start + timedelta(days=n) for n in range(1, (made.due - start).days + 1)]
    assert sum(map(chinese_calendar.is_workday, days)) == workdays
    assert chinese_calendar.is_workday(made.due)
    assert made.counted == tuple(filter(chinese_calendar.is_workday, days))
    assert workdays_until(start, made.due) == workdays
    assert workdays_until(made.due, start) == 0
    assert list(made.skipped_holidays) == [d for d in days if d.weekday() < 5 and not chinese_calendar.is_workday(d)]


@pytest.mark.parametrize(
    ("start", "workdays", "year"),
    [
        (date(2001, 5, 1), 1, "2001"),
        (date(2003, 12, 30), 1, "2003"),
        (date(2100, 1, 1), 1, "2100"),
        (date(9999, 12, 31), 1, "9999"),
        (date(2022, 1, 10), 10**9, "20"),
    ],
)
def test_years_without_known_holidays_are_refused_and_never_guessed(start: date, workdays: int, year: str) -> None:
    known = sorted({day.year for day in chinese_calendar.holidays})
    with pytest.raises(UsageError, match=rf"只掌握 {known[0]}—{known[-1]} 年的节假日安排,{year}\d* 年的无法推算"):
        deadline(start, workdays)


def test_the_last_known_working_day_is_still_counted() -> None:
    last = max(chinese_calendar.holidays).year
    before = date(last, 12, 30)
    assert deadline(before, 1).due == date(last, 12, 31)
    with pytest.raises(UsageError):
        deadline(before, 2)


@pytest.mark.parametrize("workdays", [0, -1])
def test_a_number_of_days_below_one_is_refused(workdays: int) -> None:
    with pytest.raises(UsageError, match=f"正整数,收到的是 {workdays}。"):
        deadline(date(2022, 1, 10), workdays)


def test_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["deadline", "2022-01-10", "--workdays", "30", "--json"]) == 0
    off = ["2022-01-31", "2022-02-01", "2022-02-02", "2022-02-03", "2022-02-04"]
    told = {"start": "2022-01-10", "workdays": 30, "due": "2022-02-24", "skipped_holidays": off}
    assert json.loads(capsys.readouterr().out) == told
    assert main(["deadline", "2022-01-10", "--workdays", "30"]) == 0
    given = capsys.readouterr()
    assert "2022-02-24" in given.out
    assert "2022-01-31、2022-02-01" in given.out
    assert given.err == ""
