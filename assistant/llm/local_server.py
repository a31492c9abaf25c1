"""The program of a local model's process: llama.cpp behind an OpenAI-compatible address on loopback.

It is run as a file, apart from the rest of the product, so that it starts at once. The first line of its standard input
says what to serve, with the key that a caller must know: arguments and environment can be read by others. It answers
with one line, and ends when its standard input ends, which is when its parent has gone, however it went.
"""

import json
import os
import signal
import sys
import threading
from typing import Any


def main() -> None:
    """Serve until standard input ends. Prints {"address": ...} or {"error": "missing" | "model"}."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent
    asked = json.loads(sys.stdin.readline())
    threading.Thread(target=_end_with_parent, daemon=True).start()
    answers = os.fdopen(os.dup(1), "w")
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (1, 2):  # llama.cpp tells of everything it does, prompts included
        os.dup2(nothing, stream)
    try:
        server = _served(**asked)
        told = {"address": server.listening_address}
    except ImportError:
        told = {"error": "missing"}
    except (RuntimeError, ValueError, MemoryError):
        told = {"error": "model"}
    print(json.dumps(told), file=answers, flush=True)
    if "address" in told:
        threading.Event().wait()


def _served(*, path: str, key: str, context: int, slots: int, threads: int) -> Any:
    import xllamacpp

    asked = xllamacpp.CommonParams()
    asked.model.path = path
    asked.n_ctx = context * slots  # llama.cpp shares it among the slots
    asked.n_parallel = slots
    # A call that its caller gave up ends between two batches; of 2,048 tokens, the default, one takes half a minute.
    asked.n_batch = asked.n_ubatch = 64
    asked.cpuparams.n_threads = threads
    asked.hostnames = ["127.0.0.1"]
    asked.port = 0
    asked.api_keys = [key]
    asked.ui = False
    asked.endpoint_slots = False  # it would show what others ask
    asked.cache_ram_mib = 256
    return xllamacpp.Server(asked)


def _end_with_parent() -> None:
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    main()
