"""One client's socket: the thin layer between the event loop and a ``Connection``."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, cast

if TYPE_CHECKING:
    from core.runtime.worker import Worker
    from core.session.connection import Connection

# What a transport can be told at most, for "no limit".
NO_LIMIT = (1 << 31) - 1
# A closed connection gets so long to take its last bytes.
LINGER_SECONDS = 5.0


class Peer(NamedTuple):
    """Who is at the other end."""

    number: int  # the acceptor's, of the socket
    address: str  # the client's, even where a proxy stands before it
    secure: bool  # the client's connection has TLS, here or at the proxy
    certificate: str = ""  # SHA-256 of the client's certificate in hex; "" without one


class Channel(asyncio.Protocol):
    """Bytes of one client."""

    __slots__ = (
        "_connection",
        "_direct",
        "_peer",
        "_send",
        "_transport",
        "_worker",
        "gone",
    )

    def __init__(
        self, worker: "Worker", peer: Peer, send: Callable[[bytes], int] | None = None
    ) -> None:
        self._worker = worker
        self._peer = peer
        # The socket's own send, for plain connections: a third of what the transport's costs.
        self._direct = send
        self._send = send  # None while the transport has something waiting, which goes first
        self._transport: asyncio.Transport | None = None
        self._connection: Connection | None = None
        self.gone = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The socket is ready (TLS included)."""
        self._attach(transport)
        self._enter()

    def _attach(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport = cast(asyncio.Transport, transport)
        limit = self._worker.config.limits.send_queue_bytes
        transport.set_write_buffer_limits(high=min(limit or NO_LIMIT, NO_LIMIT))

    def _enter(self) -> None:
        """From here on there is a client."""
        worker = self._worker
        assert worker.node is not None
        number, address, secure, certificate = self._peer
        self._connection = worker.node.connect(
            number, address, secure, worker.loop.time(), certificate
        )
        self._connection.channel = self

    def data_received(self, data: bytes) -> None:
        """Bytes from the client."""
        worker, connection = self._worker, self._connection
        assert worker.node is not None
        assert connection is not None
        worker.node.inbound.receive(connection, data, worker.loop.time())
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
        assert self._worker.node is not None
        assert self._transport is not None
        if connection is not None:
            self._worker.node.lost(connection, "SendQ exceeded")
        self._transport.abort()
        self._worker.pump_soon()

    def write(self, data: bytes) -> None:
        """Send ``data``: at once where the socket takes it, else as the transport can."""
        send = self._send
        if send is not None:
            try:
                sent = send(data)
            except BlockingIOError:
                sent = 0
            except OSError:  # the transport will tell
                return
            if sent == len(data):
                return
            data = data[sent:]
            self._send = None
        transport = self._transport
        assert transport is not None
        if self._direct is not None and not transport.get_write_buffer_size() and send is None:
            self._send = self._direct
            self.write(data)
        else:
            transport.write(data)

    def resume_writing(self) -> None:
        """Never called before ``pause_writing``, which closes."""

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
        self._send = self._direct = None
        worker, connection = self._worker, self._connection
        self._connection = None
        if connection is not None and worker.node is not None:
            connection.channel = None  # no cycle: both go at once
            worker.paused.pop(connection, None)
            worker.node.lost(connection, _reason(error))
            worker.pump_soon()
        worker.reports.closed(self._peer.number)


def _reason(error: Exception | None) -> str:
    """What others read when a user's socket closed without a QUIT."""
    if error is None:
        return "Connection closed"
    if isinstance(error, OSError) and error.strerror:
        return f"Connection lost: {error.strerror}"
    return "Connection lost"
