"""What comes in from a worker's connections: which lines are taken now, and which wait.

A line waits while its sender floods, has too much in flight, registers, or is held because an
answer is being fetched.  What waits keeps its order, and has a bound: a flood past it closes the
connection; where it is we who make it wait, the runtime is asked to stop reading (``paused``).
"""

from collections import deque
from collections.abc import Sequence
from typing import TYPE_CHECKING

from core.session import flood, intake
from core.session.connection import Connection
from core.wire.lines import TooLong

if TYPE_CHECKING:
    from core.session.node import Node


class Inbound:
    """The lines of all connections of one node."""

    def __init__(self, node: "Node") -> None:
        self._node = node
        self._waking: list[Connection] = []  # may go on with their lines
        self._throttled: dict[Connection, None] = {}  # flood; looked at again at the next tick

    def receive(self, connection: Connection, data: bytes, now: float) -> None:
        """Bytes from a client, at ``now`` (seconds)."""
        if connection.closing:
            return
        self._node.now = now
        connection.heard_at = now
        connection.pinged_at = 0.0
        lines = connection.lines.feed(data)
        if connection.backlog:
            _queue(connection, lines)
            self._check_backlog(connection)
        else:
            self._take_lines(connection, lines, now)

    def continue_with(self, connection: Connection) -> None:
        """What held a connection's lines back is over: ``wake`` takes them."""
        if connection.backlog:
            self._waking.append(connection)

    def wake(self, now: float) -> None:
        """Go on with the lines of connections whose turn has come."""
        while self._waking:
            waking, self._waking = self._waking, []
            for connection in waking:
                self._resume(connection, now)

    def tick(self, now: float) -> None:
        """Let those who flooded go on."""
        throttled, self._throttled = self._throttled, {}
        for connection in throttled:
            self._resume(connection, now)

    def forget(self, connection: Connection) -> None:
        """It has ended: its lines are not taken any more."""
        connection.backlog = None
        self._throttled.pop(connection, None)

    def _take_lines(
        self, connection: Connection, lines: Sequence[bytes | TooLong], now: float
    ) -> None:
        node = self._node
        limits = node.limits
        for index, line in enumerate(lines):
            if self._blocked(connection):
                _queue(connection, lines[index:])
                connection.paused = True
                return
            if not flood.take(connection, limits.messages_per_second, limits.message_burst, now):
                _queue(connection, lines[index:])
                self._throttled[connection] = None
                self._check_backlog(connection)
                return
            node.guarded(connection, intake.take, node, connection, line)
            if connection.closing:
                return

    def _blocked(self, connection: Connection) -> bool:
        limit = self._node.limits.proposals_in_flight
        return (
            connection.held
            or connection.registering
            or bool(limit and connection.in_flight >= limit)
        )

    def _check_backlog(self, connection: Connection) -> None:
        """Input that waits because its sender floods has a bound."""
        limit = self._node.limits.receive_queue_bytes
        if limit and connection.backlog_bytes > limit and not connection.paused:
            self._node.close(connection, "Excess flood")

    def _resume(self, connection: Connection, now: float) -> None:
        backlog = connection.backlog
        if connection.closing or not backlog or self._blocked(connection):
            return
        connection.backlog = None
        connection.backlog_bytes = 0
        connection.paused = False
        self._take_lines(connection, list(backlog), now)


def _queue(connection: Connection, lines: Sequence[bytes | TooLong]) -> None:
    if connection.backlog is None:
        connection.backlog = deque()
    connection.backlog.extend(lines)
    connection.backlog_bytes += sum(
        len(line.head) if isinstance(line, TooLong) else len(line) + 2 for line in lines
    )
