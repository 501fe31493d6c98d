"""One message as the window knows it."""

from enum import Enum
from itertools import count
from typing import Final, NamedTuple

import msgspec

_uids = count(1)

#: Messages of one sender closer together than this many seconds share a group.
GROUP_SECONDS: Final = 300

DELETED: Final = "Message deleted"
FOLDED: Final = "Message of somebody you ignore"

#: What stands before a message that only some of a room's members were told.
_ONLY_SOME: Final = "Only to some of you"
_ONLY: Final = {"@": "Only to operators", "+": "Only to those with voice", "%": "Only to helpers"}


class Kind(Enum):
    """What a message is; NOTE is the window's own voice (joins, topics, answers)."""

    TEXT = "text"
    ACTION = "action"
    NOTICE = "notice"
    NOTE = "note"


class Delivery(Enum):
    """How far a message has come; only one's own can be other than SENT."""

    PENDING = "pending"
    SENT = "sent"
    FAILED = "failed"


class Reaction(NamedTuple):
    """Who reacted to a message with the same text, mostly an emoji; `own`: we did, too."""

    text: str
    nicks: tuple[str, ...] = ()  # the others
    own: bool = False

    @property
    def people(self) -> int:
        """How many people."""
        return len(self.nicks) + self.own


class Message(msgspec.Struct, gc=False):
    """A message of a conversation.

    `uid` is unique in this process and never changes; `msgid` is the server's, "" where there
    is none; `label` is the id under which the session sent it, "" for others' messages;
    `time` is in seconds since the epoch; `account` is the sender's, "" for none or unknown;
    `mention`: it calls us; `reply_to` is the msgid of the message that it answers, "" for none;
    `ranks`: only members with that prefix or a higher one were told ("": all);
    `folded` is its text while FOLDED stands in its place ("": it does not);
    `redacted` is who took it back ("": nobody; else there is no text any more), `reason` is
    what they said about it.
    """

    sender: str
    text: str
    time: float
    kind: Kind = Kind.TEXT
    own: bool = False
    msgid: str = ""
    label: str = ""
    delivery: Delivery = Delivery.SENT
    problem: str = ""
    account: str = ""
    mention: bool = False
    reply_to: str = ""
    reactions: tuple[Reaction, ...] = ()
    folded: str = ""
    redacted: str = ""
    reason: str = ""
    ranks: str = ""
    uid: int = msgspec.field(default_factory=lambda: next(_uids))

    def shown(self) -> str:
        """The text as it stands in the bubble."""
        if self.redacted:
            return DELETED if self.redacted == self.sender else f"Deleted by {self.redacted}"
        if self.folded:
            return self.text
        text = f"{self.sender} {self.text}" if self.kind is Kind.ACTION else self.text
        return f"{_ONLY.get(self.ranks[0], _ONLY_SOME)}: {text}" if self.ranks else text

    def fold(self) -> bool:
        """Put the text out of sight; False if there is none to be seen."""
        if self.folded or not self.text:
            return False
        self.folded, self.text = self.text, FOLDED
        return True

    def unfold(self) -> bool:
        """Show the text again; False if it was not folded."""
        if not self.folded:
            return False
        self.folded, self.text = "", self.folded
        return True

    def joins(self, previous: "Message | None") -> bool:
        """True if this message belongs to the same group of bubbles as `previous`."""
        return (
            previous is not None
            and self.kind is not Kind.NOTE
            and previous.kind is not Kind.NOTE
            and self.sender == previous.sender
            and self.own == previous.own
            and 0 <= self.time - previous.time < GROUP_SECONDS
        )
