"""What a fact came to: the verdicts of ``Replica.apply``.

Workers turn them into lines for their own connections, the store into rows.  They refer to
the replica's own records and are used up before the next fact is applied.
"""

import msgspec

from core.state.records import Room, User
from core.wire.modes import ModeChange
from core.wire.numerics import Numeric


class _Event(msgspec.Struct, frozen=True, gc=False):
    pass


class Refused(_Event, frozen=True):
    """The fact changes nothing; its proposer is told why (None: silently)."""

    numeric: Numeric | None
    values: dict[str, object] = {}


class Arrived(_Event, frozen=True):
    """A connection became a user; the joins that belong to it follow."""

    user: User
    origin: int
    connection: int


class RoomSpoken(_Event, frozen=True):
    """A message to a room, accepted."""

    sender: User
    room: Room
    kind: int
    text: str
    tags: str
    seq: int


class UserSpoken(_Event, frozen=True):
    """A message to a user, accepted."""

    sender: User
    target: User
    kind: int
    text: str
    tags: str
    seq: int


class Renamed(_Event, frozen=True):
    """A user has another nick now.  ``old_prefix`` is the source of the NICK line."""

    user: User
    old_prefix: str


class Entered(_Event, frozen=True):
    """A user joined a room."""

    user: User
    room: Room


class AlreadyThere(_Event, frozen=True):
    """A JOIN of a room one is in: nothing happens, and nothing is said."""

    user: User
    room: Room


class Left(_Event, frozen=True):
    """A user left a room by PART, or by KICK if ``by`` is someone."""

    user: User
    room: Room
    reason: str
    by: User | None = None


class Asked(_Event, frozen=True):
    """INVITE: ``target`` may come in and is told so."""

    user: User
    target: User
    room: Room


class TopicChanged(_Event, frozen=True):
    """A room has another topic."""

    user: User
    room: Room


class RoomModesChanged(_Event, frozen=True):
    """What really changed of a room's modes."""

    user: User
    room: Room
    changes: tuple[ModeChange, ...]


class UserModesChanged(_Event, frozen=True):
    """What really changed of a user's own modes."""

    user: User
    changes: tuple[ModeChange, ...]


class AwayChanged(_Event, frozen=True):
    """A user went away, changed the reason, or came back; not ``changed``: said it again."""

    user: User
    changed: bool


class Quit(_Event, frozen=True):
    """A user is gone.  ``rooms`` are those that lost it, with their remaining members."""

    user: User
    rooms: tuple[Room, ...]
    reason: str


Event = (
    Refused
    | Arrived
    | RoomSpoken
    | UserSpoken
    | Renamed
    | Entered
    | AlreadyThere
    | Left
    | Asked
    | TopicChanged
    | RoomModesChanged
    | UserModesChanged
    | AwayChanged
    | Quit
)
