"""CHATHISTORY (https://ircv3.net/specs/extensions/chathistory)."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from core.session import render
from core.session.connection import Connection
from core.session.dispatch import command
from core.session.handlers.rooms import registered
from core.session.history import send_batch, send_lines
from core.session.node import Node
from core.state.conversations import (
    NO_BOUND,
    Bound,
    Latest,
    Query,
    Targets,
    place_of,
    room_parts,
)
from core.wire import numerics
from core.wire.capabilities import EVENT_PLAYBACK
from core.wire.identifiers import fold
from core.wire.message import Message
from core.wire.names import is_room

# Subcommands with the number of their parameters, themselves included.
SUBCOMMANDS = {"LATEST": 4, "BEFORE": 4, "AFTER": 4, "AROUND": 4, "BETWEEN": 5, "TARGETS": 4}
REFERENCE_TYPES = ("msgid", "timestamp")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@command("CHATHISTORY")
def chathistory(node: Node, connection: Connection, message: Message) -> None:
    """Ask for a part of a conversation, or which conversations there are."""
    subcommand = message.param(0).upper()
    count = SUBCOMMANDS.get(subcommand)
    if count is None:
        _invalid(node, connection, numerics.middle(message.param(0)), text="Unknown command")
    elif len(message.params) < count:
        _invalid(node, connection, subcommand, text="Insufficient parameters")
    elif len(message.params) > count:
        _invalid(node, connection, subcommand, text="Too many parameters")
    else:
        _parse(node, connection, subcommand, message.params[1:])


def _invalid(node: Node, connection: Connection, *context: str, text: str) -> None:
    node.fail(connection, "CHATHISTORY", "INVALID_PARAMS", text, *context)


def _parse(node: Node, connection: Connection, subcommand: str, params: Sequence[str]) -> None:
    targets = subcommand == "TARGETS"
    references = params[:-1] if targets else params[1:-1]
    bounds: list[Bound] = []
    for reference in references:
        if not targets and "=" in reference and reference.partition("=")[0] not in REFERENCE_TYPES:
            text = "References are of the types " + " and ".join(REFERENCE_TYPES)
            node.fail(connection, "CHATHISTORY", "INVALID_MSGREFTYPE", text, subcommand, params[0])
            return
        bound = parse_reference(reference)
        if bound is None or (reference == "*" and subcommand != "LATEST"):
            text = "The reference must be msgid=ID or timestamp=YYYY-MM-DDThh:mm:ss.sssZ"
            _invalid(node, connection, subcommand, reference, text=text)
            return
        if targets and bound.time is None:
            _invalid(node, connection, subcommand, reference, text="Invalid timestamp")
            return
        bounds.append(bound)
    number = params[-1]
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        text = "The limit must be a whole number"
        _invalid(node, connection, subcommand, number, text=text)
        return
    most = node.limits.history_messages
    limit = min(int(number) or most, most) if most else int(number)
    node.hold(connection)
    if targets:
        between = (bounds[0].time or 0, bounds[1].time or 0)
        node.read(connection, lambda: _ask_targets(node, connection, between, limit))
    else:
        events = bool(connection.caps & EVENT_PLAYBACK)
        query = _query(subcommand, bounds, limit)._replace(events=events)
        node.read(connection, lambda: _ask(node, connection, subcommand, params[0], query))


def _query(subcommand: str, bounds: list[Bound], limit: int) -> Query:
    """The question, without its place."""
    first = bounds[0]
    match subcommand:
        case "BEFORE":
            return Query((), "newest", NO_BOUND, first, limit)
        case "AFTER":
            return Query((), "oldest", first, NO_BOUND, limit)
        case "AROUND":
            return Query((), "around", first, NO_BOUND, limit)
        case "BETWEEN":
            return Query((), "between", first, bounds[1], limit)
    return Query((), "newest", first, NO_BOUND, limit)


def parse_reference(text: str) -> Bound | None:
    """The bound that a reference means; None if it is none.

    A msgid that is not one of ours names nothing: it is an error, not an empty answer.
    """
    if text == "*":
        return NO_BOUND
    kind, _, value = text.partition("=")
    if kind == "msgid":
        seq = render.sequence(value)
        return None if seq is None else Bound(seq)
    if kind == "timestamp":
        time = parse_time(value)
        return None if time is None else Bound(None, time)
    return None


def parse_time(text: str) -> int | None:
    """Milliseconds since the epoch, of ``YYYY-MM-DDThh:mm:ss.sssZ``; None if it is not that."""
    try:
        moment = datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
    except ValueError:
        return None
    return (moment - _EPOCH) // timedelta(milliseconds=1)


# Messages.


def _ask(node: Node, connection: Connection, subcommand: str, target: str, query: Query) -> None:
    place = place_of(node.replica, registered(connection), target)
    if place is None:
        _no_target(node, connection, subcommand, target)
        node.release(connection)
        return
    name = canonical(node, target)

    def answer(rows: object) -> None:
        if rows is None:
            _no_target(node, connection, subcommand, target)
        elif not isinstance(rows, list):
            text = "Messages could not be retrieved"
            node.fail(connection, "CHATHISTORY", "MESSAGE_ERROR", text, subcommand, target)
        else:
            send_batch(node, connection, f"chathistory {name}", rows)

    node.ask(connection, query._replace(place=place, upto=node.replica.seq), answer)


def _no_target(node: Node, connection: Connection, subcommand: str, target: str) -> None:
    text = "Messages could not be retrieved"
    node.fail(connection, "CHATHISTORY", "INVALID_TARGET", text, subcommand, target)


def canonical(node: Node, target: str) -> str:
    """What a conversation is called: a room as it is named, a nick as the client spelled it.

    The nick may belong to several users, one after the other, or to nobody any more.
    """
    room = node.replica.room_named(target) if is_room(target) else None
    return numerics.middle(target) if room is None else room.name


# Conversations.


def _ask_targets(node: Node, connection: Connection, between: tuple[int, int], limit: int) -> None:
    user = registered(connection)
    rooms = list(user.rooms)
    places = tuple(room_parts(room, user) for room in rooms)
    names = [room.name for room in rooms]

    def answer(latest: object) -> None:
        if not isinstance(latest, Latest):
            text = "Messages could not be retrieved"
            node.fail(connection, "CHATHISTORY", "MESSAGE_ERROR", text, "TARGETS", "*")
            return
        found = _between(_targets(node, names, latest), between, limit)
        lines = [
            f":{node.server} CHATHISTORY TARGETS {name} {render.timestamp(time)}\r\n".encode()
            for time, name in found
        ]
        send_lines(node, connection, "draft/chathistory-targets", lines)

    node.ask(connection, Targets(user.id, places, node.replica.seq), answer)


def _targets(node: Node, rooms: list[str], latest: Latest) -> list[tuple[int, str]]:
    """(time of the last message, name) of all conversations.

    What was said with several people who had one nick, one after the other, is one.
    """
    found: dict[str, tuple[int, str]] = {}
    for name, time in zip(rooms, latest.rooms, strict=True):
        if time is not None:
            found[fold(name)] = (time, name)
    for id, nick, time in latest.peers:
        peer = node.replica.users.get(id)
        name = peer.nick if peer is not None else nick
        found[fold(name)] = max((time, name), found.get(fold(name), (0, "")))
    return sorted(found.values())


def _between(
    found: list[tuple[int, str]], bounds: tuple[int, int], limit: int
) -> list[tuple[int, str]]:
    """Those between two times, both excluded; counted from the first of them."""
    first, second = bounds
    low, high = min(bounds), max(bounds)
    fits = [target for target in found if low < target[0] < high]
    if first <= second:
        return fits[:limit]
    return fits[-limit:] if limit else []
