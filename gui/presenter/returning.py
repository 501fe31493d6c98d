"""The rooms that we were in when the window was closed: we come back into them.

A server that keeps an account in its rooms says so at once by putting us there; then it knows
better than the window which they are (we may have left some elsewhere), and nothing is asked for.
What cannot be entered any more is noted where the server's own words are, and forgotten.
"""

from typing import Final

from core.client import events
from gui.model.conversation import Place
from gui.presenter.desk import Desk, Handlers

_PATIENCE: Final = 2.0  # seconds in which a server puts an account into its rooms
_MOST: Final = 200


class Returning:
    """`bring_back` and `rooms` are for whoever keeps the file."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._waiting: dict[str, str] = {}  # by key: the names, not asked for yet
        self._asked: dict[str, str] = {}  # asked for, without an answer
        self._due = 0.0
        desk.resetting.append(self._forget)

    def handlers(self) -> Handlers:
        """What this part listens to; it comes before `Rooms`."""
        return {
            events.RoomJoined: self.joined,
            events.JoinFailed: self.failed,
            events.RoomLeft: self.left,
            events.Disconnected: self.disconnected,
        }

    def bring_back(self, rooms: list[str]) -> None:
        """We are on the server where we were in these rooms."""
        desk = self._desk
        for name in rooms[:_MOST]:
            key = desk.link.key(name)
            known = desk.chat.get(key)
            if known is None or not known.joined:
                self._waiting[key] = name
        self._due = desk.now() + (_PATIENCE if desk.chat.account else 0.0)
        self.tick()

    def rooms(self) -> list[str]:
        """The names of those that we are in, or will be."""
        inside = [
            one.name
            for one in self._desk.chat.conversations.values()
            if one.place is Place.ROOM and one.joined
        ]
        return sorted({*inside, *self._waiting.values(), *self._asked.values()})[:_MOST]

    def tick(self) -> bool:
        """A second has passed: ask, if it is time; True if that is still to come."""
        if not self._waiting or self._desk.now() < self._due:
            return bool(self._waiting)
        names = list(self._waiting.values())
        self._asked |= self._waiting
        self._waiting = {}
        for name in names:
            self._join(name)
        return False

    def _join(self, name: str) -> None:
        self._desk.link.ask(lambda session, now: session.join(name))

    def _forget(self) -> None:
        self._waiting, self._asked = {}, {}

    # --- what the server answers --------------------------------------------------------

    def joined(self, event: events.RoomJoined) -> None:
        """We are in one of them; before we asked, all that there are come by themselves."""
        if self._waiting and self._desk.chat.account:
            self._waiting = {}
        self._waiting.pop(event.room, None)
        self._asked.pop(event.room, None)

    def failed(self, event: events.JoinFailed) -> bool:
        """One of them is closed to us now; True if nobody else needs to hear of it."""
        name = self._asked.pop(event.room, "")
        if not name:
            return False
        named = event.name in event.sentence
        text = event.sentence if named else f"{event.name}: {event.sentence}"
        self._desk.note(self._desk.server(), f"You were in {name} before. {text}")
        return True

    def left(self, event: events.RoomLeft) -> None:
        """It is our wish, or somebody else's."""
        self._waiting.pop(event.room, None)
        self._asked.pop(event.room, None)

    def disconnected(self, event: events.Disconnected) -> None:
        """What was not answered is asked for again; the session keeps it until it is back."""
        self._waiting, self._asked = {**self._asked, **self._waiting}, {}
        self._due = self._desk.now()
