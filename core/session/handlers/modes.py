"""MODE, of rooms and of oneself (https://modern.ircdocs.horse/#mode-message)."""

from collections.abc import Sequence

from core.session.connection import Connection
from core.session.dispatch import command
from core.session.handlers.rooms import registered
from core.session.listing import visible
from core.session.node import Node
from core.state import facts
from core.wire import numerics
from core.wire.extbans import entry_problem
from core.wire.message import Message
from core.wire.modes import (
    CHANNEL_MODES,
    PREFIXES,
    USER_MODES,
    ModeChange,
    ModeType,
    parse_modes,
)
from core.wire.names import is_room

# Bytes of a ban's mask, at most: long ones would be slow to match.
MASK_BYTES = 120
# The lists, with what shows an entry, what ends the answer, and whether only those see it who
# moderate the room: who is let past its doors is theirs to know.
LISTS = {
    "b": (numerics.RPL_BANLIST, numerics.RPL_ENDOFBANLIST, False),
    "e": (numerics.RPL_EXCEPTLIST, numerics.RPL_ENDOFEXCEPTLIST, True),
    "I": (numerics.RPL_INVEXLIST, numerics.RPL_ENDOFINVEXLIST, True),
}


@command("MODE", params=1)
def mode(node: Node, connection: Connection, message: Message) -> None:
    """Show or change modes."""
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
    for letter in dict.fromkeys(parsed.lists):
        _show_list_in_order(node, connection, name, letter)
    changes: list[ModeChange] = []
    for change in parsed.changes:
        why = _bad_parameter(change, node.limits.key_length)
        if not why:
            is_limit = change.letter == "l" and change.adding
            argument = str(int(change.argument)) if is_limit else change.argument
            changes.append(change._replace(argument=argument))
            continue
        node.reply(
            connection,
            numerics.ERR_INVALIDMODEPARAM,
            target=name,
            mode=change.letter,
            parameter="*" if change.letter == "k" else numerics.middle(change.argument),
            description=why,
        )
    if changes:
        fact = facts.RoomModesSet(registered(connection).id, name, tuple(changes))
        node.propose(connection, fact)


def _bad_parameter(change: ModeChange, key_length: int) -> str:
    """What is wrong with a mode's parameter; "" for nothing."""
    value = change.argument
    if change.letter == "k" and change.adding:
        too_long = key_length and len(value.encode()) > key_length
        if not value or too_long or set(value) & set(" ,:\0"):
            return f"A key has at most {key_length} bytes, no space, comma or colon"
    elif change.letter == "l" and change.adding:
        if not (value.isascii() and value.isdigit() and int(value[:10]) > 0 and len(value) < 10):
            return "A limit is a whole number above 0"
    elif CHANNEL_MODES[change.letter] is ModeType.LIST:
        if numerics.middle(value) != value or len(value.encode()) > MASK_BYTES:
            return f"A mask has at most {MASK_BYTES} bytes, no space, and no colon first"
        return entry_problem(value, change.letter) if change.adding else ""
    elif change.letter in PREFIXES and numerics.middle(value) != value:
        return "A nick holds no space and does not start with a colon"
    return ""


def _show_list_in_order(node: Node, connection: Connection, name: str, letter: str) -> None:
    node.read(connection, lambda: _show_list(node, connection, name, letter))


def _show_list(node: Node, connection: Connection, name: str, letter: str) -> None:
    user = registered(connection)
    room = node.replica.room_named(name)
    if room is None or not visible(room, user):
        node.reply(connection, numerics.ERR_NOSUCHCHANNEL, channel=name)
        return
    entry, end, restricted = LISTS[letter]
    if restricted and not room.moderates(user):
        node.reply(connection, numerics.ERR_CHANOPRIVSNEEDED, channel=room.name)
        return
    for mask, (who, when) in room.lists.get(letter, {}).items():
        node.reply(connection, entry, channel=room.name, mask=mask, who=who, when=when)
    node.reply(connection, end, channel=room.name)


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
