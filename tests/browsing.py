"""A real browser for the tests of the page: Debian's chromium, driven by Playwright."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).parent.parent
CHROMIUM = shutil.which("chromium")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
needs_browser = pytest.mark.skipif(
    CHROMIUM is None, reason="没有安装 chromium(Debian:apt-get install chromium),浏览器测试跳过"
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


def serve(*arguments: str) -> Iterator[str]:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.fake_site", *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:  # also when a test fails in the middle
            process.terminate()


def opened(browser: Browser, site: str, *, path: str = "", width: int = 1280, height: int = 800) -> Iterator[Page]:
    """A page in its own session; afterwards, that it asked nothing of any other address and no script failed."""
    context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN", accept_downloads=True)
    page = context.new_page()
    requested: list[str] = []
    failed: list[str] = []
    page.on("request", lambda request: requested.append(request.url))
    page.on("pageerror", lambda error: failed.append(str(error)))
    page.goto(site + path)
    page.locator(".banner").first.wait_for()
    yield page
    context.close()
    assert [url for url in requested if not url.startswith((f"{site}/", "data:", f"blob:{site}/"))] == []
    assert len(requested) > 10
    assert failed == []


def ask(page: Page, question: str) -> None:
    """Asks and waits for the reply."""
    before = page.locator(".turn").count()
    page.locator("#question textarea").fill(question)
    page.locator("#question textarea").press("Enter")
    expect(page.locator(".turn")).to_have_count(before + 1)
    page.locator(".turn").nth(before).locator(".reply:not(.pending)").wait_for()
