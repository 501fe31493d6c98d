"""The messages of the open conversation: older ones, what was read, sending again."""

from collections.abc import Callable

from gui.model.conversation import Place
from gui.presenter.desk import Desk, Part


class Reading:
    """See `ReadingActions`; `state` tells the connection's."""

    def __init__(self, desk: Desk, state: Callable[[], str]) -> None:
        self._desk, self._state = desk, state

    def send_again(self, uid: int) -> None:
        """See `ReadingActions`."""
        desk = self._desk
        conversation = desk.chat.open
        taken = conversation.timeline.take(uid) if conversation else None
        if conversation is None or taken is None:
            return
        message, change = taken
        desk.changed(conversation, [change])
        kind = "action" if message.kind.value == "action" else "privmsg"
        desk.link.say(conversation.key, conversation.name, message.text, kind)
        desk.flush()

    def older(self) -> None:
        """See `ReadingActions`."""
        conversation = self._desk.chat.open
        if conversation is None or conversation.asking or conversation.timeline.complete:
            return
        if conversation.place is Place.SERVER or self._state() != "online":
            return
        conversation.asking = True
        name = conversation.name
        self._desk.link.ask(lambda session, now: session.request_history(name))

    def looked(self) -> None:
        """See `ReadingActions`."""
        conversation = self._desk.chat.open
        if conversation is not None and self._desk.screen.attending() and conversation.look():
            self._desk.touch(Part.LIST)
            self._desk.flush()
