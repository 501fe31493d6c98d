"""The numbers of conversations, and whose the private ones are.

What is new or different is noted as statements for the transaction under way; until that is
committed the answers come from here.
"""

import sqlite3

from core.state.conversations import (
    all_parts,
    private_conversation,
    renamed_key,
    room_conversation,
)
from core.state.records import Room, User
from core.store.keeper import Statements
from core.wire.identifiers import fold

# Entries kept in memory, of either kind, at most.
KNOWN = 10_000

_FIND = "SELECT id FROM conversations WHERE key = ?"
_ADD = "INSERT INTO conversations VALUES (?, ?)"
_MOVE = "UPDATE conversations SET key = ? WHERE id = ?"
_SIDE = "INSERT OR REPLACE INTO private VALUES (?, ?, ?, ?, ?)"
_RENAME = "UPDATE private SET name = ?, nick = ? WHERE peer = ?"
_PEERS_AGAIN = "UPDATE private SET peer = ? WHERE peer = ?"
_OWN_AGAIN = "UPDATE OR REPLACE private SET user = ? WHERE user = ?"


class Directory:
    """Conversations by key."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._next: int = database.execute("SELECT max(id) FROM conversations").fetchone()[0] or 0
        self._ids: dict[str, int | None] = {}  # None: there is none of that key
        # Key -> the nicks in its rows of ``private``, the lower id's first.
        self._nicks: dict[str, tuple[str, str]] = {}
        self.statements: Statements = []

    def find(self, key: str) -> int | None:
        """The number of a conversation, or None."""
        if key not in self._ids:
            row = self._database.execute(_FIND, (key,)).fetchone()
            self._ids[key] = row[0] if row is not None else None
        return self._ids[key]

    def room(self, room: Room, rank: str = "") -> int:
        """The number of what is said in ``room`` now."""
        key = room_conversation(room, rank)
        return self._ids.get(key) or self._number(key)

    def private(self, one: User, other: User) -> int:
        """The number of a private conversation, which both users have from now on."""
        key = private_conversation(one, other)
        low, high = (one, other) if one.id <= other.id else (other, one)
        number = self._ids.get(key) or self._number(key)
        if self._nicks.get(key) != (low.nick, high.nick):
            self._nicks[key] = (low.nick, high.nick)
            for user, peer in ((low, high), (high, low)):
                values = (user.id, number, peer.id, fold(peer.nick), peer.nick)
                self.statements.append((_SIDE, values))
        return number

    def _number(self, key: str) -> int:
        found = self.find(key)
        if found is None:
            self._next += 1
            found = self._ids[key] = self._next
            self.statements.append((_ADD, (found, key)))
        return found

    def renamed(self, user: User) -> None:
        """A user has another nick: whoever talked with it finds that under the new one."""
        self.statements.append((_RENAME, (fold(user.nick), user.nick, user.id)))

    def became(self, old: int, user: User) -> None:
        """A guest is the user of an account now: what it said before is that one's."""
        self.statements.append((_OWN_AGAIN, (user.id, old)))
        self.statements.append((_PEERS_AGAIN, (user.id, old)))

    def moved(self, room: Room, old_key: str) -> None:
        """A room has another name: its conversations go along.

        What was said in an older room of the new name can be read by nobody any more.
        """
        if room.key == old_key:
            return  # only the case of letters has changed
        for part in all_parts(room):
            key = part.key
            old = renamed_key(key, room.key, old_key)
            number = self.find(old)
            if number is None:
                continue
            aside = self.find(key)
            if aside is not None:
                self.statements.append((_MOVE, (f"~{aside:x}", aside)))
            self.statements.append((_MOVE, (key, number)))
            self._ids[key] = number
            self._ids[old] = None

    def forget(self) -> None:
        """What is known may have become wrong (conversations were deleted), or is too much."""
        self._ids.clear()
        self._nicks.clear()

    def take(self) -> Statements:
        """The statements since the last time."""
        taken, self.statements = self.statements, []
        if len(self._ids) > KNOWN:
            self.forget()
        return taken
