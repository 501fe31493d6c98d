"""How long to wait before connecting again: longer each time, and never all at once."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(slots=True)
class Backoff:
    """Exponential backoff with full jitter in its upper half.

    The first delay is short, since most breaks are a server that restarts; the jitter keeps
    everyone who lost the same server from coming back at the same moment.
    """

    random: Callable[[], float]  # uniform in 0..1, as random.random
    first: float = 0.5  # seconds
    longest: float = 60.0
    attempts: int = 0  # delays given since the last success

    def next_delay(self) -> float:
        """Seconds to wait now: between half of this attempt's delay and the whole."""
        whole = min(self.longest, self.first * 2.0 ** min(self.attempts, 30))
        self.attempts += 1
        return whole * (0.5 + 0.5 * self.random())

    def succeeded(self) -> None:
        """The connection is up (registered, not just made): start over."""
        self.attempts = 0
