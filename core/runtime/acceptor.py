"""Accepting connections and handing them to the workers, over ``multiprocessing`` pipes."""

import contextlib
import errno
import resource
import select
import selectors
import socket
import time
from collections import deque
from collections.abc import Callable
from multiprocessing.connection import Connection as Pipe
from multiprocessing.reduction import send_handle

from core.errors import OperatorError
from core.runtime import refusals, reports
from core.runtime.addresses import Networks, address_of, is_loopback
from core.runtime.process import log

BACKLOG = 4096
# A process out of descriptors lets new connections wait in the backlog for so long.
PAUSE_SECONDS = 0.2
# Descriptors that a process needs for other things than its clients.
RESERVE = 64
# Accepted at a turn, at most, so that nothing else waits for long.
AT_ONCE = 256
# Sockets that may wait for a worker to come up.
WAITING = 4096


class Seat:
    """A worker, as the acceptor sees it."""

    def __init__(self, slot: int, pipe: Pipe, reports: Pipe, started: float) -> None:
        self.slot = slot  # 1 to N; a worker started anew keeps the place
        self.pipe = pipe  # sockets go out here; some systems answer each one on the same pipe
        self.reports = reports  # what the worker tells, and asks
        self.started = started  # seconds, monotonic
        self.ready = False
        self.open = True  # both pipes are, and the selector watches the reports
        self.given = 0  # sockets so far; both sides number them in this order
        self.addresses: dict[int, str] = {}  # of the sockets it holds, by number

    @property
    def load(self) -> int:
        """Connections held."""
        return len(self.addresses)


class Acceptor:
    """Listening sockets and the workers' seats."""

    def __init__(
        self, selector: selectors.BaseSelector, per_address: int, proxies: Networks
    ) -> None:
        self._selector = selector
        self._per_address = per_address  # 0: no limit
        self._proxies = proxies  # not limited themselves: workers tell whom they stand for
        descriptors, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
        self._per_worker = max(1, descriptors - RESERVE)  # sockets that one can hold
        self._at_most_waiting = min(WAITING, self._per_worker)
        self._paused_until = 0.0  # seconds, monotonic; 0 while connections are accepted
        self._listeners: list[socket.socket] = []
        self._seats: dict[int, Seat] = {}
        self._waiting: deque[tuple[socket.socket, str]] = deque()
        self._held: dict[str, int] = {}  # connections by address, where they count
        # Told of a worker's REHASH and HALT, which are about more than sockets.
        self.on_order: Callable[[Seat, bytes], None] | None = None

    @property
    def port(self) -> int:
        """The port that is listened on."""
        return int(self._listeners[0].getsockname()[1])

    def add(self, listener: socket.socket) -> None:
        """Accept from ``listener``."""
        self._listeners.append(listener)
        self._watch(listener)

    def _watch(self, listener: socket.socket) -> None:
        self._selector.register(listener, selectors.EVENT_READ, lambda: self._accept(listener))

    def _pause(self) -> None:
        if not self._paused_until:
            for listener in self._listeners:
                self._selector.unregister(listener)
        self._paused_until = time.monotonic() + PAUSE_SECONDS

    def seat(self, key: int, seat: Seat) -> None:
        """A worker that will take connections once it says so."""
        self._seats[key] = seat
        self._selector.register(seat.reports, selectors.EVENT_READ, lambda: self._hear(seat))

    def unseat(self, key: int) -> Seat:
        """A worker that takes none any more; what it held is closed, and its pipes."""
        seat = self._seats.pop(key)
        for address in seat.addresses.values():
            self._release(address)
        self._shut(seat)
        return seat

    @property
    def waiting(self) -> bool:
        """True if something waits: call ``hand_out`` soon."""
        return bool(self._waiting) or bool(self._paused_until)

    def hand_out(self) -> None:
        """Give the sockets that wait, as far as workers take them; accept again after a pause."""
        if self._paused_until and time.monotonic() >= self._paused_until:
            self._paused_until = 0.0
            for listener in self._listeners:
                self._watch(listener)
        while self._waiting and self._give(*self._waiting[0]):
            self._waiting.popleft()

    def all_ready(self, count: int) -> bool:
        """True if ``count`` workers take connections."""
        return sum(seat.ready for seat in self._seats.values()) == count

    def close(self) -> None:
        """Accept nothing more."""
        self._pause()
        for listener in self._listeners:
            listener.close()
        self.drop_waiting()

    def drop_waiting(self) -> None:
        """Close this process's ends of the sockets that wait (also in a child, after a fork)."""
        for sock, _ in self._waiting:
            sock.close()
        self._waiting.clear()

    def _accept(self, listener: socket.socket) -> None:
        for _ in range(AT_ONCE):
            try:
                sock, _ = listener.accept()
            except BlockingIOError:
                return
            except OSError as error:  # out of descriptors: the connection stays in the backlog
                log.error("cannot accept a connection: %s", error)
                self._pause()
                return
            address = address_of(sock)
            if self._is_over_limit(address):
                self._refuse(sock, refusals.TOO_MANY)
            elif self._waiting or not self._give(sock, address):
                if len(self._waiting) >= self._at_most_waiting:
                    self._refuse(sock, refusals.FULL)
                else:
                    self._waiting.append((sock, address))

    def _is_over_limit(self, address: str) -> bool:
        limit = self._per_address
        return (
            bool(limit)
            and self._held.get(address, 0) >= limit
            and not is_loopback(address)
            and address not in self._proxies
        )

    def _refuse(self, sock: socket.socket, why: str) -> None:
        sock.setblocking(False)
        with contextlib.suppress(OSError):
            sock.send(refusals.error(why))
        sock.close()

    def _give(self, sock: socket.socket, address: str) -> bool:
        """Hand a socket to the least loaded worker that can take it now."""
        for seat in sorted(self._seats.values(), key=lambda seat: seat.load):
            if not (seat.ready and seat.open and _writable(seat.pipe)):
                continue
            if seat.load >= self._per_worker:
                continue
            try:
                send_handle(seat.pipe, sock.fileno(), None)
            except (OSError, RuntimeError):  # it just died; its sentinel will tell
                continue
            sock.close()
            seat.given += 1
            seat.addresses[seat.given] = address
            self._held[address] = self._held.get(address, 0) + 1
            return True
        return False

    def _hear(self, seat: Seat) -> None:
        try:
            said = seat.reports.recv_bytes()
        except (EOFError, OSError):  # the worker ended; its sentinel will tell
            self._shut(seat)
            return
        if said[:1] == reports.READY:
            seat.ready = True
        elif said[:1] in (reports.REHASH, reports.HALT):
            if self.on_order is not None:
                self.on_order(seat, said)
        elif said[:1] == reports.WHOSE:
            self._judge(seat, *reports.decode_whose(said))
        elif said[:1] == reports.CLOSED:
            for number in reports.numbers_of(said):
                address = seat.addresses.pop(number, None)
                if address is not None:
                    self._release(address)

    def _judge(self, seat: Seat, number: int, address: str) -> None:
        """A proxy's connection counts from now on as one of its client's address."""
        counted_as = seat.addresses.get(number)
        if counted_as is None:
            return
        verdict = reports.REFUSED
        if not self._is_over_limit(address):
            verdict = reports.ADMITTED
            self._release(counted_as)
            seat.addresses[number] = address
            self._held[address] = self._held.get(address, 0) + 1
        self.tell(seat, reports.encode(verdict, number))

    def tell(self, seat: Seat, message: bytes) -> None:
        """A message to a worker.  One that takes none any more must not stop the others."""
        if seat.open and _writable(seat.reports):
            with contextlib.suppress(OSError):  # it just died; its sentinel will tell
                seat.reports.send_bytes(message)

    def tell_all(self, message: bytes) -> None:
        """A message to all workers."""
        for seat in self._seats.values():
            self.tell(seat, message)

    def _release(self, address: str) -> None:
        left = self._held.get(address, 0) - 1
        if left > 0:
            self._held[address] = left
        else:
            self._held.pop(address, None)

    def _shut(self, seat: Seat) -> None:
        if seat.open:
            seat.open = False
            self._selector.unregister(seat.reports)
            seat.reports.close()
            seat.pipe.close()


def _writable(pipe: Pipe) -> bool:
    """True if a handle can be sent without waiting: a stuck worker must not stop the others."""
    poll = select.poll()
    poll.register(pipe.fileno(), select.POLLOUT)
    return any(events & select.POLLOUT for _, events in poll.poll(0))


def listen(host: str, port: int) -> list[socket.socket]:
    """Listening sockets for all addresses of ``host``, on one port (0: any).

    Raises OperatorError where that is not possible.
    """
    try:
        found = socket.getaddrinfo(
            host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )
    except (socket.gaierror, UnicodeError) as error:
        why = error.strerror if isinstance(error, socket.gaierror) else "it is no host name"
        raise OperatorError(f"{host}: the name is not known: {why}") from None
    listeners: list[socket.socket] = []
    problem: OSError | None = None
    for family, kind, protocol, _, address in dict.fromkeys(found):
        sock = socket.socket(family, kind, protocol)
        try:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6:
                sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            chosen = port or (listeners[0].getsockname()[1] if listeners else 0)
            sock.bind((address[0], chosen, *address[2:]))
            sock.listen(BACKLOG)
            sock.setblocking(False)
            listeners.append(sock)
        except OSError as error:
            sock.close()
            problem = error
            if error.errno == errno.EADDRINUSE:
                break
    if problem is not None and (not listeners or problem.errno == errno.EADDRINUSE):
        for sock in listeners:
            sock.close()
        raise OperatorError(
            f"{shown_address(host, port)}: cannot listen: {problem.strerror};"
            " choose another port with --port, or stop the program that has it"
        )
    return listeners


def shown_address(host: str, port: int) -> str:
    """``host:port``, with brackets around an IPv6 address."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
