"""Which model is used follows from the settings and from what is there; `auto` never fails."""

from pathlib import Path
from typing import Any

import pytest

from assistant.llm import choose as choosing
from assistant.llm.choose import choose, shown
from assistant.llm.local import LocalModel
from assistant.llm.remote import Endpoint
from assistant.settings import AssistantSettings, LlmMode
from ingest.errors import UsageError
from tests.model_fakes import WEIGHTS, model_file

KEY = "sk-secret-key"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with a list of two language models and an embedder, and no files."""
    tables = [
        f'[[model]]\nname = "{name}"\nkind = "{kind}"\npurpose = ""\nlicence = ""\n'
        f'[[model.files]]\nname = "w.gguf"\nsize = {file.size}\nsha256 = "{file.sha256}"\n'
        for name, kind in (("vectors", "embedder"), ("large", "llm"), ("small", "llm"))
        for file in [model_file("w.gguf", WEIGHTS)]
    ]
    (tmp_path / "models.toml").write_text("\n".join(tables), "utf-8")
    return tmp_path


@pytest.fixture(autouse=True)
def _installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choosing, "find_spec", lambda _: True)


def put(place: Path, name: str, content: bytes = WEIGHTS) -> None:
    (place / name).mkdir()
    (place / name / "w.gguf").write_bytes(content)


def chosen(
    place: Path, mode: LlmMode = "auto", *, local: bool = True, **settings: Any
) -> tuple[Endpoint | LocalModel | None, list[str]]:
    told: list[str] = []
    made = choose(
        AssistantSettings(**settings),
        mode,
        models=place / "models.toml",
        folder=place,
        auto_local=local,
        tell=told.append,
    )
    if made:
        made.close()
    return made, told


REMOTE: dict[str, Any] = {"llm_base_url": "http://127.0.0.1:9/v1", "llm_model": "m", "llm_api_key": KEY}


def test_auto_takes_the_endpoint_then_the_local_model_then_none(place: Path) -> None:
    assert chosen(place) == (None, [])
    put(place, "small")
    assert shown(chosen(place)[0]) == "模型:small(本机)"
    assert chosen(place, local=False) == (None, [])
    put(place, "large")
    assert shown(chosen(place)[0]) == "模型:large(本机)"
    assert shown(chosen(place, llm_local="small")[0]) == "模型:small(本机)"
    assert shown(chosen(place, **REMOTE)[0]) == "模型:m(远程)"
    assert chosen(place, "none", **REMOTE) == (None, [])
    assert shown(None) == "未使用模型"


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"llm_model": None}, "LLM_MODEL"),
        ({"llm_base_url": None}, "LLM_BASE_URL"),
        ({"llm_base_url": "api.example.com/v1"}, "LLM_BASE_URL"),
        ({"llm_base_url": "http://"}, "LLM_BASE_URL"),
        ({"llm_api_key": "sk-“密钥”"}, "LLM_API_KEY"),
        ({"llm_api_key": f"{KEY} {KEY}"}, "LLM_API_KEY"),
    ],
)
def test_an_endpoint_set_wrong_is_told_and_gone_without(place: Path, change: dict[str, Any], named: str) -> None:
    with pytest.raises(UsageError, match=named) as caught:
        chosen(place, "remote", **{**REMOTE, **change})
    assert KEY not in str(caught.value)
    made, told = chosen(place, **{**REMOTE, **change})
    assert made is None
    assert len(told) == 1
    assert named in told[0]
    assert KEY not in told[0]


def test_a_key_is_cleaned_and_none_is_needed(place: Path) -> None:
    assert isinstance(chosen(place, "remote", **{**REMOTE, "llm_api_key": f" {KEY}\n"})[0], Endpoint)
    assert isinstance(chosen(place, "remote", **{**REMOTE, "llm_api_key": None})[0], Endpoint)
    assert KEY not in repr(AssistantSettings(**REMOTE))


def test_a_local_model_that_is_not_there_or_damaged_is_told(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match="make model"):
        chosen(place, "local")
    with pytest.raises(UsageError, match="models fetch small"):
        chosen(place, "local", llm_local="small")
    with pytest.raises(UsageError, match="vectors"):
        chosen(place, "local", llm_local="vectors")
    put(place, "small", WEIGHTS[:-100])
    with pytest.raises(UsageError, match=r"不完整或被改动.*models fetch small"):
        chosen(place, "local")
    assert chosen(place) == (None, [])
    assert "不完整" in chosen(place, llm_local="small")[1][0]
    monkeypatch.setattr(choosing, "find_spec", lambda _: None)
    with pytest.raises(UsageError, match="make model"):
        chosen(place, "local")
    assert chosen(place, llm_local="small") == (None, [])


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LLM_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("LLM_API_KEY", KEY)
    monkeypatch.setenv("ASSISTANT_LLM", "remote")
    monkeypatch.setenv("ASSISTANT_LLM_SECONDS", "3")
    settings = AssistantSettings()
    assert (settings.llm_base_url, settings.llm, settings.llm_seconds) == ("http://127.0.0.1:9/v1", "remote", 3)
    assert KEY not in f"{settings!r} {settings.model_dump_json()}"
