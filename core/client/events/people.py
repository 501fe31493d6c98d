"""Events about people."""

from typing import Literal

from core.client.events.base import Event


class NickChanged(Event, frozen=True):
    """Someone, perhaps we, has another nick."""

    old: str
    new: str
    is_self: bool
    rooms: tuple[str, ...]  # keys of the rooms shared with them


class AwayChanged(Event, frozen=True):
    """Someone, perhaps we, went away or came back."""

    nick: str
    away: bool
    message: str  # "" where it is not known
    is_self: bool


class UserChanged(Event, frozen=True):
    """Account, host or real name of someone changed: read ``Session.users``."""

    nick: str


class WhoisReceived(Event, frozen=True):
    """The answer to WHOIS.  Fields that the server did not tell are empty."""

    nick: str
    found: bool = True
    username: str = ""
    host: str = ""
    realname: str = ""
    server: str = ""
    account: str = ""
    away: str = ""  # the away message
    rooms: tuple[str, ...] = ()  # as the server wrote them, prefixes included
    operator: bool = False
    secure: bool = False
    idle: float = -1.0  # seconds, -1.0 if not told
    signed_on: float = 0.0  # time, 0.0 if not told
    extra: tuple[str, ...] = ()  # other lines, as sentences


class ProfileChanged(Event, frozen=True):
    """What someone, perhaps we, tells of themselves (``draft/metadata-2``): all of it, as known
    now; "" for what they do not tell."""

    nick: str
    display_name: str
    status: str
    avatar: str  # an address
    color: str  # '#rrggbb'
    homepage: str
    is_self: bool


class PresenceChanged(Event, frozen=True):
    """Someone we write with privately came, went or fell silent (``MONITOR``)."""

    nick: str
    presence: Literal["online", "away", "offline"]
