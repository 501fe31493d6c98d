"""Events about the connection."""

from core.client.events.base import Event
from core.client.features import Features


class Registered(Event, frozen=True):
    """The server has welcomed us; rooms are being joined, and sending works from now on."""

    nick: str  # may differ from the one in the settings
    network: str  # the network's (or the server's) name, "" if it gave none
    features: Features
    reconnected: bool  # True from the second time on in one session


class FeaturesChanged(Event, frozen=True):
    """The server added or took back a capability while connected (CAP NEW, CAP DEL)."""

    features: Features


class NickRejected(Event, frozen=True):
    """Our nick was refused.

    With ``registering`` the connection waits: call ``Session.change_nick`` with another one.
    Otherwise a later change of nick was refused, and the nick stays as it was.
    """

    nick: str  # the one that was refused
    sentence: str  # why, for a person to read
    numeric: str  # "433" (in use), "432" (not allowed) ...
    suggestion: str  # one to offer, "" for none
    registering: bool


class RegistrationFailed(Event, frozen=True):
    """The server does not let us in; the connection will be closed.  Trying again is useless
    before the settings change, if ``permanent``."""

    sentence: str
    numeric: str  # "464" (password), "465" (banned) ..., "" for ERROR
    permanent: bool


class CloseConnection(Event, frozen=True):
    """The application has to close the socket now, then call ``Session.connection_lost``."""

    reason: str


class Disconnected(Event, frozen=True):
    """The connection has ended.  Unconfirmed messages are kept for the next one.

    With ``wanted`` (after ``Session.quit``) the application does not reconnect; else it waits
    ``Backoff.next_delay()`` seconds, and goes on with the same session.
    """

    reason: str  # the server's words where it gave some
    wanted: bool


class LagMeasured(Event, frozen=True):
    """The server answered our PING."""

    seconds: float
