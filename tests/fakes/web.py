"""The raw client of `tests/fakes/irc.py` over a WebSocket: a message is a line."""

import contextlib
import time
from collections.abc import Sequence
from typing import Self

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from tests.fakes.irc import SECONDS, Client, Closed, any_certificate

TEXT = Subprotocol("text.ircv3.net")
BINARY = Subprotocol("binary.ircv3.net")


class WebClient(Client):
    """A connection of a test, as a browser has it."""

    def __init__(self, web: ClientConnection) -> None:
        super().__init__(web.socket)
        self.web = web
        self.kinds: set[type] = set()
        """Of the messages so far: str for text, bytes for binary."""

    @classmethod
    def open(
        cls,
        host: str,
        port: int,
        *subprotocols: Subprotocol,
        tls: bool = False,
        origin: str = "",
        headers: Sequence[tuple[str, str]] = (),
    ) -> Self:
        """Shake hands.  Raises the library's InvalidStatus where that is refused."""
        web = connect(
            f"{'wss' if tls else 'ws'}://{host}:{port}/",
            ssl=any_certificate() if tls else None,
            subprotocols=subprotocols or None,
            origin=Origin(origin) if origin else None,
            additional_headers=headers,
            proxy=None,
            ping_interval=None,
            open_timeout=SECONDS,
            max_queue=None,
        )
        return cls(web.__enter__())  # its exit is ``close``

    def send_bytes(self, data: bytes) -> None:
        """Send lines, a message each, as what was agreed on."""
        for line in data.decode().removesuffix("\r\n").split("\r\n"):
            self.web.send(line, text=self.web.subprotocol != BINARY)

    def read_line(self, seconds: float = SECONDS) -> bytes:
        """The next message, as the line that it is.  Raises Closed at the end."""
        deadline = time.monotonic() + seconds
        try:
            message = self.web.recv(max(0.001, deadline - time.monotonic()))
        except ConnectionClosed:
            raise Closed([]) from None
        self.kinds.add(type(message))
        line = message.encode() if isinstance(message, str) else bytes(message)
        assert b"\r" not in line
        assert b"\n" not in line
        return line + b"\r\n"

    def close(self) -> None:
        """Close in order, without a QUIT."""
        with contextlib.suppress(ConnectionClosed):
            self.web.close()
