"""People: who is who, private conversations with them, and what can be done about them."""

from collections.abc import Callable, Sequence

from core.client import events
from core.client.session import Session
from core.wire.casemapping import fold
from gui.link import Supported
from gui.model import ranks
from gui.model.conversation import Conversation, Place
from gui.model.ranks import PersonAct
from gui.model.text import clean
from gui.presenter.desk import Desk, Handlers, Part

_LATELY = 20  # messages in which nobody is told the same again


class People:
    """See `PeopleActions`; `open_profile` and `close_profile` are `PersonCards`'."""

    def __init__(
        self,
        desk: Desk,
        open_profile: Callable[[str], None],
        close_profile: Callable[[], None],
    ) -> None:
        self._desk = desk
        self._open_profile, self._close_profile = open_profile, close_profile

    def handlers(self) -> Handlers:
        """What this part listens to; it comes before those that show names."""
        return {
            Supported: self.supported,
            events.ProfileChanged: self.told,
            events.PresenceChanged: self.presence,
            events.AwayChanged: self.away,
            events.NickChanged: self.renamed,
            events.MemberJoined: self.came,
            events.Disconnected: self.disconnected,
        }

    # --- what becomes known -------------------------------------------------------------

    def supported(self, signal: Supported) -> None:
        """What the server says of itself."""
        self._desk.chat.support = signal.support
        self._desk.touch(Part.CARDS)

    def told(self, event: events.ProfileChanged) -> None:
        """Somebody tells something of themselves."""
        people = self._desk.chat.people
        people.tell(event.nick, event.display_name, event.status, event.color, event.homepage)
        name = people.name(event.nick)
        for room in self._desk.chat.rooms_with(event.nick):
            room.roster.call(event.nick, "" if name == event.nick else name)
        self._desk.touch(Part.MEMBERS, Part.LIST, Part.HEADER, Part.CARDS)

    def presence(self, event: events.PresenceChanged) -> None:
        """Somebody came, went or fell silent."""
        self._desk.chat.people.presence(event.nick, event.presence)
        self._desk.touch(Part.LIST, Part.HEADER, Part.CARDS)

    def away(self, event: events.AwayChanged) -> None:
        """Somebody went away or came back (their rooms: see `Rooms`)."""
        self._desk.chat.people.went_away(event.nick, event.away, event.message)
        self._desk.touch(Part.CARDS)
        if event.away and not event.is_self:
            self._note_away(event)

    def _note_away(self, event: events.AwayChanged) -> None:
        """Where nothing else shows who is there, the answer to what we wrote does, once."""
        chat, desk = self._desk.chat, self._desk
        one = chat.get(desk.link.key(event.nick))
        if one is None or one.place is not Place.PRIVATE or chat.presence(event.nick):
            return
        text = clean(f"{event.nick} is away: {event.message}".removesuffix(": "))
        if all(message.text != text for message in one.timeline.messages[-_LATELY:]):
            desk.note(one, text)

    def renamed(self, event: events.NickChanged) -> None:
        """Somebody has another nick."""
        self._desk.chat.people.rename(event.old, event.new)

    def came(self, event: events.MemberJoined) -> None:
        """Somebody came into a room, and the server said who that is."""
        if event.account:
            self._desk.chat.people.at(event.nick).account = event.account

    def disconnected(self, event: events.Disconnected) -> None:
        """Nobody knows who is there now."""
        self._desk.chat.people.forget_presence()
        self._desk.touch(Part.LIST, Part.HEADER, Part.CARDS)

    # --- PeopleActions ------------------------------------------------------------------

    def name(self, nick: str) -> str:
        """See `PeopleActions`."""
        return self._desk.chat.people.name(nick)

    def filter(self, text: str) -> None:
        """See `PeopleActions`."""
        if text != self._desk.chat.member_search:
            self._desk.chat.member_search = text
            self._desk.touch(Part.MEMBERS)
            self._desk.flush()

    def message(self, nick: str) -> None:
        """See `PeopleActions`."""
        desk = self._desk
        self._close_profile()
        desk.open(desk.chat.ensure(desk.link.key(nick), nick, Place.PRIVATE))
        desk.flush()

    def profile(self, nick: str) -> None:
        """See `PeopleActions`."""
        self._open_profile(nick)
        self._desk.flush()

    def profile_closed(self) -> None:
        """See `PeopleActions`."""
        self._close_profile()

    def choices(self, nick: str) -> Sequence[PersonAct]:
        """See `PeopleActions`."""
        chat, room = self._desk.chat, self._room()
        own = self._is_own(nick)
        offered = [] if own else [PersonAct.MESSAGE]
        if chat.open is not None and chat.open.place is not Place.SERVER and not own:
            offered.append(PersonAct.MENTION)
        offered += [PersonAct.PROFILE, PersonAct.COPY]
        if own:
            return offered
        offered.append(PersonAct.UNIGNORE if self.ignored(nick) else PersonAct.IGNORE)
        if room is not None:
            us, them = room.roster.get(chat.nick), room.roster.get(nick)
            if us is not None and them is not None:
                offered += ranks.acts(us.prefixes, them.prefixes, chat.support)
        return offered

    def act(self, nick: str, act: PersonAct, reason: str = "") -> None:
        """See `PeopleActions`."""
        if act is PersonAct.MESSAGE:
            self.message(nick)
        elif act is PersonAct.MENTION:
            self._close_profile()
            self._desk.screen.insert(nick)
        elif act is PersonAct.PROFILE:
            self.profile(nick)
        elif act in (PersonAct.IGNORE, PersonAct.UNIGNORE):
            self._ignore(nick, act is PersonAct.IGNORE)
        elif act in ranks.RULING and (room := self._room()) is not None:
            self._rule(room, nick, act, reason.strip())
        self._desk.flush()

    def _room(self) -> Conversation | None:
        """The open room, None where none is, or we are not in it."""
        room = self._desk.chat.open
        return room if room and room.place is Place.ROOM and room.joined else None

    def _is_own(self, nick: str) -> bool:
        return fold(nick) == fold(self._desk.chat.nick)

    def _rule(self, room: Conversation, nick: str, act: PersonAct, reason: str) -> None:
        """What operators do."""
        desk, name = self._desk, room.name
        if act in ranks.MODES:
            change = ranks.MODES[act]
            desk.link.ask(lambda session, now: session.set_mode(name, change, nick))
            return
        if act is PersonAct.BAN:
            desk.link.ask(lambda session, now: _ban(session, name, nick))
        desk.link.ask(lambda session, now: session.kick(name, nick, reason))

    # --- whose words are not shown ------------------------------------------------------

    def ignored(self, nick: str) -> bool:
        """True if what they say is not shown."""
        folded = fold(nick)
        return any(fold(one) == folded for one in self._desk.preferences.ignored)

    def _ignore(self, nick: str, ignore: bool) -> None:
        folded, preferences = fold(nick), self._desk.preferences
        others = [one for one in preferences.ignored if fold(one) != folded]
        preferences.ignored = [*others, nick] if ignore else others
        self._desk.touch(Part.CARDS)


def _ban(session: Session, room: str, nick: str) -> None:
    """Ban by what the session knows of them; this runs in its thread."""
    user = session.users.get(session.key(nick))
    account, host = (user.account, user.host) if user is not None else ("", "")
    session.set_mode(room, "+b", ranks.ban_mask(nick, host, account, session.support))
