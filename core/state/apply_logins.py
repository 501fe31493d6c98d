"""Rules for logging in and out while one is registered: a connection changes hands.

Where the account has no user, the connection's own becomes that, unless it has another connection,
or stays by itself.  Where the account's user is there without a connection, a guest takes its place
and keeps its nick.  Otherwise the connection moves over to the account's user.  What a guest had
goes along: its rooms and its rank there, invitations, lists, markers, metadata.  What another
account has stays with that.
"""

from collections.abc import Sequence

from core.state import facts
from core.state.apply_people import differences
from core.state.apply_users import dropped, relocate, rename, set_user_mode
from core.state.events import (
    AccountChanged,
    AwayChanged,
    Entered,
    Event,
    Moved,
    Quit,
    RealnameChanged,
    Refused,
    RoomModesChanged,
    UserModesChanged,
)
from core.state.holdings import absorb, bind, unbind
from core.state.records import RANKS, Account, Room, User
from core.state.replica import Replica, Stamp, rule
from core.state.room_access import banned
from core.state.server_bans import account_refusal
from core.wire import numerics
from core.wire.modes import PREFIXES, mode_differences

# What a number is put behind, where a nick is not free: so many characters and bytes at most.
_STEM_LENGTH = 20
_STEM_BYTES = 50
# What clients put behind a nick that is taken.
_STAND_INS = "_`^|-0123456789"
# Who has logged out is called so, with a number.
_GUEST = "Guest"


@rule(facts.LoggedIn)
def apply_logged_in(replica: Replica, stamp: Stamp, fact: facts.LoggedIn) -> Sequence[Event]:
    """A connection proved that it is the account's."""
    user = replica.users.get(fact.user)
    key = (stamp.origin, fact.connection)
    if user is None or key not in user.connections:
        return ()
    account = replica.account_since(fact.account, fact.account_since)
    if account is None:
        return (Refused(None, text="The account is no more"),)
    if user.account is account:
        return ()
    refused = account_refusal(replica, stamp, account)
    if refused is not None:
        return (refused,)
    if account.user is None:
        if tuple(user.connections) == (key,) and not replica.stays(user):
            return _become(replica, user, account)
        account.user = _wake_up(replica, stamp, user, account)
    elif tuple(user.connections) == (key,) and _fits_in(replica, user, account.user):
        return _take_place(replica, stamp, user, account.user, account)
    return _move(replica, stamp, user, account.user, key)


@rule(facts.LoggedOut)
def apply_logged_out(replica: Replica, stamp: Stamp, fact: facts.LoggedOut) -> Sequence[Event]:
    """A connection goes on as a guest; the account's user stays as it was."""
    user = replica.users.get(fact.user)
    key = (stamp.origin, fact.connection)
    if user is None or user.account is None or key not in user.connections:
        return ()
    nick = _free_nick(replica, f"{_GUEST}{stamp.seq}", _GUEST, stamp.seq, None)
    guest = _like(user, stamp.seq, nick, stamp.time)
    guest.connections = {key: user.connections.pop(key)}
    guest.settle_away()
    replica.add(guest)
    modes = mode_differences(user.modes, "")
    left = tuple(user.rooms)
    events: list[Event] = [Moved(user, user.prefix, guest, *key, (), left, modes)]
    events += dropped(replica, stamp, user, "Logged out")
    return events


# The connection's own user becomes the account's.


def _become(
    replica: Replica, user: User, account: Account, missed_from: int = 0
) -> Sequence[Event]:
    """A user is the account's now, with the identity and the ranks that the account has."""
    shown = dict(user.metadata)
    former = user.account
    guest = 0
    if former is not None:
        unbind(replica, user, former)
    else:
        guest = user.id
        _bring_invitations(replica, user.id, account.id)
    replica.renumber(user, account.id)
    bind(replica, user, account)
    changed = AccountChanged(user, guest, missed_from)
    events: list[Event] = [changed, *differences(user, shown)]
    for room in user.rooms:
        held, role = room.members[user], room.roles.get(account.id, "")
        modes = _in_order(role if former is not None else held + role)
        room.set_modes(user, modes, replica.seq)
        room.set_role(account.id, modes)
        replica.keep(room)
        events += _ranked(room, user, held, modes)
    return events


def _bring_invitations(replica: Replica, guest: int, id: int) -> None:
    """Where a guest is invited to, its account is."""
    for room in replica.rooms.values():
        if guest in room.invited:
            room.invited = {id if one == guest else one: None for one in room.invited}
            replica.keep(room)


# A guest takes the place of the account's user, behind which nobody sits.


def _fits_in(replica: Replica, guest: User, absent: User) -> bool:
    """True if the account's user has no connection, and may be where ``guest``, if it is one, is
    as well."""
    if guest.account is not None or absent.connections:
        return False
    limit = replica.rules.rooms_per_user
    rooms = {**guest.rooms, **absent.rooms}
    if limit and len(rooms) > limit:
        return False
    return not any(
        banned(room, absent) and room.role_rank(absent) < RANKS["h"]
        for room in guest.rooms
        if room not in absent.rooms
    )


def _take_place(
    replica: Replica, stamp: Stamp, user: User, absent: User, account: Account
) -> Sequence[Event]:
    """``absent`` quits, and ``user``, who was a guest, is in its rooms, with its modes.

    To the client nothing changes but what comes along; so its nick is its own affair, unless that
    only stood in for the other's.
    """
    new = [room for room in absent.rooms if room not in user.rooms]
    since = {room: room.since[absent] for room in absent.rooms}
    modes = mode_differences(user.modes, absent.modes)
    for room in new:
        replica.enter(user, room, "")
    gone = Quit(absent, replica.remove(absent, stamp.time), "Logged in as " + user.nick)
    renamed: Sequence[Event] = ()
    if user.nick.rstrip(_STAND_INS) in (absent.nick, _GUEST):
        renamed = rename(replica, stamp, user, absent.nick)
    became, *rest = _become(replica, user, account, absent.left_at)
    events = [gone, *renamed, became] if renamed else [became, gone]
    for room, joined in since.items():
        room.since[user] = min(joined, room.since[user])
    done = tuple(c for c in modes if c.letter != "o" and set_user_mode(replica, user, c))
    events += [*(Entered(user, room) for room in new), *rest]
    return [*events, UserModesChanged(user, done)] if done else events


# The connection moves over to the account's user.


def _wake_up(replica: Replica, stamp: Stamp, user: User, account: Account) -> User:
    """A user for an account, for a connection of somebody else's to move to."""
    stem = account.name[:_STEM_LENGTH]
    while len(stem.encode()) > _STEM_BYTES:
        stem = stem[:-1]
    nick = _free_nick(replica, account.name, stem, 2, account)
    new = _like(user, account.id, nick, stamp.time)
    bind(replica, new, account)
    replica.add(new)
    return new


def _like(user: User, id: int, nick: str, time: int) -> User:
    """A new user at the place where ``user`` is."""
    new = User(id, nick, user.ident, user.host, user.realname, user.secure, time)
    new.address, new.certificate = user.address, user.certificate
    return new


def _free_nick(
    replica: Replica, wanted: str, stem: str, number: int, account: Account | None
) -> str:
    """``wanted``, or, where somebody has it, ``stem`` with the first number that makes it free."""
    nick = wanted
    while not replica.may_have(nick, account):
        nick = f"{stem}{number}"
        number += 1
    return nick


def _move(
    replica: Replica, stamp: Stamp, old: User, target: User, key: tuple[int, int]
) -> Sequence[Event]:
    """Give a connection of ``old`` to ``target``."""
    had = dict.fromkeys(target.rooms)
    joined = tuple(room for room in had if room not in old.rooms)
    left = tuple(room for room in old.rooms if room not in had)
    modes = mode_differences(old.modes, target.modes)
    away = old.connections.pop(key)
    shared = tuple((room, room.members[old]) for room in had if room in old.rooms)
    moved = Moved(old, old.prefix, target, *key, joined, left, modes, target.left_at, shared)
    changes = _take_over(replica, stamp, old, target)
    target.connections[key] = away
    replica.keep(target.account, old.account)
    events: list[Event] = [moved]
    if old.connections or replica.stays(old):
        events += dropped(replica, stamp, old, "")
    else:
        events += _end(replica, stamp, old, target)
    events += changes
    if target.settle_away():
        events.append(AwayChanged(target, True))
    return events


def _take_over(replica: Replica, stamp: Stamp, old: User, target: User) -> Sequence[Event]:
    """``target`` gets a connection from where ``old`` is.  Where it is the only one, it is there
    that ``target`` appears."""
    target.left_at = 0
    target.address, target.certificate = old.address, old.certificate
    if target.connections:
        target.secure = target.secure and old.secure
        return ()
    target.secure = old.secure
    target.signed_on = stamp.time
    events = list(relocate(replica, target, old.ident, old.host))
    if target.realname != old.realname:
        target.realname = old.realname
        events.append(RealnameChanged(target))
    return events


def _end(replica: Replica, stamp: Stamp, old: User, target: User) -> Sequence[Event]:
    """``old`` quits, and ``target`` comes into the rooms that it was in."""
    account = target.account
    assert account is not None
    guest = old.account is None
    entering: list[Event] = []
    shown = dict(target.metadata)
    if guest:
        absorb(replica, old, account)
        _bring_invitations(replica, old.id, target.id)
    for room in tuple(old.rooms):
        entering += _come_along(replica, room, old, target, room.members[old] if guest else "")
    gone = replica.remove(old, stamp.time)
    quit_ = Quit(old, gone, "Logged in as " + target.nick, target)
    return [quit_, *entering, *differences(target, shown)]


def _come_along(
    replica: Replica, room: Room, old: User, target: User, rank: str
) -> Sequence[Event]:
    """``target`` is in ``room`` as well as ``old``, with its ``rank``.

    A ban counts, and the limit of rooms; neither a key nor what else keeps strangers out does.
    """
    since = room.since[old] if old.account is None else replica.seq
    if target not in room.members:
        limit = replica.rules.rooms_per_user
        if limit and len(target.rooms) >= limit:
            return (Refused(numerics.ERR_TOOMANYCHANNELS, {"channel": room.name}),)
        if banned(room, target) and room.role_rank(target) < RANKS["h"]:
            return (Refused(numerics.ERR_BANNEDFROMCHAN, {"channel": room.name}),)
        room.invited.pop(target.id, None)
        modes = _in_order(rank + room.roles.get(target.id, ""))
        replica.enter(target, room, modes)
        room.since[target] = since
        return [Entered(target, room), *_ranked(room, target, "", modes)]
    held = room.members[target]
    modes = _in_order(held + rank)
    room.since[target] = min(since, room.since[target])
    room.set_modes(target, modes, replica.seq)
    room.set_role(target.id, _in_order(modes + room.roles.get(target.id, "")))
    replica.keep(room)
    return _ranked(room, target, held, modes)


# Modes.


def _in_order(modes: str) -> str:
    return "".join(mode for mode in PREFIXES if mode in modes)


def _ranked(room: Room, user: User, before: str, after: str) -> Sequence[Event]:
    """MODE, where a member's rank is another."""
    changes = mode_differences(before, after, user.nick)
    return (RoomModesChanged(None, room, changes),) if changes else ()
