"""From the network thread to the window: a queue, and a byte that wakes the window up.

The network thread must never call Tk.  It appends to a deque and writes one byte to a socket
pair; Tk watches the other end (`createfilehandler`) and drains at most once in 16 ms, so a flood
of events costs one redraw per frame and an idle window costs nothing.  Where Tk cannot watch a
file (Windows) the window looks every 16 ms.
"""

import socket
import time
import tkinter
from collections import deque
from collections.abc import Callable, Sequence

FRAME = 0.016  # seconds
_MOST_AT_ONCE = 2_000  # events handled in one turn; the rest waits for the next frame


class Wakeup:
    """`post` from any thread; `handle` is called in Tk's thread with what was posted."""

    def __init__(self, root: tkinter.Tk, handle: Callable[[Sequence[object]], None]) -> None:
        self._root, self._handle = root, handle
        self._queue: deque[object] = deque()
        self._reader, self._writer = socket.socketpair()
        self._reader.setblocking(False)
        self._writer.setblocking(False)
        self._last = 0.0
        self._timer = ""
        self._closed = False
        self._watches = hasattr(root.tk, "createfilehandler")
        if self._watches:
            root.tk.createfilehandler(self._reader, tkinter.READABLE, self._readable)
        else:
            self._poll()

    def post(self, event: object) -> None:
        """Hand an event over; called by the network thread."""
        self._queue.append(event)
        if self._watches:
            try:
                self._writer.send(b".")
            except OSError:  # full (a byte is waiting already) or closed
                return

    def _readable(self, *_: object) -> None:
        try:
            self._reader.recv(65536)
        except BlockingIOError:
            return
        self._soon()

    def _soon(self) -> None:
        if self._timer or self._closed:
            return
        wait = self._last + FRAME - time.monotonic()
        if wait <= 0:
            self._drain()
        else:
            self._timer = self._root.after(max(1, round(wait * 1000)), self._drain)

    def _drain(self) -> None:
        self._timer = ""
        self._last = time.monotonic()
        batch: list[object] = []
        while self._queue and len(batch) < _MOST_AT_ONCE:
            batch.append(self._queue.popleft())
        if batch:
            self._handle(batch)
        self._last = time.monotonic()
        if self._queue:
            self._soon()

    def _poll(self) -> None:
        if not self._closed:
            self._drain()
            self._root.after(round(FRAME * 1000), self._poll)

    def close(self) -> None:
        """Stop watching; what is still posted is lost."""
        self._closed = True
        if self._watches:
            self._root.tk.deletefilehandler(self._reader)
        self._reader.close()
        self._writer.close()
