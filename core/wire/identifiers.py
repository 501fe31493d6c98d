"""Nicks and room names of every script: which are allowed, which are the same, which look alike.

For the server alone; a client folds as the server it talks to announces (`casemapping.py`).  The
server announces ``CASEMAPPING=ascii``, and is stricter than that: names that differ in case, width
or composition, in whatever script, are one name.  What is ASCII is as it always was on IRC.

The rules are PRECIS (RFC 8264, and RFC 8265 for nicks; with full case folding, so that ß is ss),
made for names in chats: XMPP and other IRC servers have them too.  The alternative, UTS 46, has
more users (through ``idna``), but its rules are those of host names, and it drops invisible
characters where PRECIS refuses them.  ``precis-i18n``: MIT licence, 75 kB, no dependencies, typed,
brought up to date with each Unicode.

- A name is kept and shown in its *prepared* form.  Handlers prepare what clients send, and only
  they do: what is allowed may depend on the version of Python.
- `fold` gives the key of a name, and takes whatever there is.  Replicas depend on it and on
  `looks`, so these never raise, and are the same with every Python (see `assigned.py`).
- Both lengths of a nick count, 30 characters and 60 bytes, for it stands in front of each of its
  lines.  So Latin, Greek, Cyrillic, Hebrew and Arabic nicks have 30, Indic and Han ones 20.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from unicodedata import category

from precis_i18n import get_profile
from precis_i18n.baseclass import FreeFormClass

from core.wire import casemapping, names
from core.wire.assigned import is_assigned
from core.wire.skeleton import skeleton

NICK_BYTES = 60
_MARKS_ON_A_LETTER = 4  # UTS 39, 5.4

_NICK = get_profile("UsernameCasePreserved")
_KEY = get_profile("UsernameCaseMapped:CaseFold")
_ROOM = FreeFormClass(_NICK.base.ucd)

# They choose between the two forms of an emoji, and many keyboards add one unasked.
_SELECTORS = re.compile("[\ufe0e\ufe0f]")
_NICK_FORBIDDEN = re.compile(r"[\x00-,./:-@~\x7f]")
_ROOM_FORBIDDEN = re.compile(r"[\s,:*?]")
# What shows as a space or stands for what cannot be shown, but is a letter, mark or symbol.
_BLANK = re.compile("[\u2800\ufffc\ufffd\U00016fe4\U0001d159]")


@lru_cache(maxsize=8192)
def fold(name: str) -> str:
    """The key under which ``name`` is looked up.  Folding twice is folding once."""
    if name.isascii():
        return name.lower()
    if not is_assigned(name):  # no name; the key must not depend on the tables of this Python
        return casemapping.fold(name)
    return _composed(_KEY.case_mapping_rule(_composed(name)))


def _composed(name: str) -> str:
    """``name`` in the usual width, in NFC, without selectors."""
    if name.isascii():
        return name
    return _KEY.normalization_rule(_KEY.width_mapping_rule(_SELECTORS.sub("", name)))


@lru_cache(maxsize=1024)
def looks(name: str) -> tuple[str, ...]:
    """What a prepared name looks like, as it is written and in lower case, as keys.

    Two names are alike if they have a key in common.  There can be two, for a capital may look
    like another letter than its small one does: "BOBA" can be Cyrillic, "boba" cannot.
    """
    if not is_assigned(name):
        return (fold(name),)
    written, folded = _look(name), _look(fold(name))
    return (written,) if written == folded else (written, folded)


def _look(name: str) -> str:
    """Its skeleton in lower case, which may have look-alikes that the capitals had not."""
    return skeleton(fold(skeleton(name)))


_RESERVED_LOOKS = frozenset(look for name in names.RESERVED for look in looks(name))


def prepared_nick(nick: str) -> str | None:
    """The form in which ``nick`` is kept and shown; None if nobody may have it."""
    nick = _composed(nick)
    if nick.isascii():
        return nick if names.valid_nick(nick) else None
    is_allowed = (
        len(nick) <= names.NICK_LENGTH
        and len(nick.encode(errors="replace")) <= NICK_BYTES
        and is_assigned(nick)
        and _passes(_NICK.enforce, nick)
        and _NICK_FORBIDDEN.search(nick) is None
        and nick[0] != "-"
        and category(nick[0]) != "Nd"
        and _shows_all(nick)
        and _RESERVED_LOOKS.isdisjoint(looks(nick))
    )
    return nick if is_allowed else None


def prepared_room(name: str) -> str | None:
    """The form in which a room's ``name`` is kept and shown; None if no room may have it."""
    if not names.is_room(name):
        return None
    name = _composed(name)
    if name.isascii():
        return name if names.valid_room(name) else None
    is_allowed = (
        len(name.encode(errors="replace")) <= names.ROOM_LENGTH
        and is_assigned(name)
        and _passes(_ROOM.enforce, name)
        and _ROOM_FORBIDDEN.search(name) is None
        and _shows_all(name[1:])
    )
    return name if is_allowed else None


def valid_nick(nick: str) -> bool:
    """True for a nick that a user may claim."""
    return prepared_nick(nick) is not None


def valid_room(name: str) -> bool:
    """True for a name that a room may have."""
    return prepared_room(name) is not None


def _passes(enforce: Callable[[str], str], name: str) -> bool:
    """True if all characters of ``name`` are allowed where they stand."""
    try:
        return enforce(name) == name
    except UnicodeEncodeError:
        return False


def _shows_all(name: str) -> bool:
    """False if something in ``name`` is blank, or a mark with no place where it would show.

    That is, a mark in front of all letters, the same one twice, or a fifth (UTS 39, 5.4).
    """
    if _BLANK.search(name) is not None or category(name[0])[0] == "M":
        return False
    marks, previous = 0, ""
    for letter in name:
        marks = marks + 1 if category(letter) in ("Mn", "Me") else 0
        if marks > _MARKS_ON_A_LETTER or (marks and letter == previous):
            return False
        previous = letter
    return True
