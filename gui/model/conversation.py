"""One conversation: its messages, what of them is unread, who is in it, what is being typed."""

from collections.abc import Iterator
from enum import Enum

from gui.model.members import Roster
from gui.model.message import Delivery, Kind, Message
from gui.model.names import mentions
from gui.model.text import clean
from gui.model.timeline import Change, Inserted, Timeline
from gui.model.visit import Visit


class Place(Enum):
    """What a conversation is with."""

    ROOM = "room"
    PRIVATE = "private"
    SERVER = "server"


class Conversation:
    """`key` is the folded name; `name` is what is shown.

    `activity` is the time of the last message or of joining (0.0: never); `divider` is the uid
    of the first message that was unread when last looked at (0: none); `draft` is what is typed
    but not sent; `joined` is False for rooms that we have left or could not enter;
    `asking` is True while a page of history is on its way; `replying` is the uid of the message
    that the draft answers (0: none); `visit` is the stretch of the past that is looked at, None
    at the newest messages; `read_until` is the time up to which everything was read, here or on
    another device (0.0: the server does not tell); `stretched`: a part of the past was joined to
    it, so the session does not know its oldest message; `modes` are a room's, with their
    parameters; `refused`: the server does not give older messages, for now; `fresh` is True until
    a room that was entered has brought what was said before, which is not unread.
    """

    def __init__(self, key: str, name: str, place: Place) -> None:
        self.key = key
        self.name = name
        self.place = place
        self.timeline = Timeline()
        self.roster = Roster()
        self.topic = ""
        self.modes: dict[str, str] = {}
        self.unread = 0
        self.mentions = 0
        self.activity = 0.0
        self.divider = 0
        self.draft = ""
        self.typing: list[str] = []
        self.joined = place is not Place.ROOM
        self.muted = False
        self.pinned = False
        self.asking = False
        self.replying = 0
        self.visit: Visit | None = None
        self.read_until = 0.0
        self.stretched = False
        self.refused = False
        self.fresh = False

    @property
    def shown(self) -> Timeline:
        """What the list of messages shows of it."""
        return self.visit.timeline if self.visit else self.timeline

    def receive(self, message: Message, *, seen: bool, mention: bool) -> Inserted:
        """A live message has come; `seen` if the user is looking at its place."""
        change = self.timeline.add(message)
        self.count(message, seen=seen, mention=mention)
        return change

    def count(self, message: Message, *, seen: bool, mention: bool) -> None:
        """Take a message into the activity and, unless seen or our own, the unread count."""
        self.activity = max(self.activity, message.time)
        if message.own:
            self.unread = self.mentions = 0
            self.divider = 0
            if message.delivery is Delivery.SENT:  # before that the time is this machine's
                self.spoke(message.time)
        elif not seen and message.kind is not Kind.NOTE:
            if not self.unread:
                self.divider = message.uid
            self.unread += 1
            self.mentions += mention

    def spoke(self, time: float) -> None:
        """The server has a message of ours: what was said before it was read, unless it came
        while ours was on its way."""
        if self.read_until and not self.unread:
            self.read_until = max(self.read_until, time)

    def note(self, text: str, time: float) -> Inserted:
        """Add a line in the window's own voice; it is neither activity nor unread."""
        return self.timeline.add(Message(sender="", text=clean(text), time=time, kind=Kind.NOTE))

    def look(self) -> bool:
        """The user looks at it; True if something was unread."""
        was = self.unread > 0
        self.unread = self.mentions = 0
        return was

    def knew(self, time: float) -> bool:
        """True if what was said at `time` was read before, or is history."""
        return time <= self.read_until if self.read_until else self.fresh

    def ask_again(self) -> None:
        """What was refused before may be given now."""
        if self.refused:
            self.refused = self.timeline.complete = False

    def read(self, until: float, nick: str) -> bool:
        """Everything up to the time `until` was read, somewhere: what is newer is unread, and
        nothing else.  `nick` is ours, to find mentions.  True if the counts have changed."""
        if until <= self.read_until:
            return False
        self.read_until = until
        was = self.unread, self.mentions, self.divider
        fresh = list(self._newer(until))
        self.unread = len(fresh)
        self.mentions = sum(mentions(one.text, nick) for one in fresh)
        self.divider = fresh[-1].uid if fresh else 0
        return was != (self.unread, self.mentions, self.divider)

    def _newer(self, than: float) -> Iterator[Message]:
        """What others said after the time `than`, and after our own last word; newest first."""
        for message in reversed(self.timeline.messages):
            if message.kind is Kind.NOTE or message.delivery is not Delivery.SENT:
                continue
            if message.time <= than or message.own:
                return
            yield message

    def newest(self) -> float:
        """The time of the newest message that somebody wrote, 0.0 without any."""
        for message in reversed(self.timeline.messages):
            if message.kind is not Kind.NOTE and message.delivery is Delivery.SENT:
                return message.time
        return 0.0

    def set_typing(self, nick: str, typing: bool) -> bool:
        """Somebody types or stops; True if that changes anything."""
        if typing == (nick in self.typing):
            return False
        if typing:
            self.typing.append(nick)
        else:
            self.typing.remove(nick)
        return True

    def last_said(self) -> Message | None:
        """The newest message that somebody wrote, None if there is none."""
        for message in reversed(self.timeline.messages[-50:]):
            if message.kind is not Kind.NOTE:
                return message
        return None

    def preview(self) -> str:
        """One line about the newest message."""
        message = self.last_said()
        if message is None:
            return self.topic if self.place is Place.ROOM else ""
        text = " ".join(message.shown().split())
        if message.kind is Kind.ACTION and not (message.redacted or message.folded):
            return text
        if message.own:
            return f"You: {text}"
        return text if self.place is not Place.ROOM else f"{message.sender}: {text}"


__all__ = ["Change", "Conversation", "Place"]
