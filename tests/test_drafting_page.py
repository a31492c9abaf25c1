"""意见起草 and 期限推算 in a real browser: from a report to a Word file, and its versions after a restart."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Browser, Locator, Page, expect

from assistant.drafting.schema import MARK
from tests.browsing import browser, needs_browser, opened, serve
from tests.drafting_page_fakes import HARM, PERSON, seed

__all__ = ["browser"]
AGENCY, ADDED = "青岛示例区发展和改革局", f"另获专利99项,{HARM}。"
PATIENCE = 20_000  # milliseconds on a busy machine
_WIDE = """() => [document.documentElement, ...document.querySelectorAll(
    '#drafting, #bench-side, #bench, #paper-side, #deadline, .said-card')]
    .filter(e => e.clientWidth && e.scrollWidth > e.clientWidth).map(e => e.id || e.className || e.tagName)"""
_OVER = """() => [...document.querySelectorAll('#paper .line')].filter(e => e.scrollWidth > e.clientWidth + 2)
    .map(e => e.textContent)"""

pytestmark = needs_browser


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("drafting")


@pytest.fixture(scope="module")
def address(browser: Browser, folder: Path) -> Iterator[str]:
    """A server on the data folder in which an earlier one has left a draft with two versions."""
    expect.set_options(timeout=PATIENCE)
    for site in serve(str(folder / "assistant.db")):
        for page in opened(browser, site, path="/drafting"):
            _draft_and_edit(page, folder)
    yield from serve(str(folder / "assistant.db"))
    expect.set_options(timeout=5_000)  # as Playwright has it


def bench(page: Page, name: str) -> Locator:
    return page.locator("#bench").get_by_role("button", name=name, exact=True)


def version(page: Page, number: int) -> None:
    expect(page.locator(f'#bench .draft[data-version="{number}"]')).to_be_visible()
    expect(page.locator(f'#paper .sheets[data-version$=".{number}"]')).to_be_visible()


def _draft_and_edit(page: Page, folder: Path) -> None:
    start = page.locator("#bench .start")
    expect(start.get_by_role("link", name="材料预审")).to_have_attribute("href", "/screening")
    expect(bench(page, "起草")).to_be_disabled()
    seed(folder)
    page.reload()
    start.get_by_role("radio").check()
    start.get_by_label("申报产业领域").fill("智能家电")
    bench(page, "起草").click()
    expect(page.locator("#bench .note")).to_have_text("请填写表单中的“发文机关”。")
    expect(start.get_by_role("radio")).to_be_checked()
    start.get_by_label("发文机关").fill(AGENCY)
    start.get_by_label("经办人").fill(PERSON)
    bench(page, "起草").press("Enter")
    version(page, 1)
    expect(page.locator("#bench h2")).to_be_focused()
    expect(page.locator("#bench .checks")).to_contain_text("每句话都有出处")
    assert page.evaluate(_OVER) == []

    said = page.locator("#paper .said[tabindex]").first
    said.hover()
    card = page.locator(".said-card")
    expect(card).to_contain_text("第八条")
    said.press("Enter")
    expect(card.get_by_role("button", name="改这一段")).to_be_focused()
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(said).to_be_focused()
    said.click()
    card.get_by_role("button", name="改这一段").click()
    dialog = page.get_by_role("dialog", name="修改")
    words = dialog.get_by_role("textbox", name="这一段的文字")
    before = words.input_value()
    assert before.startswith("根据《青岛市重点产业数字化转型赋能中心管理办法")
    words.fill(before + ADDED)
    dialog.get_by_role("button", name="保存").click()
    version(page, 2)
    expect(dialog).to_be_hidden()
    new = page.locator("#paper .said.by-person.unfounded").first
    expect(new).to_contain_text("另获专利99项")
    expect(page.locator("#bench .doubts")).to_contain_text("中的“99”没有出处")
    new.hover()
    expect(card).to_contain_text(f"{PERSON}修改(")
    assert page.evaluate("window.harmed") is None


def test_the_draft_and_its_versions_are_there_after_a_restart(browser: Browser, address: str, folder: Path) -> None:
    for page in opened(browser, address, path="/drafting"):
        page.locator("#bench .drafts .open").click()
        version(page, 2)
        assert "draft=" in page.url
        expect(page.locator("#versions li")).to_have_count(2)
        expect(page.locator("#versions li").first).to_contain_text(f"{PERSON} 修改")
        bench(page, "对照").click()
        expect(page.locator(".compared ins")).to_have_text(ADDED)
        bench(page, "检查版式").click()
        expect(page.locator("#bench .layout")).to_contain_text("GB/T 9704-2012")

        with page.expect_download() as download:
            bench(page, "导出 Word").click()
        assert download.value.suggested_filename.endswith("(第2版,待审核).docx")
        download.value.save_as(folder / "意见.docx")
        document = Document(str(folder / "意见.docx"))
        told = [paragraph.text for paragraph in document.paragraphs]
        assert AGENCY in told
        assert any(text.endswith(ADDED) for text in told)
        assert any(MARK in paragraph.text for paragraph in document.sections[0].header.paragraphs)
        for section in page.locator("#paper .sheet-mark").all():
            expect(section).to_have_text(MARK)

        bench(page, "撤销上一步").click()
        expect(page.locator("#bench .note")).to_have_text("请填写经办人。")  # another browser knows no name
        page.locator("#bench .main input[name=person]").fill("乙(虚构)")
        bench(page, "撤销上一步").click()
        version(page, 3)
        expect(page.locator("#paper")).not_to_contain_text("专利99项")
        page.locator("#bench .sign summary").click()
        bench(page, "签发").click()
        expect(page.locator("#bench .note")).to_have_text("请填写签发人。")
        page.locator("#bench .sign").get_by_label("签发人").fill("丙(虚构)")
        bench(page, "签发").click()
        expect(page.locator("#bench .note")).to_contain_text("没有签发")  # and what was typed is still there
        page.get_by_label("确认保留").check()
        bench(page, "签发").click()
        version(page, 4)
        expect(page.locator("#paper .sheet-mark")).to_have_count(0)
        page.reload()
        version(page, 4)
        expect(page.locator("#bench .about")).to_contain_text("丙(虚构)")
        page.go_back()
        expect(page.locator("#bench .drafts .badge")).to_have_text("已签发")


def test_a_phone_never_has_to_be_scrolled_sideways(browser: Browser, address: str) -> None:
    for phone in opened(browser, address, path="/drafting", width=375, height=667):
        expect(phone.locator("#bench .start")).to_be_visible()
        assert phone.evaluate(_WIDE) == []
        phone.get_by_label("文种").select_option("拟评定名单公示")
        expect(phone.locator("#bench [data-rows]").first).to_be_visible()
        assert phone.evaluate(_WIDE) == []
        phone.locator("#bench .drafts .open").click()
        expect(phone.locator("#bench h2")).to_be_focused()
        said = phone.locator("#paper .said[tabindex]").first
        said.click()
        expect(phone.locator(".said-card")).to_be_visible()
        assert phone.evaluate(_WIDE) == []
        assert phone.evaluate(_OVER) == []


@pytest.mark.parametrize("path", ["/", "/drafting"])
def test_five_links_leave_room_for_the_page(browser: Browser, address: str, path: str) -> None:
    for page in opened(browser, address, path=path, height=700):
        for width in (1280, 900, 700, 375):
            page.set_viewport_size({"width": width, "height": 700})
            assert page.locator("#masthead").evaluate("e => e.offsetHeight") < 300
            assert page.evaluate("document.documentElement.scrollWidth") == width
            for link in page.locator("#site-nav a").all():
                expect(link).to_be_in_viewport()


def test_the_days_of_a_term_are_counted_before_ones_eyes(browser: Browser, address: str) -> None:
    for page in opened(browser, address, path="/deadline", width=375, height=667):
        form, told = page.locator("#deadline-form"), page.locator("#deadline-told")
        form.get_by_role("button", name="推算").click()
        expect(told.get_by_role("alert")).to_contain_text("起算日期没有填完整")
        form.get_by_label("起算日期").fill("2022-01-10")
        form.get_by_label("工作日数").press("Enter")
        expect(told.locator("h2")).to_have_text("2022年2月24日 星期四")
        expect(told.locator("td .counted")).to_have_count(30)
        expect(told.locator("td .moved")).to_have_count(2)
        expect(told).to_contain_text("不计法定休假:1月31日、2月1日")
        assert page.evaluate(_WIDE) == []
        form.get_by_label("起算日期").fill("2098-01-10")
        form.get_by_role("button", name="推算").click()
        expect(told.get_by_role("alert")).to_contain_text("无法推算")
