"""Rooms: JOIN, PART, KICK, TOPIC, RENAME."""

from itertools import zip_longest

from core.session.connection import Connection
from core.session.dispatch import command
from core.session.listing import send_topic, visible
from core.session.node import Node
from core.session.render import clip
from core.state import facts
from core.state.events import Refused
from core.state.records import User
from core.state.room_access import NAME_REFUSED
from core.wire import numerics
from core.wire.identifiers import prepared_room
from core.wire.message import Message

NO_NAME = "No channel can have this name"
# JOIN and PART count, for the flood gate, as one more line for so many rooms.
ROOMS_PER_LINE = 10


def registered(connection: Connection) -> User:
    """The user; the gate lets nobody else through."""
    assert connection.user is not None
    return connection.user


@command("JOIN", params=1)
def join(node: Node, connection: Connection, message: Message) -> None:
    """https://modern.ircdocs.horse/#join-message; ``JOIN 0`` leaves every room."""
    user = registered(connection)
    if message.params[0] == "0":
        node.hold(connection)
        node.read(connection, lambda: _leave_all(node, connection))
        return
    names, keys = message.params[0].split(","), message.param(1).split(",")
    node.charge(connection, len(names) // ROOMS_PER_LINE)
    for name, key in zip_longest(names, keys):
        prepared = prepared_room(name) if name else None
        if prepared is not None:
            node.propose(connection, facts.Joined(user.id, prepared, key or ""))
        elif name:
            shown = numerics.middle(name)
            node.reply(connection, NAME_REFUSED, channel=shown, why=NO_NAME)


def _leave_all(node: Node, connection: Connection) -> None:
    user = registered(connection)
    node.charge(connection, len(user.rooms) // ROOMS_PER_LINE)
    for room in user.rooms:
        node.propose(connection, facts.Parted(user.id, room.name, ""))
    node.release(connection)


@command("PART", params=1)
def part(node: Node, connection: Connection, message: Message) -> None:
    """https://modern.ircdocs.horse/#part-message"""
    reason = clip(message.param(1), node.limits.kick_length or 400)
    names = dict.fromkeys(message.params[0].split(","))
    node.charge(connection, len(names) // ROOMS_PER_LINE)
    for name in names:
        if name:
            fact = facts.Parted(registered(connection).id, numerics.middle(name), reason)
            node.propose(connection, fact)


@command("KICK", params=2)
def kick(node: Node, connection: Connection, message: Message) -> None:
    """https://modern.ircdocs.horse/#kick-message; with as many rooms as nicks, one of each."""
    rooms = [numerics.middle(room) for room in message.params[0].split(",") if room]
    nicks = [nick for nick in message.params[1].split(",") if nick]
    if len(rooms) == 1:
        rooms *= len(nicks)
    elif len(rooms) != len(nicks):
        node.reply(connection, numerics.ERR_NEEDMOREPARAMS, command="KICK")
        return
    reason = clip(message.param(2), node.limits.kick_length or 400)
    for room, nick in zip(rooms, limited(node, connection, nicks), strict=False):
        fact = facts.Kicked(registered(connection).id, room, numerics.middle(nick), reason)
        node.propose(connection, fact)


def limited(node: Node, connection: Connection, targets: list[str]) -> list[str]:
    """As many of ``targets`` as one command may have, which TARGMAX tells; 407 for the rest."""
    limit = node.limits.targets
    if not limit or len(targets) <= limit:
        return targets
    target = numerics.middle(targets[limit])
    node.reply(connection, numerics.ERR_TOOMANYTARGETS, target=target, limit=limit)
    return targets[:limit]


@command("TOPIC", params=1)
def topic(node: Node, connection: Connection, message: Message) -> None:
    """Show the topic, or propose another (https://modern.ircdocs.horse/#topic-message)."""
    name = numerics.middle(message.params[0])
    if len(message.params) > 1:
        text = message.params[1][: node.limits.topic_length or None]
        node.propose(connection, facts.TopicSet(registered(connection).id, name, text))
    else:
        node.read(connection, lambda: _show_topic(node, connection, name))


def _show_topic(node: Node, connection: Connection, name: str) -> None:
    room = node.replica.room_named(name)
    if room is None or not visible(room, connection.user):
        node.reply(connection, numerics.ERR_NOSUCHCHANNEL, channel=name)
    else:
        send_topic(node, connection, room)


@command("RENAME", params=2)
def rename(node: Node, connection: Connection, message: Message) -> None:
    """Give a room another name (https://ircv3.net/specs/extensions/channel-rename)."""
    room, wanted = numerics.middle(message.params[0]), message.params[1]
    reason = clip(message.param(2), node.limits.kick_length or 400)

    def fail(code: str, text: str) -> None:
        node.fail(connection, "RENAME", code, text, room, wanted)

    name = prepared_room(wanted)
    if name is None:
        fail("CANNOT_RENAME", NO_NAME)
        return

    def told(refused: Refused | None) -> None:
        if refused is not None and refused.numeric is not None:
            node.reply(connection, refused.numeric, **refused.values)
        elif refused is not None:
            fail(refused.code, refused.text)

    fact = facts.RoomRenamed(registered(connection).id, room, name, reason)
    node.propose(connection, fact, told)
