"""SETNAME (https://ircv3.net/specs/extensions/setname)."""

from core.session.connection import Connection
from core.session.dispatch import command
from core.session.handlers.rooms import registered
from core.session.node import Node
from core.state import facts
from core.wire.capabilities import SETNAME
from core.wire.message import Message
from core.wire.names import REALNAME_BYTES


@command("SETNAME", params=1)
def setname(node: Node, connection: Connection, message: Message) -> None:
    """Another real name.  Who has not asked for the capability gets no answer."""
    realname = message.params[0]
    if realname.strip() and len(realname.encode()) <= REALNAME_BYTES:
        node.propose(connection, facts.RealnameSet(registered(connection).id, realname))
    elif connection.caps & SETNAME:
        text = f"A real name has between 1 and {REALNAME_BYTES} bytes"
        node.fail(connection, "SETNAME", "INVALID_REALNAME", text)
