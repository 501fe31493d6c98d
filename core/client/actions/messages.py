"""What can be done with messages: say, react, take back, read, find."""

from typing import Literal

from core.client import context, history, outbound, typists
from core.client.actions.base import Actions
from core.client.events import (
    ContextFailed,
    HistoryFailed,
    MessageKind,
    ReactionReceived,
    TypingState,
)
from core.client.pending import PendingMessage
from core.client.reading import clean
from core.client.replies import REACTING, REDACTING


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

        Where ``features.multiline`` that is one message, if it is no longer than the server
        takes.  Else, and for actions, each line is a message, empty ones are left out, long
        ones are split.  The list has one entry for each message.  Show them as pending: a
        ``MessageReceived`` or a ``SendFailed`` with the same ``pending_id`` follows for each.
        Without a connection, or while a room is being (re)joined, they wait and are sent in
        order.
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
        """React to a message, or take that back, where ``features.reactions``.

        Answered by ``ReactionReceived`` or ``ErrorReceived``.
        """
        state = self._state
        tag = "+draft/unreact" if remove else "+draft/react"
        reaction = clean(reaction)
        if not state.features.reactions or not msgid or not reaction:
            return
        tags = self._label(REACTING) | {"+draft/reply": msgid, tag: reaction}
        if self._act("TAGMSG", target, tags=tags) and not state.features.echo:
            key = state.fold(target)
            mark = ReactionReceived(key, state.nick, msgid, reaction, remove, state.now, True)
            history.deliver_marks(state, key, "", (mark,))

    def redact(self, target: str, msgid: str, reason: str = "") -> None:
        """Take a message back, or remove another's, where ``features.redaction``.

        Answered by ``MessageRedacted`` or ``ErrorReceived``.
        """
        if self._state.features.redaction and msgid:
            words = [clean(reason)] if reason else []
            self._act("REDACT", target, msgid, *words, tags=self._label(REDACTING))

    def _label(self, letter: str) -> dict[str, str]:
        """With a label an error is not taken for one about a message that is on its way."""
        state = self._state
        return {"label": state.next_id(letter)} if state.features.labels else {}

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

    def request_context(
        self,
        target: str,
        msgid: str,
        where: Literal["around", "before", "after"] = "around",
        limit: int = 0,
    ) -> bool:
        """Ask for what was said around, before or after a message, where ``features.context``.

        Answered by ``ContextReceived`` or ``ContextFailed``, which has no code where nothing
        was asked (then this is False).  ``limit``: messages at most, 0 for the usual.
        """
        conversation = self._state.open_conversation(target)
        asked = context.ask(self._state, conversation, msgid, where, limit)
        if not asked:
            sentence = "The history cannot be asked for now."
            self._state.emit(ContextFailed(conversation.key, msgid, where, sentence, ""))
        return asked
