"""Who comes into rooms and goes, and what changes there."""

from typing import TYPE_CHECKING

from core.session import render
from core.session.connection import Connection
from core.session.fanout.people import tell_of_newcomer
from core.session.fanout.sending import broadcast, broadcast_room, neighbours
from core.session.fanout.table import fans_out
from core.session.listing import send_names, send_topic
from core.session.marker_lines import send_marker
from core.session.profiles import synchronise_room
from core.state import events
from core.state.records import Room, User
from core.wire import numerics
from core.wire.capabilities import (
    AWAY_NOTIFY,
    CHANNEL_RENAME,
    EXTENDED_JOIN,
    INVITE_NOTIFY,
    NO_IMPLICIT_NAMES,
    READ_MARKER,
)

if TYPE_CHECKING:
    from core.session.node import Node


@fans_out(events.Entered)
def entered(node: "Node", event: events.Entered, proposer: Connection | None) -> None:
    """All members see the JOIN; who came gets the topic and the names."""
    node.rooms_out.flush()
    user, room = event.user, event.room
    node.present.enter(user, room)
    tell_of_join(node, user, room)
    for connection in node.present.of(user):
        show_room(node, connection, room)


def tell_of_join(node: "Node", user: User, room: Room) -> None:
    """JOIN, to everybody in ``room``; AWAY as well, for those who asked to be told."""
    extended: list[Connection] = []
    plain: list[Connection] = []
    for connection in node.present.everyone(room):
        (extended if connection.caps & EXTENDED_JOIN else plain).append(connection)
    head = f":{user.prefix} JOIN {room.name}"
    broadcast(node, plain, head, user)
    if extended:
        account = user.account_name or "*"
        broadcast(node, extended, f"{head} {account} :{user.realname}", user)
    if user.away:
        own = node.present.of(user)
        members = node.present.everyone(room)
        watching = [m for m in members if m.caps & AWAY_NOTIFY and m not in own]
        broadcast(node, watching, f":{user.prefix} AWAY :{user.away}", user)
    tell_of_newcomer(node, user, room)


def show_join(node: "Node", connection: Connection, room: Room) -> None:
    """A connection learns that it is in ``room``."""
    user = connection.user
    assert user is not None
    line = f":{user.prefix} JOIN {room.name}"
    if connection.caps & EXTENDED_JOIN:
        line += f" {user.account_name or '*'} :{user.realname}"
    broadcast(node, (connection,), line, user)
    show_room(node, connection, room)


def show_room(node: "Node", connection: Connection, room: Room) -> None:
    """What follows the JOIN: the topic, and the names for those who want them unasked."""
    if connection.caps & READ_MARKER:
        send_marker(node, connection, room.name)
    if room.topic:
        send_topic(node, connection, room)
    if not connection.caps & NO_IMPLICIT_NAMES:
        send_names(node, connection, room)
    synchronise_room(node, connection, room)


@fans_out(events.AlreadyThere)
def already_there(node: "Node", event: events.AlreadyThere, proposer: Connection | None) -> None:
    """Nothing is sent (a label gets its ACK)."""


@fans_out(events.Left)
def left(node: "Node", event: events.Left, proposer: Connection | None) -> None:
    """PART or KICK, to all members and to who left."""
    node.rooms_out.flush()
    user, room = event.user, event.room
    receivers = neighbours(node, user, (room,))
    if event.by is not None:
        body = f":{event.by.prefix} KICK {room.name} {user.nick} :{event.reason}"
    elif event.reason:
        body = f":{user.prefix} PART {room.name} :{event.reason}"
    else:
        body = f":{user.prefix} PART {room.name}"
    broadcast(node, receivers, body, event.by or user)
    node.present.leave(user, room)


@fans_out(events.Asked)
def asked(node: "Node", event: events.Asked, proposer: Connection | None) -> None:
    """INVITE: 341 for who asks, the INVITE for who is asked, and for members who want to know."""
    node.rooms_out.flush()
    name, room = event.target.nick, event.room.name
    if proposer is not None:
        node.reply(proposer, numerics.RPL_INVITING, nick=name, channel=room)
        if event.target.away:
            node.reply(proposer, numerics.RPL_AWAY, nick=name, message=event.target.away)
    members = node.present.everyone(event.room)
    told = [m for m in members if m.caps & INVITE_NOTIFY and m is not proposer]
    receivers = [*node.present.of(event.target), *told]
    broadcast(node, receivers, f":{event.user.prefix} INVITE {name} {room}", event.user)


@fans_out(events.Knocked)
def knocked(node: "Node", event: events.Knocked, proposer: Connection | None) -> None:
    """KNOCK: 711 for who knocks, 710 for those who can open."""
    node.rooms_out.flush()
    room = event.room
    if proposer is not None:
        node.reply(proposer, numerics.RPL_KNOCKDLVR, channel=room.name)
    for member in room.members:
        if room.moderates(member):
            for connection in node.present.of(member):
                node.reply(
                    connection,
                    numerics.RPL_KNOCK,
                    channel=room.name,
                    prefix=event.user.prefix,
                    text=event.text or "asks to be invited",
                )


@fans_out(events.RoomRenamed)
def room_renamed(node: "Node", event: events.RoomRenamed, proposer: Connection | None) -> None:
    """RENAME, or what looks like leaving one room and joining another to those without it.

    They are not told where only the case of letters has changed.
    """
    node.rooms_out.flush()
    room = event.room
    able: list[Connection] = []
    others: list[Connection] = []
    for connection in node.present.everyone(room):
        (able if connection.caps & CHANNEL_RENAME else others).append(connection)
    body = f":{event.user.prefix} RENAME {event.old_name} {room.name} :{event.reason}"
    broadcast(node, able, body, event.user)
    if room.key == event.old_key:
        return
    for connection in others:
        user = connection.user
        assert user is not None
        part = f":{user.prefix} PART {event.old_name}"
        broadcast(node, (connection,), f"{part} :{event.reason}" if event.reason else part, user)
        show_join(node, connection, room)


@fans_out(events.TopicChanged)
def topic_changed(node: "Node", event: events.TopicChanged, proposer: Connection | None) -> None:
    """TOPIC, to all members."""
    node.rooms_out.flush()
    room = event.room
    body = f":{event.user.prefix} TOPIC {room.name} :{room.topic}"
    broadcast_room(node, room, body, event.user, render.message_id(node.replica.seq))


@fans_out(events.RoomModesChanged)
def room_modes_changed(
    node: "Node", event: events.RoomModesChanged, proposer: Connection | None
) -> None:
    """MODE, to all members."""
    node.rooms_out.flush()
    source = event.user.prefix if event.user is not None else node.server
    head = f":{source} MODE {event.room.name} "
    for words in render.wrapped_modes(event.changes, render.BODY - len(head.encode())):
        broadcast_room(node, event.room, head + words, event.user)
