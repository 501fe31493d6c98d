"""What was said to an account while nobody was connected for it.

Only for clients that cannot ask: who knows draft/chathistory is sent nothing unasked.
Source: https://ircv3.net/specs/batches/chathistory
"""

from typing import TYPE_CHECKING

from core.session.connection import Connection
from core.session.history import send_batch
from core.state.conversations import Backlog, Missed, room_parts
from core.wire.capabilities import CHATHISTORY

if TYPE_CHECKING:
    from core.session.node import Node

# Messages in all, where the configuration knows no limit.
UNLIMITED = 1000


def send_missed(node: "Node", connection: Connection, seq: int) -> None:
    """Send what was said since ``seq`` (0: nothing was missed); later commands wait for it."""
    user = connection.user
    if not seq or user is None or connection.caps & CHATHISTORY:
        return
    rooms = list(user.rooms)
    places = tuple(room_parts(room, user) for room in rooms)
    names = [room.name for room in rooms]
    limit = node.limits.history_messages or UNLIMITED

    def show(backlogs: object) -> None:
        for backlog in backlogs if isinstance(backlogs, list) else ():
            assert isinstance(backlog, Backlog)
            name = names[backlog.room] if backlog.room >= 0 else _nick(node, backlog)
            send_batch(node, connection, f"chathistory {name}", backlog.rows)

    label, connection.label = connection.label, None  # it answers no command
    node.ask(connection, Missed(user.id, places, seq, limit, node.replica.seq), show)
    connection.label = label


def _nick(node: "Node", backlog: Backlog) -> str:
    peer = node.replica.users.get(backlog.peer)
    return backlog.nick if peer is None else peer.nick
