"""What a worker does off its loop, for a command that waits for it (see ``Node.ask``).

The runtime performs them (``core.runtime.jobs``), tests do so at once.  Questions to the store are
in ``core.state.conversations``.
"""

from typing import NamedTuple


class MakeCredentials(NamedTuple):
    """Hash a new password.  The answer: Credentials, or Unprepared for one that cannot be."""

    password: str

    def __repr__(self) -> str:
        """Without the password."""
        return "MakeCredentials(...)"


class Verify(NamedTuple):
    """Judge a password.  The answer: bool.  ``encoded`` None: there is no such account."""

    encoded: str | None
    password: str

    def __repr__(self) -> str:
        """Without the password."""
        return "Verify(...)"


class Wait(NamedTuple):
    """Nothing, for some seconds.  The answer: None."""

    seconds: float


class Rehash(NamedTuple):
    """Read the configuration again, in all processes.  The answer: Rehashed."""


class Rehashed(NamedTuple):
    """What came of it."""

    error: str  # why nothing has changed; "" if it worked
    changed: tuple[str, ...] = ()  # keys that took effect, as "server.motd"
    restart: tuple[str, ...] = ()  # keys that only a restart changes


class Halt(NamedTuple):
    """End the whole server, or start it anew.  The answer: None, if there is time for one."""

    restart: bool
    by: str  # who wants it, for the log
