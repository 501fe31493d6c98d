"""Registration and the connection itself: PASS, NICK, USER, PING, PONG, QUIT, ERROR."""

import hmac

from core.session.connection import Connection
from core.session.dispatch import ANYTIME, UNREGISTERED, command
from core.session.node import Node
from core.session.render import clip, line
from core.state import facts
from core.wire import names, numerics
from core.wire.identifiers import prepared_nick
from core.wire.message import Message


@command("PASS", params=1, needs=UNREGISTERED)
def pass_(node: Node, connection: Connection, message: Message) -> None:
    """The server's password; judged when NICK and USER are there."""
    connection.password = message.params[0]


@command("NICK", needs=ANYTIME)
def nick(node: Node, connection: Connection, message: Message) -> None:
    """Claim a nick (https://modern.ircdocs.horse/#nick-message)."""
    wanted = message.param(0)
    if not wanted:
        node.reply(connection, numerics.ERR_NONICKNAMEGIVEN)
        return
    prepared = prepared_nick(wanted)
    if prepared is None:
        shown = numerics.middle(clip(wanted, 60))
        node.reply(connection, numerics.ERR_ERRONEUSNICKNAME, nick=shown)
        return
    wanted = prepared
    if connection.user is not None:
        node.propose(connection, facts.NickClaimed(connection.user.id, wanted))
        # What comes after waits: how long a message may be depends on its sender's nick.
        node.hold(connection)
        node.read(connection, lambda: node.release(connection))
        return
    connection.nick = wanted
    register(node, connection)
    if not connection.registering:
        node.read(connection, lambda: _tell_if_taken(node, connection, wanted))


def _tell_if_taken(node: Node, connection: Connection, wanted: str) -> None:
    """An early word on a nick; who has it is decided when the registration is complete."""
    if connection.registering or connection.user is not None or connection.nick != wanted:
        return
    if connection.negotiating:  # it may log in yet, to the account that has the nick
        return
    if not node.replica.may_have(wanted, node.replica.accounts.get(connection.account)):
        connection.nick = ""
        node.reply(connection, numerics.ERR_NICKNAMEINUSE, nick=wanted)


@command("USER", params=4, needs=UNREGISTERED)
def user(node: Node, connection: Connection, message: Message) -> None:
    """The user name and the real name (https://modern.ircdocs.horse/#user-message)."""
    if not message.params[3] or not message.params[0]:
        node.reply(connection, numerics.ERR_NEEDMOREPARAMS, command="USER")
        return
    if not any(character.isalnum() for character in message.params[0]):
        # At once: neither the order nor an earlier NICK has a part in it.
        numeric = numerics.ERR_INVALIDUSERNAME
        head = f":{node.server} {numeric.code} {connection.name} "
        node.send(connection, line(head + numeric.template))
        return
    connection.ident = "~" + names.clean_username(message.params[0])
    connection.realname = clip(message.params[3], names.REALNAME_BYTES)
    register(node, connection)


def register(node: Node, connection: Connection) -> None:
    """Propose the registration, once everything for it is there."""
    if (
        connection.registering
        or connection.negotiating
        or not connection.nick
        or not connection.ident
    ):
        return
    if not server_password_fits(node, connection):
        node.read(connection, lambda: _turn_away(node, connection))
        node.hold(connection)
        return
    if connection.dialogue is not None:  # https://ircv3.net/specs/extensions/sasl-3.1
        connection.dialogue = None
        node.reply(connection, numerics.ERR_SASLABORTED)
    lobby = node.config.server.lobby
    connection.registering = True
    node.unregistered.pop(connection, None)
    node.propose(
        connection,
        facts.Registered(
            connection.id,
            connection.nick,
            connection.ident,
            connection.address,
            connection.realname,
            connection.secure,
            (lobby,) if lobby else (),
            connection.account,
            connection.away,
            connection.certificate,
            tuple(connection.profile.items()),
            connection.account_since,
        ),
    )


def server_password_fits(node: Node, connection: Connection) -> bool:
    """True if the server asks for no password, or the client gave it with PASS."""
    password = node.config.server.password
    return not password or hmac.compare_digest(password.encode(), connection.password.encode())


def _turn_away(node: Node, connection: Connection) -> None:
    node.reply(connection, numerics.ERR_PASSWDMISMATCH)
    node.close(connection, "Wrong or missing server password")


@command("PING", params=1, needs=ANYTIME)
def ping(node: Node, connection: Connection, message: Message) -> None:
    """Answered in the order of all things: what is shown before is there before the PONG."""
    pong = line(f":{node.server} PONG {node.server} :{message.params[0]}")
    if connection.user is None:
        node.answer(connection, pong)
    else:
        node.read(connection, lambda: node.send(connection, pong))


@command("PONG", needs=ANYTIME)
def pong(node: Node, connection: Connection, message: Message) -> None:
    """A sign of life; its arrival is all that counts."""


@command("ERROR", needs=ANYTIME)
def error(node: Node, connection: Connection, message: Message) -> None:
    """Only servers send it to servers; ignored."""


@command("QUIT", needs=ANYTIME)
def quit_(node: Node, connection: Connection, message: Message) -> None:
    """Leave; everything sent before takes effect first."""
    reason = clip(message.param(0), node.limits.kick_length or 400)
    shown = f"Quit: {reason}"
    if not connection.in_flight:
        node.close(connection, shown)
        return
    node.read(connection, lambda: node.close(connection, shown))
    node.hold(connection)
