"""A user's own lists: ACCEPT (who is heard in spite of +g or +R) and SILENCE (who is not heard).

ACCEPT is as in Solanum's "caller ID"; SILENCE as in ircu.
"""

from core.session import render
from core.session.connection import Connection
from core.session.dispatch import command
from core.session.handlers.rooms import registered
from core.session.node import Node
from core.state import facts
from core.wire import numerics
from core.wire.identifiers import fold
from core.wire.masks import complete_mask
from core.wire.message import Message

# Bytes of a hostmask.
MASK_BYTES = 200


@command("ACCEPT")
def accept(node: Node, connection: Connection, message: Message) -> None:
    """ACCEPT [*|[-]<nick>{,[-]<nick>}]: change the list, or show it."""
    words = [word for word in message.param(0).split(",") if word]
    user = registered(connection)
    for word in words:
        name = word.removeprefix("-")
        if word == "*":
            node.read(connection, lambda: _show_accepted(node, connection))
        elif name:
            nick = numerics.middle(name)
            node.propose(connection, facts.ListSet(user.id, "accept", nick, word[0] != "-"))
    if not words:
        node.read(connection, lambda: _show_accepted(node, connection))


def _show_accepted(node: Node, connection: Connection) -> None:
    names = list(registered(connection).lists.get("accept", ()))
    head = f":{node.server} 281 {connection.name} "
    for text in render.wrapped(names, render.BODY - len(head.encode())):
        node.reply(connection, numerics.RPL_ACCEPTLIST, nicks=text)
    node.reply(connection, numerics.RPL_ENDOFACCEPT)


@command("SILENCE")
def silence(node: Node, connection: Connection, message: Message) -> None:
    """SILENCE [[+|-]<mask>{,[+|-]<mask>}]: change the list, or show it."""
    words = [word for word in message.param(0).split(",") if word]
    user = registered(connection)
    if not words or fold(words[0]) == fold(user.nick):
        node.read(connection, lambda: _show_silenced(node, connection))
        return
    for word in words:
        mask = render.clip(numerics.middle(word.removeprefix("+").removeprefix("-")), MASK_BYTES)
        adding = word[0] != "-"
        node.propose(connection, facts.ListSet(user.id, "silence", complete_mask(mask), adding))


def _show_silenced(node: Node, connection: Connection) -> None:
    nick = connection.name
    for mask in registered(connection).lists.get("silence", ()):
        node.reply(connection, numerics.RPL_SILELIST, nick=nick, mask=mask)
    node.reply(connection, numerics.RPL_ENDOFSILELIST, nick=nick)
