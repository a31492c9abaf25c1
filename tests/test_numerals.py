from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.numerals import to_chinese, to_int


@given(st.integers(0, 10**12 - 1))
def test_a_numeral_reads_back(number: int) -> None:
    assert to_int(to_chinese(number)) == number


@given(st.integers(0, 10**9))
def test_digits_of_both_widths_read_the_same(number: int) -> None:
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))
    assert to_int(str(number)) == to_int(wide) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("十", 10),
        ("十三", 13),
        ("二十", 20),
        ("廿三", 23),
        ("卅", 30),
        ("一百零二", 102),
        ("一百〇二", 102),
        ("一百一十", 110),
        ("二百三", 230),
        ("两千零五", 2005),
        ("一万三", 13000),
        ("一万零一十", 10010),
        ("二〇二一", 2021),
        ("1２", 12),
        (" 十 五 ", 15),
        ("①", 1),
        ("⑳", 20),
        ("Ⅻ", 12),
        ("㈢", 3),
        ("零", 0),
    ],
)
def test_ways_of_writing(text: str, number: int) -> None:
    assert to_int(text) == number


@pytest.mark.parametrize("text", ["", " ", "条", "十十", "一二十", "一百零", "百", "1.5", "-3", "一" * 40, "²", "万"])
def test_what_is_no_number(text: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        to_int(text)


@given(st.text(max_size=20))
def test_any_text_is_a_number_or_a_value_error(text: str) -> None:
    with suppress(ValueError):
        assert to_int(text) >= 0


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "零"), (10, "十"), (15, "十五"), (102, "一百零二"), (110, "一百一十"), (10010, "一万零一十")],
)
def test_numerals_as_statutes_write_them(number: int, text: str) -> None:
    assert to_chinese(number) == text


@pytest.mark.parametrize("number", [-1, 10**12])
def test_numbers_out_of_range(number: int) -> None:
    with pytest.raises(ValueError, match="no numeral"):
        to_chinese(number)
