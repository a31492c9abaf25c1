"""Old Word files: what is encrypted or cannot be converted becomes a reason, the rest is read as .docx."""

import os
import shutil
import stat
import sys
import time
from pathlib import Path

import pytest

from ingest.errors import UnreadableError
from ingest.limits import Limits
from ingest.readers import old_word
from ingest.sandbox import Sandbox
from tests.word_files import docx, paragraph

RTF = rb"{\rtf1\ansi\ansicpg936 \u38738 ?\u23707 ?\u24066 ?\par {\v secret}visible\par}"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
installed = pytest.mark.skipif(
    shutil.which("soffice") is None and shutil.which("libreoffice") is None, reason="LibreOffice is not installed"
)


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The place of a soffice that a test writes; nothing else is on PATH but what a shell script needs."""
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}/usr/bin{os.pathsep}/bin")
    old_word._converted.cache_clear()
    return tmp_path / "bin" / "soffice"


def write(program: Path, script: str) -> None:
    program.write_text(f"#!{sys.executable}\n{script}", "utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)


def ole(streams: dict[str, bytes]) -> bytes:
    """An OLE2 file (MS-CFB, version 3) with these streams, each padded to 4,096 bytes."""
    free, end, fat_sector = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    fat = [fat_sector, *range(2, 2 + (len(streams) + 4) // 4 - 1), end]
    first = len(fat)
    starts = [first + 8 * n for n in range(len(streams))]
    for start in starts:
        fat += [*range(start + 1, start + 8), end]
    fat += [free] * (128 - len(fat))
    entries = [("Root Entry", 5, free, 1, end, 0)]
    for number, (name, start) in enumerate(zip(streams, starts, strict=True), start=1):
        right = number + 1 if number < len(streams) else free
        entries.append((name, 2, right, free, start, 4096))
    folder = b""
    for name, kind, right, child, start, size in entries:
        title = name.encode("utf-16-le") + b"\0\0"
        entry = title.ljust(64, b"\0") + len(title).to_bytes(2, "little") + bytes([kind, 1])
        entry += b"".join(number.to_bytes(4, "little") for number in (free, right, child)) + bytes(36)
        folder += entry + start.to_bytes(4, "little") + size.to_bytes(8, "little")
    folder = folder.ljust((first - 1) * 512, b"\0")
    head = OLE + bytes(16) + bytes.fromhex("3e00 0300 feff 0900 0600") + bytes(10)
    numbers = (1, 1, 0, 4096, end, 0, end, 0, 0)
    head += b"".join(number.to_bytes(4, "little") for number in numbers) + b"\xff" * 4 * 108
    body = b"".join(number.to_bytes(4, "little") for number in fat) + folder
    return head + body + b"".join(content.ljust(4096, b"\0") for content in streams.values())


@pytest.mark.parametrize(
    "streams",
    [
        {"EncryptedPackage": b"x", "EncryptionInfo": b"x"},
        {"WordDocument": bytes.fromhex("eca5c10000000000 0000 0001".replace(" ", ""))},
    ],
    ids=["ooxml", "doc"],
)
def test_encrypted_files(streams: dict[str, bytes], program: Path) -> None:
    write(program, "raise SystemExit('never run')")
    with pytest.raises(UnreadableError, match="文件已加密,请提供未加密的版本。"):
        old_word.read(ole(streams), Limits())


def test_without_libreoffice(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UnreadableError, match=r"请用 Word 或 WPS 另存为 \.docx"):
        old_word.read(ole({"WordDocument": b"\xec\xa5"}), Limits())


def test_what_was_converted_is_read(program: Path, tmp_path: Path) -> None:
    (tmp_path / "made.docx").write_bytes(docx(paragraph("青岛")))
    write(
        program,
        f"""import pathlib, shutil, sys
folder = pathlib.Path(sys.argv[sys.argv.index("--outdir") + 1])
folder.mkdir()
profile = pathlib.Path(sys.argv[1].removeprefix("-env:UserInstallation=file://"))
assert "DisableMacrosExecution" in (profile / "user" / "registrymodifications.xcu").read_text()
assert sys.argv[-1].endswith("file.doc") and pathlib.Path(sys.argv[-1]).is_file()
shutil.copy({str(tmp_path / "made.docx")!r}, folder / "file.docx")
with open({str(tmp_path / "runs")!r}, "a") as log:
    log.write(str(folder) + "\\n")
""",
    )
    content = ole({"WordDocument": b"\xec\xa5"})
    assert old_word.read(content, Limits()).pages[0].text == "青岛"
    with pytest.raises(UnreadableError, match="图片"):
        old_word.picture(content, 0, Limits())
    (folder,) = (tmp_path / "runs").read_text().split()  # converted once, and nothing is left
    assert not Path(folder).parent.exists()


def test_a_program_that_fails(program: Path) -> None:
    write(program, "raise SystemExit(1)")
    with pytest.raises(UnreadableError, match="打不开"):
        old_word.read(RTF, Limits())


def test_a_program_that_hangs_is_ended_with_all_it_started(program: Path, tmp_path: Path) -> None:
    write(
        program,
        f"""import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
with open({str(tmp_path / "child")!r}, "w") as log:
    log.write(str(child.pid))
time.sleep(60)
""",
    )
    began = time.monotonic()
    with pytest.raises(UnreadableError, match="用时过长"):
        old_word.read(RTF, Limits(seconds=3))
    assert time.monotonic() - began < 20
    number = (tmp_path / "child").read_text()
    status = Path("/proc", number, "stat")
    assert not status.exists() or status.read_text().split(")")[-1].split()[0] == "Z"


def test_a_damaged_file() -> None:
    with pytest.raises(UnreadableError, match="打不开"):
        old_word.read(OLE + b"\xff" * 600, Limits())


@installed
def test_rich_text_through_libreoffice() -> None:
    contents = old_word.read(RTF, Limits())
    assert contents.pages[0].text == "青岛市\nvisible"
    assert [(remark.kind, remark.text) for remark in contents.remarks] == [("hidden_text", "secret")]


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are looked at in /proc")
def test_the_program_ends_with_the_process_that_waits_for_it(program: Path, tmp_path: Path) -> None:
    write(
        program,
        f"""import os, pathlib, time
part = pathlib.Path({str(tmp_path / "part")!r})
part.write_text(str(os.getpid()))
part.rename({str(tmp_path / "program")!r})
time.sleep(60)
""",
    )
    with Sandbox(Limits(seconds=60, processes=1)) as sandbox:
        # As a child process: it is killed when the sandbox is closed.
        sandbox.start(run_with_path, os.environ["PATH"], RTF)
        while not (tmp_path / "program").exists():
            os.sched_yield()
    status = Path("/proc", (tmp_path / "program").read_text(), "stat")
    end = time.monotonic() + 10
    while status.exists() and status.read_text().split(")")[-1].split()[0] != "Z" and time.monotonic() < end:
        os.sched_yield()
    assert time.monotonic() < end


def run_with_path(path: str, content: bytes) -> None:
    os.environ["PATH"] = path
    old_word.read(content, Limits())
