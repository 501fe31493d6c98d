"""What the integration tests start, and that none of it is left."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.keyrings import BACKEND
from tests.fakes.server import NO_FLOOD_GATE, Server
from tests.fakes.windows import Client

StartServer = Callable[..., Server]
OpenWindow = Callable[..., Client]


@pytest.fixture
def start_server(tmp_path: Path) -> Iterator[StartServer]:
    """`start_server(workers=3, config=...)` runs one; what still runs at the end is killed."""
    started: list[Server] = []

    def start(**options: Any) -> Server:
        server = Server(tmp_path / f"server{len(started)}", **options)
        started.append(server)
        return server.start()

    yield start
    for server in started:
        server.kill()


@pytest.fixture
def one_worker(tmp_path: Path) -> Iterator[Server]:
    """A running server; ended afterwards, in order if it still runs."""
    made = Server(tmp_path / "server", workers=1)
    try:
        made.start()
        yield made
    finally:
        made.stop()


@pytest.fixture
def two_workers(tmp_path: Path) -> Iterator[Server]:
    """A server with two workers that lets anybody say much at a time."""
    with Server(tmp_path / "server", workers=2, config=NO_FLOOD_GATE) as running:
        yield running


@pytest.fixture
def window(two_workers: Server, tmp_path: Path) -> Iterator[OpenWindow]:
    """`window(nick)` opens one in the lobby, `window(nick, dialog=True)` with its dialog; `name`
    tells two of one nick apart.  All have a keyring that is a file, and are closed afterwards."""
    opened: list[Client] = []
    keyring = {
        "PYTHON_KEYRING_BACKEND": BACKEND,
        "PARLOR_TEST_KEYRING": str(tmp_path / "keyring.json"),
    }

    def open_one(nick: str, *more: str, dialog: bool = False) -> Client:
        client = Client(nick, two_workers.port, tmp_path, *more, env=keyring, dialog=dialog)
        opened.append(client)
        if dialog:
            client.wait(dialog="connect")
            client.focus("Connect")
        else:
            client.focus()  # a window that appears takes the focus: let that be over
            client.wait(current="#lobby", banner="", connection="online")
        return client

    yield open_one
    for client in opened:
        client.stop()
