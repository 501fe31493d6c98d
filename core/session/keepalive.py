"""When a silent connection is asked for a sign of life, and when it is given up."""

from typing import Literal

from core.config import LimitsConfig
from core.session.connection import Connection

Due = Literal["ping", "timeout", "unregistered"]


def due(connection: Connection, limits: LimitsConfig, now: float) -> Due | None:
    """What has to happen to ``connection`` at ``now`` (seconds), if anything."""
    if connection.user is None:
        waited = now - connection.opened_at
        late = bool(limits.register_seconds) and waited >= limits.register_seconds
        return "unregistered" if late and not connection.registering else None
    if connection.pinged_at:
        late = bool(limits.pong_seconds) and now - connection.pinged_at >= limits.pong_seconds
        return "timeout" if late else None
    if limits.ping_seconds and now - connection.heard_at >= limits.ping_seconds:
        return "ping"
    return None
