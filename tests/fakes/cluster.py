"""A whole cluster in one thread: real nodes, replicas and sequencer; only time and links are fake.

Every link is a queue that keeps its order.  Which link moves next is drawn from a seeded
``Random``, each worker with a laziness of its own, so that workers lag arbitrarily behind each
other, batches gather while one is being committed, and a seed tells the same story every time.
The relay does what ``core.runtime.relay`` does: a batch is committed by the store before it is
handed out, a new worker gets a snapshot from the store and the batches behind it.
"""

from collections import deque
from collections.abc import Callable
from random import Random

from core.config import Config
from core.runtime.frames import FrameReader, decode_batch, encode_batch
from core.runtime.sequencer import Batch, Sequencer
from core.session import Node
from core.session.connection import Connection
from core.session.jobs import MakeCredentials, Verify, Wait
from core.session.node import Request
from core.state import snapshot
from core.state.facts import Chunk, decode_facts
from core.state.replica import Replica, Stamp
from tests.fakes.bench import START, rules_of
from tests.fakes.jobs import judge
from tests.fakes.reference import Reference


class Client:
    """The far end of a connection; what it got, and whether it is closed."""

    def __init__(self, worker: "Worker", connection: Connection) -> None:
        self.worker = worker
        self.connection = connection
        self.lines: list[str] = []
        self.closed = False
        self.lost = False

    @property
    def key(self) -> tuple[int, int]:
        """How the log names this connection."""
        return self.worker.origin, self.connection.id

    def send(self, data: bytes) -> None:
        """Bytes to the worker; they arrive at once."""
        if not self.closed:
            self.worker.busy = True
            self.worker.ready.inbound.receive(self.connection, data, self.worker.cluster.now)

    def say(self, *lines: str) -> None:
        """Whole lines to the worker."""
        self.send("".join(f"{line}\r\n" for line in lines).encode())

    def lose(self) -> None:
        """The socket breaks; what is still written to it is for nobody."""
        self.closed = self.lost = self.worker.busy = True
        self.worker.ready.lost(self.connection, "Connection reset")


class Worker:
    """A node between its two links."""

    def __init__(self, cluster: "Cluster", origin: int) -> None:
        self.cluster = cluster
        self.origin = origin
        self.node: Node | None = None  # until the snapshot is there
        self.clients: dict[Connection, Client] = {}
        self.up: deque[tuple[int, bytes]] = deque()  # to the relay
        self.down: deque[bytes] = deque()  # batches, as bytes
        self.first_batch = 0  # batches before this are in the snapshot
        self.history: list[Request] = []
        self.busy = False  # since the last turn something came in

    @property
    def ready(self) -> Node:
        """The node, which is there by now."""
        assert self.node is not None
        return self.node

    def begin(self, data: bytes) -> None:
        """The snapshot has come."""
        replica = snapshot.restore(data, self.cluster.rules)
        self.node = Node(self.cluster.config, replica, self.origin, self.cluster.time)

    def connect(self) -> Client:
        """A new connection."""
        number = self.cluster.number()
        address = f"10.0.{number >> 8}.{number & 255}"
        connection = self.ready.connect(number, address, False, self.cluster.now)
        client = self.clients[connection] = Client(self, connection)
        return client

    def pump(self) -> None:
        """The end of a turn of the loop: propose, write, ask the store."""
        self.busy = False
        node = self.ready
        chunk = node.take_chunk()
        if chunk is not None:
            self.up.append(chunk)
        dirty, node.dirty = node.dirty, []
        for connection in dirty:
            data = b"".join(connection.out)
            connection.out.clear()
            client = self.clients[connection]
            if client.lost:
                continue
            assert not client.closed, f"written after the end: {data!r}"
            client.lines += data.decode().split("\r\n")[:-1]
            client.closed = connection.closing
        self.history += node.requests
        node.requests = []

    def deliver(self) -> None:
        """The oldest batch on the way here arrives."""
        for _, body in FrameReader().feed(self.down.popleft()):
            self.ready.deliver(*decode_batch(body), self.cluster.now)
        self.pump()

    def answer_history(self) -> None:
        """The oldest answer from off the loop arrives."""
        request = self.history.pop(0)
        answer: object = None
        if isinstance(request.job, MakeCredentials | Verify):
            answer = judge(request.job)
        elif not isinstance(request.job, Wait):
            answer = self.cluster.reference.answer(request.job)
        self.ready.answer_request(request, answer)
        self.ready.inbound.wake(self.cluster.now)
        self.pump()


class Cluster:
    """The workers, the relay and the store."""

    def __init__(self, seed: int, workers: int, config: Config) -> None:
        self.random = Random(seed)
        self.config = config
        self.rules = rules_of(config)
        self.now = 1000.0
        self.sequencer = Sequencer(1, START)
        self.store = Replica(self.rules)
        self.reference = Reference()
        self.workers: dict[int, Worker] = {}
        self._to_store: deque[Batch | int] = deque()  # a batch, or who wants a snapshot
        self._committing = 0
        self._origins = 0
        self._numbers = 0
        self._laziness: dict[int, float] = {}
        for _ in range(workers):
            self.start_worker()
        self.settle()

    @property
    def time(self) -> int:
        """Milliseconds since the epoch."""
        return START + int(self.now * 1000)

    def number(self) -> int:
        """A new connection's."""
        self._numbers += 1
        return self._numbers

    @property
    def clients(self) -> list[Client]:
        """All that are not closed."""
        return [c for w in self.workers.values() for c in w.clients.values() if not c.closed]

    # Workers come and go.

    def start_worker(self) -> None:
        """A new worker asks for a snapshot."""
        self._origins += 1
        worker = self.workers[self._origins] = Worker(self, self._origins)
        worker.first_batch = self.sequencer.batches + 1
        self._to_store.append(self._origins)
        self._laziness[self._origins] = self.random.choice((0.0, 0.0, 0.3, 0.7, 0.95))

    def kill(self, worker: Worker) -> None:
        """A worker dies: of what it had sent only a beginning may reach the relay."""
        for chunk in list(worker.up)[: self.random.randint(0, len(worker.up))]:
            self.sequencer.offer(worker.origin, *chunk)
        self.sequencer.worker_gone(worker.origin)
        del self.workers[worker.origin]
        for client in worker.clients.values():
            client.closed = True

    # The relay and the store.

    def make_batch(self) -> None:
        """What has gathered becomes a batch, unless one is on its way to the disk."""
        if self._committing or not self.sequencer.gathered:
            return
        batch = self.sequencer.next_batch(self.time)
        if batch.only_for:
            self._fan_out(batch)
        else:
            self._committing += 1
            self._to_store.append(batch)

    def commit(self) -> None:
        """The store takes its next task."""
        if not self._to_store:
            return
        task = self._to_store.popleft()
        if isinstance(task, Batch):
            for chunk in task.chunks:
                self._apply(task.time, chunk)
            self._committing -= 1
            self._fan_out(task)
        elif task in self.workers:
            self.workers[task].begin(snapshot.take(self.store))

    def _apply(self, time: int, chunk: Chunk) -> None:
        seq = chunk.first_seq
        for fact in decode_facts(chunk.payload) if chunk.facts else ():
            for event in self.store.apply(Stamp(seq, time, chunk.origin), fact):
                self.reference.note(event, time)
            seq += 1

    def _fan_out(self, batch: Batch) -> None:
        data = encode_batch(batch.time, batch.chunks)
        for origin, worker in self.workers.items():
            asked = not batch.only_for or origin in batch.only_for
            if asked and batch.number >= worker.first_batch:
                worker.down.append(data)

    # What happens next.

    def step(self) -> None:
        """Something moves."""
        moves: list[Callable[[], None]] = []
        if self.sequencer.gathered and not self._committing:
            moves += [self.make_batch] * 2
        if self._to_store:
            moves += [self.commit] * 4
        for worker in self.workers.values():
            if self.random.random() >= self._laziness[worker.origin]:
                moves += self._moves(worker)
        if moves:
            self.random.choice(moves)()

    def _moves(self, worker: Worker) -> list[Callable[[], None]]:
        moves: list[Callable[[], None]] = []
        if worker.node is not None:
            if worker.busy:
                moves += [worker.pump] * 2
            moves += [worker.deliver] * min(len(worker.down), 4)
            if worker.history:
                moves.append(worker.answer_history)
        if worker.up:
            moves.append(lambda: self.sequencer.offer(worker.origin, *worker.up.popleft()))
        return moves

    def pass_time(self, seconds: float) -> None:
        """The clock moves on, and timers ring."""
        self.now += seconds
        for worker in self.workers.values():
            if worker.node is not None:
                worker.busy = True
                worker.node.tick(self.now)
                worker.node.check_alive(self.now)

    def settle(self) -> None:
        """All that is under way comes to its end, flood gates included."""
        quiet = 0
        while quiet < 2:
            while self._drain():
                pass
            self.pass_time(20.0)
            quiet = 0 if any(c.connection.backlog for c in self.clients) else quiet + 1
        while self._drain():
            pass

    def _drain(self) -> bool:
        """Everything that is under way now arrives; False if nothing was."""
        moved = False
        while self.sequencer.gathered or self._to_store:
            self.make_batch()
            self.commit()
            moved = True
        for worker in self.workers.values():
            while worker.history:
                worker.answer_history()
                moved = True
            while worker.down:
                worker.deliver()
                moved = True
            worker.pump()
            while worker.up:
                self.sequencer.offer(worker.origin, *worker.up.popleft())
                moved = True
        return moved
