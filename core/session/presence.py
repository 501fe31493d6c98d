"""Which connections of this worker are in which room, grouped by what their lines look like.

The fan-out iterates over these groups as they are; nothing is looked up per delivery.
"""

from collections.abc import Iterable

from core.session.connection import Connection
from core.state.records import Room, User

Group = dict[Connection, None]
_NOBODY: dict[int, Group] = {}


class Presence:
    """Connections by user, and by room and class of receivers."""

    def __init__(self) -> None:
        self._of_user: dict[User, list[Connection]] = {}
        self._in_room: dict[Room, dict[int, Group]] = {}

    def of(self, user: User) -> list[Connection]:
        """The connections of ``user`` here."""
        return self._of_user.get(user, [])

    def groups(self, room: Room) -> dict[int, Group]:
        """The connections here in ``room``: class of receivers -> connections."""
        return self._in_room.get(room, _NOBODY)

    def everyone(self, room: Room) -> list[Connection]:
        """The connections here in ``room``."""
        return [member for group in self.groups(room).values() for member in group]

    def attach(self, connection: Connection, user: User) -> None:
        """``connection`` is one of ``user``'s now, in all its rooms."""
        self._of_user.setdefault(user, []).append(connection)
        for room in user.rooms:
            self._add(connection, room)

    def detach(self, connection: Connection, user: User) -> None:
        """``connection`` gets nothing more."""
        self.detach_from(connection, user, user.rooms)

    def detach_from(self, connection: Connection, user: User, rooms: Iterable[Room]) -> None:
        """As ``detach``, from ``rooms``: those that ``user`` was in up to now."""
        held = self._of_user.get(user)
        if held is not None and connection in held:
            held.remove(connection)
            if not held:
                del self._of_user[user]
        for room in rooms:
            self._discard(connection, room)

    def enter(self, user: User, room: Room) -> None:
        """``user`` is in ``room`` now."""
        for connection in self.of(user):
            self._add(connection, room)

    def leave(self, user: User, room: Room) -> None:
        """``user`` is no longer in ``room``."""
        for connection in self.of(user):
            self._discard(connection, room)

    def _add(self, connection: Connection, room: Room) -> None:
        groups = self._in_room.setdefault(room, {})
        groups.setdefault(connection.render_class, {})[connection] = None

    def _discard(self, connection: Connection, room: Room) -> None:
        groups = self._in_room.get(room)
        group = groups and groups.get(connection.render_class)
        if groups is None or not group:
            return
        group.pop(connection, None)
        if not group:
            del groups[connection.render_class]
            if not groups:
                del self._in_room[room]
