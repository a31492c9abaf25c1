"""A local model's process is started once, kept to loopback, started again when it dies, and ended with its owner."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from assistant.errors import ContextError, ModelError, ModelSettingError, ModelUnavailable
from assistant.llm.local import LocalModel
from assistant.llm.schema import Prompt
from assistant.settings import AssistantSettings
from tests.llm_server import LLMServer, says

ROOT = Path(__file__).parent.parent
NAME = "qwen2.5-coder-0.5b-instruct-q4"
PROMPT = Prompt("试验", "选出能回答问题的句子编号。", "1. 每三年评估一次。\n2. 应当有固定场所。\n问题:多久评估一次?")


class Picked(BaseModel):
    ids: list[int]


Make = Callable[..., LocalModel]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    """A local model whose process runs these lines after it has read what to serve."""
    made: list[LocalModel] = []

    def local(*lines: str, check: Callable[[], None] = lambda: None, free: int | None = None) -> LocalModel:
        program, weights = tmp_path / "program.py", tmp_path / "weights.gguf"
        begun = f"asked = json.loads(sys.stdin.readline()); open({str(tmp_path / 'starts')!r}, 'a').write('.')"
        program.write_text("\n".join(("import json, os, sys", begun, *lines)), "utf-8")
        weights.write_bytes(b"GGUF")
        made.append(
            LocalModel(weights, MODEL, context=8192, parallel=1, check=check, free_memory=lambda: free, program=program)
        )
        return made[-1]

    yield local
    for model in made:
        model.close()


MODEL = "fake-model"


def serving(server: LLMServer) -> tuple[str, str]:
    """The lines of a program that points at this server and ends with its parent."""
    return f"print(json.dumps({{'address': {server.url.removesuffix('/v1')!r}}}), flush=True)", "sys.stdin.read()"


def ask(model: LocalModel, seconds: float = 20) -> list[int]:
    return model.fill(PROMPT, Picked, seconds=seconds).value.ids


def test_the_process_is_started_on_first_need_once_and_ended(make: Make, tmp_path: Path) -> None:
    with LLMServer(always=says({"ids": [1]}), key="") as server:
        model = make(*serving(server))
        assert not (tmp_path / "starts").exists()
        model.start()
        assert [ask(model), ask(model)] == [[1], [1]]
        assert (tmp_path / "starts").read_text() == "."
        assert len({headers["authorization"] for headers in server.headers}) == 1
        assert len(server.headers[0]["authorization"]) > 40
        process = model._process
        model.close()
        assert process
        assert process.poll() is not None
        with pytest.raises(ModelUnavailable, match="已经停止"):
            ask(model)


def test_a_process_that_dies_is_started_again_but_not_for_ever(make: Make, tmp_path: Path) -> None:
    with LLMServer(always=says({"ids": [1]}), key="") as server:
        model = make(*serving(server))
        for _ in range(4):
            assert ask(model) == [1]
            assert model._process
            model._process.kill()
            model._process.wait()
        with pytest.raises(ModelUnavailable, match="多次中断"):
            ask(model)
        assert len((tmp_path / "starts").read_text()) == 4


@pytest.mark.parametrize(
    ("line", "error", "named"),
    [
        ("print(json.dumps({'error': 'missing'}))", ModelSettingError, "make model"),
        ("print(json.dumps({'error': 'model'}))", ModelUnavailable, "内存不足"),
        ("os.abort()", ModelUnavailable, "启动时中断"),
        ("print('???')", ModelUnavailable, "启动时中断"),
    ],
)
def test_a_process_that_cannot_start_is_told(make: Make, line: str, error: type[ModelError], named: str) -> None:
    with pytest.raises(error, match=named):
        ask(make(line))


def test_a_start_that_takes_long_is_waited_for_no_longer_than_allowed(make: Make) -> None:
    model = make("sys.stdin.read()")
    began = time.monotonic()
    with pytest.raises(ModelUnavailable, match="正在启动"):
        ask(model, seconds=0.2)
    assert time.monotonic() - began < 2


def test_too_little_memory_and_a_wrong_file_are_told_before_anything_starts(make: Make, tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match=r"内存不足.*需要约 0\.7 GB,可用 0\.1 GB.*ASSISTANT_LLM_LOCAL"):
        ask(make("", free=100_000_000))

    def damaged() -> None:
        raise ModelSettingError("文件不完整。")

    with pytest.raises(ModelSettingError, match="不完整"):
        ask(make("", check=damaged))
    assert not (tmp_path / "starts").exists()


def test_the_process_ends_when_its_owner_is_killed(make: Make) -> None:
    with LLMServer(always=says({"ids": [1]}), key="") as server:
        model = make(*serving(server))
        owner = (
            "import pathlib, sys; from assistant.llm.local import LocalModel\n"
            f"m = LocalModel(pathlib.Path({str(model._path)!r}), 'm', context=1, parallel=1, check=lambda: None,"
            f" program=pathlib.Path({str(model._program)!r}))\n"
            "m._endpoint(__import__('time').monotonic() + 60); print(m._process.pid, flush=True); sys.stdin.read()"
        )
        with subprocess.Popen(
            [sys.executable, "-c", owner], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as started:
            assert started.stdout
            child = int(started.stdout.readline())
            assert alive(child)
            started.kill()
        assert gone(child)


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().split(") ")[-1][0] != "Z"  # a dead one nobody has asked about yet


def gone(pid: int) -> bool:
    ends = time.monotonic() + 10
    while time.monotonic() < ends:
        try:
            if not alive(pid):
                return True
        except OSError:
            return True
    return False


@pytest.fixture(scope="module")
def real() -> Iterator[LocalModel]:
    """The real 0.5B model in a real process."""
    from assistant.llm.choose import choose

    pytest.importorskip("xllamacpp", reason="没有安装 xllamacpp(make model),用到真实模型的测试跳过")
    folder = ROOT / ".data" / "models"
    if not (folder / NAME).is_dir():
        pytest.skip(f"没有本地语言模型(python -m ingest models fetch {NAME}),此项跳过")
    settings = AssistantSettings(llm_local=NAME)
    model = choose(settings, "local", models=ROOT / "corpus" / "models.toml", folder=folder, auto_local=True)
    assert isinstance(model, LocalModel)
    yield model
    model.close()


def test_the_real_server_fills_a_shape_and_talks(real: LocalModel) -> None:
    filled = real.fill(PROMPT, Picked, seconds=120, tokens=40)
    assert filled.prompt_tokens > 20
    assert filled.reply_tokens > 0
    assert real.chat(seconds=120, tokens=10).invoke("你好").text


def test_the_real_server_says_that_a_prompt_is_too_long(real: LocalModel) -> None:
    with pytest.raises(ContextError):
        real.fill(Prompt("长", "", "长" * 20_000), Picked, seconds=60)


def test_the_real_server_is_told_dead_and_comes_back(real: LocalModel) -> None:
    assert real.fill(PROMPT, Picked, seconds=120).value is not None
    assert real._process
    killed = real._process
    killed.kill()
    killed.wait()
    assert real.fill(PROMPT, Picked, seconds=120).value is not None
    assert real._process is not killed


def test_the_real_server_ends_when_nobody_holds_its_pipe(real: LocalModel) -> None:
    assert real.fill(PROMPT, Picked, seconds=120).value is not None
    assert real._process
    assert real._process.stdin
    real._process.stdin.close()
    assert real._process.wait(timeout=20) == 0
