"""Who must have received what: counts messages lost, doubled and out of order, exactly.

All that is heard in a channel (a room, or two people's conversation) is compared with one
*reference order*: the order in which the messages were seen first, by anyone.  Where the server
keeps its word, what a listener hears between coming and leaving is an unbroken stretch of it.
So each listener only needs a position in it:

- what is skipped is missing, and lost if it does not come late;
- what comes although it is behind the position is out of order if it was missing, else doubled;
- before a listener's first message, all that was *sent* after they came must not be skipped;
- at the end of a stay, all that anyone had seen when the listener began to leave must be there.

Where listeners disagree, whoever saw it first is taken to be right; so one fault of that listener
can be counted as a fault of others.  Zero is zero in any case.

Memory: one entry per message until all listeners are past it, and at most ``KEPT`` after that.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

# Messages remembered in a channel although all listeners are past them.
KEPT = 20_000

MessageId = tuple[int, int]
"""The sender's index and the number of the message among the sender's."""


@dataclass(slots=True)
class Listener:
    """Someone's stay in a channel."""

    index: int
    entered: float  # monotonic seconds
    floor: int  # the end of the reference order on entering
    hears_itself: bool  # True where the server sends one's own messages back
    cursor: int = -1  # the position heard last, -1 for none
    must_hear: int = -1  # the end of the order when the listener began to leave, -1: stays
    missing: set[MessageId] = field(default_factory=set)


class Channel:
    """The reference order of one channel and everyone's position in it."""

    __slots__ = ("_base", "_forgotten", "_order", "_position", "_sent", "listeners", "unseen")

    def __init__(self) -> None:
        self._order: list[MessageId] = []
        self._sent: list[float] = []  # when each of them was sent
        self._base = 0  # the position of the first that is remembered
        self._position: dict[MessageId, int] = {}
        self._forgotten: dict[int, int] = {}  # sender: highest number that is not remembered
        self.listeners: dict[int, Listener] = {}
        self.unseen: dict[MessageId, float] = {}  # sent, and seen by nobody yet

    @property
    def end(self) -> int:
        """The position that the next new message gets."""
        return self._base + len(self._order)

    def find(self, message: MessageId, sent: float) -> int:
        """The position of a message, a new one at the end; -1 if it is not remembered."""
        position = self._position.get(message)
        if position is not None:
            return position
        if message[1] <= self._forgotten.get(message[0], -1):
            return -1
        position = self._position[message] = self.end
        self._order.append(message)
        self._sent.append(sent)
        self.unseen.pop(message, None)
        return position

    def demanded(self, listener: Listener, end: int) -> Iterator[MessageId]:
        """What ``listener`` has to hear between the own position and ``end``."""
        started = listener.cursor >= 0
        first = listener.cursor + 1 if started else listener.floor
        for position in range(max(first, self._base), end):
            message = self._order[position - self._base]
            if message[0] == listener.index and not listener.hears_itself:
                continue
            if started or self._sent[position - self._base] >= listener.entered:
                yield message

    def waiting_for(self, message: MessageId, sent: float) -> int:
        """How many listeners have to hear a message that nobody has seen."""
        return sum(
            listener.entered <= sent
            and listener.must_hear < 0
            and (listener.hears_itself or listener.index != message[0])
            for listener in self.listeners.values()
        )

    def forget(self) -> None:
        """Drop what all listeners are past, once that is much."""
        if len(self._order) < 2 * KEPT:
            return
        lowest = min(
            (max(each.cursor, each.floor) for each in self.listeners.values()), default=self.end
        )
        count = min(lowest, self.end - KEPT) - self._base
        for message in self._order[: max(count, 0)]:
            del self._position[message]
            self._forgotten[message[0]] = max(message[1], self._forgotten.get(message[0], -1))
        if count > 0:
            del self._order[:count], self._sent[:count]
            self._base += count


@dataclass(slots=True)
class Counts:
    """The verdict in numbers."""

    sent: int = 0
    deliveries: int = 0  # messages heard, each listener's for themselves
    lost: int = 0
    doubled: int = 0
    reordered: int = 0

    @property
    def clean(self) -> bool:
        """True if nothing is wrong."""
        return not (self.lost or self.doubled or self.reordered)


class Ledger:
    """Told of everything that is sent and heard.  ``now`` and ``sent`` are monotonic seconds."""

    def __init__(self) -> None:
        self.counts = Counts()
        self._channels: dict[str, Channel] = {}

    def _channel(self, name: str) -> Channel:
        channel = self._channels.get(name)
        if channel is None:
            channel = self._channels[name] = Channel()
        return channel

    def entered(self, name: str, index: int, now: float, *, hears_itself: bool) -> None:
        """A listener is in a channel; an earlier stay without an end is over."""
        channel = self._channel(name)
        if index in channel.listeners:
            self.left(name, index)
        channel.listeners[index] = Listener(index, now, channel.end, hears_itself)

    def leaving(self, name: str, index: int) -> None:
        """A listener asks to leave: what comes from now on may be missed."""
        channel = self._channel(name)
        listener = channel.listeners.get(index)
        if listener is not None:
            listener.must_hear = channel.end

    def left(self, name: str, index: int) -> None:
        """A listener is out.  Without ``leaving`` before, nothing is demanded of the end."""
        channel = self._channel(name)
        listener = channel.listeners.pop(index, None)
        if listener is not None:
            self._close(channel, listener, listener.must_hear)

    def _close(self, channel: Channel, listener: Listener, end: int) -> None:
        self.counts.lost += len(listener.missing) + sum(1 for _ in channel.demanded(listener, end))

    def sent(self, name: str, message: MessageId, now: float) -> None:
        """A message is about to be sent."""
        self.counts.sent += 1
        self._channel(name).unseen[message] = now

    def not_sent(self, name: str, message: MessageId) -> None:
        """It was refused, or the sender's connection broke: nobody has to hear it."""
        self._channel(name).unseen.pop(message, None)

    def heard(self, name: str, index: int, message: MessageId, sent: float) -> None:
        """A listener received a message.  Who is not in the channel is not counted."""
        channel = self._channel(name)
        listener = channel.listeners.get(index)
        if listener is None:
            return
        counts = self.counts
        position = channel.find(message, sent)
        if position <= listener.cursor or position < 0:
            if message in listener.missing:
                listener.missing.remove(message)
                counts.reordered += 1
                counts.deliveries += 1
            else:
                counts.doubled += 1
            return
        if position != listener.cursor + 1:
            listener.missing.update(channel.demanded(listener, position))
        listener.cursor = position
        counts.deliveries += 1
        if not position & 0xFFF:
            channel.forget()

    def settled(self) -> bool:
        """True if nothing is on its way any more."""
        return all(map(self._settled, self._channels.values()))

    def _settled(self, channel: Channel) -> bool:
        if any(channel.waiting_for(message, sent) for message, sent in channel.unseen.items()):
            return False
        for listener in channel.listeners.values():
            end = channel.end if listener.must_hear < 0 else listener.must_hear
            if listener.missing or next(channel.demanded(listener, end), None) is not None:
                return False
        return True

    def finish(self) -> Counts:
        """Nothing more will come: whatever is not there is lost."""
        for channel in self._channels.values():
            for message, sent in channel.unseen.items():
                self.counts.lost += channel.waiting_for(message, sent)
            for listener in channel.listeners.values():
                end = channel.end if listener.must_hear < 0 else listener.must_hear
                self._close(channel, listener, end)
        self._channels.clear()
        return self.counts
