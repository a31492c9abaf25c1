"""No test reaches the network or a person's own index by accident."""

import ipaddress
import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from ingest.library import Library

# Before any test imports the product, and inherited by every program that a test starts.
for name in [name for name in os.environ if name.startswith(("ASSISTANT_", "CHROMA_", "LLM_", "OPENAI_"))]:
    del os.environ[name]
os.environ.update(
    ASSISTANT_EMBEDDER="none",  # nothing is fetched unless a test names a model
    ASSISTANT_HUB="false",
    ASSISTANT_LLM="none",  # no model is asked or started unless a test does so by name
    HF_ENDPOINT="http://127.0.0.1:9",  # nobody listens there; HF_HUB_OFFLINE would also silence the tests' own hub
    HF_HUB_DISABLE_TELEMETRY="1",
    GRADIO_ANALYTICS_ENABLED="False",
)

# A shell that runs the tests in the background has them ignore Ctrl-C, which their programs would inherit.
signal.signal(signal.SIGINT, signal.default_int_handler)

settings.register_profile("untimed", deadline=None)  # how fast a test runs depends on who else uses the machine
settings.load_profile("untimed")


class NetworkUsed(BaseException):
    """A test tried to leave the machine. No `except Exception` of the product may hide it."""


@pytest.fixture(scope="session", autouse=True)
def _offline() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex", "sendto"):
            patch.setattr(socket.socket, name, _only_local(getattr(socket.socket, name), at=-1))
        patch.setattr(socket, "getaddrinfo", _only_local(socket.getaddrinfo, at=0))
        yield


def _only_local(function: Any, *, at: int) -> Any:
    """`function`, whose argument `at` is a host or an address, for this machine alone."""

    def checked(*arguments: Any, **options: Any) -> Any:
        place = arguments[at] if arguments else options["host"]
        host = place[0] if isinstance(place, tuple) else place if at == 0 else None
        if host not in (None, "", b"", "localhost") and not _loopback(host):
            raise NetworkUsed(f"{function.__name__}: {place}")
        return function(*arguments, **options)

    return checked


def _loopback(host: str | bytes) -> bool:
    try:
        return ipaddress.ip_address(host if isinstance(host, str) else host.decode()).is_loopback
    except ValueError:
        return False


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for an index that the whole run may share."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="session")
def library_by_words(tmp_path_factory: pytest.TempPathFactory) -> Iterator["Library"]:
    """The shipped corpus, searched by words alone."""
    yield from _opened(tmp_path_factory.mktemp("words"), embedder="none", models=None)


@pytest.fixture(scope="session")
def library_by_vectors(tmp_path_factory: pytest.TempPathFactory) -> Iterator["Library"]:
    """The shipped corpus with the default embedder; the test skips where that has not been fetched."""
    folder = Path(__file__).parent.parent / ".data" / "models" / "bge-small-zh-v1.5"
    if not folder.is_dir():
        pytest.skip(f"没有向量模型(python -m ingest models fetch {folder.name}),此项跳过")
    yield from _opened(tmp_path_factory.mktemp("vectors"), embedder=folder.name, models=folder)


@pytest.fixture(scope="session", params=["library_by_words", "library_by_vectors"])
def library(request: pytest.FixtureRequest) -> "Library":
    """The shipped corpus, once by words alone and once with the default embedder."""
    opened: Library = request.getfixturevalue(request.param)
    return opened


def _opened(folder: Path, *, embedder: str, models: Path | None) -> Iterator["Library"]:
    # Imported here: the environment above has to be set before the product is.
    from ingest.pipeline import open_library
    from ingest.settings import IngestSettings

    settings = IngestSettings(data_dir=folder, embedder=embedder, model_source=models, hub=False)
    made = open_library(settings, progress=lambda _: None)
    yield made
    made.index.close()
