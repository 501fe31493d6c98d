"""What the log is made of: proposed facts, as they travel and are replayed.

A fact says what somebody wants, in that person's words; whether it comes true is decided where
it is applied.  Facts are arrays in MessagePack with an integer tag, so that other versions and
hosts can read them: fields are only ever added at the end, with a default.
"""

from typing import Final, NamedTuple

import msgspec

from core.state.credentials import Credentials
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
    number of this fact, unless it logged in to an ``account`` (its id; 0: a guest).  ``rooms`` are
    joined at once (the lobby).  ``away``: what the connection said with AWAY before.
    ``host`` is its address; ``certificate`` the SHA-256 of its TLS certificate, "" for none.
    ``metadata``: what it set before; None takes a key away.  ``account_since``: when the account
    was made (milliseconds since the epoch; 0: whenever), for its id may be another one's by now.
    """

    connection: int
    nick: str
    ident: str
    host: str
    realname: str
    secure: bool
    rooms: tuple[str, ...]
    account: int = 0
    away: str = ""
    certificate: str = ""
    metadata: tuple[tuple[str, str | None], ...] = ()
    account_since: int = 0


class Said(_Fact, frozen=True, tag=2):
    """PRIVMSG, NOTICE or TAGMSG to a room, a room's members of a rank ("@#room"), or a nick.

    ``tags``: the client-only ones.  A text of several lines (draft/multiline) has LF between them,
    and CR where one line was sent in two pieces.
    """

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
    """AWAY of one connection; "" comes back, "*": nobody is there, for no reason given."""

    user: int
    message: str
    connection: int = 0


class Disconnected(_Fact, frozen=True, tag=12):
    """A connection of a user is gone; ``reason`` is what others read when the user goes too."""

    user: int
    connection: int
    reason: str


class WorkerGone(_Fact, frozen=True, tag=13):
    """A worker ended: so did all its connections.  The only fact the relay writes itself."""

    origin: int


class AccountRegistered(_Fact, frozen=True, tag=14):
    """REGISTER.  ``user`` 0: before the connection is registered.

    The account's id is the user's, or else the sequence number of this fact.
    """

    user: int
    connection: int
    name: str
    credentials: Credentials
    email: str = ""
    certificate: str = ""


class LoggedIn(_Fact, frozen=True, tag=15):
    """A registered connection proved that it is the account's (by id, see ``Registered``)."""

    user: int
    connection: int
    account: int
    account_since: int = 0


class LoggedOut(_Fact, frozen=True, tag=16):
    """A registered connection gives its account up and goes on as a guest."""

    user: int
    connection: int


class CredentialsSet(_Fact, frozen=True, tag=17):
    """An account has another password."""

    account: int
    credentials: Credentials


class CertificateSet(_Fact, frozen=True, tag=18):
    """A client certificate's fingerprint (SHA-256, hex) opens an account, or does so no more."""

    account: int
    fingerprint: str
    adding: bool


class AccountDropped(_Fact, frozen=True, tag=19):
    """An account ends; its connections go on as guests."""

    account: int


class SettingSet(_Fact, frozen=True, tag=20):
    """A setting of a user's account; "" is the default.  ``key``: "persistence"."""

    user: int
    key: str
    value: str


class MarkedRead(_Fact, frozen=True, tag=21):
    """MARKREAD: ``target`` was read up to ``time`` (milliseconds since the epoch)."""

    user: int
    target: str
    time: int


class MetadataSet(_Fact, frozen=True, tag=22):
    """METADATA SET of a nick or a room; None takes the key away."""

    user: int
    target: str
    key: str
    value: str | None


class RealnameSet(_Fact, frozen=True, tag=23):
    """SETNAME."""

    user: int
    realname: str


class Redacted(_Fact, frozen=True, tag=24):
    """REDACT of the message ``message`` (its sequence number).

    ``author`` and ``conversation`` are what the store knows of it; its worker looked them up.
    ``moderating``: the configuration lets this operator of the server redact everywhere.
    """

    user: int
    target: str
    message: int
    author: int
    conversation: str
    reason: str
    moderating: bool = False


class RoomRenamed(_Fact, frozen=True, tag=25):
    """RENAME of a room."""

    user: int
    room: str
    name: str
    reason: str


class Knocked(_Fact, frozen=True, tag=26):
    """KNOCK at a closed room."""

    user: int
    room: str
    text: str


class Opered(_Fact, frozen=True, tag=27):
    """OPER with the right password: ``name`` is the operator's in the configuration."""

    user: int
    name: str


class Killed(_Fact, frozen=True, tag=28):
    """KILL by an operator."""

    user: int
    nick: str
    reason: str


class ServerBanSet(_Fact, frozen=True, tag=29):
    """KLINE, DLINE or a ban of an account, or the end of one.

    ``kind``: "k" (user@host), "d" (address or network) or "a" (account).  ``expires``:
    milliseconds since the epoch, 0: never.
    """

    user: int
    kind: str
    mask: str
    expires: int
    reason: str
    adding: bool


class Announced(_Fact, frozen=True, tag=30):
    """WALLOPS."""

    user: int
    text: str


class ListSet(_Fact, frozen=True, tag=31):
    """A user's own list changes: ``kind`` is "accept" or "silence"."""

    user: int
    kind: str
    mask: str
    adding: bool


class HostSet(_Fact, frozen=True, tag=32):
    """An operator gives a user another user name and host."""

    user: int
    nick: str
    ident: str
    host: str


class Waiting(_Fact, frozen=True, tag=33):
    """So many connections of a worker are not registered (for LUSERS)."""

    count: int


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
    | AccountRegistered
    | LoggedIn
    | LoggedOut
    | CredentialsSet
    | CertificateSet
    | AccountDropped
    | SettingSet
    | MarkedRead
    | MetadataSet
    | RealnameSet
    | Redacted
    | RoomRenamed
    | Knocked
    | Opered
    | Killed
    | ServerBanSet
    | Announced
    | ListSet
    | HostSet
    | Waiting
)

encode_facts = msgspec.msgpack.Encoder().encode
decode_facts = msgspec.msgpack.Decoder(list[Fact]).decode


class Chunk(NamedTuple):
    """Facts of one worker, in a batch."""

    origin: int
    first_seq: int
    facts: int  # how many; 0: only the place in the order mattered
    payload: bytes  # MessagePack, see encode_facts
