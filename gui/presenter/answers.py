"""What the server answers in words: refusals, lists, who is who.  Shown where one is."""

from core.client import events
from gui.model.conversation import Place
from gui.presenter.desk import Desk, Handlers

_MOST_LISTED = 60


class Answers:
    """Handles them on a desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def handlers(self) -> Handlers:
        """What this part listens to."""
        return {
            events.RoomsListed: self.rooms,
            events.ServerNotice: self.notice,
            events.MotdReceived: self.motd,
            events.ErrorReceived: self.error,
            events.CtcpReceived: self.ctcp,
        }

    def error(self, event: events.ErrorReceived) -> None:
        """Something was refused."""
        desk = self._desk
        about = next((desk.chat.get(desk.link.key(word)) for word in event.context if word), None)
        place = about or desk.here()
        names = " ".join(
            word
            for word in event.context
            if word and word not in event.sentence and desk.link.key(word) != place.key
        )
        text = f"{names}: {event.sentence}" if names else event.sentence
        desk.note(place, text)

    def notice(self, event: events.ServerNotice) -> None:
        """The server's own words go to a conversation of their own."""
        self._desk.note(self._desk.server(), event.text)

    def motd(self, event: events.MotdReceived) -> None:
        """The message of the day."""
        if event.text:
            self._desk.note(self._desk.server(), event.text)

    def rooms(self, event: events.RoomsListed) -> None:
        """The rooms of this server, the largest first."""
        desk = self._desk
        if not event.rooms:
            desk.note(desk.here(), "There are no rooms to list")
            return
        listed = sorted(event.rooms, key=lambda room: (-room.members, room.name.lower()))
        lines = [
            f"{room.name} ({room.members})" + (f" — {room.topic}" if room.topic else "")
            for room in listed[:_MOST_LISTED]
        ]
        if len(listed) > _MOST_LISTED:
            lines.append(f"… and {len(listed) - _MOST_LISTED} more; /list WORD narrows it down")
        desk.note(desk.here(), "\n".join(lines))

    def ctcp(self, event: events.CtcpReceived) -> None:
        """Other programs' questions are told, not answered."""
        desk = self._desk
        one = desk.chat.get(desk.link.key(event.nick))
        if one and one.place is Place.PRIVATE:
            verb = "answers" if event.is_reply else "asks for"
            desk.note(one, f"{event.nick} {verb} {event.command} {event.argument}".rstrip())
