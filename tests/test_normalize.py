"""One form for the many ways a text is typed, and the way back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.normalize import find_quote, fold, sentences, tidy
from tests.library_fakes import FARMS

WIDE = str.maketrans({chr(c): chr(c + 0xFEE0) for c in range(0x21, 0x7F)})
CHARACTERS = st.sampled_from(
    "第七条申请赋能中心的单位1230aB㈠⑩½,。;:！？“”()（）[]〔〕「」—-~·、 \u3000\n\t\u200b\ufeff\xad"
)
TEXTS = st.text(CHARACTERS | st.characters(), max_size=40)
PASSAGES = st.text(CHARACTERS, min_size=1, max_size=60)


@pytest.mark.parametrize(
    ("typed", "searched"),
    [
        ("ＡＩ平台（２０２１）", "ai平台(2021)"),
        ("  第 一\u3000条\n\n内容 ", "第 一 条 内容"),
        ("赋\u200b能\ufeff中\xad心\x00", "赋能中心"),
        ("㈠⑩", "(一)10"),
        ("😀？", "😀?"),
        ("", ""),
    ],
)
def test_text_is_tidied_for_search(typed: str, searched: str) -> None:
    assert tidy(typed) == searched


@given(TEXTS)
def test_tidying_and_folding_settle(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
    folded, places = fold(text)
    assert len(folded) == len(places)
    assert places == sorted(places)
    assert all(0 <= place < len(text) for place in places)
    assert not any(char.isspace() for char in folded)


@pytest.mark.parametrize(
    "quote",
    [
        "温室面积不少于五十亩。",
        "温室面积\n不少于 五十亩｡",
        "（二）温室面积",
        "( 二 ) 温室面积",
        "〔二〕温室面积",
        "自２０２２年３月１日起施行，",
        "自2022年3月1日\u200b起施行,",
    ],
)
def test_a_quote_is_found_however_it_is_typed(quote: str) -> None:
    found = find_quote(quote, FARMS)
    assert found
    assert fold(FARMS[slice(*found)])[0] == fold(quote)[0]


@pytest.mark.parametrize(
    ("quote", "text"),
    [("五十亩以上", FARMS), ("", FARMS), (" \n\u200b", FARMS), ("温室", ""), ("0", "⑩"), ("一)", "㈠"), ("1", "⑩ ½")],
)
def test_what_is_not_there_is_not_found(quote: str, text: str) -> None:
    assert find_quote(quote, text) is None


def test_a_quote_is_found_behind_a_character_that_only_begins_like_it() -> None:
    assert find_quote("10", "⑩") == (0, 1)
    assert find_quote("一)", "㈠ 一)") == (2, 4)
    assert find_quote("1", "⑩10 1") is not None


@given(PASSAGES, st.data())
def test_any_part_of_a_text_is_found_in_any_width_and_spacing(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    part = text[start : data.draw(st.integers(start + 1, len(text)))]
    typed = part.translate(WIDE) if data.draw(st.booleans()) else part
    typed = "".join(char + data.draw(st.sampled_from(["", "", " ", "\n", "\u200b"])) for char in typed)
    found = find_quote(typed, text)
    if not fold(typed)[0]:
        assert found is None
        return
    assert found
    assert fold(text[slice(*found)])[0] == fold(part)[0]
    assert found[0] <= start + fold(part)[1][0]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("甲。乙！丙？丁；戊", ["甲。", "乙！", "丙？", "丁；", "戊"]),
        ("他说“甲。”然后乙。", ["他说“甲。”", "然后乙。"]),
        ("见附件(甲。)乙", ["见附件(甲。)", "乙"]),
        ("甲\n\n 乙 ", ["甲", "乙"]),
        ("3.5万元,a.b", ["3.5万元,a.b"]),
        (" \n ", []),
        ("", []),
    ],
)
def test_sentences(text: str, parts: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == parts


@given(TEXTS)
def test_sentences_cover_all_words_in_order_without_overlap(text: str) -> None:
    spans = sentences(text)
    covered = [place for start, end in spans for place in range(start, end)]
    assert covered == sorted(set(covered))
    assert {place for place, char in enumerate(text) if not char.isspace()} <= set(covered)
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in spans)
