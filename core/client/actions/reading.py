"""What can be done with what was said: mark it as read, and search it."""

from core.client import forgetting, read_markers, searching
from core.client.actions.base import Actions
from core.client.events import SearchFailed


class ReadingActions(Actions):
    """A part of `Session`."""

    def mark_read(self, target: str, time: float) -> None:
        """Everything up to the message of ``time`` was read: told to our other devices, where
        ``features.read_marker``.  Without a connection it is told on the next."""
        read_markers.mark(self._state, target, time)

    def forget_conversation(self, target: str) -> bool:
        """Nothing of this conversation is shown any more: should it begin again, it begins as if
        it was never known.  Answered by ``ConversationForgotten``; False for rooms that we are
        in."""
        return forgetting.forget(self._state, self._state.fold(target))

    def search(
        self,
        query: str,
        text: str,
        target: str = "",
        sender: str = "",
        before: float = 0.0,
        limit: int = 0,
    ) -> bool:
        """Have the server look for ``text``: in the conversation ``target`` ("": in all), by
        ``sender`` ("": anyone), not after ``before`` (0.0: at any time).

        Answered by ``SearchReceived`` or ``SearchFailed`` with ``query``, a name of the caller's
        choice.  The next page is asked for with ``before``: the time of the oldest message of the
        last.  False if nothing was asked, which a ``SearchFailed`` without a code says too.
        """
        state = self._state
        wanted = {"text": text, "in": target, "from": sender}
        problem = searching.ask(state, query, wanted, before, limit)
        if problem:
            state.emit(SearchFailed(query, problem, ""))
        return not problem
