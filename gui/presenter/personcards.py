"""The profile of somebody else: what is known at once, and what the server adds to it (WHOIS)."""

from core.client import events
from core.wire.casemapping import fold
from gui.model import ranks
from gui.model.dates import clock, day_name, span
from gui.model.people import Person
from gui.model.personcard import Fact, PersonCard, SharedRoom
from gui.model.text import clean
from gui.presenter.desk import Desk, Handlers, Part

_MOST_EXTRA = 12


class PersonCards:
    """At most one card is open; `nick` is "" while none is."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.nick = ""
        self._whois: events.WhoisReceived | None = None
        self._waiting = False
        desk.draws(Part.CARDS, self._draw)
        desk.opens["profile"] = self.open

    def handlers(self) -> Handlers:
        """What this part listens to; it comes before `Answers`."""
        return {
            events.WhoisReceived: self.whois,
            events.ErrorReceived: self.refused,
            events.NickChanged: self.renamed,
            events.Disconnected: self.disconnected,
        }

    def open(self, nick: str) -> None:
        """Show the card of this nick, and ask for the rest of it."""
        self.nick, self._whois, self._waiting = nick, None, True
        wanted = self._desk.chat.features.profiles
        self._desk.link.ask(lambda session, now: session.whois(nick))
        if wanted:
            self._desk.link.ask(lambda session, now: session.request_profile(nick))
        self._desk.touch(Part.CARDS)

    def close(self) -> None:
        """There is no card any more."""
        if self.nick:
            self.nick, self._whois = "", None
            self._desk.screen.people.close()

    # --- what the network tells ---------------------------------------------------------

    def _is_open(self, nick: str) -> bool:
        return bool(self.nick) and fold(nick) == fold(self.nick)

    def whois(self, event: events.WhoisReceived) -> None:
        """The answer."""
        if self._is_open(event.nick):
            self._whois, self._waiting = event, False
            if event.found:
                self.nick = event.nick
            if event.account:
                self._desk.chat.people.at(event.nick).account = event.account
            self._desk.touch(Part.CARDS)

    def refused(self, event: events.ErrorReceived) -> bool:
        """Nobody is called so; True if that was about the open card."""
        about = event.code in ("401", "402") and any(map(self._is_open, event.context))
        if about and self._waiting:
            self._whois, self._waiting = events.WhoisReceived(self.nick, found=False), False
            self._desk.touch(Part.CARDS)
        return about

    def renamed(self, event: events.NickChanged) -> None:
        """Somebody has another nick."""
        if self._is_open(event.old):
            self.nick = event.new
            self._desk.touch(Part.CARDS)

    def disconnected(self, event: events.Disconnected) -> None:
        """No answer comes any more."""
        self._waiting = False

    # --- the card -----------------------------------------------------------------------

    def _draw(self) -> None:
        if self.nick:
            self._desk.screen.people.show(self.card())

    def card(self) -> PersonCard:
        """All that is known now."""
        chat, nick = self._desk.chat, self.nick
        person = chat.people.get(nick) or Person(nick)
        whois = self._whois or events.WhoisReceived(nick)
        presence = self._presence(whois)
        ignored = any(fold(one) == fold(nick) for one in self._desk.preferences.ignored)
        homepage = person.homepage
        return PersonCard(
            nick=nick,
            name=person.name,
            own=fold(nick) == fold(chat.nick),
            presence=presence,
            presence_text=self._presence_text(presence, whois.away or person.away),
            status=person.status,
            color=person.color,
            homepage=homepage if homepage.lower().startswith(("http://", "https://")) else "",
            facts=tuple(self._facts(person, whois)),
            rooms=self._rooms(),
            extra=tuple(clean(line) for line in whois.extra[:_MOST_EXTRA]),
            ignored=ignored,
            loading=self._waiting,
            missing=not whois.found,
        )

    def _presence(self, whois: events.WhoisReceived) -> str:
        known = self._desk.chat.presence(self.nick)
        if not whois.found:
            return "offline"
        if self._whois is None:
            return known
        return "away" if whois.away or known == "away" else "online"

    def _presence_text(self, presence: str, words: str) -> str:
        if presence == "away" and words and words.lower() != "away":
            return f"away: {clean(words)}"
        return presence

    def _rooms(self) -> tuple[SharedRoom, ...]:
        """Those that both of us are in, the latest first."""
        shared = sorted(self._desk.chat.rooms_with(self.nick), key=lambda one: -one.activity)
        made = []
        for room in shared:
            member = room.roster.get(self.nick)
            made.append(
                SharedRoom(room.key, room.name, ranks.name(member.prefixes if member else ""))
            )
        return tuple(made)

    def _facts(self, person: Person, whois: events.WhoisReceived) -> list[Fact]:
        """What the server says of them, line by line."""
        now, facts = self._desk.now(), []
        account = whois.account or person.account
        if whois.realname and fold(whois.realname) != fold(whois.nick):
            facts.append(Fact("Real name", clean(whois.realname)))
        if account:
            facts.append(Fact("Account", account))
        if whois.username or whois.host:
            facts.append(Fact("Address", f"{whois.username}@{whois.host}"))
        others = self._other_rooms(whois)
        if others:
            facts.append(Fact("Also in", ", ".join(others)))
        if whois.signed_on:
            since = f"{day_name(whois.signed_on, now)}, {clock(whois.signed_on)}"
            facts.append(Fact("Here since", since))
        if whois.idle >= 0:
            facts.append(Fact("Silent for", span(whois.idle)))
        if whois.secure or whois.operator:
            words = ["encrypted"] * whois.secure + ["operator of the server"] * whois.operator
            facts.append(Fact("Connection", ", ".join(words)))
        return facts

    def _other_rooms(self, whois: events.WhoisReceived) -> list[str]:
        """Rooms of theirs that we are not in, without the ranks before the names."""
        chat, link = self._desk.chat, self._desk.link
        signs = "".join(chat.support.prefixes.values())
        names = []
        for written in whois.rooms:
            name = written if link.is_room(written) else written.lstrip(signs)
            room = chat.get(link.key(name))
            if room is None or self.nick not in room.roster:
                names.append(clean(name))
        return names
