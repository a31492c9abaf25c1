"""How long a worded answer may still take, and whether somebody has stopped it."""

import threading
import time
from dataclasses import dataclass

from assistant.errors import ModelTimeout


@dataclass(frozen=True, slots=True)
class Time:
    """`ends` is a `time.monotonic()`; `stopped` is set when nobody waits any more."""

    ends: float
    stopped: threading.Event

    def left(self) -> float:
        """The seconds that are left. Raises ModelTimeout when there are none, or when it was stopped."""
        seconds = self.ends - time.monotonic()
        if seconds <= 0 or self.stopped.is_set():
            raise ModelTimeout("语言模型没有在规定的时间(ASSISTANT_LLM_SECONDS)内答完。")
        return seconds
