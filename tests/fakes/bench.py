"""One worker's node with an order of its own, in one thread: bytes in, bytes out.

What the node proposes comes back at the next ``turn``; nothing else ever changes its replica.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from core.config import Config, LimitsConfig, ServerConfig
from core.runtime.sequencer import Sequencer
from core.session import Node
from core.session.connection import Connection
from core.session.jobs import MakeCredentials, Verify, Wait
from core.session.welcome import Welcome
from core.state.conversations import Missed
from core.state.facts import Fact, encode_facts
from core.state.replica import Replica, Rules
from core.store.reader import Reader
from core.store.writer import Writer
from tests.fakes.jobs import judge

START = 1_700_000_000_000  # milliseconds since the epoch
ORIGIN = 1
OTHER = 2  # the origin of facts that another worker proposes
QUIET = Config(
    server=ServerConfig(name="srv", lobby=""), limits=LimitsConfig(messages_per_second=0.0)
)
# The codes of RPL_ISUPPORT, as many as there are lines of tokens.
ISUPPORT = ["005"] * len(Welcome(QUIET, START).isupport)
LABELS = "batch labeled-response"
_TAGS = re.compile(r"^@\S+ ")


def rules_of(config: Config) -> Rules:
    """What verdicts depend on, as the supervisor takes it from the settings."""
    limits = config.limits
    return Rules(
        config.server.lobby,
        limits.rooms_per_user,
        limits.list_entries,
        config.accounts.always_on,
    )


def with_limits(**limits: float) -> Config:
    """The quiet settings with other limits."""
    return replace(QUIET, limits=replace(QUIET.limits, **limits))  # type: ignore[arg-type]


def with_server(**server: str) -> Config:
    """The quiet settings with another ``[server]``."""
    return replace(QUIET, server=replace(QUIET.server, **server))  # type: ignore[arg-type]


class Client:
    """The far end of one connection."""

    def __init__(self, bench: "Bench", connection: Connection) -> None:
        self.bench = bench
        self.connection = connection
        self._received = b""
        self.closed = False

    def feed(self, *lines: str | bytes) -> None:
        """Send lines without waiting for what comes of them."""
        raw = (line if isinstance(line, bytes) else line.encode() for line in lines)
        self.bench.receive(self, b"".join(line + b"\r\n" for line in raw))

    def say(self, *lines: str | bytes) -> list[str]:
        """Send lines, let all take effect, and return what came back to this client."""
        self.feed(*lines)
        self.bench.settle()
        return self.read()

    def read(self) -> list[str]:
        """The lines that came since the last time."""
        self.bench.write()
        received, self._received = self._received, b""
        assert received.endswith(b"\r\n") or not received
        return received.decode().split("\r\n")[:-1]

    def take(self, data: bytes, closed: bool) -> None:
        """What the node has for this client."""
        assert not self.closed, f"written after the end: {data!r}"
        self._received += data
        self.closed = closed


class Bench:
    """The node and its surroundings; time stands still unless a test moves ``now``."""

    def __init__(self, config: Config = QUIET, writer: Writer | None = None) -> None:
        self.now = 1000.0  # seconds, as a loop counts them
        self.time = START
        self.node = Node(
            config,
            Replica(rules_of(config)),
            ORIGIN,
            START,
            secret=b"secret",
            nonce=lambda: "nonce-of-the-server",
            external=True,
        )
        self.sequencer = Sequencer(1, START)
        self.writer = writer
        self.reader: Reader | None = None
        self.clients: dict[Connection, Client] = {}
        self._numbers = 0

    def connect(
        self, address: str = "10.0.0.1", secure: bool = False, certificate: str = ""
    ) -> Client:
        """A new connection that has said nothing yet."""
        self._numbers += 1
        connection = self.node.connect(self._numbers, address, secure, self.now, certificate)
        client = self.clients[connection] = Client(self, connection)
        return client

    def enter(self, nick: str, *rooms: str, caps: str = "", secure: bool = False) -> Client:
        """A registered user in ``rooms``, whose greeting is read already."""
        client = self.connect(secure=secure)
        if caps:
            client.feed(f"CAP REQ :{caps}", "CAP END")
        client.feed(f"NICK {nick}", f"USER {nick} 0 * :{nick.title()}")
        self.settle()
        for room in rooms:
            client.say(f"JOIN {room}")
        assert client.connection.user is not None, client.read()
        for other in self.clients.values():
            other.read()
        return client

    def receive(self, client: Client, data: bytes) -> None:
        """Bytes from a client, now."""
        self.node.inbound.receive(client.connection, data, self.now)

    def turn(self, *foreign: Fact) -> bool:
        """One batch: what the node proposed, behind ``foreign`` facts; False for nothing."""
        chunk = self.node.take_chunk()
        if foreign:
            self.sequencer.offer(OTHER, len(foreign), encode_facts(list(foreign)))
        if chunk is not None:
            self.sequencer.offer(ORIGIN, *chunk)
        if not self.sequencer.gathered:
            return False
        batch = self.sequencer.next_batch(self.time)
        if self.writer is not None and not batch.only_for:
            self.writer.commit(batch.time, batch.chunks)
        self.node.deliver(batch.time, batch.chunks, self.now)
        return True

    def settle(self) -> None:
        """Turns, until nothing is left to do; jobs are done at once, and waits pass."""
        while self.turn() or any(self._can_do(request.job) for request in self.node.requests):
            requests, self.node.requests = self.node.requests, []
            for request in requests:
                assert self._can_do(request.job), "this bench has no store"
                self.node.answer_request(request, self._perform(request.job))
            self.node.inbound.wake(self.now)
        assert self.node.settled
        self.write()

    def _can_do(self, job: object) -> bool:
        easy = MakeCredentials | Verify | Wait | Missed
        return self.reader is not None or isinstance(job, easy)

    def _perform(self, job: Any) -> object:
        if isinstance(job, Wait):
            self.now += job.seconds
            self.node.tick(self.now)
            return None
        if isinstance(job, MakeCredentials | Verify):
            return judge(job)
        if self.reader is None:
            return []  # without a store nothing was missed
        return self.reader.answer(job)

    def write(self) -> None:
        """Hand over what is to be written, as the runtime does at the end of a turn."""
        dirty, self.node.dirty = self.node.dirty, []
        for connection in dirty:
            data = b"".join(connection.out)
            connection.out.clear()
            self.clients[connection].take(data, connection.closing)


@contextmanager
def bench_with_store(folder: Path, config: Config = QUIET) -> Iterator[Bench]:
    """A bench whose log is kept in ``folder``, where its node's questions are answered."""
    writer = Writer(folder, rules_of(config))
    reader = Reader(folder)
    bench = Bench(config, writer)
    bench.reader = reader
    yield bench
    reader.close()
    writer.close()


def codes(lines: Sequence[str]) -> list[str]:
    """The command or numeric of each line."""
    return [words(line)[1] for line in lines]


def words(line: str) -> list[str]:
    """A line without its tags, cut at the spaces; the source comes first."""
    return _TAGS.sub("", line).split(" ")


def tags(line: str) -> str:
    """The tag section of a line, without its '@'; "" for none."""
    return line[1:].partition(" ")[0] if line.startswith("@") else ""
