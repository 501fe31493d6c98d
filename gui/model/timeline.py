"""The messages of one conversation, in the one order that everybody sees.

Messages that wait for the server's confirmation are kept at the very end, whatever arrives
meanwhile: they have no place in the order yet.  Confirmed, a message moves in front of those
still waiting; so the window ends up with the server's order without sorting by clocks.

Every method answers with what changed, as indices, for a view that keeps row heights.
"""

from collections.abc import Iterable
from typing import NamedTuple

from gui.model.message import Delivery, Message


class Inserted(NamedTuple):
    """`many` messages now stand at place `at` and after it."""

    at: int
    many: int


class Removed(NamedTuple):
    """The message that stood at place `at` is gone."""

    at: int


class Changed(NamedTuple):
    """The message at place `at` looks different."""

    at: int


Change = Inserted | Removed | Changed


def merged(changes: Iterable[Change]) -> list[Change]:
    """Insertions one behind the other as one: a flood has thousands of them."""
    found: list[Change] = []
    for change in changes:
        last = found[-1] if found else None
        if (
            isinstance(change, Inserted)
            and isinstance(last, Inserted)
            and change.at == last.at + last.many
        ):
            found[-1] = Inserted(last.at, last.many + change.many)
        else:
            found.append(change)
    return found


class Timeline:
    """Messages by position; `complete` once the beginning of the history is reached; `ahead` is
    True for a stretch of the past: there is more behind its last message, not loaded."""

    def __init__(self, *, ahead: bool = False) -> None:
        self.messages: list[Message] = []
        self.complete = False
        self.ahead = ahead
        self._by_id: dict[str, Message] = {}

    def __len__(self) -> int:
        return len(self.messages)

    @property
    def last(self) -> Message | None:
        """The newest message, None if there is none."""
        return self.messages[-1] if self.messages else None

    def with_id(self, msgid: str) -> Message | None:
        """The message that the server calls `msgid`, None if it is not here."""
        return self._by_id.get(msgid)

    def place_of(self, uid: int) -> int | None:
        """Where the message `uid` stands, None if it is not here; a walk from the end."""
        for index in range(len(self.messages) - 1, -1, -1):
            if self.messages[index].uid == uid:
                return index
        return None

    def insert(self, at: int, messages: Iterable[Message]) -> Inserted:
        """Put messages at place `at`; those whose msgid is here already are left out."""
        fresh = []
        for message in messages:
            if message.msgid:
                if message.msgid in self._by_id:
                    continue
                self._by_id[message.msgid] = message
            fresh.append(message)
        self.messages[at:at] = fresh
        return Inserted(at, len(fresh))

    def add(self, message: Message) -> Inserted:
        """Put a live message at the end, in front of those that wait to be confirmed."""
        index = len(self.messages)
        if message.delivery is not Delivery.PENDING:
            index = self._settled()
        if message.msgid:
            self._by_id[message.msgid] = message
        self.messages.insert(index, message)
        return Inserted(index, 1)

    def add_missed(self, messages: Iterable[Message]) -> Inserted:
        """Put messages that were missed behind all that are settled."""
        return self.insert(self._settled(), messages)

    def add_older(self, messages: Iterable[Message]) -> Inserted:
        """Put a page of history in front of everything."""
        return self.insert(0, messages)

    def confirm(self, label: str, msgid: str, time: float, text: str) -> list[Change] | None:
        """Settle a message of ours; None if no message has this label."""
        index = self._find(label)
        if index is None:
            return None
        message = self.messages[index]
        message.msgid, message.time, message.text = msgid, time, text
        if msgid:
            self._by_id[msgid] = message
        message.delivery, message.problem = Delivery.SENT, ""
        del self.messages[index]
        place = self._settled()
        self.messages.insert(place, message)
        if place == index:
            return [Changed(index)]
        return [Removed(index), Inserted(place, 1)]

    def fail(self, label: str, problem: str) -> list[Change] | None:
        """Mark a message of ours as not sent; None if no message has this label."""
        index = self._find(label)
        if index is None:
            return None
        self.messages[index].delivery = Delivery.FAILED
        self.messages[index].problem = problem
        return [Changed(index)]

    def take(self, uid: int) -> tuple[Message, Removed] | None:
        """Remove the message `uid` (to send it again); None if it is not here."""
        index = self.place_of(uid)
        return None if index is None else (self.messages.pop(index), Removed(index))

    def _settled(self) -> int:
        """Where the messages that wait to be confirmed begin."""
        index = len(self.messages)
        while index and self.messages[index - 1].delivery is Delivery.PENDING:
            index -= 1
        return index

    def _find(self, label: str) -> int | None:
        for index in range(len(self.messages) - 1, -1, -1):
            if label and self.messages[index].label == label:
                return index
        return None
