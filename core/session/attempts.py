"""How often a password may be guessed: per account and per address.

Of an account every attempt counts until one succeeds, so guesses sent at once from everywhere
gain nothing.  Of an address only failures count: a whole class may log in from one at the same
moment.  Within a minute, with ``limit`` attempts counted (3):

| counted | the next one |
|---|---|
| under ``limit`` | at once |
| up to twice ``limit`` | 1, 2, 4, then 8 seconds after the last one |
| more | refused, until the oldest is a minute old |

Where an account has logged in before, it is counted for that address alone: who guesses at it
from elsewhere cannot keep its owner out.

Bounds: ``MOST_KEYS`` accounts and addresses; the one that was quiet for longest is forgotten first.
"""

from collections.abc import Hashable
from typing import TypeVar

from core.wire.identifiers import fold

Key = TypeVar("Key")
Value = TypeVar("Value")

WINDOW_SECONDS = 60.0
MOST_KEYS = 10_000
# The longest wait is 2 to this, in seconds.
_MOST_DOUBLINGS = 3


class Attempts:
    """All attempts to log in, on one worker.  ``now`` is in seconds, of any clock that only grows.

    ``limit``: attempts a minute, 0 for no limit.  ``address``: "" for one that has no limit.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._accounts = _Counts(limit)
        self._addresses = _Counts(limit)
        self._known: dict[tuple[str, str], None] = {}  # (account, address) that have logged in

    def delay(self, account: str, address: str, now: float) -> float | None:
        """How many seconds the attempt has to wait; None: it is refused.

        With 0.0 it may go on and is counted; after a wait, ask again.  Ask before a password is
        verified, for accounts that do not exist as well.
        """
        if not self._limit:
            return 0.0
        key = self._key(account, address)
        waits = [self._accounts.wait(key, now)]
        if address:
            waits.append(self._addresses.wait(address, now))
        longest = 0.0
        for wait in waits:
            if wait is None:
                return None
            longest = max(longest, wait)
        if not longest:
            self._accounts.add(key, now)
        return longest

    def failed(self, address: str, now: float) -> None:
        """An attempt from ``address`` was wrong."""
        if self._limit and address:
            self._addresses.add(address, now)

    def succeeded(self, account: str, address: str) -> None:
        """The account's attempts are forgotten; those that failed at the address are not."""
        if not self._limit:
            return
        self._accounts.forget(self._key(account, address))
        if address:
            pair = (fold(account), address)
            self._known.pop(pair, None)
            self._known[pair] = None
            _drop_oldest(self._known)

    def _key(self, account: str, address: str) -> Hashable:
        pair = (fold(account), address)
        return pair if pair in self._known else pair[0]


class _Counts:
    """When something happened within the last minute, for each of many keys."""

    def __init__(self, free: int) -> None:
        self._free = free
        self._times: dict[Hashable, list[float]] = {}  # the key that was quiet for longest first

    def wait(self, key: Hashable, now: float) -> float | None:
        """The table at the top: seconds to wait, or None."""
        times = self._recent(key, now)
        extra = len(times) - self._free
        if extra < 0:
            return 0.0
        if extra >= self._free:
            return None
        return max(times[-1] + 2.0 ** min(extra, _MOST_DOUBLINGS) - now, 0.0)

    def add(self, key: Hashable, now: float) -> None:
        """It happened again."""
        times = [*self._recent(key, now), now][-2 * self._free :]
        self._times.pop(key, None)
        self._times[key] = times
        _drop_oldest(self._times)

    def forget(self, key: Hashable) -> None:
        """It never happened."""
        self._times.pop(key, None)

    def _recent(self, key: Hashable, now: float) -> list[float]:
        return [time for time in self._times.get(key, ()) if time > now - WINDOW_SECONDS]


def _drop_oldest(table: dict[Key, Value]) -> None:
    if len(table) > MOST_KEYS:
        del table[next(iter(table))]
