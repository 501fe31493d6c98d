"""What a session keeps of people besides the roster, and of what was read: values only."""

from dataclasses import dataclass, field
from typing import Literal

from core.client.roster import Profile

Presence = Literal["online", "away", "offline"]


@dataclass(slots=True)
class Profiles:
    """What people tell of themselves, by folded nick; see `core.client.profiles`."""

    known: dict[str, Profile] = field(default_factory=dict)
    changed: dict[str, str] = field(default_factory=dict)  # not told yet: the nicks as written
    asked: set[str] = field(default_factory=set)  # whose answer is to be told in any case


@dataclass(slots=True)
class Watch:
    """Whom this connection watches by MONITOR; see `core.client.presence`."""

    nicks: dict[str, str] = field(default_factory=dict)  # folded: as sent
    states: dict[str, Presence] = field(default_factory=dict)  # as told last, by folded nick
    asked: int = 0  # USERHOSTs of ours without an answer


@dataclass(slots=True)
class Marker:
    """Up to when one conversation was read; see `core.client.read_markers`."""

    told: float = -1.0  # by the server, last; 0.0: nothing was read, -1.0: it told nothing yet
    wanted: float = 0.0  # by us
    sent: float = 0.0  # on this connection
