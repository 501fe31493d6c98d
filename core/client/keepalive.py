"""Noticing a connection that is dead although nobody closed it, and measuring the lag."""

from core.client.events import CloseConnection
from core.client.state import ClientState

# Seconds that the server may take to close the connection after QUIT.
QUIT_PATIENCE = 3.0


def begin(state: ClientState) -> None:
    """A connection is up."""
    state.last_received = state.now
    state.timers.set(state.now + state.settings.keepalive, "keepalive")


def probe(state: ClientState, patience: float) -> None:
    """Is the connection still good?  PING now; without any answer it is lost soon."""
    if state.phase == "ready":
        state.pings.keepalive_sent = state.now
        state.pings.keepalive_token = state.ping()
        state.timers.set(state.now + patience, "keepalive")


def check(state: ClientState) -> None:
    """The timer "keepalive": PING after silence; after more of it the connection is lost."""
    settings = state.settings
    pings = state.pings
    if pings.keepalive_token and state.last_received < pings.keepalive_sent:
        silent = state.now - state.last_received
        close(state, f"The server has been silent for {silent:.0f} seconds.")
        return
    due = state.last_received + settings.keepalive
    if due > state.now:
        state.timers.set(due, "keepalive")
        return
    pings.keepalive_sent = state.now
    pings.keepalive_token = state.ping()
    state.timers.set(state.now + settings.keepalive_grace, "keepalive")


def close(state: ClientState, reason: str) -> None:
    """Ask the application to end the connection."""
    state.close_reason = state.close_reason or reason
    state.emit(CloseConnection(reason))


def leave(state: ClientState, message: str) -> None:
    """QUIT, and close if the server does not."""
    if state.timers.is_set("quit"):
        return
    state.leaving = True
    if state.send("QUIT", *([message] if message else [])):
        state.timers.set(state.now + QUIT_PATIENCE, "quit")
    else:
        close(state, "Left.")
