"""One client's WebSocket: a ``Channel`` whose bytes are frames.

It begins with the handshake.  Only when that has succeeded the client is one for the ``Node``,
which knows nothing of WebSockets: it is given lines, and gives lines.
"""

import asyncio
from collections.abc import Callable
from http import HTTPStatus
from typing import TYPE_CHECKING

from websockets.http11 import Request

from core.runtime import refusals
from core.runtime.addresses import Networks, forwarded_for
from core.runtime.channel import Channel, Peer
from core.runtime.handshake import Handshake, Refused
from core.runtime.websocket import Received, WebSocket
from core.wire.tags import CLIENT_TAG_DATA

if TYPE_CHECKING:
    from core.runtime.worker import Worker

# How long a client may take to answer the close frame.
CLOSE_SECONDS = 2.0
# Frames without a line that are taken in a second; lines have limits of their own.
IDLE_FRAMES = 100
# So many bytes are looked at before that is checked: some hundreds of the smallest frames.
PORTION = 4096


class WebChannel(Channel):
    """Frames of one client."""

    __slots__ = ("_handshake", "_idle", "_idle_since", "_timer", "_web")

    def __init__(
        self, worker: "Worker", peer: Peer, send: Callable[[bytes], int] | None = None
    ) -> None:
        super().__init__(worker, peer, send)
        # A line that is too long for IRC is answered, up to twice the length of the longest.
        longest = 2 * (CLIENT_TAG_DATA + 2 + worker.config.limits.line_bytes)
        self._handshake = Handshake(worker.config, longest)
        self._web: WebSocket | None = None  # until the handshake is over
        self._timer: asyncio.TimerHandle | None = None
        self._idle = 0  # frames without a line, in the second that began at
        self._idle_since = 0.0

    # The handshake.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The socket is ready; the request is on its way."""
        self._attach(transport)
        wait = self._worker.config.limits.register_seconds
        if wait:
            self._timer = self._worker.loop.call_later(wait, self._late)

    def data_received(self, data: bytes) -> None:
        """Bytes from the client."""
        assert self._transport is not None
        if self._web is not None:
            self._receive(self._web, data)
            return
        if self._transport.is_closing():
            return
        try:
            request = self._handshake.feed(data)
            if request is not None:
                self._identify(request)
        except Refused as refused:
            self._refuse(refused)

    def _identify(self, request: Request) -> None:
        """Whom the request is from, if a proxy passes it on, and whether they may come in."""
        assert self._transport is not None
        peer, config = self._peer, self._worker.config
        proxies = Networks(config.proxy.forwarded)
        values = request.headers.get_all("X-Forwarded-For")
        if values and peer.address in proxies:
            address = forwarded_for(values, proxies)
            if address is None:
                raise Refused(HTTPStatus.BAD_REQUEST, "X-Forwarded-For must have addresses")
            schemes = ",".join(request.headers.get_all("X-Forwarded-Proto")).split(",")
            secure = all(scheme.strip().lower() in ("https", "wss") for scheme in schemes)
            self._peer = peer._replace(address=address, secure=secure)
        sentence = refusals.of_plaintext(config, self._peer.address)
        if sentence and not self._peer.secure:
            raise Refused(HTTPStatus.FORBIDDEN, sentence)
        if self._peer.address == peer.address:
            self._accept()
        else:
            self._transport.pause_reading()
            self._worker.reports.ask(peer.number, self._peer.address, self._decide)

    def _decide(self, admitted: bool) -> None:
        assert self._transport is not None
        if self._transport.is_closing():
            return
        self._transport.resume_reading()
        try:
            if not admitted:
                raise Refused(HTTPStatus.TOO_MANY_REQUESTS, refusals.TOO_MANY)
            self._accept()
        except Refused as refused:
            self._refuse(refused)

    def _accept(self) -> None:
        super().write(self._handshake.accept())
        self._stop_timer()
        self._web = WebSocket(self._handshake.protocol)
        self._enter()
        self._receive(self._web, self._handshake.rest)

    def _late(self) -> None:
        self._timer = None
        self._refuse(Refused(HTTPStatus.REQUEST_TIMEOUT, "The request did not come"))

    def _refuse(self, refused: Refused) -> None:
        self._stop_timer()
        super().write(refused.answer)
        super().close()

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    # Frames.

    def _receive(self, web: WebSocket, data: bytes) -> None:
        for start in range(0, len(data), PORTION):
            received = web.receive(data[start : start + PORTION])
            self._take(received)
            if received.idle and web.open and self._is_flood(received.idle):
                super().write(web.fail())
                super().close()
            if not web.open:
                break

    def _is_flood(self, idle: int) -> bool:
        now = self._worker.loop.time()
        if now - self._idle_since >= 1.0:
            self._idle_since = now
            self._idle = 0
        self._idle += idle
        return self._idle > IDLE_FRAMES

    def _take(self, received: Received) -> None:
        if received.answer:
            super().write(received.answer)
        super().data_received(received.lines)  # even if there are none: it is a sign of life
        if received.ended:
            super().close()

    def write(self, data: bytes) -> None:
        """Send lines, a message each."""
        if self._web is not None and self._web.open:
            super().write(self._worker.framer.frames(data, self._web.binary))

    def close(self) -> None:
        """Begin to close: the client is to answer, or has a moment to."""
        if self._web is not None and self._web.open:
            super().write(self._web.close())
            self._worker.loop.call_later(CLOSE_SECONDS, super().close)
        else:
            super().close()

    def connection_lost(self, error: Exception | None) -> None:
        """The socket is closed."""
        self._stop_timer()
        super().connection_lost(error)
