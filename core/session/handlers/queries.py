"""Questions about users: WHOIS, USERHOST; and AWAY, which is about oneself."""

from core.session.connection import Connection
from core.session.dispatch import ANYTIME, command
from core.session.handlers.rooms import registered
from core.session.listing import shows
from core.session.node import Node
from core.session.profiles import send_whois
from core.session.render import BODY, clip, wrapped
from core.session.welcome import VERSION
from core.state import facts
from core.state.records import member_prefix
from core.wire import numerics
from core.wire.capabilities import MULTI_PREFIX, PRE_AWAY
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


@command("WHOIS")
def whois(node: Node, connection: Connection, message: Message) -> None:
    """https://modern.ircdocs.horse/#whois-message; a server before the nick is accepted."""
    if not message.params or not message.params[-1]:
        node.reply(connection, numerics.ERR_NONICKNAMEGIVEN)
        return
    nick = numerics.middle(message.params[1 if len(message.params) > 1 else 0].split(",")[0])
    node.read(connection, lambda: _show_whois(node, connection, nick))


def _show_whois(node: Node, connection: Connection, nick: str) -> None:
    asker = registered(connection)
    user = node.replica.user_named(nick)
    if user is None:
        node.reply(connection, numerics.ERR_NOSUCHNICK, nick=nick)
        node.reply(connection, numerics.RPL_ENDOFWHOIS, nick=nick)
        return

    def reply(numeric: numerics.Numeric, **values: object) -> None:
        node.reply(connection, numeric, nick=user.nick, **values)

    reply(numerics.RPL_WHOISUSER, user=user.ident, host=user.host, realname=user.realname)
    every = bool(connection.caps & MULTI_PREFIX)
    rooms = [
        member_prefix(room.members[user], every) + room.name
        for room in user.rooms
        if shows(room, user, asker)
    ]
    space = BODY - len(f":{node.server} 319 {connection.name} {user.nick} :".encode())
    for names in wrapped(rooms, space):
        reply(numerics.RPL_WHOISCHANNELS, channels=names)
    reply(numerics.RPL_WHOISSERVER, server=node.server, info=VERSION)
    if user.away:
        reply(numerics.RPL_AWAY, message=user.away)
    if "o" in user.modes:
        reply(numerics.RPL_WHOISOPERATOR)
    if user.secure:
        reply(numerics.RPL_WHOISSECURE)
    idle = max(0, node.time - user.spoke_at) // 1000
    reply(numerics.RPL_WHOISIDLE, idle=idle, signon=user.signed_on // 1000)
    send_whois(node, connection, user)
    reply(numerics.RPL_ENDOFWHOIS)


@command("USERHOST", params=1)
def userhost(node: Node, connection: Connection, message: Message) -> None:
    """RFC 2812, 4.8: up to five nicks."""
    nicks = [clip(nick, 64) for nick in message.params[:USERHOST_NICKS]]
    node.read(connection, lambda: _show_userhost(node, connection, nicks))


def _show_userhost(node: Node, connection: Connection, nicks: list[str]) -> None:
    replies = [
        f"{user.nick}{'*' if 'o' in user.modes else ''}={'-' if user.away else '+'}"
        f"{user.ident}@{user.host}"
        for user in (node.replica.user_named(nick) for nick in nicks)
        if user is not None
    ]
    node.reply(connection, numerics.RPL_USERHOST, replies=" ".join(replies))
