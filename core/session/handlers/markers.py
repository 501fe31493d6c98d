"""MARKREAD (https://ircv3.net/specs/extensions/read-marker)."""

from core.session.connection import Connection
from core.session.dispatch import command
from core.session.handlers.history import parse_time
from core.session.handlers.rooms import registered
from core.session.marker_lines import send_marker
from core.session.node import Node
from core.state import facts
from core.wire import numerics
from core.wire.message import Message
from core.wire.names import ROOM_LENGTH


@command("MARKREAD")
def markread(node: Node, connection: Connection, message: Message) -> None:
    """Ask up to where one has read a conversation, or say so."""
    if not message.param(0):
        node.fail(connection, "MARKREAD", "NEED_MORE_PARAMS", "Missing parameters")
        return
    target = message.param(0)
    if numerics.middle(target) != target or len(target.encode()) > ROOM_LENGTH:
        _invalid(node, connection, target)
    elif len(message.params) == 1:
        node.read(connection, lambda: send_marker(node, connection, target))
    else:
        time = _time(message.params[1])
        if time is None:
            _invalid(node, connection, message.params[1])
        else:
            fact = facts.MarkedRead(registered(connection).id, target, time)
            node.propose(connection, fact)


def _time(text: str) -> int | None:
    """Milliseconds since the epoch, of ``timestamp=...``; None for anything else."""
    kind, _, value = text.partition("=")
    return parse_time(value) if kind == "timestamp" else None


def _invalid(node: Node, connection: Connection, parameter: str) -> None:
    node.fail(connection, "MARKREAD", "INVALID_PARAMS", "Invalid parameters", parameter)
