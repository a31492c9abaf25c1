"""Reading in a child process in which every way out is watched."""

import builtins
import io
import os
import socket
from pathlib import Path
from typing import Any

from ingest.isolated import read_file
from ingest.limits import Limits
from ingest.materials import Contents


def read_watched(path: Path, outside: str, limits: Limits) -> tuple[Contents, list[str]]:
    """What is read of a file, and what was asked for meanwhile: addresses, and openings of the file `outside`."""
    asked: list[str] = []

    def watched(function: Any, name: str) -> Any:
        def call(*arguments: Any, **options: Any) -> Any:
            if name != "open" or outside in str(arguments[0]):
                asked.append(f"{name} {arguments[-1] if name != 'open' else outside}")
            return function(*arguments, **options)

        return call

    for holder, name in (
        *((socket.socket, method) for method in ("connect", "connect_ex", "sendto")),
        *((socket, method) for method in ("getaddrinfo", "gethostbyname", "create_connection")),
        *((module, "open") for module in (builtins, os, io)),
    ):
        setattr(holder, name, watched(getattr(holder, name), name))
    return read_file(path, path.name, limits)[1], asked
