"""A socket of the network thread, and what its failures mean in words."""

import asyncio
import socket
import ssl
from collections.abc import Callable
from typing import Final, cast

from gui.link import ConnectionFailed, Target

# Bytes that are handed over at once, and the pause after them (seconds) while there are more.  A
# flood would keep Python busy and the window waiting for its turn; like this it is read at tens
# of thousands of messages a second, and the window's frames take a few milliseconds longer.
PIECE: Final = 16_384
PAUSE: Final = 0.001


class Wire(asyncio.Protocol):
    """A socket: bytes to the link, and the end of it."""

    def __init__(self, received: Callable[["Wire", bytes], None]) -> None:
        self._received = received
        self._rest = bytearray()  # not handed over yet
        self._next: asyncio.TimerHandle | None = None
        self.transport: asyncio.Transport | None = None
        self.ended: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The socket is up."""
        self.transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """The server says something."""
        self._rest += data
        if self._next is None:
            self._hand_over()

    def _hand_over(self) -> None:
        """One piece now, the others later; nothing more is read meanwhile."""
        piece = bytes(self._rest[:PIECE])
        del self._rest[:PIECE]
        self._next = None
        if self._rest:
            self._next = asyncio.get_running_loop().call_later(PAUSE, self._hand_over)
            self._read(go_on=False)
        else:
            self._read(go_on=True)
        self._received(self, piece)

    def _read(self, *, go_on: bool) -> None:
        transport = self.transport
        if transport is None or transport.is_closing() or transport.is_reading() is go_on:
            return
        if go_on:
            transport.resume_reading()
        else:
            transport.pause_reading()

    def connection_lost(self, exc: Exception | None) -> None:
        """The socket is gone; what it brought counts still."""
        if self._next is not None:
            self._next.cancel()
        while self._rest:
            self._received(self, bytes(self._rest[:PIECE]))
            del self._rest[:PIECE]
        if not self.ended.done():
            self.ended.set_result(problem(exc) if exc else "the server has closed the connection")

    def close(self) -> None:
        """End it, after what was written has gone out."""
        if self.transport is not None:
            self.transport.close()


def problem(error: BaseException) -> str:
    """What a failure means, in words."""
    if isinstance(error, socket.gaierror):
        return "No server has this name."
    if isinstance(error, ValueError) and not isinstance(error, OSError):  # 'a..b', for instance
        return "This cannot be a server's name."
    if isinstance(error, ConnectionRefusedError):
        return "No server answers there."
    if isinstance(error, TimeoutError):
        return "The server does not answer."
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"The certificate is not valid: {error.verify_message}."
    if isinstance(error, ssl.SSLError):
        return "TLS did not work; the server may not speak it on this port."
    if isinstance(error, ConnectionResetError):
        return "The server has broken off the connection."
    if isinstance(error, OSError) and error.strerror:
        return f"{error.strerror}."
    return str(error) or type(error).__name__


def failure(error: BaseException, target: Target) -> ConnectionFailed:
    """The failure of a first attempt, and the field of the dialog that it belongs to."""
    if target.tls and isinstance(error, TimeoutError):
        sentence = "The server does not answer; it may not speak TLS on this port."
        return ConnectionFailed("tls", sentence)
    if isinstance(error, ssl.SSLError):
        return ConnectionFailed("tls", problem(error))
    field = "port" if isinstance(error, ConnectionRefusedError) else "host"
    return ConnectionFailed(field, problem(error))
