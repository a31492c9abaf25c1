"""A last day is counted only from a named day, by a named term, for an event that the clause knows."""

from datetime import date

import pytest

from assistant.answering.answer import answer
from assistant.answering.due import Start, due, start, term
from ingest.library import Library

TODAY = date(2022, 5, 1)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("1月10日换照,30个工作日到哪天", Start(date(2022, 1, 10), 30)),
        ("2021年12月1日办完变更,最晚几号备案", Start(date(2021, 12, 1), None)),
        ("2022-01-10换的执照,备案截止到几号", Start(date(2022, 1, 10), None)),
        ("一月十日换照,三十个工作日到哪一天", Start(date(2022, 1, 10), 30)),
        ("昨天换的照,备案最晚到哪天", Start(date(2022, 4, 30), None)),
        ("更名后多久备案", None),
        ("1月10日换照要备案吗", None),
        ("1月10日和2月3日换照,到哪天", None),
        ("2月30日换照,30个工作日到哪天", None),
        ("1月10日换照,30个工作日还是15个工作日,到哪天", None),
    ],
)
def test_what_a_question_wants_counted(question: str, expected: Start | None) -> None:
    assert start(question, TODAY) == expected


@pytest.mark.parametrize(
    ("text", "number"),
    [("后的30个工作日内", 30), ("十五个工作日", 15), ("30日内", None), ("5个工作日或10个工作日", None)],
)
def test_a_term_is_one_number_of_working_days(text: str, number: int | None) -> None:
    assert term(text) == number


def test_years_whose_holidays_are_unknown_are_not_guessed() -> None:
    told = due(Start(date(2090, 1, 10), None), [("第十三条", "30个工作日内")])
    assert told is not None
    assert "无法推算" in told
    assert "届满" not in told


def test_another_number_than_the_clause_has_is_not_counted() -> None:
    assert due(Start(TODAY, 60), [("第十三条", "30个工作日内")]) is None
    assert due(Start(TODAY, None), [("第十三条", "30个工作日内"), ("第九条", "5个工作日内")]) is None


def test_a_day_that_can_be_counted_is_told_as_counted(library: Library) -> None:
    told = answer("1月10日换照,30个工作日到哪天", library, as_of=TODAY)
    assert told.status == "answered"
    assert [c.clause for c in told.citations][:1] == ["13"]
    assert "推算:从2022年1月10日的次日起算,到2022年2月24日届满" in told.text


@pytest.mark.parametrize("event", ["提交申请书", "法人去世", "评上", "开工"])
def test_days_are_not_counted_from_what_the_clause_does_not_know(event: str, library: Library) -> None:
    assert "届满" not in answer(f"3月1日{event},30个工作日到哪天", library, as_of=TODAY).text
