"""What can be done with messages: say, react, take back, read, find."""

from core.client import history, outbound, typists
from core.client.actions.base import Actions
from core.client.events import HistoryFailed, MessageKind, TypingState
from core.client.pending import PendingMessage


class MessageActions(Actions):
    """A part of `Session`."""

    def send_message(
        self,
        target: str,
        text: str,
        now: float,
        kind: MessageKind = "privmsg",
        *,
        reply_to: str = "",
    ) -> list[PendingMessage]:
        """Say ``text`` to a room or a nick.

        Each line is a message, empty ones are left out, long ones are split; the list has one
        entry for each.  Show them as pending: a ``MessageReceived`` or a ``SendFailed`` with
        the same ``pending_id`` follows for each.  Without a connection, or while a room is
        being (re)joined, they wait and are sent in order.
        """
        self._state.now = now
        return outbound.say(self._state, target, text, kind, reply_to)

    def discard_pending(self, pending_id: str) -> bool:
        """Forget a message that was not sent yet; False if it is sent, or unknown."""
        entry = self._state.pending.get(pending_id)
        if entry is None or entry.state == "sent":
            return False
        self._state.pending.settle(pending_id)
        return True

    def set_typing(self, target: str, state: TypingState, now: float) -> None:
        """Tell others that we type.  Call it at every key; it is throttled as specified.

        "done" (the text was deleted) is only sent if "active" or "paused" was.  Sending a
        message ends it by itself.
        """
        self._state.now = now
        typists.tell(self._state, target, state)

    def react(self, target: str, msgid: str, reaction: str, *, remove: bool = False) -> None:
        """React to a message, where ``features.reactions``."""
        tag = "+draft/unreact" if remove else "+draft/react"
        if self._state.features.reactions:
            tags = {"+draft/reply": msgid, tag: reaction}
            self._state.send("TAGMSG", target, tags=tags)

    def request_history(self, target: str, before: str = "", limit: int = 0) -> bool:
        """Ask for messages older than the msgid ``before`` ("": than the oldest known one).

        Answered by ``HistoryReceived`` ("before") or ``HistoryFailed``.  False if nothing was
        asked, which a ``HistoryFailed`` without a code says too: no history here, not connected,
        or another request of this conversation is under way.
        """
        conversation = self._state.open_conversation(target)
        asked = history.ask_before(self._state, conversation, before, limit)
        if not asked:
            sentence = "The history cannot be asked for now."
            self._state.emit(HistoryFailed(conversation.key, "before", sentence, ""))
        return asked
