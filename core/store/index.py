"""The search index: kept up in portions, behind the log, while nothing else is to do.

A message is there under its sequence number, with its text, one token for its conversation and
one for its sender's nick.  The messages are taken in the log's order, and ``log.indexed`` says up
to which all are in; the reader searches the few behind that by itself, so it misses none.
The table holds no text (FTS5, contentless): to take a message out, what it said is needed again.
"""

import heapq
import sqlite3
from collections.abc import Sequence
from typing import Any

from core.wire.identifiers import fold

# Messages taken at once: about a millisecond's work.
PORTION = 100

_INSERT = "INSERT INTO words (rowid, text, place, sender) VALUES (?, ?, ?, ?)"
_TAKEN = "INSERT INTO indexed VALUES (?, ?, ?)"
_DELETE = "INSERT INTO words (words, rowid, text, place, sender) VALUES ('delete', ?, ?, ?, ?)"
_RUN = """
SELECT seq, time, sender, text FROM messages
WHERE conversation = ? AND seq >= ? AND seq < ? AND kind <= 1 ORDER BY seq LIMIT ?
"""
_NEXT = "SELECT seq FROM messages WHERE conversation = ? AND seq > ? ORDER BY seq LIMIT 1"
_BEHIND = """
SELECT (SELECT min(seq) FROM messages WHERE conversation = conversations.id AND seq > ?) AS first,
       id FROM conversations WHERE first IS NOT NULL
"""


def place_token(conversation: int) -> str:
    """What stands for a conversation."""
    return f"c{conversation:x}"


def sender_token(nick: str) -> str:
    """What stands for a folded nick: a nick may hold what separates words."""
    return "n" + nick.encode().hex()


def tokens(conversation: int, sender: str) -> tuple[str, str]:
    """The tokens of a message; ``sender``: nick!ident@host."""
    return place_token(conversation), sender_token(fold(sender.partition("!")[0]))


class Index:
    """The writing side of the index."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self.indexed: int = database.execute("SELECT indexed FROM log").fetchone()[0]
        # (first message that is not in, conversation), a heap; each conversation once.
        self._behind: list[tuple[int, int]] = [
            (first, id) for first, id in database.execute(_BEHIND, (self.indexed,))
        ]
        heapq.heapify(self._behind)
        self._waiting: set[int] = {id for _, id in self._behind}
        self.lag = 0  # new messages that are not in, at about

    def expect(self, messages: Sequence[tuple[Any, ...]]) -> None:
        """New messages, as rows of the table, are committed."""
        self.lag += len(messages)
        waiting = self._waiting
        for row in messages:
            if row[0] not in waiting:
                waiting.add(row[0])
                heapq.heappush(self._behind, (row[1], row[0]))

    def work(self) -> bool:
        """Take some messages in; True if there are more."""
        if not self._behind:
            self.lag = 0
            return False
        execute = self._database.execute
        execute("PRAGMA synchronous = NORMAL")  # lost in a crash of the machine, it is made again
        execute("BEGIN")
        left = PORTION
        while left > 0 and self._behind:
            left -= self._take(left)
        self.lag = max(0, self.lag - PORTION + left) if self._behind else 0
        execute("UPDATE log SET indexed = ?", (self.indexed,))
        execute("COMMIT")
        execute("PRAGMA synchronous = FULL")
        return bool(self._behind)

    def _take(self, most: int) -> int:
        """The next messages of one conversation, up to where another one's come; how many."""
        first, conversation = heapq.heappop(self._behind)
        until = self._behind[0][0] if self._behind else 1 << 62
        rows = self._database.execute(_RUN, (conversation, first, until, most)).fetchall()
        for seq, time, sender, text in rows:
            self._database.execute(_INSERT, (seq, text, *tokens(conversation, sender)))
            self._database.execute(_TAKEN, (seq, conversation, time))
        self.indexed = max(self.indexed, rows[-1][0] if rows else first)
        # Where there were fewer than asked for, nothing more is in that stretch.
        last = rows[-1][0] if len(rows) == most else max(first, until - 1)
        following = self._database.execute(_NEXT, (conversation, last)).fetchone()
        if following is None:
            self._waiting.discard(conversation)
        else:
            heapq.heappush(self._behind, (following[0], conversation))
        return max(1, len(rows))

    def remove(self, conversation: int, seq: int) -> None:
        """Take a message out that is about to change; within the caller's transaction."""
        found = self._database.execute("DELETE FROM indexed WHERE seq = ?", (seq,)).rowcount
        if found:
            sender, text = self._database.execute(
                "SELECT sender, text FROM messages WHERE conversation = ? AND seq = ?",
                (conversation, seq),
            ).fetchone()
            self._database.execute(_DELETE, (seq, text, *tokens(conversation, sender)))
