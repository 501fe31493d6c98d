"""Questions about the server: LUSERS, MOTD, VERSION, TIME."""

from core.session.connection import Connection
from core.session.dispatch import command
from core.session.node import Node
from core.session.render import timestamp
from core.session.welcome import VERSION
from core.wire import numerics
from core.wire.identifiers import fold
from core.wire.masks import matches
from core.wire.message import Message


def asks_us(node: Node, connection: Connection, target: str) -> bool:
    """True if ``target`` ("" for none) is this server; else 402 is sent."""
    if not target or matches(target, node.server) or fold(target) == fold(connection.name):
        return True
    node.reply(connection, numerics.ERR_NOSUCHSERVER, server=numerics.middle(target))
    return False


@command("LUSERS")
def lusers(node: Node, connection: Connection, message: Message) -> None:
    """https://modern.ircdocs.horse/#lusers-message"""
    node.read(connection, lambda: node.welcome.send_lusers(node, connection))


@command("MOTD")
def motd(node: Node, connection: Connection, message: Message) -> None:
    """https://modern.ircdocs.horse/#motd-message"""
    if asks_us(node, connection, message.param(0)):
        node.read(connection, lambda: node.welcome.send_motd(node, connection))


@command("VERSION")
def version(node: Node, connection: Connection, message: Message) -> None:
    """https://modern.ircdocs.horse/#version-message"""
    if not asks_us(node, connection, message.param(0)):
        return
    node.reply(connection, numerics.RPL_VERSION, version=VERSION, server=node.server, comments="")
    node.read(connection, lambda: node.welcome.send_isupport(node, connection))


@command("TIME")
def time(node: Node, connection: Connection, message: Message) -> None:
    """https://modern.ircdocs.horse/#time-message; the time is the order's own, in UTC."""
    if asks_us(node, connection, message.param(0)):
        node.read(connection, lambda: _show_time(node, connection))


def _show_time(node: Node, connection: Connection) -> None:
    now = timestamp(node.time)
    node.reply(connection, numerics.RPL_TIME, server=node.server, time=now)
