"""The MARKREAD line (https://ircv3.net/specs/extensions/read-marker)."""

from typing import TYPE_CHECKING

from core.session import render
from core.session.connection import Connection
from core.wire.identifiers import fold
from core.wire.names import is_room

if TYPE_CHECKING:
    from core.session.node import Node


def send_marker(node: "Node", connection: Connection, target: str) -> None:
    """Tell a connection up to where its user has read ``target``."""
    user = connection.user
    assert user is not None
    place = node.replica.room_named(target) if is_room(target) else None
    other = None if is_room(target) else node.replica.user_named(target)
    name = place.name if place is not None else other.nick if other is not None else target
    node.send(connection, marker_line(node, name, user.markers.get(fold(target), 0)))


def marker_line(node: "Node", target: str, time: int) -> bytes:
    """``time``: milliseconds since the epoch; 0 where nothing was ever marked."""
    shown = f"timestamp={render.timestamp(time)}" if time else "*"
    return f":{node.server} MARKREAD {target} {shown}\r\n".encode()
