"""From an accepted socket to a channel: whose it is, and what it speaks.

A connection from a proxy begins with a PROXY header, which is taken off.  After that the first
bytes are only looked at: 0x16 begins TLS, ``GET `` a WebSocket, and anything else is IRC.  Who
sends too little to tell has until the time to register is over.

Nothing in here waits: a socket is looked at again when it has more than it had.
"""

import asyncio
import enum
import socket
import ssl
from typing import TYPE_CHECKING

from core.runtime import clienthello, greeter, proxy, refusals
from core.runtime.addresses import Networks, address_of
from core.runtime.channel import Channel, Peer
from core.runtime.process import log
from core.runtime.webchannel import WebChannel

if TYPE_CHECKING:
    from core.runtime.worker import Worker

# As much as any of the beginnings can take.
PEEK_BYTES = clienthello.GREATEST
# How long a refused client may take to read why.
REFUSAL_SECONDS = 1.0
# Where "0: no limit" is not possible.
NO_LIMIT_SECONDS = 3600.0


class Kind(enum.Enum):
    """What a connection speaks."""

    IRC = enum.auto()
    WEB = enum.auto()
    TLS = enum.auto()
    TLS_WEB = enum.auto()  # a browser, or something like it


def kind_of(data: bytes) -> Kind | None:
    """What a connection speaks that begins so; None if that cannot be told yet."""
    if data[0] == clienthello.RECORD:
        web = clienthello.is_web(data)
        return None if web is None else Kind.TLS_WEB if web else Kind.TLS
    web = greeter.is_web(data)
    return None if web is None else Kind.WEB if web else Kind.IRC


class _Arrival:
    """A socket that has no channel yet."""

    __slots__ = ("address", "header_due", "number", "secure", "seen", "settled", "sock", "timer")

    def __init__(self, sock: socket.socket, number: int, address: str, header_due: bool) -> None:
        self.sock = sock
        self.number = number  # the acceptor's
        self.address = address
        self.header_due = header_due  # a PROXY header must come first
        self.secure = False  # a proxy says that it has TLS with the client
        self.seen = 0  # bytes that were there at the last look, and were too few
        self.timer: asyncio.TimerHandle | None = None
        self.settled = False  # it is decided what becomes of it


class Entrance:
    """All sockets of a worker that have no channel yet."""

    def __init__(self, worker: "Worker") -> None:
        self._worker = worker
        self._loop = worker.loop
        self._proxies = Networks(worker.config.proxy.protocol)

    def take(self, sock: socket.socket, number: int) -> None:
        """A socket from the acceptor, its ``number``-th."""
        sock.setblocking(False)
        try:
            if sock.family != socket.AF_UNIX:
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except OSError:  # closed already
            self._drop(sock, number)
            return
        address = address_of(sock)
        self._look(_Arrival(sock, number, address, address in self._proxies))

    def _look(self, arrival: _Arrival) -> None:
        try:
            data = arrival.sock.recv(PEEK_BYTES, socket.MSG_PEEK)
        except BlockingIOError:
            self._wait(arrival)
            return
        except OSError:
            data = b""
        if len(data) <= arrival.seen:  # it woke up for the end
            self._leave(arrival)
        elif arrival.header_due:
            self._read_header(arrival, data)
        elif (kind := kind_of(data)) is None:
            arrival.seen = len(data)
            self._wait(arrival)
        else:
            self._settle(arrival)
            self._loop.create_task(self._serve(arrival, kind))

    def _read_header(self, arrival: _Arrival, data: bytes) -> None:
        try:
            header = proxy.parse(data)
        except proxy.BadHeader as error:
            log.warning("%s: bad PROXY header: %s", arrival.address, error)
            self._leave(arrival)
            return
        if header is None:
            arrival.seen = len(data)
            self._wait(arrival)
            return
        arrival.sock.recv(header.length)
        self._want(arrival, 0)
        arrival.header_due = False
        arrival.secure = header.secure
        if not header.address:
            self._look(arrival)
            return
        arrival.address = header.address
        self._set_timer(arrival)
        self._worker.reports.ask(
            arrival.number, header.address, lambda admitted: self._admit(arrival, admitted)
        )

    def _admit(self, arrival: _Arrival, admitted: bool) -> None:
        if arrival.settled:  # too late
            return
        if admitted:
            self._look(arrival)
        else:
            self._refuse(arrival, refusals.TOO_MANY)

    # Waiting for more.

    def _wait(self, arrival: _Arrival) -> None:
        """Look again when there is more than ``seen``, or the end."""
        if arrival.seen:
            self._want(arrival, arrival.seen)
        self._set_timer(arrival)
        self._loop.add_reader(arrival.sock, self._ready, arrival)

    def _want(self, arrival: _Arrival, seen: int) -> None:
        """What is only looked at stays, and would wake up the loop again and again."""
        arrival.seen = seen
        arrival.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, seen + 1)

    def _set_timer(self, arrival: _Arrival) -> None:
        if arrival.timer is None:
            wait = self._worker.config.limits.register_seconds or NO_LIMIT_SECONDS
            arrival.timer = self._loop.call_later(wait, self._late, arrival)

    def _late(self, arrival: _Arrival) -> None:
        if arrival.seen:  # the beginning of something that is not IRC
            self._leave(arrival)
        else:
            self._refuse(arrival, refusals.TIMED_OUT)

    def _ready(self, arrival: _Arrival) -> None:
        self._loop.remove_reader(arrival.sock)
        self._look(arrival)

    def _settle(self, arrival: _Arrival) -> None:
        arrival.settled = True
        if arrival.timer is not None:
            arrival.timer.cancel()
            self._loop.remove_reader(arrival.sock)
        if arrival.seen:
            self._want(arrival, 0)

    # What becomes of it.

    async def _serve(self, arrival: _Arrival, kind: Kind) -> None:
        worker, sock = self._worker, arrival.sock
        peer = Peer(arrival.number, arrival.address, arrival.secure)
        options: dict[str, object] = {}
        protocol: Channel | greeter.Greeter
        if kind in (Kind.TLS, Kind.TLS_WEB):
            contexts = worker.setting.tls
            options["ssl"] = contexts.web if kind is Kind.TLS_WEB else contexts.irc
            wait = worker.config.limits.register_seconds or NO_LIMIT_SECONDS
            options["ssl_handshake_timeout"] = wait
            protocol = greeter.Greeter(worker, peer._replace(secure=True))
        elif kind is Kind.WEB:
            protocol = WebChannel(worker, peer, sock.send)
        else:
            refusal = refusals.of_plaintext(worker.config, peer.address)
            if refusal and not peer.secure:
                self._refuse(arrival, refusal)
                return
            protocol = Channel(worker, peer, sock.send)
        try:
            await self._loop.connect_accepted_socket(
                lambda: protocol,
                sock,
                **options,  # type: ignore[arg-type]
            )
        except (TimeoutError, OSError, ssl.SSLError) as error:
            log.info("no connection with %s: %s", peer.address, error)
            self._drop(sock, peer.number)

    def _refuse(self, arrival: _Arrival, sentence: str) -> None:
        self._settle(arrival)
        try:
            arrival.sock.send(refusals.error(sentence))
            arrival.sock.shutdown(socket.SHUT_WR)
        except OSError:
            pass
        # Closed at once, what the client has sent would bring it a reset instead of the sentence.
        self._loop.call_later(REFUSAL_SECONDS, self._drop, arrival.sock, arrival.number)

    def _leave(self, arrival: _Arrival) -> None:
        self._settle(arrival)
        self._drop(arrival.sock, arrival.number)

    def _drop(self, sock: socket.socket, number: int) -> None:
        sock.close()
        self._worker.reports.closed(number)
