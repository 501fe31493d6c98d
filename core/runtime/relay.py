"""The relay: puts all facts into one order and gives them to everybody.

One thread, one loop over non-blocking sockets.  It never decodes a fact.  A batch goes to the
store first; when it is on disk the same bytes go to every worker.  It ends by end-of-file
alone: when the acceptor has closed the control pipe, all workers are gone and all is committed.
"""

import selectors
import socket
import time
from collections import deque
from multiprocessing.connection import Connection as Pipe
from multiprocessing.reduction import recv_handle

from core.runtime import frames
from core.runtime.frames import FrameReader
from core.runtime.process import log
from core.runtime.sequencer import Batch, Sequencer

READ_SIZE = 1 << 16  # larger buffers would be mapped and unmapped at every read
# Output that may wait for one worker before it is given up (and started anew).
LINK_BYTES = 256 << 20


class Link:
    """A non-blocking socket to another process, with what waits for it."""

    def __init__(self, sock: socket.socket, origin: int) -> None:
        sock.setblocking(False)
        self.socket = sock
        self.origin = origin  # the worker's; 0: the store
        self.reader = FrameReader()
        self.first_batch = 0  # batches before this are in the worker's snapshot
        self.snapshot_sent = False
        self.held: list[bytes] = []  # batches that follow the snapshot, until it is there
        self.waiting: deque[memoryview] = deque()
        self.waiting_bytes = 0

    def write(self, data: bytes) -> bool:
        """Send now what can be sent; False if something waits for the socket."""
        if not self.waiting:
            try:
                sent = self.socket.send(data)
            except BlockingIOError:
                sent = 0
            if sent == len(data):
                return True
            self.waiting.append(memoryview(data)[sent:])
            self.waiting_bytes += len(data) - sent
        else:
            self.waiting.append(memoryview(data))
            self.waiting_bytes += len(data)
        return False

    def flush(self) -> bool:
        """Send what waits; True when nothing does any more."""
        while self.waiting:
            part = self.waiting[0]
            try:
                sent = self.socket.send(part)
            except BlockingIOError:
                return False
            self.waiting_bytes -= sent
            if sent < len(part):
                self.waiting[0] = part[sent:]
                return False
            self.waiting.popleft()
        return True


class Relay:
    """The loop."""

    def __init__(self, control: Pipe, store: socket.socket, durable: bool) -> None:
        self._control: Pipe | None = control
        self._durable = durable  # commit before fan-out
        self._selector = selectors.DefaultSelector()
        self._store = Link(store, 0)
        self._workers: dict[int, Link] = {}
        self._sequencer: Sequencer | None = None  # until the store is ready
        self._committing: deque[tuple[Batch, bytes]] = deque()
        self._selector.register(control, selectors.EVENT_READ, None)
        self._selector.register(store, selectors.EVENT_READ, self._store)

    def run(self) -> int:
        """Until the end; the exit code."""
        while True:
            for key, events in self._selector.select():
                if key.data is None:
                    self._take_worker()
                    continue
                link: Link = key.data
                if events & selectors.EVENT_WRITE:
                    self._write_more(link)
                if events & selectors.EVENT_READ and not self._read(link):
                    log.critical("the store is gone; the relay ends")
                    return 1
            self._go_on()
            if self._finished():
                return 0

    def _finished(self) -> bool:
        idle = not self._committing and not (self._sequencer and self._sequencer.gathered)
        return self._control is None and not self._workers and idle

    # The links.

    def _take_worker(self) -> None:
        """The acceptor sends a new worker's number and its socket, or closes."""
        assert self._control is not None
        try:
            origin = int.from_bytes(self._control.recv_bytes(), "big")
            sock = socket.socket(fileno=recv_handle(self._control))
        except (EOFError, OSError):
            self._selector.unregister(self._control)
            self._control.close()
            self._control = None
            return
        link = Link(sock, origin)
        self._workers[origin] = link
        self._selector.register(sock, selectors.EVENT_READ, link)
        if self._sequencer is not None:
            self._want_snapshot(link)

    def _want_snapshot(self, link: Link) -> None:
        assert self._sequencer is not None
        link.first_batch = self._sequencer.batches + 1
        self._write(self._store, frames.encode_snapshot_wanted(link.origin))

    def _write(self, link: Link, data: bytes) -> None:
        try:
            done = link.write(data)
        except OSError:  # gone; its end-of-file will tell
            return
        if not done:
            self._watch(link, selectors.EVENT_READ | selectors.EVENT_WRITE)
            if link.waiting_bytes > LINK_BYTES and link is not self._store:
                log.error("worker %d does not keep up; it is given up", link.origin)
                link.socket.shutdown(socket.SHUT_RDWR)

    def _write_more(self, link: Link) -> None:
        try:
            if link.flush():
                self._watch(link, selectors.EVENT_READ)
        except OSError:
            self._watch(link, selectors.EVENT_READ)

    def _watch(self, link: Link, events: int) -> None:
        if self._selector.get_key(link.socket).events != events:
            self._selector.modify(link.socket, events, link)

    def _read(self, link: Link) -> bool:
        """False if that was the store's end."""
        try:
            data = link.socket.recv(READ_SIZE)
        except BlockingIOError:
            return True
        except OSError:
            data = b""
        if not data:
            return self._lose(link)
        for kind, body in link.reader.feed(data):
            if link is self._store:
                self._from_store(kind, body)
            else:
                assert kind == frames.CHUNK
                assert self._sequencer is not None
                self._sequencer.offer(link.origin, *frames.decode_chunk(body))
        return True

    def _lose(self, link: Link) -> bool:
        if link is self._store:
            return False
        self._selector.unregister(link.socket)
        link.socket.close()
        del self._workers[link.origin]
        if self._sequencer is not None:
            self._sequencer.worker_gone(link.origin)
        return True

    # The order.

    def _from_store(self, kind: int, body: bytes) -> None:
        if kind == frames.COMMITTED:
            batch, data = self._committing.popleft()
            if self._durable:
                self._fan_out(batch, data)
        elif kind == frames.SNAPSHOT:
            origin, _ = frames.decode_origin(body)
            link = self._workers.get(origin)
            if link is not None:
                self._write(link, frames.frame(frames.SNAPSHOT, body))
                link.snapshot_sent = True
                held, link.held = link.held, []
                for data in held:
                    self._write(link, data)
        elif kind == frames.READY:
            ready = frames.decode_ready(body)
            self._sequencer = Sequencer(ready.next_seq, ready.last_time)
            for link in self._workers.values():
                self._want_snapshot(link)

    def _go_on(self) -> None:
        """Make the next batch, unless one is on its way to the disk."""
        sequencer = self._sequencer
        while sequencer is not None and sequencer.gathered and not self._committing:
            batch = sequencer.next_batch(time.time_ns() // 1_000_000)
            data = frames.encode_batch(batch.time, batch.chunks)
            if batch.only_for:
                self._fan_out(batch, data)
                continue
            self._committing.append((batch, data))
            self._write(self._store, data)
            if not self._durable:
                self._fan_out(batch, data)

    def _fan_out(self, batch: Batch, data: bytes) -> None:
        """The same bytes to every worker (to those that asked, if there are no facts)."""
        for origin, link in list(self._workers.items()):
            if batch.only_for and origin not in batch.only_for:
                continue
            if batch.number < link.first_batch or not link.first_batch:
                continue
            if link.snapshot_sent:
                self._write(link, data)
            else:
                link.held.append(data)


def main(control: Pipe, store: socket.socket, durable: bool) -> int:
    """The relay's process; the exit code."""
    return Relay(control, store, durable).run()
