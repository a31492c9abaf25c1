"""`python -m assistant`: fields, exit codes, and nothing but the result on stdout (the command-line contracts)."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from assistant import __main__ as command
from assistant.answering.answer import answer
from ingest.commands import run

ROOT = Path(__file__).parent.parent
FIELDS = {"question", "status", "text", "citations", "notices", "mode", "model", "elapsed_ms"}
CITATION = {"policy", "title", "label", "article", "paragraph", "item", "quote"}


@dataclass(frozen=True)
class Done:
    code: int
    out: str
    err: str

    def object(self) -> dict[str, Any]:
        told = json.loads(self.out)
        assert isinstance(told, dict)
        return told

    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.split("\n") if line]


Command = Callable[..., Done]


@pytest.fixture
def cli(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], data_dir: Path) -> Command:
    """`python -m assistant` in this process, on an index of words that the whole run shares."""
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(data_dir))

    def called(*arguments: str) -> Done:
        monkeypatch.setattr(sys, "argv", ["assistant", *arguments])
        with pytest.raises(SystemExit) as left:
            run(command.main)
        given = capsys.readouterr()
        return Done(int(left.value.code or 0), given.out, given.err)

    return called


def batch(path: Path, *rows: object) -> str:
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    return str(path)


def one_sentence(done: Done) -> str:
    """What stderr says beside the notice that only words are searched."""
    (line,) = [line for line in done.err.splitlines() if not line.startswith(("提示:", "正在"))]
    assert any("一" <= c <= "鿿" for c in line)
    assert "Traceback" not in done.err
    assert done.out == ""
    return line


def test_an_answer_as_json(cli: Command) -> None:
    done = cli("ask", "第七条第一项", "--as-of", "2022-05-01", "--json")
    told = done.object()
    assert done.code == 0
    assert set(told) >= FIELDS
    assert (told["question"], told["status"], told["mode"], told["model"]) == (
        "第七条第一项",
        "answered",
        "extractive",
        None,
    )
    (cited,) = told["citations"]
    assert set(cited) >= CITATION
    assert (cited["policy"], cited["label"]) == ("qingdao-2021", "第七条第(一)项")
    assert (cited["article"], cited["paragraph"], cited["item"]) == (7, None, 1)
    assert cited["title"] == "青岛市重点产业数字化转型赋能中心管理办法(试行)"
    assert cited["quote"].startswith("在我市注册的独立法人单位")
    assert cited["quote"] in told["text"]
    assert all(isinstance(notice, str) for notice in told["notices"])
    assert told["elapsed_ms"] >= 0
    assert "只按字词检索" in done.err


def test_a_refusal_is_an_answer(cli: Command) -> None:
    done = cli("ask", "评上以后奖励多少万元", "--json")
    told = done.object()
    assert done.code == 0
    assert (told["status"], told["citations"]) == ("refused", [])
    assert {"第十七条"} <= {c["label"] for c in told["related"]}


def test_an_answer_as_a_person_reads_it(cli: Command) -> None:
    done = cli("ask", "第十三条", "--as-of", "2024-01-01")
    assert done.code == 0
    assert "第十三条" in done.out
    assert "30个工作日" in done.out
    assert "※ 本办法已于2023年11月18日失效" in done.out
    assert "{" not in done.out


def test_as_of_and_policy_are_taken(cli: Command) -> None:
    told = cli("ask", "第一条", "--as-of", "2021-11-18", "--policy", "qingdao-2021", "--llm", "none", "--json").object()
    assert "尚未生效" in told["notices"][0]


def test_a_batch_is_answered_in_order_with_its_ids(cli: Command, tmp_path: Path) -> None:
    rows = [
        {"id": "乙", "q": "第二条"},
        {"id": 7, "q": "下一条", "history": [{"role": "user", "content": "第十三条"}], "as_of": "2021-11-18"},
        {"id": "a", "q": ""},
        {"id": "a", "q": "第二条", "as_of": None, "history": None, "unknown": 1},
    ]
    done = cli("ask", "--batch", batch(tmp_path / "q.jsonl", *rows), "--as-of", "2022-01-01")
    told = done.lines()
    assert done.code == 0
    assert [row["id"] for row in told] == ["乙", 7, "a", "a"]
    assert [row["question"] for row in told] == ["第二条", "下一条", "", "第二条"]
    assert all(set(row) >= FIELDS for row in told)
    assert [c["label"] for c in told[1]["citations"]] == ["第十四条"]
    assert told[2]["status"] == "refused"
    assert ["尚未生效" in "".join(row["notices"]) for row in told] == [False, True, False, False]


def test_what_a_file_may_hold(cli: Command, tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    lines = [
        '{"id": 1, "q": "第\u2028二条"}\r',
        "",
        '{"id": "\\ud800", "q": "第二条\\ud83d"}',
        '{"id": 3, "q": "更名怎么办\\u0000"}',
    ]
    path.write_text("\ufeff" + "\n".join(lines) + "\n\n", "utf-8", newline="")
    done = cli("ask", "--batch", str(path), "--out", str(tmp_path / "a.jsonl"))
    assert (done.code, done.out) == (0, "")
    told = [json.loads(line) for line in (tmp_path / "a.jsonl").read_text("utf-8").split("\n") if line]
    assert [row["id"] for row in told] == [1, "\ud800", 3]
    assert [row["question"] for row in told] == ["第\u2028二条", "第二条\ud83d", "更名怎么办\x00"]
    assert cli("ask", "--batch", str(path)).lines() != []


BAD = [
    '{"id": "b", "q": ',
    "[]",
    '"text"',
    "null",
    '{"q": "没有编号"}',
    '{"id": "b"}',
    '{"id": "b", "q": 5}',
    '{"id": null, "q": "问"}',
    '{"id": "b", "q": "问", "history": "以前"}',
    '{"id": "b", "q": "问", "history": [{"role": "user"}]}',
    '{"id": "b", "q": "问", "as_of": "2022-02-30"}',
    '{"id": "b", "q": "问", "as_of": 5}',
]


@pytest.mark.parametrize("bad", BAD)
def test_a_bad_line_stops_the_batch_before_anything_is_written(bad: str, cli: Command, tmp_path: Path) -> None:
    questions, out = tmp_path / "q.jsonl", tmp_path / "a.jsonl"
    out.write_text("旧的结果", "utf-8")
    questions.write_text(f'{{"id": "a", "q": "第二条"}}\n{bad}\n', "utf-8")
    done = cli("ask", "--batch", str(questions), "--out", str(out))
    assert done.code == 2
    assert "第 2 行" in one_sentence(done)
    assert out.read_text("utf-8") == "旧的结果"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.jsonl", "q.jsonl"]


def test_a_batch_that_stops_half_way_leaves_nothing(
    cli: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(question: str, *arguments: Any, **options: Any) -> Any:
        if question == "磁盘":
            raise OSError(28, "No space left on device", "a.jsonl")
        return answer(question, *arguments, **options)

    monkeypatch.setattr("assistant.answering.answer.answer", failing)
    questions = batch(tmp_path / "q.jsonl", {"id": 1, "q": "第二条"}, {"id": 2, "q": "磁盘"})
    done = cli("ask", "--batch", questions, "--out", str(tmp_path / "a.jsonl"))
    assert done.code == 2
    assert "磁盘已满" in one_sentence(done)
    assert [p.name for p in tmp_path.iterdir()] == ["q.jsonl"]


WRONG = [
    (["ask"], "请写一个问题"),
    (["ask", "问", "--batch", "x.jsonl"], "二者选一"),
    (["ask", "问", "--out", "x.jsonl"], "--out 要和 --batch 一起"),
    (["ask", "问", "--as-of", "昨天"], "日期“昨天”不对"),
    (["ask", "问", "--as-of", "2022-02-30"], "日期“2022-02-30”不对"),
    (["ask", "更名", "--policy", "nowhere"], "没有编号为“nowhere”的政策;现有:qingdao-2021"),
    (["ask", "问", "--llm", "local"], "没有可用的语言模型"),
    (["ask", "问", "--llm", "gpt"], "命令用法有误"),
    (["ask", "--batch", "missing.jsonl"], "找不到问题文件"),
    (["ask", "--batch", "."], "不能读取"),
    (["ask", "问", "--frob"], "命令用法有误"),
    (["frob"], "命令用法有误"),
    ([], "命令用法有误"),
    (["deadline", "2022-01-10"], "命令用法有误"),
    (["deadline", "2022-1-10x", "--workdays", "3"], "日期“2022-1-10x”不对"),
    (["deadline", "2022-01-10", "--workdays", "0"], "正整数"),
    (["deadline", "2022-01-10", "--workdays", "三"], "命令用法有误"),
    (["deadline", "1999-01-04", "--workdays", "3"], "1999 年的无法推算"),
    (["deadline", "9999-12-31", "--workdays", "3"], "9999 年的无法推算"),
]


@pytest.mark.parametrize(("arguments", "told"), WRONG, ids=[" ".join(row[0]) or "nothing" for row in WRONG])
def test_wrong_use_is_one_sentence_and_exit_2(arguments: list[str], told: str, cli: Command) -> None:
    done = cli(*arguments)
    assert done.code == 2
    assert told in one_sentence(done)


def test_a_file_that_is_no_text(cli: Command, tmp_path: Path) -> None:
    (tmp_path / "q.jsonl").write_bytes(b"\xff\xfe\x00{")
    done = cli("ask", "--batch", str(tmp_path / "q.jsonl"))
    assert done.code == 2
    assert "UTF-8" in one_sentence(done)


def test_the_whole_program(tmp_path: Path) -> None:
    """As it is called: a process of its own, bytes that are no text among its arguments."""
    called: list[str | bytes] = [
        sys.executable,
        "-m",
        "assistant",
        "ask",
        b"\xe7\xac\xac\xe4\xb8\x83\xe6\x9d\xa1\xff",
        "--json",
    ]
    environment = {"ASSISTANT_DATA_DIR": str(tmp_path), "ASSISTANT_EMBEDDER": "none", "PYTHONUTF8": "1"}
    done = subprocess.run(called, cwd=ROOT, capture_output=True, env=environment, timeout=60, check=False)
    assert done.returncode == 0
    told = json.loads(done.stdout)
    assert told["status"] == "answered"
    assert len(told["citations"]) == 11
    assert b"Traceback" not in done.stderr
