"""Where a message stands in a long list, without a walk: numbers that grow along the list.

Messages are appended, put in front, or put in front of a few that wait at the end; so gaps of a
million are left before the latter.  Where a gap is used up, the shorter side gets new numbers.
"""

from bisect import bisect_left
from typing import Final

from gui.model.message import Delivery, Message

_APART: Final = 1 << 20


class Order:
    """Numbers for `messages`, which its owner changes at the same time."""

    def __init__(self, messages: list[Message]) -> None:
        self._messages = messages
        self._numbers: dict[int, int] = {}  # by uid

    def index(self, uid: int) -> int | None:
        """Where the message `uid` stands, None if it is not here."""
        number = self._numbers.get(uid)
        if number is None:
            return None
        return bisect_left(self._messages, number, key=lambda one: self._numbers[one.uid])

    def insert(self, index: int, added: list[Message]) -> None:
        """Put `added` before the message at `index`."""
        messages, numbers = self._messages, self._numbers
        behind = numbers[messages[index].uid] if index < len(messages) else None
        if index:
            number = numbers[messages[index - 1].uid]
        else:
            number = 0 if behind is None else behind - len(added) - 1
        for message in added:
            number += _APART if message.delivery is Delivery.PENDING else 1
            numbers[message.uid] = number
        messages[index:index] = added
        if behind is not None and number >= behind:
            self._make_room(index, index + len(added), number + 1 - behind)

    def remove(self, index: int) -> Message:
        """Take the message at `index` out."""
        message = self._messages.pop(index)
        del self._numbers[message.uid]
        return message

    def _make_room(self, start: int, end: int, lacking: int) -> None:
        """The messages from `start` to `end` overlap with the ones behind them."""
        messages, numbers = self._messages, self._numbers
        if end < len(messages) - end:
            for message in messages[:end]:
                numbers[message.uid] -= lacking
        else:
            for message in messages[end:]:
                numbers[message.uid] += lacking + _APART
