"""How often one address may ask, upload and read."""

import math
import threading
from collections import OrderedDict
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address
from time import monotonic

_ADDRESSES = 10_000
"""Addresses that are remembered; beyond, the one that was silent for longest is forgotten."""


class Rate:
    """At most `per_minute` requests of one address within a minute on the average, as many at once; 0 is no limit.
    For many threads."""

    def __init__(self, per_minute: int, *, clock: Callable[[], float] = monotonic, most: int = _ADDRESSES) -> None:
        self._per_minute = per_minute
        self._clock = clock
        self._most = most
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._mutex = threading.Lock()

    def wait(self, address: str) -> int:
        """0 when the request may go on, which is counted; else the whole seconds after which one may be tried."""
        if not self._per_minute:
            return 0
        key, now = _network(address), self._clock()
        with self._mutex:
            left, since = self._left.pop(key, (float(self._per_minute), now))
            left = min(self._per_minute, left + max(0.0, now - since) * self._per_minute / 60)
            passes = left >= 1
            self._left[key] = (left - passes, now)
            if len(self._left) > self._most:
                self._left.popitem(last=False)
        return 0 if passes else max(1, math.ceil((1 - left) * 60 / self._per_minute))

    def __len__(self) -> int:
        return len(self._left)


def _network(address: str) -> str:
    """Of IPv6 the first 64 bits: one subscriber has them all."""
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return address[:64]
    if isinstance(parsed, IPv6Address):
        return str(parsed.ipv4_mapped) if parsed.ipv4_mapped else parsed.exploded[:19]
    return str(parsed)
