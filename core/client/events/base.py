"""What all events share; see the package's text."""

from collections.abc import Mapping
from typing import Literal

import msgspec

MessageKind = Literal["privmsg", "notice", "action"]
TypingState = Literal["active", "paused", "done"]
LeaveKind = Literal["part", "kick", "quit"]

NO_TAGS: Mapping[str, str] = {}


class Event(msgspec.Struct, frozen=True):
    """The root of all events.  They are made with keywords and matched by class."""
