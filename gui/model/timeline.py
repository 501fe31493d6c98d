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
    """Messages by position; `complete` once the beginning of the history is reached."""

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self.complete = False

    def __len__(self) -> int:
        return len(self.messages)

    @property
    def last(self) -> Message | None:
        """The newest message, None if there is none."""
        return self.messages[-1] if self.messages else None

    def add(self, message: Message) -> Inserted:
        """Put a live message at the end, in front of those that wait to be confirmed."""
        index = len(self.messages)
        if message.delivery is not Delivery.PENDING:
            index = self._settled()
        self.messages.insert(index, message)
        return Inserted(index, 1)

    def add_missed(self, messages: Iterable[Message]) -> Inserted:
        """Put messages that were missed behind all that are settled."""
        index = self._settled()
        missed = list(messages)
        self.messages[index:index] = missed
        return Inserted(index, len(missed))

    def add_older(self, messages: Iterable[Message]) -> Inserted:
        """Put a page of history in front of everything."""
        older = list(messages)
        self.messages[:0] = older
        return Inserted(0, len(older))

    def confirm(self, label: str, msgid: str, time: float, text: str) -> list[Change] | None:
        """Settle a message of ours; None if no message has this label."""
        index = self._find(label)
        if index is None:
            return None
        message = self.messages[index]
        message.msgid, message.time, message.text = msgid, time, text
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
        for index in range(len(self.messages) - 1, -1, -1):
            if self.messages[index].uid == uid:
                return self.messages.pop(index), Removed(index)
        return None

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
