"""What a worker and the acceptor tell each other, a message each.

About numbered sockets, the worker: that it is READY; which sockets have CLOSED; and WHOSE a
socket is that came from a proxy.  The acceptor answers this last one with ADMITTED, or REFUSED
where the limit of connections per address is reached: it alone knows the connections of all
workers.

About the whole server, the worker: that an operator wants a REHASH, or to HALT.  The acceptor
answers REHASHED, in the order of asking; and tells all workers the SETTINGS that hold from now on.
"""

import asyncio
import contextlib
from collections import deque
from collections.abc import Callable
from multiprocessing.connection import Connection as Pipe

import msgspec

from core.config import Config
from core.session.jobs import Halt, Rehashed

READY = b"r"
CLOSED = b"c"
WHOSE = b"w"
ADMITTED = b"y"
REFUSED = b"n"
REHASH = b"h"
HALT = b"d"
REHASHED = b"H"
SETTINGS = b"s"

_NUMBER_BYTES = 4


def encode(kind: bytes, *numbers: int) -> bytes:
    """A message about sockets."""
    return kind + b"".join(number.to_bytes(_NUMBER_BYTES, "big") for number in numbers)


def numbers_of(message: bytes) -> list[int]:
    """The sockets that a message is about."""
    return [
        int.from_bytes(message[start : start + _NUMBER_BYTES], "big")
        for start in range(1, len(message), _NUMBER_BYTES)
    ]


def encode_whose(number: int, address: str) -> bytes:
    """WHOSE: a socket's client has this address."""
    return encode(WHOSE, number) + address.encode()


def decode_whose(message: bytes) -> tuple[int, str]:
    """The socket and the address."""
    cut = 1 + _NUMBER_BYTES
    return numbers_of(message[:cut])[0], message[cut:].decode()


_encode = msgspec.msgpack.Encoder().encode
_decode_halt = msgspec.msgpack.Decoder(Halt).decode
_decode_rehashed = msgspec.msgpack.Decoder(Rehashed).decode
_decode_settings = msgspec.msgpack.Decoder(Config).decode


def encode_settings(config: Config) -> bytes:
    """SETTINGS."""
    return SETTINGS + _encode(config)


def encode_rehashed(rehashed: Rehashed) -> bytes:
    """REHASHED."""
    return REHASHED + _encode(rehashed)


def decode_halt(message: bytes) -> Halt:
    """What HALT asks for."""
    return _decode_halt(message[1:])


class Reports:
    """The worker's end of the pipe."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        pipe: Pipe,
        on_settings: Callable[[Config], None],
    ) -> None:
        self._loop = loop
        self._pipe = pipe
        self._on_settings = on_settings
        self._rehashing: deque[asyncio.Future[Rehashed]] = deque()  # who waits, in order
        self._closed: list[int] = []  # sockets not yet told of
        self._asked: dict[int, Callable[[bool], None]] = {}  # what to do with the verdict

    def begin(self) -> None:
        """From now on sockets can be taken."""
        self._loop.add_reader(self._pipe.fileno(), self._hear)
        self._tell(READY)

    def closed(self, number: int) -> None:
        """The socket that the acceptor gave as its ``number``-th is closed."""
        self._asked.pop(number, None)
        self._closed.append(number)
        if len(self._closed) == 1:
            self._loop.call_soon(self._tell_closed)

    def ask(self, number: int, address: str, decide: Callable[[bool], None]) -> None:
        """Count a socket as one from ``address``; ``decide(False)`` if those are too many."""
        self._asked[number] = decide
        self._tell(encode_whose(number, address))

    async def rehash(self) -> Rehashed:
        """Have the settings read again, for all processes."""
        answer: asyncio.Future[Rehashed] = self._loop.create_future()
        self._rehashing.append(answer)
        self._tell(REHASH)
        return await answer

    def halt(self, wish: Halt) -> None:
        """Have the whole server end."""
        self._tell(HALT + _encode(wish))

    def _tell_closed(self) -> None:
        closed, self._closed = self._closed, []
        self._tell(encode(CLOSED, *closed))

    def _tell(self, message: bytes) -> None:
        with contextlib.suppress(OSError):  # the acceptor is gone; its end-of-file stops this one
            self._pipe.send_bytes(message)

    def _hear(self) -> None:
        try:
            message = self._pipe.recv_bytes()
        except (EOFError, OSError):
            self._loop.remove_reader(self._pipe.fileno())
            return
        kind, body = message[:1], message[1:]
        if kind == SETTINGS:
            self._on_settings(_decode_settings(body))
        elif kind == REHASHED:
            self._rehashing.popleft().set_result(_decode_rehashed(body))
        else:
            for number in numbers_of(message):
                decide = self._asked.pop(number, None)
                if decide is not None:
                    decide(kind == ADMITTED)
