"""The first bytes inside TLS: they tell whether it is IRC or a WebSocket.

It has the connection until then, and gives the transport on to the channel that is asked for.
"""

import asyncio
import hashlib
import ssl
from typing import TYPE_CHECKING, cast

from core.runtime import refusals
from core.runtime.channel import LINGER_SECONDS, Channel, Peer
from core.runtime.handshake import GET
from core.runtime.webchannel import WebChannel

if TYPE_CHECKING:
    from core.runtime.worker import Worker


def is_web(data: bytes) -> bool | None:
    """Whether a connection that begins so is a WebSocket; None if that cannot be told yet."""
    if data.startswith(GET):
        return True
    return None if GET.startswith(data) else False


def fingerprint_of(tls: ssl.SSLObject) -> str:
    """SHA-256 of the client's certificate, in hex; "" if it has shown none.

    TLS has proved that the client has its key; who made the certificate is nobody's concern.
    """
    certificate = tls.getpeercert(binary_form=True)
    return hashlib.sha256(certificate).hexdigest() if certificate else ""


class Greeter(asyncio.Protocol):
    """One client's TLS connection, before it has said anything."""

    def __init__(self, worker: "Worker", peer: Peer) -> None:
        self._worker = worker
        self._peer = peer
        self._data = b""
        self._transport: asyncio.Transport | None = None
        self._timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The TLS handshake is done."""
        self._transport = cast(asyncio.Transport, transport)
        certificate = fingerprint_of(transport.get_extra_info("ssl_object"))
        self._peer = self._peer._replace(certificate=certificate)
        wait = self._worker.config.limits.register_seconds
        if wait:
            self._timer = self._worker.loop.call_later(wait, self._late)

    def data_received(self, data: bytes) -> None:
        """Bytes from the client."""
        assert self._transport is not None
        self._data += data
        web = is_web(self._data)
        if web is None:
            return
        if self._timer is not None:
            self._timer.cancel()
        channel = (WebChannel if web else Channel)(self._worker, self._peer)
        self._transport.set_protocol(channel)
        channel.connection_made(self._transport)
        channel.data_received(self._data)

    def _late(self) -> None:
        assert self._transport is not None
        self._transport.write(refusals.error(refusals.TIMED_OUT))
        self._transport.close()
        self._worker.loop.call_later(LINGER_SECONDS, self._transport.abort)

    def connection_lost(self, error: Exception | None) -> None:
        """The socket is closed."""
        if self._timer is not None:
            self._timer.cancel()
        self._worker.reports.closed(self._peer.number)
