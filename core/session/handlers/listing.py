"""Which rooms there are and who is in them: NAMES, LIST."""

from collections.abc import Iterable, Iterator

from core.session import render
from core.session.connection import Connection
from core.session.dispatch import command
from core.session.listing import send_names, visible
from core.session.node import Node
from core.state.records import Room
from core.wire import numerics
from core.wire.elist import CREATED, USERS, Bound, Conditions, parse_conditions
from core.wire.message import Message
from core.wire.numerics import Numeric

MINUTE = 60_000  # milliseconds
# A LIST that looks at all rooms counts, for the flood gate, as one more line for so many.
ROOMS_PER_TOKEN = 200
# Likewise NAMES, for so many members.
MEMBERS_PER_TOKEN = 1000


@command("NAMES")
def names(node: Node, connection: Connection, message: Message) -> None:
    """The members of a room; of several, of the first (https://modern.ircdocs.horse/#names-message)."""
    wanted = [numerics.middle(name) for name in message.param(0).split(",") if name][:1] or ["*"]
    room = node.replica.room_named(wanted[0])
    if room is not None:
        node.charge(connection, len(room.members) / MEMBERS_PER_TOKEN)
    node.read(connection, lambda: _show_names(node, connection, wanted[0]))


def _show_names(node: Node, connection: Connection, name: str) -> None:
    room = node.replica.room_named(name)
    if room is None:
        node.reply(connection, numerics.RPL_ENDOFNAMES, channel=name)
    else:
        send_names(node, connection, room)


@command("LIST")
def list_(node: Node, connection: Connection, message: Message) -> None:
    """The rooms there are (https://modern.ircdocs.horse/#list-message)."""
    conditions = parse_conditions(message.param(0).split(","), message.param(1).split(","))
    if not conditions.exact:
        node.charge(connection, len(node.replica.rooms) / ROOMS_PER_TOKEN)
    node.read(connection, lambda: _show_list(node, connection, conditions))


def _show_list(node: Node, connection: Connection, conditions: Conditions) -> None:
    """However many rooms there are, a client is not closed for having asked (SAFELIST)."""
    if node.trickle.is_full(connection):
        node.reply(connection, numerics.RPL_TRYAGAIN, command="LIST")
    else:
        node.trickle.send(node, connection, _list_lines(node, connection, conditions))


def _list_lines(node: Node, connection: Connection, conditions: Conditions) -> Iterator[bytes]:
    def line(numeric: Numeric, **values: object) -> bytes:
        text = numeric.fill(**values)
        return render.line(f":{node.server} {numeric.code} {connection.name} {text}")

    yield line(numerics.RPL_LISTSTART)
    for room in list(_candidates(node, conditions)):
        if node.replica.rooms.get(room.key) is not room:
            continue  # it has ended meanwhile
        if visible(room, connection.user) and _fits(node, room, conditions):
            count = len(room.members)
            yield line(numerics.RPL_LIST, channel=room.name, count=count, topic=room.topic)
    yield line(numerics.RPL_LISTEND)


def _candidates(node: Node, conditions: Conditions) -> Iterable[Room]:
    rooms = node.replica.rooms
    if not conditions.exact:
        return rooms.values()
    return [rooms[key] for key in dict.fromkeys(conditions.names) if key in rooms]


def _fits(node: Node, room: Room, conditions: Conditions) -> bool:
    return conditions.name_fits(room.key) and all(
        _holds(node, room, bound) for bound in conditions.bounds
    )


def _holds(node: Node, room: Room, bound: Bound) -> bool:
    if bound.subject == USERS:
        return bound.holds(len(room.members))
    since = room.created if bound.subject == CREATED else room.topic_at
    return bool(since) and bound.holds((node.time - since) / MINUTE)
