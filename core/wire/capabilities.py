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
ACCOUNT_TAG = 1 << 9
ACCOUNT_NOTIFY = 1 << 10
EXTENDED_JOIN = 1 << 11
SASL = 1 << 12
ACCOUNT_REGISTRATION = 1 << 13
PERSISTENCE = 1 << 14
PRE_AWAY = 1 << 15
READ_MARKER = 1 << 16
METADATA_2 = 1 << 17
METADATA_3 = 1 << 18
SETNAME = 1 << 19
CHANNEL_RENAME = 1 << 20
NO_IMPLICIT_NAMES = 1 << 21
EXTENDED_MONITOR = 1 << 22
CHGHOST = 1 << 23
STANDARD_REPLIES = 1 << 24
MULTILINE = 1 << 25
MESSAGE_REDACTION = 1 << 26
EVENT_PLAYBACK = 1 << 27
SEARCH = 1 << 28
INVITE_NOTIFY = 1 << 29
USERHOST_IN_NAMES = 1 << 30
SOJU_SEARCH = 1 << 31


class Capability(NamedTuple):
    """A row of the table.  Values, which some of them have, depend on the server: see
    ``core.session.offers``."""

    name: str
    bit: int


CAPABILITIES = (
    Capability("account-notify", ACCOUNT_NOTIFY),
    Capability("account-tag", ACCOUNT_TAG),
    Capability("away-notify", AWAY_NOTIFY),
    Capability("batch", BATCH),
    Capability("cap-notify", CAP_NOTIFY),
    Capability("chghost", CHGHOST),
    Capability("draft/account-registration", ACCOUNT_REGISTRATION),
    Capability("draft/channel-rename", CHANNEL_RENAME),
    Capability("draft/chathistory", CHATHISTORY),
    Capability("draft/event-playback", EVENT_PLAYBACK),
    Capability("draft/message-redaction", MESSAGE_REDACTION),
    Capability("draft/metadata-2", METADATA_2),
    Capability("draft/metadata-3", METADATA_3),
    Capability("draft/multiline", MULTILINE),
    Capability("draft/no-implicit-names", NO_IMPLICIT_NAMES),
    Capability("draft/persistence", PERSISTENCE),
    Capability("draft/pre-away", PRE_AWAY),
    Capability("draft/read-marker", READ_MARKER),
    Capability("draft/search", SEARCH),
    Capability("echo-message", ECHO_MESSAGE),
    Capability("extended-join", EXTENDED_JOIN),
    Capability("extended-monitor", EXTENDED_MONITOR),
    Capability("invite-notify", INVITE_NOTIFY),
    Capability("labeled-response", LABELED_RESPONSE),
    Capability("message-tags", MESSAGE_TAGS),
    Capability("multi-prefix", MULTI_PREFIX),
    Capability("sasl", SASL),
    Capability("server-time", SERVER_TIME),
    Capability("setname", SETNAME),
    Capability("soju.im/search", SOJU_SEARCH),
    Capability("standard-replies", STANDARD_REPLIES),
    Capability("userhost-in-names", USERHOST_IN_NAMES),
)
BY_NAME = {capability.name: capability for capability in CAPABILITIES}

# The bits that change the bytes of a line sent to many: what groups a room's members.
RENDER_MASK = MESSAGE_TAGS | SERVER_TIME | ACCOUNT_TAG | MULTILINE


def names(bits: int) -> list[str]:
    """The names of the capabilities in ``bits``, in the table's order."""
    return [capability.name for capability in CAPABILITIES if capability.bit & bits]


def requested(current: int, words: list[str]) -> int | None:
    """What ``current`` becomes by ``CAP REQ``, or None if a name is unknown.

    cap-notify cannot be taken back by a client of version 302, and an attempt is refused too; so
    is one to have both drafts of metadata at once.
    """
    for word in words:
        capability = BY_NAME.get(word.removeprefix("-"))
        if capability is None:
            return None
        current = current & ~capability.bit if word[0] == "-" else current | capability.bit
    both = METADATA_2 | METADATA_3
    return current if current & both != both else None
