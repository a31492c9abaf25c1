"""From the settings to the answer: a model is used, shown and ended; whatever is wrong with it, the composed answer
stands and says so."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from assistant.errors import ModelError
from assistant.llm.local import LocalModel
from assistant.llm.opening import Watched
from assistant.llm.remote import Endpoint
from assistant.llm.schema import Ability
from tests.llm_server import KEY, MODEL, LLMServer, Reply, Script, fails, says
from tests.test_cli import Command, cli
from tests.test_llm_probe import answering

__all__ = ["cli"]
ROOT = Path(__file__).parent.parent


def selecting(body: dict[str, Any]) -> Reply:
    """A model that selects rightly and does nothing else."""
    asked = body["messages"][-1]["content"]
    if "tools" in body or "keys" in json.dumps(body):
        return Reply("不会。")
    answers = {"补贴": [0], "弄丢": [3], "几本书": [1], "星期一": [4]}
    return says({"ids": next(ids for word, ids in answers.items() if word in asked)})


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, data_dir: Path) -> Iterator[LLMServer]:
    """A server that the settings point at; nothing is remembered of it."""
    (data_dir / "cache" / "abilities.json").unlink(missing_ok=True)
    with LLMServer(always=selecting) as started:
        for name, value in {"BASE_URL": started.url, "MODEL": MODEL, "API_KEY": KEY}.items():
            monkeypatch.setenv(f"LLM_{name}", value)
        monkeypatch.setenv("ASSISTANT_LLM", "auto")
        yield started


def test_a_question_goes_to_the_endpoint_which_is_probed_once(cli: Command, server: LLMServer) -> None:
    probed = answering(tools=Reply("不会。"))

    def wording(body: dict[str, Any]) -> Reply:
        if "更名" in body["messages"][-1]["content"]:
            return says({"covered": True, "sentences": [{"text": "应当在90日内备案。", "keys": ["C1"]}]})
        assert callable(probed)
        return probed(body)

    server.always = wording
    done = cli("ask", "公司更名以后多久要备案?", "--llm", "remote", "--json")
    told = done.object()
    assert (done.code, told["status"], told["mode"]) == (0, "answered", "extractive")
    assert any("没有通过核对" in notice for notice in told["notices"])
    assert "90日" not in told["text"]
    assert "第一次使用语言模型" in done.err
    asked = len(server.history)
    assert "第一次" not in cli("ask", "公司更名以后多久要备案?", "--json").err
    assert len(server.history) == asked + 2


@pytest.mark.parametrize(
    ("reply", "named"),
    [
        (fails(401, f"wrong key {KEY}"), "LLM_API_KEY"),
        (fails(404), "LLM_MODEL"),
        (fails(500, headers={"x-should-retry": "false"}), "500"),
        (Reply("慢", wait=60), "ASSISTANT_LLM_SECONDS"),
        (Reply("慢", drip=0.1), "ASSISTANT_LLM_SECONDS"),
    ],
)
def test_whatever_is_wrong_the_composed_answer_stands_and_says_so(
    cli: Command, server: LLMServer, monkeypatch: pytest.MonkeyPatch, reply: Script, named: str
) -> None:
    monkeypatch.setenv("ASSISTANT_LLM_SECONDS", "1")
    server.always = reply
    began = time.monotonic()
    done = cli("ask", "公司更名以后多久要备案?", "--llm", "remote", "--json")
    told = done.object()
    assert (done.code, told["status"], told["mode"]) == (0, "answered", "extractive")
    assert told["citations"]
    assert sum(named in notice for notice in told["notices"]) == 1
    assert KEY not in done.out + done.err
    assert time.monotonic() - began < 8


def test_without_a_model_nobody_is_asked(cli: Command, server: LLMServer, monkeypatch: pytest.MonkeyPatch) -> None:
    assert cli("ask", "第一条", "--llm", "none", "--json").object()["model"] is None
    monkeypatch.setenv("ASSISTANT_LLM", "none")
    assert cli("ask", "第一条", "--json").object()["model"] is None
    assert not server.history
    monkeypatch.delenv("LLM_MODEL")
    done = cli("ask", "第一条", "--llm", "remote")
    assert (done.code, done.out) == (2, "")
    assert "LLM_MODEL" in done.err


def found(ability: Watched, server: LLMServer) -> Ability:
    """What is known in the end."""
    ends = time.monotonic() + 20
    while time.monotonic() < ends:
        with suppress(ModelError):
            return ability()
        server.closed.wait(0.02)
    raise AssertionError("nothing was found out")


def test_the_program_that_stays_finds_out_by_the_way(server: LLMServer, tmp_path: Path) -> None:
    endpoint = Endpoint(server.url, MODEL, SecretStr(KEY), context=8192, parallel=1)
    ability = Watched(endpoint, cache=tmp_path / "abilities.json")
    with pytest.raises(ModelError, match="正在准备"):
        ability()
    assert found(ability, server) == Ability(selects=True)
    endpoint.close()


def test_a_local_model_without_any_ability_is_ended(
    server: LLMServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    server.key, server.always = "", Reply("好的好的")
    program = tmp_path / "program.py"
    told = json.dumps({"address": server.url.removesuffix("/v1")})
    program.write_text(f"import sys; sys.stdin.readline(); print({told!r}, flush=True); sys.stdin.read()", "utf-8")
    model = LocalModel(tmp_path, MODEL, context=8192, parallel=1, check=lambda: None, program=program)
    assert found(Watched(model, cache=tmp_path / "abilities.json"), server) == Ability()
    assert model._process
    assert model._process.poll() is not None
    assert "没有通过检验" in caplog.text


def test_the_page_shows_the_model_and_opens_without_one_that_is_set_wrong(server: LLMServer, tmp_path: Path) -> None:
    assert health(tmp_path, {})["model"] == MODEL
    assert health(tmp_path, {"LLM_MODEL": "", "ASSISTANT_LLM": "remote"})["model"] is None


def health(data: Path, settings: dict[str, str]) -> dict[str, Any]:
    """What /healthz says of a program with these settings, which must then end cleanly."""
    given = {**os.environ, "ASSISTANT_LLM": "auto", "ASSISTANT_PORT": "0", "ASSISTANT_DATA_DIR": str(data), **settings}
    with subprocess.Popen(
        [sys.executable, "app.py"], cwd=ROOT, env=given, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert process.stderr
        line = process.stdout.readline()
        assert "已启动" in line, process.stderr.read()
        with urllib.request.urlopen(f"{line.partition(':')[2].partition('(')[0]}/healthz") as reply:
            told: dict[str, Any] = json.load(reply)
        process.send_signal(signal.SIGINT)
        said = process.stderr.read()
        assert process.wait(30) == 0
    assert "Traceback" not in said
    assert KEY not in said
    return told
