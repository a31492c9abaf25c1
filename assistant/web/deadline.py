"""The page 期限推算: the last day of a term of working days, with every day that was counted or left out."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby

import gradio as gr
from gradio.components.navbar import Navbar
from markupsafe import Markup

from assistant.calendar import Deadline, deadline
from assistant.validity import chinese
from assistant.web.masthead import as_of
from assistant.web.navigation import navigation
from assistant.web.page import QUIET, html, sent
from ingest.errors import UsageError

_MOST = 250  # working days, about a year
_WEEK = "一二三四五六日"


def add_deadline(page: gr.Blocks) -> None:
    """Add the page to the application."""
    with page.route("期限推算", "deadline"):
        Navbar(visible=False)
        with gr.Row(elem_id="masthead"):
            html('<div class="title"><h1>政策助手</h1></div>', "masthead-text")
            html(navigation("deadline"), "site-nav")
        with gr.Column(elem_id="deadline"):
            asked = html(_form(), "deadline-form", script="deadline", of="policyDrafting")
            told = html("", "deadline-told")

        def counted(event: gr.EventData) -> str:
            return result(sent(event).get("start"), sent(event).get("workdays"))

        asked.submit(counted, None, [told], **QUIET)


def result(start: object, workdays: object) -> Markup:
    """The last day and a calendar of the days, or one sentence on what is wrong with what was entered."""
    try:
        text = str(workdays or "").strip()
        if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= _MOST):
            raise UsageError(f"工作日数请填 1 到 {_MOST} 之间的整数。")
        found = deadline(as_of(start), int(text))
    except UsageError as error:
        told = str(error).replace("依据日期", "起算日期")
        return Markup('<p class="banner warn" role="alert">{}</p>').format(told)
    months = Markup("").join(
        _month(list(days), found) for _, days in groupby(_days(found), lambda d: (d.year, d.month))
    )
    skipped = "、".join(f"{day.month}月{day.day}日" for day in found.skipped_holidays)
    return Markup(
        '<section class="card" aria-live="polite"><h2>{}</h2><p>自{}的次日起算,第 {} 个工作日。{}</p>'
        '<p class="legend"><span class="day counted">数</span> 计入的工作日(小字为第几个)'
        '<span class="day off">休</span> 周末 <span class="day holiday">休</span> 法定休假'
        '<span class="day counted moved">班</span> 调休上班</p><div class="months">{}</div></section>'
    ).format(
        f"{chinese(found.due)} 星期{_WEEK[found.due.weekday()]}",
        chinese(found.start),
        found.workdays,
        f"不计法定休假:{skipped}。" if skipped else "其间没有法定休假。",
        months,
    )


def _form() -> Markup:
    return Markup(
        '<section class="card"><h2>期限推算</h2><p>从起算日的次日数起(《民法典》第二百零一条),'
        "按国务院办公厅公布的节假日和调休安排,第几个工作日是哪一天。</p>"
        '<form class="grid"><label><span>起算日期</span>'
        '<input type="date" name="start" min="1949-10-01" max="2099-12-31"></label>'
        '<label><span>工作日数</span><input type="number" name="workdays" min="1" max="{}" step="1" value="30"></label>'
        '<button type="submit" class="go">推算</button></form>'
        '<p class="banner plain">推算结果供参考,以国务院办公厅公布的节假日安排和主管部门的解释为准。</p></section>'
    ).format(_MOST)


def _days(found: Deadline) -> Iterator[date]:
    day = found.start
    while day <= found.due:
        yield day
        day += timedelta(days=1)


def _month(days: list[date], found: Deadline) -> Markup:
    blank = Markup("<td></td>") * days[0].weekday()
    cells = [_cell(day, found) for day in days]
    held = [blank + Markup("").join(cells[: 7 - days[0].weekday()])]
    rest = cells[7 - days[0].weekday() :]
    held += [Markup("").join(rest[at : at + 7]) for at in range(0, len(rest), 7)]
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(each) for each in _WEEK)
    rows = Markup("").join(Markup("<tr>{}</tr>").format(row) for row in held)
    return Markup("<table><caption>{}</caption><thead><tr>{}</tr></thead><tbody>{}</tbody></table>").format(
        f"{days[0].year}年{days[0].month}月", head, rows
    )


def _cell(day: date, found: Deadline) -> Markup:
    if day == found.start:
        kind, told = "start", "起算日"
    elif day in found.counted:
        moved = " moved" if day.weekday() >= 5 else ""
        due = " due" if day == found.due else ""
        kind, told = f"counted{moved}{due}", f"第{found.counted.index(day) + 1}个"
    else:
        kind, told = ("holiday", "休假") if day in found.skipped_holidays else ("off", "周末")
    return Markup('<td><span class="day {}"><b>{}</b><small>{}</small></span></td>').format(kind, day.day, told)
