"""Rules for accounts: who registers one, who proved that it is theirs, what they keep in it."""

from collections.abc import Sequence

from core.state import facts
from core.state.apply_people import differences
from core.state.events import (
    AccountChanged,
    AccountMade,
    CredentialsChanged,
    Event,
    MarkerMoved,
    Quit,
    Refused,
    RoomModesChanged,
    SettingChanged,
)
from core.state.holdings import bind, set_marker, unbind
from core.state.records import Account, Room, User
from core.state.replica import Replica, Stamp, rule
from core.state.server_bans import account_refusal
from core.wire.extbans import ACCOUNT_ENTRY
from core.wire.identifiers import fold
from core.wire.modes import ModeChange
from core.wire.names import is_room

# Settings, with the values they may have ("" is the default).
SETTINGS = {"persistence": ("", "ON", "OFF")}
CERTIFICATES = 10
# Lists of a room that let people in.
EXCEPTIONS = "eI"


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
        return _refused("ALREADY_AUTHENTICATED", "You are logged in already")
    key = fold(fact.name)
    if key in replica.account_keys:
        return _refused("ACCOUNT_EXISTS", "This account exists already")
    if not replica.may_have(fact.name, None, user):
        return _refused("ACCOUNT_EXISTS", "This name, or one that looks like it, is somebody's")
    id = user.id if user is not None else stamp.seq
    account = Account(id, fact.name, key, fact.credentials, stamp.time)
    if account_refusal(replica, stamp, account) is not None:
        return _refused("BAD_ACCOUNT_NAME", "This name is banned from the server")
    account.email = fact.email
    if fact.certificate and fact.certificate not in replica.certificates:
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
        if fact.fingerprint in replica.certificates:
            return _refused("TAKEN", "This certificate belongs to another account")
        account.certificates.append(fact.fingerprint)
        replica.certificates[fact.fingerprint] = account
    elif held and not fact.adding:
        account.certificates.remove(fact.fingerprint)
        replica.certificates.pop(fact.fingerprint, None)
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
        exceptions = _exceptions(room, account)
        for change in exceptions:
            del room.lists[change.letter][change.argument]
            room.list_changed(change.letter)
        if exceptions:
            replica.keep(room)
            events.append(RoomModesChanged(None, room, exceptions))
        if account.id in room.roles:
            del room.roles[account.id]
            replica.keep(room)
            if not room.members and not room.lasting:
                replica.end(room)
    if user is not None and not user.connections:
        events.append(Quit(user, replica.remove(user, stamp.time), "Account dropped"))
    return events


def _exceptions(room: Room, account: Account) -> tuple[ModeChange, ...]:
    """What lets this account past the room's doors: who registers its name next is another one."""
    return tuple(
        ModeChange(False, letter, entry)
        for letter in EXCEPTIONS
        for entry in room.lists.get(letter, ())
        if fold(entry) == ACCOUNT_ENTRY + account.key
    )


@rule(facts.SettingSet)
def apply_setting_set(replica: Replica, stamp: Stamp, fact: facts.SettingSet) -> Sequence[Event]:
    """A setting of an account.

    Without a connection it changes nothing: who asked was killed, and its account was here again.
    """
    user = replica.users.get(fact.user)
    if user is None or user.account is None or not user.connections:
        return ()
    if fact.value not in SETTINGS.get(fact.key, ()):
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
    set_marker(markers, key, time)
    replica.keep(user.account)
    return (MarkerMoved(user, target, time, True),)
