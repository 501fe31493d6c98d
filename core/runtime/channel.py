"""One client's socket: the thin layer between the event loop and a ``Connection``."""

import asyncio
import ipaddress
import socket
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from core.runtime.worker import Worker
    from core.session.connection import Connection

# A closed connection gets so long to take its last bytes.
LINGER_SECONDS = 5.0


def address_of(sock: socket.socket) -> str:
    """The client's address, in a form that can stand in a line."""
    try:
        host = str(sock.getpeername()[0])
    except OSError:
        return "unknown"
    host = host.removeprefix("::ffff:")
    return "0" + host if host.startswith(":") else host


def is_loopback(address: str) -> bool:
    """True for 127.0.0.0/8 and ::1."""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


class Channel(asyncio.Protocol):
    """Bytes of one client."""

    __slots__ = ("_address", "_connection", "_number", "_secure", "_transport", "_worker", "gone")

    def __init__(self, worker: "Worker", number: int, address: str, secure: bool) -> None:
        self._worker = worker
        self._number = number
        self._address = address
        self._secure = secure
        self._transport: asyncio.Transport | None = None
        self._connection: Connection | None = None
        self.gone = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The socket is ready (TLS included)."""
        worker = self._worker
        assert worker.node is not None
        self._transport = transport = cast(asyncio.Transport, transport)
        limit = worker.config.limits.send_queue_bytes
        transport.set_write_buffer_limits(high=limit or 1 << 62)
        self._connection = worker.node.connect(
            self._number, self._address, self._secure, worker.loop.time()
        )
        self._connection.channel = self

    def data_received(self, data: bytes) -> None:
        """Bytes from the client."""
        worker, connection = self._worker, self._connection
        assert worker.node is not None and connection is not None
        worker.node.receive(connection, data, worker.loop.time())
        if connection.paused:
            self._pause(connection)
        worker.pump_soon()

    def _pause(self, connection: "Connection") -> None:
        assert self._transport is not None
        if not connection.closing:
            self._transport.pause_reading()
            self._worker.paused[connection] = None

    def resume(self) -> None:
        """Read again."""
        assert self._transport is not None
        if not self._transport.is_closing():
            self._transport.resume_reading()

    def pause_writing(self) -> None:
        """The client does not take what it is sent: the bound is reached."""
        connection = self._connection
        assert connection is not None and self._worker.node is not None
        assert self._transport is not None
        self._worker.node.lost(connection, "SendQ exceeded")
        self._transport.abort()
        self._worker.pump_soon()

    def write(self, data: bytes) -> None:
        """Send ``data``."""
        assert self._transport is not None
        self._transport.write(data)

    def close(self) -> None:
        """Close, after what was written has gone out or a few seconds have passed."""
        transport = self._transport
        assert transport is not None
        if not transport.is_closing():
            transport.close()
            self._worker.loop.call_later(LINGER_SECONDS, self._abort)

    def _abort(self) -> None:
        if not self.gone and self._transport is not None:
            self._transport.abort()

    def eof_received(self) -> None:
        """The client closed its side: so do we."""

    def connection_lost(self, error: Exception | None) -> None:
        """The socket is closed."""
        self.gone = True
        worker, connection = self._worker, self._connection
        if connection is not None and worker.node is not None:
            worker.paused.pop(connection, None)
            worker.node.lost(connection, _reason(error))
            worker.pump_soon()
        worker.closed(self._number)


def _reason(error: Exception | None) -> str:
    """What others read when a user's socket closed without a QUIT."""
    if error is None:
        return "Connection closed"
    if isinstance(error, OSError) and error.strerror:
        return f"Connection lost: {error.strerror}"
    return "Connection lost"
