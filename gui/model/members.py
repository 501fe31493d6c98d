"""Who is in a room, and in which order the window lists them.

The order is kept up with each change by one search and one insertion: a room of thousands is
never sorted as a whole but once, when its members are told.
"""

from bisect import bisect_left, insort
from collections.abc import Iterable

import msgspec

from core.wire.casemapping import fold
from gui.model import ranks

_RANKS = "~&@%+"

#: Where a member is listed: away, place of the rank, the name as it is sorted, the folded nick.
Order = tuple[bool, int, str, str]


class Member(msgspec.Struct):
    """`prefixes` are the ranks as shown before the nick, highest first; `name` is what they call
    themselves, "" if that is the nick."""

    nick: str
    prefixes: str = ""
    away: bool = False
    name: str = ""

    @property
    def rank(self) -> str:
        """The highest rank in words, "" for none."""
        return ranks.name(self.prefixes)

    def order(self) -> Order:
        """Those present first, then by rank, then by name."""
        place = _RANKS.find(self.prefixes[:1]) if self.prefixes else len(_RANKS)
        folded = fold(self.nick)
        shown = self.name.casefold() if self.name else folded
        return self.away, place if place >= 0 else len(_RANKS), shown, folded


class Roster:
    """The members of one room by folded nick."""

    def __init__(self) -> None:
        self._members: dict[str, Member] = {}
        self._order: list[Order] = []

    def __len__(self) -> int:
        return len(self._members)

    def __contains__(self, nick: str) -> bool:
        return fold(nick) in self._members

    def get(self, nick: str) -> Member | None:
        """The member with this nick, None if there is none."""
        return self._members.get(fold(nick))

    # --- changes ------------------------------------------------------------------------

    def replace(self, members: Iterable[Member]) -> None:
        """Forget everyone and take these."""
        self._members = {fold(member.nick): member for member in members}
        self._order = sorted(member.order() for member in self._members.values())

    def add(self, nick: str, name: str = "") -> None:
        """Somebody came in."""
        if nick not in self:
            self._put(Member(nick, name=name))

    def remove(self, nick: str) -> None:
        """Somebody left."""
        self._take(nick)

    def rename(self, old: str, new: str) -> bool:
        """Somebody has another nick; False if they are not here."""
        member = self._take(old)
        if member is None:
            return False
        self._take(new)
        member.nick = new
        self._put(member)
        return True

    def rank(self, nick: str, prefixes: str) -> None:
        """Somebody's rank changed."""
        if member := self._take(nick):
            member.prefixes = prefixes
            self._put(member)

    def away(self, nick: str, away: bool) -> bool:
        """Somebody went away or came back; False if they are not here."""
        member = self._take(nick)
        if member is None:
            return False
        member.away = away
        self._put(member)
        return True

    def call(self, nick: str, name: str) -> bool:
        """Somebody calls themselves `name` ("": as their nick); False if they are not here."""
        member = self._take(nick)
        if member is None:
            return False
        member.name = name
        self._put(member)
        return True

    def _put(self, member: Member) -> None:
        order = member.order()
        self._members[order[3]] = member
        insort(self._order, order)

    def _take(self, nick: str) -> Member | None:
        member = self._members.pop(fold(nick), None)
        if member is not None:
            del self._order[bisect_left(self._order, member.order())]
        return member

    # --- as they are listed -------------------------------------------------------------

    def at(self, index: int) -> Member:
        """The member in this place of the list."""
        return self._members[self._order[index][3]]

    def place(self, nick: str) -> int:
        """The place of a member in the list, -1 for nobody's."""
        member = self.get(nick)
        return bisect_left(self._order, member.order()) if member else -1

    def ordered(self) -> list[Member]:
        """Everyone, as they are listed."""
        return [self._members[order[3]] for order in self._order]

    def online(self) -> int:
        """How many are not away."""
        return bisect_left(self._order, (True,))

    def matching(self, text: str) -> list[Member]:
        """Those whose nick or name holds `text`, as they are listed."""
        wanted, folded = text.casefold(), fold(text)
        return [
            self._members[order[3]]
            for order in self._order
            if folded in order[3] or wanted in order[2]
        ]
