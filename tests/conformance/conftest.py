"""One server for all conformance tests; every test has nicks and rooms of its own."""

import itertools
from collections.abc import Iterator

import pytest

from tests.conformance.setting import CONFIG, Connect
from tests.fakes.irc import ALL_CAPS, Client
from tests.fakes.server import Server

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The running server: two workers, no lobby, no flood gate, small limits."""
    with Server(tmp_path_factory.mktemp("conformance"), config=CONFIG) as running:
        yield running


@pytest.fixture
def raw(server: Server) -> Iterator[Client]:
    """A connection that has sent nothing yet."""
    with server.connect() as client:
        yield client


@pytest.fixture
def connect(server: Server) -> Iterator[Connect]:
    """`connect("ada")` registers a client; all are closed afterwards."""
    opened: list[Client] = []

    def open_one(name: str = "user", *, caps: str = "") -> Client:
        client = server.connect()
        opened.append(client)
        client.register(f"{name}{next(_numbers)}", caps)
        return client

    yield open_one
    for client in opened:
        client.close()


@pytest.fixture
def connect_full(connect: Connect) -> Connect:
    """As `connect`, with all capabilities."""

    def open_one(name: str = "user", *, caps: str = ALL_CAPS) -> Client:
        return connect(name, caps=caps)

    return open_one


@pytest.fixture
def room() -> str:
    """The name of a room that nobody else uses."""
    return f"#room{next(_numbers)}"


@pytest.fixture
def nick() -> str:
    """A nick that nobody else uses."""
    return f"nick{next(_numbers)}"
