"""What was read, shared between devices.

Where the server can do that (`features.read_marker`) and the user wants it, the time of the
newest message is sent while that is before the user's eyes, at most once a second for each
conversation.  What comes back from another device lowers the counts here.
"""

from core.client import events
from gui.model.conversation import Conversation, Place
from gui.presenter.desk import Desk, Handlers, Part

_PAUSE = 1.0  # seconds between two marks of one conversation


class ReadState:
    """Watches what is looked at, and listens to the other devices."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._marks: dict[str, float] = {}  # conversations that are to be marked: up to when
        self._sent: dict[str, float] = {}  # when each was marked last, on the desk's clock
        self._early: dict[str, float] = {}  # marks of conversations that are not known yet
        desk.finishing.append(self.attend)
        desk.resetting.append(self._forget)

    def handlers(self) -> Handlers:
        """What this part listens to."""
        return {
            events.ReadMarkerChanged: self.marked,
            events.ConversationOpened: self.opened,
            events.RoomJoined: self.joined,
            events.ConversationRenamed: self.renamed,
            events.RoomRenamed: self.renamed,
        }

    def read(self, key: str) -> None:
        """Nothing of this conversation is unread any more."""
        conversation = self._desk.chat.get(key)
        if conversation is None:
            return
        conversation.divider = 0
        if conversation.look():
            self._desk.touch(Part.LIST, Part.DIVIDER)
        self._mark(conversation)
        self._desk.flush()

    def attend(self) -> None:
        """If the newest message is before the user's eyes, mark it as read."""
        conversation = self._desk.chat.open
        if conversation is not None and self._desk.seen(conversation):
            self._mark(conversation)
        self.send()

    def _mark(self, conversation: Conversation) -> None:
        desk = self._desk
        if not desk.chat.features.read_marker or conversation.place is Place.SERVER:
            return
        newest = conversation.newest()
        if newest > conversation.read_until:
            conversation.read_until = newest
            if desk.preferences.send_read:
                self._marks[conversation.key] = newest

    def send(self, *, at_once: bool = False) -> bool:
        """Tell the server what is due; True if something has to wait."""
        chat, now = self._desk.chat, self._desk.now()
        if chat.trying:  # that would be told to another server
            return bool(self._marks)
        for key, until in list(self._marks.items()):
            soon = 0 <= now - self._sent.get(key, -_PAUSE) < _PAUSE
            if soon and not at_once and key == chat.current:
                continue
            del self._marks[key]
            self._sent[key] = now
            if conversation := chat.get(key):
                self._tell(conversation.name, until)
        return bool(self._marks)

    def _tell(self, name: str, until: float) -> None:
        self._desk.link.ask(lambda session, now: session.mark_read(name, until))

    def marked(self, event: events.ReadMarkerChanged) -> None:
        """Something was read, perhaps on another device."""
        desk, conversation = self._desk, self._desk.chat.get(event.conversation)
        if conversation is None:
            self._early[event.conversation] = event.time
            return
        if not conversation.read(event.time, desk.chat.nick):
            return
        if desk.seen(conversation):
            conversation.look()
        desk.touch(Part.LIST)
        if conversation.key == desk.chat.current:
            desk.touch(Part.DIVIDER)

    def opened(self, event: events.ConversationOpened) -> None:
        """Perhaps something of it was read before."""
        self._known(event.conversation)

    def joined(self, event: events.RoomJoined) -> None:
        """As with any conversation."""
        self._known(event.room)

    def _known(self, key: str) -> None:
        if (until := self._early.pop(key, 0.0)) and (conversation := self._desk.chat.get(key)):
            conversation.read(until, self._desk.chat.nick)

    def _forget(self) -> None:
        """What was read on one server says nothing of another."""
        self._marks.clear()
        self._sent.clear()
        self._early.clear()

    def renamed(self, event: events.ConversationRenamed | events.RoomRenamed) -> None:
        """The marks go on under the new key."""
        for kept in (self._marks, self._sent):
            if event.old in kept:
                kept[event.new] = kept.pop(event.old)
