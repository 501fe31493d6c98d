"""BATCH, as clients send it: the frame of a message of several lines.

Sources: https://ircv3.net/specs/extensions/client-batch and .../multiline; what stands in the frame
is collected in ``core.session.batches``.
"""

from core.session.batches import ClientBatch, abort, room_for_text
from core.session.connection import Connection
from core.session.dispatch import command
from core.session.handlers import services
from core.session.handlers.rooms import registered
from core.session.handlers.speech import client_tags
from core.session.node import Node
from core.state import facts
from core.wire import multiline, numerics
from core.wire.capabilities import BATCH, MESSAGE_TAGS, MULTILINE
from core.wire.message import Message

_NEEDED = MULTILINE | BATCH


@command("BATCH")
def batch(node: Node, connection: Connection, message: Message) -> None:
    """Open a batch, or close the open one: then it is said."""
    if connection.caps & _NEEDED != _NEEDED:
        node.reply(connection, numerics.ERR_UNKNOWNCOMMAND, command="BATCH")
        return
    reference = message.param(0)
    if not reference:
        node.reply(connection, numerics.ERR_NEEDMOREPARAMS, command="BATCH")
    elif reference[0] == "+" and reference != "+":
        _open(node, connection, message, reference[1:])
    elif reference[0] == "-":
        _close(node, connection, reference[1:])
    else:
        _invalid(node, connection, "A batch begins with + and ends with -")


def _invalid(node: Node, connection: Connection, text: str) -> None:
    if connection.batch is not None and not connection.batch.failed:
        abort(node, connection, "MULTILINE_INVALID", text)
    else:
        node.fail(connection, "BATCH", "MULTILINE_INVALID", text)


def _open(node: Node, connection: Connection, message: Message, reference: str) -> None:
    user = registered(connection)
    target = message.param(2)
    if connection.batch is not None and not connection.batch.failed:
        _invalid(node, connection, "The batch before is still open")
        return
    room = room_for_text(user.prefix, target)
    tags = client_tags(message) if connection.caps & MESSAGE_TAGS else ""
    label = connection.label
    connection.batch = ClientBatch(reference, target, tags, None, room, node.now)
    if message.param(1) != multiline.BATCH_TYPE:
        _invalid(node, connection, "There are no batches of that type")
    elif not target or "," in target or numerics.middle(target) != target:
        _invalid(node, connection, "A multiline batch has one target")
    elif label is not None:  # answered when the batch is closed
        label.outstanding += 1
        connection.batch.label = label


def _close(node: Node, connection: Connection, reference: str) -> None:
    open_one = connection.batch
    if open_one is None:
        _invalid(node, connection, "There is no batch of that name")
        return
    if open_one.reference != reference and not open_one.failed:
        _invalid(node, connection, "There is no batch of that name")
        return
    if open_one.failed:
        pass  # that was its end
    elif not open_one.lines:
        _invalid(node, connection, "Invalid multiline batch without lines")
    elif open_one.blank:
        _invalid(node, connection, "Invalid multiline batch with blank lines only")
    else:
        _say(node, connection, open_one)
    connection.batch = None


def _say(node: Node, connection: Connection, closed: ClientBatch) -> None:
    user = registered(connection)
    text = "".join(closed.text)
    own, connection.label = connection.label, closed.label
    if services.is_service(closed.target):
        for piece in multiline.plain(text).split(multiline.BREAK):
            if piece:
                services.tell(node, connection, piece)
    else:
        kind = facts.KIND_COMMANDS.index(closed.command)
        node.propose(connection, facts.Said(user.id, kind, closed.target, text, closed.tags))
    if closed.label is not None:
        node.settle_label(connection, closed.label)
    connection.label = own
