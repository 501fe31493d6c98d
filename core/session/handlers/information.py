"""Questions about the server: ADMIN, INFO, LINKS, LUSERS, MOTD, TIME, VERSION; SUMMON and USERS."""

from collections.abc import Callable

from core.session.connection import Connection
from core.session.dispatch import command
from core.session.handlers.rooms import registered
from core.session.node import Node
from core.session.render import timestamp
from core.session.welcome import VERSION
from core.wire import numerics
from core.wire.masks import matches
from core.wire.message import Message

_ABOUT = (
    f"{VERSION}: a chat server that speaks IRC with the IRCv3 extensions.",
    "All members of a room see the same messages in the same order;",
    "what anyone has seen is on disk.",
)


def for_us(node: Node, connection: Connection, target: str, answer: Callable[[], None]) -> None:
    """Answer in its turn, if ``target`` means this server; else 402 is sent.

    It is a mask of server names, or somebody's nick: all are connected to this one.  "": no other.
    """

    def in_turn() -> None:
        if not target or matches(target, node.server) or node.replica.user_named(target):
            answer()
        else:
            node.reply(connection, numerics.ERR_NOSUCHSERVER, server=numerics.middle(target))

    node.read(connection, in_turn)


@command("ADMIN")
def admin(node: Node, connection: Connection, message: Message) -> None:
    """https://modern.ircdocs.horse/#admin-message"""
    for_us(node, connection, message.param(0), lambda: _show_admin(node, connection))


def _show_admin(node: Node, connection: Connection) -> None:
    server = node.config.server
    if not (server.admin_name or server.admin_location or server.admin_email):
        node.reply(connection, numerics.ERR_NOADMININFO, server=node.server)
        return
    node.reply(connection, numerics.RPL_ADMINME, server=node.server)
    node.reply(connection, numerics.RPL_ADMINLOC1, info=server.admin_location)
    node.reply(connection, numerics.RPL_ADMINLOC2, info=server.admin_name)
    node.reply(connection, numerics.RPL_ADMINEMAIL, info=server.admin_email)


@command("INFO")
def info(node: Node, connection: Connection, message: Message) -> None:
    """https://modern.ircdocs.horse/#info-message"""
    for_us(node, connection, message.param(0), lambda: _show_info(node, connection))


def _show_info(node: Node, connection: Connection) -> None:
    for line in (*_ABOUT, f"Started {timestamp(node.welcome.started)}."):
        node.reply(connection, numerics.RPL_INFO, line=line)
    node.reply(connection, numerics.RPL_ENDOFINFO)


@command("LINKS")
def links(node: Node, connection: Connection, message: Message) -> None:
    """https://modern.ircdocs.horse/#links-message; only operators see more than the list's end."""
    node.read(connection, lambda: _show_links(node, connection))


def _show_links(node: Node, connection: Connection) -> None:
    if registered(connection) in node.replica.operators:
        node.reply(connection, numerics.RPL_LINKS, server=node.server, info=VERSION)
    node.reply(connection, numerics.RPL_ENDOFLINKS)


@command("LUSERS")
def lusers(node: Node, connection: Connection, message: Message) -> None:
    """https://modern.ircdocs.horse/#lusers-message"""
    target = message.param(1)  # behind a mask of servers (RFC 2812, 3.4.2)
    for_us(node, connection, target, lambda: node.welcome.send_lusers(node, connection))


@command("MOTD")
def motd(node: Node, connection: Connection, message: Message) -> None:
    """https://modern.ircdocs.horse/#motd-message"""
    target = message.param(0)
    for_us(node, connection, target, lambda: node.welcome.send_motd(node, connection))


@command("TIME")
def time(node: Node, connection: Connection, message: Message) -> None:
    """https://modern.ircdocs.horse/#time-message; the time is the order's own, in UTC."""
    for_us(node, connection, message.param(0), lambda: _show_time(node, connection))


def _show_time(node: Node, connection: Connection) -> None:
    now = timestamp(node.time)
    node.reply(connection, numerics.RPL_TIME, server=node.server, time=now)


@command("VERSION")
def version(node: Node, connection: Connection, message: Message) -> None:
    """https://modern.ircdocs.horse/#version-message"""
    for_us(node, connection, message.param(0), lambda: _show_version(node, connection))


def _show_version(node: Node, connection: Connection) -> None:
    node.reply(connection, numerics.RPL_VERSION, version=VERSION, server=node.server, comments="")
    node.welcome.send_isupport(node, connection)


@command("SUMMON")
def summon(node: Node, connection: Connection, message: Message) -> None:
    """RFC 2812, 4.5: who is logged in to this machine is none of the chat's business."""
    node.reply(connection, numerics.ERR_SUMMONDISABLED)


@command("USERS")
def users(node: Node, connection: Connection, message: Message) -> None:
    """RFC 2812, 4.6: as SUMMON."""
    node.reply(connection, numerics.ERR_USERSDISABLED)
