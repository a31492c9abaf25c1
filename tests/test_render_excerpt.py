"""Showing the place of a quote: a marked picture of the page, or an excerpt where there are no pages."""

from markupsafe import Markup

from assistant.render.excerpt import excerpt
from ingest.materials import Block, BlockKind, Page, PageNumber


def page(*blocks: tuple[BlockKind, str], number: PageNumber = None) -> Page:
    """A page of these blocks; a heading's level is the number of # before it."""
    made, at = [], 0
    for kind, text in blocks:
        words = text.lstrip("#")
        made.append(Block(kind, at, at + len(words), len(text) - len(words) if kind == "heading" else 0))
        at += len(words) + 1
    return Page(number, "\n".join(text.lstrip("#") for _, text in blocks), tuple(made))


def shown(where: Page, quote: str) -> str:
    start = where.text.index(quote)
    made = excerpt(where, start, start + len(quote))
    assert isinstance(made, Markup)
    return made


FORM = page(
    ("heading", "#一、单位情况"),
    ("heading", "##(一)基本信息"),
    ("paragraph", "前一段。"),
    ("paragraph", "单位名称:青岛虚构科技有限公司。"),
    ("paragraph", "后一段。"),
    ("heading", "#二、经费"),
    ("row", "项目\t金额"),
    ("row", "设备\t100"),
    ("row", "人员\t200"),
    ("row", "其他\t300"),
    ("row", "合计\t600"),
    ("note", "单位:万元"),
)


def test_a_paragraph_stands_under_its_headings_between_its_neighbours() -> None:
    assert shown(FORM, "青岛虚构科技有限公司") == (
        '<div class="excerpt"><p class="excerpt-under">一、单位情况 › (一)基本信息</p>'
        '<p class="excerpt-beside">前一段。</p>'
        '<p class="excerpt-place">单位名称:<mark>青岛虚构科技有限公司</mark>。</p>'
        '<p class="excerpt-beside">后一段。</p></div>'
    )


def test_a_row_has_the_first_row_of_its_table_above_it() -> None:
    assert shown(FORM, "300") == (
        '<div class="excerpt"><p class="excerpt-under">二、经费</p><table>'
        '<tr class="excerpt-beside"><th>项目</th><th>金额</th></tr>'
        '<tr class="excerpt-cut"><td colspan="2">……</td></tr>'
        '<tr class="excerpt-beside"><td>人员</td><td>200</td></tr>'
        '<tr class="excerpt-place"><td>其他</td><td><mark>300</mark></td></tr>'
        '<tr class="excerpt-beside"><td>合计</td><td>600</td></tr></table></div>'
    )


def test_a_title_over_the_whole_table_is_not_its_headings() -> None:
    rows = ("专职人员 名单\t\t", "序号\t姓名\t专长", "1\t甲示例\t诊断", "2\t乙示例\t培训", "合计2人\t\t")
    made = shown(page(*(("row", row) for row in rows)), "合计2人")
    assert "<th>序号</th><th>姓名</th><th>专长</th>" in made
    assert "名单" not in made
    assert "<td>乙示例</td>" in made
    assert "<th>专职人员 名单</th>" in shown(page(("row", rows[0]), ("row", rows[-1])), "合计2人")


def test_a_quote_over_cells_and_blocks_is_marked_in_each() -> None:
    made = shown(FORM, "合计\t600\n单位:万元")
    assert "<td><mark>合计</mark></td><td><mark>600</mark></td></tr></table>" in made
    assert '<span class="excerpt-kind">注释</span> <mark>单位:万元</mark>' in made


def test_a_sheet_is_named_and_a_wide_row_cut_to_the_columns_around_the_quote() -> None:
    rows = ["\t".join(f"{row}行{column}列" for column in range(100)) for row in ("甲", "乙", "丙", "丁")]
    made = shown(page(*(("row", row) for row in rows), number="人员<1>"), "丙行50列")
    assert '<p class="excerpt-under">工作表“人员&lt;1&gt;”</p>' in made
    assert "<th>甲行0列</th><th>……</th><th>甲行48列</th>" in made
    assert "<td>丙行0列</td><td>……</td><td>丙行48列</td><td>丙行49列</td><td><mark>丙行50列</mark></td>" in made
    assert "丁行52列" in made
    assert "53列" not in made


def test_what_a_file_says_is_never_html() -> None:
    nasty = "<script>alert(1)</script> & <mark>"
    where = page(("heading", f"#{nasty}"), ("paragraph", nasty), ("row", f"{nasty}\tb"), ("box", nasty), number=nasty)
    for quote in (nasty, f"{nasty}\n{nasty}\tb\n{nasty}", "b"):
        made = shown(where, quote)
        assert "<script" not in made
        assert "&lt;script&gt;" in made
        assert made.count("<mark>") == made.count("</mark>")


def test_long_text_is_cut_around_the_quote_and_the_quote_is_whole() -> None:
    where = page(
        ("paragraph", "前" * 999), ("paragraph", "左" * 500 + "引文" * 300 + "右" * 500), ("paragraph", "后" * 999)
    )
    made = shown(where, "引文" * 300)
    assert f"……{'左' * 120}<mark>{'引文' * 300}</mark>{'右' * 120}……</p>" in made
    assert f"<p>……{'前' * 240}</p>".replace("<p>", '<p class="excerpt-beside">') in made
    assert f"{'后' * 240}……" in made
    long = page(*(("paragraph", f"第{number}段") for number in range(40)))
    made = excerpt(long, 0, len(long.text))
    assert made.count("<p") == 13
    assert '<p class="excerpt-cut">……</p>' in made


def test_pages_without_blocks_and_empty_pages_have_an_excerpt_too() -> None:
    plain = Page(1, "标题\n\n甲\t乙\n引文在此")
    assert "<td>甲</td><td>乙</td>" in shown(plain, "引文在此") or "<th>甲</th><th>乙</th>" in shown(plain, "引文在此")
    assert "<mark>引文</mark>在此" in shown(plain, "引文")
    assert excerpt(Page(1, ""), 0, 0) == ""
    assert "<mark>" not in excerpt(plain, 3, 3)
