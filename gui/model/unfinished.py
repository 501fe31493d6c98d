"""What outlives the window: drafts, and messages that were not sent.  Plain values."""

import msgspec

from gui.model.message import Delivery, Kind, Message

#: The labels of messages that come from an earlier run; no session knows them.
LABEL = "kept-"
_PROBLEM = "The window was closed before this was sent"
_UNSURE = "The window was closed before it was known whether this was sent"


class Unsent(msgspec.Struct):
    """A message of ours that did not get through; `unsure` if it may have; `reply_to` is the msgid
    of what it answers, `after` that of the newest message that was there when it was written
    down ("" for none)."""

    text: str
    time: float
    kind: str = "text"
    unsure: bool = False
    reply_to: str = ""
    after: str = ""


class Unfinished(msgspec.Struct):
    """What is unfinished in one conversation."""

    name: str
    private: bool
    draft: str = ""
    unsent: list[Unsent] = []


def as_unsent(message: Message, after: str = "") -> Unsent:
    """A message that waits, or has failed, as it is kept."""
    unsure = message.delivery is Delivery.PENDING or message.problem == _UNSURE
    kind = message.kind.value
    return Unsent(message.text, message.time, kind, unsure, message.reply_to, after)


def as_message(unsent: Unsent, nick: str) -> Message:
    """A kept message as it comes back: failed, until somebody sends it again."""
    known = {kind.value for kind in Kind} - {Kind.NOTE.value}
    message = Message(
        sender=nick,
        text=unsent.text,
        time=unsent.time,
        kind=Kind(unsent.kind) if unsent.kind in known else Kind.TEXT,
        own=True,
        delivery=Delivery.FAILED,
        problem=_UNSURE if unsent.unsure else _PROBLEM,
        reply_to=unsent.reply_to,
    )
    message.label = f"{LABEL}{message.uid}"
    return message
