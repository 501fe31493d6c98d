"""Rules for rooms: who comes in, who goes, who may change what."""

from collections.abc import Sequence

from core.state import facts
from core.state.events import (
    AlreadyThere,
    Asked,
    Entered,
    Event,
    Left,
    Refused,
    RoomModesChanged,
    TopicChanged,
)
from core.state.records import Room, User
from core.state.replica import Replica, Stamp, rule
from core.wire import numerics
from core.wire.casemapping import fold
from core.wire.masks import complete_mask
from core.wire.modes import PREFIXES, ModeChange
from core.wire.numerics import Numeric

# What a new room starts with: no messages from outside, the topic for operators.
DEFAULT_MODES = "nt"
# Invitations that are kept for a room; the oldest goes first.
INVITATIONS = 100


def refused(numeric: Numeric, **values: object) -> Sequence[Event]:
    """The verdict no, with its reason."""
    return (Refused(numeric, values),)


def room_of(replica: Replica, user: User, name: str, *, operator: bool = False) -> Room | Refused:
    """The room ``name`` if ``user`` is a member (an operator), else why not."""
    room = replica.room_named(name)
    if room is None:
        return Refused(numerics.ERR_NOSUCHCHANNEL, {"channel": name})
    if room not in user.rooms:
        return Refused(numerics.ERR_NOTONCHANNEL, {"channel": room.name})
    if operator and not room.is_operator(user):
        return Refused(numerics.ERR_CHANOPRIVSNEEDED, {"channel": room.name})
    return room


def banned(room: Room, user: User) -> bool:
    """True if a ban of ``room`` fits ``user``."""
    prefix = fold(user.prefix)
    return any(pattern.fullmatch(prefix) for pattern in room.patterns("b"))


def entry_refusal(room: Room, user: User, key: str) -> Numeric | None:
    """Why ``user`` may not join ``room``, or None.  An invitation overrides all of it."""
    if user.id in room.invited:
        return None
    if "i" in room.modes:
        return numerics.ERR_INVITEONLYCHAN
    if room.modes.get("k", key) != key:
        return numerics.ERR_BADCHANNELKEY
    if "l" in room.modes and len(room.members) >= int(room.modes["l"]):
        return numerics.ERR_CHANNELISFULL
    if room.bans and banned(room, user):
        return numerics.ERR_BANNEDFROMCHAN
    return None


def enter(replica: Replica, stamp: Stamp, user: User, name: str, key: str = "") -> Sequence[Event]:
    """Put ``user`` into the room ``name``, if it may; whoever makes a room is its operator.

    The lobby has no operator of its own: it belongs to nobody.
    """
    room = replica.rooms.get(fold(name))
    if room is not None:
        if room in user.rooms:
            return (AlreadyThere(user, room),)
        refusal = entry_refusal(room, user, key)
        if refusal is not None:
            return refused(refusal, channel=room.name)
    limit = replica.rules.rooms_per_user
    if limit and len(user.rooms) >= limit:
        return refused(numerics.ERR_TOOMANYCHANNELS, channel=name)
    if room is None:
        room = Room(name, fold(name), stamp.time)
        room.modes = dict.fromkeys(DEFAULT_MODES, "")
        replica.rooms[room.key] = room
        guest = "" if room.key == fold(replica.rules.lobby) else "o"
        modes = guest if user.account is None else guest and "qo"
    else:
        modes = room.roles.get(user.id, "") if user.account is not None else ""
    room.invited.pop(user.id, None)
    replica.enter(user, room, modes)
    return (Entered(user, room),)


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
    """KICK (RFC 2812, 3.2.8): for operators of the room."""
    user = replica.users.get(fact.user)
    if user is None:
        return ()
    room = room_of(replica, user, fact.room, operator=True)
    if isinstance(room, Refused):
        return (room,)
    target = replica.user_named(fact.nick)
    if target is None:
        return refused(numerics.ERR_NOSUCHNICK, nick=fact.nick)
    if target not in room.members:
        return refused(numerics.ERR_USERNOTINCHANNEL, nick=target.nick, channel=room.name)
    replica.leave(target, room)
    return (Left(target, room, fact.reason or user.nick, user),)


@rule(facts.Invited)
def apply_invited(replica: Replica, stamp: Stamp, fact: facts.Invited) -> Sequence[Event]:
    """INVITE (https://modern.ircdocs.horse/#invite-message).

    Members invite into open rooms, operators into closed ones; into a room that does not
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
    if "i" in room.modes and not room.is_operator(user):
        return refused(numerics.ERR_CHANOPRIVSNEEDED, channel=room.name)
    if target in room.members:
        return refused(numerics.ERR_USERONCHANNEL, nick=target.nick, channel=room.name)
    if room.is_operator(user):  # only an operator's word opens a closed door
        room.invited.pop(target.id, None)
        room.invited[target.id] = None
        if len(room.invited) > INVITATIONS:
            del room.invited[next(iter(room.invited))]
    return (Asked(user, target, room),)


@rule(facts.TopicSet)
def apply_topic_set(replica: Replica, stamp: Stamp, fact: facts.TopicSet) -> Sequence[Event]:
    """TOPIC with a text (RFC 2812, 3.2.4); +t leaves it to operators."""
    user = replica.users.get(fact.user)
    if user is None:
        return ()
    room = room_of(replica, user, fact.room)
    if isinstance(room, Refused):
        return (room,)
    if "t" in room.modes and not room.is_operator(user):
        return refused(numerics.ERR_CHANOPRIVSNEEDED, channel=room.name)
    room.topic = fact.topic
    room.topic_by = user.prefix
    room.topic_at = stamp.time
    replica.keep(room)
    return (TopicChanged(user, room),)


@rule(facts.RoomModesSet)
def apply_room_modes_set(
    replica: Replica, stamp: Stamp, fact: facts.RoomModesSet
) -> Sequence[Event]:
    """MODE of a room: for its operators; each change counts by itself, if it is one."""
    user = replica.users.get(fact.user)
    if user is None:
        return ()
    room = room_of(replica, user, fact.room, operator=True)
    if isinstance(room, Refused):
        return (room,)
    events: list[Event] = []
    done: list[ModeChange] = []
    for change in fact.changes:
        outcome = _change_mode(replica, stamp, room, user, change)
        if isinstance(outcome, ModeChange):
            done.append(outcome)
        elif outcome is not None:
            events.append(outcome)
    if done:
        replica.keep(room)
        events.append(RoomModesChanged(user, room, tuple(done)))
    return events


def _change_mode(
    replica: Replica, stamp: Stamp, room: Room, user: User, change: ModeChange
) -> ModeChange | Refused | None:
    """Do one change: what was done, or why not, or None where it was so already."""
    adding, letter, argument = change
    if letter == "b":
        return _change_ban(replica, stamp, room, user, change)
    if letter in PREFIXES:
        target = replica.user_named(argument)
        if target is None:
            return Refused(numerics.ERR_NOSUCHNICK, {"nick": argument})
        if target not in room.members:
            values: dict[str, object] = {"nick": target.nick, "channel": room.name}
            return Refused(numerics.ERR_USERNOTINCHANNEL, values)
        changed = room.grant(target, letter, adding)
        return ModeChange(adding, letter, target.nick) if changed else None
    if adding:
        if room.modes.get(letter) == argument:
            return None
        room.modes[letter] = argument
        return change
    if letter not in room.modes:
        return None
    del room.modes[letter]
    return ModeChange(False, letter, argument if letter == "k" else "")


def _change_ban(
    replica: Replica, stamp: Stamp, room: Room, user: User, change: ModeChange
) -> ModeChange | Refused | None:
    mask = complete_mask(change.argument)
    entries = room.lists.setdefault("b", {})
    if change.adding:
        if mask in entries:
            return None
        limit = replica.rules.list_entries
        if limit and len(entries) >= limit:
            return Refused(numerics.ERR_BANLISTFULL, {"channel": room.name, "mode": "b"})
        entries[mask] = (user.prefix, stamp.time // 1000)
    elif entries.pop(mask, None) is None:
        return None
    room.list_changed("b")
    return ModeChange(change.adding, "b", mask)
