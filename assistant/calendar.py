"""Working days in China: weekends, the State Council's holidays and the days worked instead (chinesecalendar)."""

from dataclasses import dataclass
from datetime import date, timedelta

import chinese_calendar

from ingest.errors import UsageError


@dataclass(frozen=True, slots=True)
class Deadline:
    """`due` is the last day; `skipped_holidays` are the days off on the way that are not ordinary weekends."""

    start: date
    workdays: int
    due: date
    skipped_holidays: tuple[date, ...]


def deadline(start: date, workdays: int) -> Deadline:
    """The day on which `workdays` working days have passed, counted from the day after `start` (民法典第二百零一条).

    Raises UsageError for a number below 1, and outside the years whose holidays are known: they are never guessed.
    """
    if workdays < 1:
        raise UsageError(f"工作日数应为正整数,收到的是 {workdays}。")
    day, left, skipped = start, workdays, []
    while left:
        try:
            day += timedelta(days=1)
            working = chinese_calendar.is_workday(day)
        except (NotImplementedError, OverflowError):
            raise UsageError(
                f"只掌握 {_known()} 年的节假日安排,{day.year} 年的无法推算;请以国务院办公厅公布的安排为准。"
            ) from None
        if working:
            left -= 1
        elif day.weekday() < 5:
            skipped.append(day)
    return Deadline(start, workdays, day, tuple(skipped))


def _known() -> str:
    years = sorted({day.year for day in chinese_calendar.holidays})
    return f"{years[0]}—{years[-1]}"
