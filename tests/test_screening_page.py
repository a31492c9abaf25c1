"""材料预审 and 申报自查 in a real browser: real files, a fake check, the server started twice on one folder."""

import shutil
import sqlite3
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browsing import browser, needs_browser, opened, serve
from tests.screening_fakes import SAMPLES

__all__ = ["browser"]
SAMPLE = SAMPLES / "材料不全-青岛示例研究院(虚构)"
PARTS = ("研究院简介及服务能力说明.pdf", "经费情况说明.pdf", "真实性承诺书.docx", "专职人员名单.xlsx")
"""Of the sample, the files without pictures: recognising those takes a busy machine half a minute."""
PICTURED = PARTS[0]
NASTY = '=1+1 & "><img src=x onerror="window.harmed=1">'
REASON, PERSON = "现场看过原件,<b>情况属实</b>", "虚构经办人"
PATIENCE = 60_000  # milliseconds for the reading of a package on a busy machine
_WATCH = """() => {
    window.seen = [];
    const place = document.querySelector("#progress");
    new MutationObserver(() => window.seen.push(place.innerText)).observe(place, { childList: true, subtree: true });
}"""
_MARKED = """image => {
    const size = { width: image.naturalWidth, height: image.naturalHeight };
    const canvas = Object.assign(document.createElement("canvas"), size);
    const pen = canvas.getContext("2d");
    pen.drawImage(image, 0, 0);
    const { data } = pen.getImageData(0, 0, canvas.width, canvas.height);
    let marked = 0;
    for (let at = 0; at < data.length; at += 4) marked += data[at] > 200 && data[at + 1] > 180 && data[at + 2] < 140;
    return marked;
}"""

pytestmark = needs_browser


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("screening")


@pytest.fixture(scope="module")
def scratch(folder: Path) -> Iterator[Path]:
    """Where the servers put their temporary files."""
    made = folder / "scratch"
    made.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(made))
        expect.set_options(timeout=PATIENCE)
        yield made
        expect.set_options(timeout=5_000)  # as Playwright has it


@pytest.fixture(scope="module")
def address(browser: Browser, folder: Path, scratch: Path) -> Iterator[str]:
    """A server on the data folder in which an earlier one has left a report that a person has worked on."""
    package = folder / SAMPLE.name
    package.mkdir()
    for name in PARTS:
        shutil.copy(SAMPLE / name, package)
    for site in serve(str(folder / "assistant.db")):
        for page in opened(browser, site, path="/screening"):
            _screen_and_judge(page, package)
    yield from serve(str(folder / "assistant.db"))


def put(page: Page, *files: Path, folder: Path | None = None) -> None:
    if folder:
        page.locator("#intake input.folder").set_input_files(folder)
    else:
        page.locator("#intake input.files").set_input_files(files)
    expect(page.locator("#intake .packages li").first).to_be_visible()


def finding(page: Page, number: int) -> Locator:
    return page.locator(f'.finding[data-condition="7.{number}"]')


def until(condition: Callable[[], bool], site: str) -> None:
    """Asks the server something harmless until the condition holds."""
    last = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < last
        with urllib.request.urlopen(f"{site}/healthz") as answer:
            answer.read()


def _screen_and_judge(page: Page, package: Path) -> None:
    expect(page.locator("#listing")).to_contain_text("还没有预审报告")
    put(page, folder=package)
    page.evaluate(_WATCH)
    page.get_by_role("button", name="开始预审").click()
    expect(page.locator(".report h2")).to_have_text(SAMPLE.name)
    seen = "".join(page.evaluate("window.seen"))
    assert "预审进度" in seen
    assert "正在" in seen  # which of the steps are seen depends on how fast the machine is
    head = page.locator(".report-head")
    expect(head).to_contain_text("本办法已于2023年11月18日失效")
    expect(head).to_contain_text("文本和条件版本 bccf2ae33dde")

    finding(page, 1).locator(".finding-open").click()  # shows its first evidence, too
    first = finding(page, 1).locator(".finding-row .evidence")
    expect(page.locator("#viewer h2")).to_have_text(first.inner_text().rsplit(" ", 1)[0])
    finding(page, 1).locator(".finding-more .evidence", has_text="真实性承诺书.docx").first.click()
    expect(page.locator("#viewer mark").first).to_be_visible()
    finding(page, 1).locator(".finding-more .evidence", has_text=PICTURED).first.click()
    image = page.locator("#viewer .evidence-page img")
    expect(image).to_be_visible()
    expect(page.locator("#viewer h2")).to_have_text(PICTURED)
    assert image.evaluate("image => image.decode().then(() => image.naturalWidth)") == 1200
    assert image.evaluate("image => image.clientWidth") > 300
    assert image.evaluate(_MARKED) > 1000

    form = finding(page, 3).locator(".judge")
    finding(page, 3).locator(".finding-open").press("Enter")
    form.get_by_label("符合", exact=True).check()
    form.get_by_label("经办人").fill(PERSON)
    form.get_by_role("button", name="保存核定").click()
    expect(form.locator(".form-fault")).to_have_text("请写明理由。")
    form.locator("textarea").fill(REASON)
    form.get_by_role("button", name="保存核定").click()
    expect(finding(page, 3).locator(".history li")).to_have_count(1)
    expect(finding(page, 3).locator(".finding-open")).to_be_focused()


def test_what_a_person_decided_is_there_after_a_restart(browser: Browser, address: str) -> None:
    for page in opened(browser, address, path="/screening"):
        page.locator(".grid .open").get_by_text(SAMPLE.name).first.click()
        row = finding(page, 3)
        expect(row.locator(".finding-row .badge")).to_have_text("符合")
        expect(row.locator(".by")).to_have_text(f"人工核定({PERSON});机器预审为未见材料")
        row.locator(".finding-open").click()
        expect(row.locator(".history")).to_contain_text(REASON)
        expect(row.locator(".history small")).to_contain_text(PERSON)
        expect(row.locator(".by-machine .badge")).to_have_text("未见材料")
        page.reload()
        expect(page.locator(".report h2")).to_have_text(SAMPLE.name)
        page.locator("#missing summary").click()
        assert "真实性承诺书" in page.locator("#missing textarea").input_value()
        with page.expect_download() as download:
            page.get_by_role("button", name="下载 Word").click()
        assert download.value.suggested_filename.endswith("补正材料告知(草稿).docx")
        page.go_back()
        expect(page.locator(".grid tbody tr").first).to_be_visible()


def test_several_packages_are_a_grid_that_filters_sorts_exports_and_deletes(
    browser: Browser, address: str, folder: Path
) -> None:
    notes = folder / "纯文本.txt"
    notes.write_text("我单位在青岛市注册,是独立法人单位,在青岛市开展数字化转型服务。", "utf-8")
    (folder / "空.zip").write_bytes(b"PK\x05\x06" + bytes(18))
    for page in opened(browser, address, path="/screening"):
        put(page, folder / "空.zip", notes)
        page.get_by_label("申报包名称").last.fill(NASTY)
        page.get_by_role("button", name="开始预审(2 个申报包)").click()
        rows = page.locator(".grid tbody tr:not([hidden])")
        expect(rows).to_have_count(3)
        expect(page.locator(".run.done")).to_have_count(2)
        expect(rows.filter(has_text=NASTY)).to_have_count(1)
        assert page.evaluate("window.harmed") is None

        page.get_by_role("button", name="申报包", exact=True).click()
        expect(page.locator(".grid thead th").first).to_have_attribute("aria-sort", "ascending")
        expect(rows.first).to_contain_text(NASTY)
        page.get_by_label("条件", exact=True).select_option("7.3")
        page.get_by_label("结论", exact=True).select_option("符合")
        expect(rows).to_have_count(1)
        expect(rows).to_contain_text(SAMPLE.name)
        expect(page.locator(".shown")).to_have_text("1 / 3 份")
        page.get_by_label("结论", exact=True).select_option("全部结论")
        page.get_by_label("按名称筛选").fill("<IMG")
        expect(rows).to_have_count(1)
        with page.expect_download() as download:
            page.get_by_role("button", name="导出 Excel").click()
        download.value.save_as(folder / "一览.xlsx")
        book = openpyxl.load_workbook(folder / "一览.xlsx")
        title = book["一览"]["A2"]
        assert (book["一览"].max_row, title.value, title.data_type, title.quotePrefix) == (2, NASTY, "s", True)

        delete = rows.get_by_role("button", name="删除")
        delete.press("Enter")
        expect(delete).to_have_text("确认删除?")
        delete.press("Enter")
        expect(page.locator(".grid tbody tr")).to_have_count(2)
        expect(page.locator(".shown")).to_have_text("0 / 2 份")  # what it is narrowed to stays
        expect(page.get_by_label("按名称筛选")).to_be_focused()
    with sqlite3.connect(folder / "assistant.db") as store:
        held = dict(store.execute("select title, application from reports").fetchall())
    assert set(held) == {SAMPLE.name, "空"}
    kept = {path.name for path in (folder / "applications").iterdir() if not path.name.startswith(".")}
    assert kept == set(held.values())


def test_a_phone_never_has_to_be_scrolled_sideways(browser: Browser, address: str) -> None:
    def fits() -> bool:
        wide = "[document.documentElement, ...document.querySelectorAll('#desk, #evidence, #viewer')]"
        return bool(phone.evaluate(f"{wide}.every(e => e.scrollWidth <= e.clientWidth || !e.clientWidth)"))

    for phone in opened(browser, address, path="/screening", width=375, height=667):
        assert fits()
        phone.locator(".grid .open").get_by_text(SAMPLE.name).first.click()
        expect(phone.locator(".report h2")).to_be_visible()
        assert fits()
        finding(phone, 1).locator(".finding-open").click()
        expect(phone.locator("#evidence")).to_be_hidden()
        picture = finding(phone, 1).locator(".finding-more .evidence", has_text=PICTURED).first
        picture.click()
        expect(phone.locator("#viewer img")).to_be_visible()
        assert fits()
        phone.keyboard.press("Escape")
        expect(phone.locator("#evidence")).to_be_hidden()
        expect(picture).to_be_focused()
        for part in ("#missing", "#issues", "#files"):
            phone.locator(part).scroll_into_view_if_needed()
            assert fits()


def test_an_applicant_leaves_nothing_behind(browser: Browser, address: str, folder: Path, scratch: Path) -> None:
    def left() -> set[str]:
        return {path.name for path in scratch.rglob("*") if path.is_file()} - {"lock"}

    def stored() -> list[tuple[str, int]]:
        with sqlite3.connect(folder / "assistant.db") as store:
            return store.execute("select id, private from reports order by id").fetchall()

    before, others = stored(), left()
    notes = folder / "自查.txt"
    notes.write_text("我单位在青岛市注册,是独立法人单位,在青岛市开展数字化转型服务。", "utf-8")
    for page in opened(browser, address, path="/selfcheck"):
        put(page, notes)
        page.get_by_role("button", name="开始自查").click()
        expect(page.locator(".report-head")).to_contain_text("自查结果只是建议")
        expect(page.locator(".report-head")).to_contain_text("没有保存")
        expect(page.locator(".judge, .draft, #listing .grid")).to_have_count(0)
        finding(page, 1).locator(".finding-open").click()
        expect(page.locator("#viewer mark")).to_contain_text("独立法人单位")
        assert page.url == f"{address}/selfcheck"  # nobody can be given its address
        assert left() > others
    until(lambda: left() <= others, address)
    assert stored() == before
