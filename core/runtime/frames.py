"""What travels between the processes: frames of bytes over socket pairs.

A frame is its body's length (4 bytes, big-endian), its kind (1 byte) and the body.  Facts stay
the opaque MessagePack that the worker made.  Nothing is ever pickled.
"""

import struct
from collections.abc import Sequence
from typing import NamedTuple

from core.state.facts import Chunk

CHUNK = 1  # worker -> relay: facts to be put in order
BATCH = 2  # relay -> store, relay -> workers: facts in order
SNAPSHOT = 3  # store -> relay -> worker: the replica, to begin with
SNAPSHOT_WANTED = 4  # relay -> store, for a worker
COMMITTED = 5  # store -> relay: the oldest batch that was not confirmed is on disk
READY = 6  # store -> relay: where the log goes on

_HEADER = struct.Struct("!IB")
_CHUNK = struct.Struct("!I")
_BATCH = struct.Struct("!QH")
_PART = struct.Struct("!IQII")
_ORIGIN = struct.Struct("!I")
_READY = struct.Struct("!QQ")

HEADER_SIZE = _HEADER.size


class Ready(NamedTuple):
    """Body of READY."""

    next_seq: int
    last_time: int  # milliseconds since the epoch


def frame(kind: int, *parts: bytes) -> bytes:
    """A whole frame."""
    return b"".join((_HEADER.pack(sum(map(len, parts)), kind), *parts))


class FrameReader:
    """Bytes in any portions into (kind, body) pairs."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []  # of a frame that is not complete
        self._size = 0  # bytes in them
        self._wanted = HEADER_SIZE  # bytes that complete something

    def feed(self, data: bytes) -> list[tuple[int, bytes]]:
        """The frames that ``data`` completes."""
        if self._pieces:
            self._pieces.append(data)
            self._size += len(data)
            if self._size < self._wanted:
                return []
            data = b"".join(self._pieces)
            self._pieces = []
        position, end = 0, len(data)
        complete: list[tuple[int, bytes]] = []
        wanted = HEADER_SIZE
        while end - position >= HEADER_SIZE:
            size, kind = _HEADER.unpack_from(data, position)
            start = position + HEADER_SIZE
            if end - start < size:
                wanted = HEADER_SIZE + size
                break
            position = start + size
            complete.append((kind, data[start:position]))
        if position < end:
            self._pieces = [data[position:]]
            self._size = end - position
            self._wanted = wanted
        return complete


def encode_chunk(count: int, payload: bytes) -> bytes:
    """A CHUNK frame."""
    return frame(CHUNK, _CHUNK.pack(count), payload)


def decode_chunk(body: bytes) -> tuple[int, bytes]:
    """(count, payload) of a CHUNK."""
    return _CHUNK.unpack_from(body)[0], body[_CHUNK.size :]


def encode_batch(time: int, chunks: Sequence[Chunk]) -> bytes:
    """A BATCH frame, stamped ``time`` (milliseconds since the epoch)."""
    parts = [_BATCH.pack(time, len(chunks))]
    for chunk in chunks:
        parts.append(_PART.pack(chunk.origin, chunk.first_seq, chunk.facts, len(chunk.payload)))
        parts.append(chunk.payload)
    return frame(BATCH, *parts)


def decode_batch(body: bytes) -> tuple[int, list[Chunk]]:
    """(time, chunks) of a BATCH."""
    time, count = _BATCH.unpack_from(body)
    position = _BATCH.size
    chunks: list[Chunk] = []
    for _ in range(count):
        origin, first_seq, facts, size = _PART.unpack_from(body, position)
        position += _PART.size
        chunks.append(Chunk(origin, first_seq, facts, body[position : position + size]))
        position += size
    return time, chunks


def encode_snapshot(origin: int, snapshot: bytes) -> bytes:
    """A SNAPSHOT frame for the worker ``origin``."""
    return frame(SNAPSHOT, _ORIGIN.pack(origin), snapshot)


def encode_snapshot_wanted(origin: int) -> bytes:
    """A SNAPSHOT_WANTED frame."""
    return frame(SNAPSHOT_WANTED, _ORIGIN.pack(origin))


def decode_origin(body: bytes) -> tuple[int, bytes]:
    """(origin, rest) of a SNAPSHOT or SNAPSHOT_WANTED."""
    return _ORIGIN.unpack_from(body)[0], body[_ORIGIN.size :]


def encode_ready(ready: Ready) -> bytes:
    """A READY frame."""
    return frame(READY, _READY.pack(*ready))


def decode_ready(body: bytes) -> Ready:
    """The body of a READY."""
    return Ready(*_READY.unpack(body))
