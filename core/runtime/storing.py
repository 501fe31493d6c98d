"""The store's process: commits each batch, then says so.  It ends when the relay closes.

What nobody waits for (the search index, the end of what is old) is done in small portions while
no batch is on its way; or, when there was no such moment for long, one portion with each batch.
"""

import gc
import select
import socket
import time
from pathlib import Path

from core.runtime import frames
from core.runtime.frames import FrameReader, Ready
from core.runtime.process import log
from core.state.replica import Rules
from core.store.writer import Writer

READ_SIZE = 1 << 16  # larger buffers would be mapped and unmapped at every read
DAY = 86_400_000  # milliseconds
CLEANING_SECONDS = 3600.0
# A pause this long is one in which other work may be done.
QUIET_SECONDS = 0.01
# Messages behind the search index from which on it no longer waits for a pause: a portion now and
# then, or with every batch.
LAG = 5_000
FAR_BEHIND = 100_000
NOW_AND_THEN_SECONDS = 0.1


def main(relay: socket.socket, folder: Path, rules: Rules, keep_days: int) -> int:
    """The store's process; the exit code."""
    gc.set_threshold(100_000, 50, 100)
    writer = Writer(folder, rules)
    gc.freeze()
    relay.sendall(frames.encode_ready(Ready(writer.next_seq, writer.last_time)))
    reader = FrameReader()
    chores = Chores(writer, keep_days)
    while True:
        while not select.select([relay], [], [], chores.patience(time.monotonic()))[0]:
            chores.do_some(time.monotonic())
        try:
            data = relay.recv(READ_SIZE)
            for kind, body in reader.feed(data):
                _take(writer, relay, kind, body)
        except ConnectionError:  # the relay was killed: its end, as end-of-file is
            break
        if not data:
            break
        chores.catch_up(time.monotonic())
    writer.close()
    return 0


class Chores:
    """What is done in pauses."""

    def __init__(self, writer: Writer, keep_days: int) -> None:
        self._writer = writer
        self._keep_days = keep_days
        self._indexing = True  # there may be messages that the index lacks
        self._clean_at = 0.0 if keep_days else float("inf")  # seconds, of the monotonic clock
        self._dropped = 0  # since the last cleaning began
        self._catch_up_at = 0.0  # seconds, of the monotonic clock

    def catch_up(self, now: float) -> None:
        """What cannot wait for a pause that may never come."""
        lag = self._writer.index.lag
        if lag > FAR_BEHIND or (lag > LAG and now >= self._catch_up_at):
            self._writer.work()
            self._catch_up_at = now + NOW_AND_THEN_SECONDS

    def patience(self, now: float) -> float | None:
        """How long to wait for a batch before some of it is done (seconds); None: for ever."""
        if self._indexing or self._writer.index.lag:
            return QUIET_SECONDS
        if self._keep_days:
            return max(QUIET_SECONDS, self._clean_at - now)
        return None

    def do_some(self, now: float) -> None:
        """A portion."""
        self._indexing = self._writer.work()
        if now >= self._clean_at and not self._indexing:
            self._clean(now)

    def _clean(self, now: float) -> None:
        dropped = self._writer.drop_older(time.time_ns() // 1_000_000 - self._keep_days * DAY)
        self._dropped += dropped
        if dropped:
            return  # the next portion in the next pause
        if self._dropped:
            log.info("dropped %d rows older than %d days", self._dropped, self._keep_days)
            self._dropped = 0
        self._clean_at = now + CLEANING_SECONDS


def _take(writer: Writer, relay: socket.socket, kind: int, body: bytes) -> None:
    if kind == frames.BATCH:
        writer.commit(*frames.decode_batch(body))
        relay.sendall(frames.frame(frames.COMMITTED))
    elif kind == frames.SNAPSHOT_WANTED:
        origin, _ = frames.decode_origin(body)
        relay.sendall(frames.encode_snapshot(origin, writer.snapshot()))
