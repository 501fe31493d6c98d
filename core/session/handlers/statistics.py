"""STATS: what the server has counted, and what it keeps out."""

from collections.abc import Callable

from core.session.connection import Connection
from core.session.dispatch import command
from core.session.handlers.authority import is_operator
from core.session.handlers.information import for_us
from core.session.node import Node
from core.state.records import ServerBan
from core.state.server_bans import in_force
from core.wire import numerics
from core.wire.message import Message

_DAY_SECONDS = 86_400


@command("STATS", params=1)
def stats(node: Node, connection: Connection, message: Message) -> None:
    """https://modern.ircdocs.horse/#stats-message; an unknown letter has nothing to tell."""
    query = numerics.middle(message.params[0])[:1]
    for_us(node, connection, message.param(1), lambda: _show(node, connection, query))


def _show(node: Node, connection: Connection, query: str) -> None:
    row = _QUERIES.get(query.lower())
    if row is not None:
        tell, for_operators = row
        if for_operators and not is_operator(node, connection):
            return
        tell(node, connection)
    node.reply(connection, numerics.RPL_ENDOFSTATS, query=query)


def _uptime(node: Node, connection: Connection) -> None:
    days, seconds = divmod((node.time - node.welcome.started) // 1000, _DAY_SECONDS)
    hours, seconds = divmod(seconds, 3600)
    clock = f"{hours}:{seconds // 60:02}:{seconds % 60:02}"
    node.reply(connection, numerics.RPL_STATSUPTIME, days=days, clock=clock)


def _commands(node: Node, connection: Connection) -> None:
    """Those that were given to this worker."""
    for name, count in sorted(node.used.items()):
        node.reply(connection, numerics.RPL_STATSCOMMANDS, command=name, count=count)


def _operators(node: Node, connection: Connection) -> None:
    for name in node.config.operators:
        node.reply(connection, numerics.RPL_STATSOLINE, name=name)


def _hosts(node: Node, connection: Connection) -> None:
    for ban in _bans(node, "k"):
        user, _, host = ban.mask.rpartition("@")
        numeric = numerics.RPL_STATSKLINE
        node.reply(connection, numeric, user=user, host=host, reason=ban.reason)


def _addresses(node: Node, connection: Connection) -> None:
    for ban in _bans(node, "d"):
        node.reply(connection, numerics.RPL_STATSDLINE, mask=ban.mask, reason=ban.reason)


def _bans(node: Node, kind: str) -> list[ServerBan]:
    bans = node.replica.server_bans.values()
    return [ban for ban in bans if ban.kind == kind and in_force(ban, node.time)]


# Letter -> what it tells, and whether only operators are told.
_QUERIES: dict[str, tuple[Callable[[Node, Connection], None], bool]] = {
    "d": (_addresses, True),
    "k": (_hosts, True),
    "m": (_commands, False),
    "o": (_operators, True),
    "u": (_uptime, False),
}
