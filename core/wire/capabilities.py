"""The capabilities that CAP negotiates, one bit each.

A connection's set is an int, so that a test is an ``&`` and a class of receivers (all whose
lines are the same bytes) is a dict key.
Source: https://ircv3.net/specs/extensions/capability-negotiation
"""

from typing import NamedTuple

MESSAGE_TAGS = 1 << 0
SERVER_TIME = 1 << 1
ECHO_MESSAGE = 1 << 2
LABELED_RESPONSE = 1 << 3
BATCH = 1 << 4
MULTI_PREFIX = 1 << 5
AWAY_NOTIFY = 1 << 6
CHATHISTORY = 1 << 7
CAP_NOTIFY = 1 << 8


class Capability(NamedTuple):
    """A row of the table; ``value`` is shown to clients that speak version 302."""

    name: str
    bit: int
    value: str = ""


CAPABILITIES = (
    Capability("away-notify", AWAY_NOTIFY),
    Capability("batch", BATCH),
    Capability("cap-notify", CAP_NOTIFY),
    Capability("draft/chathistory", CHATHISTORY),
    Capability("echo-message", ECHO_MESSAGE),
    Capability("labeled-response", LABELED_RESPONSE),
    Capability("message-tags", MESSAGE_TAGS),
    Capability("multi-prefix", MULTI_PREFIX),
    Capability("server-time", SERVER_TIME),
)
BY_NAME = {capability.name: capability for capability in CAPABILITIES}

# The bits that change the bytes of a line sent to many: what groups a room's members.
RENDER_MASK = MESSAGE_TAGS | SERVER_TIME


def names(bits: int) -> list[str]:
    """The names of the capabilities in ``bits``, in the table's order."""
    return [capability.name for capability in CAPABILITIES if capability.bit & bits]


def requested(current: int, words: list[str]) -> int | None:
    """What ``current`` becomes by ``CAP REQ``, or None if a name is unknown.

    cap-notify cannot be taken back by a client of version 302, and an attempt is refused too.
    """
    for word in words:
        capability = BY_NAME.get(word.removeprefix("-"))
        if capability is None:
            return None
        current = current & ~capability.bit if word[0] == "-" else current | capability.bit
    return current
