"""What outlives the server besides messages: accounts with their users, rooms, bans.

Each is one small row, written again whenever ``Replica.keep`` has named its record.
"""

import sqlite3

from core.state import snapshot
from core.state.records import Account, Room
from core.state.replica import Replica, Rules

# What a transaction is made of: statements with their parameters, in order.
Statements = list[tuple[str, tuple[object, ...]]]

_PUT_ACCOUNT = "INSERT OR REPLACE INTO accounts VALUES (?, ?)"
_DROP_ACCOUNT = "DELETE FROM accounts WHERE id = ?"
_PUT_ROOM = "INSERT OR REPLACE INTO rooms VALUES (?, ?)"
_DROP_ROOM = "DELETE FROM rooms WHERE key = ?"
_PUT_BAN = "INSERT OR REPLACE INTO bans VALUES (?, ?, ?)"
_DROP_BAN = "DELETE FROM bans WHERE kind = ? AND mask = ?"


def recover(database: sqlite3.Connection, rules: Rules, seq: int) -> Replica:
    """The replica that a server starts with."""

    def rows(query: str) -> list[bytes]:
        return [data for (data,) in database.execute(query)]

    replica = snapshot.recover(
        rules,
        seq,
        rows("SELECT data FROM accounts ORDER BY id"),
        rows("SELECT data FROM rooms ORDER BY key"),
        rows("SELECT data FROM bans ORDER BY kind, mask"),
    )
    replica.changed = {}
    return replica


class Keeper:
    """Turns the records that changed into statements."""

    def __init__(self, database: sqlite3.Connection, replica: Replica) -> None:
        self._replica = replica
        assert replica.changed is not None
        self._changed = replica.changed
        # Keys of the rooms that have a row.
        self._rooms: set[str] = {key for (key,) in database.execute("SELECT key FROM rooms")}
        self._moved: list[str] = [key for key in self._rooms if key not in replica.rooms]

    def renamed(self, room: Room, old_key: str) -> None:
        """A room has another key: it stands in the rows of its members as well."""
        self._moved.append(old_key)
        self._replica.keep(room, *(user.account for user in room.members))

    def statements(self) -> Statements:
        """What is to be written since the last time."""
        done: Statements = []
        if not self._changed and not self._moved:
            return done
        rooms = dict.fromkeys(self._moved)
        self._moved.clear()
        for record in self._changed:
            if isinstance(record, Account):
                self._account(record, rooms, done)
            elif isinstance(record, Room):
                rooms[record.key] = None
            else:
                self._ban(record, done)
        self._changed.clear()
        for key in rooms:
            self._room(key, done)
        return done

    def _account(self, account: Account, rooms: dict[str, None], done: Statements) -> None:
        """An account; ``rooms`` gets those that are to be kept now because its user stays."""
        if self._replica.accounts.get(account.id) is not account:
            done.append((_DROP_ACCOUNT, (account.id,)))
            return
        user = account.user
        stays = user is not None and self._replica.stays(user)
        done.append((_PUT_ACCOUNT, (account.id, snapshot.encode_account(account, stays))))
        if user is not None and stays:
            rooms.update((room.key, None) for room in user.rooms if room.key not in self._rooms)

    def _room(self, key: str, done: Statements) -> None:
        """A room is kept for its founder, or for a member that stays; whatever has ``key`` now."""
        room = self._replica.rooms.get(key)
        if room is not None and (room.lasting or any(map(self._replica.stays, room.members))):
            self._rooms.add(key)
            done.append((_PUT_ROOM, (key, snapshot.encode_room(room))))
        elif key in self._rooms:
            self._rooms.discard(key)
            done.append((_DROP_ROOM, (key,)))

    def _ban(self, key: tuple[str, str], done: Statements) -> None:
        ban = self._replica.server_bans.get(key)
        if ban is None:
            done.append((_DROP_BAN, key))
        else:
            done.append((_PUT_BAN, (*key, snapshot.encode_ban(ban))))
