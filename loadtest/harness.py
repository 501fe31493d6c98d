"""One run: what all users share, and what is measured.

Deliveries are far too many for a locust event each; they go into a histogram, and from there
in bulk into locust's statistics, once a second.
"""

import secrets
import time
from typing import Any, Protocol

import gevent
from locust.env import Environment

from core.client.address import Address, parse_address
from loadtest.histogram import Histogram
from loadtest.ledger import Counts, Ledger
from loadtest.options import plan_of
from loadtest.report import Measured
from loadtest.scenarios import Seat

REQUEST_TYPE = "IRC"
_FLUSH_EVERY = 1.0  # seconds
_LAG_SLEEP = 0.02  # seconds


class Chatting(Protocol):
    """What a run needs of its users."""

    @property
    def unconfirmed(self) -> bool:
        """True while a message of theirs is on its way."""

    def tick(self, now: float) -> None:
        """Let their session's timers ring."""


class Harness:
    """Made at the start of each run; users find it by ``of(environment)``."""

    def __init__(self, environment: Environment) -> None:
        options: Any = environment.parsed_options
        self.environment = environment
        self.address: Address = parse_address(environment.host or "")
        self.password: str = options.server_password
        self.drain_patience: float = options.drain
        self.run = secrets.token_hex(2)[1:]
        self.plan = plan_of(options, self.run)
        self.ledger = Ledger()
        self.talking = True  # False from the end of the run on: users fall silent
        self.drained = False  # True if all that was expected came in time
        self.online: set[int] = set()  # indices of users who are in their place
        self.measured = Measured(breaks_expected=options.breaks_expected)
        self.users: list[Chatting] = []  # those who are there now
        self._seated = 0
        self._fresh = Histogram()  # deliveries since the last flush
        self._greenlets = [gevent.spawn(self._pump), gevent.spawn(self._watch_lag)]

    def next_seat(self) -> Seat:
        """The place of the user who starts now."""
        seat = self.plan.seat(self._seated)
        self._seated += 1
        return seat

    def request(self, name: str, seconds: float, error: Exception | None = None) -> None:
        """One locust event."""
        fire: Any = self.environment.events.request.fire
        fire(
            request_type=REQUEST_TYPE,
            name=name,
            response_time=seconds * 1000,
            response_length=0,
            exception=error,
            context={},
        )

    def delivered(self, seconds: float) -> None:
        """A message of someone else's arrived, this long after it was sent."""
        self._fresh.add(seconds)

    def fall_silent(self) -> None:
        """The end of the talking: wait until everything has arrived, but not for ever."""
        self.talking = False
        self.measured.end_talking(time.monotonic())
        deadline = time.monotonic() + self.drain_patience
        while not (drained := self._nothing_is_open()) and time.monotonic() < deadline:
            gevent.sleep(0.05)
        self.drained = drained
        self.flush()

    def _nothing_is_open(self) -> bool:
        unconfirmed = any(user.unconfirmed for user in self.users)
        return not unconfirmed and self.ledger.settled()

    def finish(self) -> Counts:
        """The run is over."""
        gevent.killall(self._greenlets)
        self.flush()
        return self.ledger.finish()

    def flush(self) -> None:
        """Give the deliveries since the last time to locust's statistics."""
        fresh, self._fresh = self._fresh, Histogram()
        if not fresh.count:
            return
        self.measured.add_deliveries(fresh, time.monotonic())
        entry = self.environment.stats.get("delivery", REQUEST_TYPE)
        now = time.time()
        entry.num_requests += fresh.count
        entry.num_reqs_per_sec[int(now)] = entry.num_reqs_per_sec.get(int(now), 0) + fresh.count
        entry.last_request_timestamp = now
        entry.total_response_time += round(fresh.total * 1000)
        entry.max_response_time = max(entry.max_response_time, round(fresh.largest * 1000))
        for value, count in fresh.values():
            milliseconds = round(value * 1000) if value < 0.1 else round(value * 100) * 10
            entry.response_times[milliseconds] = entry.response_times.get(milliseconds, 0) + count
            if entry.min_response_time is None or milliseconds < entry.min_response_time:
                entry.min_response_time = milliseconds

    def _pump(self) -> None:
        while True:
            gevent.sleep(_FLUSH_EVERY)
            now = time.time()
            for user in list(self.users):
                user.tick(now)
            self.flush()

    def _watch_lag(self) -> None:
        """How late this process itself is: that much of every latency is its own doing."""
        while True:
            before = time.monotonic()
            gevent.sleep(_LAG_SLEEP)
            self.measured.lag.add(time.monotonic() - before - _LAG_SLEEP)


_current: dict[int, Harness] = {}


def begin(environment: Environment) -> Harness:
    """A new run in this environment."""
    harness = _current[id(environment)] = Harness(environment)
    return harness


def of(environment: Environment) -> Harness:
    """The run that is under way."""
    return _current[id(environment)]
