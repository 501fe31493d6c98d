"""Accepting connections and handing them to the workers, over ``multiprocessing`` pipes."""

import contextlib
import errno
import select
import selectors
import socket
from collections import deque
from multiprocessing.connection import Connection as Pipe
from multiprocessing.reduction import send_handle

from core.errors import OperatorError
from core.runtime.channel import address_of, is_loopback
from core.runtime.process import log
from core.runtime.worker import CLOSED, READY

BACKLOG = 4096
# Accepted at a turn, at most, so that nothing else waits for long.
AT_ONCE = 256
# Sockets that may wait for a worker to come up.
WAITING = 4096


class Seat:
    """A worker, as the acceptor sees it."""

    def __init__(self, slot: int, pipe: Pipe, started: float) -> None:
        self.slot = slot  # 1 to N; a worker started anew keeps the place
        self.pipe = pipe
        self.started = started  # seconds, monotonic
        self.ready = False
        self.watched = True  # the pipe is open, and the selector knows it
        self.given = 0  # sockets so far; both sides number them in this order
        self.addresses: dict[int, str] = {}  # of the sockets it holds, by number

    @property
    def load(self) -> int:
        """Connections held."""
        return len(self.addresses)


class Acceptor:
    """Listening sockets and the workers' seats."""

    def __init__(self, selector: selectors.BaseSelector, per_address: int) -> None:
        self._selector = selector
        self._per_address = per_address  # 0: no limit
        self._listeners: list[socket.socket] = []
        self._seats: dict[int, Seat] = {}
        self._waiting: deque[tuple[socket.socket, str]] = deque()
        self._held: dict[str, int] = {}  # connections by address, where they count

    @property
    def port(self) -> int:
        """The port that is listened on."""
        return int(self._listeners[0].getsockname()[1])

    def add(self, listener: socket.socket) -> None:
        """Accept from ``listener``."""
        self._listeners.append(listener)
        self._selector.register(listener, selectors.EVENT_READ, lambda: self._accept(listener))

    def seat(self, key: int, seat: Seat) -> None:
        """A worker that will take connections once it says so."""
        self._seats[key] = seat
        self._selector.register(seat.pipe, selectors.EVENT_READ, lambda: self._hear(seat))

    def unseat(self, key: int) -> Seat:
        """A worker that takes none any more; what it held is closed, and its pipe."""
        seat = self._seats.pop(key)
        for address in seat.addresses.values():
            self._release(address)
        self._forget_pipe(seat)
        return seat

    @property
    def waiting(self) -> bool:
        """True if sockets wait for a worker to take them; call ``hand_out`` soon."""
        return bool(self._waiting)

    def hand_out(self) -> None:
        """Give the sockets that wait, as far as workers take them."""
        while self._waiting and self._give(*self._waiting[0]):
            self._waiting.popleft()

    def all_ready(self, count: int) -> bool:
        """True if ``count`` workers take connections."""
        return sum(seat.ready for seat in self._seats.values()) == count

    def close(self) -> None:
        """Accept nothing more."""
        for listener in self._listeners:
            self._selector.unregister(listener)
            listener.close()
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
                return
            address = address_of(sock)
            if self._is_over_limit(address):
                self._refuse(sock, "Too many connections from your address")
            elif self._waiting or not self._give(sock, address):
                if len(self._waiting) >= WAITING:
                    self._refuse(sock, "The server is starting; try again in a moment")
                else:
                    self._waiting.append((sock, address))

    def _is_over_limit(self, address: str) -> bool:
        limit = self._per_address
        return bool(limit) and self._held.get(address, 0) >= limit and not is_loopback(address)

    def _refuse(self, sock: socket.socket, why: str) -> None:
        sock.setblocking(False)
        with contextlib.suppress(OSError):
            sock.send(f"ERROR :Closing link: {why}\r\n".encode())
        sock.close()

    def _give(self, sock: socket.socket, address: str) -> bool:
        """Hand a socket to the least loaded worker that can take it now."""
        for seat in sorted(self._seats.values(), key=lambda seat: seat.load):
            if not (seat.ready and seat.watched and _writable(seat.pipe)):
                continue
            try:
                send_handle(seat.pipe, sock.fileno(), None)
            except OSError:  # it just died; its sentinel will tell
                continue
            sock.close()
            seat.given += 1
            seat.addresses[seat.given] = address
            self._held[address] = self._held.get(address, 0) + 1
            return True
        return False

    def _hear(self, seat: Seat) -> None:
        try:
            said = seat.pipe.recv_bytes()
        except (EOFError, OSError):  # the worker ended; its sentinel will tell
            self._forget_pipe(seat)
            return
        if said[:1] == READY:
            seat.ready = True
        elif said[:1] == CLOSED:
            for start in range(1, len(said), 4):
                number = int.from_bytes(said[start : start + 4], "big")
                address = seat.addresses.pop(number, None)
                if address is not None:
                    self._release(address)

    def _release(self, address: str) -> None:
        left = self._held.get(address, 0) - 1
        if left > 0:
            self._held[address] = left
        else:
            self._held.pop(address, None)

    def _forget_pipe(self, seat: Seat) -> None:
        if seat.watched:
            seat.watched = False
            self._selector.unregister(seat.pipe)
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
    except socket.gaierror as error:
        raise OperatorError(f"{host}: the name is not known: {error.strerror}") from None
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
