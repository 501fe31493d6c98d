"""What the server answers in words: refusals, lists, who is who.  Shown where one is."""

from core.client import events
from gui.model.conversation import Place
from gui.model.text import clean
from gui.presenter.desk import Desk, Handlers


class Answers:
    """Handles them on a desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._welcomed = False

    def handlers(self) -> Handlers:
        """What this part listens to."""
        return {
            events.Registered: self.registered,
            events.Disconnected: self.disconnected,
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

    def registered(self, event: events.Registered) -> None:
        """From now on, replies are answers to what was asked for here."""
        self._welcomed = True

    def disconnected(self, event: events.Disconnected) -> None:
        """The next connection begins with a welcome."""
        self._welcomed = False

    def notice(self, event: events.ServerNotice) -> None:
        """The server's own words go to a conversation of their own, and are quietly unread there;
        replies (they have a code) to where one is."""
        desk = self._desk
        if event.code and self._welcomed and desk.chat.open is not None:
            desk.note(desk.here(), clean(event.text))
            return
        server = desk.server()
        desk.note(server, clean(event.text))
        if not desk.seen(server):
            server.unread += 1

    def motd(self, event: events.MotdReceived) -> None:
        """The message of the day."""
        if event.text:
            self._desk.note(self._desk.server(), clean(event.text))

    def ctcp(self, event: events.CtcpReceived) -> None:
        """Other programs' questions are told, not answered."""
        desk = self._desk
        one = desk.chat.get(desk.link.key(event.nick))
        if one and one.place is Place.PRIVATE:
            verb = "answers" if event.is_reply else "asks for"
            desk.note(one, f"{event.nick} {verb} {event.command} {event.argument}".rstrip())
