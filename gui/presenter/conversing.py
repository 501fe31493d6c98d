"""The list on the left: opening, closing, muting, filtering."""

from gui.presenter import commands
from gui.presenter.desk import Desk, Part


class Conversations:
    """See `ConversationActions`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

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

    def step(self, steps: int) -> None:
        """See `ConversationActions`."""
        chat, search = self._desk.chat, self._desk.search
        listed = chat.matching(search) if search else chat.ordered()
        keys = [one.key for one in listed]
        if not keys:
            return
        if chat.current in keys:
            place = (keys.index(chat.current) + steps) % len(keys)
        else:
            place = 0 if steps > 0 else len(keys) - 1
        self.open(keys[place])

    def filter(self, text: str) -> None:
        """See `ConversationActions`."""
        self._desk.search = text
        self._desk.touch(Part.LIST)
        self._desk.flush()

    def filter_done(self) -> None:
        """See `ConversationActions`: the first that fits; a new room, if none does and that is
        a room's name."""
        desk, text = self._desk, self._desk.search.strip()
        found = desk.chat.matching(text) if text else []
        desk.search = ""
        desk.touch(Part.LIST)
        if found:
            if desk.chat.current not in [one.key for one in found]:
                desk.open(found[0])
        elif desk.link.is_room(text):
            commands.join(desk, desk.here(), text)
        desk.flush()
