"""Old Word files (.doc, .wps) and other texts that LibreOffice knows (.rtf, .odt), read through it where it is
installed."""

import contextlib
import os
import shutil
import signal
import struct
import subprocess
import tempfile
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import olefile
from PIL import Image

from ingest.errors import UnreadableError
from ingest.limits import Limits
from ingest.materials import Contents
from ingest.readers import word
from ingest.readers.unpacked import check_unpacked

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = 0x0100  # fEncrypted of FibBase, MS-DOC 2.5.2; XOR obfuscation sets it, too
_SHARE = 0.75  # of a file's seconds: the rest is for reading what was converted
_ENCRYPTED_REASON = "文件已加密,请提供未加密的版本。"
_NO_PROGRAM = "旧版 Word 文件(.doc、.wps)在本机不能直接读取,请用 Word 或 WPS 另存为 .docx 后再提交。"
_FAILED = "旧版 Word 文件打不开,可能已损坏,请用 Word 或 WPS 另存为 .docx 后再提交。"
_SLOW = "旧版 Word 文件转换用时过长,没有读取,请用 Word 或 WPS 另存为 .docx 后再提交。"
# No macro runs, no linked file or address is opened, nothing asks.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution"
 oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent"
 oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks"
 oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link"
 oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


# Whoever waits for the program may be killed: then its end of the pipe closes, and the whole group ends.
_TOGETHER = 'exec 3<&0; { read -r _ <&3; kill -9 0; } & exec "$@" </dev/null 3<&-'


def read(content: bytes, limits: Limits) -> Contents:
    """As `word.read`. Raises UnreadableError, also where LibreOffice is not installed."""
    return word.read(_converted(content, limits), limits)


def picture(content: bytes, number: int, limits: Limits) -> tuple[Image.Image, tuple[float, float]]:
    """As `word.picture`."""
    return word.picture(_converted(content, limits), number, limits)


@lru_cache(maxsize=1)  # its pictures are asked for one after the other
def _converted(content: bytes, limits: Limits) -> bytes:
    """The file as .docx."""
    _check(content, limits)
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise UnreadableError(_NO_PROGRAM)
    with tempfile.TemporaryDirectory(prefix="assistant-word-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        profile, result = folder / "profile", folder / "out" / "file.docx"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, "utf-8")
        source = folder / f"file{_ending(content)}"
        source.write_bytes(content)
        _run(
            [
                *(program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck"),
                *("--nodefault", "--nofirststartwizard", "--convert-to", "docx:MS Word 2007 XML"),
                *("--outdir", str(result.parent), str(source)),
            ],
            limits.seconds * _SHARE,
        )
        try:
            if result.stat().st_size > limits.file_mb * 1_000_000:
                raise UnreadableError(_FAILED)
            return result.read_bytes()
        except OSError as error:
            raise UnreadableError(_FAILED) from error


def _check(content: bytes, limits: Limits) -> None:
    """Raises UnreadableError for what no conversion can open."""
    if content.startswith(b"PK"):
        check_unpacked(content, limits)
    if not content.startswith(_OLE):
        return
    try:
        with olefile.OleFileIO(BytesIO(content)) as ole:
            if ole.exists("EncryptedPackage") or ole.exists("EncryptionInfo"):
                raise UnreadableError(_ENCRYPTED_REASON)
            head = ole.openstream("WordDocument").read(12) if ole.exists("WordDocument") else b""
    except (OSError, ValueError, IndexError, KeyError, TypeError, struct.error, RecursionError) as error:
        raise UnreadableError(_FAILED) from error
    if len(head) >= 12 and int.from_bytes(head[10:12], "little") & _ENCRYPTED:
        raise UnreadableError(_ENCRYPTED_REASON)


def _ending(content: bytes) -> str:
    if content.startswith(_OLE):
        return ".doc"
    if content.startswith(b"{\\rt"):
        return ".rtf"
    return ".odt" if content.startswith(b"PK") else ".xml"


def _run(command: list[str], seconds: float) -> None:
    """Run a program and whatever it starts for at most `seconds`. Raises UnreadableError when that is not enough."""
    if os.name == "posix":
        command = ["/bin/sh", "-c", _TOGETHER, "sh", *command]
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise UnreadableError(_NO_PROGRAM) from error
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired as error:
        raise UnreadableError(_SLOW) from error
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError, AttributeError):  # no groups on Windows
            os.killpg(process.pid, signal.SIGKILL)
        process.kill()
        process.communicate()
