"""The member list as the view draws it: headings and members, each made only when looked at.

A page refers to the room's roster, so it is as long as that is at the moment; nothing is copied,
whatever the size of the room.
"""

from collections.abc import Sequence
from typing import overload

from gui.model.members import Member, Roster
from gui.model.people import People
from gui.model.shown import MemberHeading, MemberRow

Row = MemberRow | MemberHeading


class MemberPage(Sequence[Row]):
    """The members of a room that `search` fits ("": all), those present first; `own` is our nick.

    Without a roster there is no room, and nothing to list.
    """

    def __init__(
        self, roster: Roster | None, people: People, own: str, key: str = "", search: str = ""
    ) -> None:
        self.key = key
        self._roster, self._people, self._own = roster, people, own
        self._found = roster.matching(search) if roster and search else None
        self._found_away = sum(member.away for member in self._found or ())
        self.search = search

    @property
    def total(self) -> int:
        """How many members the room has, whoever is searched for."""
        return len(self._roster) if self._roster else 0

    def _counts(self) -> tuple[int, int]:
        """How many are listed as present, and how many as away."""
        if self._found is not None:
            return len(self._found) - self._found_away, self._found_away
        if self._roster is None:
            return 0, 0
        here = self._roster.online()
        return here, len(self._roster) - here

    def __len__(self) -> int:
        here, away = self._counts()
        return here + away + (here > 0) + (away > 0)

    @overload
    def __getitem__(self, index: int) -> Row: ...

    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...

    def __getitem__(self, index: int | slice) -> Row | list[Row]:
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(len(self)))]
        here, away = self._counts()
        for title, count, first in (("Here", here, 0), ("Away", away, here)):
            if not count:
                continue
            if not index:
                return MemberHeading(title, count)
            if index <= count:
                return self._row(self._at(first + index - 1))
            index -= count + 1
        raise IndexError(index)

    def _at(self, place: int) -> Member:
        if self._found is not None:
            return self._found[place]
        assert self._roster is not None  # otherwise both counts are 0
        return self._roster.at(place)

    def _row(self, member: Member) -> MemberRow:
        person = self._people.get(member.nick)
        return MemberRow(
            nick=member.nick,
            rank=member.rank,
            away=member.away,
            own=member.nick == self._own,
            name=member.name,
            color=person.color if person else "",
            status=person.status if person else "",
        )

    def index(self, value: object, start: int = 0, stop: int = 2**60) -> int:
        """The row of a member, given by nick; ValueError if they are not listed."""
        place = self._place(value) if isinstance(value, str) else -1
        if place < 0:
            raise ValueError(value)
        here, _ = self._counts()
        return place + 1 if place < here else place + 1 + (here > 0)

    def _place(self, nick: str) -> int:
        if self._roster is None:
            return -1
        if self._found is None:
            return self._roster.place(nick)
        return next((at for at, one in enumerate(self._found) if one.nick == nick), -1)
