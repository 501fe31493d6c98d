"""The flood gate: a token bucket a connection."""

from core.session.connection import Connection


def take(connection: Connection, rate: float, burst: int, now: float) -> bool:
    """Take one token; False if the next line has to wait.

    ``rate``: tokens a second, ``burst``: tokens at most; 0 for either lifts the limit.
    """
    if not rate or not burst:
        return True
    tokens = connection.tokens + (now - connection.tokens_at) * rate
    connection.tokens_at = now
    if tokens > burst:
        tokens = float(burst)
    if tokens < 1.0:
        connection.tokens = tokens
        return False
    connection.tokens = tokens - 1.0
    return True
