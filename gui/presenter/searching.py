"""The search field: conversations, people and rooms as one types, and messages from the server.

What is here is found at once.  The server is asked only after a pause in the typing, and for
more when the last of its hits comes into view.
"""

from collections.abc import Callable
from itertools import count
from typing import Literal

from core.client import events
from core.wire.casemapping import fold
from gui.model.conversation import Conversation, Place
from gui.model.dates import brief
from gui.model.found import Heading, MessageHit, PlaceHit, Remark, Row
from gui.model.matching import rank, snippet, spans
from gui.model.text import clean
from gui.presenter import commands
from gui.presenter.desk import Desk, Handlers, Part
from gui.presenter.ignoring import ignores

_MOST_PLACES, _MOST_PEOPLE = 12, 8
_LEAST_LETTERS = 2  # before the server is asked
_PAGE = 30
_NO_ANSWER = "The search has failed"


class Searching:
    """See `SearchActions`; `state` tells the connection's, `jump` shows a message."""

    def __init__(
        self, desk: Desk, state: Callable[[], str], jump: Callable[[str, str], None]
    ) -> None:
        self._desk, self._state, self._jump = desk, state, jump
        self._text = ""
        self._rows: list[Row] = []
        self._selected = -1
        self._numbers = count(1)
        self._stage: Literal["off", "waiting", "asking", "done", "failed"] = "off"
        self._query = ""  # the id of the last question, "" if its answer is not wanted any more
        self._problem = ""
        self._complete = False
        self._found: dict[str, events.MessageReceived] = {}  # by msgid, the newest first
        desk.draws(Part.CARDS, self._again)

    def handlers(self) -> Handlers:
        """What this part listens to."""
        return {
            events.SearchReceived: self.received,
            events.SearchFailed: self.failed,
            events.Disconnected: self.disconnected,
        }

    # --- what the user does -------------------------------------------------------------

    def search(self, text: str) -> None:
        """See `SearchActions`."""
        self._text = " ".join(text.split())
        self._query, self._problem, self._complete = "", "", False
        self._found.clear()
        self._stage = "waiting" if self._can_ask() else "off"
        self._selected = -1
        self._show()

    def _can_ask(self) -> bool:
        enough = len(self._text) >= _LEAST_LETTERS
        return enough and self._desk.chat.features.search and self._state() == "online"

    def settle(self) -> None:
        """See `SearchActions`."""
        if self._stage == "waiting" and self._can_ask():
            self._ask(0.0)
            self._show()

    def _ask(self, before: float) -> None:
        self._stage = "asking"
        self._query = query = f"search-{next(self._numbers)}"
        text = self._text
        self._desk.link.ask(
            lambda session, now: session.search(query, text, before=before, limit=_PAGE)
        )

    def more(self) -> None:
        """See `SearchActions`."""
        if self._stage == "done" and not self._complete and self._found and self._can_ask():
            self._ask(min(one.time for one in self._found.values()))
            self._show()

    def step(self, steps: int) -> None:
        """See `SearchActions`."""
        hits = [at for at, row in enumerate(self._rows) if isinstance(row, PlaceHit | MessageHit)]
        if hits:
            at = hits.index(self._selected) if self._selected in hits else -1
            self._selected = hits[max(0, min(at + steps, len(hits) - 1))]
            self._desk.screen.finding.show_results(tuple(self._rows), self._selected)

    def accept(self) -> None:
        """See `SearchActions`."""
        self.pick(self._selected)

    def pick(self, index: int) -> None:
        """See `SearchActions`."""
        row = self._rows[index] if 0 <= index < len(self._rows) else None
        if isinstance(row, PlaceHit):
            self._go(row)
            self._desk.screen.finding.end_search()
        elif isinstance(row, MessageHit):
            self._selected = index
            self._desk.screen.finding.show_results(tuple(self._rows), self._selected)
            self._jump(row.conversation, row.msgid)
        self._desk.flush()

    def _go(self, hit: PlaceHit) -> None:
        desk = self._desk
        known = desk.chat.get(hit.key)
        if known is not None:
            if known.key != desk.chat.current:
                desk.open(known)
        elif hit.room:
            commands.join(desk, desk.here(), hit.name)
        else:
            desk.open(desk.chat.ensure(desk.link.key(hit.name), hit.name, Place.PRIVATE))

    # --- what the server answers --------------------------------------------------------

    def received(self, event: events.SearchReceived) -> None:
        """Messages that the server has found."""
        if event.query != self._query:
            return
        before = len(self._found)
        for message in event.messages:
            if message.msgid:
                self._found.setdefault(message.msgid, message)
        self._stage = "done"
        self._complete = event.complete or len(self._found) == before
        self._show()

    def failed(self, event: events.SearchFailed) -> None:
        """The server does not want to search, or has not answered."""
        if event.query == self._query:
            self._stage, self._problem = "failed", event.sentence or _NO_ANSWER
            self._show()

    def disconnected(self, event: events.Disconnected) -> None:
        """No answer will come."""
        if self._stage in ("asking", "waiting"):
            self._stage, self._problem, self._query = "failed", _NO_ANSWER, ""
            self._show()

    def _again(self) -> None:
        """Others may be ignored now."""
        if self._found:
            self._show()

    # --- rows ---------------------------------------------------------------------------

    def _show(self) -> None:
        finding = self._desk.screen.finding
        if not self._text:
            self._rows, self._selected = [], -1
            finding.show_results(None, -1)
            return
        self._rows = [*self._places(), *self._people(), *self._messages()]
        if not any(isinstance(row, PlaceHit | MessageHit | Remark) for row in self._rows):
            self._rows = [Remark("Nothing found")]
        hits = (at for at, row in enumerate(self._rows) if isinstance(row, PlaceHit | MessageHit))
        first = next(hits, -1)
        self._selected = max(self._selected, first)
        finding.show_results(tuple(self._rows), self._selected)

    def _places(self) -> list[Row]:
        chat, text = self._desk.chat, self._text
        found = chat.matching(text)
        found += [
            one
            for one in chat.ordered()
            if one not in found and text.casefold() in self._title(one).casefold()
        ]
        hits: list[Row] = [self._place(one) for one in found[:_MOST_PLACES]]
        if self._desk.link.is_room(text) and self._desk.link.key(text) not in chat.conversations:
            hits.append(PlaceHit("", text, f"Join {text}", "a room", room=True))
        return hits

    def _place(self, one: Conversation) -> PlaceHit:
        chat = self._desk.chat
        count, dot = len(one.roster), ""
        detail = one.topic or (f"{count} member{'s' * (count != 1)}" if count else "")
        title, color = self._title(one), ""
        if one.place is Place.PRIVATE:
            dot, color = chat.presence(one.name), chat.people.color(one.name)
            detail = ", ".join(filter(None, (one.name if title != one.name else "", dot)))
        return PlaceHit(
            one.key, one.name, title, detail, spans(title, self._text), one.place is Place.ROOM,
            dot, one.unread, color,
        )  # fmt: skip

    def _title(self, one: Conversation) -> str:
        """What it is called in the list."""
        return self._desk.chat.people.name(one.name) if one.place is Place.PRIVATE else one.name

    def _people(self) -> list[Row]:
        """Members of our rooms with whom there is no conversation yet."""
        chat = self._desk.chat
        found: dict[str, str] = {}
        for one in chat.conversations.values():
            for member in one.roster.ordered():
                key = fold(member.nick)
                if key not in found and rank(member.nick, self._text) < 3:
                    found[key] = member.nick
        mine = fold(chat.nick)
        nicks = [
            nick
            for key, nick in found.items()
            if key != mine and self._desk.link.key(nick) not in chat.conversations
        ]
        nicks.sort(key=lambda nick: (rank(nick, self._text), nick.lower()))
        hits: list[Row] = []
        for nick in nicks[:_MOST_PEOPLE]:
            dot = chat.presence(nick)
            title = f"Message {nick}"
            shift = len(title) - len(nick)
            marks = tuple((a + shift, b + shift) for a, b in spans(nick, self._text))
            color = chat.people.color(nick)
            hits.append(PlaceHit("", nick, title, dot, marks, False, dot, 0, color))
        return hits

    def _messages(self) -> list[Row]:
        if self._stage == "off":
            return []
        rows: list[Row] = [Heading("Messages")]
        told = [
            one for one in self._found.values() if one.is_own or not ignores(self._desk, one.nick)
        ]
        rows += [self._message(one) for one in told]
        if self._stage in ("waiting", "asking"):
            rows.append(Remark("Searching…", busy=True))
        elif self._stage == "failed":
            rows.append(Remark(self._problem))
        elif not told:
            rows.append(Remark("Nothing found"))
        return rows

    def _message(self, event: events.MessageReceived) -> MessageHit:
        chat = self._desk.chat
        known = chat.get(event.conversation)
        name, color = self._title(known) if known else event.conversation, ""
        if not self._desk.link.is_room(event.conversation):
            color = chat.people.color(known.name if known else event.conversation)
        text, marks = snippet(clean(event.text), self._text)
        return MessageHit(
            event.conversation, name, event.msgid, "You" if event.is_own else event.nick, text,
            marks, brief(event.time, self._desk.now()), color,
        )  # fmt: skip
