"""What tests of the network thread share; see `tests.gui.scripted`."""

import socket
import ssl
from collections.abc import Callable, Iterator

import pytest

from gui.network import Network
from tests.gui.scripted import Inbox, Scripted, Serve


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def network(inbox: Inbox) -> Iterator[Network]:
    made = Network(inbox.queue.put, {})
    yield made
    made.stop()


@pytest.fixture
def serve() -> Iterator[Serve]:
    servers: list[Scripted] = []

    def start(script: Callable[[socket.socket], None], **more: ssl.SSLContext) -> Scripted:
        servers.append(Scripted(script, more.get("context")))
        return servers[-1]

    yield start
    for server in servers:
        server.close()
