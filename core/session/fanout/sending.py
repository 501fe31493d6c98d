"""Lines that are no messages, to several connections at once.

``by`` is the user that a line's source names, None for the server: its account is in the tags of
those who asked for that.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from core.session import render
from core.session.connection import Connection
from core.state.records import Room, User
from core.wire.capabilities import EXTENDED_MONITOR
from core.wire.identifiers import fold

if TYPE_CHECKING:
    from core.session.node import Node


def broadcast(
    node: "Node", receivers: Iterable[Connection], body: str, by: User | None = None
) -> None:
    """A line to several connections."""
    raw = render.line(body)
    versions: dict[int, bytes] = {}
    for connection in receivers:
        render_class = connection.render_class
        version = versions.get(render_class)
        if version is None:
            version = render.event_tags(render_class, node.rooms_out.time, by) + raw
            versions[render_class] = version
        node.send(connection, version)


def broadcast_room(
    node: "Node", room: Room, body: str, by: User | None = None, id: str = ""
) -> None:
    """A line to everyone in a room: the same bytes to each of a class.  ``id``: its msgid."""
    raw = render.line(body)
    dirty = node.dirty
    for render_class, group in node.present.groups(room).items():
        version = render.tag_section(render_class, node.rooms_out.time, id, "", by) + raw
        for connection in group:
            if connection.label is not None:
                node.send(connection, version)
                continue
            if not connection.out:
                dirty.append(connection)
            connection.out.append(version)


def neighbours(node: "Node", user: User, rooms: Iterable[Room]) -> dict[Connection, None]:
    """The connections here that share one of ``rooms``, and the user's own, each once."""
    found: dict[Connection, None] = dict.fromkeys(node.present.of(user))
    for room in rooms:
        for group in node.present.groups(room).values():
            found.update(group)
    return found


def watchers(node: "Node", user: User, capability: int) -> list[Connection]:
    """Who is told of what ``user`` does, by ``capability``: those who share a room with it.

    The user's own connections are among them if they asked for it, and so are those that monitor
    it and asked for that as well (https://ircv3.net/specs/extensions/extended-monitor).
    """
    near = neighbours(node, user, user.rooms)
    if node.watching and user.connections:
        by = node.watching.by(fold(user.nick))
        near.update((connection, None) for connection in by if connection.caps & EXTENDED_MONITOR)
    return [connection for connection in near if connection.caps & capability]
