"""Files made to hurt: each ends in text or in a reason that a clerk understands, within the limits, and asks nobody."""

import re
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from typing import Any

import pytest

from ingest.errors import UnreadableError
from ingest.isolated import read_file
from ingest.limits import Limits
from ingest.reading import read_one
from ingest.sandbox import Sandbox
from tests.hostile_files import SECRET, bombs, strangers
from tests.hostile_jobs import read_watched

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "corpus" / "samples"
SLOW = {"attributes.html"}
"""Takes all the time it is given; the others are well below it."""
MUTATIONS = 44


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(Limits(seconds=20, cells=100_000, processes=2)) as opened:
        yield opened


@pytest.fixture(scope="module")
def reading() -> Iterator[Sandbox]:
    with Sandbox(Limits(seconds=3, processes=1)) as opened:
        yield opened


def understood(reason: str) -> bool:
    """Whether a reason is one sentence in Chinese without the words of a library."""
    known = re.sub(r"\b(PDF|Word|Excel|WPS|OFD|ZIP|UTF|XML|Office|Outlook|docx?|MB|RAR|HTML|LibreOffice)\b", "", reason)
    return bool(re.fullmatch(r"[^\n]{6,120}。", reason)) and not re.search(r"[A-Za-z]{3}", known)


def ended(sandbox: Sandbox, function: Callable[..., Any], path: Path, *told: str) -> Any:
    """What came of a file; if that is a reason, it has been looked at and is given as a string."""
    reason = ""
    try:
        return sandbox.outcome(sandbox.start(function, path, *told, sandbox.limits))
    except UnreadableError as error:
        reason = str(error)
    assert understood(reason), (path.name, reason)
    return reason


@pytest.mark.parametrize("name", sorted(bombs().keys() - SLOW))
def test_bombs_end_in_text_or_a_reason(name: str, sandbox: Sandbox, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(bombs()[name]())
    begun = time.monotonic()
    found = ended(sandbox, read_file, path, name)
    if not isinstance(found, str):
        assert found[0] != "unknown"
        assert all(remark.message.endswith("。") for remark in found[1].remarks)
    assert time.monotonic() - begun < 20


@pytest.mark.parametrize("name", sorted(SLOW))
def test_what_takes_too_long_is_ended(name: str, reading: Sandbox, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(bombs()[name]())
    begun = time.monotonic()
    with pytest.raises(UnreadableError, match="超过 3 秒"):
        reading.outcome(reading.start(read_file, path, name, reading.limits))
    assert time.monotonic() - begun < 10


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[str, list[str]]]:
    """A web server on this machine, and the paths it was asked for."""
    hits: list[str] = []

    class Listening(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            hits.append(self.path)
            self.send_response(200)
            self.end_headers()

        do_HEAD = do_POST = do_OPTIONS = do_GET

    with ThreadingHTTPServer(("127.0.0.1", 0), Listening) as served:
        thread = threading.Thread(target=served.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{served.server_port}", hits
        served.shutdown()
        thread.join()


@pytest.mark.parametrize("name", sorted(strangers("", "/")))
def test_nothing_outside_the_file_is_asked_for(
    name: str, server: tuple[str, list[str]], sandbox: Sandbox, tmp_path: Path
) -> None:
    address, hits = server
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET)
    path = tmp_path / name
    path.write_bytes(strangers(address, str(secret))[name])
    found = ended(sandbox, read_watched, path, str(secret))
    assert SECRET not in repr(found)
    assert isinstance(found, str) or found[1] == []
    assert hits == []


def mutated(content: bytes, chance: Random) -> bytes:
    """The bytes of a file with some bits turned, its end cut off, or two of its parts changed for each other."""
    start, end = sorted(chance.randrange(len(content)) for _ in range(2))
    match chance.randrange(3):
        case 0:
            changed = bytearray(content)
            for _ in range(chance.choice((1, 10, 100))):
                changed[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
            return bytes(changed)
        case 1:
            return content[:end]
        case _:
            return content[end:] + content[start:end] + content[:start]


def test_mutated_files_end_in_text_or_a_reason(sandbox: Sandbox, tmp_path: Path) -> None:
    chance = Random(11)
    samples = sorted(path for path in SAMPLES.rglob("*") if path.suffix in {".docx", ".xlsx", ".pdf", ".png", ".jpg"})
    ends = []
    for number in range(MUTATIONS):
        sample = samples[number % len(samples)]
        path = tmp_path / f"{number}{sample.suffix}"
        path.write_bytes(mutated(sample.read_bytes(), chance))
        ends.append(ended(sandbox, read_file, path, path.name))
    reasons = [end for end in ends if isinstance(end, str)]
    assert len(reasons) > MUTATIONS // 4
    assert len(set(reasons)) > 2


def test_pictures_beyond_measure_on_a_page_are_recognised_or_remarked(sandbox: Sandbox, tmp_path: Path) -> None:
    for name in ("media.pdf", "image.pdf"):
        path = tmp_path / name
        path.write_bytes(bombs()[name]())
        material = read_one(path, sandbox=sandbox, progress=lambda _: None)
        assert material.reason is None or understood(material.reason)
        assert all(remark.message.endswith("。") for remark in material.remarks)
