"""The chat page in a real browser, on a library and answers that are fakes."""

import re
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.store import Store
from tests.browsing import ask, browser, needs_browser, opened, serve

__all__ = ["browser"]
HOSTILE = (
    '<img src=x onerror="window.harmed=1"><script>window.harmed=1</script> **粗** [链](javascript:harm()) '
    "${window.harmed=1} {{value}} </textarea>"
)

pytestmark = needs_browser


@pytest.fixture(scope="module")
def store_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("store") / "assistant.db"


@pytest.fixture(scope="module")
def site(store_path: Path) -> Iterator[str]:
    yield from serve(str(store_path))


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    yield from opened(browser, site)


@pytest.fixture
def phone(browser: Browser, site: str) -> Iterator[Page]:
    yield from opened(browser, site, width=375, height=667)


def test_a_citation_opens_its_clause_with_the_place_marked(page: Page) -> None:
    ask(page, "申报条件有哪些?")
    expect(page.locator("#question textarea")).to_have_value("")
    page.get_by_role("button", name="查看第七条第(一)项原文").click()
    marked = page.locator("#source mark")
    expect(marked).to_contain_text("在我市注册的独立法人单位")
    expect(marked).to_be_in_viewport()
    expect(page.locator("#source h2")).to_have_text("第七条第(一)项")
    expect(page.locator("#source .where")).to_contain_text("第二章")
    expect(page.locator("#source .source-text")).to_contain_text("第二十条")


def test_the_banner_follows_the_date_asked_about(page: Page) -> None:
    expect(page.locator("#masthead")).to_contain_text("有效期至2023年11月18日")
    expect(page.locator("#masthead .banner")).to_contain_text("已失效")
    expect(page.locator("#masthead .banner")).to_contain_text("后续办法")
    day = page.locator("#as-of input")
    day.fill("2022-06-01")
    expect(page.locator("#masthead .banner")).to_contain_text("您选的日期(2022年6月1日),本办法在有效期内")
    ask(page, "申报条件有哪些?")
    expect(page.locator(".notices")).to_have_count(0)
    day.fill("2021-01-01")
    expect(page.locator("#masthead .banner")).to_contain_text("还没有生效")
    day.fill("1900-01-01")
    expect(page.locator("#as-of-fault")).to_contain_text("1949年至2099年")
    expect(page.locator("#masthead .banner")).to_contain_text("2021年1月1日")


def test_a_refusal_looks_calm_and_names_the_nearest_clauses(page: Page) -> None:
    ask(page, "补贴多少钱?")
    refusal = page.locator(".reply.refused")
    expect(refusal).to_contain_text("没有规定")
    refusal.get_by_role("group", name="相近条款").get_by_role("button").first.click()
    expect(page.locator("#source h2")).to_have_text("第十一条")


def test_a_thumb_down_and_its_reason_are_kept(page: Page, store_path: Path) -> None:
    ask(page, "更名以后多久要备案?")
    page.get_by_role("button", name="没帮助").click()
    page.get_by_label("其他原因").fill("期限没有说清楚<b>")
    page.get_by_label("其他原因").press("Enter")
    expect(page.locator(".thanks")).to_be_visible()
    kept = Store.at(store_path)
    [given] = [f for f in kept.feedback() if f.question == "更名以后多久要备案?"]
    kept.close()
    assert (given.verdict, given.reason, given.citations[0].label) == ("down", "期限没有说清楚<b>", "第十三条")
    assert given.versions == ("qingdao-2021@bccf2ae33dde",)


def test_typed_html_is_shown_as_text_everywhere(page: Page, tmp_path: Path) -> None:
    ask(page, HOSTILE)
    expect(page.locator(".asked p")).to_have_text(HOSTILE)
    assert page.locator("#talk img, #talk .asked a, #talk .asked strong").count() == 0
    assert page.evaluate("window.harmed") is None
    with page.expect_download() as download:
        page.get_by_role("button", name="导出 Word").click()
    download.value.save_as(tmp_path / "made.docx")
    lines = [p.text for p in docx.Document(str(tmp_path / "made.docx")).paragraphs]
    assert f"1. {HOSTILE}" in lines
    assert any(line.startswith("依据文本:《青岛市重点产业数字化转型赋能中心管理办法(试行)》") for line in lines)
    assert any("第十三条" in line and "“" in line for line in lines)
    assert any(line.startswith("※ 本办法已于2023年11月18日失效") for line in lines)


def test_faults_are_one_sentence_in_the_conversation(page: Page) -> None:
    ask(page, "长" * 10_000)
    expect(page.locator(".reply.fault")).to_have_text("问题太长了,请控制在2000字以内。")
    ask(page, "崩溃")
    expect(page.locator(".reply.fault").last).to_contain_text("系统出了问题")
    assert "Traceback" not in page.content()
    page.locator("#question textarea").fill("  ")
    page.locator("#send").click()
    expect(page.get_by_role("alert")).to_have_text("请先写下您的问题。")
    ask(page, "更名呢?")
    expect(page.locator(".chip")).to_have_text("第十三条")


def test_everything_can_be_done_with_the_keyboard(page: Page) -> None:
    page.keyboard.type("第一行")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("更名呢?")
    # Enter that confirms a word of the input method does not send.
    page.locator("#question textarea").dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    page.keyboard.press("Enter")
    expect(page.locator(".turn")).to_have_count(1)
    expect(page.locator(".asked p")).to_have_text("第一行\n更名呢?", use_inner_text=True)
    chip = page.locator(".chip")
    chip.wait_for()
    for _ in range(12):
        page.keyboard.press("Shift+Tab")
        if chip.evaluate("chip => chip === document.activeElement"):
            break
    expect(chip).to_be_focused()
    assert chip.evaluate("chip => getComputedStyle(chip).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    expect(page.locator("#source mark")).to_be_in_viewport()


def fits(page: Page) -> bool:
    """Whether nothing has to be scrolled sideways, neither the page nor the conversation in it."""
    wide = (
        "[document.documentElement, document.querySelector('#transcript')].every(e => e.scrollWidth <= e.clientWidth)"
    )
    return bool(page.evaluate(wide))


def test_a_phone_shows_the_clause_over_the_conversation_and_leads_back(phone: Page) -> None:
    assert fits(phone)
    ask(phone, "申报条件有哪些?补" + "长" * 80)
    assert fits(phone)
    expect(phone.locator("#source")).to_be_hidden()
    chip = phone.get_by_role("button", name="查看第七条第(一)项原文")
    chip.click()
    expect(phone.locator("#source mark")).to_be_in_viewport()
    assert fits(phone)
    phone.get_by_role("button", name="返回对话").click()
    expect(phone.locator("#source")).to_be_hidden()
    expect(chip).to_be_focused()
    chip.press("Enter")
    expect(phone.locator("#source mark")).to_be_in_viewport()
    phone.keyboard.press("Escape")
    expect(phone.locator("#source")).to_be_hidden()
    phone.get_by_role("button", name="查看办法全文").click()
    expect(phone.locator("#source .source-text")).to_be_visible()


def test_clearing_and_taking_back_can_be_undone(page: Page) -> None:
    page.get_by_role("button", name="什么情况下会被撤销资格?").click()
    expect(page.locator(".reply.answered")).to_have_count(1)
    ask(page, "更名呢?")
    page.get_by_role("button", name="撤回上一问").click()
    expect(page.locator(".turn")).to_have_count(1)
    expect(page.locator("#question textarea")).to_have_value("更名呢?")
    page.get_by_role("button", name="恢复").click()
    expect(page.locator(".turn")).to_have_count(2)
    page.get_by_role("button", name="清空对话").click()
    expect(page.locator(".welcome")).to_be_visible()
    page.get_by_role("button", name="恢复").click()
    expect(page.locator(".turn")).to_have_count(2)


def test_sessions_do_not_see_each_other(browser: Browser, site: str, page: Page) -> None:
    ask(page, "申报条件有哪些?")
    for other in opened(browser, site):
        expect(other.locator(".welcome")).to_be_visible()
        expect(other.locator(".turn")).to_have_count(0)


def test_nobody_waits_for_another_and_a_question_can_be_stopped(browser: Browser, site: str, page: Page) -> None:
    for _ in range(2):
        page.locator("#question textarea").fill("等待")
        page.locator("#question textarea").press("Enter")
        expect(page.locator(".reply.pending")).to_contain_text("正在查找条款")
        if page.locator(".turn").count() == 2:
            page.get_by_role("button", name="停止").click()
            expect(page.locator(".turn")).to_have_count(1)
        for other in opened(browser, site):
            ask(other, "放行")
        expect(page.locator(".reply.pending")).to_have_count(0)
    expect(page.locator(".reply.answered")).to_have_count(1)
    ask(page, "更名呢?")


def test_several_policies_can_be_told_apart(browser: Browser, tmp_path: Path) -> None:
    for site in serve(str(tmp_path / "two.db"), "two"):
        for page in opened(browser, site):
            expect(page.locator("#masthead .policy")).to_have_text("全部政策文件(2份)")
            ask(page, "更名呢?")
            expect(page.locator(".chip small")).to_contain_text("赋能中心管理办法")
            expect(page.locator("#masthead .banner")).to_contain_text("有效1份,已失效1份(《青岛市")
            page.get_by_label("提问范围").select_option("《示例市公园管理办法》")
            expect(page.locator("#masthead .policy")).to_have_text("《示例市公园管理办法》")
            expect(page.locator("#source .source-text")).to_contain_text("公园每日六时开放")
            page.set_viewport_size({"width": 375, "height": 667})
            assert fits(page)


def test_what_is_served_names_no_other_address(site: str) -> None:
    with urllib.request.urlopen(site) as answer:
        html = answer.read().decode()
    sheets = re.findall(r'href="\./(assets/[^"]+\.css)"', html)
    assert sheets
    for sheet in sheets:
        with urllib.request.urlopen(f"{site}/{sheet}") as answer:
            html += answer.read().decode()
    assert re.findall(r"""(?:src|href)=["']https?://|url\(["']?https?://|@import""", html) == []
    assert "fonts.googleapis" not in html


def test_the_answer_is_there_while_the_model_works_and_waiting_can_be_ended(
    browser: Browser, site: str, page: Page
) -> None:
    for stopped in (True, False):
        page.locator("#question textarea").fill("更名呢?模型等待")
        page.locator("#question textarea").press("Enter")
        reply = page.locator(".reply").last
        expect(reply.locator(".step")).to_contain_text("正在阅读第十三条")
        expect(reply.locator("figure.quoted")).to_have_count(1)
        if stopped:
            reply.get_by_role("button", name="不用等了").click()
            expect(reply.locator(".step")).to_have_count(0)
        for other in opened(browser, site):
            ask(other, "放行")
    expect(page.locator(".reply").last.locator(".tag")).to_contain_text("由模型 示例模型 组织语言")
    expect(page.locator(".reply.answered")).to_have_count(2)
