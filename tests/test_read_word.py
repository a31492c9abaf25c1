"""What is in the text of a Word document, and in which order."""

import pytest

from ingest.limits import Limits
from ingest.readers import word
from tests.word_files import cell, docx, field, levels, lines, num, numbered, paragraph, read, run, table


def test_blocks_cover_the_text() -> None:
    page = read(paragraph("甲") + paragraph("  ") + paragraph(" 乙  丙 ") + table((cell("丁"), cell("戊")))).pages[0]
    assert page.number is None
    assert page.text == "甲\n乙 丙\n丁\t戊"
    assert [page.text[block.start : block.end] for block in page.blocks] == page.text.split("\n")
    assert [block.kind for block in page.blocks] == ["paragraph", "paragraph", "row"]
    assert page.tables[0].rows == (("丁", "戊"),)


def test_headings_by_level_style_and_name() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="标题 2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="a"><w:name w:val="Title"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="c"><w:basedOn w:val="b"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="c"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr>'
        "</w:style>"
    )
    forms = [*(f'<w:pStyle w:val="{style}"/>' for style in "12ac"), '<w:outlineLvl w:val="3"/>']
    forms += ['<w:pStyle w:val="1"/><w:outlineLvl w:val="9"/>', '<w:pStyle w:val="none"/>']
    page = read("".join(paragraph("题", form) for form in forms), {"styles": styles}).pages[0]
    assert [block.level for block in page.blocks] == [1, 2, 1, 3, 4, 0, 0]
    assert [block.kind for block in page.blocks] == ["heading"] * 5 + ["paragraph"] * 2


def test_a_numbered_heading() -> None:
    form = '<w:outlineLvl w:val="0"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    numbering = levels(("chineseCounting", "第%1章")) + num(1)
    page = read(paragraph("总则", form), {"numbering": numbering}).pages[0]
    assert (page.text, page.blocks[0].kind) == ("第一章 总则", "heading")


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("", ["单位:甲", "日期:乙"]),
        ('<w:jc w:val="center"/>', ["单位:甲日期:乙"]),
        ('<w:outlineLvl w:val="0"/>', ["单位:甲日期:乙"]),
    ],
)
def test_a_break_made_by_hand_parts_a_paragraph_but_not_a_title(form: str, expected: list[str]) -> None:
    body = f"<w:p><w:pPr>{form}</w:pPr>{run('单位:甲')}<w:r><w:br/></w:r>{run('日期:乙')}</w:p>"
    assert lines(body) == expected


def test_small_signs() -> None:
    inside = "<w:r><w:t>甲</w:t><w:tab/><w:t>1</w:t><w:noBreakHyphen/><w:t>2</w:t><w:softHyphen/><w:t>3</w:t></w:r>"
    assert lines(f"<w:p>{inside}</w:p>") == ["甲 1-23"]


def test_wrappers_are_seen_through() -> None:
    wrapped = "".join(
        f"<w:{tag}>{run(tag)}</w:{tag}>" for tag in ("smartTag", "customXml", "hyperlink", "ins", "moveTo", "bdo")
    )
    simple = f'<w:fldSimple w:instr="REF a">{run("引")}</w:fldSimple>'
    ruby = f"<w:r><w:ruby><w:rt>{run('qīng')}</w:rt><w:rubyBase>{run('青')}</w:rubyBase></w:ruby></w:r>"
    assert lines(f"<w:p>{wrapped}{simple}{ruby}</w:p>") == ["smartTagcustomXmlhyperlinkinsmoveTobdo引青"]
    blocks = (
        f"<w:customXml>{paragraph('甲')}</w:customXml><w:sdt><w:sdtContent>{paragraph('乙')}</w:sdtContent></w:sdt>"
    )
    assert lines(blocks) == ["甲", "乙"]


def test_mathematics_keeps_fractions_and_powers_apart() -> None:
    def said(tag: str, digits: str) -> str:
        return f"<m:{tag}><m:r><m:t>{digits}</m:t></m:r></m:{tag}>"

    fraction = f"<m:f>{said('num', '1')}{said('den', '2')}</m:f>"
    power = f"<m:sSup>{said('e', '10')}{said('sup', '3')}</m:sSup>"
    assert lines(
        f"<w:p>{run('比例')}<m:oMath>{fraction}</m:oMath><m:oMathPara><m:oMath>{power}</m:oMath></m:oMathPara></w:p>"
    ) == ["比例1/210^3"]


def test_a_raised_digit_does_not_make_another_number() -> None:
    raised = '<w:vertAlign w:val="superscript"/>'
    body = f"<w:p>{run('10')}{run('3', raised)}{run('件,面积500m')}{run('2', raised)}</w:p>"
    assert lines(body) == ["10^3件,面积500m2"]


def test_a_large_first_letter_belongs_to_its_paragraph() -> None:
    assert lines(paragraph("青", '<w:framePr w:dropCap="drop"/>') + paragraph("岛市")) == ["青岛市"]


def test_fields_show_their_results() -> None:
    link = field('HYPERLINK "https://example.org"', run("网址"))
    nested = field(f"IF {''} ", run("外") + field("PAGEREF", run("3")) + run("里"))
    circled = field(r"eq \o\ac(○,3)", None) + field(r"EQ \o\ac(\s\up(○),章)", None)
    ticked = field("SYMBOL 254 \\f Wingdings", None)
    assert lines(f"<w:p>{link}{nested}{circled}{ticked}</w:p>") == ["网址外3里③☑"]


def test_a_field_spans_paragraphs_and_one_without_end_hides_nothing() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>'
    middle, end = ('<w:r><w:fldChar w:fldCharType="separate"/></w:r>', '<w:r><w:fldChar w:fldCharType="end"/></w:r>')
    body = f"<w:p>{begin}{middle}{run('一')}</w:p>{paragraph('二')}<w:p>{end}</w:p>{paragraph('三')}"
    assert lines(body) == ["一", "二", "三"]
    assert lines(f"<w:p>{begin}</w:p>{paragraph('三')}") == ["三"]


def test_notes_stand_at_the_end_and_leave_no_mark_in_the_words() -> None:
    marks = '<w:r><w:footnoteReference w:id="5"/></w:r>' + run("万元") + '<w:r><w:endnoteReference w:id="1"/></w:r>'
    notes = f'<w:footnote w:id="4">{paragraph("无人引用")}</w:footnote>'
    notes += f'<w:footnote w:id="5">{paragraph("脚注")}{paragraph("续")}</w:footnote>'
    body = f"<w:p>{run('500')}{marks}</w:p>{paragraph('尾')}"
    page = read(body, {"footnotes": notes, "endnotes": f'<w:endnote w:id="1">{paragraph("尾注")}</w:endnote>'}).pages[0]
    assert page.text == "500万元\n尾\n[1] 脚注 续\n[1] 尾注"
    assert [block.kind for block in page.blocks] == ["paragraph", "paragraph", "note", "note"]


def test_headers_and_footers_are_kept_apart() -> None:
    pages = (
        run("第")
        + field("PAGE", run("7"))
        + run("页 共")
        + f'<w:fldSimple w:instr=" NUMPAGES ">{run("9")}</w:fldSimple>'
        + run("页")
    )
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="r1"/><w:headerReference w:type="first" r:id="r2"/>'
        '<w:footerReference w:type="default" r:id="r3"/></w:sectPr>'
    )
    parts = {
        "header1": paragraph("青岛市") + paragraph("青岛市"),
        "header2": paragraph("首页不同时才有"),
        "footer1": f"<w:p>{pages}</w:p>" + f"<w:p>{run('编号 12 ')}{field('PAGE', run('7'))}</w:p>",
    }
    page = read(paragraph("正文") + section + section, parts).pages[0]
    assert page.text == "正文"
    assert page.margins == ("青岛市", "编号 12")
    hidden = read(section, {**parts, "header1": paragraph("密", "", "<w:vanish/>")})
    assert (hidden.pages[0].margins, hidden.remarks[0].text) == (("编号 12",), "密")


def test_revisions_are_read_as_accepted_and_told() -> None:
    removed = '<w:del w:author="甲"><w:r><w:delText>三十</w:delText></w:r></w:del>'
    moved = f"<w:moveFrom>{run('移走')}</w:moveFrom>"
    contents = read(f"<w:p>{run('不少于')}{removed}<w:ins>{run('五十')}</w:ins>{moved}{run('人')}</w:p>")
    assert contents.pages[0].text == "不少于五十人"
    assert [(remark.kind, remark.text) for remark in contents.remarks] == [
        ("revision", "三十 移走"),
        ("revision", "五十"),
    ]
    assert "删除了“三十”、“移走”" in contents.remarks[0].message


def test_a_deleted_paragraph_mark_joins_and_a_deleted_row_is_gone() -> None:
    joined = paragraph("青岛", "<w:rPr><w:del/></w:rPr>") + paragraph("某公司")
    gone = f"<w:tr><w:trPr><w:del/></w:trPr>{cell('旧行')}</w:tr>"
    contents = read(f"{joined}<w:tbl>{gone}<w:tr>{cell('新行')}</w:tr></w:tbl>")
    assert contents.pages[0].text == "青岛某公司\n新行"
    assert contents.remarks[0].text == "旧行"


def test_comments_are_told_with_what_they_refer_to() -> None:
    marked = f'<w:commentRangeStart w:id="1"/>{run("五百万元")}<w:commentRangeEnd w:id="1"/>{run("以上")}'
    comments = f'<w:comment w:id="1">{paragraph("请核实")}</w:comment><w:comment w:id="2">{paragraph("另")}</w:comment>'
    contents = read(f"<w:p>{marked}</w:p>", {"comments": comments})
    assert contents.pages[0].text == "五百万元以上"
    assert [(remark.kind, remark.text) for remark in contents.remarks] == [("comment", "请核实"), ("comment", "另")]
    assert "“五百万元”" in contents.remarks[0].message


def test_many_comments_become_one_remark_more() -> None:
    comments = "".join(f'<w:comment w:id="{n}">{paragraph(f"批{n}")}</w:comment>' for n in range(30))
    remarks = read(paragraph("x"), {"comments": comments}).remarks
    assert len(remarks) == 21
    assert remarks[-1].text.split() == [f"批{n}" for n in range(20, 30)]


def test_the_same_file_reads_the_same() -> None:
    content = docx(numbered("x", 1), {"numbering": levels(("decimal", "%1.")) + num(1)})
    found = word.read(content, Limits())
    assert word.read(content, Limits()) == found
    assert [page.text for page in found.pages] == ["1. x"]
