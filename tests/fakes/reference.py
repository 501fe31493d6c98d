"""What the log says that everybody must have seen: kept beside the store's own replica.

It is as simple as it can be: for each message that was accepted it notes, one by one, the
connections that get it, from who is where at that place in the log.
"""

from collections import defaultdict
from typing import NamedTuple

from core.state.conversations import Query, Row, private_conversation, room_conversation
from core.state.events import Event, RoomSpoken, UserSpoken
from core.state.facts import KIND_COMMANDS, TAGMSG
from core.state.records import User

Key = tuple[int, int]  # a connection: its worker's origin, its number


class Seen(NamedTuple):
    """A message as one connection sees it."""

    place: str  # a room's name; "" for everything between two users
    sender: str
    command: str
    text: str
    seq: int


class Reference:
    """The messages of the log, by receiver and by conversation."""

    def __init__(self) -> None:
        self._due: dict[Key, list[tuple[Seen, str]]] = defaultdict(list)
        self.kept: dict[str, list[Row]] = defaultdict(list)

    def note(self, event: Event, time: int) -> None:
        """One more event of the store's replica."""
        if isinstance(event, RoomSpoken):
            self._room(event)
            self._keep(room_conversation(event.room), event, event.room.name, time)
        elif isinstance(event, UserSpoken):
            self._private(event)
            key = private_conversation(event.sender, event.target)
            self._keep(key, event, event.target.nick, time)

    def _keep(self, key: str, event: RoomSpoken | UserSpoken, target: str, time: int) -> None:
        if event.kind != TAGMSG:
            sender = event.sender.prefix
            row = Row(event.seq, time, sender, event.kind, target, event.text, event.tags)
            self.kept[key].append(row)

    def _room(self, event: RoomSpoken) -> None:
        seen = _seen(event, event.room.name)
        outside = [] if event.sender in event.room.members else [event.sender]
        for user in [*event.room.members, *outside]:
            self._to(user, seen, "echo" if user is event.sender else "")

    def _private(self, event: UserSpoken) -> None:
        seen = _seen(event, "")
        self._to(event.sender, seen, "echo")
        self._to(event.target, seen, "")

    def _to(self, user: User, seen: Seen, only: str) -> None:
        for key in user.connections:
            self._due[key].append((seen, only))

    def due(self, key: Key, echo: bool, takes_tags: bool) -> dict[str, list[Seen]]:
        """What a connection with these capabilities sees, by place, each in its order."""
        found: dict[str, list[Seen]] = defaultdict(list)
        for seen, only in self._due[key]:
            if (only == "echo" and not echo) or (seen.command == "TAGMSG" and not takes_tags):
                continue
            found[seen.place].append(seen)
        return found

    def rows(self, query: Query) -> list[Row]:
        """The answer to a question to the store, as the store would give it."""
        fits = _before if query.direction == "before" else _after
        kept = sorted(row for key in query.conversations for row in self.kept[key])
        found = [row for row in kept if fits(row, query)]
        first = slice(0, query.limit) if query.direction == "after" else slice(-query.limit, None)
        return found[first] if query.limit else []


def _before(row: Row, query: Query) -> bool:
    if query.seq is not None:
        return row.seq < query.seq
    return query.time is None or row.time < query.time


def _after(row: Row, query: Query) -> bool:
    if query.seq is not None:
        return row.seq > query.seq
    return query.time is None or row.time > query.time


def _seen(event: RoomSpoken | UserSpoken, place: str) -> Seen:
    command = KIND_COMMANDS[event.kind]
    return Seen(place, event.sender.nick, command, event.text, event.seq)
