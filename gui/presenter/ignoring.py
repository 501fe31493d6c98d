"""Whose words are not shown: what comes of them is taken out before any part hears of it."""

import msgspec

from core.client import events
from gui.presenter.desk import Desk

_OF_ONE = (events.MessageReceived, events.TypingChanged, events.ReactionReceived)
_OF_MANY = (events.HistoryReceived, events.ContextReceived)


class Ignoring:
    """Looks the ignored nicks up anew each time; nobody is told of it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def passed(self, event: object) -> object | None:
        """The event, without what ignored people say; None if nothing of it is left."""
        nicks = self._desk.preferences.ignored
        if not nicks:
            return event
        ignored = {self._desk.link.key(nick) for nick in nicks}
        if isinstance(event, _OF_ONE):
            return None if self._hidden(event, ignored) else event
        if isinstance(event, events.ConversationOpened):
            known = event.is_room or self._desk.chat.get(event.conversation) is not None
            return event if known or event.conversation not in ignored else None
        if isinstance(event, _OF_MANY):
            return self._thinned(event, ignored)
        return event

    def _hidden(
        self,
        event: events.MessageReceived | events.TypingChanged | events.ReactionReceived,
        ignored: set[str],
    ) -> bool:
        own = not isinstance(event, events.TypingChanged) and event.is_own
        return not own and self._desk.link.key(event.nick) in ignored

    def _thinned(
        self, event: events.HistoryReceived | events.ContextReceived, ignored: set[str]
    ) -> events.HistoryReceived | events.ContextReceived:
        """The message that was asked for stays: something leads to it."""
        wanted = event.msgid if isinstance(event, events.ContextReceived) else ""
        return msgspec.structs.replace(
            event,
            messages=tuple(
                one
                for one in event.messages
                if not self._hidden(one, ignored) or (wanted and one.msgid == wanted)
            ),
            reactions=tuple(one for one in event.reactions if not self._hidden(one, ignored)),
        )
