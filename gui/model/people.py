"""Who is who on this server: what is known of people, in whichever rooms they are.

Only those of whom something is known have a place here, and no more than `MOST`: past that
whoever was heard of the longest ago is forgotten.
"""

import re
from typing import Final

import msgspec

from core.wire.casemapping import fold

MOST: Final = 20_000
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


class Person(msgspec.Struct):
    """`display_name`, `status`, `color` ('#rrggbb') and `homepage` are what they tell of
    themselves, "" for nothing; `account` is "" for none or unknown; `presence` is 'online',
    'away', 'offline', or "" where the server does not tell; `away` are their words about it."""

    nick: str
    display_name: str = ""
    status: str = ""
    color: str = ""
    homepage: str = ""
    account: str = ""
    presence: str = ""
    away: str = ""

    @property
    def name(self) -> str:
        """What to call them."""
        return self.display_name or self.nick


class People:
    """Everyone of whom something is known, by folded nick."""

    def __init__(self) -> None:
        self._known: dict[str, Person] = {}

    def __len__(self) -> int:
        return len(self._known)

    def get(self, nick: str) -> Person | None:
        """What is known of this nick, None for nothing."""
        return self._known.get(fold(nick))

    def at(self, nick: str) -> Person:
        """The place for what becomes known of this nick."""
        key = fold(nick)
        person = self._known.pop(key, None) or Person(nick)
        self._known[key] = person  # heard of last
        if len(self._known) > MOST:
            del self._known[next(iter(self._known))]
        return person

    def name(self, nick: str) -> str:
        """What to call them: the name that they have chosen, else the nick."""
        person = self._known.get(fold(nick))
        return person.name if person else nick

    def color(self, nick: str) -> str:
        """The colour that they have chosen, '#rrggbb', "" for none."""
        person = self._known.get(fold(nick))
        return person.color if person else ""

    def rename(self, old: str, new: str) -> None:
        """Somebody has another nick."""
        person = self._known.pop(fold(old), None)
        if person is not None:
            person.nick = new
            self._known[fold(new)] = person

    def tell(self, nick: str, display_name: str, status: str, color: str, homepage: str) -> None:
        """What they tell of themselves, all of it.

        A name is one line without blanks around it; what is no colour is none.
        """
        person = self.at(nick)
        person.display_name = " ".join(display_name.split())[:64]
        person.status = " ".join(status.split())[:300]
        person.color = color.lower() if _COLOUR.fullmatch(color) else ""
        person.homepage = homepage.strip()[:500]

    def presence(self, nick: str, presence: str) -> None:
        """Somebody that the server watches for us came, went or fell silent."""
        person = self.at(nick)
        person.presence = presence
        if presence != "away":
            person.away = ""

    def went_away(self, nick: str, away: bool, message: str) -> None:
        """Somebody went away or came back; their words are kept of those who are known."""
        person = self.at(nick) if message else self.get(nick)
        if person is None:
            return
        person.away = message if away else ""
        if person.presence:
            person.presence = "away" if away else "online"

    def forget_presence(self) -> None:
        """The connection is gone: nobody knows who is there."""
        for person in self._known.values():
            person.presence = person.away = ""

    def clear(self) -> None:
        """Another server, other people."""
        self._known.clear()
