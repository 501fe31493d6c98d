"""Our own messages on their way: from the moment of sending until the server confirms.

A message is ``waiting`` (not on the wire: there is no connection, or its room is not ready),
then ``sent``, and gone from here once it is confirmed or refused.  Where the connection breaks
in between it is ``uncertain``: only the history can tell whether it arrived.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import msgspec

from core.client.events import MessageKind

# Unconfirmed messages of one session, at most; more are refused at once.
MOST_PENDING = 5000


class PendingMessage(msgspec.Struct, frozen=True):
    """A message of ours as it was given to the session.

    Its text has line breaks where the server takes several lines as one message.
    """

    pending_id: str
    conversation: str  # key
    target: str  # the name it is sent to
    text: str
    kind: MessageKind
    time: float
    reply_to: str = ""


@dataclass(slots=True)
class Entry:
    """A pending message and how far it has come."""

    message: PendingMessage
    state: Literal["waiting", "sent", "uncertain"] = "waiting"
    sent_at: float = 0.0  # when it went out last
    lines: int = 0  # on the wire


class PendingMessages:
    """All of them, in the order in which they were given."""

    __slots__ = ("_entries",)

    def __init__(self) -> None:
        self._entries: dict[str, Entry] = {}

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[Entry]:
        return iter(list(self._entries.values()))

    def add(self, message: PendingMessage) -> Entry:
        """A new message, waiting."""
        entry = self._entries[message.pending_id] = Entry(message)
        return entry

    def get(self, pending_id: str) -> Entry | None:
        """The entry with that id, None if it is settled or was never there."""
        return self._entries.get(pending_id)

    def settle(self, pending_id: str) -> Entry | None:
        """Take a message out: it is confirmed, refused or given up."""
        return self._entries.pop(pending_id, None)

    def of(self, conversation: str, *states: str) -> list[Entry]:
        """The messages of a conversation that are in one of ``states``, in order."""
        return [
            entry
            for entry in self._entries.values()
            if entry.message.conversation == conversation and entry.state in states
        ]

    def first_like(self, conversation: str, kind: str, text: str, *states: str) -> Entry | None:
        """The first message with that text, as a server may have trimmed its lines."""
        text = _trimmed(text)
        for entry in self.of(conversation, *states):
            if entry.message.kind == kind and _trimmed(entry.message.text) == text:
                return entry
        return None

    def lines_sent(self) -> int:
        """Lines on the wire of messages without an answer."""
        return sum(entry.lines for entry in self._entries.values() if entry.state == "sent")

    def rename(self, old: str, new: str, name: str) -> None:
        """A conversation has another key, and its messages another target."""
        for entry in self.of(old, "waiting", "sent", "uncertain"):
            entry.message = msgspec.structs.replace(entry.message, conversation=new, target=name)

    def break_off(self) -> None:
        """The connection is gone: what was sent may or may not have arrived."""
        for entry in self._entries.values():
            if entry.state == "sent":
                entry.state = "uncertain"


def _trimmed(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.split("\n")).rstrip()
