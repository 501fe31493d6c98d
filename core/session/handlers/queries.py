"""Short questions about users: ISON, USERHOST, USERIP; and AWAY, which is about oneself."""

from collections.abc import Callable

from core.session.connection import Connection
from core.session.dispatch import ANYTIME, command
from core.session.handlers.rooms import registered
from core.session.node import Node
from core.session.render import BODY, clip, wrapped
from core.state import facts
from core.state.records import User
from core.wire import numerics
from core.wire.capabilities import PRE_AWAY
from core.wire.message import Message

USERHOST_NICKS = 5


@command("AWAY", needs=ANYTIME)
def away(node: Node, connection: Connection, message: Message) -> None:
    """https://modern.ircdocs.horse/#away-message; before the registration with draft/pre-away."""
    text = message.param(0)[: node.limits.away_length or None]
    if connection.user is None:
        if connection.caps & PRE_AWAY:
            connection.away = text
            node.reply(connection, numerics.RPL_NOWAWAY if text else numerics.RPL_UNAWAY)
        else:
            node.reply(connection, numerics.ERR_NOTREGISTERED)
        return
    fact = facts.AwaySet(registered(connection).id, text, connection.id)
    numeric = numerics.RPL_NOWAWAY if text else numerics.RPL_UNAWAY
    node.propose(connection, fact, lambda refused: node.reply(connection, numeric))


@command("USERHOST", params=1)
def userhost(node: Node, connection: Connection, message: Message) -> None:
    """https://modern.ircdocs.horse/#userhost-message: up to five nicks."""
    _ask_hosts(node, connection, message, numerics.RPL_USERHOST, lambda user: user.host)


@command("USERIP", params=1)
def userip(node: Node, connection: Connection, message: Message) -> None:
    """As USERHOST, with addresses: one's own, and for operators everybody's."""
    asker = registered(connection)

    def host(user: User) -> str:
        return user.address if user is asker or asker in node.replica.operators else user.host

    _ask_hosts(node, connection, message, numerics.RPL_USERIP, host)


def _ask_hosts(
    node: Node,
    connection: Connection,
    message: Message,
    numeric: numerics.Numeric,
    host: Callable[[User], str],
) -> None:
    nicks = [clip(nick, 64) for nick in message.params[:USERHOST_NICKS]]

    def answer() -> None:
        replies = [
            f"{user.nick}{'*' if user in node.replica.operators else ''}"
            f"={'-' if user.away else '+'}{user.ident}@{host(user)}"
            for user in map(node.replica.user_named, nicks)
            if user is not None
        ]
        _list(node, connection, numeric, replies)

    node.read(connection, answer)


@command("ISON", params=1)
def ison(node: Node, connection: Connection, message: Message) -> None:
    """RFC 2812, 4.9: which of these users are connected."""
    wanted = " ".join(message.params).split()

    def answer() -> None:
        users = map(node.replica.user_named, wanted)
        nicks = [user.nick for user in users if user is not None and user.connections]
        _list(node, connection, numerics.RPL_ISON, nicks)

    node.read(connection, answer)


def _list(node: Node, connection: Connection, numeric: numerics.Numeric, words: list[str]) -> None:
    """``words`` in as many lines as they take; one without any, if there are none."""
    head = f":{node.server} {numeric.code} {connection.name} :"
    for text in wrapped(words, BODY - len(head.encode())) or [""]:
        node.reply(connection, numeric, words=text)
