"""The limit of login attempts, by the table at the top of its file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.session import attempts
from core.session.attempts import Attempts


@pytest.fixture
def limiter() -> Attempts:
    return Attempts(3)


def guess(limiter: Attempts, account: str, address: str, now: float) -> float | None:
    """A wrong password; how long it had to wait, None if it was refused."""
    waited = 0.0
    while wait := limiter.delay(account, address, now + waited):
        waited += wait
    if wait is None:
        return None
    limiter.failed(address, now + waited)
    return waited


def test_one_account_from_everywhere(limiter: Attempts) -> None:
    """Each guess comes at once after the one before."""
    now = 1000.0
    waits = []
    for number in range(9):
        waited = guess(limiter, "ada", f"10.0.0.{number}", now)
        waits.append(waited)
        now += waited or 0.0
    assert waits == [0, 0, 0, 1, 2, 4, None, None, None]
    assert limiter.delay("ada", "10.0.1.1", 1059.9) is None
    assert limiter.delay("bob", "10.0.1.1", 1059.9) == 0
    # The three oldest are a minute old; the later three count still.
    assert limiter.delay("ada", "10.0.1.1", 1060.1) == 0


def test_many_accounts_from_one_address(limiter: Attempts) -> None:
    waits = []
    now = 0.0
    for number in range(8):
        waited = guess(limiter, f"user{number}", "10.0.0.1", now)
        waits.append(waited)
        now += waited or 0.0
    assert waits == [0, 0, 0, 1, 2, 4, None, None]
    assert limiter.delay("user9", "10.0.0.2", now) == 0


def test_guesses_at_once_count_before_they_are_judged(limiter: Attempts) -> None:
    waits = [limiter.delay("ada", "10.0.0.1", 5.0) for _ in range(5)]
    assert waits == [0, 0, 0, 1, 1]
    # Asked again, one at a time.
    assert [limiter.delay("ada", "10.0.0.1", 6.0) for _ in range(2)] == [0, 2]


def test_a_class_logs_in_from_one_address(limiter: Attempts) -> None:
    for number in range(100):
        assert limiter.delay(f"user{number}", "10.0.0.1", 0.0) == 0
    for number in range(100):
        limiter.succeeded(f"user{number}", "10.0.0.1")


def test_success_resets_the_account(limiter: Attempts) -> None:
    for _ in range(2):
        guess(limiter, "ada", "10.0.0.1", 0.0)
    assert limiter.delay("ADA", "10.0.0.2", 0.0) == 0
    limiter.succeeded("Ada", "10.0.0.2")
    assert [limiter.delay("ada", "10.0.0.3", 0.0) for _ in range(4)] == [0, 0, 0, 1]


def test_success_does_not_reset_the_address(limiter: Attempts) -> None:
    """Or an account of one's own would buy guesses at others."""
    for number in range(3):
        guess(limiter, f"user{number}", "10.0.0.1", 0.0)
    limiter.succeeded("mallory", "10.0.0.1")
    assert limiter.delay("ada", "10.0.0.1", 0.0) == 1


def test_nobody_keeps_an_owner_out(limiter: Attempts) -> None:
    limiter.succeeded("ada", "10.0.0.1")
    for number in range(6):
        guess(limiter, "ada", f"10.0.1.{number}", 10.0 * number)
    assert limiter.delay("ada", "10.0.1.9", 55.0) is None
    assert limiter.delay("Ada", "10.0.0.1", 55.0) == 0


def test_an_address_without_a_limit(limiter: Attempts) -> None:
    for number in range(20):
        assert guess(limiter, f"user{number}", "", 0.0) == 0
    limiter.succeeded("ada", "")
    assert [limiter.delay("ada", "", 0.0) for _ in range(4)] == [0, 0, 0, 1]


def test_no_limit() -> None:
    limiter = Attempts(0)
    for _ in range(20):
        assert guess(limiter, "ada", "10.0.0.1", 0.0) == 0
        limiter.succeeded("ada", "10.0.0.1")


def test_waits_stop_growing() -> None:
    limiter = Attempts(2000)
    for _ in range(2000):
        assert limiter.delay("ada", "", 0.0) == 0
    now = 0.0
    waits = []
    for _ in range(6):
        waited = guess(limiter, "ada", "", now)
        assert waited is not None
        waits.append(waited)
        now += waited
    assert waits == [1, 2, 4, 8, 8, 8]


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch, limiter: Attempts) -> None:
    monkeypatch.setattr(attempts, "MOST_KEYS", 10)
    for number in range(100):
        guess(limiter, f"user{number}", f"10.0.0.{number}", float(number))
        limiter.succeeded(f"other{number}", f"10.0.0.{number}")
    for table in (limiter._accounts._times, limiter._addresses._times, limiter._known):
        assert len(table) == 10
    for number in range(50):
        limiter.failed("10.0.0.1", float(number))
    assert len(limiter._addresses._times["10.0.0.1"]) == 6


@given(
    st.integers(1, 4),
    st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("xyz"), st.floats(0, 30))),
)
def test_no_more_than_twice_the_limit_in_a_minute(
    limit: int, guesses: list[tuple[str, str, float]]
) -> None:
    limiter = Attempts(limit)
    now = 0.0
    taken: dict[str, list[float]] = {}
    for account, address, pause in guesses:
        now += pause
        waited = guess(limiter, account, address, now)
        if waited is not None:
            now += waited
            for key in (account, address):
                times = taken.setdefault(key, [])
                times.append(now)
                assert len([t for t in times if t > now - 60.0]) <= 2 * limit
