"""The store's process: commits each batch, then says so.  It ends when the relay closes."""

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


def main(relay: socket.socket, folder: Path, rules: Rules, keep_days: int) -> int:
    """The store's process; the exit code."""
    writer = Writer(folder, rules)
    relay.sendall(frames.encode_ready(Ready(writer.next_seq, writer.last_time)))
    reader = FrameReader()
    cleaned = 0.0
    while True:
        if keep_days and time.monotonic() - cleaned > CLEANING_SECONDS:
            _clean(writer, keep_days)
            cleaned = time.monotonic()
        if keep_days and not select.select([relay], [], [], CLEANING_SECONDS)[0]:
            continue
        try:
            data = relay.recv(READ_SIZE)
            for kind, body in reader.feed(data):
                _take(writer, relay, kind, body)
        except ConnectionError:  # the relay was killed: its end, as end-of-file is
            break
        if not data:
            break
    writer.close()
    return 0


def _take(writer: Writer, relay: socket.socket, kind: int, body: bytes) -> None:
    if kind == frames.BATCH:
        writer.commit(*frames.decode_batch(body))
        relay.sendall(frames.frame(frames.COMMITTED))
    elif kind == frames.SNAPSHOT_WANTED:
        origin, _ = frames.decode_origin(body)
        relay.sendall(frames.encode_snapshot(origin, writer.snapshot()))


def _clean(writer: Writer, keep_days: int) -> None:
    dropped = writer.drop_older(time.time_ns() // 1_000_000 - keep_days * DAY)
    if dropped:
        log.info("dropped %d messages older than %d days", dropped, keep_days)
