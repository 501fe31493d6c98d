"""A node with three users: one founds the room #a, one is in it, one is in none."""

import pytest

from tests.fakes.bench import Bench, Client


@pytest.fixture
def bench() -> Bench:
    return Bench()


@pytest.fixture
def ada(bench: Bench) -> Client:
    """The operator of #a."""
    return bench.enter("ada", "#a")


@pytest.fixture
def bob(bench: Bench, ada: Client) -> Client:
    """A member of #a."""
    return bench.enter("bob", "#a")


@pytest.fixture
def eve(bench: Bench, bob: Client) -> Client:
    """In no room."""
    return bench.enter("eve")
