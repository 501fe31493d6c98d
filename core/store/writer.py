"""The store's side of the log: applies each batch to a replica of its own, keeps what is to keep.

It judges nothing by itself: what ``apply`` refused is not kept.
"""

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from core.state import facts, snapshot
from core.state.conversations import private_conversation, room_conversation
from core.state.events import RoomSpoken, UserSpoken
from core.state.facts import decode_facts
from core.state.replica import Replica, Rules, Stamp
from core.store.reader import first_at
from core.store.schema import make_room, open_writer

# Sequence numbers are reserved on disk in blocks, so that none is used twice even though the
# facts that keep nothing (joins, nicks ...) write nothing.
BLOCK = 1_000_000

# The newest message's time, by the last message of each conversation.
_NEWEST = """
SELECT max((SELECT time FROM messages WHERE conversation = conversations.id
            ORDER BY seq DESC LIMIT 1)) FROM conversations
"""
_INSERT = "INSERT INTO messages VALUES (?, ?, ?, ?, ?, ?, ?, ?)"

_Row = tuple[int, int, int, str, int, str, str, str]  # in the order of the table's columns


class Writer:
    """The database and the replica as of the last batch."""

    def __init__(self, folder: Path, rules: Rules) -> None:
        self._database: sqlite3.Connection = open_writer(folder)
        make_room(self._database)
        reserved, time = self._database.execute("SELECT reserved, time FROM log").fetchone()
        newest = self._database.execute(_NEWEST).fetchone()[0]
        self.last_time: int = max(time, newest or 0)  # milliseconds since the epoch
        self.replica = Replica(rules, reserved - 1)
        self._reserved: int = reserved
        self._conversations: dict[str, int] = {}

    @property
    def next_seq(self) -> int:
        """The first sequence number that was never used."""
        return self.replica.seq + 1

    def commit(self, time: int, chunks: Iterable[tuple[int, int, int, bytes]]) -> int:
        """Apply the chunks of a batch and put its messages on disk; how many were kept.

        ``chunks``: (origin, first sequence number, count, facts in MessagePack).  On return
        everything is committed.
        """
        rows: list[_Row] = []
        self._begun = False
        for origin, seq, count, payload in chunks:
            for fact in decode_facts(payload) if count else ():
                for event in self.replica.apply(Stamp(seq, time, origin), fact):
                    if isinstance(event, RoomSpoken | UserSpoken) and event.kind != facts.TAGMSG:
                        rows.append(self._row(event, time))
                seq += 1
        self.last_time = max(self.last_time, time)
        if self.replica.seq >= self._reserved:
            self._begin()
            self._reserved = self.replica.seq + BLOCK
            self._database.execute("UPDATE log SET reserved = ?", (self._reserved,))
        if len(rows) == 1 and not self._begun:
            self._database.execute(_INSERT, rows[0])  # a transaction by itself
        elif rows:
            self._begin()
            self._database.executemany(_INSERT, rows)
        if self._begun:
            self._database.execute("COMMIT")
        return len(rows)

    def _begin(self) -> None:
        if not self._begun:
            self._database.execute("BEGIN")
            self._begun = True

    def _row(self, event: RoomSpoken | UserSpoken, time: int) -> _Row:
        sender = event.sender
        if isinstance(event, RoomSpoken):
            key, target = room_conversation(event.room), event.room.name
        else:
            key, target = private_conversation(sender, event.target), event.target.nick
        conversation = self._conversations.get(key)
        if conversation is None:
            conversation = self._conversation(key)
        return (
            conversation, event.seq, time, sender.prefix, event.kind, target, event.text, event.tags
        )  # fmt: skip

    def _conversation(self, key: str) -> int:
        """The number of the conversation ``key``, given on its first message."""
        found = self._database.execute("SELECT id FROM conversations WHERE key = ?", (key,))
        row = found.fetchone()
        if row is None:
            self._begin()
            cursor = self._database.execute("INSERT INTO conversations (key) VALUES (?)", (key,))
            row = (cursor.lastrowid,)
        if len(self._conversations) > 10_000:
            self._conversations.clear()
        number: int = row[0]
        self._conversations[key] = number
        return number

    def snapshot(self) -> bytes:
        """The replica, for a new worker."""
        return snapshot.take(self.replica)

    def drop_older(self, time: int) -> int:
        """Delete the messages from before ``time`` (milliseconds); how many there were."""
        self._database.execute("BEGIN")  # one commit for all
        dropped = 0
        for (conversation,) in self._database.execute("SELECT id FROM conversations").fetchall():
            bound = first_at(self._database, conversation, time)
            dropped += self._database.execute(
                "DELETE FROM messages WHERE conversation = ? AND seq < ?", (conversation, bound)
            ).rowcount
        self._database.execute(
            "DELETE FROM conversations WHERE NOT EXISTS"
            " (SELECT 1 FROM messages WHERE conversation = conversations.id)"
        )
        self._database.execute("COMMIT")
        self._conversations.clear()
        return dropped

    def close(self) -> None:
        """Note how far the log got, and close."""
        self._database.execute(
            "UPDATE log SET reserved = ?, time = ?", (self.replica.seq + 1, self.last_time)
        )
        self._database.close()
