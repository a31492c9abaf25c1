"""`python app.py` with the real library, on words alone so that nothing is fetched."""

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browsing import ROOT, ask, browser, needs_browser, opened

__all__ = ["browser"]
PROGRAM = (sys.executable, "app.py")


def environment(data: Path, **settings: str) -> dict[str, str]:
    values = {"PORT": "0", "DATA_DIR": str(data), "EMBEDDER": "none", **settings}
    return {**os.environ, **{f"ASSISTANT_{name}": value for name, value in values.items()}}


def failing(data: Path, **settings: str) -> str:
    """What is said by a start that must fail: one sentence, exit 2, nothing left behind."""
    given = environment(data, **settings)
    done = subprocess.run(PROGRAM, cwd=ROOT, env=given, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1), done
    assert not list(data.iterdir())
    return done.stderr


def started(data: Path) -> Iterator[str]:
    """The address of the running program, which is stopped as Ctrl-C does and must then end as it should."""
    pipe = subprocess.PIPE
    with subprocess.Popen(PROGRAM, cwd=ROOT, env=environment(data), stdout=pipe, stderr=pipe, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        line = process.stdout.readline()
        assert line.startswith("政策助手已启动:http://127.0.0.1:"), process.stderr.read()
        yield line.removeprefix("政策助手已启动:").split("(")[0]
        process.send_signal(signal.SIGINT)
        said = process.stderr.read()
        assert process.wait(30) == 0
    assert "正在打开政策文本和索引" in said
    assert said.endswith("正在准备页面……\n已停止。\n")


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield from started(tmp_path_factory.mktemp("data"))


def test_health(app: str) -> None:
    with urllib.request.urlopen(f"{app}/healthz") as response:
        told = json.load(response)
    assert told["status"] == "ok"
    assert told["policies"] == 1
    assert told["clauses"] > 30
    assert (told["search"], told["model"]) == ("words", None)


@needs_browser
def test_a_question_is_answered_from_the_real_index(browser: Browser, app: str) -> None:
    for page in opened(browser, app):
        expect(page.locator("#masthead")).to_contain_text("已失效")
        expect(page.locator("#masthead")).to_contain_text("ASSISTANT_EMBEDDER=none")
        ask(page, "公司更名以后多久要备案?")
        page.get_by_role("button", name="查看第十三条原文").first.click()
        expect(page.locator("#source mark").first).to_be_in_viewport()
        expect(page.locator("#source .cited")).to_contain_text("30个工作日")
        ask(page, "长" * 10_000)
        expect(page.locator(".reply").last).to_contain_text("问题太长")
        ask(page, "补贴多少万?")
        expect(page.locator(".reply.refused").last).to_be_visible()
        ask(page, "第七条第(三)项")
        expect(page.locator(".chip").last).to_contain_text("第七条第(三)项")


@needs_browser
def test_it_stops_cleanly_under_an_open_page_which_says_so(browser: Browser, tmp_path: Path) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        for address in started(tmp_path):
            page.goto(address)
            ask(page, "更名后多久备案?")
        page.locator("#question textarea").fill("还在吗?")
        page.locator("#question textarea").press("Enter")
        expect(page.locator(".toast-message-text")).to_have_text("与服务器的连接断开了,正在重新连接……")
        expect(page.locator("#question textarea")).to_have_value("还在吗?")


def test_a_taken_port_is_one_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert "已被另一个程序占用" in failing(tmp_path, PORT=str(taken.getsockname()[1]))


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"PORT": "八千"}, "port"),
        ({"PORT": "99999"}, "端口 99999"),
        ({"PORT": "-1"}, "端口 -1"),
        ({"HOST": "不存在的主机."}, "地址 不存在的主机."),
    ],
)
def test_a_wrong_setting_is_one_sentence(tmp_path: Path, settings: dict[str, str], named: str) -> None:
    assert named in failing(tmp_path, **settings).lower()
