"""One line of a client: what it asks for, and under which label that is answered."""

from typing import TYPE_CHECKING

from core.errors import InvalidUtf8, MalformedLine
from core.session import batches
from core.session.connection import Connection
from core.session.dispatch import ANYTIME, COMMANDS, REGISTERED
from core.session.label import LABEL_LENGTH, Label, raw_label
from core.wire import capabilities, numerics
from core.wire.lines import TooLong
from core.wire.message import Message, parse
from core.wire.tags import CLIENT_TAG_DATA

if TYPE_CHECKING:
    from core.session.node import Node

# First words of protocols that a web page could make a browser speak to this port.
FOREIGN = frozenset({"GET", "POST", "PUT", "HEAD", "OPTIONS", "DELETE", "PATCH", "CONNECT"})
_LABELS = capabilities.LABELED_RESPONSE | capabilities.BATCH


def take(node: "Node", connection: Connection, line: bytes | TooLong) -> None:
    """Do what a line asks for, or say why not."""
    if isinstance(line, TooLong):
        _refuse(node, connection, line.head, too_long=True)
        return
    if not _fits(node, line):
        _refuse(node, connection, line, too_long=True)
        return
    try:
        message = parse(line)
    except (InvalidUtf8, MalformedLine) as error:
        _refuse(node, connection, line, error)
        return
    if message.tags or connection.batch is not None:
        _take_tagged(node, connection, message)
    else:
        _run(node, connection, message)


def _take_tagged(node: "Node", connection: Connection, message: Message) -> None:
    label = connection.label = _label(connection, message.tags.get("label", ""))
    if not batches.intercept(node, connection, message):
        _run(node, connection, message)
    connection.label = None
    if label is not None:
        node.settle_label(connection, label)


def _fits(node: "Node", line: bytes) -> bool:
    limit = node.limits.line_bytes - 2
    if line[:1] != b"@":
        return len(line) <= limit
    tags, _, body = line.partition(b" ")
    return len(tags) - 1 <= CLIENT_TAG_DATA and len(body) <= limit


def _label(connection: Connection, text: str) -> Label | None:
    if not text or len(text.encode()) > LABEL_LENGTH or connection.caps & _LABELS != _LABELS:
        return None
    return Label(text)


def _refuse(
    node: "Node",
    connection: Connection,
    line: bytes,
    error: Exception | None = None,
    *,
    too_long: bool = False,
) -> None:
    """Answer a line that cannot be taken."""
    label = connection.label = _label(connection, raw_label(line))
    if connection.batch is not None and not connection.batch.failed:
        batches.spoil(node, connection, too_long=too_long)
    elif too_long:
        node.reply(connection, numerics.ERR_INPUTTOOLONG)
    elif isinstance(error, InvalidUtf8):
        _fail_encoding(node, connection, line)
    elif b"\0" in line or b"\r" in line:  # what has no command at all is ignored
        node.fail(connection, "*", "INVALID_MESSAGE", str(error))
    connection.label = None
    if label is not None:
        node.settle_label(connection, label)


def _fail_encoding(node: "Node", connection: Connection, line: bytes) -> None:
    words = line.decode(errors="ignore").split(" ")
    words = [word for word in words if word and word[0] not in "@:"]
    command = words[0].upper() if words else "*"
    name = command if command in COMMANDS else "*"
    node.fail(connection, name, "INVALID_UTF8", "Message rejected: its bytes are not UTF-8")


def _run(node: "Node", connection: Connection, message: Message) -> None:
    command = COMMANDS.get(message.command)
    if connection.user is None:
        if message.command in FOREIGN:
            node.close(connection, "This is an IRC server")
            return
        if command is None or command.needs == REGISTERED:
            node.reply(connection, numerics.ERR_NOTREGISTERED)
            return
    elif command is None:
        name = numerics.middle(message.command)
        node.reply(connection, numerics.ERR_UNKNOWNCOMMAND, command=name)
        return
    elif command.needs not in (REGISTERED, ANYTIME):
        node.reply(connection, numerics.ERR_ALREADYREGISTERED)
        return
    if len(message.params) < command.params:
        node.reply(connection, numerics.ERR_NEEDMOREPARAMS, command=message.command)
        return
    node.used[message.command] = node.used.get(message.command, 0) + 1
    command.handler(node, connection, message)
