"""What became of drafts and what models cost, in numbers; nothing of what was asked or written."""

import logging
import threading
from collections import Counter
from collections.abc import Mapping, Sequence

from assistant.agent.schema import Complaint

_LOG = logging.getLogger(__name__)


class Tally:
    """Counts since the start, for many threads: `rejected:<kind>` of complaints, `fallback:<reason>`, `worded`,
    `picked`, `picked_none`, `calls`, `prompt_tokens`, `reply_tokens`, `drafts_rejected`."""

    def __init__(self) -> None:
        self._mutex = threading.Lock()
        self._counts: Counter[str] = Counter()

    def count(self, what: str, number: int = 1) -> None:
        """Add to one count."""
        with self._mutex:
            self._counts[what] += number

    def reject(self, complaints: Sequence[Complaint]) -> None:
        """A draft was not shown."""
        kinds = [c.kind for c in complaints]
        _LOG.info("draft rejected: %s", ", ".join(kinds))
        self.count("drafts_rejected")
        for kind in kinds:
            self.count(f"rejected:{kind}")

    def fall_back(self, reason: str) -> None:
        """The composed answer was shown because the model failed."""
        _LOG.info("composed answer shown instead: %s", reason)
        self.count(f"fallback:{reason}")

    def spend(self, prompt_tokens: int, reply_tokens: int) -> None:
        """A call was made."""
        with self._mutex:
            self._counts.update(calls=1, prompt_tokens=prompt_tokens, reply_tokens=reply_tokens)

    def counts(self) -> Mapping[str, int]:
        """All counts by name."""
        with self._mutex:
            return dict(self._counts)
