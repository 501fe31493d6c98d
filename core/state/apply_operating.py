"""Rules for operators of the server: what they become, whom they put out, whom they keep out.

Which of them may do what is judged where a command is given: it stands in the configuration.  Here
counts only who is an operator when the fact's turn comes.
"""

from collections.abc import Sequence

from core.state import facts
from core.state.apply_users import expel, relocate, set_user_mode
from core.state.events import (
    Announced,
    Event,
    Opered,
    Refused,
    ServerBanChanged,
    UserModesChanged,
)
from core.state.records import ServerBan, User
from core.state.replica import Replica, Stamp, rule
from core.state.server_bans import MOST_BANS, fits, in_force
from core.wire import numerics
from core.wire.modes import ModeChange


def _operator(replica: Replica, id: int) -> User | None:
    user = replica.users.get(id)
    return user if user in replica.operators else None


def _refused(replica: Replica, id: int) -> Sequence[Event]:
    """What somebody is told who is no operator; nobody, if there is no such user any more."""
    return (Refused(numerics.ERR_NOPRIVILEGES),) if id in replica.users else ()


@rule(facts.Opered)
def apply_opered(replica: Replica, stamp: Stamp, fact: facts.Opered) -> Sequence[Event]:
    """OPER: the password was right.  Without a connection nobody is an operator."""
    user = replica.users.get(fact.user)
    if user is None or not user.connections:
        return ()
    user.operator = fact.name
    change = ModeChange(True, "o")
    if set_user_mode(replica, user, change):
        return (Opered(user), UserModesChanged(user, (change,)))
    return (Opered(user),)


@rule(facts.Killed)
def apply_killed(replica: Replica, stamp: Stamp, fact: facts.Killed) -> Sequence[Event]:
    """KILL: the user ends, with all its connections."""
    operator = _operator(replica, fact.user)
    if operator is None:
        return _refused(replica, fact.user)
    victim = replica.user_named(fact.nick)
    if victim is None:
        return (Refused(numerics.ERR_NOSUCHNICK, {"nick": fact.nick}),)
    reason = f"Killed ({operator.nick} ({fact.reason}))"
    return expel(replica, stamp, victim, reason, operator, fact.reason)


@rule(facts.ServerBanSet)
def apply_server_ban_set(
    replica: Replica, stamp: Stamp, fact: facts.ServerBanSet
) -> Sequence[Event]:
    """A ban comes, or is changed, or goes.

    Whom a ban of a host or an account fits is put out at once.  A ban of addresses is about
    connections, not users: each worker closes its own.
    """
    operator = _operator(replica, fact.user)
    if operator is None:
        return _refused(replica, fact.user)
    _forget_expired(replica, stamp.time)
    key = (fact.kind, fact.mask)
    if not fact.adding:
        if replica.server_bans.pop(key, None) is None:
            return (Refused(None, text="There is no such ban"),)
        replica.keep(key)
        return (ServerBanChanged(operator, *key, False),)
    ban = ServerBan(*key, operator.operator, stamp.time, fact.expires, fact.reason)
    if fits(ban, operator):
        return (Refused(None, text="That would ban yourself"),)
    if key not in replica.server_bans and len(replica.server_bans) >= MOST_BANS:
        return (Refused(None, text="There are too many bans"),)
    replica.server_bans[key] = ban
    replica.keep(key)
    events: list[Event] = [ServerBanChanged(operator, *key, True, fact.reason)]
    if fact.kind != "d":
        for user in list(replica.users.values()):
            if (user.connections or fact.kind == "a") and fits(ban, user):
                reason = f"Banned: {fact.reason}"
                events += expel(replica, stamp, user, reason, None, fact.reason)
    return events


def _forget_expired(replica: Replica, time: int) -> None:
    for key, ban in list(replica.server_bans.items()):
        if not in_force(ban, time):
            del replica.server_bans[key]
            replica.keep(key)


@rule(facts.Announced)
def apply_announced(replica: Replica, stamp: Stamp, fact: facts.Announced) -> Sequence[Event]:
    """WALLOPS."""
    operator = _operator(replica, fact.user)
    if operator is None:
        return _refused(replica, fact.user)
    return (Announced(operator, fact.text),)


@rule(facts.HostSet)
def apply_host_set(replica: Replica, stamp: Stamp, fact: facts.HostSet) -> Sequence[Event]:
    """CHGHOST: a user appears under another user name and host."""
    if _operator(replica, fact.user) is None:
        return _refused(replica, fact.user)
    user = replica.user_named(fact.nick)
    if user is None:
        return (Refused(numerics.ERR_NOSUCHNICK, {"nick": fact.nick}),)
    return relocate(replica, user, fact.ident or user.ident, fact.host)


@rule(facts.Waiting)
def apply_waiting(replica: Replica, stamp: Stamp, fact: facts.Waiting) -> Sequence[Event]:
    """A worker says how many of its connections are not registered."""
    if fact.count:
        replica.waiting[stamp.origin] = fact.count
    else:
        replica.waiting.pop(stamp.origin, None)
    return ()
