"""The payload of AUTHENTICATE: base64 in chunks of 400 bytes, both ways.

A chunk of exactly 400 bytes says that more follows; "+" stands for nothing, alone or after the
last full chunk (https://ircv3.net/specs/extensions/sasl-3.1#the-authenticate-command).
"""

import binascii

from core.errors import PeerError

CHUNK = 400
# Bytes of base64 in one response, in all its chunks: a bound on what a client can make us keep.
LIMIT = 10 * CHUNK
NOTHING = "+"
ABORT = "*"


class BadPayload(PeerError):
    """Not base64."""


class PayloadTooLong(PeerError):
    """A chunk or all of them together are longer than allowed."""


def split(data: bytes) -> list[str]:
    """The parameters of the AUTHENTICATE lines that carry ``data``; never empty."""
    text = encode(data)
    chunks = [text[start : start + CHUNK] for start in range(0, len(text), CHUNK)]
    if len(text) % CHUNK == 0:
        chunks.append(NOTHING)
    return chunks


def encode(data: bytes) -> str:
    """``data`` in base64."""
    return binascii.b2a_base64(data, newline=False).decode()


def decode(text: str) -> bytes:
    """What the base64 in ``text`` stands for; raises BadPayload."""
    try:
        return binascii.a2b_base64(text, strict_mode=True)
    except ValueError:
        raise BadPayload("That is not base64") from None


class Assembler:
    """The chunks of one response after another."""

    __slots__ = ("_chunks", "_length", "_limit")

    def __init__(self, limit: int = LIMIT) -> None:
        self._limit = limit
        self._chunks: list[str] = []  # all of them full
        self._length = 0

    def feed(self, chunk: str) -> bytes | None:
        """The whole response, or None while more of it has to come.

        Raises PayloadTooLong or BadPayload; the exchange is over then.
        """
        length = len(chunk.encode())
        if length > CHUNK or self._length + length > self._limit:
            raise PayloadTooLong("The response is too long")
        if not chunk:
            raise BadPayload("A chunk is empty")
        if chunk != NOTHING:
            self._chunks.append(chunk)
            self._length += length
        if length == CHUNK:
            return None
        text = "".join(self._chunks)
        self._chunks.clear()
        self._length = 0
        return decode(text)
