"""`python -m ingest` as the contracts say: the result on stdout, all else on stderr, errors one sentence and exit 2."""

import errno
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple, NoReturn

import docx
import pytest

from ingest.__main__ import main
from ingest.commands import CommandParser, run
from ingest.errors import PolicyError
from ingest.readers import read_policy
from tests.fakes import CORPUS
from tests.library_fakes import BOATS, FARMS, LATER, small_corpus

ROOT = Path(__file__).parent.parent
MEASURE = CORPUS / "policies" / "qingdao-2021.txt"
FIELDS = {"id", "label", "chapter", "article", "paragraph", "item", "subitem", "text", "start", "end"}


class Done(NamedTuple):
    code: int
    out: str
    err: str


Command = Callable[..., Done]


@pytest.fixture
def ingest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs a command as `python -m ingest` does, on an index and a small corpus of its own."""
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("ASSISTANT_CORPUS_DIR", str(small_corpus(tmp_path / "corpus")))

    def command(*arguments: object, does: Callable[[Sequence[str]], int] = main) -> Done:
        monkeypatch.setattr(sys, "argv", ["python -m ingest", *map(str, arguments)])
        with pytest.raises(SystemExit) as stopped:
            run(does)
        assert isinstance(stopped.value.code, int)
        return Done(stopped.value.code, *capsys.readouterr())

    return command


def ids(listed: Done) -> list[str]:
    assert listed.code == 0
    return [line.split("\t")[0] for line in listed.out.splitlines()]


def boats_file(folder: Path, kind: str, text: str = BOATS) -> Path:
    path = folder / f"游船{kind}"
    lines = [line for line in text.splitlines() if line.strip()]
    if kind == ".docx":
        document = docx.Document()
        for line in lines:
            document.add_paragraph(line)
        document.save(str(path))
    elif kind == ".html":
        body = "".join(f"<p>{line}</p>" for line in lines)
        path.write_text(f"<!doctype html><html><body><nav>首页</nav>{body}</body></html>", "utf-8")
    else:
        path.write_bytes(text.encode("gb18030" if kind == ".md" else "utf-8"))
    return path


@pytest.mark.parametrize("kind", [".txt", ".docx", ".html", ".md"])
def test_a_policy_comes_in_is_listed_and_goes_out(ingest: Command, tmp_path: Path, kind: str) -> None:
    added = ingest("policy", boats_file(tmp_path, kind), "--id", "boats-2020", "--issuer", "云帆市港口局(虚构)")
    assert (added.code, added.out) == (0, "")
    assert "已收录《云帆市游船码头管理办法》(boats-2020):" in added.err
    assert "施行 2020-01-01,失效 未写明。" in added.err
    listed = ingest("list")
    assert ids(listed) == ["farms-2022", "boats-2020"]
    line = "boats-2020\t云帆市游船码头管理办法\t云帆市港口局(虚构)\t2020-01-01 至 长期\t3条"
    assert line in listed.out.splitlines()
    removed = ingest("remove", "boats-2020")
    assert (removed.code, removed.out) == (0, "")
    assert ids(ingest("list")) == ["farms-2022"]


def test_what_is_given_goes_before_what_is_read(ingest: Command, tmp_path: Path) -> None:
    file = boats_file(tmp_path, ".txt")
    ingest("policy", file, "--id", "b-1", "--title", "另名", "--effective", "2021-05-01", "--expires", "2022-04-30")
    assert "b-1\t另名\t发文机关\t2021-05-01 至 2022-04-30\t3条" in ingest("list").out
    taken = ingest("policy", boats_file(tmp_path, ".txt", LATER), "--id", "b-1")
    assert taken.code == 2
    assert taken.err.splitlines()[-1] == "政策编号 b-1 已存在;要替换请加 --replace,或换一个编号。"
    assert ingest("policy", file, "--id", "b-1", "--replace").code == 0
    assert "b-1\t云帆市游船码头管理办法" in ingest("list").out


def test_a_shipped_policy_that_was_removed_stays_removed(ingest: Command) -> None:
    assert ids(ingest("list")) == ["farms-2022"]
    assert ingest("remove", "farms-2022").code == 0
    assert ids(ingest("list")) == []
    again = ingest("remove", "farms-2022")
    assert (again.code, again.out) == (2, "")
    assert again.err.splitlines()[-1] == "没有编号为“farms-2022”的政策;现有:(无)。"


def one_sentence(done: Done) -> str:
    """What is said of an error, after the hint that no model is used; stdout is empty, there is no traceback."""
    assert (done.code, done.out) == (2, "")
    lines = [line for line in done.err.splitlines() if not line.startswith(("提示:", "正在"))]
    assert len(lines) == 1, done.err
    assert "Traceback" not in done.err
    assert lines[0].endswith("。")
    return lines[0]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "缺少 命令"),
        (("nothing",), "没有 'nothing'"),
        (("list", "--wrong"), "不认识 --wrong"),
        (("policy", "{file}"), "缺少 --id"),
        (("policy", "{file}", "--id"), "参数 --id: 后面要写一个值"),
        (("policy", "{file}", "--id", "A B"), "政策编号“A B”不合要求"),
        (("policy", "{file}", "--id", "b-1", "--effective", "明天"), "日期“明天”不对"),
        (("policy", "{file}", "--id", "b-1", "--expires", "2019-01-01"), "失效日期 2019-01-01 早于施行日期"),
        (("policy", "{none}", "--id", "b-1"), "读不到文件“none.txt”"),
        (("policy", "{folder}", "--id", "b-1"), "读不到文件"),
        (("policy", "{empty}", "--id", "b-1"), "“empty.txt”读不出来:文件里没有内容"),
        (("policy", "{zip}", "--id", "b-1"), "“broken.docx”读不出来:文件已损坏,打不开"),
        (("policy", "{long}", "--id", "b-1"), "推算不出失效日期,请用 --expires 写明。"),
        (("policy", "{file}", "--id", "farms-2022"), "政策编号 farms-2022 已存在"),
        (("remove", "nothing"), "没有编号为“nothing”的政策;现有:farms-2022。"),
        (("remove", "甲"), "没有编号为“甲”的政策"),
        (("clauses", "{none}"), "读不到文件“none.txt”"),
        (("clauses", "{folder}", "--json"), "读不到文件"),
        (("clauses", "{empty}", "--json"), "里没有内容"),
        (("models", "fetch"), "请写明要下载的模型名,可选:tiny。"),
        (("models", "fetch", "nothing"), "没有名为“nothing”的模型,可选:tiny。"),
        (("models", "drop"), "没有 'drop'"),
    ],
)
def test_every_error_is_one_sentence(ingest: Command, tmp_path: Path, arguments: Sequence[str], said: str) -> None:
    files = {"file": boats_file(tmp_path, ".txt"), "none": tmp_path / "none.txt", "folder": tmp_path}
    files |= {"empty": tmp_path / "empty.txt", "zip": tmp_path / "broken.docx", "long": tmp_path / "long.txt"}
    files["empty"].write_text(" \n", "utf-8")
    files["zip"].write_bytes(b"PK\x03\x04 broken")
    files["long"].write_text(BOATS.replace("起施行", "起施行,有效期9999年"), "utf-8")
    done = ingest(*[argument.format(**files) for argument in arguments])
    assert said in one_sentence(done)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("ASSISTANT_THREADS", "many", "设置 threads 的值不对"),
        ("ASSISTANT_CORPUS_DIR", "{tmp}/nowhere", "找不到"),
        ("ASSISTANT_DATA_DIR", "{tmp}/corpus/farms.txt", "farms.txt"),
        ("CHROMA_URL", "http://127.0.0.1:9", "连不上 CHROMA_URL 指定的 http://127.0.0.1:9"),
    ],
)
def test_wrong_settings_are_one_sentence(
    ingest: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(name, value.format(tmp=tmp_path))
    assert said in one_sentence(ingest("list"))


def raises(error: BaseException) -> Callable[[Sequence[str]], int]:
    def does(_: Sequence[str]) -> NoReturn:
        raise error

    return does


def test_what_goes_wrong_at_the_edge(ingest: Command) -> None:
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "data/x")
    assert one_sentence(ingest(does=raises(full))) == "读写 data/x 失败:磁盘已满,请处理后重试。"
    assert one_sentence(ingest(does=raises(PolicyError("坏了。")))) == "坏了。"
    assert ingest(does=raises(KeyboardInterrupt())) == Done(130, "", "已停止。\n")
    parser = CommandParser(prog="x")
    parser.add_argument("--count", type=int)
    assert "参数 --count: 应为整数,不能是 'y'" in one_sentence(
        ingest("--count", "y", does=lambda a: bool(parser.parse_args(a)))
    )


@pytest.mark.parametrize("kind", [".txt", ".docx", ".html", ".md"])
def test_clauses_are_the_words_of_the_source(ingest: Command, tmp_path: Path, kind: str) -> None:
    for file in (boats_file(tmp_path, kind), boats_file(tmp_path, kind, FARMS)):
        source = read_policy(file)
        clauses = json.loads(ingest("clauses", file, "--json").out)
        assert all(set(clause) >= FIELDS for clause in clauses)
        assert all(clause["text"] == source[clause["start"] : clause["end"]] for clause in clauses)
        assert len({clause["id"] for clause in clauses}) == len(clauses)
    item = next(clause for clause in clauses if clause["id"] == "3.2")
    told = {name: item[name] for name in ("label", "article", "paragraph", "item", "subitem")}
    assert told == {"label": "第三条第(二)项", "article": 3, "paragraph": None, "item": 2, "subitem": None}
    assert item["chapter"].split() == ["第二章", "评选"]
    assert not (tmp_path / "data").exists()


def test_clauses_of_a_plain_file_are_cut_from_the_file_itself(ingest: Command) -> None:
    source = MEASURE.read_text("utf-8")
    clauses = json.loads(ingest("clauses", MEASURE, "--json").out)
    assert all(clause["text"] == source[clause["start"] : clause["end"]] for clause in clauses)
    assert [c["article"] for c in clauses if c["kind"] == "article"] == list(range(1, 21))
    plain = ingest("clauses", MEASURE)
    assert "7.3\t第七条第(三)项\t" in plain.out
    assert plain.err == ""


def test_models_are_listed(ingest: Command) -> None:
    done = ingest("models")
    assert (done.code, done.err) == (0, "")
    assert "tiny" in done.out
    failed = ingest("models", "fetch", "tiny")
    assert (failed.code, failed.out) == (2, "")
    assert failed.err.splitlines()[-1].startswith("模型 tiny 没有取到,已尝试:")


def test_half_a_character_is_written_as_its_escape(ingest: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, "gbk", write_through=True))
    assert ingest(does=lambda _: print('"\ud800😀甲"') or 0).code == 0
    assert json.loads(written.getvalue().decode("gbk").replace("\\U0001f600", "")) == "\ud800甲"


def test_the_program_itself(tmp_path: Path) -> None:
    settings = {"ASSISTANT_DATA_DIR": str(tmp_path / "data"), "ASSISTANT_CORPUS_DIR": str(small_corpus(tmp_path / "c"))}
    environment = {**os.environ, **settings}

    def python(*arguments: object) -> Done:
        command = [sys.executable, "-m", "ingest", *map(str, arguments)]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        return Done(done.returncode, done.stdout, done.stderr)

    assert ids(python("list")) == ["farms-2022"]
    assert "没有编号为“nothing”的政策" in one_sentence(python("remove", "nothing"))
    command = [sys.executable, "-m", "ingest", "clauses", str(MEASURE), "--json"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as piped:
        assert piped.stdout
        assert piped.stderr
        piped.stdout.close()  # as `head` does
        assert piped.stderr.read() == b""
    assert piped.returncode == 0
