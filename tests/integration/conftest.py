"""What the integration tests start, and that none of it is left."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.server import Server

StartServer = Callable[..., Server]


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
