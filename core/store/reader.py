"""Reading the past: over a read-only connection, off the loop."""

import sqlite3
from pathlib import Path

from core.state.conversations import Query, Row
from core.store.schema import open_reader

_COLUMNS = "seq, time, sender, kind, target, text, tags"


class Reader:
    """Answers ``Query``s; not for use by several threads at once."""

    def __init__(self, folder: Path) -> None:
        self._database: sqlite3.Connection = open_reader(folder)

    def read(self, query: Query) -> list[Row]:
        """The rows for ``query``, oldest first.  Raises sqlite3.Error."""
        parts = [self._read(query, key) for key in query.conversations]
        rows = parts[0] if len(parts) == 1 else sorted(row for part in parts for row in part)
        if not query.limit or len(rows) <= query.limit:
            return rows
        return rows[: query.limit] if query.direction == "after" else rows[-query.limit :]

    def _read(self, query: Query, key: str) -> list[Row]:
        """What one conversation has for ``query``, oldest first."""
        found = self._database.execute(
            "SELECT id FROM conversations WHERE key = ?", (key,)
        ).fetchone()
        if found is None:
            return []
        lower, upper = self._bounds(query, found[0])
        order = "ASC" if query.direction == "after" else "DESC"
        rows = self._database.execute(
            f"SELECT {_COLUMNS} FROM messages WHERE conversation = ? AND seq > ? AND seq < ?"
            f" ORDER BY seq {order} LIMIT ?",
            (found[0], lower, upper, query.limit),
        ).fetchall()
        if order == "DESC":
            rows.reverse()
        return [Row(*row) for row in rows]

    def _bounds(self, query: Query, conversation: int) -> tuple[int, int]:
        """Sequence numbers between which, both excluded, the answer lies."""
        low, high = -1, (1 << 62)
        if query.direction == "before":
            if query.seq is not None:
                high = query.seq
            elif query.time is not None:
                high = first_at(self._database, conversation, query.time)
        elif query.seq is not None:
            low = query.seq
        elif query.time is not None:
            low = first_at(self._database, conversation, query.time + 1) - 1
        return low, high

    def close(self) -> None:
        """Close the connection."""
        self._database.close()


def first_at(database: sqlite3.Connection, conversation: int, time: int) -> int:
    """The first sequence number in a conversation whose message is not older than ``time``.

    Times never decrease along the log, so this is a binary search over the primary key.
    """
    ends = database.execute(
        "SELECT min(seq), max(seq) + 1 FROM messages WHERE conversation = ?", (conversation,)
    ).fetchone()
    low, high = ends[0] or 0, ends[1] or 0
    while low < high:
        middle = (low + high) // 2
        seq, stamped = database.execute(
            "SELECT seq, time FROM messages WHERE conversation = ? AND seq >= ?"
            " ORDER BY seq LIMIT 1",
            (conversation, middle),
        ).fetchone()
        if stamped < time:
            low = seq + 1
        else:
            high = middle
    return int(low)
