"""REDACT (https://ircv3.net/specs/extensions/message-redaction).

Who asks learns of no message that it may not read: whatever is not there for it does not exist.
"""

from core.session import render
from core.session.connection import Connection
from core.session.dispatch import command
from core.session.handlers.login import in_order
from core.session.handlers.rooms import registered
from core.session.node import Node
from core.session.permissions import may
from core.state import apply_redaction, facts
from core.state.conversations import FindMessage, Found, Place, all_parts, place_of
from core.state.events import Refused
from core.wire import numerics
from core.wire.capabilities import MESSAGE_REDACTION
from core.wire.message import Message

_UNKNOWN = "This message does not exist or is too old"


@command("REDACT")
def redact(node: Node, connection: Connection, message: Message) -> None:
    """Take a message back."""
    if not connection.caps & MESSAGE_REDACTION:
        node.reply(connection, numerics.ERR_UNKNOWNCOMMAND, command="REDACT")
    elif len(message.params) < 2 or not message.params[0]:
        node.reply(connection, numerics.ERR_NEEDMOREPARAMS, command="REDACT")
    else:
        target, id = message.params[:2]
        reason = message.param(2)
        in_order(node, connection, lambda: _look_up(node, connection, target, id, reason))


def _fail(node: Node, connection: Connection, code: str, text: str, *context: str) -> None:
    node.fail(connection, "REDACT", code, text, *context)


def _look_up(node: Node, connection: Connection, target: str, id: str, reason: str) -> None:
    user = registered(connection)
    moderating = may(node.config, user, "rooms")
    place: Place | None = place_of(node.replica, user, target)
    if place is None and moderating:
        room = node.replica.room_named(target)
        place = None if room is None else all_parts(room)
    seq = render.sequence(id)
    if place is None:
        refusal = apply_redaction.INVALID_TARGET
        _fail(node, connection, refusal.code, refusal.text, target)
        return
    if seq is None:
        _fail(node, connection, "UNKNOWN_MSGID", _UNKNOWN, target, id)
        return

    def found(answer: object) -> None:
        if not isinstance(answer, Found):
            _fail(node, connection, "UNKNOWN_MSGID", _UNKNOWN, target, id)
            return
        fact = facts.Redacted(
            user.id, target, seq, answer.author, answer.conversation, reason, moderating
        )
        node.propose(connection, fact, told)

    def told(refused: Refused | None) -> None:
        if refused is not None:
            context = (target,) if refused is apply_redaction.INVALID_TARGET else (target, id)
            _fail(node, connection, refused.code, refused.text, *context)

    node.ask(connection, FindMessage(place, seq), found)
