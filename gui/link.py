"""The seam between the presenter and the network: what can be asked, and what it tells.

Nothing here does I/O.  The presenter gets the session's own events (`core.client.events`) and,
between them, the signals below; it asks through a `Link`.
"""

from collections.abc import Callable
from typing import NamedTuple, Protocol

from core.client.isupport import ServerSupport
from core.client.pending import PendingMessage
from core.client.session import Session
from core.wire.casemapping import fold
from gui.model.hosts import server_name


class Target(NamedTuple):
    """Where and as whom to connect.

    `password` is the server's own, "" for none.  With an `account_password` the connection is
    for that `account` ("": the nick's) or not at all: who cannot log in is not let in.
    """

    host: str
    port: int
    tls: bool
    nick: str
    password: str = ""
    account: str = ""
    account_password: str = ""
    mechanism: str = ""  # of SASL, as `ClientSettings.sasl_mechanism`; "": the best there is

    def __repr__(self) -> str:
        """Without the passwords."""
        return f"Target({self.server}, tls={self.tls}, nick={self.nick}, account={self.account})"

    @property
    def owner(self) -> str:
        """Whose drafts and choices belong to this: the server, or an account there."""
        return f"{fold(self.account)}@{self.server}" if self.account else self.server

    @property
    def server(self) -> str:
        """'host:port'."""
        return server_name(self.host, self.port)


class Connecting(NamedTuple):
    """An attempt begins."""

    target: Target


class ConnectionFailed(NamedTuple):
    """An attempt has failed before the server's welcome.

    `field` is the one to change ('host', 'port', 'tls', 'password', 'account_password', '' for
    none of them).  A server that said itself why it does not let us in has been quoted already
    (`RegistrationFailed`, with `LoginFailed` before it); then this does not come.
    """

    field: str
    sentence: str


class Waiting(NamedTuple):
    """The connection is gone; the next attempt comes in `seconds`."""

    reason: str
    seconds: float


class CertificateChanged(NamedTuple):
    """The server is not the one that was trusted; nothing was sent to it."""

    server: str
    known: str
    offered: str


class CertificateUnknown(NamedTuple):
    """No authority vouches for the server, and it was never seen; nothing was sent to it.

    Answer by `Link.trust(server, offered)`, then `retry`; or close.  `subject` and `issuer` are
    what the certificate says of itself, unproven, and "" where it cannot be read; the times are
    seconds since the epoch, 0.0 where they are not known.
    """

    server: str
    offered: str  # its SHA-256 fingerprint, in groups of four hexadecimal digits
    subject: str
    issuer: str
    valid_from: float
    valid_until: float


class Queued(NamedTuple):
    """A message of ours is on its way, in these pieces."""

    conversation: str
    pieces: tuple[PendingMessage, ...]


class ListedMember(NamedTuple):
    """A line of a room's member list."""

    nick: str
    prefixes: str
    away: bool


class Listed(NamedTuple):
    """The members of a room are complete."""

    room: str
    members: tuple[ListedMember, ...]


class Supported(NamedTuple):
    """What the server has told of itself; a copy, so that no other thread changes it."""

    support: ServerSupport


class Pinned(NamedTuple):
    """A certificate is trusted from now on; the settings should remember it."""

    server: str
    pin: str


class Link(Protocol):
    """What the presenter may ask of the network; every method returns at once."""

    def open(self, target: Target) -> None:
        """Give up any connection, and begin a session there.  Whoever comes back to the server
        before, as the same person, goes on with that session."""

    def close(self) -> None:
        """Give up the connection; nothing more comes of it."""

    def retry(self) -> None:
        """Do not wait for the next attempt any longer; try the server that was opened last
        again if that was given up; where there is a connection, see whether it still works."""

    def trust(self, server: str, offered: str) -> None:
        """Accept an unknown or changed certificate from now on; `retry` then goes on."""

    def log_in(self, account: str, password: str) -> None:
        """See `Session.log_in`, which gets a nonce of its own."""

    def ask(self, action: Callable[[Session, float], object]) -> None:
        """Have `action` called with the session and the time; what it returns is dropped."""

    def say(self, conversation: str, name: str, text: str, kind: str, reply_to: str = "") -> None:
        """Send a message ('privmsg', 'notice' or 'action'); `Queued` follows.

        `reply_to` is the msgid of the message that it answers, '' for none.
        """

    def key(self, name: str) -> str:
        """The key of a room or nick."""

    def is_room(self, name: str) -> bool:
        """True if `name` would be a room."""
