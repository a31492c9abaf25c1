"""统一社会信用代码: check characters, shapes and what is wrong with one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.facts.codes import ALPHABET, check, check_character, codes, region, registered_as
from evals.samples.codes import uscc, wrong

RIGHT = uscc("MAFAKE21", region="370212")
BODIES = st.text(alphabet=ALPHABET, min_size=9, max_size=9).map(lambda tail: f"91370202{tail}")


@given(BODIES)
def test_right_check_character_is_accepted_and_any_other_is_not(body: str) -> None:
    code = body + check_character(body)
    assert check(code) is None
    for char in ALPHABET.replace(code[-1], ""):
        assert check(body + char) == f"校验位应为“{code[-1]}”,这里是“{char}”"


@given(BODIES, st.integers(8, 16), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_always_noticed(body: str, place: int, char: str) -> None:
    code = body + check_character(body)
    changed = code[:place] + char + code[place + 1 :]
    assert (check(changed) is None) == (changed == code)


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (RIGHT[:-1], "应为18位,这里是17位"),
        (RIGHT.replace("0", "O", 1), "字符“O”"),
        ("91990212MAFAKE211W", "第3至8位“990212”不是行政区划代码"),
        (wrong(RIGHT), "校验位应为"),
    ],
)
def test_what_is_wrong_is_told(code: str, told: str) -> None:
    assert told in (check(code) or "")


@given(BODIES)
def test_codes_are_found_in_text_whatever_their_width(body: str) -> None:
    code = body + check_character(body)
    wide = "".join(chr(ord(char) + 0xFEE0) for char in code)
    for written in (code, wide, code.lower()):
        text = f"我单位(统一社会信用代码:{written})申报"
        assert [(text[start:end], found) for start, end, found in codes(text)] == [(written, code)]


def test_other_numbers_are_no_codes() -> None:
    others = "注册号370212230012345,组织机构代码MAFAKE21-1,身份证号370202199001011234567,账号370202199001011234"
    assert [code for _, _, code in codes(others)] == ["370202199001011234"] or not list(codes(others))
    assert list(codes("登记号 2019SRFAKE0101")) == []


def test_a_code_tells_kind_and_region() -> None:
    assert (registered_as(RIGHT), region(RIGHT)) == ("企业", "370212")
    assert registered_as("12370000MBFAKE3706") == "事业单位"
