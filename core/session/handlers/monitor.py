"""MONITOR (https://ircv3.net/specs/extensions/monitor): who comes and who goes."""

from collections.abc import Callable, Iterable, Sequence

from core.session.connection import Connection
from core.session.dispatch import command
from core.session.node import Node
from core.session.profiles import numeric_body, synchronise_online
from core.session.render import BODY, clip, wrapped
from core.state.records import User
from core.wire import numerics
from core.wire.identifiers import fold, prepared_nick
from core.wire.message import Message
from core.wire.names import RESERVED
from core.wire.numerics import Numeric

Act = Callable[[Node, Connection, list[str]], None]


@command("MONITOR", params=1)
def monitor(node: Node, connection: Connection, message: Message) -> None:
    """Add, remove, clear, list, or show the status."""
    subcommand = message.params[0].upper()
    act = _SUBCOMMANDS.get(subcommand)
    targets = [target for target in message.param(1).split(",") if target]
    if act is None:
        name = numerics.middle(clip(message.params[0], 60))
        info = "Unknown subcommand"
        numeric = numerics.ERR_UNKNOWNERROR
        node.reply(connection, numeric, command="MONITOR", subcommand=name, info=info)
    elif subcommand in "+-" and not targets:
        node.reply(connection, numerics.ERR_NEEDMOREPARAMS, command="MONITOR")
    else:
        node.read(connection, lambda: act(node, connection, targets))


def _add(node: Node, connection: Connection, targets: list[str]) -> None:
    limit = node.limits.monitor_targets
    added: list[str] = []
    for index, target in enumerate(targets):
        nick = target if target.lower() in RESERVED else prepared_nick(target)
        if nick is None:
            shown = numerics.middle(clip(target, 60))
            node.reply(connection, numerics.ERR_ERRONEUSNICKNAME, nick=shown)
            continue
        key = fold(nick)
        if key in connection.watched:
            continue
        if limit and len(connection.watched) >= limit:
            _refuse(node, connection, limit, targets[index:])
            break
        node.watching.add(connection, key, nick, _reachable(node, key) is not None)
        added.append(key)
    _tell(node, connection, added)


def _reachable(node: Node, key: str) -> User | None:
    """The user with a connection who has this nick."""
    user = node.replica.owner_of.get(key)
    return user if user is not None and user.connections else None


def _refuse(node: Node, connection: Connection, limit: int, targets: list[str]) -> None:
    numeric = numerics.ERR_MONLISTFULL
    room = BODY - len(numeric_body(node, connection, numeric, limit=limit, targets="").encode())
    for text in _joined(targets, room):
        node.reply(connection, numeric, limit=limit, targets=text)


def _tell(node: Node, connection: Connection, keys: Iterable[str]) -> None:
    """Who of these is online, and who is not."""
    online: list[User] = []
    offline: list[str] = []
    for key in keys:
        user = _reachable(node, key)
        if user is not None:
            online.append(user)
        else:
            offline.append(connection.watched[key])
    _send(node, connection, numerics.RPL_MONONLINE, [user.prefix for user in online])
    _send(node, connection, numerics.RPL_MONOFFLINE, offline)
    synchronise_online(node, connection, online)


def _send(node: Node, connection: Connection, numeric: Numeric, targets: Sequence[str]) -> None:
    room = BODY - len(numeric_body(node, connection, numeric, targets="").encode())
    for text in _joined(targets, room):
        node.reply(connection, numeric, targets=text)


def _joined(targets: Sequence[str], room: int) -> list[str]:
    """Targets with commas between them, in texts of at most ``room`` bytes."""
    return [text.replace(" ", ",") for text in wrapped(targets, room)]


def _remove(node: Node, connection: Connection, targets: list[str]) -> None:
    for target in targets:
        node.watching.remove(connection, fold(target))


def _clear(node: Node, connection: Connection, targets: list[str]) -> None:
    node.watching.forget(connection)


def _list(node: Node, connection: Connection, targets: list[str]) -> None:
    _send(node, connection, numerics.RPL_MONLIST, list(connection.watched.values()))
    node.reply(connection, numerics.RPL_ENDOFMONLIST)


def _status(node: Node, connection: Connection, targets: list[str]) -> None:
    _tell(node, connection, connection.watched)


_SUBCOMMANDS: dict[str, Act] = {"+": _add, "-": _remove, "C": _clear, "L": _list, "S": _status}
