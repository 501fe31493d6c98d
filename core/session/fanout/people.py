"""What people show of themselves: real name, host, metadata; and who is online (MONITOR)."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from core.session import render
from core.session.connection import Connection
from core.session.fanout.sending import broadcast, neighbours, watchers
from core.session.fanout.table import fans_out
from core.session.profiles import (
    Subject,
    is_aware,
    name_of,
    news_body,
    send_batch,
    speaks_2,
    synchronise_online,
    value_body,
)
from core.state import events
from core.state.records import Room, User
from core.wire import numerics
from core.wire.capabilities import AWAY_NOTIFY, CHGHOST, EXTENDED_JOIN, SETNAME
from core.wire.identifiers import fold
from core.wire.modes import ModeChange

if TYPE_CHECKING:
    from core.session.node import Node


def tell_watchers(node: "Node", nick: str) -> None:
    """730 or 731 to those who monitor ``nick``, if it has come or gone."""
    if not node.watching:
        return
    key = fold(nick)
    user = node.replica.owner_of.get(key)
    online = user is not None and bool(user.connections)
    told = node.watching.turned(key, online)
    if not told:
        return
    node.rooms_out.flush()
    for connection in told:
        if user is not None and online:
            node.reply(connection, numerics.RPL_MONONLINE, targets=user.prefix)
            synchronise_online(node, connection, (user,))
        else:
            node.reply(connection, numerics.RPL_MONOFFLINE, targets=nick)


@fans_out(events.Detached)
def detached(node: "Node", event: events.Detached, proposer: Connection | None) -> None:
    """Nobody sits behind the nick any more."""
    tell_watchers(node, event.user.nick)


@fans_out(events.RealnameChanged)
def realname_changed(
    node: "Node", event: events.RealnameChanged, proposer: Connection | None
) -> None:
    """SETNAME, to those who asked to be told."""
    node.rooms_out.flush()
    user = event.user
    body = f":{user.prefix} SETNAME :{user.realname}"
    broadcast(node, watchers(node, user, SETNAME), body, user)


@fans_out(events.HostChanged)
def host_changed(node: "Node", event: events.HostChanged, proposer: Connection | None) -> None:
    """CHGHOST to those who asked to be told; for the others the user seems to come back."""
    node.rooms_out.flush()
    user = event.user
    body = f":{event.old_prefix} CHGHOST {user.ident} {user.host}"
    broadcast(node, watchers(node, user, CHGHOST), body, user)
    own = node.present.of(user)
    for connection in own:
        node.reply(connection, numerics.RPL_VISIBLEHOST, host=user.host)
    others = [c for c in neighbours(node, user, user.rooms) if not c.caps & CHGHOST]
    strangers = [connection for connection in others if connection not in own]
    broadcast(node, strangers, f":{event.old_prefix} QUIT :Changing hostname", user)
    for room in user.rooms:
        present = [c for c in node.present.everyone(room) if not c.caps & CHGHOST and c not in own]
        _come_back(node, user, room, present)


def _come_back(node: "Node", user: User, room: Room, receivers: list[Connection]) -> None:
    """JOIN, and what belongs to it, to those who were told that ``user`` quit."""
    head = f":{user.prefix} JOIN {room.name}"
    extended = f"{head} {user.account_name or '*'} :{user.realname}"
    broadcast(node, [c for c in receivers if not c.caps & EXTENDED_JOIN], head, user)
    broadcast(node, [c for c in receivers if c.caps & EXTENDED_JOIN], extended, user)
    if user.away:
        aware = [c for c in receivers if c.caps & AWAY_NOTIFY]
        broadcast(node, aware, f":{user.prefix} AWAY :{user.away}", user)
    head = f":{node.server} MODE {room.name} "
    changes = [ModeChange(True, mode, user.nick) for mode in room.members[user]]
    for words in render.wrapped_modes(changes, render.BODY - len(head.encode())):
        broadcast(node, receivers, head + words)


# Metadata.


@fans_out(events.MetadataChanged)
def metadata_changed(
    node: "Node", event: events.MetadataChanged, proposer: Connection | None
) -> None:
    """To who asked for the change its answer, to those who subscribed to the key the news."""
    node.rooms_out.flush()
    subject, key, value = event.subject, event.key, event.value
    asked = proposer if event.user is not None else None
    if asked is not None:
        if value is None and not event.changed and speaks_2(asked):
            text = "This key is not set"
            node.fail(asked, "METADATA", "KEY_NOT_SET", text, name_of(subject), key)
        else:
            body = value_body(node, asked, name_of(subject), key, value)
            node.send(asked, render.line(body))
    if event.changed:
        _tell_subscribers(node, subject, ((key, value),), asked)


@fans_out(events.MetadataCleared)
def metadata_cleared(
    node: "Node", event: events.MetadataCleared, proposer: Connection | None
) -> None:
    """As if each key had been taken away."""
    node.rooms_out.flush()
    name = name_of(event.subject)
    if proposer is not None:
        bodies = [value_body(node, proposer, name, key, None) for key in event.keys]
        send_batch(node, proposer, "metadata", bodies, name)
    _tell_subscribers(node, event.subject, [(key, None) for key in event.keys], proposer)


def _tell_subscribers(
    node: "Node",
    subject: Subject,
    changes: Iterable[tuple[str, str | None]],
    proposer: Connection | None,
) -> None:
    if isinstance(subject, Room):
        receivers: Iterable[Connection] = node.present.everyone(subject)
    else:
        near = neighbours(node, subject, subject.rooms)
        near.update(dict.fromkeys(node.watching.by(fold(subject.nick))))
        receivers = near
    told = [c for c in receivers if c.subscriptions and c is not proposer and is_aware(c)]
    for key, value in changes:
        _send_news(node, [c for c in told if key in c.subscriptions], subject, key, value)


def _send_news(
    node: "Node", receivers: Iterable[Connection], subject: Subject, key: str, value: str | None
) -> None:
    name, time = name_of(subject), node.rooms_out.time
    for connection in receivers:
        tags = render.event_tags(connection.render_class, time)
        node.send(connection, tags + render.line(news_body(node, connection, name, key, value)))


def tell_of_newcomer(node: "Node", user: User, room: Room) -> None:
    """Who is in ``room`` learns what ``user``, who has come in, shows."""
    if not user.metadata:
        return
    own = node.present.of(user)
    told = [c for c in node.present.everyone(room) if c.subscriptions and c not in own]
    for key, value in user.metadata.items():
        receivers = [c for c in told if key in c.subscriptions and is_aware(c)]
        _send_news(node, receivers, user, key, value)
