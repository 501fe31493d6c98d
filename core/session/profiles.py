"""What a connection is told of metadata, without or after its own commands.

Two drafts are in use.  ``draft/metadata-2`` tells changes as ``METADATA`` messages,
``draft/metadata-3`` as the numerics 761 and 766; both want batches, and a connection without the
``batch`` capability is told nothing by itself.
Sources: https://ircv3.net/specs/extensions/metadata (-2), and for -3 its successor, at
https://github.com/ircv3/ircv3-specifications/pull/613
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from core.session import render
from core.session.connection import Connection
from core.state.records import Room, User
from core.wire import numerics
from core.wire.capabilities import BATCH, METADATA_2, METADATA_3
from core.wire.numerics import Numeric

if TYPE_CHECKING:
    from core.session.node import Node

# The target that stands for all whose metadata a connection is told (-3).
EVERYBODY = "*ALL"
# Of more people than this a client asks for the metadata by itself: 774.
AUTOMATIC = 200
RETRY_SECONDS = 1
# Changes and synchronisations: so many at once, then one in so many seconds.
BURST = 20
PACE_SECONDS = 1.0
# What WHOIS shows: what a person reads as it stands.
WHOIS_KEYS = ("display-name", "pronouns", "status", "homepage")

Subject = User | Room


def is_aware(connection: Connection) -> bool:
    """True if the client has asked for metadata, and for the batches it comes in."""
    return connection.caps & BATCH != 0 and connection.caps & (METADATA_2 | METADATA_3) != 0


def speaks_2(connection: Connection) -> bool:
    """True if the client asked for the older draft."""
    return connection.caps & METADATA_2 != 0


def name_of(subject: Subject) -> str:
    """How a user or room is called in a line."""
    return subject.name if isinstance(subject, Room) else subject.nick


def numeric_body(node: "Node", connection: Connection, numeric: Numeric, **values: object) -> str:
    """A numeric as the text of a line."""
    return f":{node.server} {numeric.code} {connection.name} {numeric.fill(**values)}"


def value_body(
    node: "Node", connection: Connection, target: str, key: str, value: str | None
) -> str:
    """761 or 766: the answer to a question or a change."""
    if value is None:
        return numeric_body(node, connection, numerics.RPL_KEYNOTSET, target=target, key=key)
    numeric = numerics.RPL_KEYVALUE
    return numeric_body(node, connection, numeric, target=target, key=key, value=value)


def news_body(
    node: "Node", connection: Connection, target: str, key: str, value: str | None
) -> str:
    """What tells a client unasked, in the words of its draft."""
    if not speaks_2(connection):
        return value_body(node, connection, target, key, value)
    head = f":{node.server} METADATA {target} {key} *"
    return head if value is None else f"{head} :{value}"


# Batches.


def batched(
    node: "Node", connection: Connection, kind: str, bodies: Iterable[str], target: str = ""
) -> Iterator[bytes]:
    """Lines as a batch, or as they are for a client that knows no batches."""
    if not connection.caps & BATCH:
        for body in bodies:
            yield render.line(body)
        return
    reference = node.batch_reference()
    yield render.line(f":{node.server} BATCH +{reference} {kind} {target}".rstrip())
    tag = f"@batch={reference} ".encode()
    for body in bodies:
        yield tag + render.line(body)
    yield render.line(f":{node.server} BATCH -{reference}")


def send_batch(
    node: "Node", connection: Connection, kind: str, bodies: Iterable[str], target: str = ""
) -> None:
    """The batch at once."""
    for line in batched(node, connection, kind, bodies, target):
        node.send(connection, line)


# Synchronisation.


def synchronise(
    node: "Node",
    connection: Connection,
    target: str,
    subjects: Sequence[Subject],
    keys: Sequence[str] | None = None,
) -> None:
    """The values of ``keys`` (None: all that are subscribed) that ``subjects`` have."""
    wanted = tuple(connection.subscriptions) if keys is None else keys
    bodies = _values(node, connection, subjects, wanted)
    node.trickle.send(node, connection, batched(node, connection, "metadata", bodies, target))


def _values(
    node: "Node", connection: Connection, subjects: Sequence[Subject], keys: Sequence[str]
) -> Iterator[str]:
    """Read as they are sent, which may be later: what was told meanwhile stays the newest."""
    for subject in subjects:
        metadata = subject.metadata
        if not metadata or not _is_there(node, subject):
            continue
        name = name_of(subject)
        for key in keys:
            value = metadata.get(key)
            if value is not None:
                yield news_body(node, connection, name, key, value)


def _is_there(node: "Node", subject: Subject) -> bool:
    if isinstance(subject, Room):
        return node.replica.rooms.get(subject.key) is subject
    return node.replica.users.get(subject.id) is subject


def send_later(node: "Node", connection: Connection, target: str, seconds: int) -> None:
    """774: the client is to ask for the metadata of ``target`` by itself."""
    node.reply(connection, numerics.ERR_METADATASYNCLATER, target=target, seconds=seconds)


def synchronise_room(node: "Node", connection: Connection, room: Room) -> None:
    """A connection has come into ``room``."""
    if not _is_told(connection):
        return
    if len(room.members) > AUTOMATIC:
        send_later(node, connection, room.name, RETRY_SECONDS)
    else:
        synchronise(node, connection, room.name, [room, *room.members])


def synchronise_online(node: "Node", connection: Connection, users: Sequence[User]) -> None:
    """A connection was told that ``users`` are online."""
    if not _is_told(connection):
        return
    for user in users:
        if node.trickle.is_full(connection):
            send_later(node, connection, user.nick, RETRY_SECONDS)
        else:
            synchronise(node, connection, user.nick, [user])


def _is_told(connection: Connection) -> bool:
    """The newer draft wants batches that are empty, too."""
    if not is_aware(connection):
        return False
    return bool(connection.subscriptions) or not speaks_2(connection)


def synchronise_keys(node: "Node", connection: Connection, keys: Sequence[str]) -> None:
    """A connection has subscribed to ``keys``.

    In -3 it is told to ask for the values, which it may do at once: clients subscribe before they
    join, and again for each key.  In -2, where it cannot ask for all at once, it gets them.
    """
    if not is_aware(connection):
        return
    if not speaks_2(connection):
        send_later(node, connection, EVERYBODY, 0)
        return
    subjects = visible_subjects(node, connection)
    if len(subjects) > AUTOMATIC:
        for subject in subjects:
            if isinstance(subject, Room):
                send_later(node, connection, subject.name, RETRY_SECONDS)
    elif any(key in subject.metadata for subject in subjects for key in keys):
        user = connection.user
        assert user is not None
        synchronise(node, connection, user.nick, subjects, keys)


def visible_subjects(node: "Node", connection: Connection) -> list[Subject]:
    """Whose changes the connection is told: itself, its rooms, all in them, whom it monitors."""
    user = connection.user
    assert user is not None
    found: dict[Subject, None] = {user: None}
    for room in user.rooms:
        found[room] = None
        found.update(dict.fromkeys(room.members))
    for key in connection.watched:
        watched = node.replica.owner_of.get(key)
        if watched is not None and watched.connections:
            found[watched] = None
    return list(found)


def send_own(node: "Node", connection: Connection) -> None:
    """All metadata of the connection's own user, as part of the greeting."""
    user = connection.user
    assert user is not None
    nick = user.nick
    bodies = [news_body(node, connection, nick, key, value) for key, value in user.metadata.items()]
    send_batch(node, connection, "metadata", bodies, nick)


def send_whois(node: "Node", connection: Connection, user: User) -> None:
    """760, to clients that know what it is."""
    if not is_aware(connection):
        return
    for key in WHOIS_KEYS:
        value = user.metadata.get(key)
        if value is not None:
            numeric = numerics.RPL_WHOISKEYVALUE
            node.reply(connection, numeric, target=user.nick, key=key, value=value)


def seconds_to_wait(node: "Node", connection: Connection, cost: float = 1.0) -> int:
    """0: go on, and it is counted; else how long it has to wait, in whole seconds."""
    if not node.limits.messages_per_second:
        return 0
    until = max(connection.paced_until, node.now) + cost * PACE_SECONDS
    over = until - node.now - BURST * PACE_SECONDS
    if over > 0:
        return math.ceil(over)
    connection.paced_until = until
    return 0
