"""Rules for users: who owns a nick, who is away, who is gone."""

from collections.abc import Sequence

from core.state import facts
from core.state.apply_people import set_own
from core.state.apply_rooms import enter
from core.state.events import (
    Arrived,
    Attached,
    AwayChanged,
    Detached,
    Event,
    Expelled,
    HostChanged,
    Quit,
    RealnameChanged,
    Refused,
    Renamed,
    UserModesChanged,
)
from core.state.holdings import bind
from core.state.records import User
from core.state.replica import Replica, Stamp, rule
from core.state.server_bans import ban_refusal
from core.wire import numerics
from core.wire.modes import ModeChange


@rule(facts.Registered)
def apply_registered(replica: Replica, stamp: Stamp, fact: facts.Registered) -> Sequence[Event]:
    """The first claim of a nick in the log wins, on every worker.

    Who has logged in to an account that has a user becomes one more connection of that.
    """
    account = replica.account_since(fact.account, fact.account_since)
    banned = ban_refusal(replica, stamp, fact, account)
    if banned is not None:
        return (banned,)
    if account is not None and account.user is not None:
        return _attach(replica, stamp, fact, account.user)
    if not replica.may_have(fact.nick, account):
        return (Refused(numerics.ERR_NICKNAMEINUSE, {"nick": fact.nick}),)
    id = account.id if account is not None else stamp.seq
    user = User(id, fact.nick, fact.ident, fact.host, fact.realname, fact.secure, stamp.time)
    _hold(replica, stamp, fact, user)
    user.settle_away()
    if account is not None:
        bind(replica, user, account)
    set_own(replica, user, fact.metadata)
    replica.add(user)
    events: list[Event] = [Arrived(user, stamp.origin, fact.connection)]
    for name in fact.rooms:
        events += enter(replica, stamp, user, name)
    return events


def _attach(replica: Replica, stamp: Stamp, fact: facts.Registered, user: User) -> Sequence[Event]:
    """One more connection.  Where it is the only one, it may bring a nick of its own."""
    events: list[Event] = []
    alone = not user.connections
    if alone:
        user.secure = fact.secure
        user.signed_on = stamp.time
        if user.nick != fact.nick and replica.may_have(fact.nick, user.account, user):
            events += rename(replica, stamp, user, fact.nick)
        events += relocate(replica, user, fact.ident, fact.host)
        if user.realname != fact.realname:
            user.realname = fact.realname
            events.append(RealnameChanged(user))
    else:
        user.secure = user.secure and fact.secure
    _hold(replica, stamp, fact, user)
    missed_from, user.left_at = user.left_at, 0
    replica.came(user)
    replica.keep(user.account)
    events += set_own(replica, user, fact.metadata)
    events.append(Attached(user, stamp.origin, fact.connection, missed_from))
    if user.settle_away():
        events.append(AwayChanged(user, True))
    return events


def _hold(replica: Replica, stamp: Stamp, fact: facts.Registered, user: User) -> None:
    """The connection is ``user``'s, and does not wait for its registration any more."""
    user.connections[stamp.origin, fact.connection] = fact.away
    user.address, user.certificate = fact.host, fact.certificate
    waiting = replica.waiting.get(stamp.origin, 0)
    if waiting:
        replica.waiting[stamp.origin] = waiting - 1


def rename(replica: Replica, stamp: Stamp, user: User, nick: str) -> Sequence[Event]:
    """Another nick, which is free."""
    old_prefix = user.prefix
    replica.rename(user, nick, stamp.time)
    return (Renamed(user, old_prefix),)


def relocate(replica: Replica, user: User, ident: str, host: str) -> Sequence[Event]:
    """Another user name and host."""
    if (user.ident, user.host) == (ident, host):
        return ()
    old_prefix = user.prefix
    user.move(ident, host)
    replica.keep(user.account)
    return (HostChanged(user, old_prefix),)


@rule(facts.NickClaimed)
def apply_nick_claimed(replica: Replica, stamp: Stamp, fact: facts.NickClaimed) -> Sequence[Event]:
    """A nick that someone else has is refused; one's own may change its case."""
    user = replica.users.get(fact.user)
    if user is None or user.nick == fact.nick:
        return ()
    if not replica.may_have(fact.nick, user.account, user):
        return (Refused(numerics.ERR_NICKNAMEINUSE, {"nick": fact.nick}),)
    return rename(replica, stamp, user, fact.nick)


@rule(facts.AwaySet)
def apply_away_set(replica: Replica, stamp: Stamp, fact: facts.AwaySet) -> Sequence[Event]:
    """One connection is away, with a message, or back.  Others are told only of a change."""
    user = replica.users.get(fact.user)
    if user is None:
        return ()
    key = (stamp.origin, fact.connection)
    if key in user.connections:
        user.connections[key] = fact.message
    return (AwayChanged(user, user.settle_away()),)


@rule(facts.UserModesSet)
def apply_user_modes_set(
    replica: Replica, stamp: Stamp, fact: facts.UserModesSet
) -> Sequence[Event]:
    """Modes of oneself are free, but +o is only granted by OPER."""
    user = replica.users.get(fact.user)
    if user is None:
        return ()
    done: list[ModeChange] = []
    for change in fact.changes:
        if change.letter == "o" and change.adding:
            continue
        if set_user_mode(replica, user, change):
            done.append(change)
    return (UserModesChanged(user, tuple(done)),)


def set_user_mode(replica: Replica, user: User, change: ModeChange) -> bool:
    """Do a change of a user's mode; False if it was so already."""
    if (change.letter in user.modes) is change.adding:
        return False
    kept = user.modes.replace(change.letter, "")
    user.modes = kept + change.letter if change.adding else kept
    if change.letter == "i":
        replica.invisible += 1 if change.adding else -1
    elif change.letter == "o":
        if change.adding:
            replica.operators[user] = None
        else:
            replica.operators.pop(user, None)
            user.operator = ""
    replica.keep(user.account)
    return True


@rule(facts.Disconnected)
def apply_disconnected(replica: Replica, stamp: Stamp, fact: facts.Disconnected) -> Sequence[Event]:
    """One socket less; the last one of a guest takes the user along."""
    key = (stamp.origin, fact.connection)
    user = replica.users.get(fact.user)
    if user is None or key not in user.connections:
        # It has logged in since: rare enough to look at all.
        user = next((user for user in replica.users.values() if key in user.connections), None)
        if user is None:
            return ()
    del user.connections[key]
    return dropped(replica, stamp, user, fact.reason)


@rule(facts.WorkerGone)
def apply_worker_gone(replica: Replica, stamp: Stamp, fact: facts.WorkerGone) -> Sequence[Event]:
    """All connections of a worker are gone at once."""
    replica.waiting.pop(fact.origin, None)
    events: list[Event] = []
    for user in list(replica.users.values()):
        lost = [connection for connection in user.connections if connection[0] == fact.origin]
        for connection in lost:
            del user.connections[connection]
        if lost:
            events += dropped(replica, stamp, user, "Connection lost")
    return events


def dropped(replica: Replica, stamp: Stamp, user: User, reason: str) -> Sequence[Event]:
    """What follows when ``user`` has lost a connection."""
    if user.connections:
        return (AwayChanged(user, True),) if user.settle_away() else ()
    user.left_at = stamp.seq
    replica.went(user)
    replica.keep(user.account)
    if not replica.stays(user):
        return (Quit(user, replica.remove(user, stamp.time), reason),)
    events: list[Event] = [*_take_own_name(replica, stamp, user), Detached(user)]
    if set_user_mode(replica, user, ModeChange(False, "o")):
        events.append(UserModesChanged(user, (ModeChange(False, "o"),)))
    if user.settle_away():
        events.append(AwayChanged(user, True))
    return events


def _take_own_name(replica: Replica, stamp: Stamp, user: User) -> Sequence[Event]:
    """While it is away, a user is found under its account's name."""
    name = user.account_name
    if user.nick == name or not replica.may_have(name, user.account, user):
        return ()
    return rename(replica, stamp, user, name)


def expel(
    replica: Replica, stamp: Stamp, user: User, reason: str, by: User | None, comment: str
) -> Sequence[Event]:
    """Close all connections of ``user``; it quits, whether it has an account or not.

    ``reason``, ``by`` and ``comment`` are those of the event.
    """
    user.connections = {}
    rooms = replica.remove(user, stamp.time)
    return (Expelled(user, reason, by, comment, rooms), Quit(user, rooms, reason))
