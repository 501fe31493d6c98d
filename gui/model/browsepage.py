"""Finding a room or a person, as the presenter and the views see each other."""

from collections.abc import Sequence
from typing import Literal, NamedTuple, Protocol

from core.client.events import ListedRoom

Offer = Literal["room", "create", "person"]


class BrowseRow(NamedTuple):
    """Something that Return chooses: a listed room, a room to make, a person to write to.

    `note` says what is special about it: 'you are here'.
    """

    kind: Offer
    name: str
    members: int = 0
    topic: str = ""
    note: str = ""


class BrowsePage(NamedTuple):
    """`status` is one line below the list; `error` is about what was last asked for; `locked` is
    the name of a room that wants a key, '' for none; `busy`: an answer is on its way."""

    rows: Sequence[BrowseRow]
    status: str = ""
    error: str = ""
    locked: str = ""
    busy: bool = False


class Directory:
    """The server's rooms, the largest first, and those of them that a text fits.

    What is typed narrows the last answer down if it only adds to what was typed before; so each
    key costs less than the one before it.
    """

    def __init__(self, rooms: Sequence[ListedRoom] = ()) -> None:
        self.rooms = sorted(rooms, key=lambda one: (-one.members, one.name.lower()))
        self._texts = [(one.name.lower(), one.topic.lower()) for one in self.rooms]
        self._last: tuple[str, list[int]] = ("", list(range(len(self.rooms))))

    def matching(self, text: str) -> list[ListedRoom]:
        """Those with `text` in the name or the topic: first where the name begins with it."""
        wanted = text.strip().lower()
        before, places = self._last
        if not wanted.startswith(before):
            places = list(range(len(self.rooms)))
        bare = wanted.lstrip("#&")
        found = [
            at for at in places if wanted in self._texts[at][0] or wanted in self._texts[at][1]
        ]
        self._last = (wanted, found)
        if not bare:
            return [self.rooms[at] for at in found]

        def rank(at: int) -> int:
            name = self._texts[at][0].lstrip("#&")
            return 0 if name == bare else 1 if name.startswith(bare) else 2 if bare in name else 3

        return [self.rooms[at] for at in sorted(found, key=rank)]

    def holds(self, name: str) -> bool:
        """True if a room of this name is listed."""
        wanted = name.lower()
        return any(room == wanted for room, _ in self._texts)


class BrowseActions(Protocol):
    """The dialog that finds rooms and people."""

    def open(self, text: str = "") -> None:
        """Open it, with this typed."""

    def filter(self, text: str) -> None:
        """Something was typed."""

    def choose(self, row: BrowseRow, key: str = "") -> None:
        """Return was pressed on a row, perhaps with a room's key."""

    def submit(self, text: str, key: str = "") -> None:
        """Return was pressed without any row."""

    def closed(self) -> None:
        """It was closed."""


class BrowseScreen(Protocol):
    """The dialog that finds rooms and people."""

    def show(self, page: BrowsePage) -> None:
        """Open it; or, if it is open, show this in it."""

    def type(self, text: str) -> None:
        """Have this stand in its field."""

    def close(self) -> None:
        """It has done its work."""
