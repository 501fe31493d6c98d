"""Invitations, and why one was removed from the open room: bars above the messages.

The way back into a room is the composer's button.
"""

from typing import Final

from core.client import events
from gui.model.offers import Offer
from gui.presenter import commands
from gui.presenter.desk import Desk, Handlers, Part
from gui.presenter.ignoring import ignores

_MOST_KEPT: Final = 20
_MOST_SHOWN: Final = 3
_BACK: Final = "back"


class Offers:
    """See `OfferActions`.  `invitations` are by the room's key: its name and who invites; the
    oldest are forgotten.  `removed` says of rooms why we are out of them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.invitations: dict[str, tuple[str, str]] = {}
        self.removed: dict[str, str] = {}
        desk.draws(Part.OFFERS, self._draw)

    def handlers(self) -> Handlers:
        """What this part listens to; it comes before `Rooms`."""
        return {
            events.Invited: self.invited,
            events.RoomJoined: self.joined,
            events.RoomLeft: self.left,
            events.Registered: self.registered,
            events.Disconnected: self.disconnected,
        }

    def invited(self, event: events.Invited) -> bool:
        """Somebody wants us in a room; what others are invited to is `Rooms`' matter."""
        room = self._desk.chat.get(event.room)
        if not event.is_self or (room is not None and room.joined):
            return event.is_self
        self.invitations.pop(event.room, None)
        self.invitations[event.room] = (event.name, event.by)
        while len(self.invitations) > _MOST_KEPT:
            del self.invitations[next(iter(self.invitations))]
        self._desk.touch(Part.OFFERS)
        return True

    def joined(self, event: events.RoomJoined) -> None:
        """We are in."""
        self.invitations.pop(event.room, None)
        self.removed.pop(event.room, None)
        self._desk.touch(Part.OFFERS)

    def left(self, event: events.RoomLeft) -> None:
        """We are out: if that was not our wish, say so above the messages."""
        if event.how == "kick":
            reason = f": {event.reason}" if event.reason else ""
            self.removed[event.room] = f"{event.by} removed you from this room{reason}"
        self._desk.touch(Part.OFFERS)

    def registered(self, event: events.Registered) -> None:
        """What was offered on another connection is over."""
        if not event.reconnected:
            self.invitations.clear()
            self.removed.clear()
        self._desk.touch(Part.OFFERS)

    def disconnected(self, event: events.Disconnected) -> None:
        """Nobody can accept anything now."""
        self._desk.touch(Part.OFFERS)

    # --- OfferActions -------------------------------------------------------------------

    def accept(self, id: str) -> None:
        """See `OfferActions`."""
        desk = self._desk
        if invitation := self.invitations.get(id):
            del self.invitations[id]
            commands.run(desk, desk.here(), f"/join {invitation[0]}")
        desk.touch(Part.OFFERS)
        desk.flush()

    def dismiss(self, id: str) -> None:
        """See `OfferActions`."""
        desk = self._desk
        if id == _BACK and desk.chat.current:
            desk.put_away(desk.chat.current)
        self.invitations.pop(id, None)
        desk.touch(Part.OFFERS)
        desk.flush()

    # --- what is shown ------------------------------------------------------------------

    def _draw(self) -> None:
        self._desk.screen.offers.show(self.offers())

    def offers(self) -> list[Offer]:
        """Why we are out of the open room, then the latest invitations."""
        found = []
        if (room := self._desk.chat.open) and not room.joined and room.key in self.removed:
            found.append(Offer(_BACK, self.removed[room.key], "", "Put away"))
        for key, (name, by) in reversed(self.invitations.items()):
            if ignores(self._desk, by):
                continue
            who = self._desk.chat.people.name(by)
            found.append(Offer(key, f"{who} invites you to {name}", "Join", "Ignore"))
        return found[:_MOST_SHOWN]
