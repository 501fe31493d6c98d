"""Who may do what in a room.

Ranks go by the prefix modes: founder (q), admin (a), operator (o), half-operator (h), voice (v).
From half-operators on, a member *moderates*: it kicks, invites and sets modes.  Whom it kicks or
takes a mode from must not have a higher rank than itself.
"""

from collections.abc import Sequence

from core.state.events import Event, Refused
from core.state.records import RANKS, Room, User
from core.state.replica import Replica
from core.wire import numerics
from core.wire.identifiers import fold
from core.wire.numerics import Numeric

# Who may give and take a prefix mode: members with this one, or a higher one.
NEEDED = {"v": "h", "h": "o", "o": "o", "a": "q", "q": "q"}
# Replies that say why in words of their own: ``why``.
RANK_TOO_LOW = numerics.ERR_CHANOPRIVSNEEDED.saying("{why}")
NAME_REFUSED = numerics.ERR_NOSUCHCHANNEL.saying("{why}")
TITLES = {"q": "the founder", "a": "an admin", "o": "an operator", "h": "a half-operator"}


def refused(numeric: Numeric, **values: object) -> Sequence[Event]:
    """The verdict no, with its reason."""
    return (Refused(numeric, values),)


def not_allowed(room: Room, why: str = "") -> Refused:
    """482, with a reason of its own."""
    if why:
        return Refused(RANK_TOO_LOW, {"channel": room.name, "why": why})
    return Refused(numerics.ERR_CHANOPRIVSNEEDED, {"channel": room.name})


def room_of(replica: Replica, user: User, name: str, *, moderator: bool = False) -> Room | Refused:
    """The room ``name`` if ``user`` is a member (and moderates it), else why not."""
    room = replica.room_named(name)
    if room is None:
        return Refused(numerics.ERR_NOSUCHCHANNEL, {"channel": name})
    if room not in user.rooms:
        return Refused(numerics.ERR_NOTONCHANNEL, {"channel": room.name})
    if moderator and not room.moderates(user):
        return not_allowed(room)
    return room


def outranked(room: Room, user: User, target: User) -> Refused | None:
    """Why ``user`` may do nothing to ``target``, or None."""
    if room.rank(target) <= room.rank(user):
        return None
    return not_allowed(room, f"{target.nick} has a higher rank here than you")


def listed(room: Room, letter: str, user: User, *, speaking: bool = False) -> bool:
    """True if an entry of a list fits ``user``; mutes do only where it wants to speak."""
    entries = room.entries(letter)
    if not entries:
        return False
    prefix = fold(user.prefix)
    account = fold(user.account.name) if user.account is not None else None
    for entry in entries:
        text = account if entry.by_account else prefix
        if text is None or (entry.mutes and not speaking):
            continue
        if entry.pattern.fullmatch(text):
            return True
    return False


def banned(room: Room, user: User, *, speaking: bool = False) -> bool:
    """True if a ban of ``room`` fits ``user``, and no exception does."""
    return listed(room, "b", user, speaking=speaking) and not listed(
        room, "e", user, speaking=speaking
    )


def entry_refusal(room: Room, user: User, key: str) -> Numeric | None:
    """Why ``user`` may not join ``room``, or None.

    An invitation overrides all of it, and so does being one of those who moderate the room.
    """
    if user.id in room.invited or room.role_rank(user) >= RANKS["h"]:
        return None
    modes = room.modes
    if "i" in modes and not listed(room, "I", user):
        return numerics.ERR_INVITEONLYCHAN
    if modes.get("k", key) != key:
        return numerics.ERR_BADCHANNELKEY
    if "l" in modes and len(room.members) >= int(modes["l"]):
        return numerics.ERR_CHANNELISFULL
    if "R" in modes and user.account is None:
        return numerics.ERR_NEEDREGGEDNICK
    if room.bans and banned(room, user):
        return numerics.ERR_BANNEDFROMCHAN
    return None
