"""Stores whose write-ahead log starts small: most tests open one, and write little."""

from collections.abc import Iterator

import pytest

from core.store import schema


@pytest.fixture(autouse=True, scope="module")
def small_log() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(schema, "WAL_PAGES", 16)
        yield
