"""What is known of each conversation: enough to show every message once and lose none."""

from collections import deque
from dataclasses import dataclass, field
from typing import NamedTuple

# Message ids remembered in each conversation, and separately those of older history.
REMEMBERED = 2000


class Point(NamedTuple):
    """A place in the history."""

    msgid: str  # "": whatever happened at that time
    time: float  # 0.0: unknown


NOWHERE = Point("", 0.0)


class SeenIds:
    """The last ids of a conversation, at most ``limit``; the oldest is forgotten first."""

    __slots__ = ("_order", "_present")

    def __init__(self, limit: int = REMEMBERED) -> None:
        self._order: deque[str] = deque(maxlen=limit)
        self._present: set[str] = set()

    def __contains__(self, msgid: str) -> bool:
        return msgid in self._present

    def add(self, msgid: str) -> None:
        """Remember ``msgid``, which must be new."""
        order = self._order
        if len(order) == order.maxlen:
            self._present.discard(order[0])
        order.append(msgid)
        self._present.add(msgid)


@dataclass(slots=True)
class Conversation:
    """A room, or a person written with."""

    key: str
    name: str  # to show, and to send to
    is_room: bool
    newest_id: str = ""  # msgid of the last message known; "" for none
    newest_time: float = 0.0
    # The first line known, which may be no message: its msgid, "" for none, and its time
    oldest_id: str = ""
    oldest_time: float = 0.0  # 0.0: nothing is known
    at_beginning: bool = False  # the history has nothing older
    seen: SeenIds = field(default_factory=SeenIds, repr=False)
    seen_older: SeenIds = field(default_factory=SeenIds, repr=False)

    def knows(self, msgid: str) -> bool:
        """True if the message was given to the application already."""
        return msgid in self.seen or msgid in self.seen_older

    def note_newer(self, msgid: str, time: float) -> bool:
        """A message at the end; False if it is known already.  Without an id nobody knows."""
        if msgid:
            if self.knows(msgid):
                return False
            self.seen.add(msgid)
            self.newest_id = msgid
            self.newest_time = time
            if not self.oldest_id and not self.oldest_time:
                self.oldest_id, self.oldest_time = msgid, time
        return True

    def note_edges(self, first: Point | None, last: Point | None) -> None:
        """The newest page reaches from here to there: that counts where no message does."""
        if first is not None and not self.oldest_time:
            self.oldest_id, self.oldest_time = first
        if last is not None and not self.newest_id:
            self.newest_time = last.time

    def note_older(self, msgid: str) -> bool:
        """A message before all others; False if it is known already."""
        if msgid:
            if self.knows(msgid):
                return False
            self.seen_older.add(msgid)
        return True
