"""What the store does in pauses, and when it thinks that there is one."""

from pathlib import Path

import pytest

from core.runtime.storing import (
    CLEANING_SECONDS,
    DAY,
    FAR_BEHIND,
    LAG,
    QUIET_SECONDS,
    Chores,
)
from core.state import facts
from tests.fakes.store import ADA, Store

NOW = 5000.0  # seconds, of a monotonic clock


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Ada is in #a."""
    store = Store(tmp_path)
    store.commit(facts.Registered(1, "ada", "~u", "host", "ada", False, ("#a",)))
    return store


def test_the_index_is_kept_up_in_pauses(store: Store) -> None:
    chores = Chores(store.writer, 0)
    assert chores.patience(NOW) == QUIET_SECONDS, "what is left from before the start"
    chores.do_some(NOW)
    assert chores.patience(NOW) is None
    seq = store.said("x", user=ADA)
    assert chores.patience(NOW) == QUIET_SECONDS
    chores.do_some(NOW)
    assert store.writer.index.indexed == seq
    assert chores.patience(NOW) is None
    store.crash()


def test_old_messages_are_dropped_once_an_hour(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.said("old")
    monkeypatch.setattr("time.time_ns", lambda: (store.time + 2 * DAY) * 1_000_000)
    chores = Chores(store.writer, 1)
    chores.do_some(NOW)
    assert store.read("latest") == ""
    assert chores.patience(NOW) == QUIET_SECONDS, "there may be more"
    chores.do_some(NOW)
    assert chores.patience(NOW) == CLEANING_SECONDS
    store.time += 3 * DAY
    store.said("new")
    chores.do_some(NOW + 1)
    assert store.read("latest") == "new"
    assert chores.patience(NOW + 1) == CLEANING_SECONDS - 1
    store.crash()


def test_where_there_is_no_pause_the_index_is_kept_up_now_and_then(store: Store) -> None:
    chores = Chores(store.writer, 0)
    store.said("x")
    chores.catch_up(NOW)
    assert store.writer.index.lag == 1, "there may be a pause yet"
    store.writer.index.lag = LAG + 1
    chores.catch_up(NOW)
    assert store.writer.index.lag == 0
    for lag, done in ((LAG + 1, False), (FAR_BEHIND + 1, True)):
        store.said("y")
        store.writer.index.lag = lag
        chores.catch_up(NOW + 0.01)
        assert (store.writer.index.lag == 0) is done
    store.crash()
