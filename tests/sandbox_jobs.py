"""What tests let child processes do: end well, badly, or not at all."""

import os
import signal
import struct
from pathlib import Path

import numpy as np

from ingest.errors import UnreadableError


def square(number: int) -> int:
    return number * number


def process(_: int) -> int:
    return os.getpid()


def refuse(reason: str) -> None:
    raise UnreadableError(reason)


def stumble() -> None:
    raise struct.error("unpack requires a buffer of 4 bytes")


def crash() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def leave() -> None:
    os._exit(1)


def hang() -> None:
    while True:
        pass


def swell(megabytes: int) -> int:
    return int(np.ones(megabytes * 125_000).sum())


def recurse(depth: int = 0) -> int:
    return recurse(depth + 1)


def litter(_: int) -> str:
    import tempfile

    with tempfile.NamedTemporaryFile(delete=False) as file:
        file.write(b"left behind")
    return str(Path(file.name))


class Odd(Exception):
    """As many libraries have them: it cannot be unpickled, and its words are those of the file."""

    def __init__(self, words: str, *, place: int) -> None:
        super().__init__(words)
        self.place = place


def stumble_oddly() -> None:
    raise Odd("经费五百万元", place=3)


def speak() -> int:
    os.write(1, b"TIFFReadDirectory: Warning\n")
    os.write(2, b"Syntax Error: Unknown operator\n")
    return 1


def letters(count: int) -> str:
    return "x" * count


def wait() -> None:
    signal.pause()
