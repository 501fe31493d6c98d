"""Drafts and unsent messages that outlive the window: what to write down, and how it comes back.

Nothing that comes back is sent by itself: messages stand there as failed, with 'Send again'.
What may hold a password is not written down.
"""

from core.client import events
from gui.model.chat import Chat
from gui.model.conversation import Conversation, Place
from gui.model.message import Message
from gui.model.names import is_service
from gui.model.text import clean
from gui.model.unfinished import LABEL, Unfinished, as_message, as_unsent
from gui.presenter import commands
from gui.presenter.desk import Desk, Handlers

_NEAR = 600.0  # seconds: how far the clocks of two runs and of the server may be apart

_SOON = 20.0  # seconds in which the conversation that was open comes back, or not at all


class Keeping:
    """`unfinished` and `bring_back` are for whoever keeps the file."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._waiting: dict[str, Unfinished] = {}  # for conversations that are not there yet
        self._opened, self._until = "", 0.0
        self._after: dict[int, str] = {}  # by uid: what was said last when it was written down
        self.server = ""  # whose it is (`Target.owner`), "" before anything was brought back
        desk.chat.on_new = self._new
        desk.resetting.append(self._forget)
        desk.closing.append(self._closed)

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
        self._waiting = {**self._waiting, **kept}
        self._opened, self._until = opened, self._desk.now() + _SOON
        chat = self._desk.chat
        for key, one in kept.items():
            if found := chat.get(key):
                self._new(found)
            elif one.private:
                chat.ensure(key, one.name, Place.PRIVATE)

    def _forget(self) -> None:
        """What was there belongs to another server."""
        self.server = self._opened = ""
        self._waiting = {}

    def _closed(self, conversation: Conversation) -> None:
        """What is unfinished there is there again when it is opened the next time."""
        if one := _unfinished_in(conversation):
            self._waiting[conversation.key] = one

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
            self._after[message.uid] = unsent.after
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
        page, taken = list(event.messages), set[int]()
        for one in kept:
            at = _copy(page, one, self._after.get(one.uid, ""), taken)
            if at is not None:
                taken.add(at)
                self._take(conversation, one)
            elif event.where == "after":
                self._place(conversation, one)

    def _take(self, conversation: Conversation, message: Message) -> None:
        self._after.pop(message.uid, None)
        if found := conversation.timeline.take(message.uid):
            self._desk.changed(conversation, [found[1]])

    def _place(self, conversation: Conversation, message: Message) -> None:
        """Messages that were said before it have come behind it."""
        changes = conversation.timeline.settle_by_time(message)
        if changes:
            self._desk.changed(conversation, changes)


def _copy(
    page: list[events.MessageReceived], kept: Message, after: str, taken: set[int]
) -> int | None:
    """Where the page has the message after all.  One that was there before it was written down
    as unsent (`after` is the newest of those) is another with the same text."""
    known = [at for at, one in enumerate(page) if after and one.msgid == after]
    for at in range(known[-1] + 1 if known else 0, len(page)):
        one = page[at]
        same = at not in taken and one.is_own and clean(one.text) == kept.text
        if same and (known or abs(one.time - kept.time) < _NEAR):
            return at
    return None


def _unfinished(chat: Chat) -> dict[str, Unfinished]:
    found = {key: _unfinished_in(one) for key, one in chat.conversations.items()}
    return {key: one for key, one in found.items() if one is not None}


def _unfinished_in(one: Conversation) -> Unfinished | None:
    if one.place is Place.SERVER or is_service(one.name):
        return None
    left = one.timeline.unsent()
    after = one.timeline.settled_id() if left else ""
    unsent = [as_unsent(message, after) for message in left]
    draft = "" if commands.holds_secret(one.draft) else one.draft
    if not (draft.strip() or unsent):
        return None
    return Unfinished(one.name, one.place is Place.PRIVATE, draft, unsent)
