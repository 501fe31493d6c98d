"""Going to a message: where it stands, or into the past where it is not loaded.

A message that is not loaded is asked for with what is around it, and shown as a stretch of its
own (`Conversation.visit`) that grows at both ends as one scrolls.  Live messages go to the
conversation's own timeline meanwhile.  When the newer end of the stretch meets that timeline,
the two are joined under the reader's eyes, and the past is left without a step.
"""

from collections.abc import Callable

from core.client import events
from gui.link import Queued
from gui.model.conversation import Conversation, Place
from gui.model.message import Message
from gui.model.visit import Side, Visit, join
from gui.presenter.desk import Desk, Handlers
from gui.presenter.messages import made

Mark = Callable[[Conversation, Visit, events.ContextReceived], None]

_GONE = "This message cannot be shown any more"
_TOO_OLD = "This message is too far back to be shown here"


class Jumping:
    """`state` tells the connection's; `mark` takes what became of the messages of a page."""

    def __init__(self, desk: Desk, state: Callable[[], str], mark: Mark) -> None:
        self._desk, self._state, self._mark = desk, state, mark
        self._wanted = ("", "")  # conversation and msgid that were asked for last

    def handlers(self) -> Handlers:
        """What this part listens to."""
        return {
            events.ContextReceived: self.received,
            events.ContextFailed: self.failed,
            events.Disconnected: self.disconnected,
            events.ConversationRenamed: self.renamed,
            Queued: self.queued,
        }

    # --- what the user does -------------------------------------------------------------

    def jump(self, key: str, msgid: str) -> None:
        """Show the message `msgid` of the conversation `key`, wherever it is."""
        desk = self._desk
        place = Place.ROOM if desk.link.is_room(key) else Place.PRIVATE
        conversation = desk.chat.ensure(key, key, place)
        if desk.chat.current != key:
            desk.open(conversation)
        self._wanted = ("", "")
        if message := conversation.timeline.find(msgid):
            self.show(conversation, message)
        elif conversation.visit and (message := conversation.visit.timeline.find(msgid)):
            desk.flush()
            desk.screen.finding.show_message(message.uid)
        elif msgid and desk.chat.features.context and self._state() == "online":
            self._wanted = (key, msgid)
            name = conversation.name
            desk.link.ask(lambda session, now: session.request_context(name, msgid, "around"))
        else:
            desk.note(conversation, _TOO_OLD)
        desk.flush()

    def show(self, conversation: Conversation, message: Message) -> None:
        """Show a message of the conversation's own timeline."""
        desk = self._desk
        if conversation.visit is not None:
            desk.end_visit(conversation)
        desk.flush()
        desk.screen.finding.show_message(message.uid)

    def newest(self) -> None:
        """See `FindingActions`."""
        desk, conversation = self._desk, self._desk.chat.open
        self._wanted = ("", "")
        if conversation is not None and conversation.visit is not None:
            desk.end_visit(conversation)
            desk.screen.show_end()
        desk.flush()

    def load(self, conversation: Conversation, side: Side) -> None:
        """One end of the stretch comes into view: ask for what lies beyond."""
        visit, name = conversation.visit, conversation.name
        if visit is None or side in visit.asking or self._state() != "online":
            return
        done = visit.timeline.complete if side == "before" else visit.refused
        edge = visit.edge(side)
        if not done and edge:
            visit.asking.add(side)
            self._desk.link.ask(lambda session, now: session.request_context(name, edge, side))

    # --- what the server answers --------------------------------------------------------

    def received(self, event: events.ContextReceived) -> None:
        """A page of the past."""
        conversation = self._desk.chat.get(event.conversation)
        if conversation is None:
            return
        if event.where == "around":
            if self._wanted == (conversation.key, event.msgid):
                self._begin(conversation, event)
            return
        visit, side = conversation.visit, event.where
        if visit is None or side not in visit.asking or visit.edge(side) != event.msgid:
            return
        visit.asking.discard(side)
        change = visit.extend(side, map(made, event.messages))
        self._mark(conversation, visit, event)
        if side == "before":
            visit.timeline.complete = event.edge
        elif event.edge or visit.meets():
            self._join(conversation, visit)
            return
        self._desk.visit_changed(conversation, [change])

    def _begin(self, conversation: Conversation, event: events.ContextReceived) -> None:
        """Show a stretch around a message."""
        desk, self._wanted = self._desk, ("", "")
        visit = Visit(conversation.timeline, event.msgid)
        visit.extend("after", map(made, event.messages))
        self._mark(conversation, visit, event)
        if visit.timeline.find(event.msgid) is None:
            desk.note(conversation, _GONE)
            return
        if visit.meets():  # not that far back
            desk.changed(conversation, join(conversation.timeline, visit.timeline))
            conversation.stretched = True
            if message := conversation.timeline.find(event.msgid):
                self.show(conversation, message)
            return
        desk.begin_visit(conversation, visit)
        if message := visit.timeline.find(event.msgid):
            desk.screen.finding.show_message(message.uid)

    def _join(self, conversation: Conversation, visit: Visit) -> None:
        """The stretch has met what the conversation has."""
        join(conversation.timeline, visit.timeline)
        conversation.stretched = True
        self._desk.joined(conversation)

    def failed(self, event: events.ContextFailed) -> None:
        """That part of the past cannot be had."""
        desk, conversation = self._desk, self._desk.chat.get(event.conversation)
        if conversation is None:
            return
        if event.where == "around":
            if self._wanted == (conversation.key, event.msgid):
                self._wanted = ("", "")
                desk.note(conversation, event.sentence or _GONE)
            return
        visit = conversation.visit
        if visit is None:
            return
        visit.asking.discard(event.where)
        if event.code and event.where == "before":  # refused: do not ask again and again
            visit.timeline.complete = True
        elif event.code:
            visit.refused = True

    def disconnected(self, event: events.Disconnected) -> None:
        """No answer will come."""
        self._wanted = ("", "")
        for conversation in self._desk.chat.conversations.values():
            if conversation.visit is not None:
                conversation.visit.asking.clear()

    def renamed(self, event: events.ConversationRenamed) -> None:
        """An answer to the old name will not be known."""
        self._wanted = ("", "")

    def queued(self, signal: Queued) -> None:
        """We say something: that is at the newest messages."""
        if signal.conversation == self._desk.chat.current:
            self.newest()
