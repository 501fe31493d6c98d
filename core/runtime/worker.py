"""A worker: an event loop around a ``Node``.  All decisions are the node's.

It takes sockets from the acceptor's pipe to the entrance, gives the node what clients send and
the relay what the node proposes, and writes what is due, once a turn.
It ends when the acceptor's pipe or the relay's socket closes, or by SIGTERM: what its clients
have sent until then is committed and shown, they are told, and the others see them quit.
"""

import asyncio
import gc
import os
import secrets
import signal
import socket
from multiprocessing.connection import Connection as Pipe
from multiprocessing.reduction import recvfds
from typing import NamedTuple

from core.config import Config
from core.errors import OperatorError
from core.runtime import frames, tls
from core.runtime.channel import Channel
from core.runtime.entrance import Entrance
from core.runtime.frames import FrameReader
from core.runtime.jobs import Performer
from core.runtime.process import log
from core.runtime.reports import Reports
from core.runtime.tls import Contexts
from core.runtime.websocket import Framer
from core.session.connection import Connection
from core.session.jobs import Halt, Rehash
from core.session.node import Node, Request
from core.session.reconfiguring import reconfigure
from core.state import snapshot
from core.state.replica import Rules

TICK_SECONDS = 0.1
ALIVE_SECONDS = 1.0
# How long the end may take: for proposals to come back, and for the last bytes to be written.
DRAIN_SECONDS = 5.0


class Setting(NamedTuple):
    """What is the same for all workers of a server."""

    config: Config
    rules: Rules
    tls: Contexts
    started: int  # the server's start: milliseconds since the epoch
    secret: bytes  # random, the same after a restart


class RelayLink(asyncio.Protocol):
    """The socket to the relay."""

    def __init__(self, worker: "Worker") -> None:
        self._worker = worker
        self._reader = FrameReader()

    def data_received(self, data: bytes) -> None:
        """Batches, or the snapshot to begin with."""
        self._worker.from_relay(self._reader.feed(data))

    def connection_lost(self, error: Exception | None) -> None:
        """Without the relay a worker is of no use."""
        self._worker.stop("The server is stopping")


class Worker:
    """The loop's state."""

    def __init__(self, setting: Setting, origin: int, pipe: Pipe, reports: Pipe) -> None:
        self.config = setting.config
        self.setting = setting
        self._origin = origin
        self._pipe = socket.socket(fileno=os.dup(pipe.fileno()))  # for sockets, with recvfds
        self.loop = asyncio.get_running_loop()
        self.reports = Reports(self.loop, reports, self._take_settings)
        self.framer = Framer()
        self.node: Node | None = None  # until the snapshot is there
        self.relay: asyncio.Transport | None = None
        self.stopped = self.loop.create_future()  # result: what clients are told
        self._pumping = False
        self._accepted = 0  # sockets taken so far: their numbers
        self._performer = Performer(setting.config)
        self.paused: dict[Connection, None] = {}  # whose sockets are not read for now
        self._entrance = Entrance(self)

    # The relay.

    def from_relay(self, received: list[tuple[int, bytes]]) -> None:
        """Apply what the log brings, then write once."""
        now = self.loop.time()
        try:
            for kind, body in received:
                if kind == frames.BATCH:
                    if self.node is not None:
                        self.node.deliver(*frames.decode_batch(body), now)
                elif kind == frames.SNAPSHOT:
                    self._begin(frames.decode_origin(body)[1])
        except Exception:
            # A replica that skipped a fact is wrong for ever: a new worker begins anew.
            log.critical("the log could not be applied; this worker ends", exc_info=True)
            os._exit(1)
        self.pump()

    def _begin(self, data: bytes) -> None:
        setting = self.setting
        replica = snapshot.restore(data, setting.rules)
        self.node = Node(
            self.config,
            replica,
            self._origin,
            setting.started,
            secret=setting.secret,
            nonce=secrets.token_urlsafe,
            external=setting.tls.asks_for_certificates,
        )
        self.node.on_mistake = self._mistake
        gc.collect()
        gc.freeze()
        self.loop.add_reader(self._pipe.fileno(), self._take_socket)
        self.loop.call_later(TICK_SECONDS, self._tick)
        self.loop.call_later(ALIVE_SECONDS, self._check_alive)
        self.reports.begin()

    def _mistake(self, connection: Connection, error: Exception) -> None:
        """A command failed by a mistake of ours: it costs the one who hit it, nobody else."""
        log.error("a command could not be handled", exc_info=error)
        assert self.node is not None
        self.node.close(connection, "Internal error")

    def pump_soon(self) -> None:
        """Write and propose at the end of this turn of the loop, all at once."""
        if not self._pumping:
            self._pumping = True
            self.loop.call_soon(self.pump)

    def pump(self) -> None:
        """What the node has for others: proposals, output, questions to the store."""
        self._pumping = False
        node = self.node
        if node is None:
            return
        chunk = node.take_chunk()
        if chunk is not None and self.relay is not None and not self.relay.is_closing():
            self.relay.write(frames.encode_chunk(*chunk))
        dirty = node.dirty
        if dirty:
            node.dirty = []
            for connection in dirty:
                out = connection.out
                channel: Channel | None = connection.channel  # type: ignore[assignment]
                if channel is None:
                    continue
                channel.write(out[0] if len(out) == 1 else b"".join(out))
                out.clear()
                if connection.closing:
                    channel.close()
        if self.paused:
            for connection in [c for c in self.paused if not c.paused]:
                del self.paused[connection]
                connection.channel.resume()  # type: ignore[attr-defined]
        if node.requests:
            requests, node.requests = node.requests, []
            for request in requests:
                self.loop.create_task(self._answer(request))

    # Sockets.

    def _take_socket(self) -> None:
        """One from the acceptor's pipe; its end means that the server stops."""
        try:
            handle = recvfds(self._pipe, 1)[0]
        except (EOFError, ConnectionError):
            self.loop.remove_reader(self._pipe.fileno())
            self.stop("The server is stopping")
            return
        except (OSError, RuntimeError) as error:  # out of descriptors: it went to nobody
            log.error("a connection could not be taken: %s", error)
            self._accepted += 1
            self.reports.closed(self._accepted)
            return
        self._accepted += 1
        self._entrance.take(socket.socket(fileno=handle), self._accepted)

    # Jobs off the loop.

    async def _answer(self, request: Request) -> None:
        answer: object
        try:
            answer = await self._perform(request.job)
        except Exception as error:
            answer = error
        if self.node is not None:
            self.node.answer_request(request, answer)
            self.node.inbound.wake(self.loop.time())
            self.pump_soon()

    async def _perform(self, job: object) -> object:
        if isinstance(job, Rehash):
            return await self.reports.rehash()
        if isinstance(job, Halt):
            self.reports.halt(job)
            return None
        return await self._performer.perform(job)

    def _take_settings(self, config: Config) -> None:
        """Other settings hold from now on."""
        assert self.node is not None  # the pipe is read from then on
        self.config = config
        try:
            tls.reload(self.setting.tls, config)
        except OperatorError as error:  # the acceptor could still use it a moment ago
            log.error("the certificate is as it was: %s", error)
        self._performer.reconfigure(config)
        reconfigure(self.node, config)
        self.pump_soon()

    # Time.

    def _tick(self) -> None:
        assert self.node is not None
        self.loop.call_later(TICK_SECONDS, self._tick)
        self.node.tick(self.loop.time())
        self.pump()

    def _check_alive(self) -> None:
        assert self.node is not None
        self.loop.call_later(ALIVE_SECONDS, self._check_alive)
        self.node.check_alive(self.loop.time())
        self.pump()

    # The end.

    def stop(self, reason: str) -> None:
        """Begin to end; ``reason`` is what clients read."""
        if not self.stopped.done():
            self.stopped.set_result(reason)

    async def drain(self, reason: str) -> None:
        """Let what was sent take effect, then tell the clients and write the rest."""
        node = self.node
        if node is None:
            return
        deadline = self.loop.time() + DRAIN_SECONDS
        self.pump()
        await self._until(lambda: node.settled, deadline)
        channels: list[Channel] = [c.channel for c in node.connections.values()]  # type: ignore[misc]
        node.end_all(reason)
        self.pump()
        await self._until(lambda: node.settled, deadline)
        await self._until(lambda: all(channel.gone for channel in channels), deadline)

    async def _until(self, holds: object, deadline: float) -> None:
        assert callable(holds)
        while not holds() and self.loop.time() < deadline:
            if self.relay is None or self.relay.is_closing():
                return
            await asyncio.sleep(0.005)


async def _run(
    setting: Setting, origin: int, relay: socket.socket, pipe: Pipe, reports: Pipe
) -> int:
    worker = Worker(setting, origin, pipe, reports)
    loop = worker.loop
    transport, _ = await loop.create_unix_connection(lambda: RelayLink(worker), sock=relay)
    transport.set_write_buffer_limits(high=1 << 26)
    worker.relay = transport
    loop.add_signal_handler(signal.SIGTERM, worker.stop, "The server is stopping")
    reason = await worker.stopped
    orderly = not transport.is_closing()
    await worker.drain(reason)
    transport.close()
    return 0 if orderly else 1


def main(setting: Setting, origin: int, relay: socket.socket, pipe: Pipe, reports: Pipe) -> int:
    """A worker's process; the exit code."""
    gc.set_threshold(100_000, 50, 100)
    running = _run(setting, origin, relay, pipe, reports)
    try:
        import uvloop
    except ImportError:  # a platform without it
        return asyncio.run(running)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(running)
