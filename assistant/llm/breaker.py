"""A model that failed several times in a row is left alone for a while, so that nobody waits for it again and again."""

import contextlib
from collections.abc import Iterator

from pybreaker import CircuitBreaker, CircuitBreakerError

from assistant.errors import ContextError, ModelReplyError, ModelSettingError, ModelUnavailable

FAILURES = 3
PAUSE = 60.0
"""Seconds for which a model that failed FAILURES times is not asked; the next call after that is a trial."""


class Breaker:
    """Counts what says that the model is gone or slow: ModelUnavailable and ModelTimeout. Whatever shows that
    something answers (a wrong key, a prompt too long, a useless reply) is no failure here: it comes at once."""

    def __init__(self, *, pause: float = PAUSE) -> None:
        # The context manager is used and not `call`, which would let one call at a time through.
        self._circuit = CircuitBreaker(
            fail_max=FAILURES,
            reset_timeout=pause,
            exclude=[ModelSettingError, ContextError, ModelReplyError],
            throw_new_error_on_trip=False,
        )

    @contextlib.contextmanager
    def calling(self) -> Iterator[None]:
        """Around one call. Raises ModelUnavailable at once while the model is left alone."""
        try:
            with self._circuit.calling():
                yield
        except CircuitBreakerError:
            pause = self._circuit.reset_timeout
            raise ModelUnavailable(
                f"语言模型刚才连续 {FAILURES} 次没有正常应答,暂停调用 {pause:g} 秒,期间不使用语言模型。"
            ) from None
