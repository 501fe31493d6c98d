"""CHATHISTORY: LATEST, BEFORE, AFTER (https://ircv3.net/specs/extensions/chathistory)."""

from datetime import UTC, datetime, timedelta

from core.session import render
from core.session.connection import Connection
from core.session.dispatch import command
from core.session.handlers.rooms import registered
from core.session.history import render_batch
from core.session.node import Node
from core.state.conversations import Query, Row, private_conversation, room_conversations
from core.wire import numerics
from core.wire.message import Message
from core.wire.names import is_room

DIRECTIONS = ("LATEST", "BEFORE", "AFTER")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@command("CHATHISTORY")
def chathistory(node: Node, connection: Connection, message: Message) -> None:
    """Ask for a part of a conversation."""
    subcommand = message.param(0).upper()
    if subcommand not in DIRECTIONS:
        given = numerics.middle(message.param(0))
        node.fail(connection, "CHATHISTORY", "INVALID_PARAMS", "Unknown subcommand", given)
        return
    if len(message.params) != 4:
        text = "Give a target, a reference and a limit"
        node.fail(connection, "CHATHISTORY", "INVALID_PARAMS", text, subcommand)
        return
    target, reference, number = message.params[1:4]
    bound = parse_reference(reference)
    if bound is None or (reference == "*" and subcommand != "LATEST"):
        text = "The reference must be msgid=ID or timestamp=YYYY-MM-DDThh:mm:ss.sssZ"
        node.fail(connection, "CHATHISTORY", "INVALID_PARAMS", text, subcommand, reference)
        return
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        text = "The limit must be a whole number"
        node.fail(connection, "CHATHISTORY", "INVALID_PARAMS", text, subcommand, number)
        return
    most = node.limits.history_messages
    limit = min(int(number) or most, most) if most else int(number)
    query = Query((), subcommand.lower(), bound[0], bound[1], limit)
    node.hold(connection)
    node.read(connection, lambda: _ask(node, connection, subcommand, target, query))


def parse_reference(text: str) -> tuple[int | None, int | None] | None:
    """(sequence number, milliseconds) of a reference, one of them None; None if it is none.

    A msgid that is not one of ours names nothing: it is an error, not an empty answer.
    """
    if text == "*":
        return None, None
    kind, _, value = text.partition("=")
    if kind == "msgid":
        seq = render.sequence(value)
        return None if seq is None else (seq, None)
    if kind == "timestamp":
        try:
            moment = datetime.strptime(value, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
        except ValueError:
            return None
        return None, (moment - _EPOCH) // timedelta(milliseconds=1)
    return None


def _ask(node: Node, connection: Connection, subcommand: str, target: str, query: Query) -> None:
    found = _conversation(node, connection, target)
    if found is None:
        text = "Messages could not be retrieved"
        node.fail(connection, "CHATHISTORY", "INVALID_TARGET", text, subcommand, target)
        node.release(connection)
        return
    conversations, name = found

    def answer(rows: object) -> None:
        if not isinstance(rows, list):
            text = "Messages could not be retrieved"
            node.fail(connection, "CHATHISTORY", "MESSAGE_ERROR", text, subcommand, target)
            return
        _show(node, connection, name, rows)

    node.ask(connection, query._replace(conversations=conversations), answer)


def _conversation(
    node: Node, connection: Connection, target: str
) -> tuple[tuple[str, ...], str] | None:
    """The keys and the canonical name of a conversation that the asker may read, or None."""
    asker = registered(connection)
    if is_room(target):
        room = node.replica.room_named(target)
        if room is None or room not in asker.rooms:
            return None
        return room_conversations(room), room.name
    other = node.replica.user_named(target)
    return None if other is None else ((private_conversation(asker, other),), other.nick)


def _show(node: Node, connection: Connection, target: str, rows: list[Row]) -> None:
    lines = render_batch(
        node.server,
        target,
        rows,
        connection.caps,
        connection.render_class,
        node.batch_reference(),
    )
    for line in lines:
        node.send(connection, line)
