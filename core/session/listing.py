"""Answers that list a room: topic, names, members."""

from typing import TYPE_CHECKING

from core.session import render
from core.session.connection import Connection
from core.state.records import Room, User, member_prefix
from core.wire import numerics
from core.wire.capabilities import MULTI_PREFIX, USERHOST_IN_NAMES

if TYPE_CHECKING:
    from core.session.node import Node


def visible(room: Room, user: User | None) -> bool:
    """True if ``user`` may know of ``room``: it is not secret, or one is in it."""
    return "s" not in room.modes or user in room.members


def shows(room: Room, user: User, asker: User) -> bool:
    """True if ``asker`` may know that ``user`` is in ``room``."""
    hidden = "i" in user.modes and user is not asker
    return room in asker.rooms or (visible(room, asker) and not hidden)


def send_topic(node: "Node", connection: Connection, room: Room) -> None:
    """332 and 333, or 331."""
    if not room.topic:
        node.reply(connection, numerics.RPL_NOTOPIC, channel=room.name)
        return
    node.reply(connection, numerics.RPL_TOPIC, channel=room.name, topic=room.topic)
    node.reply(
        connection,
        numerics.RPL_TOPICWHOTIME,
        channel=room.name,
        who=room.topic_by,
        when=room.topic_at // 1000,
    )


def send_names(node: "Node", connection: Connection, room: Room) -> None:
    """353 and 366; users with +i are only shown to those who share the room."""
    every = bool(connection.caps & MULTI_PREFIX)
    whole = connection.caps & USERHOST_IN_NAMES
    inside = connection.user in room.members
    if visible(room, connection.user):
        words = [
            member_prefix(modes, every) + (user.prefix if whole else user.nick)
            for user, modes in room.members.items()
            if inside or "i" not in user.modes
        ]
        symbol = "@" if "s" in room.modes else "="
        head = f":{node.server} 353 {connection.name} {symbol} {room.name} :"
        for names in render.wrapped(words, render.BODY - len(head.encode())):
            node.answer(connection, f"{head}{names}\r\n".encode())
    node.reply(connection, numerics.RPL_ENDOFNAMES, channel=room.name)
