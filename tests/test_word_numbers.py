"""Automatic numbers of Word, as Word prints them. What is expected was compared with LibreOffice's print."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.word_formats import written
from tests.word_files import levels, lines, num, numbered, paragraph

LEGAL = levels(("chineseCountingThousand", "第%1条"), ("chineseCounting", "(%2)"), ("decimal", "%3."))
OUTLINE = levels(("decimal", "%1."), ("decimal", "%1.%2"), ("decimal", "%1.%2.%3"))


def printed(places: str, numbering: str) -> list[str]:
    """The numbers of paragraphs at `places`: "1/0 1/1" is list 1 at level 0, then list 1 at level 1."""
    pairs = [place.split("/") for place in places.split()]
    body = "".join(numbered("x", number, int(level)) for number, level in pairs)
    return [line.removesuffix("x").rstrip() for line in lines(body, {"numbering": numbering})]


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("decimal", {1: "1", 27: "27"}),
        ("chineseCounting", {1: "一", 10: "十", 11: "十一", 21: "二十一"}),
        ("chineseCountingThousand", {20: "二十", 101: "一百零一"}),
        ("japaneseCounting", {9: "九", 12: "十二"}),
        ("ideographDigital", {10: "一〇", 21: "二一"}),
        ("chineseLegalSimplified", {1: "壹", 10: "壹拾", 11: "壹拾壹", 27: "贰拾柒", 101: "壹佰零壹"}),
        ("decimalFullWidth", {12: "\uff11\uff12"}),
        ("decimalEnclosedCircleChinese", {1: "①", 20: "⑳", 21: "㉑", 36: "㊱", 50: "㊿", 51: "51"}),
        ("decimalEnclosedParen", {2: "⑵"}),
        ("decimalEnclosedFullstop", {3: "⒊"}),
        ("ideographEnclosedCircle", {1: "㊀", 10: "㊉", 11: "11"}),
        ("ideographTraditional", {1: "甲", 2: "乙", 3: "丙", 10: "癸", 11: "11"}),
        ("ideographZodiac", {1: "子", 12: "亥"}),
        ("ideographZodiacTraditional", {1: "甲子", 12: "乙亥", 60: "癸亥"}),
        ("upperRoman", {4: "IV", 9: "IX", 40: "XL", 1994: "MCMXCIV"}),
        ("lowerRoman", {14: "xiv"}),
        ("upperLetter", {1: "A", 26: "Z", 27: "AA", 53: "AAA"}),
        ("lowerLetter", {28: "bb"}),
        ("decimalZero", {1: "01", 12: "12"}),
        ("numberInDash", {3: "- 3 -"}),
        ("ordinal", {1: "1st", 12: "12th", 22: "22nd", 113: "113th"}),
        ("none", {1: ""}),
    ],
)
def test_number_formats(style: str, expected: dict[int, str]) -> None:
    assert {number: written(number, style) for number in expected} == expected


@given(st.integers(-(10**9), 10**9), st.sampled_from(["upperRoman", "lowerLetter", "chineseCounting", "unheard"]))
def test_every_number_is_written_somehow(number: int, style: str) -> None:
    assert 0 < len(written(number, style)) <= 60


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ("1/0 1/1 1/1 1/0 1/1", "第一条 (一) (二) 第二条 (一)"),
        ("1/0 1/1 1/2 1/2 1/1 1/2", "第一条 (一) 1. 2. (二) 1."),
    ],
)
def test_articles_items_and_subitems(places: str, expected: str) -> None:
    assert printed(places, LEGAL + num(1)) == expected.split()


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ("1/0 1/1 1/2 1/2 1/0 1/1", "1. 1.1 1.1.1 1.1.2 2. 2.1"),
        ("1/1 1/1 1/0 1/1", "1.1 1.2 2. 2.1"),  # no paragraph of the first level before: it counts as the first
        ("1/2 1/1 1/2 1/0", "1.1.1 1.2 1.2.1 2."),
        ("1/0 2/0 1/0 2/0", "1. 2. 3. 4."),  # lists of one abstractNum count on together
    ],
)
def test_levels_above_are_printed_and_counted(places: str, expected: str) -> None:
    assert printed(places, OUTLINE + num(1) + num(2)) == expected.split()


def test_an_override_begins_anew_once() -> None:
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    fifth = '<w:lvlOverride w:ilvl="1"><w:startOverride w:val="5"/></w:lvlOverride>'
    assert printed("1/0 1/0 2/0 2/0 1/0", OUTLINE + num(1) + num(2, overrides=again)) == ["1.", "2.", "1.", "2.", "3."]
    # ECMA-376, 17.9.27: the override also holds whenever the level begins anew.
    places = "1/0 1/1 2/1 2/1 2/0 2/1"
    assert printed(places, OUTLINE + num(1) + num(2, overrides=fifth)) == ["1.", "1.1", "1.5", "1.6", "2.", "2.5"]


def test_a_list_may_have_a_level_of_its_own() -> None:
    own = '<w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0"><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1)"/></w:lvl>'
    assert printed("1/0 2/0", OUTLINE + num(1) + num(2, overrides=own + "</w:lvlOverride>")) == ["1.", "II)"]


@pytest.mark.parametrize(("restart", "expected"), [("0", "1. 1.1 2. 2.2"), ("1", "1. 1.1 2. 2.1")])
def test_when_a_level_begins_anew(restart: str, expected: str) -> None:
    after = OUTLINE.replace(
        '<w:lvlText w:val="%1.%2"/>', f'<w:lvlRestart w:val="{restart}"/><w:lvlText w:val="%1.%2"/>'
    )
    assert printed("1/0 1/1 1/0 1/1", after + num(1)) == expected.split()


def test_a_level_may_begin_anew_only_after_the_first() -> None:
    last = '<w:lvlText w:val="%1.%2.%3"/>'
    after = OUTLINE.replace(last, '<w:lvlRestart w:val="1"/>' + last) + num(1)
    assert printed("1/0 1/1 1/2 1/1 1/2 1/0 1/2", after)[4:] == ["1.2.2", "2.", "2.1.1"]


def test_legal_numbering_writes_digits() -> None:
    numbering = levels(("chineseCounting", "第%1章"), ("decimal", "%1.%2"), more="")
    legal = numbering.replace('<w:lvlText w:val="%1.%2"/>', '<w:isLgl/><w:lvlText w:val="%1.%2"/>')
    assert printed("1/0 1/1", legal + num(1)) == ["第一章", "1.1"]


@pytest.mark.parametrize(
    ("pattern", "suffix", "expected"),
    [
        ("%1、", "nothing", "一、总则"),
        ("(%1)", "nothing", "(一)总则"),
        ("第%1条", "nothing", "第一条 总则"),  # else 第一条 and the words would read as one
        ("%1、", "space", "一、 总则"),
        ("%1、", "tab", "一、 总则"),
    ],
)
def test_what_follows_the_number(pattern: str, suffix: str, expected: str) -> None:
    numbering = levels(("chineseCounting", pattern)).replace("<w:lvlText", f'<w:suff w:val="{suffix}"/><w:lvlText')
    assert lines(numbered("总则", 1), {"numbering": numbering + num(1)}) == [expected]


def test_numbers_come_through_styles() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="T1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="T2"><w:basedOn w:val="T1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="T3"><w:basedOn w:val="T1"/>'
        '<w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:style>'
    )
    numbering = LEGAL.replace("<w:lvlText", '<w:pStyle w:val="T1"/><w:lvlText', 1).replace(
        '<w:lvlText w:val="(%2)"', '<w:pStyle w:val="T2"/><w:lvlText w:val="(%2)"'
    )
    body = "".join(paragraph("x", f'<w:pStyle w:val="T{style}"/>') for style in (1, 2, 2, 3, 1))
    found = lines(body, {"styles": styles, "numbering": numbering + num(1)})
    assert found == ["第一条 x", "(一) x", "(二) x", "x", "第二条 x"]


def test_numbers_come_through_a_numbering_style() -> None:
    real = levels(("chineseCounting", "%1、"), key="7", more='<w:styleLink w:val="L"/>')
    link = '<w:abstractNum w:abstractNumId="8"><w:numStyleLink w:val="L"/></w:abstractNum>'
    assert printed("1/0 1/0", real + link + num(1, "8")) == ["一、", "二、"]


def test_zero_takes_a_number_away_and_a_missing_list_gives_none() -> None:
    assert printed("1/0 0/0 9/0 1/7 1/0", OUTLINE + num(1)) == ["1.", "", "", "", "2."]


def test_empty_paragraphs_are_numbered_and_hidden_ones_are_not_counted() -> None:
    mark = '<w:rPr><w:vanish/></w:rPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    hidden = paragraph("密", mark, "<w:vanish/>")
    body = numbered("", 1) + hidden + numbered("x", 1)
    assert lines(body, {"numbering": OUTLINE + num(1)}) == ["1.", "2. x"]


def test_a_pattern_of_word_2010() -> None:
    wrapped = (
        '<mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="001, 002, 003, ..."/>'
        '</mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>'
    )
    numbering = levels(("decimal", "%1")).replace('<w:numFmt w:val="decimal"/>', wrapped)
    assert printed("1/0 1/0", numbering + num(1)) == ["001", "002"]


@pytest.mark.parametrize(("sign", "font", "expected"), [("\uf0a8", "Wingdings", "☐ x"), ("\uf0b7", "Symbol", "x")])
def test_bullets_are_ornaments_except_boxes(sign: str, font: str, expected: str) -> None:
    fonts = f'<w:rPr><w:rFonts w:ascii="{font}"/></w:rPr></w:lvl>'
    numbering = levels(("bullet", sign)).replace("</w:lvl>", fonts)
    assert lines(numbered("x", 1), {"numbering": numbering + num(1)}) == [expected]
