"""What a client sends as a batch: the lines of one message (draft/multiline).

While a batch is open, ``intercept`` sees every line before its command does: lines of the batch are
collected, and what does not belong ends it with a FAIL.  Of a batch that failed the rest is
skipped in silence, up to its end or to the next one's beginning.
Sources: https://ircv3.net/specs/extensions/client-batch and .../multiline
"""

from typing import TYPE_CHECKING

from core.session.connection import Connection
from core.session.label import Label
from core.session.render import BODY
from core.wire import numerics
from core.wire.capabilities import MULTILINE
from core.wire.identifiers import fold
from core.wire.message import Message
from core.wire.multiline import BREAK, CONCAT, JOINT

if TYPE_CHECKING:
    from core.session.node import Node

# Seconds that a batch may be open.
OPEN_SECONDS = 60.0
# What a client may send meanwhile, although it is not part of the batch.
ASIDE = frozenset({"PING", "PONG", "QUIT"})


class ClientBatch:
    """A message of several lines that is on its way here."""

    __slots__ = (
        "blank", "bytes", "command", "deadline", "failed", "label", "lines", "reference", "room",
        "tags", "target", "text",
    )  # fmt: skip

    def __init__(
        self, reference: str, target: str, tags: str, label: Label | None, room: int, now: float
    ) -> None:
        self.reference = reference
        self.target = target
        self.tags = tags  # client-only tags of the whole message
        self.label = label  # what the outcome is answered under
        self.room = room  # bytes for the text of a line
        self.deadline = now + OPEN_SECONDS
        self.failed = False  # its lines are skipped
        self.command = ""  # PRIVMSG or NOTICE; "" before the first line
        self.text: list[str] = []  # the lines with what stands between them
        self.lines = 0
        self.bytes = 0
        self.blank = True  # nothing but empty lines so far


def intercept(node: "Node", connection: Connection, message: Message) -> bool:
    """True if a line was the concern of a batch, and is dealt with."""
    batch = connection.batch
    given = message.tags.get("batch")
    if batch is None:
        if given is None or not connection.caps & MULTILINE:
            return False
        node.fail(connection, "BATCH", "MULTILINE_INVALID", "There is no batch of that name")
        return True
    if given is None:
        if batch.failed or message.command == "BATCH" or message.command in ASIDE:
            return False
        abort(node, connection, "MULTILINE_INVALID", "Only lines of the batch may be sent in it")
    elif not batch.failed:
        _collect(node, connection, batch, message, given)
    return True


def _collect(
    node: "Node", connection: Connection, batch: ClientBatch, message: Message, given: str
) -> None:
    text = message.param(1)
    joined = CONCAT in message.tags
    invalid = "MULTILINE_INVALID"
    if given != batch.reference or len(message.params) < 2:
        abort(node, connection, invalid, "Invalid multiline batch")
    elif message.command not in ("PRIVMSG", "NOTICE") or (
        batch.command and message.command != batch.command
    ):
        abort(node, connection, invalid, "A multiline batch holds PRIVMSGs alone or NOTICEs alone")
    elif message.params[0] != batch.target and fold(message.params[0]) != fold(batch.target):
        words = (batch.target, message.params[0])
        abort(node, connection, "MULTILINE_INVALID_TARGET", "Invalid multiline target", *words)
    elif joined and not text:
        abort(node, connection, invalid, "Invalid multiline batch with concatenated blank line")
    else:
        batch.command = message.command
        _add(node, connection, batch, text, joined)


def _add(node: "Node", connection: Connection, batch: ClientBatch, text: str, joined: bool) -> None:
    limits = node.limits
    size = len(text.encode())
    if batch.lines:
        batch.text.append(JOINT if joined else BREAK)
        batch.bytes += not joined
    batch.text.append(text)
    batch.lines += 1
    batch.bytes += size
    batch.blank = batch.blank and not text
    if size > batch.room:
        spoil(node, connection, too_long=True)
    elif limits.multiline_lines and batch.lines > limits.multiline_lines:
        number = str(limits.multiline_lines)
        abort(node, connection, "MULTILINE_MAX_LINES", "Multiline batch max-lines exceeded", number)
    elif batch.bytes > limits.multiline_bytes:
        number = str(limits.multiline_bytes)
        abort(node, connection, "MULTILINE_MAX_BYTES", "Multiline batch max-bytes exceeded", number)


def room_for_text(prefix: str, target: str) -> int:
    """How many bytes of text others can get from ``prefix`` in one line."""
    return BODY - len(f":{prefix} PRIVMSG {target} :".encode())


def spoil(node: "Node", connection: Connection, *, too_long: bool) -> None:
    """A line of the open batch cannot be taken: neither can the message."""
    batch = connection.batch
    assert batch is not None
    if too_long:
        own, connection.label = connection.label, batch.label or connection.label
        node.reply(connection, numerics.ERR_INPUTTOOLONG)
        connection.label = own
        abort(node, connection, "MULTILINE_INVALID", "A line of the batch is too long")
    else:
        abort(node, connection, "MULTILINE_INVALID", "A line of the batch is no valid text")


def abort(node: "Node", connection: Connection, code: str, text: str, *context: str) -> None:
    """End the open batch with a FAIL, under the label that it has."""
    batch = connection.batch
    assert batch is not None
    own, label = connection.label, batch.label
    batch.failed = True
    batch.label = None
    batch.text.clear()
    connection.label = label or own
    node.fail(connection, "BATCH", code, text, *context)
    connection.label = own
    if label is not None:
        node.settle_label(connection, label)


def expire(node: "Node", connection: Connection, now: float) -> None:
    """Give up on a batch that was left open for too long."""
    batch = connection.batch
    assert batch is not None
    if not batch.failed and now >= batch.deadline:
        abort(node, connection, "TIMEOUT", "The batch was left open for too long", batch.reference)
