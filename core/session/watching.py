"""Who watches which nick (MONITOR), on this worker.

A nick is *online* while a user has it who can be reached now, that is, has a connection.  So an
account that stays in its rooms without a connection is offline here, as it is away there.
"""

from collections.abc import Iterable

from core.session.connection import Connection


class _Watched:
    """A nick on somebody's list."""

    __slots__ = ("by", "online")

    def __init__(self, online: bool) -> None:
        self.online = online  # as those who watch it were told
        self.by: dict[Connection, None] = {}


class Watching:
    """The index: folded nick -> connections.  What each has asked for is in ``watched`` there."""

    def __init__(self) -> None:
        self._nicks: dict[str, _Watched] = {}

    def __bool__(self) -> bool:
        return bool(self._nicks)

    def by(self, key: str) -> Iterable[Connection]:
        """The connections that watch the nick with this key."""
        watched = self._nicks.get(key)
        return watched.by if watched is not None else ()

    def add(self, connection: Connection, key: str, nick: str, online: bool) -> None:
        """Put a nick on the connection's list; ``online``: what it is told of it."""
        connection.watched[key] = nick
        self._nicks.setdefault(key, _Watched(online)).by[connection] = None

    def remove(self, connection: Connection, key: str) -> None:
        """Take a nick off the connection's list, if it is there."""
        if connection.watched.pop(key, None) is None:
            return
        watched = self._nicks[key]
        del watched.by[connection]
        if not watched.by:
            del self._nicks[key]

    def forget(self, connection: Connection) -> None:
        """Take everything off the connection's list."""
        for key in list(connection.watched):
            self.remove(connection, key)

    def turned(self, key: str, online: bool) -> list[Connection]:
        """The nick is online or not: who is to be told, none where it was so already."""
        watched = self._nicks.get(key)
        if watched is None or watched.online is online:
            return []
        watched.online = online
        return list(watched.by)
