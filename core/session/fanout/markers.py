"""Up to where somebody has read a conversation: for that user's own connections alone."""

from typing import TYPE_CHECKING

from core.session.connection import Connection
from core.session.fanout.table import fans_out
from core.session.marker_lines import marker_line
from core.state import events
from core.wire.capabilities import READ_MARKER

if TYPE_CHECKING:
    from core.session.node import Node


@fans_out(events.MarkerMoved)
def marker_moved(node: "Node", event: events.MarkerMoved, proposer: Connection | None) -> None:
    """MARKREAD, to who set it; if it moved, to the user's other connections as well."""
    line = marker_line(node, event.target, event.time)
    if proposer is not None:
        node.send(proposer, line)
    if not event.changed:
        return
    for connection in node.present.of(event.user):
        if connection is not proposer and connection.caps & READ_MARKER:
            node.send(connection, line)
