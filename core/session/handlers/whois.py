"""WHOIS and WHOWAS: who somebody is, and who somebody was."""

from itertools import islice

from core.session.connection import Connection
from core.session.dispatch import command
from core.session.handlers.information import for_us
from core.session.handlers.rooms import limited, registered
from core.session.listing import shows
from core.session.node import Node
from core.session.profiles import send_whois
from core.session.render import BODY, timestamp, wrapped
from core.session.welcome import VERSION
from core.state.records import User, member_prefix
from core.state.replica import Gone
from core.wire import numerics
from core.wire.capabilities import MULTI_PREFIX
from core.wire.identifiers import fold
from core.wire.message import Message


@command("WHOIS")
def whois(node: Node, connection: Connection, message: Message) -> None:
    """https://modern.ircdocs.horse/#whois-message: ``[<server or nick>] <nick>{,<nick>}``."""
    if not message.params or not message.params[-1]:
        node.reply(connection, numerics.ERR_NONICKNAMEGIVEN)
        return
    *servers, wanted = message.params[:2]
    words = dict.fromkeys(map(numerics.middle, wanted.split(",")))
    nicks = limited(node, connection, list(words))

    def answer() -> None:
        for nick in nicks:
            _show_whois(node, connection, nick)

    for_us(node, connection, servers[0] if servers else "", answer)


def _show_whois(node: Node, connection: Connection, nick: str) -> None:
    user = node.replica.user_named(nick)
    if user is None:
        node.reply(connection, numerics.ERR_NOSUCHNICK, nick=nick)
        node.reply(connection, numerics.RPL_ENDOFWHOIS, nick=nick)
        return
    asker = registered(connection)

    def reply(numeric: numerics.Numeric, **values: object) -> None:
        node.reply(connection, numeric, nick=user.nick, **values)

    reply(numerics.RPL_WHOISUSER, user=user.ident, host=user.host, realname=user.realname)
    for channels in _rooms(node, connection, user, asker):
        reply(numerics.RPL_WHOISCHANNELS, channels=channels)
    reply(numerics.RPL_WHOISSERVER, server=node.server, info=VERSION)
    if user.away:
        reply(numerics.RPL_AWAY, message=user.away)
    if user in node.replica.operators:
        reply(numerics.RPL_WHOISOPERATOR)
    if user.account is not None:
        reply(numerics.RPL_WHOISACCOUNT, account=user.account.name)
    if "B" in user.modes:
        reply(numerics.RPL_WHOISBOT)
    if user.secure:
        reply(numerics.RPL_WHOISSECURE)
    if user is asker or asker in node.replica.operators:
        if user.certificate:
            reply(numerics.RPL_WHOISCERTFP, fingerprint=user.certificate)
        reply(numerics.RPL_WHOISACTUALLY, address=user.address)
        reply(numerics.RPL_WHOISMODES, modes=f"+{user.modes}")
    idle = max(0, node.time - user.spoke_at) // 1000
    reply(numerics.RPL_WHOISIDLE, idle=idle, signon=user.signed_on // 1000)
    send_whois(node, connection, user)
    reply(numerics.RPL_ENDOFWHOIS)


def _rooms(node: Node, connection: Connection, user: User, asker: User) -> list[str]:
    """The rooms of ``user`` that ``asker`` may know of, as texts of one line each."""
    every = bool(connection.caps & MULTI_PREFIX)
    rooms = [
        member_prefix(room.members[user], every) + room.name
        for room in user.rooms
        if shows(room, user, asker)
    ]
    head = f":{node.server} 319 {connection.name} {user.nick} :"
    return wrapped(rooms, BODY - len(head.encode()))


@command("WHOWAS")
def whowas(node: Node, connection: Connection, message: Message) -> None:
    """https://modern.ircdocs.horse/#whowas-message: ``<nick> [<count> [<server>]]``."""
    nick = message.param(0)
    if not nick:
        node.reply(connection, numerics.ERR_NONICKNAMEGIVEN)
        return
    nick, count = numerics.middle(nick), message.param(1)
    most = int(count) if count.isascii() and count.isdigit() and len(count) < 9 else 0

    def answer() -> None:
        _show_whowas(node, connection, nick, most or None)

    for_us(node, connection, message.param(2), answer)


def _show_whowas(node: Node, connection: Connection, nick: str, most: int | None) -> None:
    key = fold(nick)
    found = (gone for gone in reversed(node.replica.gone) if fold(gone.nick) == key)
    entries = list(islice(found, most))
    for gone in entries:
        _show_gone(node, connection, gone)
    if not entries:
        node.reply(connection, numerics.ERR_WASNOSUCHNICK, nick=nick)
    node.reply(connection, numerics.RPL_ENDOFWHOWAS, nick=nick)


def _show_gone(node: Node, connection: Connection, gone: Gone) -> None:
    node.reply(
        connection,
        numerics.RPL_WHOWASUSER,
        nick=gone.nick,
        user=gone.ident,
        host=gone.host,
        realname=gone.realname,
    )
    when = timestamp(gone.at)
    node.reply(connection, numerics.RPL_WHOISSERVER, nick=gone.nick, server=node.server, info=when)
    if gone.account:
        node.reply(connection, numerics.RPL_WHOISACCOUNT, nick=gone.nick, account=gone.account)
