"""Stores in a test's own folder."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.state import facts
from tests.fakes.store import Store


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Callable[[], Store]]:
    """Opens the store in this test's folder, again and again."""
    stores: list[Store] = []

    def open_store() -> Store:
        stores.append(Store(tmp_path))
        return stores[-1]

    yield open_store
    for store in stores:
        store.crash()


@pytest.fixture
def store(opened: Callable[[], Store]) -> Store:
    """Ada and Bob are in #a."""
    store = opened()
    for nick in ("ada", "bob"):
        store.commit(facts.Registered(1, nick, "~u", "host", nick, False, ("#a",)))
    return store
