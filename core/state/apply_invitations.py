"""Rules for closed rooms: who is invited, and who knocks."""

from collections.abc import Sequence

from core.state import facts
from core.state.events import Asked, Event, Knocked, Refused
from core.state.replica import Replica, Stamp, rule
from core.state.room_access import banned, not_allowed, refused, room_of
from core.wire import numerics

# Invitations that are kept for a room; the oldest goes first.  Likewise with knocks.
INVITATIONS = 100
# Milliseconds between two knocks of a user at the same room.
KNOCK_EVERY = 60_000


def _remember(kept: dict[int, int] | dict[int, None], id: int) -> None:
    """Make room for one more entry, which is to be the newest."""
    kept.pop(id, None)
    if len(kept) >= INVITATIONS:
        del kept[next(iter(kept))]


@rule(facts.Invited)
def apply_invited(replica: Replica, stamp: Stamp, fact: facts.Invited) -> Sequence[Event]:
    """INVITE (https://modern.ircdocs.horse/#invite-message).

    Members invite into open rooms, those who moderate into closed ones; into a room that does not
    exist nobody can be asked.
    """
    user = replica.users.get(fact.user)
    if user is None:
        return ()
    target = replica.user_named(fact.nick)
    if target is None:
        return refused(numerics.ERR_NOSUCHNICK, nick=fact.nick)
    room = room_of(replica, user, fact.room)
    if isinstance(room, Refused):
        return (room,)
    moderates = room.moderates(user)
    if "i" in room.modes and not moderates:
        return (not_allowed(room),)
    if target in room.members:
        return refused(numerics.ERR_USERONCHANNEL, nick=target.nick, channel=room.name)
    if moderates:  # only their word opens a closed door
        _remember(room.invited, target.id)
        room.invited[target.id] = None
        replica.keep(room)
    return (Asked(user, target, room),)


@rule(facts.Knocked)
def apply_knocked(replica: Replica, stamp: Stamp, fact: facts.Knocked) -> Sequence[Event]:
    """KNOCK, at a room that asks for an invitation or a key; not again within a minute."""
    user = replica.users.get(fact.user)
    if user is None:
        return ()
    room = replica.room_named(fact.room)
    if room is None:
        return refused(numerics.ERR_NOSUCHCHANNEL, channel=fact.room)
    if room in user.rooms:
        return refused(numerics.ERR_KNOCKONCHAN, channel=room.name)
    if not {"i", "k", "l"} & room.modes.keys():
        return refused(numerics.ERR_CHANOPEN, channel=room.name)
    if room.bans and banned(room, user, speaking=True):
        return refused(numerics.ERR_CANNOTSENDTOCHAN, channel=room.name, why=" (+b)")
    if stamp.time - room.knocks.get(user.id, -KNOCK_EVERY) < KNOCK_EVERY:
        return refused(numerics.ERR_TOOMANYKNOCK, channel=room.name)
    _remember(room.knocks, user.id)
    room.knocks[user.id] = stamp.time
    return (Knocked(user, room, fact.text),)
