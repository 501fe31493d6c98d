"""The dialog that finds rooms and people: the server's list, what fits, joining, refusals."""

from collections.abc import Sequence

from core.client import events
from core.client.events import ListedRoom
from gui.model.browsepage import BrowsePage, BrowseRow, Directory
from gui.model.conversation import Place
from gui.model.text import clean
from gui.presenter.desk import Desk, Handlers, Part

_MOST_LISTED = 10_000  # the session keeps no more of one answer


class Browsing:
    """See `BrowseActions`.

    The server is asked once for each opening; only where its answer was cut off, and it can look
    for names itself (ELIST M), it is asked again for what is typed, one question at a time.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.is_open = False
        self._text = ""
        self._asked: str | None = None  # the pattern on its way, None for none
        self._cut = False  # there are more rooms than were told
        self._directory = Directory()
        self._error = self._locked = self._joining = ""
        desk.draws(Part.CARDS, self._draw)
        desk.opens["rooms"] = self.open

    def handlers(self) -> Handlers:
        """What this part listens to; it comes before `Rooms` and `Answers`."""
        return {
            events.RoomsListed: self.listed,
            events.JoinFailed: self.join_failed,
            events.RoomJoined: self.joined,
            events.ErrorReceived: self.refused,
            events.Disconnected: self.disconnected,
        }

    # --- BrowseActions ------------------------------------------------------------------

    def open(self, text: str = "") -> None:
        """See `BrowseActions`."""
        self.is_open, self._text = True, text.strip()
        self._error = self._locked = self._joining = ""
        self._cut, self._directory = False, Directory()
        self._ask("")
        self._desk.touch(Part.CARDS)
        self._desk.flush()
        self._desk.screen.browse.type(self._text)

    def closed(self) -> None:
        """See `BrowseActions`."""
        if self.is_open:
            self.is_open, self._directory = False, Directory()
            self._desk.screen.browse.close()

    def filter(self, text: str) -> None:
        """See `BrowseActions`."""
        if text.strip() != self._text:
            self._text = text.strip()
            self._error = self._locked = ""
            self._ask_more()
            self._desk.touch(Part.CARDS)
        self._desk.flush()

    def choose(self, row: BrowseRow, key: str = "") -> None:
        """See `BrowseActions`."""
        if row.kind == "person":
            self._write_to(row.name)
        else:
            self._join(row.name, key)
        self._desk.flush()

    def submit(self, text: str, key: str = "") -> None:
        """See `BrowseActions`."""
        name = self._locked or text.strip()
        if not name:
            return
        problem = _problem(name)
        if problem:
            self._error = problem
            self._desk.touch(Part.CARDS)
        elif self._desk.link.is_room(name):
            self._join(name, key)
        else:
            self._write_to(name)
        self._desk.flush()

    def _write_to(self, nick: str) -> None:
        desk = self._desk
        self.closed()
        desk.open(desk.chat.ensure(desk.link.key(nick), nick, Place.PRIVATE))

    def _join(self, name: str, key: str) -> None:
        desk, wanted = self._desk, self._desk.link.key(name)
        known = desk.chat.get(wanted)
        if known is not None and known.joined:
            self.closed()
            desk.open(known)
            return
        self._error, self._joining = "", wanted
        desk.chat.wanted, key = wanted, key.strip()
        desk.link.ask(lambda session, now: session.join(name, key))
        desk.touch(Part.CARDS)

    # --- the server's list --------------------------------------------------------------

    def _ask(self, pattern: str) -> None:
        if self._asked is None:
            self._asked = pattern
            self._desk.link.ask(lambda session, now: session.request_room_list(pattern))

    def _ask_more(self) -> None:
        """What is typed may be among what was cut off."""
        able = "M" in self._desk.chat.support.list_conditions.upper()
        if self._cut and able and self._text and self._asked is None:
            self._ask(f"*{self._text.replace('*', '').replace(',', '')}*")

    def listed(self, event: events.RoomsListed) -> bool:
        """The answer; whoever did not open the dialog has not asked."""
        asked, self._asked = self._asked, None
        if self.is_open:
            if not asked:
                self._cut = len(event.rooms) >= _MOST_LISTED
                self._directory = Directory(_cleaned(event.rooms))
            else:
                known = {one.name for one in self._directory.rooms}
                more = [one for one in _cleaned(event.rooms) if one.name not in known]
                self._directory = Directory([*self._directory.rooms, *more])
                if asked != f"*{self._text}*":
                    self._ask_more()
            self._desk.touch(Part.CARDS)
        return True

    def disconnected(self, event: events.Disconnected) -> None:
        """No answer comes any more."""
        self._asked, self._joining = None, ""
        self._desk.touch(Part.CARDS)

    # --- what comes of joining ----------------------------------------------------------

    def joined(self, event: events.RoomJoined) -> None:
        """We are in the room."""
        if self.is_open and event.room == self._joining:
            self.closed()

    def join_failed(self, event: events.JoinFailed) -> bool:
        """The room stays closed; with the right key it may open."""
        wanted = event.room == self._desk.chat.wanted
        if not self.is_open and wanted and event.code == "475":  # asked for elsewhere
            self.open(event.name)
            self._joining = event.room
        if not self.is_open or event.room != self._joining:
            return False
        if event.forward:
            self._joining = self._desk.chat.wanted = self._desk.link.key(event.forward)
            return True
        self._joining, self._desk.chat.wanted = "", ""
        self._locked = event.name if event.code == "475" else ""
        named = event.name in event.sentence
        self._error = event.sentence if named else f"{event.name}: {event.sentence}"
        self._desk.touch(Part.CARDS)
        return True

    def refused(self, event: events.ErrorReceived) -> bool:
        """The list, or the room, was refused in another way."""
        if not self.is_open:
            return False
        about = self._joining and self._joining in map(self._desk.link.key, event.context)
        if event.command not in ("LIST", "JOIN") and not about:
            return False
        self._error, self._joining = event.sentence, ""
        if event.command == "LIST":
            self._asked = None
        self._desk.touch(Part.CARDS)
        return True

    # --- the page -----------------------------------------------------------------------

    def _draw(self) -> None:
        if self.is_open:
            self._desk.screen.browse.show(self.page())

    def page(self) -> BrowsePage:
        """What fits what is typed, and what else could be meant by it."""
        desk, text = self._desk, self._text
        found = self._directory.matching(text)
        rows = [self._row(one) for one in found]
        extra = self._extra(text, bool(found))
        exact = bool(rows) and rows[0].name.lower() in (text.lower(), f"#{text.lower()}")
        rows = [rows[0], *extra, *rows[1:]] if exact else [*rows, *extra]
        if not desk.link.is_room(text) and text and not exact:
            rows.sort(key=lambda row: row.kind == "create")  # a person before a new room
        return BrowsePage(
            rows=rows,
            status=self._status(len(found)),
            error=self._error,
            locked=self._locked,
            busy=bool(self._joining),
        )

    def _row(self, room: ListedRoom) -> BrowseRow:
        known = self._desk.chat.get(self._desk.link.key(room.name))
        here = known is not None and known.joined
        note = "you are here" if here else ""
        return BrowseRow("room", room.name, room.members, room.topic, note)

    def _extra(self, text: str, any_found: bool) -> list[BrowseRow]:
        """A room to make, or a person to write to."""
        if not text or _problem(text):
            return []
        if self._desk.link.is_room(text):
            if self._directory.holds(text):
                return []
            return [BrowseRow("create", text, note="a hidden or new room")]
        rows = [BrowseRow("person", text, note="write a private message")]
        name = f"#{text}"
        if not self._directory.holds(name) and self._desk.link.is_room(name):
            rows.append(BrowseRow("create", name, note="a hidden or new room"))
        return rows

    def _status(self, found: int) -> str:
        if self._asked == "":
            return "Asking for the rooms…"
        total = len(self._directory.rooms)
        if not total:
            return "" if self._error else "No rooms yet: type a name to make one"
        if self._text and found != total:
            return f"{found:,} of {total:,} rooms"
        words = f"{total:,} room{'s' * (total != 1)}"
        return f"{words}; there are more: type to find them" if self._cut else words


def _cleaned(rooms: Sequence[ListedRoom]) -> list[ListedRoom]:
    """Topics as one line without formatting."""
    return [ListedRoom(one.name, one.members, " ".join(clean(one.topic).split())) for one in rooms]


def _problem(name: str) -> str:
    """Why this cannot be the name of a room or a person; '' if it can."""
    if not name.strip("#&"):
        return "A room's name begins with # and has at least one letter."
    if any(character in " ,:\a" for character in name):
        return "A name has no blanks, commas or colons."
    return ""
