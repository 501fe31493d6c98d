"""Ctrl+F: finding a text in the open conversation.

The messages that are loaded are looked through in slices (`Hits`), the newest first, so that a
hundred thousand of them hold nothing up; what comes in meanwhile is looked at as well.  Where
the server can search, it is asked for what is older than all these, once the last hit here is
reached.
"""

from itertools import count

from core.client import events
from gui.model.conversation import Place
from gui.model.found import FindState
from gui.model.message import Kind
from gui.model.timeline import Timeline
from gui.presenter.desk import Desk, Handlers
from gui.presenter.hits import Hit, Hits
from gui.presenter.jumping import Jumping

_PAGE = 50
_LEAST_LETTERS = 2  # before the server is asked


class Finding:
    """See `FindingActions`."""

    def __init__(self, desk: Desk, jumping: Jumping) -> None:
        self._desk, self._jumping = desk, jumping
        self.jump, self.newest = jumping.jump, jumping.newest
        self._shown = False
        self._key = ""  # of the conversation that is looked through
        self._hits = Hits(Timeline(), "")
        self._numbers = count(1)
        self._query = ""  # the id of the question on its way, "" for none
        self._complete = True  # the server has nothing older, or cannot search
        self._going_on = False  # the next hit is to be shown as soon as it is there
        self._problem = ""
        self._highlighted = ("", 0)
        desk.finishing.append(self._keep_up)

    def handlers(self) -> Handlers:
        """What this part listens to."""
        return {
            events.SearchReceived: self.received,
            events.SearchFailed: self.failed,
            events.Disconnected: self.disconnected,
        }

    # --- what the user does -------------------------------------------------------------

    def open(self) -> None:
        """See `FindingActions`."""
        if self._desk.chat.open is not None:
            self._shown = True
            self.find(self._hits.text)

    def close(self) -> None:
        """See `FindingActions`."""
        self._shown = False
        self._query = ""
        self._desk.screen.finding.show_find(None)
        self._highlight("", 0)

    def find(self, text: str) -> None:
        """See `FindingActions`."""
        conversation, features = self._desk.chat.open, self._desk.chat.features
        if conversation is None or not self._shown:
            return
        self._key = conversation.key
        self._hits = Hits(conversation.timeline, text)
        self._query, self._problem, self._going_on = "", "", False
        nothing_older = conversation.timeline.complete or conversation.place is Place.SERVER
        enough = len(text.strip()) >= _LEAST_LETTERS
        self._complete = nothing_older or not enough or not features.search
        self._highlight(text, 0)
        self._show()
        if not self._hits.done:
            self._desk.screen.finding.work_soon()

    def work(self) -> bool:
        """See `FindingActions`."""
        if not self._shown:
            return False
        more = self._hits.look()
        if self._hits.current < 0 and self._hits.local:
            self._hits.current = 0
            self._go()
        elif not more and not len(self._hits):
            self._ask()
        self._show()
        return more

    def step(self, steps: int) -> None:
        """See `FindingActions`."""
        if not self._shown or not self._hits.text:
            return
        place = self._hits.current + steps
        if place >= len(self._hits):
            self._ask()
            self._going_on = bool(self._query)
        place = max(0, min(place, len(self._hits) - 1))
        if len(self._hits):
            self._hits.current = place
            self._go()
        self._show()

    def _go(self) -> None:
        """Show the selected hit."""
        conversation, hit = self._desk.chat.open, self._hits.selected
        if conversation is None or hit is None:
            return
        if message := conversation.timeline.get(hit.uid):
            self._jumping.show(conversation, message)
        else:
            self._jumping.jump(conversation.key, hit.msgid)
        self._mark_current()

    def _mark_current(self) -> None:
        conversation, hit = self._desk.chat.open, self._hits.selected
        if conversation is None or not self._hits.text:
            return
        uid = hit.uid if hit else 0
        if hit and not uid and (there := conversation.shown.find(hit.msgid)):
            uid = there.uid
        self._highlight(self._hits.text, uid)

    def _highlight(self, text: str, uid: int) -> None:
        if (text, uid) != self._highlighted:
            self._highlighted = (text, uid)
            self._desk.screen.finding.highlight(text, uid)

    def _show(self) -> None:
        hits = self._hits
        searching = bool(hits.text) and (not hits.done or bool(self._query))
        state = FindState(
            hits.current + 1, len(hits), bool(hits.text), searching, not self._complete,
            self._problem, hits.text,
        )  # fmt: skip
        self._desk.screen.finding.show_find(state)

    def _keep_up(self) -> None:
        """Before each redrawing: another conversation ends it; new messages are looked at."""
        if not self._shown:
            return
        if self._desk.chat.current != self._key:
            self.close()
            return
        self._mark_current()
        if not self._hits.done:
            self._desk.screen.finding.work_soon()

    # --- the server ---------------------------------------------------------------------

    def _ask(self) -> None:
        conversation = self._desk.chat.open
        if conversation is None or self._complete or self._query or not self._hits.done:
            return
        said = (one.time for one in conversation.timeline.messages if one.kind is not Kind.NOTE)
        before = self._hits.remote[-1].time if self._hits.remote else next(said, 0.0)
        query = self._query = f"find-{next(self._numbers)}"
        text, name = self._hits.text.strip(), conversation.name
        self._desk.link.ask(
            lambda session, now: session.search(
                query, text, target=name, before=before, limit=_PAGE
            )
        )

    def received(self, event: events.SearchReceived) -> None:
        """Older messages that hold the text."""
        if not self._shown or event.query != self._query:
            return
        self._query = ""
        fresh = self._hits.add(Hit(0, one.msgid, one.time) for one in event.messages)
        self._complete = event.complete or not fresh
        if fresh and (self._going_on or self._hits.current < 0):
            self.step(1)
        self._going_on = False
        self._show()

    def failed(self, event: events.SearchFailed) -> None:
        """The server does not want to search, or has not answered."""
        if self._shown and event.query == self._query:
            self._query, self._complete = "", True
            self._problem = "" if len(self._hits) else event.sentence
            self._show()

    def disconnected(self, event: events.Disconnected) -> None:
        """No answer will come."""
        if self._shown and self._query:
            self._query = ""
            self._show()
