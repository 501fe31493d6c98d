"""Rules for accounts: who registers one, who proved that it is theirs, what they keep in it."""

from collections.abc import Sequence

from core.state import facts
from core.state.apply_people import differences
from core.state.apply_rooms import enter
from core.state.apply_users import bind, dropped
from core.state.events import (
    AccountChanged,
    AccountMade,
    AwayChanged,
    CredentialsChanged,
    Event,
    MarkerMoved,
    Moved,
    Quit,
    Refused,
    RoomModesChanged,
    SettingChanged,
)
from core.state.records import Account, Room, User
from core.state.replica import Replica, Stamp, rule
from core.state.server_bans import account_refusal
from core.wire.identifiers import fold
from core.wire.modes import ModeChange
from core.wire.names import is_room

# Settings, with the values they may have ("" is the default).
SETTINGS = {"persistence": ("", "ON", "OFF")}
# Conversations whose read marker is kept; the one that was set longest ago goes first.
MARKERS = 1000
CERTIFICATES = 10


def _refused(code: str, text: str) -> Sequence[Event]:
    return (Refused(None, code=code, text=text),)


@rule(facts.AccountRegistered)
def apply_account_registered(
    replica: Replica, stamp: Stamp, fact: facts.AccountRegistered
) -> Sequence[Event]:
    """The first registration of a name wins; nobody registers a nick that another one uses."""
    user = replica.users.get(fact.user)
    if fact.user and user is None:
        return ()
    if user is not None and user.account is not None:
        return _refused("ALREADY_AUTHENTICATED", "You are already logged in")
    key = fold(fact.name)
    if key in replica.account_keys:
        return _refused("ACCOUNT_EXISTS", "This account exists already")
    if not replica.may_have(fact.name, None, user):
        return _refused("ACCOUNT_EXISTS", "This name, or one that looks like it, is somebody's")
    id = user.id if user is not None else stamp.seq
    account = Account(id, fact.name, key, fact.credentials, stamp.time)
    account.email = fact.email
    if fact.certificate:
        account.certificates.append(fact.certificate)
    replica.add_account(account)
    replica.keep(account)
    events: list[Event] = [AccountMade(account, user)]
    if user is not None:
        bind(replica, user, account)
        _take_roles(replica, user, account)
        events.append(AccountChanged(user))
    return events


def _take_roles(replica: Replica, user: User, account: Account) -> None:
    """What ``user`` is in its rooms, its account is from now on."""
    for room in user.rooms:
        room.set_role(account.id, room.members[user])
        replica.keep(room)


@rule(facts.LoggedIn)
def apply_logged_in(replica: Replica, stamp: Stamp, fact: facts.LoggedIn) -> Sequence[Event]:
    """A connection proved that it is the account's.

    Where the account has no user, the connection's own becomes that, unless it has another
    connection, or stays by itself.  Otherwise the connection moves over to the account's user.
    """
    user = replica.users.get(fact.user)
    account = replica.accounts.get(fact.account)
    if user is None or account is None or user.account is account:
        return ()
    banned = account_refusal(replica, stamp, account)
    if banned is not None:
        return (banned,)
    key = (stamp.origin, fact.connection)
    if account.user is None:
        if tuple(user.connections) == (key,) and not replica.stays(user):
            return _become(replica, user, account)
        account.user = _wake_up(replica, stamp, user, account)
    return _move(replica, stamp, user, account.user, key)


def _become(replica: Replica, user: User, account: Account) -> Sequence[Event]:
    """A user is the account's now, with the identity and the roles that the account has."""
    guest = user.id if user.account is None else 0
    shown = dict(user.metadata)
    if user.account is not None:
        unbind(replica, user, user.account)
    replica.renumber(user, account.id)
    bind(replica, user, account)
    events: list[Event] = [AccountChanged(user, guest), *differences(user, shown)]
    for room in user.rooms:
        held = room.members[user]
        gained = [mode for mode in room.roles.get(account.id, "") if mode not in held]
        for mode in gained:
            room.grant(user, mode, True)
        room.set_role(account.id, room.members[user])
        replica.keep(room)
        if gained:
            changes = tuple(ModeChange(True, mode, user.nick) for mode in gained)
            events.append(RoomModesChanged(None, room, changes))
    return events


def unbind(replica: Replica, user: User, account: Account) -> None:
    """``user`` goes on without the account, with nothing of what was kept there."""
    user.account = None
    user.metadata, user.lists, user.markers = {}, {}, {}
    account.user = None
    replica.keep(account)


def _wake_up(replica: Replica, stamp: Stamp, user: User, account: Account) -> User:
    """A user for an account, for a connection of somebody else's to move to."""
    nick = account.name
    number = 1
    while fold(nick) in replica.owner_of:  # somebody had it before it became an account's
        number += 1
        nick = f"{account.name}{number}"
    new = User(account.id, nick, user.ident, user.host, user.realname, user.secure, stamp.time)
    bind(replica, new, account)
    replica.add(new)
    return new


def _move(
    replica: Replica, stamp: Stamp, old: User, target: User, key: tuple[int, int]
) -> Sequence[Event]:
    """Give a connection of ``old`` to ``target``, which comes into the rooms that it was in."""
    away = old.connections.pop(key, "")
    old_prefix = old.prefix
    ends = not old.connections and not replica.stays(old)
    rooms = tuple(old.rooms)
    had = dict.fromkeys(target.rooms)
    target.connections[key] = away
    target.left_at = 0
    replica.keep(target.account, old.account)
    joined = tuple(room for room in had if room not in old.rooms)
    left = tuple(room for room in rooms if room not in had)
    events: list[Event] = [
        Moved(old, old_prefix, target, key[0], key[1], joined, left),
    ]
    if ends:
        gone = replica.remove(old, stamp.time)
        events.append(Quit(old, gone, "Logged in as " + target.nick))
        for room in left:
            events += enter(replica, stamp, target, room.name, room.modes.get("k", ""))
    elif old.settle_away():
        events.append(AwayChanged(old, True))
    if target.settle_away():
        events.append(AwayChanged(target, True))
    return events


@rule(facts.LoggedOut)
def apply_logged_out(replica: Replica, stamp: Stamp, fact: facts.LoggedOut) -> Sequence[Event]:
    """A connection goes on as a guest; the account's user stays as it was."""
    user = replica.users.get(fact.user)
    if user is None or user.account is None:
        return ()
    key = (stamp.origin, fact.connection)
    if key not in user.connections:
        return ()
    nick = f"Guest{stamp.seq}"
    guest = User(stamp.seq, nick, user.ident, user.host, user.realname, user.secure, stamp.time)
    guest.connections = {key: user.connections[key]}
    guest.settle_away()
    replica.add(guest)
    old_prefix = user.prefix
    del user.connections[key]
    left = tuple(user.rooms)
    events: list[Event] = [Moved(user, old_prefix, guest, key[0], key[1], (), left)]
    events += dropped(replica, stamp, user, "Logged out")
    return events


@rule(facts.CredentialsSet)
def apply_credentials_set(
    replica: Replica, stamp: Stamp, fact: facts.CredentialsSet
) -> Sequence[Event]:
    """Another password."""
    account = replica.accounts.get(fact.account)
    if account is None:
        return ()
    account.credentials = fact.credentials
    replica.keep(account)
    return (CredentialsChanged(account),)


@rule(facts.CertificateSet)
def apply_certificate_set(
    replica: Replica, stamp: Stamp, fact: facts.CertificateSet
) -> Sequence[Event]:
    """A certificate more or less."""
    account = replica.accounts.get(fact.account)
    if account is None:
        return ()
    held = fact.fingerprint in account.certificates
    if fact.adding and not held:
        if len(account.certificates) >= CERTIFICATES:
            return _refused("TOO_MANY", f"An account has at most {CERTIFICATES} certificates")
        account.certificates.append(fact.fingerprint)
    elif held and not fact.adding:
        account.certificates.remove(fact.fingerprint)
    elif not fact.adding:
        return _refused("UNKNOWN", "The account has no such certificate")
    replica.keep(account)
    return (CredentialsChanged(account),)


@rule(facts.AccountDropped)
def apply_account_dropped(
    replica: Replica, stamp: Stamp, fact: facts.AccountDropped
) -> Sequence[Event]:
    """An account ends, with the say that it had in rooms.  Who is connected goes on as a guest."""
    account = replica.accounts.get(fact.account)
    if account is None:
        return ()
    replica.remove_account(account)
    replica.keep(account)
    user = account.user
    events: list[Event] = [CredentialsChanged(account)]
    if user is not None:
        unbind(replica, user, account)
        events += [AccountChanged(user), *differences(user, account.metadata)]
    for room in list(replica.rooms.values()):
        if account.id in room.roles:
            del room.roles[account.id]
            replica.keep(room)
            if not room.members and not room.lasting:
                replica.end(room)
    if user is not None and not user.connections:
        events.append(Quit(user, replica.remove(user, stamp.time), "Account dropped"))
    return events


@rule(facts.SettingSet)
def apply_setting_set(replica: Replica, stamp: Stamp, fact: facts.SettingSet) -> Sequence[Event]:
    """A setting of an account."""
    user = replica.users.get(fact.user)
    if user is None or user.account is None or fact.value not in SETTINGS.get(fact.key, ()):
        return ()
    if fact.value:
        user.account.settings[fact.key] = fact.value
    else:
        user.account.settings.pop(fact.key, None)
    replica.keep(user.account)
    return (SettingChanged(user, fact.key),)


@rule(facts.MarkedRead)
def apply_marked_read(replica: Replica, stamp: Stamp, fact: facts.MarkedRead) -> Sequence[Event]:
    """MARKREAD: the marker only moves forwards, and not past now."""
    user = replica.users.get(fact.user)
    if user is None:
        return ()
    place: Room | User | None
    if is_room(fact.target):
        place = replica.room_named(fact.target)
    else:
        place = replica.user_named(fact.target)
    target = fact.target
    if place is not None:
        target = place.name if isinstance(place, Room) else place.nick
    markers = user.markers
    key = fold(target)
    time = min(fact.time, stamp.time)
    known = markers.get(key, 0)
    if time <= known:
        return (MarkerMoved(user, target, known, False),)
    markers.pop(key, None)
    markers[key] = time
    if len(markers) > MARKERS:
        del markers[next(iter(markers))]
    replica.keep(user.account)
    return (MarkerMoved(user, target, time, True),)
