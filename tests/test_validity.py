"""Whether the text that an answer stands on is in force on the day asked about."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.answer import answer
from assistant.schema import NoticeKind
from assistant.validity import Moment, chinese, misdated, moment, notices, state
from ingest.library import Library
from tests.fakes import qingdao, second

POLICY, _ = qingdao()
TODAY = date(2024, 6, 15)


def span(first: str, last: str) -> tuple[date, date]:
    return date.fromisoformat(first), date.fromisoformat(last)


@pytest.mark.parametrize(
    ("question", "days", "words"),
    [
        ("2022年5月1日有效吗", span("2022-05-01", "2022-05-01"), "2022年5月1日"),
        ("2022-05-01还有效吗", span("2022-05-01", "2022-05-01"), "2022-05-01"),
        ("2022/5/1", span("2022-05-01", "2022-05-01"), "2022/5/1"),
        ("二〇二二年五月一日有效吗", span("2022-05-01", "2022-05-01"), "二〇二二年五月一日"),
        ("2022年2月能用吗", span("2022-02-01", "2022-02-28"), "2022年2月"),
        ("2024年2月份", span("2024-02-01", "2024-02-29"), "2024年2月份"),
        ("2022年12月有效吗", span("2022-12-01", "2022-12-31"), "2022年12月"),
        ("2022年有效吗", span("2022-01-01", "2022-12-31"), "2022年"),
        ("2023年底失效了吗", span("2023-12-01", "2023-12-31"), "2023年底"),
        ("2023年初失效了吗", span("2023-01-01", "2023-01-31"), "2023年初"),
        ("去年有效吗", span("2023-01-01", "2023-12-31"), "去年"),
        ("明年还有效吗", span("2025-01-01", "2025-12-31"), "明年"),
        ("2023年2月30日,2023年3月1日有效吗", span("2023-03-01", "2023-03-01"), "2023年3月1日"),
    ],
)
def test_the_time_that_a_question_names(question: str, days: tuple[date, date], words: str) -> None:
    assert moment(question, TODAY) == Moment(*days, words)


@pytest.mark.parametrize("question", ["这个办法有效吗", "2023年13月", "第2022条", "30个工作日", "12345678"])
def test_no_time_is_named(question: str) -> None:
    assert moment(question, TODAY) is None


@given(st.text(alphabet="0123456789年月日底初-/.零〇一二三十去今 ", max_size=20))
def test_any_text_has_a_time_or_none(text: str) -> None:
    found = moment(text, TODAY)
    assert found is None or found.first <= found.last


@given(st.dates(date(1950, 1, 1), date(2090, 1, 1)))
def test_a_day_is_read_back_from_its_words(day: date) -> None:
    assert moment(f"在{chinese(day)}的时候", TODAY) == Moment(day, day, chinese(day))


IN_FORCE = [
    ("2021-11-18", False, ["not_yet"]),
    ("2021-11-19", True, []),
    ("2023-11-18", True, []),
    ("2023-11-19", False, ["expired", "successor"]),
]


@pytest.mark.parametrize(("day", "in_force", "kinds"), IN_FORCE)
def test_both_ends_of_the_period_count(day: str, in_force: bool, kinds: list[NoticeKind]) -> None:
    assert POLICY.in_force(date.fromisoformat(day)) is in_force
    assert [n.kind for n in notices(POLICY, date.fromisoformat(day))] == kinds


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        ("2021-11-18", "2021-11-18", "2021年11月18日《{}》尚未施行。"),
        ("2021-11-19", "2021-11-19", "2021年11月19日《{}》在有效期内。"),
        ("2023-11-18", "2023-11-18", "2023年11月18日《{}》在有效期内。"),
        ("2023-11-19", "2023-11-19", "2023年11月19日《{}》已失效。"),
        ("2021-01-01", "2021-12-31", "这一年《{}》只在一部分时间有效:2021年11月19日至2021年12月31日。"),
        ("2023-01-01", "2023-12-31", "这一年《{}》只在一部分时间有效:2023年1月1日至2023年11月18日。"),
        ("2022-01-01", "2022-12-31", "这一年《{}》在有效期内。"),
        ("2020-01-01", "2024-12-31", "这一年《{}》只在一部分时间有效:2021年11月19日至2023年11月18日。"),
    ],
)
def test_the_state_on_a_day_or_in_a_span(first: str, last: str, told: str) -> None:
    days = Moment(date.fromisoformat(first), date.fromisoformat(last), "这一年")
    assert state(POLICY, days) == told.format(POLICY.title)


def test_a_text_without_an_end_stays_in_force() -> None:
    open_ended, _ = second()
    far = date(2999, 1, 1)
    assert notices(open_ended, far) == ()
    assert state(open_ended, Moment(far, far, "")).endswith("已经施行;收录的信息中没有失效日期。")


@pytest.mark.parametrize(("day", "in_force", "kinds"), IN_FORCE)
def test_an_answer_carries_the_notices_of_its_day(
    day: str, in_force: bool, kinds: list[NoticeKind], library: Library
) -> None:
    for question, status in (("第十三条", "answered"), ("第二十一条", "refused")):
        told = answer(question, library, as_of=date.fromisoformat(day))
        assert told.status == status
        assert [n.kind for n in told.notices if n.kind != "words_only"] == kinds
    told = answer("这个办法现在有效吗", library, as_of=date.fromisoformat(day))
    assert told.text.splitlines()[0].endswith("在有效期内。") is in_force
    assert [c.clause for c in told.citations] == ["20"]


def test_the_successor_is_named_as_not_verified(library: Library) -> None:
    told = answer("第七条", library, as_of=date(2023, 11, 19))
    (note,) = [n.text for n in told.notices if n.kind == "successor"]
    assert "不带“试行”的同名后续办法" in note
    assert "定义由第二条变为第三条" in note
    assert "未经核实" in note
    assert note.endswith("现行规定请向青岛市发展和改革委员会核实。")


def test_a_year_that_the_question_names_is_told(library: Library) -> None:
    assert "2022年5月《" in answer("2022年5月的时候这个办法有效吗", library, as_of=TODAY).text
    assert "尚未施行" in answer("2021年10月这个办法有效吗", library, as_of=TODAY).text
    assert "只在一部分时间有效" in answer("2023年这个办法还有效吗", library, as_of=TODAY).text
    assert "已失效" in answer("我在2023/11/20递交申请,适用这份办法吗", library, as_of=date(2022, 1, 1)).text


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 800))
def test_the_state_agrees_with_the_period(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    told = state(POLICY, Moment(first, last, "那时"))
    days = [first + timedelta(days=n) for n in range(length + 1)]
    inside = [POLICY.in_force(day) for day in days]
    assert told.endswith("在有效期内。") is all(inside)
    assert told.endswith(("尚未施行。", "已失效。")) is not any(inside)


@pytest.mark.parametrize(
    ("question", "wrong"),
    [
        ("办法是2022年1月1日起施行的,没错吧", True),
        ("失效日期是2024年11月18日吧", True),
        ("2021年11月19日起施行的对吧", False),
        ("2022年5月1日还有效吗", False),
    ],
)
def test_a_day_that_no_quote_has_is_not_confirmed(question: str, wrong: bool) -> None:
    when = moment(question, date(2026, 1, 1))
    assert when
    quotes = ["本办法自2021年11月19日起施行,有效期至2023年11月18日。"]
    assert misdated(question, when, quotes) is wrong
