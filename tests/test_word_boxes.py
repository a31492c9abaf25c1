"""Boxes in Word documents: to tick, to choose from, to fill in, and those that hold text."""

from tests.word_files import cell, lines, paragraph, read, run, table

CONTROL = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
BOX = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><wps:wsp><wps:txbx><w:txbxContent>{0}'
    "</w:txbxContent></wps:txbx></wps:wsp></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
    "<w:txbxContent>{0}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)


def test_boxes_to_tick() -> None:
    new = "".join(
        CONTROL.format(f'<w14:checkbox><w14:checked w14:val="{state}"/></w14:checkbox>', run("☒")) + run(word)
        for state, word in ((1, "是"), (0, "否"))
    )
    old = "".join(
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:{state}/></w:checkBox></w:ffData>'
        "</w:fldChar></w:r>"
        f'<w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>{run(word)}'
        for state, word in (("checked", "有"), ("sizeAuto", "无"))
    )
    fonts = [("Wingdings", "F0FE"), ("Wingdings", "F0A8"), ("Wingdings 2", "F052"), ("Wingdings 2", "0052")]
    fonts += [("Wingdings 2", "F0A3"), ("Wingdings", "F0FC"), ("Wingdings", "F0FD"), ("SimSun", "25A1")]
    signs = "".join(f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>' for font, code in fonts)
    typed = run("R", '<w:rFonts w:ascii="Wingdings 2"/>')
    assert lines(f"<w:p>{new}</w:p><w:p>{old}</w:p><w:p>{signs}{typed}</w:p>") == ["☑是☐否", "☑有☐无", "☑☐☑☑☐✓☒□☑"]


def test_a_list_to_choose_from_shows_what_was_chosen() -> None:
    entries = "".join(f'<w:listEntry w:val="{name}"/>' for name in ("企业", "高校"))
    data = f'<w:ffData><w:ddList><w:result w:val="1"/>{entries}</w:ddList></w:ffData>'
    body = f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    assert lines(f"<w:p>{body}</w:p>") == ["高校"]


def test_content_controls_at_every_place_and_placeholders() -> None:
    empty = "<w:showingPlcHdr/>"
    inline = CONTROL.format("", run("甲")) + CONTROL.format(empty, run("单击此处"))
    rows = CONTROL.format(
        "", f"<w:tr>{cell('丙')}{CONTROL.format('', cell('丁'))}{CONTROL.format(empty, cell('单击'))}</w:tr>"
    )
    body = f"<w:p>{inline}</w:p>{CONTROL.format('', paragraph('乙'))}{CONTROL.format(empty, paragraph('单击'))}"
    page = read(f"{body}<w:tbl>{rows}</w:tbl>").pages[0]
    assert page.text == "甲\n乙\n丙\t丁"
    assert page.tables[0].rows == (("丙", "丁", ""),)


def test_text_boxes_once_after_the_paragraph_that_holds_them() -> None:
    inner = paragraph("框一") + table((cell("框内"), cell("表")))
    page = read(f"<w:p>{run('前')}{BOX.format(inner)}{run('后')}</w:p>{paragraph('尾')}").pages[0]
    assert page.text == "前后\n框一\n框内\t表\n尾"
    assert [block.kind for block in page.blocks] == ["paragraph", "box", "row", "paragraph"]


def test_a_text_box_inside_a_text_box_and_old_ones() -> None:
    nested = f"<w:p>{BOX.format('<w:p>' + BOX.format(paragraph('里')) + run('外') + '</w:p>')}</w:p>"
    old = f"<v:textbox><w:txbxContent>{paragraph('旧')}</w:txbxContent></v:textbox>"
    letters = '<v:shape><v:textpath string="艺术字"/></v:shape>'
    assert lines(f"{nested}<w:p><w:r><w:pict><v:shape>{old}</v:shape>{letters}</w:pict></w:r></w:p>") == [
        "外",
        "里",
        "旧",
        "艺术字",
    ]


def test_what_word_does_not_understand_is_not_shown() -> None:
    unknown = '<mc:Choice xmlns:zz="urn:nobody" Requires="zz"><w:r><w:t>无人看见</w:t></w:r></mc:Choice>'
    body = f"<w:p><mc:AlternateContent>{unknown}<mc:Fallback>{run('看见')}</mc:Fallback></mc:AlternateContent></w:p>"
    assert lines(body) == ["看见"]


def test_smart_art_and_charts() -> None:
    data = "<dgm:ptLst><dgm:pt><dgm:t><a:p><a:r><a:t>第一步</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:ptLst>"
    chart = (
        "<c:chart><c:title><c:tx><c:rich><a:p><a:r><a:t>营业</a:t></a:r><a:r><a:t>收入</a:t></a:r></a:p></c:rich></c:tx></c:title>"
        "<c:ser><c:tx><c:v>2021年</c:v></c:tx><c:cat><c:v>一季度</c:v><c:v>二季度</c:v></c:cat></c:ser></c:chart>"
    )
    drawing = '<w:drawing><wp:inline><dgm:relIds r:dm="r1"/><c:chart r:id="r2"/></wp:inline></w:drawing>'
    assert lines(f"<w:p><w:r>{drawing}</w:r></w:p>", {"data1": data, "chart1": chart}) == [
        "第一步",
        "营业收入",
        "2021年",
        "一季度 二季度",
    ]
