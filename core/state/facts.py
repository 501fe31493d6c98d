"""What the log is made of: proposed facts, as they travel and are replayed.

A fact says what somebody wants, in that person's words; whether it comes true is decided where
it is applied.  Facts are arrays in MessagePack with an integer tag, so that other versions and
hosts can read them: fields are only ever added at the end, with a default.
"""

from typing import Final, NamedTuple

import msgspec

from core.wire.modes import ModeChange

PRIVMSG: Final = 0
NOTICE: Final = 1
TAGMSG: Final = 2
KIND_COMMANDS: Final = ("PRIVMSG", "NOTICE", "TAGMSG")


class _Fact(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Frozen, without a dict, invisible to the garbage collector."""


class Registered(_Fact, frozen=True, tag=1):
    """A connection finished its registration and wants to be the user ``nick``.

    ``connection`` is the number that its worker gave it; the user's id will be the sequence
    number of this fact.  ``rooms`` are joined at once (the lobby).
    """

    connection: int
    nick: str
    ident: str
    host: str
    realname: str
    secure: bool
    rooms: tuple[str, ...]


class Said(_Fact, frozen=True, tag=2):
    """PRIVMSG, NOTICE or TAGMSG to a room or a nick.  ``tags``: the client-only ones."""

    user: int
    kind: int
    target: str
    text: str
    tags: str = ""


class NickClaimed(_Fact, frozen=True, tag=3):
    """NICK after registration."""

    user: int
    nick: str


class Joined(_Fact, frozen=True, tag=4):
    """JOIN of one room."""

    user: int
    room: str
    key: str


class Parted(_Fact, frozen=True, tag=5):
    """PART of one room."""

    user: int
    room: str
    reason: str


class Kicked(_Fact, frozen=True, tag=6):
    """KICK of one member."""

    user: int
    room: str
    nick: str
    reason: str


class Invited(_Fact, frozen=True, tag=7):
    """INVITE."""

    user: int
    nick: str
    room: str


class TopicSet(_Fact, frozen=True, tag=8):
    """TOPIC with a text; "" clears it."""

    user: int
    room: str
    topic: str


class RoomModesSet(_Fact, frozen=True, tag=9):
    """MODE of a room, with changes."""

    user: int
    room: str
    changes: tuple[ModeChange, ...]


class UserModesSet(_Fact, frozen=True, tag=10):
    """MODE of oneself."""

    user: int
    changes: tuple[ModeChange, ...]


class AwaySet(_Fact, frozen=True, tag=11):
    """AWAY; "" comes back."""

    user: int
    message: str


class Disconnected(_Fact, frozen=True, tag=12):
    """A connection of a user is gone; ``reason`` is what others read when the user goes too."""

    user: int
    connection: int
    reason: str


class WorkerGone(_Fact, frozen=True, tag=13):
    """A worker ended: so did all its connections.  The only fact the relay writes itself."""

    origin: int


Fact = (
    Registered
    | Said
    | NickClaimed
    | Joined
    | Parted
    | Kicked
    | Invited
    | TopicSet
    | RoomModesSet
    | UserModesSet
    | AwaySet
    | Disconnected
    | WorkerGone
)

encode_facts = msgspec.msgpack.Encoder().encode
decode_facts = msgspec.msgpack.Decoder(list[Fact]).decode


class Chunk(NamedTuple):
    """Facts of one worker, in a batch."""

    origin: int
    first_seq: int
    facts: int  # how many; 0: only the place in the order mattered
    payload: bytes  # MessagePack, see encode_facts
