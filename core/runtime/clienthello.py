"""A look at how a TLS connection begins: does a web browser (or a WebSocket client) call?

Browsers name ``http/1.1`` in the ClientHello (ALPN, RFC 7301).  That has to be known before
TLS begins: a server that asks for a certificate cannot be reached with their WebSockets.
"""

RECORD = 0x16  # a handshake record: the first byte of every TLS connection
# A ClientHello that is longer is let pass without a look.
GREATEST = 16384

_CLIENT_HELLO = 1
_ALPN = 16
_WEB = (b"http/1.1", b"h2", b"http/1.0")


class _Incomplete(Exception):
    """More bytes are needed."""


class _Reader:
    """Takes pieces off the front."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def take(self, size: int) -> bytes:
        piece = self.data[self.at : self.at + size]
        if len(piece) < size:
            raise _Incomplete
        self.at += size
        return piece

    def number(self, size: int) -> int:
        return int.from_bytes(self.take(size), "big")

    def vector(self, size: int) -> bytes:
        """A piece with its length, a number of ``size`` bytes, before it."""
        return self.take(self.number(size))


def is_web(data: bytes) -> bool | None:
    """Whether the ClientHello that ``data`` begins with offers HTTP; None while it is cut off.

    False as well for what is no ClientHello: TLS itself will refuse it.
    """
    try:
        hello = _handshake(data)
    except _Incomplete:
        return None if len(data) < GREATEST else False
    try:
        return hello is not None and any(name in _WEB for name in _protocols(hello))
    except _Incomplete:  # it is all there, and does not add up
        return False


def _handshake(data: bytes) -> bytes | None:
    """The first handshake message, put together from its records (RFC 8446, 5.1)."""
    reader = _Reader(data)
    message = b""
    while True:
        if reader.number(1) != RECORD:
            return None
        reader.take(2)  # a version, without a meaning
        message += reader.vector(2)
        if message[:1] and message[0] != _CLIENT_HELLO:
            return None
        if len(message) >= 4:
            size = int.from_bytes(message[1:4], "big")
            if len(message) >= 4 + size:
                return message[4 : 4 + size]


def _protocols(hello: bytes) -> list[bytes]:
    """What ALPN names (RFC 8446, 4.1.2)."""
    reader = _Reader(hello)
    reader.take(2 + 32)  # version, random
    reader.vector(1)  # session id
    reader.vector(2)  # cipher suites
    reader.vector(1)  # compression methods
    if reader.at == len(hello):
        return []
    extensions = _Reader(reader.vector(2))
    while extensions.at < len(extensions.data):
        kind, content = extensions.number(2), extensions.vector(2)
        if kind == _ALPN:
            names = _Reader(_Reader(content).vector(2))
            found = []
            while names.at < len(names.data):
                found.append(names.vector(1))
            return found
    return []
