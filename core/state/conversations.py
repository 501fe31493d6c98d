"""Which conversation a message belongs to, and how the past of one is asked for.

What is said in a room is kept under a key of that room, what two users tell each other under a key
of theirs.  What somebody may read is a *place*: ``place_of`` makes it, the questions to the store
carry it, and the store answers nothing from outside of it.
"""

from typing import Final, NamedTuple

from core.state.records import SIGN_RANKS, Room, User
from core.state.replica import Replica
from core.wire.identifiers import fold
from core.wire.modes import PREFIXES
from core.wire.names import is_room

# Kinds of rows beside facts.PRIVMSG, facts.NOTICE and facts.TAGMSG: what else happened.  They are
# on disk: none is ever given another meaning.
JOIN: Final = 10  # text: the real name
PART: Final = 11  # text: the reason
QUIT: Final = 12  # text: the reason
KICK: Final = 13  # text: the nick, a space, the reason
TOPIC: Final = 14  # text: the topic
MODE: Final = 15  # text: the words of the changes
NICK: Final = 16  # text: the new nick
REDACT: Final = 17  # text: the msgid, a space, the reason
# A message of which only its sender and time are left.
REDACTED: Final = 20

# Modes that keep people out of a room, or out of the knowledge of it.
CLOSED = frozenset("iks")


class Part(NamedTuple):
    """What is kept under one key, as far as somebody may read it."""

    key: str
    since: int = 0  # the first sequence number that may be read
    name: str = ""  # the room's name now, which stands as the target; "": the target as it was


class Private(NamedTuple):
    """All that a user and whoever has, or last had, a nick told each other."""

    user: int  # id of who reads
    peer: int  # id of who has the nick now, or whose account is so called; 0: nobody
    name: str  # the nick, folded


Place = tuple[Part, ...] | Private


class Bound(NamedTuple):
    """A place in time, itself excluded; with neither of the two: none."""

    seq: int | None = None  # a message
    time: int | None = None  # milliseconds since the epoch


NO_BOUND = Bound()


# Of all questions but that for one message, ``upto`` is the last sequence number that may be read:
# who asked may have lost its place in the room since, while the answer was on its way.
ALL: Final = 1 << 62


class Query(NamedTuple):
    """A question for messages.  The answer: a list of ``Row`` in the log's order.

    ``take``: which of them, if there are more than ``limit``: the "newest"; the "oldest"; those
    "around" the bound ``after``; or those that are nearest to ``after``, which may then be the
    later of the two bounds ("between").  The answer is None for a ``Private`` with nobody.
    """

    place: Place
    take: str
    after: Bound
    before: Bound
    limit: int
    events: bool = False  # not only PRIVMSG and NOTICE
    upto: int = ALL


class Row(NamedTuple):
    """Something that was kept."""

    seq: int
    time: int  # milliseconds since the epoch
    sender: str  # nick!ident@host
    kind: int
    target: str
    text: str
    tags: str
    author: int = 0  # the sender's id; 0: not known
    account: str = ""  # the sender's account, as it was called; "" for a guest
    bot: int = 0  # 1: the sender said that it is a bot


class FindMessage(NamedTuple):
    """A question for one PRIVMSG, NOTICE or TAGMSG, by its sequence number.

    The answer: ``Found``; None where ``place`` holds no such message, or it was redacted.  To be
    asked with ``node.ask(connection, FindMessage(place, seq), resume)``, ``place`` from
    ``place_of``.
    """

    place: Place
    seq: int


class Found(NamedTuple):
    """The answer to ``FindMessage``."""

    author: int  # the sender's id; 0: not known
    conversation: str  # its key, for ``facts.Redacted``
    kind: int  # PRIVMSG, NOTICE or TAGMSG
    time: int  # milliseconds since the epoch


class Targets(NamedTuple):
    """A question for the conversations of a user.  The answer: ``Latest``."""

    user: int
    rooms: tuple[tuple[Part, ...], ...]
    upto: int = ALL


class Latest(NamedTuple):
    """When the last message of each conversation was sent (milliseconds since the epoch)."""

    rooms: list[int | None]  # as in ``Targets.rooms``; None: there is none
    peers: list[tuple[int, str, int]]  # (id, the nick that it had last, time)


class Search(NamedTuple):
    """A question for PRIVMSGs and NOTICEs by what they say.  The answer: a list of ``Row``, or None
    if it would take too long.

    Only what is in one of ``places`` is found; with ``user``, in any conversation of that user too.
    """

    places: tuple[Place, ...]
    user: int  # whose private conversations are searched as well; 0: nobody's
    words: tuple[str, ...]  # all of them must be in the text, or begin a word of it
    sender: str  # the sender's nick, folded; "": anybody's
    after: int | None  # milliseconds since the epoch, itself included
    before: int | None  # likewise
    limit: int
    oldest: bool  # the oldest that fit, instead of the newest
    upto: int = ALL


class Missed(NamedTuple):
    """A question for what was said to a user since ``seq``.  The answer: ``Backlog``s.

    There are at most ``limit`` messages in all of them, the newest.
    """

    user: int
    rooms: tuple[tuple[Part, ...], ...]
    seq: int
    limit: int
    upto: int = ALL


class Backlog(NamedTuple):
    """What somebody missed of one conversation."""

    room: int  # its index in ``Missed.rooms``; -1: a private conversation
    peer: int  # the other one's id
    nick: str  # the nick that the other one had last
    rows: list[Row]


# All that the store answers.
QUESTIONS = (Query, FindMessage, Targets, Search, Missed)


def place_of(replica: Replica, user: User, target: str) -> Place | None:
    """What ``user`` may read of ``target`` (a room or a nick); None for nothing."""
    if is_room(target):
        room = replica.room_named(target)
        return None if room is None or room not in user.rooms else room_parts(room, user)
    return private_place(replica, user, target)


def room_parts(room: Room, user: User) -> tuple[Part, ...]:
    """What ``user``, a member, may read of ``room``."""
    since = room.since[user]
    ranked = room.ranked.get(user, {})
    return (
        Part(room.key, 0, room.name),
        Part(_with_account(room), since if user.account is None else 0, room.name),
        Part(_behind_doors(room), since, room.name),
        *(
            Part(_among(room, sign), ranked[rank], room.name)
            for sign, rank in SIGN_RANKS.items()
            if rank in ranked
        ),
    )


def all_parts(room: Room) -> tuple[Part, ...]:
    """All that was ever said in ``room``, for who keeps order on the whole server."""
    keys = (
        *(room.key, _with_account(room), _behind_doors(room)),
        *(_among(room, sign) for sign in PREFIXES.values()),
    )
    return tuple(Part(key, 0, room.name) for key in keys)


def private_place(replica: Replica, user: User, nick: str) -> Private:
    """What ``user`` may read of what it and ``nick`` told each other."""
    other = replica.user_named(nick) or replica.account_named(nick)
    return Private(user.id, other.id if other is not None else 0, fold(nick))


def room_conversation(room: Room, rank: str = "") -> str:
    """The key under which a message said in ``room`` now is kept.

    A room ends with its last member, and anybody may make another one of that name.  So what is
    said behind closed doors, or where one needs an account (+R), belongs to this very room (a name
    holds no space), the rest to all rooms of the name.  ``rank``: the sign of those whom alone the
    message is for, "" for all.
    """
    if rank:
        return _among(room, rank)
    if CLOSED & room.modes.keys():
        return _behind_doors(room)
    return _with_account(room) if "R" in room.modes else room.key


def _with_account(room: Room) -> str:
    return f"{room.key} {room.created:x}R"


def _behind_doors(room: Room) -> str:
    return f"{room.key} {room.created:x}"


def _among(room: Room, sign: str) -> str:
    return f"{room.key} {room.created:x} {sign}"


def renamed_key(key: str, old: str, new: str) -> str:
    """What a key of the room ``old`` becomes when the room is called ``new`` (both folded)."""
    return new + key.removeprefix(old)


def private_conversation(one: User, other: User) -> str:
    """The key under which two users' messages are kept; the same from both sides."""
    low, high = sorted((one.id, other.id))
    return f"{low:x}:{high:x}"
