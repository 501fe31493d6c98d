"""The end of what is old (history.keep_days), in portions that keep nobody waiting for long."""

import sqlite3

from core.store.index import Index
from core.store.reader import first_at

# Rows deleted in one transaction, at most.
PORTION = 500

_AGED = """
SELECT id FROM conversations
WHERE (SELECT time FROM {} WHERE conversation = conversations.id ORDER BY seq LIMIT 1) < ?
LIMIT ?
"""
_OLD = "SELECT seq FROM {} WHERE conversation = ? AND seq < ? ORDER BY seq LIMIT ?"
_EMPTY = """
DELETE FROM conversations
WHERE NOT EXISTS (SELECT 1 FROM messages WHERE conversation = conversations.id)
  AND NOT EXISTS (SELECT 1 FROM events WHERE conversation = conversations.id)
"""
_NOBODYS = """
DELETE FROM private WHERE NOT EXISTS (SELECT 1 FROM conversations WHERE id = private.conversation)
"""


def drop_older(database: sqlite3.Connection, index: Index, time: int) -> int:
    """Delete some rows from before ``time`` (milliseconds); how many, 0 if there are none."""
    database.execute("BEGIN")
    dropped = 0
    for table in ("messages", "events"):
        aged = database.execute(_AGED.format(table), (time, PORTION)).fetchall()
        for (conversation,) in aged:
            if dropped < PORTION:
                dropped += _drop(database, index, table, conversation, time, PORTION - dropped)
    database.execute("COMMIT")
    return dropped


def _drop(
    database: sqlite3.Connection, index: Index, table: str, conversation: int, time: int, most: int
) -> int:
    bound = first_at(database, conversation, time, table)
    rows = database.execute(_OLD.format(table), (conversation, bound, most)).fetchall()
    if table == "messages":
        for (seq,) in rows:
            index.remove(conversation, seq)
    database.execute(
        f"DELETE FROM {table} WHERE conversation = ? AND seq <= ?", (conversation, rows[-1][0])
    )
    return len(rows)


def drop_empty(database: sqlite3.Connection) -> None:
    """Forget conversations of which nothing is left."""
    database.execute("BEGIN")
    database.execute(_EMPTY)
    database.execute(_NOBODYS)
    database.execute("COMMIT")
