"""Long answers in portions, so that they do not fill what may wait for a client.

Bounds: ``MOST_WAITING`` answers a connection; a portion of ``PORTION_BYTES`` a tick.
"""

from collections import deque
from collections.abc import Iterator
from typing import TYPE_CHECKING

from core.session.connection import Connection

if TYPE_CHECKING:
    from core.session.node import Node

PORTION_BYTES = 1 << 16
MOST_WAITING = 8


class Trickle:
    """What is still to be sent of long answers."""

    def __init__(self) -> None:
        self._waiting: dict[Connection, deque[Iterator[bytes]]] = {}

    def is_full(self, connection: Connection) -> bool:
        """True if no further answer may be begun."""
        return len(self._waiting.get(connection, ())) >= MOST_WAITING

    def send(self, node: "Node", connection: Connection, lines: Iterator[bytes]) -> None:
        """Send ``lines``: the first portion now, if nothing waits, the others one a tick.

        What is labelled is gathered as a whole.
        """
        waiting = self._waiting.get(connection)
        if connection.label is not None:
            for line in lines:
                node.send(connection, line)
        elif waiting is not None:
            waiting.append(lines)
        elif _portion(node, connection, lines):
            self._waiting[connection] = deque([lines])

    def tick(self, node: "Node") -> None:
        """Time for the next portions."""
        for connection, waiting in list(self._waiting.items()):
            if not connection.closing and _portion(node, connection, waiting[0]):
                continue
            waiting.popleft()
            if not waiting or connection.closing:
                del self._waiting[connection]


def _portion(node: "Node", connection: Connection, lines: Iterator[bytes]) -> bool:
    """Send as much as may go at once; True if there is more."""
    size = 0
    for line in lines:
        node.send(connection, line)
        size += len(line)
        if size >= PORTION_BYTES:
            return True
    return False
