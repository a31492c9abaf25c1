"""Working days in China: weekends, the State Council's holidays and the days worked instead (chinesecalendar)."""

from dataclasses import dataclass
from datetime import date, timedelta

import chinese_calendar

from ingest.errors import UsageError


@dataclass(frozen=True, slots=True)
class Deadline:
    """`due` is the last day; `skipped_holidays` are the days off on the way that are not ordinary weekends; `counted`
    are the working days themselves, `due` the last of them."""

    start: date
    workdays: int
    due: date
    skipped_holidays: tuple[date, ...]
    counted: tuple[date, ...] = ()


def deadline(start: date, workdays: int) -> Deadline:
    """The day on which `workdays` working days have passed, counted from the day after `start` (民法典第二百零一条).

    Raises UsageError for a number below 1, and outside the years whose holidays are known: they are never guessed.
    """
    if workdays < 1:
        raise UsageError(f"工作日数应为正整数,收到的是 {workdays}。")
    counted: list[date] = []
    day, skipped = start, []
    while len(counted) < workdays:
        day, working = _following(day)
        if working:
            counted.append(day)
        elif day.weekday() < 5:
            skipped.append(day)
    return Deadline(start, workdays, day, tuple(skipped), tuple(counted))


def workdays_until(start: date, end: date) -> int:
    """How many working days there are from the day after `start` to `end`, which counts; 0 where `end` is not after
    `start`. Raises UsageError outside the years whose holidays are known."""
    day, passed = start, 0
    while day < end:
        day, working = _following(day)
        passed += working
    return passed


def _following(day: date) -> tuple[date, bool]:
    """The day after, and whether it is a working day."""
    try:
        day += timedelta(days=1)
        return day, bool(chinese_calendar.is_workday(day))
    except (NotImplementedError, OverflowError):
        raise UsageError(
            f"只掌握 {_known()} 年的节假日安排,{day.year} 年的无法推算;请以国务院办公厅公布的安排为准。"
        ) from None


def _known() -> str:
    years = sorted({day.year for day in chinese_calendar.holidays})
    return f"{years[0]}—{years[-1]}"
