"""Which nicks, user names and room names are allowed, as far as they are ASCII.

The rules for all scripts, which the server goes by, are in `identifiers.py`: they need a library
that clients do without.
Source: https://modern.ircdocs.horse/#clients and #channels
"""

import re

NICK_LENGTH = 30
USER_LENGTH = 20  # the tilde in front included
REALNAME_BYTES = 150
ROOM_LENGTH = 64
ROOM_PREFIXES = "#"

# Entries of a user's own lists.
ACCEPT_ENTRIES = 100
SILENCE_ENTRIES = 50

_NICK = re.compile(r"[A-Za-z\[\]\\`_^{|}][A-Za-z0-9\[\]\\`_^{|}-]*")
_ROOM_FORBIDDEN = re.compile(r"[\x00-\x20\x7f,:*?\u0080-\u00a0\u2000-\u200f\u2028-\u202f\ufeff]")
_USER_FORBIDDEN = re.compile(r"[^A-Za-z0-9._-]")
# Names that services carry on other networks; nobody may pose as one.
RESERVED = frozenset({"nickserv", "chanserv", "operserv", "memoserv", "server", "parlor"})


def valid_nick(nick: str) -> bool:
    """True for a nick that a user may claim."""
    return (
        len(nick) <= NICK_LENGTH
        and _NICK.fullmatch(nick) is not None
        and nick.lower() not in RESERVED
    )


def valid_room(name: str) -> bool:
    """True for a room name: '#' and at least one character, none of them a separator."""
    return (
        len(name) > 1
        and name[0] in ROOM_PREFIXES
        and len(name.encode()) <= ROOM_LENGTH
        and _ROOM_FORBIDDEN.search(name) is None
    )


def is_room(target: str) -> bool:
    """True if ``target`` names a room rather than a user."""
    return target[:1] in ROOM_PREFIXES and target != ""


def clean_username(name: str) -> str:
    """What remains of a USER command's name: letters, digits, '.', '_' and '-'.

    There is place for a tilde before it.
    """
    return _USER_FORBIDDEN.sub("", name)[: USER_LENGTH - 1] or "user"
