"""Rooms: JOIN, PART, KICK, INVITE, TOPIC, MODE, NAMES, LIST."""

from collections.abc import Sequence
from itertools import zip_longest

from core.session.connection import Connection
from core.session.dispatch import command
from core.session.listing import send_names, send_topic, visible
from core.session.node import Node
from core.session.render import clip
from core.state import facts
from core.state.records import User
from core.wire import numerics
from core.wire.message import Message
from core.wire.modes import CHANNEL_MODES, USER_MODES, ModeChange, parse_modes
from core.wire.names import is_room, valid_room

# Bytes of a ban's mask, at most: long ones would be slow to match.
MASK_BYTES = 120


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
    keys = message.param(1).split(",")
    for name, key in zip_longest(message.params[0].split(","), keys):
        if name and valid_room(name):
            node.propose(connection, facts.Joined(user.id, name, key or ""))
        elif name:
            shown = numerics.middle(name)
            numeric = numerics.ERR_BADCHANMASK if is_room(name) else numerics.ERR_NOSUCHCHANNEL
            node.reply(connection, numeric, channel=shown)


def _leave_all(node: Node, connection: Connection) -> None:
    user = registered(connection)
    for room in user.rooms:
        node.propose(connection, facts.Parted(user.id, room.name, ""))
    node.release(connection)


@command("PART", params=1)
def part(node: Node, connection: Connection, message: Message) -> None:
    """https://modern.ircdocs.horse/#part-message"""
    reason = clip(message.param(1), node.limits.kick_length or 400)
    for name in dict.fromkeys(message.params[0].split(",")):
        if name:
            fact = facts.Parted(registered(connection).id, numerics.middle(name), reason)
            node.propose(connection, fact)


@command("KICK", params=2)
def kick(node: Node, connection: Connection, message: Message) -> None:
    """https://modern.ircdocs.horse/#kick-message"""
    room = numerics.middle(message.params[0])
    reason = clip(message.param(2), node.limits.kick_length or 400)
    nicks = [nick for nick in message.params[1].split(",") if nick]
    limit = node.limits.targets
    if limit and len(nicks) > limit:
        target = numerics.middle(nicks[limit])
        node.reply(connection, numerics.ERR_TOOMANYTARGETS, target=target, limit=limit)
        nicks = nicks[:limit]
    for nick in nicks:
        fact = facts.Kicked(registered(connection).id, room, numerics.middle(nick), reason)
        node.propose(connection, fact)


@command("INVITE", params=2)
def invite(node: Node, connection: Connection, message: Message) -> None:
    """https://modern.ircdocs.horse/#invite-message"""
    nick, room = message.params[0], message.params[1]
    user = registered(connection)
    fact = facts.Invited(user.id, numerics.middle(nick), numerics.middle(room))
    node.propose(connection, fact)


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


@command("NAMES")
def names(node: Node, connection: Connection, message: Message) -> None:
    """The members of rooms (https://modern.ircdocs.horse/#names-message)."""
    wanted = [numerics.middle(name) for name in message.param(0).split(",") if name][:1] or ["*"]
    node.read(connection, lambda: _show_names(node, connection, wanted[0]))


def _show_names(node: Node, connection: Connection, name: str) -> None:
    room = node.replica.room_named(name)
    if room is None:
        node.reply(connection, numerics.RPL_ENDOFNAMES, channel=name)
    else:
        send_names(node, connection, room)


@command("LIST")
def list_(node: Node, connection: Connection, message: Message) -> None:
    """The rooms there are (https://modern.ircdocs.horse/#list-message)."""
    wanted = [name for name in message.param(0).split(",") if is_room(name)]
    node.read(connection, lambda: _show_list(node, connection, wanted))


def _show_list(node: Node, connection: Connection, wanted: list[str]) -> None:
    found = [node.replica.room_named(name) for name in wanted] or node.replica.rooms.values()
    node.reply(connection, numerics.RPL_LISTSTART)
    for room in found:
        if room is not None and visible(room, connection.user):
            count = len(room.members)
            node.reply(
                connection, numerics.RPL_LIST, channel=room.name, count=count, topic=room.topic
            )
    node.reply(connection, numerics.RPL_LISTEND)


@command("MODE", params=1)
def mode(node: Node, connection: Connection, message: Message) -> None:
    """Show or change modes (https://modern.ircdocs.horse/#mode-message)."""
    target = numerics.middle(message.params[0])
    words = message.params[1:]
    if not is_room(target):
        _user_mode(node, connection, target, words)
    elif not words:
        node.read(connection, lambda: _show_modes(node, connection, target))
    else:
        _change_room_modes(node, connection, target, list(words))


def _show_modes(node: Node, connection: Connection, name: str) -> None:
    room = node.replica.room_named(name)
    if room is None or not visible(room, connection.user):
        node.reply(connection, numerics.ERR_NOSUCHCHANNEL, channel=name)
        return
    modes = " ".join(room.mode_words(connection.user in room.members))
    node.reply(connection, numerics.RPL_CHANNELMODEIS, channel=room.name, modes=modes)
    created = room.created // 1000
    node.reply(connection, numerics.RPL_CREATIONTIME, channel=room.name, created=created)


def _change_room_modes(node: Node, connection: Connection, name: str, words: list[str]) -> None:
    parsed = parse_modes(words, CHANNEL_MODES)
    for letter in dict.fromkeys(parsed.unknown):
        node.reply(connection, numerics.ERR_UNKNOWNMODE, mode=numerics.middle(letter))
    for _ in dict.fromkeys(parsed.lacking):
        node.reply(connection, numerics.ERR_NEEDMOREPARAMS, command="MODE")
    if "b" in parsed.lists:
        node.read(connection, lambda: _show_bans(node, connection, name))
    changes: list[ModeChange] = []
    for change in parsed.changes:
        why = _bad_parameter(change, node.limits.key_length)
        if why:
            node.reply(
                connection,
                numerics.ERR_INVALIDMODEPARAM,
                target=name,
                mode=change.letter,
                parameter=numerics.middle(change.argument),
                description=why,
            )
        else:
            changes.append(change)
    if changes:
        fact = facts.RoomModesSet(registered(connection).id, name, tuple(changes))
        node.propose(connection, fact)


def _bad_parameter(change: ModeChange, key_length: int) -> str:
    """What is wrong with a mode's parameter; "" for nothing."""
    value = change.argument
    if change.letter == "k" and change.adding:
        if set(value) & set(" ,:\0") or (key_length and len(value.encode()) > key_length):
            return f"A key has at most {key_length} bytes, no space, comma or colon"
    elif change.letter == "l" and change.adding:
        if not (value.isascii() and value.isdigit() and int(value[:10]) > 0 and len(value) < 10):
            return "A limit is a whole number above 0"
    elif change.letter == "b":
        if numerics.middle(value) != value or len(value.encode()) > MASK_BYTES:
            return f"A mask has at most {MASK_BYTES} bytes, no space, and no colon first"
    elif value and numerics.middle(value) != value:
        return "A parameter holds no space and does not start with a colon"
    return ""


def _show_bans(node: Node, connection: Connection, name: str) -> None:
    room = node.replica.room_named(name)
    if room is None or not visible(room, connection.user):
        node.reply(connection, numerics.ERR_NOSUCHCHANNEL, channel=name)
        return
    for mask, (who, when) in room.bans.items():
        node.reply(
            connection, numerics.RPL_BANLIST, channel=room.name, mask=mask, who=who, when=when
        )
    node.reply(connection, numerics.RPL_ENDOFBANLIST, channel=room.name)


def _user_mode(node: Node, connection: Connection, nick: str, words: Sequence[str]) -> None:
    """Whose nick it is shows only in order; what comes after waits, to stay behind the change."""

    def answer() -> None:
        _user_mode_in_order(node, connection, nick, words)
        node.release(connection)

    node.hold(connection)
    node.read(connection, answer)


def _user_mode_in_order(
    node: Node, connection: Connection, nick: str, words: Sequence[str]
) -> None:
    user = registered(connection)
    found = node.replica.user_named(nick)
    if found is not user:
        numeric = numerics.ERR_USERSDONTMATCH if found else numerics.ERR_NOSUCHNICK
        node.reply(connection, numeric, nick=nick)
        return
    if not words:
        node.reply(connection, numerics.RPL_UMODEIS, modes="+" + user.modes)
        return
    parsed = parse_modes(words, USER_MODES)
    if parsed.unknown:
        node.reply(connection, numerics.ERR_UMODEUNKNOWNFLAG)
    if parsed.changes:
        node.propose(connection, facts.UserModesSet(user.id, tuple(parsed.changes)))
