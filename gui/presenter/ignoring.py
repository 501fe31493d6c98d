"""Whose words are not shown: what comes of them is taken out before any part hears of it.

What they had said before stays where it was, folded, until they are heard again; so do their
reactions, out of sight.  A message that they took back is taken back, without their words.
"""

import msgspec

from core.client import events
from gui.model.conversation import Conversation, Place
from gui.model.marks import WAITING, Reacted, reaction_name, with_reaction
from gui.model.message import Message
from gui.model.timeline import Change, Changed, Timeline
from gui.presenter.desk import Desk, Part

_OF_ONE = (
    events.MessageReceived,
    events.TypingChanged,
    events.ReactionReceived,
    events.CtcpReceived,
)
_OF_MANY = (events.HistoryReceived, events.ContextReceived)
_OfOne = (
    events.MessageReceived | events.TypingChanged | events.ReactionReceived | events.CtcpReceived
)
_Keys = frozenset[str]


def ignores(desk: Desk, nick: str) -> bool:
    """True if the user does not want to hear of them."""
    nicks = desk.preferences.ignored
    return bool(nicks) and desk.link.key(nick) in map(desk.link.key, nicks)


class Ignoring:
    """Looks before each redrawing if others are ignored than before; nobody is told of it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._nicks: list[str] = []
        self._keys: _Keys = frozenset()
        self._kept: dict[tuple[str, Reacted], None] = {}  # reactions that are not shown
        desk.finishing.append(self._follow)

    # --- what comes ---------------------------------------------------------------------

    def passed(self, event: object) -> object | None:
        """The event, without what ignored people say; None if nothing of it is left."""
        self._follow()
        ignored = self._keys
        if not ignored:
            return event
        if isinstance(event, _OF_ONE):
            if not self._hidden(event, ignored):
                return event
            if isinstance(event, events.ReactionReceived):
                self._keep(event)
            return None
        if isinstance(event, events.ConversationOpened):
            known = event.is_room or self._desk.chat.get(event.conversation) is not None
            return event if known or event.conversation not in ignored else None
        if isinstance(event, events.Invited):
            by_them = not event.is_self and self._desk.link.key(event.by) in ignored
            return None if by_them else event
        if isinstance(event, events.MessageRedacted):
            return self._silent(event, ignored)
        if isinstance(event, _OF_MANY):
            return self._thinned(event, ignored)
        return event

    def _hidden(self, event: _OfOne, ignored: _Keys) -> bool:
        own = isinstance(event, events.MessageReceived | events.ReactionReceived) and event.is_own
        return not own and self._desk.link.key(event.nick) in ignored

    def _silent(self, event: events.MessageRedacted, ignored: _Keys) -> events.MessageRedacted:
        """The message is gone all the same."""
        if self._desk.link.key(event.by) not in ignored:
            return event
        return msgspec.structs.replace(event, by="", reason="")

    def _thinned(
        self, event: events.HistoryReceived | events.ContextReceived, ignored: _Keys
    ) -> events.HistoryReceived | events.ContextReceived:
        """The message that was asked for stays: something leads to it."""
        wanted = event.msgid if isinstance(event, events.ContextReceived) else ""
        messages = tuple(
            one
            for one in event.messages
            if not self._hidden(one, ignored) or (wanted and one.msgid == wanted)
        )
        reactions = tuple(one for one in event.reactions if not self._hidden(one, ignored))
        if isinstance(event, events.ContextReceived):
            return msgspec.structs.replace(event, messages=messages, reactions=reactions)
        redactions = tuple(self._silent(one, ignored) for one in event.redactions)
        return msgspec.structs.replace(
            event, messages=messages, reactions=reactions, redactions=redactions
        )

    def _keep(self, event: events.ReactionReceived) -> None:
        """For when they are heard again."""
        mark = Reacted(event.msgid, event.nick, reaction_name(event.reaction))
        self._kept.pop((event.conversation, mark), None)
        if not event.removed:
            self._kept[event.conversation, mark] = None
        while len(self._kept) > WAITING:
            del self._kept[next(iter(self._kept))]

    # --- what is there ------------------------------------------------------------------

    def _follow(self) -> None:
        """Act on what the user has chosen since the last time."""
        nicks = self._desk.preferences.ignored
        if nicks == self._nicks:
            return
        before, key = self._keys, self._desk.link.key
        self._nicks, self._keys = list(nicks), frozenset(map(key, nicks))
        begun, ended = self._keys - before, before - self._keys
        for conversation in self._desk.chat.conversations.values():
            self._begin(conversation, begun)
            self._fold(conversation, begun, ended)
        self._give_back(ended)
        self._desk.touch(Part.LIST, Part.HEADER, Part.TYPING, Part.OFFERS, Part.CARDS)

    def _begin(self, conversation: Conversation, begun: _Keys) -> None:
        """They type nothing, and nothing of theirs is unread."""
        for nick in [one for one in conversation.typing if self._desk.link.key(one) in begun]:
            conversation.set_typing(nick, False)
        if conversation.place is Place.PRIVATE and conversation.key in begun:
            conversation.look()
            conversation.divider = 0

    def _fold(self, conversation: Conversation, begun: _Keys, ended: _Keys) -> None:
        desk, visit = self._desk, conversation.visit
        desk.changed(conversation, self._folded(conversation, conversation.timeline, begun, ended))
        if visit is not None:
            changes = self._folded(conversation, visit.timeline, begun, ended)
            desk.visit_changed(conversation, changes)

    def _folded(
        self, conversation: Conversation, timeline: Timeline, begun: _Keys, ended: _Keys
    ) -> list[Change]:
        """What changes in a timeline; each sender is looked up once."""
        keys: dict[str, str] = {}
        changes: list[Change] = []
        for at, message in enumerate(timeline.messages):
            key = keys.get(message.sender)
            if key is None:
                key = keys[message.sender] = self._desk.link.key(message.sender)
            changed = False
            if not message.own and key in begun:
                changed = message.fold()
            elif key in ended:
                changed = message.unfold()
            if message.reactions and self._without(conversation, message, begun):
                changed = True
            if changed:
                changes.append(Changed(at))
        return changes

    def _without(self, conversation: Conversation, message: Message, begun: _Keys) -> bool:
        """Put their reactions aside; False if there are none."""
        theirs = [
            Reacted(message.msgid, nick, reaction.text)
            for reaction in message.reactions
            for nick in reaction.nicks
            if self._desk.link.key(nick) in begun
        ]
        for mark in theirs:
            self._kept[conversation.key, mark] = None
            message.reactions = with_reaction(message.reactions, mark._replace(removed=True))
        return bool(theirs)

    def _give_back(self, ended: _Keys) -> None:
        """Show the reactions of those who are heard again."""
        desk = self._desk
        for key, mark in [one for one in self._kept if desk.link.key(one[1].nick) in ended]:
            del self._kept[key, mark]
            conversation = desk.chat.get(key)
            if conversation is None:
                continue
            desk.changed(conversation, conversation.timeline.mark(mark))
            if conversation.visit is not None:
                desk.visit_changed(conversation, conversation.visit.timeline.mark(mark))
