"""CAP: which extensions a client wants.

Source: https://ircv3.net/specs/extensions/capability-negotiation
"""

from core.session.connection import Connection
from core.session.dispatch import ANYTIME, command
from core.session.handlers.greeting import register
from core.session.node import Node
from core.session.render import BODY, clip, wrapped
from core.wire import capabilities, numerics
from core.wire.capabilities import CAP_NOTIFY
from core.wire.message import Message

# The version of CAP that brings values and lists of several lines.
CAP_302 = 302


@command("CAP", params=1, needs=ANYTIME)
def cap(node: Node, connection: Connection, message: Message) -> None:
    """LS, LIST, REQ and END."""
    subcommand = message.params[0].upper()
    if subcommand == "LS":
        _list_offers(node, connection, message.param(1))
    elif subcommand == "LIST":
        enabled = " ".join(capabilities.names(connection.caps))
        _reply(node, connection, "LIST", enabled)
    elif subcommand == "REQ":
        _request_in_order(node, connection, message.param(1))
    elif subcommand == "END":
        if connection.user is None and connection.negotiating:
            connection.negotiating = False
            register(node, connection)
    else:
        name = numerics.middle(message.params[0])
        node.reply(connection, numerics.ERR_INVALIDCAPCMD, command=name)


def _reply(node: Node, connection: Connection, subcommand: str, words: str) -> None:
    """An answer; to clients from version 302 on, a list may go on in a further line."""
    parts = [words]
    if subcommand in ("LS", "LIST") and connection.cap_version >= CAP_302:
        parts = wrapped(words.split(), _space(node, connection, subcommand + " *")) or [""]
    for part in parts[:-1]:
        _line(node, connection, f"{subcommand} * :{part}")
    _line(node, connection, f"{subcommand} :{parts[-1]}")


def _line(node: Node, connection: Connection, rest: str) -> None:
    node.answer(connection, f":{node.server} CAP {connection.name} {rest}\r\n".encode())


def _space(node: Node, connection: Connection, subcommand: str) -> int:
    """Bytes that the words of an answer may take."""
    return BODY - len(f":{node.server} CAP {connection.name} {subcommand} :".encode())


def _list_offers(node: Node, connection: Connection, version: str) -> None:
    number = int(version) if version.isascii() and version.isdigit() and len(version) < 9 else 0
    connection.cap_version = max(connection.cap_version, number)
    if connection.user is None:
        connection.negotiating = True
    if number >= CAP_302:
        connection.caps |= CAP_NOTIFY
        _reply(node, connection, "LS", " ".join(node.offers.words(connection.secure)))
    else:
        names = node.offers.line(_space(node, connection, "LS"))
        _line(node, connection, f"LS :{names}")


def _request_in_order(node: Node, connection: Connection, wanted: str) -> None:
    """What was sent before is answered as it was asked for; what comes after waits."""
    if connection.user is None:
        connection.negotiating = True
    if not connection.in_flight:
        _request(node, connection, wanted)
        return

    def answer() -> None:
        _request(node, connection, wanted)
        node.release(connection)

    node.hold(connection)
    node.read(connection, answer)


def _request(node: Node, connection: Connection, wanted: str) -> None:
    words = wanted.split()
    caps = capabilities.requested(connection.caps, words)
    if caps is not None and connection.cap_version >= CAP_302 and not caps & CAP_NOTIFY:
        caps = None  # implied by the version: it cannot be taken back
    if caps is not None and caps & node.offers.withheld:
        caps = None
    space = _space(node, connection, "ACK")
    if len(wanted.encode()) > space:
        caps = None  # the answer must repeat it, and would not fit into a line
    if caps is None:
        _reply(node, connection, "NAK", clip(wanted.strip(), space))
        return
    _reply(node, connection, "ACK", wanted.strip())
    node.change_caps(connection, caps)
