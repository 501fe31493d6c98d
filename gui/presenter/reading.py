"""The messages of the open conversation: older and newer ones, looking at them."""

from collections.abc import Callable

from gui.model.conversation import Conversation, Place
from gui.presenter.desk import Desk, Part
from gui.presenter.jumping import Jumping


class Reading:
    """See `ReadingActions`; `state` tells the connection's, `jumping` knows the past."""

    def __init__(self, desk: Desk, state: Callable[[], str], jumping: Jumping) -> None:
        self._desk, self._state, self._jumping = desk, state, jumping

    def older(self) -> None:
        """See `ReadingActions`."""
        conversation = self._desk.chat.open
        if conversation is None:
            return
        if conversation.visit is not None:
            self._jumping.load(conversation, "before")
            return
        if conversation.asking or conversation.timeline.complete:
            return
        if conversation.place is Place.SERVER or self._state() != "online":
            return
        conversation.asking = True
        name, first = conversation.name, _first_id(conversation)
        if conversation.stretched and first:
            self._desk.link.ask(lambda session, now: session.request_history(name, first))
        else:
            self._desk.link.ask(lambda session, now: session.request_history(name))

    def newer(self) -> None:
        """See `ReadingActions`."""
        if conversation := self._desk.chat.open:
            self._jumping.load(conversation, "after")

    def looked(self) -> None:
        """See `ReadingActions`."""
        conversation = self._desk.chat.open
        if conversation is None or not self._desk.seen(conversation):
            return
        if conversation.look():
            self._desk.touch(Part.LIST)
        self._desk.flush()


def _first_id(conversation: Conversation) -> str:
    """The msgid of the oldest message that has one, "" for none."""
    return next((one.msgid for one in conversation.timeline.messages if one.msgid), "")
