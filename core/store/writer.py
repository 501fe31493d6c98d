"""The store's side of the log: applies each batch to a replica of its own, keeps what is to keep.

It judges nothing by itself: what ``apply`` refused is not kept.  On the path of a message are one
INSERT and the commit; the search index and the deletion of what is old are ``work``, which is done
in small portions whenever no batch is waiting.
"""

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from core.state import snapshot
from core.state.facts import decode_facts
from core.state.replica import Replica, Rules, Stamp
from core.store import cleaning
from core.store.directory import Directory
from core.store.index import Index
from core.store.keeper import Keeper, Statements, recover
from core.store.recorder import INSERT_EVENT, INSERT_MESSAGE, Recorder
from core.store.schema import make_room, open_writer

# Sequence numbers are reserved on disk in blocks, so that none is used twice even though the
# facts that keep nothing (typing, away ...) write nothing.
BLOCK = 1_000_000

# The newest message's time, by the last message of each conversation.
_NEWEST = """
SELECT max((SELECT time FROM messages WHERE conversation = conversations.id
            ORDER BY seq DESC LIMIT 1)) FROM conversations
"""
_RESERVE = "UPDATE log SET reserved = ?"


class Writer:
    """The database and the replica as of the last batch."""

    def __init__(self, folder: Path, rules: Rules) -> None:
        self._database: sqlite3.Connection = open_writer(folder)
        make_room(self._database)
        reserved, time = self._database.execute("SELECT reserved, time FROM log").fetchone()
        newest = self._database.execute(_NEWEST).fetchone()[0]
        self.last_time: int = max(time, newest or 0)  # milliseconds since the epoch
        self.replica: Replica = recover(self._database, rules, reserved - 1)
        self._reserved: int = reserved
        self._directory = Directory(self._database)
        self._keeper = Keeper(self._database, self.replica)
        self.index = Index(self._database)

    @property
    def next_seq(self) -> int:
        """The first sequence number that was never used."""
        return self.replica.seq + 1

    def commit(self, time: int, chunks: Iterable[tuple[int, int, int, bytes]]) -> int:
        """Apply the chunks of a batch and put what came of it on disk; how many messages that are.

        ``chunks``: (origin, first sequence number, count, facts in MessagePack).  On return
        everything is committed, and seen by readers.
        """
        recorder = Recorder(self._directory, self._keeper)
        recorder.time = time
        apply, note = self.replica.apply, recorder.note
        for origin, seq, count, payload in chunks:
            for fact in decode_facts(payload) if count else ():
                recorder.seq = seq
                for event in apply(Stamp(seq, time, origin), fact):
                    note(event)
                seq += 1
        self.last_time = max(self.last_time, time)
        self._write(recorder)
        self.index.expect(recorder.messages)
        return len(recorder.messages)

    def _write(self, recorder: Recorder) -> None:
        statements: Statements = self._directory.take()
        statements += self._keeper.statements()
        if self.replica.seq >= self._reserved:
            self._reserved = self.replica.seq + BLOCK
            statements.append((_RESERVE, (self._reserved,)))
        messages, events = recorder.messages, recorder.events
        execute = self._database.execute
        if not statements and not events and len(messages) < 2:
            for message in messages:
                execute(INSERT_MESSAGE, message)  # a transaction by itself
            return
        # What others only saw happen need not wait for the disk: it is in the log file, and a
        # crash of any process leaves it there.
        passing = not statements and not messages and not recorder.redacted
        if passing:
            execute("PRAGMA synchronous = NORMAL")
        execute("BEGIN")
        for statement, parameters in statements:
            execute(statement, parameters)
        self._database.executemany(INSERT_MESSAGE, messages)
        self._database.executemany(INSERT_EVENT, events)
        for conversation, seq in recorder.redacted:
            self.index.remove(conversation, seq)
        for statement, parameters in recorder.redactions():
            execute(statement, parameters)
        execute("COMMIT")
        if passing:
            execute("PRAGMA synchronous = FULL")

    def snapshot(self) -> bytes:
        """The replica, for a new worker."""
        return snapshot.take(self.replica)

    def work(self) -> bool:
        """A portion of what nobody waits for; True if there is more."""
        return self.index.work()

    def drop_older(self, time: int) -> int:
        """Delete a portion of what is from before ``time`` (milliseconds); how many messages and
        events that were, 0 when all are gone.
        """
        dropped = cleaning.drop_older(self._database, self.index, time)
        if not dropped:
            cleaning.drop_empty(self._database)
            self._directory.forget()
        return dropped

    def close(self) -> None:
        """Note how far the log got, and close."""
        self._database.execute(
            "UPDATE log SET reserved = ?, time = ?", (self.replica.seq + 1, self.last_time)
        )
        self._database.close()
