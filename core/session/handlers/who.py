"""WHO, and WHOX, with fields of one's choice.

Sources: https://modern.ircdocs.horse/#who-message and https://ircv3.net/specs/extensions/whox
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from core.session.connection import Connection
from core.session.dispatch import command
from core.session.handlers.rooms import registered
from core.session.listing import shows, visible
from core.session.node import Node
from core.state.records import Room, User, member_prefix
from core.wire import numerics
from core.wire.capabilities import MULTI_PREFIX
from core.wire.identifiers import fold
from core.wire.masks import compile_mask
from core.wire.message import Message
from core.wire.names import is_room

# A WHO counts, for the flood gate, as one more line for so many users that it looks at.
USERS_PER_TOKEN = 200
# What stands in place of an address that is not told.
NO_ADDRESS = "255.255.255.255"


class _Subject(NamedTuple):
    """One user of an answer."""

    user: User
    room: Room | None  # one that it is in, if it may be told
    token: str
    server: str
    time: int  # milliseconds since the epoch
    every: bool  # the asker wants all prefixes, see multi-prefix


# The fields of WHOX, in the order in which they are sent.
_FIELDS: dict[str, Callable[[_Subject], str]] = {
    "t": lambda subject: subject.token,
    "c": lambda subject: _channel(subject),
    "u": lambda subject: subject.user.ident,
    "i": lambda subject: NO_ADDRESS,
    "h": lambda subject: subject.user.host,
    "s": lambda subject: subject.server,
    "n": lambda subject: subject.user.nick,
    "f": lambda subject: _flags(subject),
    "d": lambda subject: "0",  # how many servers away
    "l": lambda subject: str(max(0, subject.time - subject.user.spoke_at) // 1000),
    "a": lambda subject: subject.user.account_name or "0",
    "o": lambda subject: "n/a",  # levels of operators, which there are not
    "r": lambda subject: ":" + subject.user.realname,
}


class _Question(NamedTuple):
    mask: str
    operators_only: bool
    fields: str | None  # None: a plain WHO
    token: str


def _question(message: Message) -> _Question:
    flags, percent, rest = message.param(1).partition("%")
    fields, _, token = rest.partition(",")
    wanted = "".join(letter for letter in _FIELDS if letter in fields) if percent else None
    if not (token.isascii() and token.isdigit() and len(token) <= 3):
        token = "0"
    return _Question(message.params[0], "o" in flags.lower(), wanted or None, token)


@command("WHO", params=1)
def who(node: Node, connection: Connection, message: Message) -> None:
    """A room, a nick or a mask; ``o`` for operators of the server only; % and fields."""
    question = _question(message)
    looked_at = len(node.replica.users)
    if is_room(question.mask):
        room = node.replica.room_named(question.mask)
        looked_at = len(room.members) if room is not None else 0
    node.charge(connection, looked_at / USERS_PER_TOKEN)
    node.read(connection, lambda: _show_who(node, connection, question))


def _show_who(node: Node, connection: Connection, question: _Question) -> None:
    every = bool(connection.caps & MULTI_PREFIX)
    for user, room in _found(node, registered(connection), question.mask):
        if question.operators_only and "o" not in user.modes:
            continue
        subject = _Subject(user, room, question.token, node.server, node.time, every)
        if question.fields is None:
            _plain(node, connection, subject)
        else:
            fields = " ".join(_FIELDS[letter](subject) for letter in question.fields)
            node.reply(connection, numerics.RPL_WHOSPCRPL, fields=fields)
    node.reply(connection, numerics.RPL_ENDOFWHO, mask=numerics.middle(question.mask))


def _found(node: Node, asker: User, mask: str) -> Iterator[tuple[User, Room | None]]:
    """Whom a mask finds, each with a room that it is known to be in."""
    if is_room(mask):
        room = node.replica.room_named(mask)
        if room is not None and visible(room, asker):
            for user in room.members:
                if asker in room.members or "i" not in user.modes:
                    yield user, room
        return
    for user in _matching(node, asker, mask):
        yield user, next((room for room in user.rooms if shows(room, user, asker)), None)


def _matching(node: Node, asker: User, mask: str) -> list[User]:
    """An exact nick always finds its user, a mask only those who may be seen."""
    named = node.replica.user_named(mask)
    if named is not None:
        return [named]
    everybody = mask in ("*", "0")
    fits = compile_mask(mask).fullmatch
    return [
        user
        for user in node.replica.users.values()
        if (everybody or any(fits(_folded(text)) for text in _texts(user))) and _seen(user, asker)
    ]


def _texts(user: User) -> tuple[str, ...]:
    """What a mask is held against."""
    return user.nick, user.ident, user.host, user.realname, user.account_name, user.prefix


def _folded(text: str) -> str:
    """As ``fold``, without crowding out what that remembers."""
    return text.lower() if text.isascii() else fold(text)


def _seen(user: User, asker: User) -> bool:
    return "i" not in user.modes or user is asker or any(room in asker.rooms for room in user.rooms)


def _channel(subject: _Subject) -> str:
    return subject.room.name if subject.room is not None else "*"


def _flags(subject: _Subject) -> str:
    """Gone or here, operator of the server, prefixes in the room, bot."""
    user, room = subject.user, subject.room
    flags = ("G" if user.away else "H") + ("*" if "o" in user.modes else "")
    if room is not None:
        flags += member_prefix(room.members[user], subject.every)
    return flags + ("B" if "B" in user.modes else "")


def _plain(node: Node, connection: Connection, subject: _Subject) -> None:
    user = subject.user
    node.reply(
        connection,
        numerics.RPL_WHOREPLY,
        channel=_channel(subject),
        user=user.ident,
        host=user.host,
        server=subject.server,
        nick=user.nick,
        flags=_flags(subject),
        realname=user.realname,
    )
