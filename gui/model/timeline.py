"""The messages of one conversation, in the one order that everybody sees.

Messages that wait for the server's confirmation are kept at the very end, whatever arrives
meanwhile: they have no place in the order yet.  Confirmed, a message moves in front of those
still waiting; so the window ends up with the server's order without sorting by clocks.

Every method answers with what changed, as indices, for a view that keeps row heights.

A message is found by its msgid, label or uid in a dictionary, never by a walk.
"""

from collections.abc import Iterable
from typing import NamedTuple

from gui.model.marks import Mark, Waiting, apply_mark
from gui.model.message import Delivery, Message
from gui.model.order import Order


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
        self._order = Order(self.messages)
        self._by_id: dict[str, Message] = {}
        self._by_label: dict[str, Message] = {}  # of those that are not confirmed
        self._waiting = Waiting()

    def __len__(self) -> int:
        return len(self.messages)

    @property
    def last(self) -> Message | None:
        """The newest message, None if there is none."""
        return self.messages[-1] if self.messages else None

    # --- finding ------------------------------------------------------------------------

    def find(self, msgid: str) -> Message | None:
        """The message that the server calls `msgid`, None if it is not here."""
        return self._by_id.get(msgid)

    def place_of(self, uid: int) -> int | None:
        """Where the message `uid` stands, None if it is not here."""
        return self._order.index(uid)

    def index(self, message: Message) -> int:
        """Where a message of this timeline stands; raises KeyError if it is not here."""
        index = self._order.index(message.uid)
        if index is None:
            raise KeyError(message.uid)
        return index

    def get(self, uid: int) -> Message | None:
        """The message `uid`, None if it is not here."""
        index = self._order.index(uid)
        return None if index is None else self.messages[index]

    def unsent(self) -> list[Message]:
        """Messages of ours that wait to be confirmed, or have failed."""
        return list(self._by_label.values())

    def settled_id(self) -> str:
        """The msgid of the newest message that has one, "" for none."""
        return next((one.msgid for one in reversed(self.messages) if one.msgid), "")

    # --- adding -------------------------------------------------------------------------

    def insert(self, at: int, messages: Iterable[Message]) -> Inserted:
        """Put messages at place `at`; those whose msgid is here already are left out."""
        fresh = []
        for message in messages:
            if message.msgid:
                if message.msgid in self._by_id:
                    continue
                self._know(message)
            fresh.append(message)
            if message.label and message.delivery is not Delivery.SENT:
                self._by_label[message.label] = message
        self._order.insert(at, fresh)
        return Inserted(at, len(fresh))

    def add(self, message: Message) -> Inserted:
        """Put a live message at the end, in front of those that wait to be confirmed."""
        waits = message.delivery is Delivery.PENDING
        return self.insert(len(self.messages) if waits else self._settled(), [message])

    def add_missed(self, messages: Iterable[Message]) -> Inserted:
        """Put messages that were missed behind all that are settled."""
        return self.insert(self._settled(), messages)

    def add_older(self, messages: Iterable[Message]) -> Inserted:
        """Put a page of history in front of everything."""
        return self.insert(0, messages)

    # --- changing -----------------------------------------------------------------------

    def confirm(self, label: str, msgid: str, time: float, text: str) -> list[Change] | None:
        """Settle a message of ours; None if no message that waits has this label."""
        message = self._by_label.pop(label, None)
        index = self.place_of(message.uid) if message else None
        if message is None or index is None:
            return None
        if msgid in self._by_id:  # it is here already, as somebody else's
            self._order.remove(index)
            return [Removed(index)]
        message.msgid, message.time, message.text = msgid, time, text
        message.delivery, message.problem = Delivery.SENT, ""
        if msgid:
            self._know(message)
        self._order.remove(index)
        place = self._settled()
        self._order.insert(place, [message])
        if place == index:
            return [Changed(index)]
        return [Removed(index), Inserted(place, 1)]

    def fail(self, label: str, problem: str) -> list[Change] | None:
        """Mark a message of ours as not sent; None if no message that waits has this label."""
        message = self._by_label.get(label)
        index = self.place_of(message.uid) if message else None
        if message is None or index is None:
            return None
        message.delivery, message.problem = Delivery.FAILED, problem
        return [Changed(index)]

    def take(self, uid: int) -> tuple[Message, Removed] | None:
        """Remove the message `uid` (to send it again); None if it is not here."""
        index = self.place_of(uid)
        if index is None:
            return None
        message = self._order.remove(index)
        self._by_label.pop(message.label, None)
        if self._by_id.get(message.msgid) is message:
            del self._by_id[message.msgid]
        return message, Removed(index)

    def settle_by_time(self, message: Message) -> list[Change]:
        """Put a message that has failed behind all that were said before it."""
        at, index = self._settled(), self.place_of(message.uid)
        while at and self.messages[at - 1].time > message.time:
            at -= 1
        if index is None or at <= index + 1:
            return []
        self._order.insert(at - 1, [self._order.remove(index)])
        return [Removed(index), Inserted(at - 1, 1)]

    def mark(self, mark: Mark, *, older: bool = False) -> list[Change]:
        """A reaction, or a message taken back.  If the message is not here the mark waits for
        it, in front of those that wait already if it is `older` than what is known."""
        message = self._by_id.get(mark.msgid)
        if message is None:
            if mark.msgid:
                self._waiting.add(mark, older=older)
            return []
        return self.changed(message) if apply_mark(message, mark) else []

    def changed(self, message: Message) -> list[Change]:
        """The change that says so, if the message is here."""
        index = self.place_of(message.uid)
        return [] if index is None else [Changed(index)]

    # --- inside -------------------------------------------------------------------------

    def _know(self, message: Message) -> None:
        self._by_id[message.msgid] = message
        for mark in self._waiting.take(message.msgid):
            apply_mark(message, mark)

    def _settled(self) -> int:
        """Where the messages that wait to be confirmed begin."""
        index = len(self.messages)
        while index and self.messages[index - 1].delivery is Delivery.PENDING:
            index -= 1
        return index
