"""What a fact came to: the verdicts of ``Replica.apply``.

Workers turn them into lines for their own connections, the store into rows.  They refer to
the replica's own records and are used up before the next fact is applied.
"""

import msgspec

from core.state.records import Account, Room, User
from core.wire.modes import ModeChange
from core.wire.numerics import Numeric


class _Event(msgspec.Struct, frozen=True, gc=False):
    pass


class Refused(_Event, frozen=True):
    """The fact changes nothing; its proposer is told why (None: silently)."""

    numeric: Numeric | None
    values: dict[str, object] = {}
    code: str = ""  # instead of a numeric: that of a FAIL, with ``text``
    text: str = ""
    closes: str = ""  # the connection is closed, with this reason


class Arrived(_Event, frozen=True):
    """A connection became a user; the joins that belong to it follow."""

    user: User
    origin: int
    connection: int


class Attached(_Event, frozen=True):
    """One more connection for a user that is there already, with its rooms."""

    user: User
    origin: int
    connection: int
    missed_from: int = 0  # where its last connection had ended; 0: there is another one


class Moved(_Event, frozen=True):
    """A registered connection logged in or out: it belongs to another user from now on.

    ``joined``: rooms of ``user`` that ``old`` was not in; ``left``: the other way round.
    ``modes``: what differs in the user's modes.  ``missed_from``: as in ``Attached``.
    ``shared``: rooms that both were in, with the prefix modes that ``old`` had there.
    """

    old: User
    old_prefix: str
    user: User
    origin: int
    connection: int
    joined: tuple[Room, ...]
    left: tuple[Room, ...]
    modes: tuple[ModeChange, ...] = ()
    missed_from: int = 0
    shared: tuple[tuple[Room, str], ...] = ()


class AccountMade(_Event, frozen=True):
    """An account exists; ``user`` is who registered it, None before that has a user."""

    account: Account
    user: User | None


class AccountChanged(_Event, frozen=True):
    """A user has an account now, or another, or none."""

    user: User
    guest: int = 0  # the id that it had up to now, if it has another
    missed_from: int = 0  # as in ``Attached``


class CredentialsChanged(_Event, frozen=True):
    """What opens an account was changed."""

    account: Account


class SettingChanged(_Event, frozen=True):
    """A setting of a user's account was changed, or said again."""

    user: User
    key: str


class MarkerMoved(_Event, frozen=True):
    """Up to where a user has read ``target`` (as it is called), or was told again."""

    user: User
    target: str
    time: int  # milliseconds since the epoch
    changed: bool


class MetadataChanged(_Event, frozen=True):
    """``subject`` has another value for a key, or none."""

    user: User | None  # who set it; None: it came or went with an account
    subject: User | Room
    key: str
    value: str | None
    changed: bool = True  # False: it was so already


class MetadataCleared(_Event, frozen=True):
    """``subject`` has no metadata any more; ``keys``: what it had."""

    user: User
    subject: User | Room
    keys: tuple[str, ...]


class Detached(_Event, frozen=True):
    """A user stays, but its last connection is gone."""

    user: User


class RealnameChanged(_Event, frozen=True):
    """SETNAME."""

    user: User


class HostChanged(_Event, frozen=True):
    """A user appears under another user name and host."""

    user: User
    old_prefix: str


class MessageRedacted(_Event, frozen=True):
    """A message is no more.  ``place``: the room, or the other user of a private conversation."""

    user: User
    place: Room | User
    message: int  # its sequence number
    conversation: str
    reason: str
    seq: int
    target: str = ""  # as it is shown


class RoomRenamed(_Event, frozen=True):
    """A room has another name."""

    user: User
    room: Room
    old_name: str
    old_key: str
    reason: str


class Knocked(_Event, frozen=True):
    """Somebody asks the operators of a closed room to come in."""

    user: User
    room: Room
    text: str


class Opered(_Event, frozen=True):
    """A user is an operator of the server now."""

    user: User


class Expelled(_Event, frozen=True):
    """A user's connections are to be closed; the quit follows, for everybody else.

    ``by``: who killed it, with ``comment``; None: a ban, whose reason that is.  ``rooms``: those
    that it was in.
    """

    user: User
    reason: str  # that of the QUIT
    by: User | None = None
    comment: str = ""
    rooms: tuple[Room, ...] = ()


class ServerBanChanged(_Event, frozen=True):
    """A ban of the server was set or lifted.  Whom it expels follows."""

    user: User
    kind: str
    mask: str
    adding: bool
    reason: str = ""


class Announced(_Event, frozen=True):
    """WALLOPS."""

    user: User
    text: str


class ListChanged(_Event, frozen=True):
    """A user's own list ("accept" or "silence") has an entry more or less."""

    user: User
    kind: str
    mask: str
    adding: bool
    changed: bool


class RoomSpoken(_Event, frozen=True):
    """A message to a room, accepted."""

    sender: User
    room: Room
    kind: int
    text: str
    tags: str
    seq: int
    rank: str = ""  # the prefix sign of "@#room": only for members of that rank, "" for all


class UserSpoken(_Event, frozen=True):
    """A message to a user, accepted."""

    sender: User
    target: User
    kind: int
    text: str
    tags: str
    seq: int


class AllSpoken(_Event, frozen=True):
    """A message of an operator to everybody; ``target`` is the mask of servers, with its "$"."""

    sender: User
    target: str
    kind: int
    text: str
    tags: str
    seq: int


class Unheard(_Event, frozen=True):
    """A message to a user who has silenced its sender; only the sender knows of it."""

    sender: User
    target: User
    kind: int
    text: str
    tags: str
    seq: int


class CallHeld(_Event, frozen=True):
    """A message to a user who only hears whom it accepts (+g); ``told``: that user is told so."""

    sender: User
    target: User
    told: bool


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
    """What really changed of a room's modes; ``user`` is None where the server did it."""

    user: User | None
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
    """A user is gone.  ``rooms`` are those that lost it, with their remaining members.

    ``into``: who has its connection now, if that logged in.
    """

    user: User
    rooms: tuple[Room, ...]
    reason: str
    into: User | None = None


Event = (
    Refused
    | Arrived
    | RoomSpoken
    | UserSpoken
    | AllSpoken
    | Unheard
    | CallHeld
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
    | Attached
    | Moved
    | AccountMade
    | AccountChanged
    | CredentialsChanged
    | SettingChanged
    | MarkerMoved
    | MetadataChanged
    | MetadataCleared
    | Detached
    | RealnameChanged
    | HostChanged
    | MessageRedacted
    | RoomRenamed
    | Knocked
    | Opered
    | Expelled
    | ServerBanChanged
    | Announced
    | ListChanged
)
