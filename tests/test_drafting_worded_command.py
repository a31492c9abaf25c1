"""`draft --llm remote` over HTTP: the reasons that come back changed in nothing but joining words are in the file."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from assistant.__main__ import main
from assistant.llm.schema import Ability
from assistant.render.report_json import report_object
from tests.drafting_fakes import AGENCY
from tests.llm_server import KEY, MODEL, LLMServer, Reply, says
from tests.report_fakes import report
from tests.test_drafting_command import text_of

_SAID = [
    {"condition": "7.1", "verdict": "met", "reason": "原件已核对,住所在青岛", "person": "周明远(虚构)"},
    {"condition": "7.9", "verdict": "unmet", "reason": "承诺书未签字", "person": "周明远(虚构)"},
]


def _answer(body: dict[str, Any]) -> Reply:
    """The first reason worded with care, the second turned round."""
    told = re.findall(r"^\[(C\d)\] (.+)$", body["messages"][-1]["content"], re.MULTILINE)
    worded = [(key, own.replace("核定理由：", "经核定，其").replace("未签字", "已签字")) for key, own in told]
    return says({"sentences": [{"text": text, "keys": [key]} for key, text in worded]})


def test_reasons_are_worded_by_an_endpoint_that_may_see_materials(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    source, out = tmp_path / "报告.json", tmp_path / "意见.docx"
    source.write_text(json.dumps({**report_object(report()), "overrides": _SAID}), "utf-8")
    monkeypatch.setattr("assistant.llm.opening.remembered", lambda *_, **__: Ability(words=True))
    monkeypatch.setattr("assistant.llm.opening.probe", lambda *_, **__: Ability(words=True))
    with LLMServer(always=_answer) as server:
        for name, value in (("LLM_BASE_URL", server.url), ("LLM_MODEL", MODEL), ("LLM_API_KEY", KEY)):
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("ASSISTANT_LLM_MATERIALS", "true")
        monkeypatch.setenv("ASSISTANT_DATA_DIR", str(tmp_path / "data"))
        given = [str(source), "--kind", "推荐意见", "--out", str(out), "--set", f"发文机关={AGENCY}"]
        assert main(["draft", *given, "--llm", "remote"]) == 0
        assert len(server.history) == 2
        assert "周明远" not in server.told()
    assert len((tmp_path / "data" / "sent.jsonl").read_text("utf-8").splitlines()) == 2
    text, told = text_of(out), capsys.readouterr().err
    assert "经核定，其原件已核对，住所在青岛。" in text
    assert "核定理由：承诺书未签字。" in text
    assert "改写了 1 段" in told
    assert "保留模板的措辞:第七条第（九）项“真实性承诺”：不符合:" in told
