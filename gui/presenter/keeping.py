"""Drafts and unsent messages that outlive the window: what to write down, and how it comes back.

Nothing that comes back is sent by itself: messages stand there as failed, with 'Send again'.
"""

from core.client import events
from gui.model.chat import Chat
from gui.model.conversation import Conversation, Place
from gui.model.text import clean
from gui.model.unfinished import LABEL, Unfinished, as_message, as_unsent
from gui.presenter.desk import Desk, Handlers

_NEAR = 600.0  # seconds: how far the clocks of two runs and of the server may be apart

_SOON = 20.0  # seconds in which the conversation that was open comes back, or not at all


class Keeping:
    """`unfinished` and `bring_back` are for whoever keeps the file."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._waiting: dict[str, Unfinished] = {}  # for conversations that are not there yet
        self._opened, self._until = "", 0.0
        self.server = ""  # that this belongs to, "" before anything was brought back
        desk.chat.on_new = self._new

    def handlers(self) -> Handlers:
        """What this part listens to."""
        return {events.HistoryReceived: self.history}

    def unfinished(self) -> dict[str, Unfinished]:
        """All of it, by the conversation's key."""
        return {**self._waiting, **_unfinished(self._desk.chat)}

    def bring_back(self, server: str, kept: dict[str, Unfinished], opened: str = "") -> None:
        """What an earlier run has kept of this server.  Private conversations are there again;
        what was unfinished in a room waits until we are in it.  `opened` is the key of the
        conversation that was open: it is opened when it comes."""
        self.server = server
        self._waiting = dict(kept)
        self._opened, self._until = opened, self._desk.now() + _SOON
        chat = self._desk.chat
        for key, one in kept.items():
            if found := chat.get(key):
                self._new(found)
            elif one.private:
                chat.ensure(key, one.name, Place.PRIVATE)

    def _new(self, conversation: Conversation) -> None:
        chat = self._desk.chat
        if conversation.key == self._opened and self._desk.now() < self._until:
            self._opened = ""
            self._desk.open(conversation)
        kept = self._waiting.pop(conversation.key, None)
        if kept is None:
            return
        if not conversation.draft:
            conversation.draft = kept.draft
            if conversation.key == chat.current and kept.draft:
                self._desk.show_draft(conversation)
        for unsent in kept.unsent:
            message = as_message(unsent, chat.nick)
            change = conversation.timeline.add(message)
            conversation.activity = max(conversation.activity, message.time)
            self._desk.changed(conversation, [change])

    # --- what did get through -----------------------------------------------------------

    def history(self, event: events.HistoryReceived) -> None:
        """Messages that the server has after all are no unsent ones."""
        conversation = self._desk.chat.get(event.conversation)
        kept = conversation.timeline.unsent() if conversation else []
        kept = [one for one in kept if one.label.startswith(LABEL)]
        if conversation is None or not kept:
            return
        had = [(clean(one.text), one.time) for one in event.messages if one.is_own]
        for one in kept:
            near = any(text == one.text and abs(time - one.time) < _NEAR for text, time in had)
            taken = conversation.timeline.take(one.uid) if near else None
            if taken is not None:
                self._desk.changed(conversation, [taken[1]])


def _unfinished(chat: Chat) -> dict[str, Unfinished]:
    found = {}
    for key, one in chat.conversations.items():
        unsent = [as_unsent(message) for message in one.timeline.unsent()]
        if one.place is not Place.SERVER and (one.draft.strip() or unsent):
            found[key] = Unfinished(one.name, one.place is Place.PRIVATE, one.draft, unsent)
    return found
