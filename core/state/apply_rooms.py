"""Rules for rooms: who comes in, who goes, what they are called and what they are about."""

from collections.abc import Sequence

from core.state import facts
from core.state.events import (
    AlreadyThere,
    Entered,
    Event,
    Left,
    Refused,
    RoomModesChanged,
    RoomRenamed,
    TopicChanged,
)
from core.state.records import Room, User
from core.state.replica import Replica, Stamp, rule
from core.state.room_access import (
    NAME_REFUSED,
    entry_refusal,
    not_allowed,
    outranked,
    refused,
    room_of,
)
from core.wire import numerics
from core.wire.identifiers import fold
from core.wire.modes import ModeChange

# What a new room starts with: no messages from outside, the topic for those who moderate.
DEFAULT_MODES = "nt"
LOOKS_TAKEN = "Another channel has this name, or one that looks like it"


def enter(replica: Replica, stamp: Stamp, user: User, name: str, key: str = "") -> Sequence[Event]:
    """Put ``user`` into the room ``name``, if it may; whoever makes a room is its operator.

    With an account, it is the founder as well, and the room lasts.  The lobby belongs to nobody.
    Who comes back to a room has the rank that its account had there, and the others see it.
    """
    room = replica.room_named(name)
    if room is not None:
        if room in user.rooms:
            return (AlreadyThere(user, room),)
        refusal = entry_refusal(room, user, key)
        if refusal is not None:
            return refused(refusal, channel=room.name)
    elif replica.room_alike(name) is not None:
        return refused(NAME_REFUSED, channel=name, why=LOOKS_TAKEN)
    limit = replica.rules.rooms_per_user
    if limit and len(user.rooms) >= limit:
        return refused(numerics.ERR_TOOMANYCHANNELS, channel=name)
    if room is None:
        room = Room(name, fold(name), stamp.time)
        room.modes = dict.fromkeys(DEFAULT_MODES, "")
        replica.add_room(room)
        owned = room.key != fold(replica.rules.lobby)
        replica.enter(user, room, "o" if owned else "")
        if owned and user.account is not None:  # its founder, shown as one from the next time on
            room.set_role(user.account.id, "qo")
        return (Entered(user, room),)
    role = room.roles.get(user.account.id, "") if user.account is not None else ""
    if user.id in room.invited:
        del room.invited[user.id]
        replica.keep(room)
    replica.enter(user, room, role)
    if not role or len(room.members) == 1:
        return (Entered(user, room),)
    changes = tuple(ModeChange(True, letter, user.nick) for letter in role)
    return (Entered(user, room), RoomModesChanged(None, room, changes))


@rule(facts.Joined)
def apply_joined(replica: Replica, stamp: Stamp, fact: facts.Joined) -> Sequence[Event]:
    """JOIN (RFC 2812, 3.2.1)."""
    user = replica.users.get(fact.user)
    return () if user is None else enter(replica, stamp, user, fact.room, fact.key)


@rule(facts.Parted)
def apply_parted(replica: Replica, stamp: Stamp, fact: facts.Parted) -> Sequence[Event]:
    """PART (RFC 2812, 3.2.2)."""
    user = replica.users.get(fact.user)
    if user is None:
        return ()
    room = room_of(replica, user, fact.room)
    if isinstance(room, Refused):
        return (room,)
    replica.leave(user, room)
    return (Left(user, room, fact.reason),)


@rule(facts.Kicked)
def apply_kicked(replica: Replica, stamp: Stamp, fact: facts.Kicked) -> Sequence[Event]:
    """KICK (RFC 2812, 3.2.8): for those who moderate the room, and not upwards."""
    user = replica.users.get(fact.user)
    if user is None:
        return ()
    room = room_of(replica, user, fact.room, moderator=True)
    if isinstance(room, Refused):
        return (room,)
    target = replica.user_named(fact.nick)
    if target is None:
        return refused(numerics.ERR_NOSUCHNICK, nick=fact.nick)
    if target not in room.members:
        return refused(numerics.ERR_USERNOTINCHANNEL, nick=target.nick, channel=room.name)
    above = outranked(room, user, target)
    if above is not None:
        return (above,)
    replica.leave(target, room)
    return (Left(target, room, fact.reason or user.nick, user),)


@rule(facts.TopicSet)
def apply_topic_set(replica: Replica, stamp: Stamp, fact: facts.TopicSet) -> Sequence[Event]:
    """TOPIC with a text (RFC 2812, 3.2.4); +t leaves it to those who moderate."""
    user = replica.users.get(fact.user)
    if user is None:
        return ()
    room = room_of(replica, user, fact.room)
    if isinstance(room, Refused):
        return (room,)
    if "t" in room.modes and not room.moderates(user):
        return (not_allowed(room),)
    if room.topic == fact.topic:
        return ()
    room.topic = fact.topic
    room.topic_by = user.prefix
    room.topic_at = stamp.time
    replica.keep(room)
    return (TopicChanged(user, room),)


@rule(facts.RoomRenamed)
def apply_room_renamed(replica: Replica, stamp: Stamp, fact: facts.RoomRenamed) -> Sequence[Event]:
    """RENAME (https://ircv3.net/specs/extensions/channel-rename): for operators and above.

    All that belongs to the room goes along, its members' read markers included.
    """
    user = replica.users.get(fact.user)
    if user is None:
        return ()
    room = room_of(replica, user, fact.room)
    if isinstance(room, Refused):
        return (room,)
    if not room.is_operator(user):
        return (not_allowed(room),)
    if room.name == fact.name:
        return (Refused(None, code="CANNOT_RENAME", text="The channel has this name already"),)
    if room.key == fold(replica.rules.lobby):
        return (Refused(None, code="CANNOT_RENAME", text="Everybody starts in this channel"),)
    if replica.room_alike(fact.name, room) is not None:
        return (Refused(None, code="CHANNEL_NAME_IN_USE", text=LOOKS_TAKEN),)
    old_name, old_key = room.name, room.key
    replica.rename_room(room, fact.name)
    for member in room.members:
        if old_key in member.markers:
            member.markers[room.key] = member.markers.pop(old_key)
        replica.keep(member.account)
    return (RoomRenamed(user, room, old_name, old_key, fact.reason),)
