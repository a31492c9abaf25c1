"""Which model may read along: by setting, by what was asked for, by what it can do; over HTTP from end to end."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistant.checking.judge_choice import judging
from assistant.errors import ModelError, ModelUnavailable
from assistant.llm.schema import Ability, LanguageModel, Prompt
from assistant.llm.sent import SENT
from assistant.settings import AssistantSettings, LlmMode
from ingest.errors import UsageError
from ingest.settings import IngestSettings
from tests.fakes import CORPUS
from tests.judge_fakes import FUNDS, SECRET, TEAM, careful, checked, finding, paper
from tests.llm_server import KEY, MODEL, LLMServer, Reply, fails, says

_NONE = [None, "retrieval", "retrieval"]


def _read(body: dict[str, Any]) -> Reply:
    return says(careful(Prompt("check", "", body["messages"][-1]["content"])).model_dump())


def _settings(url: str | None, **more: bool) -> AssistantSettings:
    own = {"llm_base_url": url, "llm_model": MODEL, "llm_api_key": KEY} if url else {}
    return AssistantSettings.model_validate({**own, **more})


class Able:
    def __init__(self) -> None:
        self.ability = Ability(words=True, selects=True)
        self.fault: ModelError | None = None

    def probe(
        self, _model: LanguageModel, *, cache: Path, seconds: float, tell: Callable[[ModelError], None]
    ) -> Ability:
        if self.fault:
            tell(self.fault)
        return self.ability


@pytest.fixture(autouse=True)
def able(monkeypatch: pytest.MonkeyPatch) -> Able:
    """What the probe is to find, which has tests of its own."""
    made = Able()
    monkeypatch.setattr("assistant.llm.opening.probe", made.probe)
    return made


def _judged(
    settings: AssistantSettings, mode: LlmMode | None, folder: Path, *, told: list[str] | None = None
) -> list[str | None]:
    """The name of the model that read, and who decided 7.2 and 7.8."""
    said = told if told is not None else []
    with judging(settings, IngestSettings(data_dir=folder, corpus_dir=CORPUS), mode, tell=said.append) as judge:
        report = checked(judge, paper(FUNDS, TEAM, SECRET))
        return [report.model, *(finding(report, each).decided_by for each in ("7.2", "7.8"))]


def test_an_endpoint_that_may_see_materials_reads_and_is_recorded(tmp_path: Path) -> None:
    with LLMServer(always=_read) as server:
        assert _judged(_settings(server.url, llm_materials=True), "remote", tmp_path) == [MODEL, "llm", "llm"]
        assert len(server.history) == 2
    lines = [json.loads(line) for line in (tmp_path / SENT).read_text("utf-8").splitlines()]
    assert [(line["model"], line["where"]) for line in lines] == [(MODEL, "remote")] * 2
    assert "512.60" not in (tmp_path / SENT).read_text("utf-8")


def test_materials_stay_here_unless_a_setting_lets_them_out(tmp_path: Path) -> None:
    with LLMServer(always=_read) as server:
        with pytest.raises(UsageError, match="ASSISTANT_LLM_MATERIALS"):
            _judged(_settings(server.url), "remote", tmp_path)
        assert _judged(_settings(server.url), "auto", tmp_path) == _NONE
        assert _judged(_settings(server.url, llm_materials=True), "none", tmp_path) == _NONE
        assert server.history == []
    assert not (tmp_path / SENT).exists()


def test_what_only_the_settings_say_is_no_error(tmp_path: Path) -> None:
    told: list[str] = []
    with LLMServer(always=_read) as server:
        settings = _settings(server.url).model_copy(update={"llm": "remote"})
        assert _judged(settings, None, tmp_path, told=told) == _NONE
        allowed = settings.model_copy(update={"llm_materials": True})
        assert _judged(allowed, None, tmp_path) == [MODEL, "llm", "llm"]
    assert [line for line in told if "ASSISTANT_LLM_MATERIALS" in line]


def test_a_model_that_reads_without_care_is_told_of_and_not_asked(tmp_path: Path, able: Able) -> None:
    told: list[str] = []
    with LLMServer(always=_read) as server:
        settings = _settings(server.url, llm_materials=True)
        able.ability = Ability(tools=True, selects=True)
        assert _judged(settings, "auto", tmp_path, told=told) == _NONE
        able.fault = ModelUnavailable("连不上语言模型。")
        assert _judged(settings, "auto", tmp_path, told=told) == _NONE
        assert server.history == []
    assert "没有通过" in told[0]
    assert MODEL in told[0]
    assert told[1].startswith("连不上语言模型。")


@pytest.mark.parametrize("fault", [fails(500), fails(401), Reply("不是 JSON"), Reply(""), Reply(cut=True, text="{")])
def test_an_endpoint_that_fails_leaves_the_findings(tmp_path: Path, fault: Reply) -> None:
    own = IngestSettings(data_dir=tmp_path, corpus_dir=CORPUS)
    with LLMServer(always=fault) as server, judging(_settings(server.url, llm_materials=True), own, "auto") as judge:
        report = checked(judge, paper(FUNDS, TEAM, SECRET))
    assert report.findings == checked(None, paper(FUNDS, TEAM, SECRET)).findings
    (line,) = [notice.text for notice in report.notices if notice.kind == "model"]
    assert "没有得到语言模型" in line


def test_no_model_is_no_error(tmp_path: Path) -> None:
    assert _judged(_settings(None), "auto", tmp_path) == _NONE
    with pytest.raises(UsageError):
        _judged(_settings(None), "local", tmp_path)
