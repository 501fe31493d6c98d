"""From the network thread to the window: a queue, and a byte that wakes the window up.

The network thread must never call Tk.  It appends to a deque and writes one byte to a socket
pair; Tk watches the other end (`createfilehandler`) and drains at most once in 16 ms, so a flood
of events costs one redraw per frame and an idle window costs nothing.  Where Tk cannot watch a
file (Windows) the window looks every 16 ms.
"""

import socket
import time
from collections import deque
from collections.abc import Callable, Sequence
from typing import Protocol

FRAME = 0.016  # seconds
MOST_AT_ONCE = 2_000  # events handled in one turn; the rest waits for the next frame


class Loop(Protocol):
    """What is needed of Tk's loop; see `gui.views.loop.TkLoop`."""

    watches: bool

    def watch(self, file: socket.socket, ready: Callable[[], None]) -> None:
        """Have `ready` called when `file` can be read."""

    def unwatch(self, file: socket.socket) -> None:
        """Not any more."""

    def after(self, milliseconds: int, work: Callable[[], None]) -> None:
        """Have `work` called once, later."""


class Wakeup:
    """`post` from any thread; `handle` is called in Tk's thread with what was posted."""

    def __init__(self, loop: Loop, handle: Callable[[Sequence[object]], None]) -> None:
        self._loop, self._handle = loop, handle
        self._queue: deque[object] = deque()
        self._reader, self._writer = socket.socketpair()
        self._reader.setblocking(False)
        self._writer.setblocking(False)
        self._last = 0.0
        self._waiting = self._closed = False
        self._woken = False  # a byte is on its way for all that is in the queue
        if loop.watches:
            loop.watch(self._reader, self._readable)
        else:
            self._poll()

    def post(self, event: object) -> None:
        """Hand an event over; called by the network thread."""
        self._queue.append(event)
        if self._loop.watches and not self._woken:
            self._woken = True
            try:
                self._writer.send(b".")
            except OSError:  # full (a byte is waiting already) or closed
                return

    def fileno(self) -> int:
        """A file that wakes the window up when a byte is written; -1 where that is no use."""
        return self._writer.fileno() if self._loop.watches else -1

    def _readable(self) -> None:
        try:
            self._reader.recv(65536)
        except BlockingIOError:
            return
        self._soon()

    def _soon(self) -> None:
        if self._waiting or self._closed:
            return
        wait = self._last + FRAME - time.monotonic()
        if wait <= 0:
            self._drain()
        else:
            self._waiting = True
            self._loop.after(max(1, round(wait * 1000)), self._drain)

    def _drain(self) -> None:
        self._waiting = False
        if self._closed:
            return
        self._woken = False  # before looking: what comes from now on wakes anew
        batch: list[object] = []
        while self._queue and len(batch) < MOST_AT_ONCE:
            batch.append(self._queue.popleft())
        try:
            if batch:
                self._handle(batch)
        finally:
            self._last = time.monotonic()
            if self._queue:
                self._soon()

    def _poll(self) -> None:
        if not self._closed:
            self._loop.after(round(FRAME * 1000), self._poll)
            self._drain()

    def stop(self) -> None:
        """Handle nothing more: the window is about to go."""
        self._closed = True

    def close(self) -> None:
        """Stop watching; what is still posted is lost."""
        self._closed = True
        if self._loop.watches:
            self._loop.unwatch(self._reader)
        self._reader.close()
        self._writer.close()
