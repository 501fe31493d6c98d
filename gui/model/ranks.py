"""What a rank allows in a room, as far as a client can know it: the server has the last word.

Ranks are compared by the order in which the server lists its prefixes (PREFIX); operators and
whoever is above them run a room, half-operators deal with those below themselves.
"""

from enum import Enum
from typing import Final

from core.client.isupport import ServerSupport

_NAMES: Final = {"~": "founder", "&": "admin", "@": "operator", "%": "helper", "+": "voice"}


class PersonAct(Enum):
    """What the menu of a person offers; the values are its words."""

    MESSAGE = "Message"
    MENTION = "Mention"
    PROFILE = "Profile"
    COPY = "Copy name"
    IGNORE = "Ignore"
    UNIGNORE = "Stop ignoring"
    OP = "Make operator"
    DEOP = "Take operator"
    VOICE = "Give voice"
    DEVOICE = "Take voice"
    KICK = "Remove from the room…"
    BAN = "Ban from the room…"


#: What only some of a room's members may do to others.
RULING: Final = (
    PersonAct.OP,
    PersonAct.DEOP,
    PersonAct.VOICE,
    PersonAct.DEVOICE,
    PersonAct.KICK,
    PersonAct.BAN,
)
#: Those that take a reason, and are asked about first.
ASKED: Final = (PersonAct.KICK, PersonAct.BAN)
#: The change of mode that does it.
MODES: Final = {
    PersonAct.OP: "+o",
    PersonAct.DEOP: "-o",
    PersonAct.VOICE: "+v",
    PersonAct.DEVOICE: "-v",
}


def name(prefixes: str) -> str:
    """The highest of the ranks in words, "" for none."""
    return _NAMES.get(prefixes[:1], "")


def _height(prefixes: str, support: ServerSupport) -> int:
    """0 for the highest rank, and so on."""
    order = list(support.prefixes.values())
    held = [order.index(symbol) for symbol in prefixes if symbol in order]
    return min(held, default=len(order))


def rules(prefixes: str, support: ServerSupport) -> bool:
    """True for operators and whoever is above them."""
    operator = support.prefixes.get("o", "@")
    known = any(symbol in prefixes for symbol in support.prefixes.values())
    return known and _height(prefixes, support) <= _height(operator, support)


def founds(prefixes: str, support: ServerSupport) -> bool:
    """True for a founder."""
    return support.prefixes.get("q", "~") in prefixes


def acts(own: str, theirs: str, support: ServerSupport) -> list[PersonAct]:
    """What a member with the prefixes `own` may do to one with `theirs`."""
    height, other = _height(own, support), _height(theirs, support)
    allowed: list[PersonAct] = []
    if other < height:
        return allowed
    operator, voice = support.prefixes.get("o"), support.prefixes.get("v")
    half = support.prefixes.get("h")
    if rules(own, support):
        if operator is not None:
            allowed.append(PersonAct.DEOP if operator in theirs else PersonAct.OP)
    elif half is None or half not in own or other <= height:
        return allowed
    if voice is not None:
        allowed.append(PersonAct.DEVOICE if voice in theirs else PersonAct.VOICE)
    return [*allowed, PersonAct.KICK, PersonAct.BAN]


def ban_mask(nick: str, host: str, account: str, support: ServerSupport) -> str:
    """Whom a ban is to fit: the account where such bans are announced, else the host, else the
    nick."""
    if account and support.account_ban:
        return f"{support.account_ban}:{account}"
    return f"*!*@{host}" if host else f"{nick}!*@*"
