"""Amounts and dates, in all the ways that papers write them."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.facts.amounts import amounts, named_unit, number
from assistant.facts.dates import blank_date, dates, first_day, last_day
from evals.samples.codes import capitals
from ingest.numerals import to_chinese


@given(st.integers(1, 10**11))
def test_capitals_and_digits_are_the_same_amount(yuan: int) -> None:
    told = amounts(f"合同金额{yuan}元(大写:{capitals(yuan)})")
    assert [(one.value, one.capitals) for one in told] == [(Decimal(yuan), False), (Decimal(yuan), True)]


@given(st.integers(1, 10**9), st.sampled_from(["{:,}元", "￥{:,}", "人民币{}元整", "{:,}.00元"]))
def test_thousands_and_currency_marks_change_nothing(yuan: int, form: str) -> None:
    assert [one.value for one in amounts(f"支出{form.format(yuan)}。")] == [yuan]


@given(st.decimals(Decimal("0.01"), 99999, places=2))
def test_units_are_multiplied(value: Decimal) -> None:
    wide = str(value).translate({ord(char): ord(char) + 0xFEE0 for char in "0123456789."})
    assert amounts(f"经费{value}万元")[0].value == value * 10000
    assert amounts(f"经费{wide}亿元")[0].value == value * 10**8
    assert number(f" {value} ") == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("五百万元", "5000000"),
        ("叁佰贰拾万元整", "3200000"),
        ("人民币壹佰元零伍分", "100.05"),
        ("贰拾元伍角整", "20.5"),
        ("投入500万，", "5000000"),
        ("1.2亿元", "120000000"),
        ("512.60 万元", "5126000"),
        ("壹仟零伍拾万圆整", "10500000"),
    ],
)
def test_amounts_as_written(text: str, value: str) -> None:
    assert [one.text for one in amounts(text)] == [value]


@pytest.mark.parametrize(
    "text", ["46家企业", "1900余人次", "设备8600余台", "2021年度", "$500万", "第一元件", "万元", "100万台"]
)
def test_no_amounts(text: str) -> None:
    assert amounts(text) == ()


@pytest.mark.parametrize("text", ["300余万元", "约500万元", "不低于500万元", "10-20万元", "2万元起"])
def test_amounts_that_are_not_exact_say_so(text: str) -> None:
    assert amounts(text)[-1].about


def test_units_of_tables() -> None:
    assert named_unit("金额（万元）") == 10000
    assert named_unit("单位：元") == 1
    assert named_unit("合同编号") is None


@given(st.dates(date(1950, 1, 1), date(2099, 12, 31)))
def test_every_way_to_write_a_date_is_the_same_day(day: date) -> None:
    year = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(day.year))
    ways = [
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year} 年 {day.month:02} 月 {day.day:02} 日",
        day.isoformat(),
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}/{day.month}/{day.day}",
        f"{year}年{to_chinese(day.month)}月{to_chinese(day.day)}日",
        f"{day.year}年{day.month}月{day.day}日".translate({ord(char): ord(char) + 0xFEE0 for char in "0123456789"}),
    ]
    for way in ways:
        text = f"签订于{way}。"
        assert [(text[one.start : one.end], one.value, one.exists) for one in dates(text)] == [
            (way, day.isoformat(), True)
        ]


def test_months_impossible_days_and_blanks() -> None:
    assert [one.value for one in dates("自2021年3月起至2022年02月")] == ["2021-03", "2022-02"]
    assert [one.exists for one in dates("2022年2月30日,2022年13月1日,2022-02-30")] == [False, False, False]
    assert (first_day("2022-02"), last_day("2022-02")) == (date(2022, 2, 1), date(2022, 2, 28))
    assert last_day("2021-12") == date(2021, 12, 31)
    assert dates("2021年度预算,版本1.2.3,10.10.2022.1,V2021.13.40,2022-13-01") == ()
    for blank in ("年 月 日", "日期：　　年　　月　　日", "2022年　　月　　日", "____年__月__日", "20  年  月  日"):
        assert blank_date(blank), blank
    assert blank_date("2022年3月18日") is None
