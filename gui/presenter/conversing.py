"""The list on the left: opening, closing, muting, pinning, going from one to the next."""

from collections.abc import Callable

from gui.model.conversation import Place
from gui.presenter import commands
from gui.presenter.desk import Desk, Part


class Conversations:
    """See `ConversationActions`; `read` marks a conversation as read."""

    def __init__(self, desk: Desk, read: Callable[[str], None]) -> None:
        self._desk = desk
        self.mark_read = read

    def open(self, key: str) -> None:
        """See `ConversationActions`."""
        conversation = self._desk.chat.get(key)
        if conversation is not None and key != self._desk.chat.current:
            self._desk.open(conversation)
        self._desk.flush()

    def close(self, key: str) -> None:
        """See `ConversationActions`."""
        if conversation := self._desk.chat.get(key):
            commands.part(self._desk, conversation, "")
        self._desk.flush()

    def mute(self, key: str) -> None:
        """See `ConversationActions`."""
        if conversation := self._desk.chat.get(key):
            self._desk.chat.mute(conversation)
            self._desk.touch(Part.LIST)
        self._desk.flush()

    def pin(self, key: str) -> None:
        """See `ConversationActions`."""
        if conversation := self._desk.chat.get(key):
            self._desk.chat.pin(conversation)
            self._desk.touch(Part.LIST)
        self._desk.flush()

    def step(self, steps: int, *, unread: bool = False) -> None:
        """See `ConversationActions`."""
        chat = self._desk.chat
        keys = [
            one.key
            for one in chat.ordered()
            if not unread or one.key == chat.current or (one.unread and not one.muted)
        ]
        if chat.current in keys:
            self.open(keys[(keys.index(chat.current) + steps) % len(keys)])
        elif keys:
            self.open(keys[0 if steps > 0 else -1])

    def nth(self, place: int) -> None:
        """See `ConversationActions`."""
        listed = [one for one in self._desk.chat.ordered() if one.place is not Place.SERVER]
        if place < len(listed):
            self.open(listed[place].key)
