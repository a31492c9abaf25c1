"""`python -m tests.fake_site STORE [one|two]`: the page on a fake library; prints its address when it answers."""

import socket
import sys
from pathlib import Path

import uvicorn

from assistant.store import Store
from assistant.web.drafting.studio import open_studio
from assistant.web.site import site
from tests.fakes import CORPUS, FakeLibrary, qingdao, second
from tests.reply_fakes import FakeReplies
from tests.screening_fakes import office


def main(store: str, texts: str = "one") -> None:
    """Serve until the process is ended."""
    library = FakeLibrary((qingdao(), second()) if texts == "two" else (qingdao(),))
    listening = socket.create_server(("127.0.0.1", 0))
    address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    kept = Store.at(Path(store))
    at = office(Path(store).parent, library)
    studio = open_studio(CORPUS, at.reports, Path(store))
    replies = FakeReplies(library)
    app = site(library, kept, replies, at, studio, version="0.0.0", ready=lambda: print(address, flush=True))
    uvicorn.Server(uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=1)).run(sockets=[listening])


if __name__ == "__main__":
    main(*sys.argv[1:])
