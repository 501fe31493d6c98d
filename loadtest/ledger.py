"""Who must have received what: counts messages lost, doubled and out of order, exactly.

A *channel* is a room, or the conversation of two people; its *listeners* come and go.

Lost: a message has to reach everyone who was in the channel for its whole life, that is from
before it was sent until it arrived.  Who asks to leave still has to get what someone had seen
by then, since that is ordered before the leaving.

Doubled: a listener heard it before.

Out of order: all listeners must agree on one order.  There is no list of that order to compare
with (nobody need have heard all of it, where senders do not hear themselves).  But if someone
heard ``y`` right before ``m``, then whoever has to hear ``y`` must have heard it when ``m`` comes.
For neighbours that is checked at every delivery, and so it holds for all pairs.  A listener
whose own ``y`` that was is held to what came before ``y``, so the last message of another sender is
remembered as well.

Where listeners disagree the ledger cannot know who is right: one fault of one listener may be
counted for several.  Zero is zero in any case.

Sets of listeners are bits of an int, so a delivery costs a few operations however many listen.
Memory: what is on its way, and the last ``KEPT`` messages of each channel.
"""

from dataclasses import dataclass, field

# Messages of a channel that are remembered after they arrived everywhere.
KEPT = 20_000

MessageId = tuple[int, int]
"""The sender's index, and the number of the message among the sender's (from 0)."""


@dataclass(slots=True)
class Entry:
    """A message in a channel."""

    must: int  # the bits of those who have to hear it
    heard: int = 0  # the bits of those who did
    before: list[MessageId] = field(default_factory=list)  # what anyone heard right before it


@dataclass(slots=True)
class Listener:
    """Someone's stay in a channel."""

    bit: int
    hears_itself: bool  # True where the server sends one's own messages back
    leaving: bool = False
    last: MessageId | None = None  # heard last
    last_other: MessageId | None = None  # heard last of those not from the sender of ``last``
    missing: set[MessageId] = field(default_factory=set)  # should have come already


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


class Channel:
    """The messages and the listeners of one channel."""

    __slots__ = ("_counts", "_entries", "_forgotten", "_listeners", "_present", "on_their_way")

    def __init__(self, counts: Counts) -> None:
        self._counts = counts
        self._entries: dict[MessageId, Entry] = {}
        self._forgotten: dict[int, int] = {}  # sender: highest number that is not remembered
        self._listeners: dict[int, Listener] = {}  # by index
        self._present = 0  # the bits of those who have to hear what is sent now
        self.on_their_way: dict[MessageId, Entry] = {}  # not heard by all who must

    def enter(self, index: int, hears_itself: bool) -> None:
        """A listener is in; an earlier stay that did not end is over."""
        self.leave(index)
        self._listeners[index] = Listener(1 << index, hears_itself)
        self._present |= 1 << index

    def begin_to_leave(self, index: int) -> None:
        """A listener asks to leave: what nobody has seen yet may come too late for them."""
        listener = self._listeners.get(index)
        if listener is None:
            return
        listener.leaving = True
        self._present &= ~listener.bit
        for message, entry in list(self.on_their_way.items()):
            if not entry.heard:
                self._excuse(message, entry, listener.bit)

    def leave(self, index: int) -> None:
        """A listener is out.  If they did not ask to leave, nothing is demanded of the end."""
        listener = self._listeners.pop(index, None)
        if listener is None:
            return
        self._present &= ~listener.bit
        for message, entry in list(self.on_their_way.items()):
            if entry.must & ~entry.heard & listener.bit:
                self._counts.lost += listener.leaving
                self._excuse(message, entry, listener.bit)

    def _excuse(self, message: MessageId, entry: Entry, bit: int) -> None:
        entry.must &= ~bit
        if not entry.must & ~entry.heard:
            del self.on_their_way[message]

    def send(self, message: MessageId) -> None:
        """A message is about to be sent: whoever is here has to hear it."""
        must = self._present
        sender = self._listeners.get(message[0])
        if sender is not None and not sender.hears_itself:
            must &= ~sender.bit
        entry = self._entries[message] = Entry(must)
        if must:
            self.on_their_way[message] = entry
        if len(self._entries) > 2 * KEPT:
            self._forget()

    def withdraw(self, message: MessageId) -> None:
        """It was not sent after all."""
        self.on_their_way.pop(message, None)
        self._entries.pop(message, None)

    def _forget(self) -> None:
        for message in list(self._entries)[:-KEPT]:
            if message not in self.on_their_way:
                del self._entries[message]
                sender, number = message
                self._forgotten[sender] = max(number, self._forgotten.get(sender, -1))

    def hear(self, index: int, message: MessageId) -> None:
        """A listener received a message.  Who is not in the channel is not counted."""
        listener = self._listeners.get(index)
        if listener is None:
            return
        entry = self._entries.get(message)
        counts = self._counts
        if entry is None:
            counts.doubled += message[1] <= self._forgotten.get(message[0], -1)
            return
        if entry.heard & listener.bit:
            counts.doubled += 1
            return
        entry.heard |= listener.bit
        counts.deliveries += 1
        if not entry.must & ~entry.heard:
            self.on_their_way.pop(message, None)
        if message in listener.missing:
            listener.missing.remove(message)
            counts.reordered += 1
        else:
            self._check_order(listener, message, entry)

    def _check_order(self, listener: Listener, message: MessageId, entry: Entry) -> None:
        """This listener must have heard what others heard before, and they what this one did."""
        for earlier in entry.before:
            self._demand(earlier, listener.bit)
        for neighbour in (listener.last, listener.last_other):
            if neighbour is not None and neighbour not in entry.before:
                entry.before.append(neighbour)
                self._demand(neighbour, entry.heard)
        last = listener.last
        if not listener.hears_itself and last is not None and last[0] != message[0]:
            listener.last_other = last
        listener.last = message

    def _demand(self, earlier: MessageId, bits: int) -> None:
        """Note for whom of ``bits`` the message ``earlier`` is missing.

        They are all here: who leaves is excused from all that is on its way.
        """
        entry = self._entries.get(earlier)
        if entry is None:
            return
        late = bits & entry.must & ~entry.heard
        while late:
            index = late.bit_length() - 1
            late &= ~(1 << index)
            self._listeners[index].missing.add(earlier)


class Ledger:
    """Told of everything that is sent and heard, in any number of channels."""

    def __init__(self) -> None:
        self.counts = Counts()
        self._channels: dict[str, Channel] = {}

    def _channel(self, name: str) -> Channel:
        channel = self._channels.get(name)
        if channel is None:
            channel = self._channels[name] = Channel(self.counts)
        return channel

    def entered(self, name: str, index: int, *, hears_itself: bool) -> None:
        """The server has told listener ``index`` that they are in the channel."""
        self._channel(name).enter(index, hears_itself)

    def leaving(self, name: str, index: int) -> None:
        """A listener is about to ask to leave."""
        self._channel(name).begin_to_leave(index)

    def left(self, name: str, index: int) -> None:
        """A listener is out, or their connection broke."""
        self._channel(name).leave(index)

    def sent(self, name: str, message: MessageId) -> None:
        """A message is about to be sent."""
        self.counts.sent += 1
        self._channel(name).send(message)

    def not_sent(self, name: str, message: MessageId) -> None:
        """It was refused, or the sender's connection broke: nobody has to hear it."""
        self._channel(name).withdraw(message)

    def heard(self, name: str, index: int, message: MessageId) -> None:
        """A listener received a message."""
        self._channel(name).hear(index, message)

    def settled(self) -> bool:
        """True if nothing is on its way any more."""
        return not any(channel.on_their_way for channel in self._channels.values())

    def finish(self) -> Counts:
        """Nothing more will come: whatever is not there is lost."""
        for channel in self._channels.values():
            for entry in channel.on_their_way.values():
                self.counts.lost += (entry.must & ~entry.heard).bit_count()
        self._channels.clear()
        return self.counts
