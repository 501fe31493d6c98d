"""Finding messages by what they say.

The index answers for what is in it; the few messages behind it, which came within the last
moments, are put into an index of their own, in memory, so that both are matched alike.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice

from core.state.conversations import Search
from core.store.index import place_token, sender_token, tokens

# Messages that are behind the index and looked at for one search, at most: the newest.
BEHIND = 5000
# Conversations up to which they are part of the question to the index.
FEW = 8
# Hits that are judged one by one, at most.
JUDGED = 2000

_COLUMNS = "seq, time, sender, kind, target, text, tags, author, account, bot"
_MATCH = """
SELECT indexed.seq, indexed.conversation FROM words JOIN indexed ON indexed.seq = words.rowid
WHERE words MATCH ? AND words.rowid >= ? AND words.rowid < ? ORDER BY words.rowid {}
"""
_AT = "SELECT seq, time FROM indexed WHERE seq >= ? ORDER BY seq LIMIT 1"
_TAIL = f"""
SELECT {_COLUMNS} FROM messages WHERE conversation = ? AND seq > ? AND seq <= ? AND kind <= 1
ORDER BY seq DESC LIMIT ?
"""

# What may be read: conversation -> (from which sequence number on, the room's name).
Readable = Mapping[int, tuple[int, str]]
Numbered = tuple[int, tuple[object, ...]]  # a conversation, a row of ``messages``


def search(database: sqlite3.Connection, question: Search, readable: Readable) -> list[Numbered]:
    """The messages that fit, in the log's order."""
    if not readable or question.limit <= 0:
        return []
    indexed: int = database.execute("SELECT indexed FROM log").fetchone()[0]
    recent = _behind(database, question, readable, indexed)
    found = _in_index(database, question, readable)
    if question.oldest:
        return list(islice(chain(found, recent), question.limit))
    return list(islice(chain(reversed(recent), found), question.limit))[::-1]


def expression(question: Search, places: Iterable[int]) -> str:
    """The question as an FTS5 expression; whatever a user wrote stands in quotes.

    ``places``: the conversations to search; none: all there are.
    """
    terms = []
    tokens = " OR ".join(map(place_token, places))
    if tokens:
        terms.append(f"place : ({tokens})")
    if question.sender:
        terms.append(f"sender : {sender_token(question.sender)}")
    if question.words:
        quoted = ('"' + word.replace('"', '""') + '" *' for word in question.words)
        terms.append("text : (" + " AND ".join(quoted) + ")")
    return " AND ".join(terms)


def _in_index(
    database: sqlite3.Connection, question: Search, readable: Readable
) -> Iterator[Numbered]:
    """What fits, beginning with the newest or the oldest.

    Looking for a word is fast, looking for it in hundreds of conversations is not: so for somebody
    who is in many, the first hits anywhere are judged one by one.
    """
    low = 0 if question.after is None else _first_at(database, question.after)
    high = question.upto + 1
    if question.before is not None:
        high = min(high, _first_at(database, question.before + 1))
    match = _MATCH.format("ASC" if question.oldest else "DESC")
    if len(readable) > FEW and (question.words or question.sender):
        hits = database.execute(match, (expression(question, ()), low, high))
        last = 0
        for seq, conversation in islice(hits, JUDGED):
            yield from _readable(database, readable, seq, conversation)
            last = seq
        if hits.fetchone() is None:
            return
        low, high = (last + 1, high) if question.oldest else (low, last)
    for seq, conversation in database.execute(match, (expression(question, readable), low, high)):
        yield from _readable(database, readable, seq, conversation)


def _readable(
    database: sqlite3.Connection, readable: Readable, seq: int, conversation: int
) -> Iterator[Numbered]:
    """A message, if it may be read."""
    if conversation in readable and seq >= readable[conversation][0]:
        row = database.execute(
            f"SELECT {_COLUMNS} FROM messages WHERE conversation = ? AND seq = ?",
            (conversation, seq),
        ).fetchone()
        yield conversation, row


def _first_at(database: sqlite3.Connection, time: int) -> int:
    """The first message in the index that is not older than ``time``."""
    low, high = database.execute("SELECT min(seq), max(seq) + 1 FROM indexed").fetchone()
    low, high = low or 0, high or 0
    while low < high:
        middle = (low + high) // 2
        seq, stamped = database.execute(_AT, (middle,)).fetchone()
        if stamped < time:
            low = seq + 1
        else:
            high = middle
    return int(low)


def _behind(
    database: sqlite3.Connection, question: Search, readable: Readable, indexed: int
) -> list[Numbered]:
    """What fits among the messages that are not in the index yet."""
    rows: list[Numbered] = []
    for conversation, (since, _) in readable.items():
        first = max(indexed, since - 1)
        tail = database.execute(_TAIL, (conversation, first, question.upto, BEHIND))
        rows += [(conversation, row) for row in tail]
    rows = sorted((row for row in rows if _in_time(question, row[1])), key=_sequence)[-BEHIND:]
    if not rows:
        return []
    memory = sqlite3.connect(":memory:")
    try:
        memory.execute(
            "CREATE VIRTUAL TABLE words USING fts5(text, place, sender,"
            ' content = "", tokenize = "unicode61 remove_diacritics 2")'
        )
        memory.executemany(
            "INSERT INTO words (rowid, text, place, sender) VALUES (?, ?, ?, ?)",
            [
                (index, row[5], *tokens(conversation, str(row[2])))
                for index, (conversation, row) in enumerate(rows, 1)
            ],
        )
        found = memory.execute(
            "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid",
            (expression(question, readable),),
        )
        return [rows[index - 1] for (index,) in found]
    finally:
        memory.close()


def _sequence(numbered: Numbered) -> int:
    seq = numbered[1][0]
    assert isinstance(seq, int)
    return seq


def _in_time(question: Search, row: tuple[object, ...]) -> bool:
    time = row[1]
    assert isinstance(time, int)
    after = question.after is None or time >= question.after
    return after and (question.before is None or time <= question.before)
