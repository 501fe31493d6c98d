"""Reactions, and messages taken back: ours and everybody's.

A reaction of ours is shown at once.  Where the server sends our own words back to us it counts
as unconfirmed until it comes back, and is undone if that is refused or the connection breaks.
"""

from collections.abc import Iterable
from typing import Final, NamedTuple

from core.client import events
from gui.model.conversation import Conversation
from gui.model.marks import Mark, Reacted, Redacted, reaction_name
from gui.model.message import Message
from gui.model.text import clean
from gui.model.visit import Visit
from gui.presenter.desk import Desk, Handlers, Part

_UNCONFIRMED: Final = 100  # reactions on their way; no more are sent meanwhile
_Told = events.ReactionReceived | events.MessageRedacted
_REFUSABLE: Final = ("TAGMSG", "REACT", "UNREACT")


class _Sent(NamedTuple):
    conversation: str
    msgid: str
    reaction: str


class Marking:
    """Handles the events, and does what `ReadingActions` asks of it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._unconfirmed: dict[_Sent, bool] = {}  # whether it was taken back

    def handlers(self) -> Handlers:
        """What this part listens to."""
        return {
            events.ReactionReceived: self.reaction,
            events.MessageRedacted: self.redacted,
            events.HistoryReceived: self.history,
            events.ErrorReceived: self.refused,
            events.Disconnected: self.disconnected,
        }

    # --- events -------------------------------------------------------------------------

    def reaction(self, event: events.ReactionReceived, *, older: bool = False) -> None:
        """Somebody reacted, perhaps we, here or on another device."""
        name = reaction_name(event.reaction)
        if event.is_own:
            self._unconfirmed.pop(_Sent(event.conversation, event.msgid, name), None)
        mark = Reacted(event.msgid, event.nick, name, event.is_own, event.removed)
        self._mark(event.conversation, mark, older=older)

    def redacted(self, event: events.MessageRedacted, *, older: bool = False) -> None:
        """A message was taken back."""
        mark = Redacted(event.msgid, event.by, " ".join(clean(event.reason).split()))
        self._mark(event.conversation, mark, older=older)

    def history(self, event: events.HistoryReceived) -> None:
        """What became of the messages of a page.  That of an older page came about before all
        that waits for messages further up."""
        self.page(event.reactions, event.redactions, older=event.where == "before")

    def page(
        self,
        reactions: Iterable[events.ReactionReceived],
        redactions: Iterable[events.MessageRedacted] = (),
        *,
        older: bool = False,
    ) -> None:
        """The reactions and redactions of a page of the past, in their order."""
        told: list[_Told] = [*reactions, *redactions]
        later: list[_Told] = []
        for one in told:
            conversation = self._desk.chat.get(one.conversation)
            if older and conversation and not conversation.timeline.find(one.msgid):
                later.append(one)
            else:
                self._take(one)
        for one in reversed(later):  # each goes in front of those that wait
            self._take(one, older=True)

    def stretch(
        self, conversation: Conversation, visit: Visit, event: events.ContextReceived
    ) -> None:
        """What became of the messages of a stretch of the past."""
        for one in event.reactions:
            name = reaction_name(one.reaction)
            visit.timeline.mark(Reacted(one.msgid, one.nick, name, one.is_own, one.removed))

    def _take(self, one: _Told, *, older: bool = False) -> None:
        if isinstance(one, events.MessageRedacted):
            self.redacted(one, older=older)
        else:
            self.reaction(one, older=older)

    def refused(self, event: events.ErrorReceived) -> bool:
        """Our reactions that are not confirmed are undone if one was refused; True if so."""
        if event.command not in _REFUSABLE or not self._unconfirmed:
            return False
        named = [sent for sent in self._unconfirmed if sent.msgid in event.context]
        self._undo(named or list(self._unconfirmed))
        if where := self._desk.chat.open:
            self._desk.note(where, event.sentence)
        return True

    def disconnected(self, event: events.Disconnected) -> None:
        """What is not confirmed may be lost."""
        self._undo(list(self._unconfirmed))

    def _undo(self, sent: Iterable[_Sent]) -> None:
        for one in sent:
            removed = self._unconfirmed.pop(one)
            mark = Reacted(one.msgid, "", one.reaction, own=True, removed=not removed)
            self._mark(one.conversation, mark)

    def _mark(self, key: str, mark: Mark, *, older: bool = False) -> None:
        desk = self._desk
        conversation = desk.chat.get(key)
        if conversation is None:
            return
        desk.changed(conversation, conversation.timeline.mark(mark, older=older))
        if conversation.visit is not None:
            desk.visit_changed(conversation, conversation.visit.timeline.mark(mark))
        if isinstance(mark, Redacted):
            self._forget_reply(conversation, mark.msgid)

    def _forget_reply(self, conversation: Conversation, msgid: str) -> None:
        """What was taken back cannot be answered."""
        answered = conversation.shown.find(msgid)
        if answered is not None and answered.uid == conversation.replying:
            conversation.replying = 0
            self._desk.touch(Part.REPLY)

    # --- actions ------------------------------------------------------------------------

    def react(self, conversation: Conversation, message: Message, reaction: str) -> None:
        """React to the message, or take that back."""
        desk, name = self._desk, reaction_name(reaction)
        sent = _Sent(conversation.key, message.msgid, name)
        if not name or len(self._unconfirmed) >= _UNCONFIRMED:
            return
        removed = any(one.own and one.text == name for one in message.reactions)
        if desk.chat.features.echo:
            self._unconfirmed[sent] = removed
        target, msgid = conversation.name, message.msgid
        desk.link.ask(lambda session, now: session.react(target, msgid, name, remove=removed))
        mark = Reacted(msgid, desk.chat.nick, name, own=True, removed=removed)
        self._mark(conversation.key, mark)
        desk.flush()

    def redact(self, conversation: Conversation, message: Message) -> None:
        """Ask the server to take the message back; it tells everybody, us included."""
        target, msgid = conversation.name, message.msgid
        self._desk.link.ask(lambda session, now: session.redact(target, msgid))
