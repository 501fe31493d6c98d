"""Reading the past: over a read-only connection, off the loop.

Every question names the place that may be read; nothing from outside of it is ever answered.
"""

import sqlite3
import time
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from core.state.conversations import (
    NO_BOUND,
    Backlog,
    Bound,
    FindMessage,
    Found,
    Latest,
    Missed,
    Part,
    Place,
    Private,
    Query,
    Row,
    Search,
    Targets,
)
from core.store.schema import open_reader
from core.store.searching import search

_COLUMNS = "seq, time, sender, kind, target, text, tags, author, account, bot"
# A search that takes longer is given up: it keeps others waiting.
SEARCH_SECONDS = 1.0
# Instructions of SQLite's machine between two looks at the clock.
_INSTRUCTIONS = 50_000
# Kinds that everybody gets, and what is left of redacted messages.
_SPOKEN = "kind <= 1"
_PEERS = "SELECT conversation, peer, nick FROM private WHERE user = ?"
_WITH = "SELECT conversation FROM private WHERE user = ? AND (peer = ? OR name = ?)"
_LAST = f"""
SELECT seq, time FROM messages WHERE conversation = ? AND seq BETWEEN ? AND ? AND {_SPOKEN}
ORDER BY seq DESC LIMIT 1
"""


class Source(NamedTuple):
    """A conversation that is read, as far as it may be."""

    conversation: int
    since: int = 0
    name: str = ""  # as in ``Part``
    key: str = ""


class Reader:
    """Answers questions; not for use by several threads at once."""

    def __init__(self, folder: Path) -> None:
        self._database: sqlite3.Connection = open_reader(folder)

    def answer(self, question: object) -> object:
        """The answer to any of ``core.state.conversations.QUESTIONS``.  Raises sqlite3.Error."""
        self._database.execute("BEGIN")  # one state of the database for all of an answer
        try:
            match question:
                case Query():
                    return self._read(question)
                case FindMessage():
                    return self._find(question)
                case Targets():
                    return self._targets(question)
                case Search():
                    return self._search_in_time(question)
                case Missed():
                    return self._missed(question)
            raise TypeError(f"no question to the store: {question!r}")
        finally:
            self._database.execute("COMMIT")

    def close(self) -> None:
        """Close the connection."""
        self._database.close()

    # Places.

    def _sources(self, place: Place) -> list[Source]:
        if isinstance(place, Private):
            return [Source(id) for (id,) in self._database.execute(_WITH, place)]
        found = [self._source(part) for part in place]
        return [source for source in found if source is not None]

    def _source(self, part: Part) -> Source | None:
        row = self._database.execute(
            "SELECT id FROM conversations WHERE key = ?", (part.key,)
        ).fetchone()
        return None if row is None else Source(row[0], part.since, part.name, part.key)

    # Messages.

    def _read(self, query: Query) -> list[Row] | None:
        sources = self._sources(query.place)
        if not sources and isinstance(query.place, Private) and not query.place.peer:
            return None
        return self._rows(sources, query)

    def _rows(self, sources: list[Source], query: Query) -> list[Row]:
        if query.take == "around":
            return self._around(sources, query)
        if query.take == "between":
            query = self._straight(sources, query)
        parts = [
            self._part(source, query, table)
            for source in sources
            for table in (("messages", "events") if query.events else ("messages",))
        ]
        rows = parts[0] if len(parts) == 1 else sorted(row for part in parts for row in part)
        if len(rows) > query.limit:
            first = 0 if query.take == "oldest" else len(rows) - query.limit
            rows = rows[first : first + query.limit]
        return [row for _, _, row in rows]

    def _part(self, source: Source, query: Query, table: str) -> list[tuple[int, int, Row]]:
        """What one table has of one conversation, oldest first: (sequence number, part, row)."""
        number = source.conversation
        low, high = source.since - 1, query.upto + 1
        seq, time = query.after
        if seq is not None:
            low = max(low, seq)
        elif time is not None:
            low = max(low, first_at(self._database, number, time + 1, table) - 1)
        seq, time = query.before
        if seq is not None:
            high = min(high, seq)
        elif time is not None:
            high = min(high, first_at(self._database, number, time, table))
        order = "ASC" if query.take == "oldest" else "DESC"
        spoken = table == "messages"
        rows = self._database.execute(
            f"SELECT {_COLUMNS}, {'0' if spoken else 'part'} FROM {table}"
            f" WHERE conversation = ? AND seq > ? AND seq < ?{f' AND {_SPOKEN}' * spoken}"
            f" ORDER BY seq {order}{'' if spoken else f', part {order}'} LIMIT ?",
            (number, low, high, query.limit),
        ).fetchall()
        if order == "DESC":
            rows.reverse()
        return [(row[0], row[10], shown(row, source.name)) for row in rows]

    def _straight(self, sources: list[Source], query: Query) -> Query:
        """A question "between" as one for the oldest or the newest, with its bounds in order."""
        one, other = query.after, query.before
        if one.time is not None and other.time is not None:
            backwards = one.time > other.time
        else:
            backwards = self._position(sources, one) > self._position(sources, other)
        if backwards:
            return query._replace(take="newest", after=other, before=one)
        return query._replace(take="oldest")

    def _position(self, sources: list[Source], bound: Bound) -> int:
        if bound.time is None:
            return bound.seq or 0
        firsts = [first_at(self._database, source.conversation, bound.time) for source in sources]
        return min(firsts, default=0)

    def _around(self, sources: list[Source], query: Query) -> list[Row]:
        """As many before the middle as behind it; where one side has less, more of the other."""
        seq, time = query.after
        inclusive = Bound(seq - 1) if seq is not None else Bound(None, (time or 0) - 1)
        before = query._replace(take="newest", after=NO_BOUND, before=query.after)
        after = query._replace(take="oldest", after=inclusive, before=NO_BOUND)
        earlier, later = self._rows(sources, before), self._rows(sources, after)
        count = min(len(earlier), max((query.limit - 1) // 2, query.limit - len(later)))
        return earlier[len(earlier) - count :] + later[: query.limit - count]

    # Single messages.

    def _find(self, question: FindMessage) -> Found | None:
        for source in self._sources(question.place):
            for table in ("messages", "events"):
                row = self._database.execute(
                    "SELECT author, key, kind, time FROM"
                    f" {table} JOIN conversations ON id = conversation"
                    " WHERE conversation = ? AND seq = ? AND seq >= ? AND kind <= 2",
                    (source.conversation, question.seq, source.since),
                ).fetchone()
                if row is not None:
                    return Found(*row)
        return None

    # Conversations.

    def _last(self, sources: Iterable[Source], upto: int) -> int | None:
        """The time of the last message in any of ``sources``."""
        found = [
            self._database.execute(_LAST, (source.conversation, source.since, upto)).fetchone()
            for source in sources
        ]
        return max((row[1] for row in found if row is not None), default=None)

    def _targets(self, question: Targets) -> Latest:
        upto = question.upto
        rooms = [self._last(self._sources(parts), upto) for parts in question.rooms]
        peers: list[tuple[int, str, int]] = []
        for number, peer, nick in self._database.execute(_PEERS, (question.user,)).fetchall():
            time = self._last([Source(number)], upto)
            if time is not None:
                peers.append((peer, nick, time))
        return Latest(rooms, peers)

    def _missed(self, question: Missed) -> list[Backlog]:
        query = Query(
            (), "newest", Bound(question.seq), NO_BOUND, question.limit, upto=question.upto
        )
        found = [
            Backlog(index, 0, "", self._rows(self._sources(parts), query))
            for index, parts in enumerate(question.rooms)
        ]
        for number, peer, nick in self._database.execute(_PEERS, (question.user,)).fetchall():
            found.append(Backlog(-1, peer, nick, self._rows([Source(number)], query)))
        every = sorted(row.seq for backlog in found for row in backlog.rows)
        first = every[-question.limit] if len(every) > question.limit else 0
        cut = [b._replace(rows=[row for row in b.rows if row.seq >= first]) for b in found]
        return [backlog for backlog in cut if backlog.rows]

    def _search_in_time(self, question: Search) -> list[Row] | None:
        """The answer; None if it takes too long."""
        end = time.monotonic() + SEARCH_SECONDS
        self._database.set_progress_handler(lambda: time.monotonic() > end, _INSTRUCTIONS)
        try:
            return self._search(question)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
                raise
            return None
        finally:
            self._database.set_progress_handler(None, 0)

    def _search(self, question: Search) -> list[Row]:
        sources = {
            source.conversation: source
            for place in question.places
            for source in self._sources(place)
        }
        if question.user:
            for number, _, _ in self._database.execute(_PEERS, (question.user,)):
                sources.setdefault(number, Source(number))
        found = search(
            self._database,
            question,
            {number: (source.since, source.name) for number, source in sources.items()},
        )
        return [shown(row, sources[number].name) for number, row in found]


def shown(row: tuple[object, ...], name: str) -> Row:
    """A row of a table as it is answered; ``name``: what its room is called now."""
    fields = Row(*row[:10])  # type: ignore[arg-type]
    if not name or fields.target == name:
        return fields
    sign = fields.target.partition("#")[0]
    return fields._replace(target=sign + name)


def first_at(
    database: sqlite3.Connection, conversation: int, time: int, table: str = "messages"
) -> int:
    """The first sequence number in a conversation that is not older than ``time``.

    Times never decrease along the log, so this is a binary search over the primary key.
    """
    ends = database.execute(
        f"SELECT min(seq), max(seq) + 1 FROM {table} WHERE conversation = ?", (conversation,)
    ).fetchone()
    low, high = ends[0] or 0, ends[1] or 0
    while low < high:
        middle = (low + high) // 2
        seq, stamped = database.execute(
            f"SELECT seq, time FROM {table} WHERE conversation = ? AND seq >= ?"
            " ORDER BY seq LIMIT 1",
            (conversation, middle),
        ).fetchone()
        if stamped < time:
            low = seq + 1
        else:
            high = middle
    return int(low)
