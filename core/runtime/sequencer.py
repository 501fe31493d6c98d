"""The one order: joins what the workers propose into numbered batches.  Pure.

Group commit: while one batch is on its way to the disk, the next one gathers.
"""

from typing import NamedTuple

from core.state.facts import Chunk, WorkerGone, encode_facts

# The origin of facts that no worker proposed.
RELAY = 0
# Chunks in one batch, at most (its header counts them in 16 bits).
BATCH_CHUNKS = 60_000


class Batch(NamedTuple):
    """Facts in their final order."""

    number: int  # counts all batches
    time: int  # milliseconds since the epoch
    chunks: list[Chunk]
    only_for: frozenset[int]  # without facts: the workers that asked; else empty: for everyone


class Sequencer:
    """Gives sequence numbers and times."""

    def __init__(self, next_seq: int, last_time: int) -> None:
        self.next_seq = next_seq
        self.last_time = last_time  # milliseconds; batches never go back behind it
        self.batches = 0  # made so far
        self._gathered: list[tuple[int, int, bytes]] = []

    @property
    def gathered(self) -> bool:
        """True if there is something to make a batch of."""
        return bool(self._gathered)

    def offer(self, origin: int, count: int, payload: bytes) -> None:
        """Facts of a worker, behind all that it offered before."""
        self._gathered.append((origin, count, payload))

    def worker_gone(self, origin: int) -> None:
        """A worker ended: the log says so."""
        self.offer(RELAY, 1, encode_facts([WorkerGone(origin)]))

    def next_batch(self, now: int) -> Batch:
        """Everything gathered, numbered; ``now`` in milliseconds since the epoch."""
        taken = self._gathered[:BATCH_CHUNKS]
        self._gathered = self._gathered[BATCH_CHUNKS:]
        chunks: list[Chunk] = []
        facts = 0
        for origin, count, payload in taken:
            chunks.append(Chunk(origin, self.next_seq, count, payload))
            self.next_seq += count
            facts += count
        self.last_time = max(self.last_time, now)
        self.batches += 1
        only_for = frozenset() if facts else frozenset(chunk.origin for chunk in chunks)
        return Batch(self.batches, self.last_time, chunks, only_for)
