"""Rules for users: who owns a nick, who is away, who is gone."""

from collections.abc import Sequence

from core.state import facts
from core.state.apply_rooms import enter
from core.state.events import (
    Arrived,
    AwayChanged,
    Event,
    Quit,
    Refused,
    Renamed,
    UserModesChanged,
)
from core.state.records import User
from core.state.replica import Replica, Stamp, rule
from core.wire import numerics
from core.wire.casemapping import fold
from core.wire.modes import ModeChange


@rule(facts.Registered)
def apply_registered(replica: Replica, stamp: Stamp, fact: facts.Registered) -> Sequence[Event]:
    """The first claim of a nick in the log wins, on every worker."""
    key = fold(fact.nick)
    if key in replica.owner_of:
        return (Refused(numerics.ERR_NICKNAMEINUSE, {"nick": fact.nick}),)
    user = User(stamp.seq, fact.nick, fact.ident, fact.host, fact.realname, fact.secure, stamp.time)
    user.connections = ((stamp.origin, fact.connection),)
    replica.users[user.id] = user
    replica.owner_of[key] = user
    replica.peak_users = max(replica.peak_users, len(replica.users))
    events: list[Event] = [Arrived(user, stamp.origin, fact.connection)]
    for name in fact.rooms:
        events += enter(replica, stamp, user, name)
    return events


@rule(facts.NickClaimed)
def apply_nick_claimed(replica: Replica, stamp: Stamp, fact: facts.NickClaimed) -> Sequence[Event]:
    """A nick that someone else has is refused; one's own may change its case."""
    user = replica.users.get(fact.user)
    if user is None or user.nick == fact.nick:
        return ()
    key = fold(fact.nick)
    if replica.owner_of.get(key, user) is not user:
        return (Refused(numerics.ERR_NICKNAMEINUSE, {"nick": fact.nick}),)
    del replica.owner_of[fold(user.nick)]
    replica.owner_of[key] = user
    old_prefix = user.prefix
    user.rename(fact.nick)
    return (Renamed(user, old_prefix),)


@rule(facts.AwaySet)
def apply_away_set(replica: Replica, stamp: Stamp, fact: facts.AwaySet) -> Sequence[Event]:
    """Away, with a message, or back.  Others are told only of a change (see the fan-out)."""
    user = replica.users.get(fact.user)
    if user is None:
        return ()
    changed = user.away != fact.message
    user.away = fact.message
    return (AwayChanged(user, changed),)


@rule(facts.UserModesSet)
def apply_user_modes_set(
    replica: Replica, stamp: Stamp, fact: facts.UserModesSet
) -> Sequence[Event]:
    """+i and -i are free; +o is only granted by OPER, -o is free."""
    user = replica.users.get(fact.user)
    if user is None:
        return ()
    done: list[ModeChange] = []
    for change in fact.changes:
        if change.letter == "o" and change.adding:
            continue
        if (change.letter in user.modes) is change.adding:
            continue
        kept = user.modes.replace(change.letter, "")
        user.modes = kept + change.letter if change.adding else kept
        if change.letter == "i":
            replica.invisible += 1 if change.adding else -1
        done.append(change)
    return (UserModesChanged(user, tuple(done)),)


@rule(facts.Disconnected)
def apply_disconnected(replica: Replica, stamp: Stamp, fact: facts.Disconnected) -> Sequence[Event]:
    """One socket less; without an account the last one takes the user along."""
    user = replica.users.get(fact.user)
    if user is None:
        return ()
    return _drop(replica, user, (stamp.origin, fact.connection), fact.reason)


@rule(facts.WorkerGone)
def apply_worker_gone(replica: Replica, stamp: Stamp, fact: facts.WorkerGone) -> Sequence[Event]:
    """All connections of a worker are gone at once."""
    events: list[Event] = []
    for user in list(replica.users.values()):
        for connection in user.connections:
            if connection[0] == fact.origin:
                events += _drop(replica, user, connection, "Connection lost")
    return events


def _drop(
    replica: Replica, user: User, connection: tuple[int, int], reason: str
) -> Sequence[Event]:
    user.connections = tuple(held for held in user.connections if held != connection)
    if user.connections:
        return ()
    rooms = replica.remove(user)
    return (Quit(user, rooms, reason),)
