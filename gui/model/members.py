"""Who is in a room, and in which order the window lists them."""

from collections.abc import Iterable

import msgspec

from core.wire.casemapping import fold

_RANKS = "~&@%+"
_RANK_NAMES = {"~": "owner", "&": "admin", "@": "operator", "%": "helper", "+": "voice"}


class Member(msgspec.Struct):
    """`prefixes` are the ranks as shown before the nick, highest first."""

    nick: str
    prefixes: str = ""
    away: bool = False

    @property
    def rank(self) -> str:
        """The highest rank in words, "" for none."""
        return _RANK_NAMES.get(self.prefixes[:1], "")

    def order(self) -> tuple[bool, int, str]:
        """Those present first, then by rank, then by name."""
        place = _RANKS.find(self.prefixes[:1]) if self.prefixes else len(_RANKS)
        return self.away, place if place >= 0 else len(_RANKS), fold(self.nick)


class Roster:
    """The members of one room by folded nick."""

    def __init__(self) -> None:
        self._members: dict[str, Member] = {}
        self._ordered: list[Member] | None = None

    def __len__(self) -> int:
        return len(self._members)

    def __contains__(self, nick: str) -> bool:
        return fold(nick) in self._members

    def get(self, nick: str) -> Member | None:
        """The member with this nick, None if there is none."""
        return self._members.get(fold(nick))

    def replace(self, members: Iterable[Member]) -> None:
        """Forget everyone and take these."""
        self._members = {fold(member.nick): member for member in members}
        self._ordered = None

    def add(self, nick: str) -> None:
        """Somebody came in."""
        self._members.setdefault(fold(nick), Member(nick))
        self._ordered = None

    def remove(self, nick: str) -> None:
        """Somebody left."""
        self._members.pop(fold(nick), None)
        self._ordered = None

    def rename(self, old: str, new: str) -> bool:
        """Somebody has another nick; False if they are not here."""
        member = self._members.pop(fold(old), None)
        if member is None:
            return False
        member.nick = new
        self._members[fold(new)] = member
        self._ordered = None
        return True

    def rank(self, nick: str, prefixes: str) -> None:
        """Somebody's rank changed."""
        if member := self.get(nick):
            member.prefixes = prefixes
            self._ordered = None

    def away(self, nick: str, away: bool) -> bool:
        """Somebody went away or came back; False if they are not here."""
        member = self.get(nick)
        if member is None:
            return False
        member.away = away
        self._ordered = None
        return True

    def ordered(self) -> list[Member]:
        """Everyone, as they are listed."""
        if self._ordered is None:
            self._ordered = sorted(self._members.values(), key=Member.order)
        return self._ordered

    def online(self) -> int:
        """How many are not away."""
        return sum(not member.away for member in self._members.values())

    def completions(self, start: str) -> list[str]:
        """The nicks that begin with `start`, in alphabetical order."""
        folded = fold(start)
        return sorted(
            (member.nick for key, member in self._members.items() if key.startswith(folded)),
            key=str.lower,
        )
