"""Rules for what people show of themselves: the real name, and metadata."""

from collections.abc import Iterable, Mapping, Sequence

from core.state import facts
from core.state.events import Event, MetadataChanged, MetadataCleared, RealnameChanged, Refused
from core.state.records import Room, User
from core.state.replica import Replica, Stamp, rule
from core.wire.metadata import MOST_KEYS
from core.wire.names import is_room

# Stands for all keys at once, where they are taken away.
EVERY_KEY = "*"
# Stands for who asks, as a target.
ONESELF = "*"

Metadata = Iterable[tuple[str, str | None]]


@rule(facts.RealnameSet)
def apply_realname_set(replica: Replica, stamp: Stamp, fact: facts.RealnameSet) -> Sequence[Event]:
    """SETNAME."""
    user = replica.users.get(fact.user)
    if user is None:
        return ()
    user.realname = fact.realname
    replica.keep(user.account)
    return (RealnameChanged(user),)


@rule(facts.MetadataSet)
def apply_metadata_set(replica: Replica, stamp: Stamp, fact: facts.MetadataSet) -> Sequence[Event]:
    """METADATA SET and CLEAR."""
    user = replica.users.get(fact.user)
    if user is None:
        return ()
    subject = subject_named(replica, user, fact.target)
    if subject is None:
        return _refused("INVALID_TARGET", "There is nobody and no room of this name")
    if not may_set(user, subject):
        return _refused("KEY_NO_PERMISSION", "You may not set this")
    if fact.key == EVERY_KEY:
        keys = tuple(subject.metadata)
        subject.metadata.clear()
        _keep(replica, subject)
        return (MetadataCleared(user, subject, keys),)
    changed = _set(subject, fact.key, fact.value)
    if changed is None:
        return _refused("LIMIT_REACHED", f"There are at most {MOST_KEYS} keys")
    if changed:
        _keep(replica, subject)
    return (MetadataChanged(user, subject, fact.key, fact.value, changed),)


def subject_named(replica: Replica, user: User, target: str) -> User | Room | None:
    """Whose metadata ``user`` means by ``target``, if it may know of it."""
    if target == ONESELF:
        return user
    if not is_room(target):
        return replica.user_named(target)
    room = replica.room_named(target)
    return room if room is not None and shows_metadata(room, user) else None


def shows_metadata(room: Room, user: User) -> bool:
    """True if ``user`` may read the metadata of ``room``.

    Everybody may, of a room that everybody could join: it is for choosing one.
    """
    closed = "s" in room.modes or "i" in room.modes or "k" in room.modes
    return not closed or user in room.members or bool(user.operator)


def may_set(user: User, subject: User | Room) -> bool:
    """One's own, that of rooms where one is an operator; operators of the server: everything."""
    if user is subject or user.operator:
        return True
    return isinstance(subject, Room) and subject.is_operator(user)


def _refused(code: str, text: str) -> Sequence[Event]:
    return (Refused(None, code=code, text=text),)


def _keep(replica: Replica, subject: User | Room) -> None:
    replica.keep(subject if isinstance(subject, Room) else subject.account)


def _set(subject: User | Room, key: str, value: str | None) -> bool | None:
    """Set or take away; whether that changed something, or None where there are too many keys."""
    metadata = subject.metadata
    if metadata.get(key) == value:
        return False
    if value is None:
        del metadata[key]
    elif key in metadata or len(metadata) < MOST_KEYS:
        metadata[key] = value
    else:
        return None
    return True


def set_own(replica: Replica, user: User, metadata: Metadata) -> list[Event]:
    """What a connection set before it was registered, now that it is ``user``."""
    events: list[Event] = [
        MetadataChanged(None, user, key, value) for key, value in metadata if _set(user, key, value)
    ]
    if events:
        replica.keep(user.account)
    return events


def differences(user: User, before: Mapping[str, str]) -> list[Event]:
    """What others are to be told, where ``user`` has another set of metadata than ``before``."""
    now = user.metadata
    keys = [*now, *(key for key in before if key not in now)]
    return [
        MetadataChanged(None, user, key, now.get(key))
        for key in keys
        if now.get(key) != before.get(key)
    ]
