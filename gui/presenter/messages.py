"""Events about what is said: messages, history, typing, what could not be sent."""

from sys import intern

from core.client import events
from gui.link import Queued
from gui.model.conversation import Conversation, Place
from gui.model.message import Delivery, Kind, Message
from gui.model.text import clean
from gui.model.timeline import Change, Timeline
from gui.presenter.desk import Desk, Handlers, Part

_KINDS = {"privmsg": Kind.TEXT, "notice": Kind.NOTICE, "action": Kind.ACTION}


def made(event: events.MessageReceived) -> Message:
    """The message as the window keeps it."""
    return Message(
        sender=intern(event.nick),
        text=clean(event.text),
        time=event.time,
        kind=_KINDS[event.kind],
        own=event.is_own,
        msgid=event.msgid,
        label=event.pending_id,
        account=intern(event.account),
        mention=event.mention,
        reply_to=event.reply_to,
        ranks=event.ranks,
    )


class Messages:
    """Handles them on a desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def handlers(self) -> Handlers:
        """What this part listens to."""
        return {
            Queued: self.queued,
            events.MessageReceived: self.received,
            events.HistoryReceived: self.history,
            events.HistoryFailed: self.history_failed,
            events.SendFailed: self.send_failed,
            events.TypingChanged: self.typing,
            events.ConversationOpened: self.opened,
            events.ConversationRenamed: self.renamed,
            events.ConversationForgotten: self.forgotten,
        }

    def _conversation(self, key: str, name: str = "") -> Conversation:
        found = self._desk.chat.get(key)
        if found is not None:
            return found
        shown = name or key
        place = Place.ROOM if self._desk.link.is_room(shown) else Place.PRIVATE
        return self._desk.chat.ensure(key, shown, place)

    def received(self, event: events.MessageReceived) -> None:
        """A live message, or the confirmation of ours."""
        desk, name = self._desk, "" if event.is_own else event.nick
        conversation = self._conversation(event.conversation, name)
        if event.pending_id:
            changes = conversation.timeline.confirm(
                event.pending_id, event.msgid, event.time, clean(event.text)
            )
            if changes is not None:
                conversation.activity = max(conversation.activity, event.time)
                conversation.spoke(event.time)
                desk.changed(conversation, changes)
                return
        if conversation.set_typing(event.nick, False):
            desk.touch(Part.TYPING)
        conversation.fresh = False  # until then the session holds back what happens live
        desk.add(conversation, made(event), mention=event.mention)

    def queued(self, signal: Queued) -> None:
        """Our own message, not confirmed yet: shown at once."""
        conversation = self._conversation(signal.conversation, signal.conversation)
        conversation.divider = 0
        for piece in signal.pieces:
            message = Message(
                sender=self._desk.chat.nick,
                text=clean(piece.text),
                time=piece.time,
                kind=_KINDS[piece.kind],
                own=True,
                label=piece.pending_id,
                delivery=Delivery.PENDING,
                reply_to=piece.reply_to,
            )
            self._desk.add(conversation, message)
        if conversation.key == self._desk.chat.current:
            self._desk.touch(Part.DIVIDER)

    def history(self, event: events.HistoryReceived) -> None:
        """A page of older messages, or those that were missed."""
        desk = self._desk
        if event.where == "before" and desk.chat.get(event.conversation) is None:
            return  # it was closed meanwhile
        conversation = self._conversation(event.conversation)
        timeline = conversation.timeline
        page = [made(one) for one in event.messages]
        if page and conversation.last_said() is None:  # until now only that we joined
            conversation.activity = page[-1].time
        if event.where == "before":
            conversation.asking = False
            timeline.complete = timeline.complete or event.complete
            change = timeline.add_older(page)
            desk.changed(conversation, [change] if change.many else [])
            return
        if event.gap and page:
            desk.note(conversation, "Some messages between these could not be had.")
        self._catch_up(conversation, page)
        conversation.fresh = conversation.fresh and not event.complete
        if conversation.key == desk.chat.current:
            desk.touch(Part.DIVIDER)

    def _catch_up(self, conversation: Conversation, page: list[Message]) -> None:
        """Add what was missed, in its order: a pending message of ours among it is confirmed
        where it stands, between those of others."""
        desk, timeline = self._desk, conversation.timeline
        seen, new = desk.seen(conversation), 0
        changes: list[Change] = []
        for message in page:
            settled = timeline.confirm(message.label, message.msgid, message.time, message.text)
            if settled is not None:
                conversation.activity = max(conversation.activity, message.time)
                conversation.spoke(message.time)
                changes += settled
                continue
            added = timeline.add_missed([message])
            if not added.many:
                continue
            changes.append(added)
            old = conversation.knew(message.time)
            conversation.count(message, seen=seen or old, mention=message.mention)
            new += not message.own
        desk.changed(conversation, changes, new=new)

    def history_failed(self, event: events.HistoryFailed) -> None:
        """No older messages can be had.  If the server refused, do not ask again and again; if
        only the moment was wrong (no connection, another request under way), do."""
        conversation = self._desk.chat.get(event.conversation)
        if conversation is None:
            return
        if event.where == "after":
            conversation.fresh = False
            return
        conversation.asking = False
        if event.code and not conversation.timeline.complete:
            conversation.timeline.complete = conversation.refused = True

    def send_failed(self, event: events.SendFailed) -> None:
        """A message of ours was not delivered."""
        conversation = self._conversation(event.conversation)
        changes = conversation.timeline.fail(event.pending_id, event.sentence)
        if changes is None:
            self._desk.note(conversation, event.sentence)
        else:
            self._desk.changed(conversation, changes)

    def typing(self, event: events.TypingChanged) -> None:
        """Somebody types, or does not any more."""
        conversation = self._desk.chat.get(event.conversation)
        if conversation and conversation.set_typing(event.nick, event.state == "active"):
            self._desk.touch(Part.TYPING, Part.LIST)

    def opened(self, event: events.ConversationOpened) -> None:
        """A conversation is known from now on."""
        place = Place.ROOM if event.is_room else Place.PRIVATE
        conversation = self._desk.chat.ensure(event.conversation, event.name, place)
        conversation.name = event.name
        self._desk.touch(Part.LIST)

    def forgotten(self, event: events.ConversationForgotten) -> None:
        """The session knows nothing of it any more.  If it is here again already (something was on
        its way when it was closed), begin anew with the newest messages."""
        desk, conversation = self._desk, self._desk.chat.get(event.conversation)
        if conversation is None:
            return
        unsent, name = conversation.timeline.unsent(), conversation.name
        conversation.timeline, conversation.visit = Timeline(), None
        conversation.stretched = conversation.refused = False
        conversation.timeline.insert(0, unsent)
        if conversation.key == desk.chat.current:
            desk.open(conversation)
        conversation.asking = True
        desk.link.ask(lambda session, now: session.request_history(name))
        desk.touch(Part.LIST)

    def renamed(self, event: events.ConversationRenamed) -> None:
        """The other person has another nick."""
        self._desk.rename(event.old, event.new, event.name)
